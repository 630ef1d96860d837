"""The courses an infant takes, what stays undated, and what the site's own days fill in."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

import pytest
from msgspec.structs import replace

from bedside.protocol.drugs import drug_names
from bedside.protocol.model import MeasureRule, Protocol, StartRule
from bedside.protocol.origin import Origin
from bedside.protocol.path import PathFacts, allocated_arm, on_path, path_of, taken_by
from bedside.protocol.schedule import ScheduleFacts, project
from bedside.protocol.separation import separation_conflicts
from bedside.protocol.site_plan import filled_plan, with_site_values
from bedside.protocol.site_values import SiteDose, SiteValues
from bedside.units.quantities import DoseRate
from bedside.units.refusal import Refused

CASES = tomllib.loads(
    (FilePath(__file__).parents[1] / "cases" / "paths.toml").read_text(encoding="utf-8")
)["case"]
START = date(2026, 9, 1)
LENGTHS = {
    "induction": 36,
    "ib": 40,
    "ade": 30,
    "mae": 30,
    "marma": 60,
    "octadad-1": 35,
    "octadad-2": 21,
}
SITE = Origin("site", (), "site value, 1", "site value, 1")


def path_facts(given: dict[str, Any]) -> PathFacts:
    return PathFacts(
        arm=given.get("arm", ""),
        group=given.get("group", ""),
        kmt2a=given.get("kmt2a", "unknown"),
        transplanted=given.get("transplanted"),
        begun=frozenset(given.get("begun", [])),
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_path(case: dict[str, Any], shelf: dict[str, Protocol]) -> None:
    given, expect = case["given"], dict(case["expect"])
    protocol = shelf[given["protocol"]]
    assert case["source"].strip()
    if "refused" in expect:
        with pytest.raises(Refused) as refused:
            path_of(protocol, path_facts(given))
        assert expect["refused"] in str(refused.value)
        return
    path = path_of(protocol, path_facts(given))
    seen = {
        "courses": list(path.courses),
        "left-out": sorted(path.left_out, key=[c.key for c in protocol.courses].index),
        "rests-on-arm": list(path.rests_on_arm),
        "rests-on-transplant": list(path.rests_on_transplant),
    }
    for key in [key for key in expect if key in seen]:
        assert seen[key] == expect.pop(key), key
    if "ask" in expect:
        asked = expect.pop("ask")
        assert asked in path.ask
        assert bool(asked) == bool(path.ask)
    assert expect.pop("notes", "") in " ".join(path.notes)
    assert expect == {}
    assert [course.key for course in on_path(protocol, path).courses] == list(path.courses)
    kept, taken = taken_by(protocol, path_facts(given))
    assert (kept, taken) == (path, on_path(protocol, path))
    assert taken_by(protocol, path_facts(given))[1] is taken


def test_a_kept_path_is_of_this_protocol_and_no_more_are_kept_than_a_ward_needs(
    shelf: dict[str, Protocol], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedside.protocol.path._MOST_KEPT", 2)
    kept: dict[tuple[int, PathFacts], tuple[Protocol, Any, Protocol]] = {}
    monkeypatch.setattr("bedside.protocol.path._KEPT", kept)
    protocol = shelf["aall15p1"]
    shorter = replace(protocol, courses=protocol.courses[:2])
    for one in (protocol, shorter, replace(protocol, courses=protocol.courses[:1])):
        assert len(taken_by(one, PathFacts())[0].courses) == len(one.courses)
        assert len(kept) <= 2
    kept[id(protocol), PathFacts()] = (shorter, *taken_by(shorter, PathFacts()))
    assert taken_by(protocol, PathFacts())[0] == path_of(protocol, PathFacts())


def test_names_of_the_cases_are_their_own() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 24


@pytest.mark.parametrize(("typed", "key"), [("IB", "standard"), (" ade/mae ", "experimental")])
def test_an_arm_is_recorded_as_allocated_elsewhere(
    typed: str, key: str, interfant06: Protocol
) -> None:
    assert allocated_arm(interfant06, typed, "MR").key == key
    assert allocated_arm(interfant06, typed, None).key == key


def test_an_arm_is_refused_for_lr_whichever_it_is(interfant06: Protocol) -> None:
    for typed in ("IB", "ADE/MAE"):
        with pytest.raises(Refused, match="LR was never randomised"):
            allocated_arm(interfant06, typed, "LR")


def test_an_arm_is_refused_where_a_group_has_none(interfant06: Protocol) -> None:
    arms = tuple(replace(arm, without_allocation=()) for arm in interfant06.strata.arms)
    strata = replace(interfant06.strata, arms=arms)
    with pytest.raises(Refused, match="takes its courses"):
        allocated_arm(replace(interfant06, strata=strata), "IB", "LR")


def test_each_arm_follows_its_own_chain(interfant06: Protocol) -> None:
    """By hand: 36 days of Induction, then IB 40 days, or ADE and MAE 30 days each."""
    for arm, marma in (("standard", date(2026, 11, 16)), ("experimental", date(2026, 12, 6))):
        seen = project(interfant06, ScheduleFacts(START, lengths=LENGTHS, arm=arm))
        assert seen.course("marma").start == marma


def test_an_open_arm_dates_nothing_that_rests_on_it(interfant06: Protocol) -> None:
    seen = project(interfant06, ScheduleFacts(START, lengths=LENGTHS, group="MR"))
    for course in seen.courses[1:]:
        assert (course.start, course.planned_start, course.doses) == (None, None, ())
        assert "IB or ADE/MAE" in course.certainty


def test_after_an_actual_start_the_chain_goes_on(interfant06: Protocol) -> None:
    facts = ScheduleFacts(START, {"marma": date(2026, 12, 1)}, LENGTHS)
    seen = project(interfant06, facts)
    assert seen.course("octadad-1").start == date(2027, 1, 30)
    assert seen.course("octadad-2").start == date(2027, 3, 6)
    assert seen.course("octadad-1").planned_start is None


def test_hr_dates_nothing_that_a_transplant_replaces(interfant06: Protocol) -> None:
    known = ScheduleFacts(START, lengths=LENGTHS, arm="standard", group="HR")
    seen = project(interfant06, known)
    assert seen.course("marma").start == date(2026, 11, 16)
    for key in ("octadad-1", "octadad-2", "maintenance"):
        assert seen.course(key).start is None
        assert "transplant" in seen.course(key).certainty
    open_length = project(interfant06, replace(known, lengths={}))
    assert "transplant" in open_length.course("octadad-1").certainty
    without = project(interfant06, replace(known, transplanted=False))
    assert without.course("octadad-1").start == date(2027, 1, 15)
    done = project(interfant06, replace(known, transplanted=True))
    assert [course.key for course in done.courses] == ["induction", "ib", "marma"]


def values(**more: Any) -> SiteValues:
    return SiteValues(protocol="interfant06", edition="1", **more)


def test_days_of_the_site_are_scheduled_with_their_route(interfant06: Protocol) -> None:
    days = {("ib", "cyclophosphamide", "IV"): (1, 29), ("ib", "cytarabine", "IT"): (10,)}
    filled = with_site_values(interfant06, values(days=days))
    facts = ScheduleFacts(START, {"ib": START}, arm="standard")
    seen = [(dose.course_day, dose.drug, dose.route) for dose in
            project(filled, facts).course("ib").doses]  # fmt: skip
    assert seen == [
        (1, "cyclophosphamide", "IV"),
        (10, "cytarabine", "IT"),
        (29, "cyclophosphamide", "IV"),
    ]
    plan = filled.course("ib").plan("cyclophosphamide", "IV")
    assert plan.days.origin == plan.given_origin == SITE
    assert filled.course("ade") == interfant06.course("ade")


def test_a_dose_alone_brings_the_route(interfant06: Protocol) -> None:
    own = SiteDose(DoseRate(Decimal(60), "mg", "m2"))
    doses = {("ib", "mercaptopurine", "PO"): own}
    filled = with_site_values(interfant06, values(doses=doses))
    assert filled.course("ib").plan("mercaptopurine", "PO").days.scheduled == ()


def test_two_routes_for_one_drug_settle_nothing(interfant06: Protocol) -> None:
    days = {("ib", "cyclophosphamide", "IV"): (1,), ("ib", "cyclophosphamide", "PO"): (2,)}
    filled = with_site_values(interfant06, values(days=days))
    assert filled.course("ib").plan("cyclophosphamide", "not public").days.scheduled == ()


def test_days_entered_without_a_route_are_still_days(interfant06: Protocol) -> None:
    days = {("ib", "cyclophosphamide", "not public"): (1,)}
    filled = with_site_values(interfant06, values(days=days))
    assert filled.course("ib").plan("cyclophosphamide", "not public").days.scheduled == (1,)


def test_values_of_another_protocol_change_nothing(aall15p1: Protocol) -> None:
    assert with_site_values(aall15p1, values(days={("induction", "x", "IV"): (1,)})) is aall15p1


def fifteen(**more: Any) -> SiteValues:
    return SiteValues(protocol="aall15p1", edition="1", **more)


def test_the_site_settles_a_conflict_of_days(aall15p1: Protocol) -> None:
    days = {("maintenance", "methotrexate", "IT"): (1, 92)}
    plan = with_site_values(aall15p1, fifteen(days=days)).course("maintenance")
    assert plan.plan("methotrexate", "IT").days.scheduled == (1, 92)
    assert plan.plan("methotrexate", "IT").days.disputed == ()


@pytest.mark.parametrize("days", [(92,), (1, 93), (2,)])
def test_days_against_the_public_ones_are_refused(
    days: tuple[int, ...], aall15p1: Protocol
) -> None:
    site = fifteen(days={("maintenance", "methotrexate", "IT"): days})
    with pytest.raises(Refused, match="the public source states 1: two people settle"):
        with_site_values(aall15p1, site)


def rule(least: int, origin: Origin = SITE) -> StartRule:
    return StartRule((MeasureRule("anc", least, origin),), ())


def test_a_start_rule_of_the_site_where_none_is_public(aall15p1: Protocol) -> None:
    filled = with_site_values(aall15p1, fifteen(starts={"maintenance": rule(750)}))
    course = filled.course("maintenance")
    assert course.start_rule == rule(750)
    assert course.start_origin.evidence == "site"
    assert filled.course("induction").start_rule is None


def test_a_start_rule_against_the_public_one_is_refused(aall15p1: Protocol) -> None:
    with pytest.raises(Refused, match="another start rule for EPI #1"):
        with_site_values(aall15p1, fifteen(starts={"epi-1": rule(400)}))
    public = aall15p1.course("epi-1").start_rule
    assert public is not None
    same = with_site_values(aall15p1, fifteen(starts={"epi-1": public})).course("epi-1")
    assert same == aall15p1.course("epi-1")


def test_vinca_and_intrathecal_on_one_day_are_listed(aall15p1: Protocol) -> None:
    """Register: vincristine on days 8, 15, 22, 29 of Induction; intrathecal on 1, 15 and 29."""
    induction = project(aall15p1, ScheduleFacts(START)).course("induction")
    found = separation_conflicts(induction.doses, drug_names())
    assert [(item.course_day, item.vinca, item.intrathecal) for item in found] == [
        (15, ("vincristine",), ("cytarabine", "hydrocortisone")),
        (29, ("vincristine",), ("methotrexate", "hydrocortisone")),
    ]
    assert all("separate them" in item.words for item in found)
    di_1 = project(aall15p1, ScheduleFacts(START)).course("di-part-1")
    days = [item.course_day for item in separation_conflicts(di_1.doses, drug_names())]
    assert days == [1, 15]


def test_a_plan_keeps_the_public_values_and_lists_what_contradicts_them(aall15p1: Protocol) -> None:
    """EPI #1: public 5 days, 2.5 mg per kg, days 1 to 5; the site's own differ in each of them."""
    key = ("epi-1", "azacitidine", "IV")
    site = fifteen(
        lengths={"epi-1": 9},
        days={key: (1, 2, 3), ("induction", "cytarabine", "IV"): (9,)},
        doses={key: SiteDose(DoseRate(Decimal(3), "mg", "kg"))},
        starts={"epi-1": rule(400), "maintenance": rule(750)},
    )
    filled, clashes = filled_plan(aall15p1, site)
    assert filled.course("epi-1") == aall15p1.course("epi-1")
    assert filled.course("maintenance").start_rule == rule(750)
    assert [(one.course, one.what, one.drug) for one in clashes if one.course == "epi-1"] == [
        ("epi-1", "length", ""),
        ("epi-1", "days", "azacitidine"),
        ("epi-1", "start", ""),
        ("epi-1", "dose", "azacitidine"),
    ]
    assert all("two people settle" in one.words for one in clashes)


def test_what_was_not_entered_clashes_with_nothing(
    aall15p1: Protocol, interfant06: Protocol
) -> None:
    assert filled_plan(aall15p1, fifteen(lengths={"epi-1": 5})) == (aall15p1, ())
    assert filled_plan(interfant06, fifteen(lengths={"epi-1": 9})) == (interfant06, ())


def test_a_start_rule_that_clashes_leaves_the_sites_days_in_the_course(
    aall15p1: Protocol,
) -> None:
    """Maintenance has the site's days of vincristine, whatever holds of another rule."""
    base = aall15p1.course("epi-1")
    plan = base.drugs[0]
    opened = replace(
        aall15p1,
        courses=tuple(
            replace(base, drugs=(replace(plan, days=replace(plan.days, scheduled=())),))
            if course.key == "epi-1"
            else course
            for course in aall15p1.courses
        ),
    )
    days = {("epi-1", "azacitidine", "IV"): (1, 2)}
    filled, clashes = filled_plan(opened, fifteen(days=days, starts={"epi-1": rule(400)}))
    assert filled.course("epi-1").drugs[0].days.scheduled == (1, 2)
    assert [one.what for one in clashes] == ["start"]


@pytest.mark.parametrize(
    ("kmt2a", "ends"),
    [("rearranged", True), ("unknown", True), ("not-evaluable", True), ("germline", False)],
)
def test_who_leaves_after_induction_has_no_end_of_therapy(
    kmt2a: str, ends: bool, aall15p1: Protocol
) -> None:
    """AALL15P1: therapy of 2 years from Induction day 1 is for those who go on to EPI #1."""
    plan = project(aall15p1, ScheduleFacts(START, kmt2a=kmt2a))
    assert plan.end_of_therapy == (date(2028, 9, 1) if ends else None)
