"""A roadmap prints what the site commissioned, on which weight, and says per drug what is missing.

The numbers are invented: no figure of any protocol.
"""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

from bedside.papers.values import Roadmap
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.ward.facts import facts_of
from bedside.ward.paper_heads import ROADMAP, paper_head
from bedside.ward.printing import make_paper
from bedside.ward.roadmap_drugs import _missing
from bedside.ward.roadmaps import fill_roadmap
from tests.documents.reading import text_of
from tests.ward.day_bench import in_induction
from tests.ward.wards import DOCTOR, Bench

SITE = """
protocol = "interfant06"
edition = "invented"
[confirmed]
by = ["A. Okonjo, physician", "M. Keller, pharmacist"]
on = 2026-09-01
courses = ["induction"]
[lengths]
induction = 33
"""
DOSE = """
[[dose]]
course = "induction"
drug = "{0}"
route = "{1}"
value = {2}
unit = "{3}"
{5}
"""
DAYS = """
[[days]]
course = "induction"
drug = "{0}"
route = "{1}"
days = [{4}]
"""
STEP = """
[[drug]]
drug = "{0}"
rounding = {{ name = "to {1} {2}", step = {1}, most-percent = 10 }}
"""
DRUGS = (
    ("prednisone", "PO or NG", "19", "mg per m2", "1, 2, 3", "doses-per-day = 3"),
    ("daunorubicin", "IV", "0.5", "mg per kg", "8, 9", ""),
    ("vincristine", "IV", "0.11", "mg per kg", "8, 15", ""),
)


def commissioned(
    bench: Bench, rounded: str = "prednisone daunorubicin vincristine", undosed: str = ""
) -> None:
    """An infant of 6.2 kg and 62 cm on Interfant-06, on day 1 of its Induction."""
    text = SITE + "".join(DOSE.format(*drug) for drug in DRUGS if drug[0] != undosed)
    text += "".join(DAYS.format(*drug) for drug in DRUGS)
    text += "".join(STEP.format(drug, "0.05", "mg") for drug in rounded.split())
    bench.site()
    bench.enrol(protocol_key="interfant06", elsewhere="registered elsewhere")
    protocol = bench.ward.protocols["interfant06"]
    bench.ward.values = read_site_values_text(text, "invented.toml", protocol=protocol)
    bench.weigh()


def roadmap(bench: Bench) -> Roadmap:
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course("induction")
    head = paper_head(bench.ward, facts, ROADMAP, course, DOCTOR)
    return fill_roadmap(bench.ward, facts, course, head)


def columns(bench: Bench) -> dict[str, tuple[str, str, tuple[int, ...]]]:
    return {
        drug.drug: (drug.dose_words, drug.rule_words, drug.days) for drug in roadmap(bench).drugs
    }


def test_what_the_site_commissioned_stands_in_its_column(bench: Bench) -> None:
    """0.5 mg per kg × 6.2 kg = 3.1 mg; 19 mg per m² × 0.3268 m² = 6.21 mg, to 0.05 mg 6.2 mg."""
    commissioned(bench)
    found = columns(bench)
    assert found["DAUNOrubicin"] == ("3.1 mg", "0.5 mg per kg (site value)", (8, 9))
    assert found["predniSONE"] == (
        "6.2 mg, 3\u00a0times a day",
        "19 mg per m², 3\u00a0times a day (site value)",
        (1, 2, 3),
    )
    said = roadmap(bench).dose_words
    assert "this site's numbers" in said and "6.2 kg of 01-Sep-2026" in said and "0.327 m²" in said
    assert "A. Okonjo, physician and M. Keller, pharmacist" in said
    assert "not in public sources" not in said


def test_a_drug_without_its_numbers_says_which_and_the_others_stand(bench: Bench) -> None:
    commissioned(bench, rounded="prednisone vincristine")
    found, paper = columns(bench), roadmap(bench)
    assert found["DAUNOrubicin"][:2] == ("not ready", "0.5 mg per kg (site value)")
    assert found["vinCRIStine"][0] == "0.7 mg"
    (line,) = [one for one in paper.undosed if one.startswith("DAUNOrubicin")]
    assert "no dose." in line and "rounding step" in line and "Commission" in line
    assert "what is missing stands below" in paper.dose_words


def test_a_drug_whose_dose_nobody_entered_says_so(bench: Bench) -> None:
    commissioned(bench, undosed="vincristine")
    assert columns(bench)["vinCRIStine"] == ("dose not public", "", (8, 15))
    (line,) = [one for one in roadmap(bench).undosed if one.startswith("vinCRIStine")]
    assert "not in public sources" in line and "no dose." in line


def test_drugs_whose_dose_nobody_entered_share_a_line(bench: Bench) -> None:
    """Eight sentences that said the same made a page of their own; a dose of which more is said keeps its own."""
    in_induction(bench, 1)
    bench.ward.values = NO_SITE_VALUES
    lines = roadmap(bench).undosed
    together, *others = lines
    assert together.startswith("No dose in public sources, enter each from your protocol: ")
    for drug in (
        "vinCRIStine, intravenous",
        "DAUNOrubicin, intravenous",
        "cytarabine, intrathecal",
    ):
        assert drug in together and not any(line.startswith(drug) for line in others)
    (taper,) = others
    assert taper.startswith("dexamethasone, ") and "taper" in taper


def test_numbers_that_two_people_have_not_confirmed_are_no_dose(bench: Bench) -> None:
    from msgspec.structs import replace

    commissioned(bench)
    bench.ward.values = replace(bench.ward.values, confirmed_courses=())
    assert {words for words, _, _ in columns(bench).values()} == {"not ready"}
    assert any("Not confirmed" in line for line in roadmap(bench).undosed)


def test_a_weight_too_old_carries_no_dose(bench: Bench) -> None:
    commissioned(bench)
    bench.at(2026, 9, 29, 9, 0)
    assert columns(bench)["DAUNOrubicin"][0] == "not ready"
    assert any("Weigh the infant again" in line for line in roadmap(bench).undosed)


def test_a_dose_that_differs_by_day_stands_on_its_day(bench: Bench) -> None:
    from decimal import Decimal

    from bedside.ward.reductions import save_reduction
    from bedside.ward.views.reductions import NewReduction

    commissioned(bench)
    order = NewReduction(
        "induction", "daunorubicin", 9, 9, Decimal(50), "standard", "mucositis", "Dr Okonjo"
    )
    save_reduction(bench.ward, bench.infant, order, who=DOCTOR)
    (drug,) = [one for one in roadmap(bench).drugs if one.drug == "DAUNOrubicin"]
    assert drug.dose_words == "differs by day"
    assert drug.by_day == ((8, "3.1 mg"), (9, "1.55 mg"))


def test_the_drawn_roadmap_says_the_doses_and_what_is_missing(bench: Bench, tmp_path: Path) -> None:
    commissioned(bench, rounded="prednisone vincristine")
    made = make_paper(bench.ward, bench.infant, "roadmap:induction", tmp_path, who=DOCTOR)
    text = text_of(Path(made.path).read_bytes())
    assert "6.2 mg" in text and "0.5 mg per kg" in text and "not ready" in text
    assert "rounding step" in text and "Drugs without a dose on this paper" in text


def test_a_course_that_is_not_opened_says_its_rule_only(bench: Bench) -> None:
    commissioned(bench)
    from bedside.store.records import CourseStart

    with bench.ward.store.change(DOCTOR, "struck", bench.ward.now()) as change:
        for start in facts_of(bench.ward, bench.infant).starts:
            change.void(CourseStart, start.id, "typed for another infant")
    facts = facts_of(bench.ward, bench.infant)
    from bedside.protocol.schedule import ProjectedDose
    from bedside.ward.roadmap_drugs import roadmap_columns

    course = facts.protocol.course("induction")
    doses = [ProjectedDose(date(2026, 9, 8), "induction", 8, None, "daunorubicin", "IV", None)]
    (column,) = roadmap_columns(bench.ward, facts, course, doses)
    assert column.drug.dose_words == "worked out once the course is opened"
    assert column.drug.rule_words == "0.5 mg per kg (site value)"


def test_the_days_of_a_taper_share_one_sentence() -> None:
    """Found: the same two sentences seven times on the roadmap of Delayed Intensification part 1."""
    why = "Day {0} is a day of the taper of dexamethasone: enter the dose of each of its days."
    works = {
        day: SimpleNamespace(
            status="blocked", blocked_by=(why.format(day) if day > 14 else "No dose.",)
        )
        for day in (13, 14, 15, 16, 17)
    }
    assert _missing(works, "") == (
        "Day 13, 14: No dose.",
        "Day 15, 16, 17: a day of the taper of dexamethasone: enter the dose of each of its days.",
    )
    (alone,) = _missing({15: works[15]}, "")
    assert alone.startswith("Day 15: a day of the taper")
