"""Two counts of one minute from two places: the worse value counts everywhere, and both are named (H14, H22)."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bedside.units.quantities import Anc, Platelets
from bedside.ward.count_judging import judge_count
from bedside.ward.counts_page import preview_start
from bedside.ward.downtime_facts import _count as downtime_count
from bedside.ward.facts import facts_of
from bedside.ward.fever_page import fever_page
from bedside.ward.gates import judge_gate
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, record_results
from bedside.ward.proposals import proposals_of
from bedside.ward.sheet_counts import counts_for
from bedside.ward.tertiary_card import _count as card_count
from bedside.ward.verify_facts import _counts as verify_counts
from bedside.ward.where import where_are_we
from tests.ward.test_fever_phoenix import because, enter
from tests.ward.wards import NURSE, Bench

FILE = Path(__file__).parents[1] / "cases" / "same_minute.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
OPEN = {"met": "yes", "not met": "no", "unknown": "unknown"}


def plain(words: str) -> str:
    """Words with ordinary blanks, as the cases have them."""
    return words.replace("\u202f", " ").replace("\xa0", " ")


def type_in(bench: Bench, specimen: dict[str, str]) -> None:
    values = {}
    for name in ("anc", "platelets"):
        said = specimen[name]
        values[name] = int(said) if said.isdigit() else None
        values[f"{name}_state"] = "done" if said.isdigit() else said
    anc, platelets = values.pop("anc"), values.pop("platelets")
    bench.count(anc, platelets, specimen=specimen["from"], **values)


@pytest.fixture
def noon(bench: Bench) -> Bench:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 12, 0)
    bench.weigh()
    return bench


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_lower_of_one_minute_counts(noon: Bench, case) -> None:
    for specimen in case["given"]["specimens"]:
        type_in(noon, specimen)
    facts = facts_of(noon.ward, noon.infant)
    gate = judge_gate(noon.ward, facts, facts.protocol.course("epi-1"), noon.ward.now())
    rows = {row.measure: row for row in gate.rows}
    anc, platelets = rows["Neutrophils, ANC"], rows["Platelets"]
    expected = case["expect"]
    assert (anc.seen, plain(platelets.seen)) == (expected["anc"], expected["platelets"])
    assert plain(platelets.source) == expected["words"]
    results = {OPEN[anc.result], OPEN[platelets.result]}
    said = "no" if "no" in results else "unknown" if "unknown" in results else "yes"
    assert said == expected["open"]


def test_seconds_within_the_minute_do_not_choose(noon: Bench) -> None:
    """A count recorded with the clock's own seconds is of the same minute."""
    noon.count(640, 30_000)
    noon.at(2026, 10, 7, 12, 0, 40)
    noon.count(640, 55_000, specimen="vein")
    facts = facts_of(noon.ward, noon.infant)
    gate = judge_gate(noon.ward, facts, facts.protocol.course("epi-1"), noon.ward.now())
    assert gate.open is False and gate.platelets.value == 30_000


def test_every_other_page_takes_the_same_one(noon: Bench) -> None:
    """Toxicities, Phoenix, the dosing sheet, the downtime sheet, the card and the bedside check."""
    noon.count(640, 30_000)
    noon.count(450, 55_000, specimen="vein")
    ward, facts = noon.ward, facts_of(noon.ward, noon.infant)
    (low,) = [one for one in proposals_of(ward, noon.infant) if one.term_key.startswith("platelet")]
    assert low.grade == 3  # CTCAE: below 50 000 to 25 000 is grade 3; 55 000 would be grade 2
    assert low.measured == "30 × 10⁹/L; 55 × 10⁹/L in the same minute, the worse counts"
    (phoenix,) = [
        part for part in fever_page(ward, noon.infant).phoenix.parts if part.name == "coagulation"
    ]
    assert "30 000" in plain("; ".join(phoenix.because))
    sheet = {
        row.test: plain(row.value) for row in counts_for(ward, facts, facts.protocol.courses[0])[0]
    }
    assert sheet["Platelets"].startswith("30 000") and sheet["Neutrophils (ANC)"].startswith("450")
    paper = downtime_count(ward, facts)
    assert paper is not None and paper.anc == "450"
    assert plain(paper.platelets) == "30 000", "the unit stands in the head of the block"
    assert plain(card_count(ward, facts)).startswith(
        "ANC 450 per microlitre, platelets 30 000 per microlitre"
    )
    assert "ANC 450 per µL, platelets 30 000 per µL" in plain(verify_counts(ward, facts).words)


def test_the_worse_of_two_laboratory_results_gives_the_points(noon: Bench) -> None:
    """Phoenix: lactate 5.1 (1 point) from the line, 1.2 from the vein, typed last."""
    enter(noon, lactate="5.1")
    enter(noon, place="vein", lactate="1.2")
    assert "5.1" in because(noon)


def test_what_is_typed_for_the_same_minute_is_judged_beside_what_is_recorded(noon: Bench) -> None:
    """The preview says of 55 000 what the rule will say once it is recorded; of a later minute, its own."""
    noon.count(640, 30_000)
    noon.at(2026, 10, 7, 13, 0)
    typed = (noon.ward, noon.infant, Anc(640), Platelets(55_000), {})
    same = {row.measure: row for row in preview_start(*typed, noon.clock() - timedelta(hours=1))}
    assert (plain(same["Platelets"].seen), same["Platelets"].result) == ("30 000", "not met")
    later = {row.measure: row for row in preview_start(*typed, noon.clock())}
    assert (plain(later["Platelets"].seen), later["Platelets"].result) == ("55 000", "met")


def test_a_typed_count_is_compared_with_the_lower_one(noon: Bench) -> None:
    """The words beside the field show and use one value: 60 000 is 2 times 30 000, not beside 55 000."""
    noon.count(640, 30_000)
    noon.count(640, 55_000, specimen="vein")
    noon.at(2026, 10, 7, 14, 0)
    judged = judge_count(noon.ward, noon.infant, Platelets(60_000))
    assert "55 000" not in plain(judged.compared)
    assert "30 000 per µL" in plain(judged.compared) and "2 times" in plain(judged.compared)


@pytest.mark.parametrize(("unit", "text"), [("mg/dL", "160"), ("mmol/L", "1.8")])
def test_a_rule_printed_in_two_units_is_shown_in_that_of_the_result(
    noon: Bench, unit: str, text: str
) -> None:
    """Hypertriglyceridemia, grade 1: 150 mg/dL and 1.71 mmol/L are two printed columns."""
    result = NewResult("triglycerides", text, unit, again=text)
    specimen = NewSpecimen(noon.clock(), "central line", "Main laboratory", (result,))
    record_results(noon.ward, noon.infant, specimen, who=NURSE)
    (found,) = [one for one in proposals_of(noon.ward, noon.infant) if "triglyc" in one.term_key]
    assert found.grade == 1
    assert found.short_rule == {"mg/dL": "≥ 150 mg/dL", "mmol/L": "≥ 1.71 mmol/L"}[unit]


@pytest.mark.parametrize("first", ["central line", "vein"])
def test_the_headline_begins_with_the_one_that_counts(noon: Bench, first: str) -> None:
    """Held by 319: the line below says it first, then the other, with place and time, in either order."""
    noon.count(88, 26_000, taken_at=noon.clock() - timedelta(days=2))
    typed = {"central line": 319, "vein": 675}
    for place in sorted(typed, key=lambda one: one != first):
        noon.count(typed[place], 48_000, specimen=place)
    why = plain(where_are_we(noon.ward, noon.infant).why)
    assert (
        "ANC per µL: 319 central line and 675 vein on 07-Oct-2026 12:00 (the lower counts), "
        "88 on 05-Oct-2026." in why
    )
    noon.count(319, 48_000, taken_at=noon.clock() - timedelta(days=1), specimen="vein")
    noon.count(319, 48_000, taken_at=noon.clock() - timedelta(days=1))
    assert plain(where_are_we(noon.ward, noon.infant).why).endswith("319 on 06-Oct-2026.")
