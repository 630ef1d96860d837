"""Every worked case of the protocol room, read as a pharmacist wrote it."""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bedside.clinical.size_change import Size, size_change
from bedside.protocol.dlt import DltFacts, dlt_period
from bedside.protocol.doses import Modification, work_dose
from bedside.protocol.eligibility import Candidate, judge_continuation, judge_entry
from bedside.protocol.infusion import vial_clock
from bedside.protocol.model import Protocol
from bedside.protocol.schedule import Projection, ScheduleFacts, project
from bedside.protocol.site_dose_reader import read_site_dose
from bedside.protocol.site_values import NO_SITE_VALUES, SiteValues
from bedside.protocol.start_rules import Observed, judge_start
from bedside.protocol.strength_reader import read_strength
from bedside.protocol.toml_table import Faults, FileTable
from bedside.units.quantities import Anc, BodySurface, BodyWeight, DrugAmount, Platelets
from bedside.units.quantity_reader import read_anc, read_platelets
from bedside.units.refusal import Refused
from bedside.units.rounding import RoundingRule
from tests.bounds_read import seen

FOLDER = Path(__file__).parents[1] / "cases"
FEWEST = {
    "start_rules": 30,
    "doses": 90,
    "size_change": 10,
    "infusion": 15,
    "dlt": 20,
    "schedule": 20,
    "entry": 50,
}


def _cells(kind: Any) -> Any:
    return lambda figure: kind(int(figure))


def cases(name: str) -> list[Any]:
    """The cases of a file, each under its own name."""
    listed = tomllib.loads(
        (FOLDER / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal
    )["case"]
    return [pytest.param(case, id=case["name"]) for case in listed]


@pytest.mark.parametrize("name", FEWEST)
def test_case_files_are_whole(name: str) -> None:
    listed = tomllib.loads(
        (FOLDER / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal
    )["case"]
    names = [case["name"] for case in listed]
    assert len(listed) >= FEWEST[name]
    assert len(set(names)) == len(names)
    for case in listed:
        assert set(case) == {"name", "given", "expect", "source"}, case["name"]
        assert case["source"].strip(), case["name"]
        assert case["expect"], case["name"]


@pytest.mark.parametrize("case", cases("start_rules"))
def test_start_rule(case: dict[str, Any], aall15p1: Protocol) -> None:
    given, expect = case["given"], case["expect"]
    answers = {key: given[key] for key in ("toxicity-resolved",) if key in given}
    observed = Observed(
        anc=seen(given["anc"], read_anc) if "anc" in given else None,
        platelets=seen(given["platelets"], read_platelets) if "platelets" in given else None,
        confirmations=answers,
    )
    course = aall15p1.course(given["course"])
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            judge_start(course, observed)
        return
    judged = judge_start(course, observed)
    assert judged.open == {"yes": True, "no": False, "unknown": None}[expect["open"]]
    assert [rule.result for rule in judged.rules] == expect["parts"]
    assert [rule.key for rule in judged.rules] == ["anc", "platelets", "toxicity-resolved"]


def weight_of(text: str | None) -> BodyWeight | None:
    """A weight as the case writes it, kg or g; the bounds of the weight field are another room's."""
    if text is None:
        return None
    number, unit = text.split()
    return BodyWeight(int(Decimal(number) * {"kg": 1000, "g": 1}[unit]))


def numbers(drug: str, text: str | None) -> dict[str, Decimal]:
    """A number of one drug, or none."""
    return {} if text is None else {drug: Decimal(text)}


def site_of(given: dict[str, Any], demonstration: SiteValues) -> SiteValues:
    """The demonstration's values, nothing, or the case's own, read as from a site's file."""
    if "own" not in given:
        return demonstration if "site" in given else NO_SITE_VALUES
    faults = Faults("case")
    own = read_site_dose(FileTable(dict(given["own"]), "own", faults))
    assert own is not None
    assert faults.found == []
    drug, rounding = given["drug"], given.get("rounding")
    rule = None
    if rounding is not None:
        rule = RoundingRule(
            "case",
            Decimal(rounding["step"]),
            Decimal(rounding["most-percent"]),
            rounding.get("unit"),
        )
    form = FileTable(dict(given.get("form", {})), "form", faults)
    strength = read_strength(form)
    form.done()
    assert faults.found == []
    return SiteValues(
        protocol=given["protocol"],
        edition="case",
        doses={(given["course"], drug, given["route"]): own},
        rounding={} if rule is None else {drug: rule},
        concentration_mg_per_ml=numbers(drug, given.get("concentration")),
        vial_mg=numbers(drug, given.get("vial")),
        strengths={} if strength is None else {drug: strength},
        syringe_step_ml=numbers(drug, given.get("marks")),
        age_anchor=given.get("anchor", "course-day-1"),
    )


@pytest.mark.parametrize("case", cases("size_change"))
def test_size_change(case: dict[str, Any]) -> None:
    given = case["given"]
    found = size_change(
        Size(given["weight-before"], given.get("length-before")),
        Size(given["weight"], given.get("length")),
    )
    assert [words.split()[0].lower() for words in found] == case["expect"]["asks"]


@pytest.mark.parametrize("case", cases("doses"))
def test_dose(case: dict[str, Any], shelf: dict[str, Protocol], demonstration: SiteValues) -> None:
    given, expect = case["given"], case["expect"]
    course = shelf[given["protocol"]].course(given["course"])
    day_1 = given.get("day-1", date(2026, 11, 1))
    working = work_dose(
        course.plan(given["drug"], given["route"]),
        course,
        birth=given.get("born", date(2026, 7, 1)),
        course_day_1=day_1,
        on=date.fromordinal(day_1.toordinal() + given["day"] - 1),
        weight=weight_of(given.get("weight")),
        surface=BodySurface(Decimal(given["surface"])) if "surface" in given else None,
        site=site_of(given, demonstration),
        diagnosed_on=given.get("diagnosed"),
        modification=(
            Modification(Decimal(given["percent"]), "after mucositis", "Dr X")
            if "percent" in given
            else None
        ),
        given=DrugAmount(Decimal(given["given-mg"])) if "given-mg" in given else None,
    )
    if "blocked" in expect:
        assert working.status == "blocked"
        assert any(expect["blocked"] in reason for reason in working.blocked_by), working.blocked_by
        assert (working.prepared, working.volume_ml, working.vials) == (None, None, None)
        return
    assert (working.status, working.blocked_by) == ("ready", ())
    assert working.unrounded is not None
    assert working.prepared is not None
    assert working.unrounded.value == Decimal(expect["unrounded"])
    assert working.prepared.value == Decimal(expect["prepared"])
    assert working.unrounded.unit == working.prepared.unit == expect["unit"]
    assert working.age_factor == expect.get("age-factor", working.age_factor)
    assert working.vials == expect.get("vials")
    tablets = Decimal(expect["tablets"]) if "tablets" in expect else None
    assert working.tablets == tablets
    for key, found in (
        ("change-percent", working.change_percent),
        ("volume-ml", working.volume_ml),
    ):
        assert found == (Decimal(expect[key]) if key in expect else None), key
    if "holds" in expect:
        assert working.holds == DrugAmount(Decimal(expect["holds"]), working.prepared.unit)
        assert working.whole_change_percent == Decimal(expect["whole-change-percent"])


@pytest.mark.parametrize("case", cases("infusion"))
def test_infusion(case: dict[str, Any], aall15p1: Protocol) -> None:
    given, expect = case["given"], case["expect"]
    plan = aall15p1.course("epi-1").plan("azacitidine", "IV")
    assert plan.infusion_minutes is not None
    assert plan.finish_within_minutes is not None
    moment = datetime.fromisoformat(given["reconstituted"])
    if "zone" in given:
        moment = moment.astimezone(ZoneInfo(given["zone"]))
    asked = {"allowed": plan.infusion_minutes, "within": plan.finish_within_minutes}
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            vial_clock(moment, given["minutes"], **asked)
        return
    clock = vial_clock(moment, given["minutes"], **asked)
    assert clock.finish_by.isoformat(timespec="minutes") == expect["finish-by"]
    assert clock.latest_start.isoformat(timespec="minutes") == expect["latest-start"]


@pytest.mark.parametrize("case", cases("dlt"))
def test_dlt(case: dict[str, Any], aall15p1: Protocol) -> None:
    given, expect = case["given"], case["expect"]
    facts = DltFacts(
        starts=given["starts"],
        counts=tuple(
            (
                count["at"],
                seen(count["anc"], _cells(Anc)) if "anc" in count else None,
                seen(count["platelets"], _cells(Platelets)) if "platelets" in count else None,
            )
            for count in given["counts"]
        ),
        answers=tuple(
            (answer["course"], "toxicity-resolved", answer["answer"], answer["at"])
            for answer in given["answers"]
        ),
    )
    period = dlt_period(aall15p1, facts)
    assert period.state == expect["state"]
    assert (period.opened, period.closed) == (expect.get("opened"), expect.get("closed"))


@pytest.mark.parametrize("case", cases("schedule"))
def test_schedule(
    case: dict[str, Any], shelf: dict[str, Protocol], demonstration: SiteValues
) -> None:
    given, expect = case["given"], case["expect"]
    lengths = given.get("lengths", {})
    facts = ScheduleFacts(
        induction_day_1=given.get("start"),
        actual=given.get("actual", {}),
        lengths=demonstration.lengths if lengths == "demonstration" else lengths,
        holds=tuple(
            (hold["course"], hold["from"], hold.get("until")) for hold in given.get("holds", [])
        ),
        today=given.get("today"),
    )
    protocol = shelf[given["protocol"]]
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            project(protocol, facts)
        return
    check_projection(project(protocol, facts), dict(expect))


def check_projection(seen: Projection, expect: dict[str, Any]) -> None:
    """Compare all that the case names; a key it names and nobody compares is a fault."""
    for key, of in (
        ("starts", "start"),
        ("planned", "planned_start"),
        ("ends", "end"),
        ("certainty", "certainty"),
    ):
        wanted = expect.pop(key, {})
        assert {name: getattr(seen.course(name), of) for name in wanted} == wanted, key
    for name in expect.pop("none", []):
        assert (seen.course(name).start, seen.course(name).doses) == (None, ()), name
    if "end-of-therapy" in expect:
        assert seen.end_of_therapy == expect.pop("end-of-therapy")
    for wanted in expect.pop("doses", []):
        assert dates_of(seen, wanted) == wanted["on"], wanted
    for wanted in expect.pop("runs", []):
        dates = dates_of(seen, wanted)
        assert (dates[0], dates[-1], len(dates)) == (
            wanted["first"],
            wanted["last"],
            wanted["days"],
        )
        assert len(set(dates)) == len(dates)
    for wanted in expect.pop("cycles", []):
        doses = [dose for dose in seen.course(wanted["course"]).doses if dose.on == wanted["on"]]
        assert {(dose.cycle, dose.cycle_day) for dose in doses} == {
            (wanted["cycle"], wanted["cycle-day"])
        }
    left_out = {tuple(item[:3]) for item in seen.unscheduled}
    for wanted in expect.pop("unscheduled", []):
        assert tuple(wanted) in left_out
    assert expect == {}


def dates_of(seen: Projection, wanted: dict[str, Any]) -> list[date]:
    """The dates of one drug by one route in one course."""
    return [
        dose.on
        for dose in seen.course(wanted["course"]).doses
        if (dose.drug, dose.route) == (wanted["drug"], wanted["route"])
    ]


@pytest.mark.parametrize("case", cases("entry"))
def test_entry(case: dict[str, Any], shelf: dict[str, Protocol]) -> None:
    given, expect = case["given"], case["expect"]
    protocol = shelf[given["protocol"]]
    candidate = Candidate(
        born=given["born"],
        diagnosed_on=given.get("diagnosed"),
        diagnosis=given.get("diagnosis", "B-ALL"),
        kmt2a=given.get("kmt2a", "unknown"),
        consent=given.get("consent", "unknown"),
        b_lymphoblastic_percent=Decimal(given["b-share"]) if "b-share" in given else None,
        answers=given.get("answers", {}),
        course_starts=given.get("starts", {}),
    )
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            judge_entry(protocol, candidate)
        return
    if "course" in given:
        item = judge_continuation(protocol, given["course"], candidate.kmt2a)
        assert ("not asked" if item is None else item.result) == expect["result"]
    else:
        (item,) = [i for i in judge_entry(protocol, candidate) if i.key == expect["item"]]
        assert item.result == expect["result"]
    assert item is None or expect["because"] in item.because
