"""Intrathecal therapy of ADE, whose drugs no public source names: never ordered, printed or given without a name."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.protocol.site_value_reader import read_site_values
from bedside.store.records import CourseStart
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.commission_state import not_commissioned
from bedside.ward.dosing import doses_page
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.printing import paper_choices
from bedside.ward.views.given import GivenAs
from tests.ward.day_bench import label_key, printed, sheet_key, sign
from tests.ward.ordering import PAPER, by
from tests.ward.test_day_sheets import words_of
from tests.ward.test_day_sheets_interfant import VALUES
from tests.ward.wards import DOCTOR, NURSE, Bench

HEAD = VALUES.split("[[drug]]", maxsplit=1)[0]
METHOTREXATE = ("ade", 1, "methotrexate", "IT")
HYDROCORTISONE = ("ade", 1, "hydrocortisone", "IT")
NOBODY = ("ade", 1, "intrathecal-therapy", "IT")
INTO_A_VEIN = """
[[days]]
course = "ade"
drug = "etoposide"
route = "IV"
days = [2]
"""


def own(drug: str) -> str:
    """An invented dose of 6 mg on days 1 and 8, of a solution of 6 mg in 1 mL."""
    keys = f'course = "ade"\ndrug = "{drug}"\nroute = "IT"'
    return f"""
[[drug]]
drug = "{drug}"
route = "IT"
concentration = {{ value = 6, unit = "mg" }}
syringe-step-ml = 0.01

[[dose]]
{keys}
by-age = [{{ from-month = 0, value = 6, unit = "mg" }}]

[[days]]
{keys}
days = [1, 8]
"""


def in_ade(bench: Bench, values: str) -> Bench:
    """Day 1 of ADE, of an infant on Interfant-06, with the site's own values."""
    bench.site()
    bench.enrol(protocol_key="interfant06", elsewhere="entered while open", study_number="INT-0042")
    bench.at(2026, 10, 1, 9, 0)
    bench.weigh()
    bench.count(1640, 186_000)
    with bench.ward.store.change(DOCTOR, "wrote a test", bench.ward.now()) as change:
        change.add(
            CourseStart, infant_id=bench.infant, course_key="ade", day_1=date(2026, 10, 1), note=""
        )
    file = bench.folder.parent / "values.toml"
    file.write_text(HEAD + values, encoding="utf-8")
    bench.ward.values = read_site_values(file)
    return bench


def test_what_has_no_name_is_neither_ordered_nor_printed_and_every_page_says_so(
    bench: Bench, tmp_path: Path
) -> None:
    ward = in_ade(bench, INTO_A_VEIN).ward
    facts = facts_of(ward, bench.infant)
    page = doses_page(ward, bench.infant)
    (line,) = [one for one in page.other_drugs if one[1] == "intrathecal"]
    assert "drugs and days not public: ask" in line[2]
    assert "until two people have entered, in Commission (F7)" in line[3]
    assert not [one.key for one in paper_choices(ward, facts) if ":IT" in one.key]
    for key in (sheet_key(NOBODY), sheet_key(NOBODY, drug=""), label_key(NOBODY)):
        with pytest.raises(Refused, match=r"is planned on day 1 of ADE|is not due"):
            printed(bench, key, tmp_path)
    roadmap = words_of(printed(bench, "roadmap:ade", tmp_path).path)
    assert (
        "intrathecal therapy (drugs not public), intrathecal: drugs and days not public: ask"
        in (roadmap)
    )
    (infant,) = downtime_sheets(ward, who=NURSE).infants
    assert "Intrathecal therapy of ADE: drugs not public, none named here: ask." in infant.plan_note


def test_the_drugs_that_the_site_names_are_ordered_and_printed_like_any_other(
    bench: Bench, tmp_path: Path
) -> None:
    in_ade(bench, own("methotrexate") + own("hydrocortisone"))
    for planned in (METHOTREXATE, HYDROCORTISONE):
        sign(bench, planned)
    sheet = words_of(printed(bench, sheet_key(METHOTREXATE, drug=""), tmp_path).path)
    assert "methotrexate" in sheet and "hydrocortisone" in sheet and "INTRATHECAL" in sheet
    assert "drugs not public" not in sheet
    for planned in (METHOTREXATE, HYDROCORTISONE):
        label = words_of(printed(bench, label_key(planned), tmp_path).path)
        assert f"{planned[2]} in 1 mL 6 mg intrathecal ADE day 1, 01-Oct" in label
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    assert infant.intrathecal == (date(2026, 10, 1),) and "none named" not in infant.plan_note
    course = bench.ward.protocols["interfant06"].course("ade")
    missing = not_commissioned(bench.ward, course)
    assert "Formulary: methotrexate" in missing and "intrathecal therapy" not in missing


def test_what_went_in_is_recorded_from_paper_by_its_name_alone(bench: Bench) -> None:
    """A file that enters days and a dose for the therapy itself names no drug: the record has to."""
    ward = in_ade(bench, own("intrathecal-therapy")).ward
    assert (
        'Under "Why otherwise" write each drug' in given_form(ward, bench.infant, *NOBODY).steps[0]
    )
    amount = DrugAmount(Decimal(6))

    def record(amount: DrugAmount | None, reason: str) -> int:
        giver = by(ward, bench.infant, paper=PAPER)
        given = GivenAs(amount, reason, again=amount)
        return record_given(ward, bench.infant, *NOBODY, giver, who=NURSE, given=given)

    with pytest.raises(Refused, match='Under "Why otherwise" write each drug that was given'):
        record(amount, "from the signed order")
    with pytest.raises(Refused, match="One amount cannot be that of several drugs"):
        record(amount, "methotrexate 6 mg, hydrocortisone 8 mg")
    record(None, "methotrexate 6 mg, hydrocortisone 8 mg")
    (row,) = facts_of(ward, bench.infant).doses
    assert row.note.startswith("methotrexate 6 mg, hydrocortisone 8 mg")
