"""Promises of the plan, driven from what is recorded to what a nurse reads on screen and paper."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from pypdf import PdfReader

from bedside.protocol.model import AgeFactor
from bedside.protocol.site_values import SiteDose, SiteValues
from bedside.units.quantities import DoseRate
from bedside.ward.courses import open_course
from bedside.ward.dosing import doses_page
from bedside.ward.giving import start_vial
from bedside.ward.printing import make_paper
from bedside.ward.shifting import save_shift
from bedside.ward.timeline import timeline
from bedside.ward.views.delay import NewShift
from bedside.ward.where import where_are_we
from tests.ward.ordering import ready
from tests.ward.wards import DOCTOR, NURSE, Bench


def test_both_day_numberings_are_read_on_the_timeline_and_on_the_roadmap(
    bench: Bench, tmp_path: Path
) -> None:
    """Register: AALL15P1's Delayed Intensification counts five more days in the paper (EPI #3)."""
    bench.site()
    bench.enrol()
    course = bench.ward.protocols["aall15p1"].course("di-part-1")
    offset = course.second_label_offset
    assert offset == 5
    bench.weigh()
    said = [
        dose.words
        for lane in timeline(bench.ward, bench.infant).lanes
        for dose in lane.doses
        if dose.course_key == "di-part-1" and dose.course_day == 8
    ]
    assert said and all("day 8 (day 13 in the paper's numbering)" in words for words in said)
    paper = make_paper(bench.ward, bench.infant, "roadmap:di-part-1", tmp_path, who=NURSE)
    pages = PdfReader(paper.path).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "8 (13)" in words, words


def test_both_day_numberings_are_read_on_the_first_page(bench: Bench) -> None:
    """Day 1 of Consolidation is day 6 by the paper, which counts the block before it."""
    bench.open_epi_1()
    bench.at(2026, 10, 12, 9, 0)
    assert "paper's numbering" not in where_are_we(bench.ward, bench.infant).why
    open_course(bench.ward, bench.infant, "consolidation", date(2026, 10, 12), who=DOCTOR)
    view = where_are_we(bench.ward, bench.infant)
    assert view.answer.startswith("Consolidation, day 1.")
    assert "Day 6 in the paper's numbering." in view.why


def test_a_weight_changed_by_five_per_cent_asks_for_a_new_calculation(bench: Bench) -> None:
    """6200 g when the first dose was worked out; 6510 g is 5 % more exactly, 6500 g is not."""
    bench.open_epi_1()
    ready(bench.ward, bench.infant)
    start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 15, who=NURSE)
    for grams, asks in ((6500, False), (6510, True)):
        bench.at(2026, 10, 8 + asks, 8, 0)
        bench.weigh(grams)
        steps = " ".join(doses_page(bench.ward, bench.infant).steps)
        assert ("this is a new calculation" in steps) is asks


def test_turning_six_months_on_day_12_is_shown_ahead(bench: Bench) -> None:
    """Born 12-Mar-2026, Induction from 01-Sep: 6 months old on 12-Sep, its day 12."""
    bench.site()
    bench.enrol(born=date(2026, 3, 12))
    bench.at(2026, 9, 3, 8, 0)
    bench.weigh()
    ahead = {item.on: item.text for item in where_are_we(bench.ward, bench.infant).next_items}
    assert ahead[date(2026, 9, 12)] == "Turns 6 months"
    birthdays = {
        one.words for one in timeline(bench.ward, bench.infant).events if one.kind == "birthday"
    }
    assert "6 months, 12-Sep-2026" in birthdays


def test_the_next_doses_and_a_shift_stand_among_what_comes_next(bench: Bench) -> None:
    """Induction from 01-Sep: the register gives vincristine on days 8, 15, 22 and 29."""
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 10, 8, 0)
    bench.weigh()
    day_15 = date(2026, 9, 15)

    def said() -> dict[date | None, str]:
        seen = where_are_we(bench.ward, bench.infant).next_items
        return {item.on: item.text for item in seen if not item.text.startswith("Turns")}

    assert said()[day_15].startswith("day 15: ") and "vinCRIStine" in said()[day_15]
    form = NewShift("induction", "vincristine", "IV", day_15, date(2026, 9, 17), "ileus")
    save_shift(bench.ward, bench.infant, form, who=NURSE)
    bench.at(2026, 9, 16, 8, 0)
    moved = [
        item.text
        for item in where_are_we(bench.ward, bench.infant).next_items
        if item.on == date(2026, 9, 17)
    ]
    assert "day 15: vinCRIStine" in moved
    (shift,) = [text for text in moved if "shifted" in text]
    assert shift.endswith("shifted by 2 days from day 15 on: ileus")
    bench.at(2026, 9, 18, 8, 0)
    later = [item.text for item in where_are_we(bench.ward, bench.infant).next_items]
    assert not [text for text in later if "shifted" in text]


@pytest.mark.parametrize(
    ("anchor", "note"),
    [
        ("course-day-1", "another dose in courses from then on: cytarabine"),
        ("dose-day", "another dose from that day on: DAUNOrubicin and cytarabine"),
        ("diagnosis", ""),
    ],
)
def test_a_birthday_says_which_doses_change_and_from_when(
    bench: Bench, anchor: str, note: str
) -> None:
    """The site's own bands, made up: daunorubicin in Induction (it runs), cytarabine later."""
    bench.site()
    bench.enrol(born=date(2026, 3, 12))
    bench.at(2026, 9, 3, 8, 0)
    rate = DoseRate(Decimal(20), "mg", "m2")
    bands = (AgeFactor(0, Fraction(2, 3)), AgeFactor(6, Fraction(1)))
    dose = SiteDose(rate, age_factors=bands)
    doses = {
        ("consolidation", "cytarabine", "IV or SC"): dose,
        ("induction", "daunorubicin", "IV"): dose,
        ("maintenance", "mercaptopurine", "PO or NG"): SiteDose(rate),
    }
    bench.ward.values = SiteValues(protocol="aall15p1", edition="7", age_anchor=anchor, doses=doses)
    notes = {one.text: one.note for one in where_are_we(bench.ward, bench.infant).next_items}
    assert notes["Turns 6 months"] == note


def test_many_drugs_of_a_birthday_are_counted(bench: Bench) -> None:
    bench.site()
    bench.enrol(born=date(2026, 3, 12))
    bench.at(2026, 9, 3, 8, 0)
    bands = (AgeFactor(0, Fraction(2, 3)), AgeFactor(6, Fraction(1)))
    dose = SiteDose(DoseRate(Decimal(20), "mg", "m2"), age_factors=bands)
    part = bench.ward.protocols["aall15p1"].course("di-part-1")
    doses = {(part.key, plan.drug, plan.route): dose for plan in part.drugs[:5]}
    bench.ward.values = SiteValues(protocol="aall15p1", edition="7", doses=doses)
    notes = {one.text: one.note for one in where_are_we(bench.ward, bench.infant).next_items}
    assert notes["Turns 6 months"].endswith("pegaspargase, dexamethasone and 3 more")
