"""How long a vial may be used is the protocol file's alone, whatever its label says (hazard H17)."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import fields, replace

from bedside.protocol.model import Protocol
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.dosing import doses_page
from bedside.ward.forms import SiteForm
from bedside.ward.giving import start_vial
from bedside.ward.printing import make_paper
from tests.ward.ordering import ready
from tests.ward.wards import NURSE, Bench

SHEET = "dosing-sheet:epi-1"


def with_limit(protocol: Protocol, within: int | None) -> Protocol:
    """The protocol with another time in which a vial must be finished."""
    courses = tuple(
        replace(
            course,
            drugs=tuple(
                plan
                if plan.finish_within_minutes is None
                else replace(plan, finish_within_minutes=within)
                for plan in course.drugs
            ),
        )
        for course in protocol.courses
    )
    return replace(protocol, courses=courses)


@pytest.fixture
def epi(bench: Bench) -> Bench:
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    return bench


def limited(bench: Bench, within: int | None) -> None:
    protocols = bench.ward.protocols
    bench.ward.protocols = {
        key: with_limit(protocol, within) for key, protocol in protocols.items()
    }
    bench.ward.kept_facts.clear()


@pytest.mark.parametrize("within", [45, 30])
def test_the_clock_counts_the_minutes_of_the_file(epi: Bench, within: int) -> None:
    """H17: labels say 30, 45 or 60 minutes in different countries; the file's figure is used."""
    limited(epi, within)
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 20, who=NURSE)
    clock = doses_page(epi.ward, epi.infant).clock
    assert clock is not None
    assert clock.within_minutes == within
    assert (clock.finish_by - clock.reconstituted_at).seconds == within * 60
    assert (clock.latest_start - clock.reconstituted_at).seconds == (within - 20) * 60


def test_without_the_file_s_figure_there_is_no_sheet(epi: Bench, tmp_path: Path) -> None:
    """H17: no figure stands in the program itself; without the fact nothing is printed."""
    limited(epi, None)
    with pytest.raises(Refused, match="Only the azacitidine blocks have a sheet"):
        make_paper(epi.ward, epi.infant, SHEET, tmp_path, who=NURSE)
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_site_has_no_say_in_it() -> None:
    """H17: none of the site's own values is a time that a vial may be used."""
    names = {field.name for field in fields(SiteForm)}
    assert not [name for name in names if "vial" in name or "stab" in name or "within" in name]
    assert {name for name in names if name.endswith("_minutes")} == {"idle_minutes"}


def test_a_vial_that_cannot_be_started_in_time_any_more_is_late_on_the_list(epi: Bench) -> None:
    """The list's headline counts it as soon as its clock says so, not only once it is too old."""
    start_vial(epi.ward, epi.infant, "epi-1", 1, epi.clock(), 20, who=NURSE)
    clock = doses_page(epi.ward, epi.infant).clock
    assert clock is not None and board(epi.ward).late == 0
    epi.clock.now = clock.latest_start + timedelta(minutes=1)
    assert epi.clock.now < clock.finish_by and board(epi.ward).late == 1
