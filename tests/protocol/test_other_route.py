"""A route on which sources disagree: asked in commissioning, and given as the site's copy says.

Native asparaginase of Interfant-06: into a vein in one source, into a muscle in the Nordic group
(clinical reference, conflict by centre; the ruling: a site that gives it into the muscle enters that).
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.protocol.doses import work_dose
from bedside.protocol.model import Protocol
from bedside.protocol.number_compare import compare_public
from bedside.protocol.numbers import protocol_inventory
from bedside.protocol.reader import ProtocolFileError, read_protocol
from bedside.protocol.site_plan import filled_plan
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValues, SiteValuesError
from bedside.units.quantities import BodySurface, BodyWeight
from tests.protocol.small_protocol import SMALL

KEY = "induction/route/asparaginase-e-coli/iv"
HEAD = SiteHead("1", False, (), None, "", "")


def recorded(protocol: Protocol, texts: dict[str, str]) -> SiteValues:
    text = site_values_text(protocol, protocol_inventory(protocol), texts, {}, HEAD)
    return read_site_values_text(text, "case", protocol=protocol)


def test_the_route_is_asked_with_both_readings(interfant06: Protocol) -> None:
    number = protocol_inventory(interfant06).number(KEY)
    assert (number.disputed, number.public) == (True, ("IV", "IM"))
    for typed, standing in (("IM", "one reading"), ("IV", "one reading"), ("SC", "no reading")):
        agreed = number.read(typed)
        assert compare_public(agreed, number.public_read(), disputed=True).standing == standing


@pytest.mark.parametrize(("typed", "route"), [("IM", "IM"), ("IV", "IV"), ("", "IV")])
def test_the_sites_route_is_the_route(interfant06: Protocol, typed: str, route: str) -> None:
    """Day 15, 0.3 m², 4 months on day 1: 10 000 × 0.3 × 2/3 = 2 000 units, by hand; by either route."""
    site = recorded(interfant06, {KEY: typed} if typed else {})
    filled, clashes = filled_plan(interfant06, site)
    assert clashes == ()
    course = filled.course("induction")
    plan = course.plan("asparaginase-e-coli", route)
    assert plan.days.scheduled == (15, 18, 22, 25, 29, 33)
    found = work_dose(
        plan,
        course,
        birth=date(2026, 7, 1),
        course_day_1=date(2026, 11, 1),
        on=date(2026, 11, 15),
        weight=BodyWeight(5500),
        surface=BodySurface(Decimal("0.3")),
        site=site,
    )
    assert (found.route, found.status) == (route, "ready")
    assert found.prepared is not None and found.prepared.value == 2000


def test_days_denied_by_the_copy_follow_its_route(interfant06: Protocol) -> None:
    days = "induction/days/asparaginase-e-coli/iv"
    site = recorded(interfant06, {KEY: "IM", days: "not stated"})
    assert site.denied == (("induction", "days", "asparaginase-e-coli", "IM"),)
    assert filled_plan(interfant06, site)[1] != ()


def test_a_route_that_no_source_has_is_refused(interfant06: Protocol) -> None:
    text = (
        'protocol = "interfant06"\nedition = "1"\n[[dose]]\ncourse = "induction"\n'
        'drug = "asparaginase-e-coli"\nroute = "IT"\nlimits-only = true\n'
    )
    with pytest.raises(SiteValuesError, match="by another route"):
        read_site_values_text(text, "case", protocol=interfant06)


def test_another_route_is_checked_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    given = 'given    = { route = "IV", evidence'
    path.write_text(
        SMALL.replace(given, 'given    = { route = "IV", other-routes = ["XX"], evidence'),
        encoding="utf-8",
    )
    with pytest.raises(ProtocolFileError, match="'XX' is not a known route"):
        read_protocol(path)
