"""Days of later cycles: from what two people typed, by way of the site's file, to the calendar."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bedside.protocol.doses_of_day import doses_of_day
from bedside.protocol.model import Protocol
from bedside.protocol.numbers import protocol_inventory
from bedside.protocol.schedule import ScheduleFacts, project
from bedside.protocol.site_plan import filled_plan, with_site_values
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValues, SiteValuesError
from bedside.units.refusal import Refused

FILE = Path(__file__).parents[1] / "cases" / "cycles.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
INDUCTION = date(2026, 8, 26)
DRUG = ("methotrexate", "PO")


def commissioned(protocol: Protocol, recorded: dict[str, str]) -> SiteValues:
    inventory = protocol_inventory(protocol)
    ids = {number.id for group in inventory.groups for number in group.numbers}
    assert set(recorded) <= ids, set(recorded) - ids
    head = SiteHead("a case", False, (), None, "", "")
    text = site_values_text(protocol, inventory, recorded, {}, head)
    return read_site_values_text(text, "site.toml", protocol=protocol)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_case(case: dict[str, Any], aall15p1: Protocol) -> None:
    given, expect = case["given"], case["expect"]
    if "refused" in expect:
        with pytest.raises(SiteValuesError, match=expect["refused"]):
            commissioned(aall15p1, given["commissioned"])
        return
    values = commissioned(aall15p1, given["commissioned"])
    filled, clashes = filled_plan(aall15p1, values)
    actual = {"induction": INDUCTION, "maintenance": given["maintenance"]}
    facts = ScheduleFacts(INDUCTION, actual=actual)
    plan = project(filled, facts)
    doses = plan.course("maintenance").doses
    seen = [d for d in doses if (d.drug, d.route) == DRUG and d.course_day >= 169]
    assert [dose.on for dose in seen] == expect["on"]
    assert all(
        any((d.drug, d.route) == DRUG for d in doses_of_day(filled, facts, on))
        for on in expect["on"]
    )
    left_out = [why for course, drug, route, why in plan.unscheduled if (drug, route) == DRUG]
    assert any("from day 169" in why for why in left_out) is expect.get("open", False)
    assert [c.words for c in clashes if expect.get("clash", "none") not in c.words] == []
    assert bool(clashes) is ("clash" in expect)
    if clashes:
        with pytest.raises(Refused, match="two people settle"):
            with_site_values(aall15p1, values)
    else:
        assert with_site_values(aall15p1, values) == filled


def test_a_drug_without_later_cycles_takes_no_cycle_days(aall15p1: Protocol) -> None:
    text = (
        'protocol = "aall15p1"\nedition = "1"\n[[cycle]]\ncourse = "induction"\n'
        'drug = "daunorubicin"\nroute = "IV"\ndays = [1]\n'
    )
    with pytest.raises(SiteValuesError, match="no later cycles of this drug are known"):
        read_site_values_text(text, "site.toml", protocol=aall15p1)
    wrong = text.replace("daunorubicin", "etoposide")
    with pytest.raises(SiteValuesError, match="etoposide is not given in Induction"):
        read_site_values_text(wrong, "site.toml", protocol=aall15p1)


def test_cycle_days_end_with_therapy(aall15p1: Protocol) -> None:
    values = commissioned(aall15p1, {"maintenance/cycle-days/methotrexate/po": "1"})
    filled, _ = filled_plan(aall15p1, values)
    first = date(2027, 2, 24)
    facts = ScheduleFacts(INDUCTION, actual={"induction": INDUCTION, "maintenance": first})
    ends = project(filled, facts).end_of_therapy
    assert ends == date(2028, 8, 26)
    fifth = first + timedelta(days=168 + 5 * 84)
    assert fifth > ends and doses_of_day(filled, facts, fifth) == ()
