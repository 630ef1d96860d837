"""The dosing sheet and the orders on screen: one order, not two; what is open is named with its step."""

import pytest
from pypdf import PdfReader

from bedside.papers.values import DosingSheet
from bedside.places import place
from bedside.protocol.site_value_reader import read_site_values
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.giving import finish_infusion, start_infusion, start_vial
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.paper_heads import SHEET, paper_head
from bedside.ward.printing import make_paper, printed_papers
from bedside.ward.sheets import fill_sheet
from tests.ward.ordering import (
    EXPRESSLY,
    PHARMACIST,
    PRESCRIBER,
    band,
    by,
    measurable,
    ready,
    row_of,
    signer,
)
from tests.ward.wards import NURSE, Bench


@pytest.fixture
def ordering(bench: Bench) -> Bench:
    """EPI #1 open on 07-Oct-2026, its dose commissioned by the demonstration's site values."""
    bench.open_epi_1()
    bench.ward.values = read_site_values(place("resources", "demo", "site_values.toml"))
    return bench


def sheet(bench: Bench) -> DosingSheet:
    facts = facts_of(bench.ward, bench.infant)
    course = facts.protocol.course("epi-1")
    return fill_sheet(
        bench.ward, facts, course, paper_head(bench.ward, facts, SHEET, course, NURSE)
    )


def sign(bench: Bench, day: int, *acts: object) -> None:
    key = ("epi-1", day, "azacitidine", "IV")
    ward, infant = bench.ward, bench.infant
    for act in acts:
        rows = [row_of(ward, infant, key)]
        if act is prescribe:
            prescribe(
                ward, infant, rows, band(ward, infant), signer(ward, PRESCRIBER), who=PRESCRIBER
            )
        elif act is verify:
            verify(ward, infant, rows, signer(ward, PHARMACIST), who=PHARMACIST)
        else:
            by = signer(ward, PHARMACIST)
            release(ward, infant, rows, by, who=PHARMACIST, said=EXPRESSLY)


def words_of(bench: Bench, folder) -> str:
    path = make_paper(bench.ward, bench.infant, "dosing-sheet:epi-1", folder, who=NURSE).path
    text = PdfReader(path).pages[0].extract_text().replace("\u2011", "-")
    return " ".join(text.split())


def test_without_any_order_the_boxes_are_for_a_pen_and_say_so(ordering, tmp_path):
    assert (sheet(ordering).order_signed, sheet(ordering).order_steps) == ((), ())
    words = words_of(ordering, tmp_path)
    assert "TO BE SIGNED" in words and "no order in Bedside" in words
    assert "OPEN IN BEDSIDE" not in words


def test_each_step_is_named_with_who_and_when_and_which_is_open(ordering, tmp_path):
    sign(ordering, 1, prescribe, verify, release)
    sign(ordering, 2, prescribe, verify)
    sign(ordering, 3, prescribe)
    lines = sheet(ordering).order_steps
    # four kinds of days are more than the page has lines for: then without the names
    assert lines == (
        "Day 1: released",
        "Day 2: verified; OPEN: release",
        "Day 3: prescribed; OPEN: verify",
        "Days 4, 5: no order in Bedside yet",
    )
    sign(ordering, 3, verify)
    assert sheet(ordering).order_steps == (
        "Day 1: prescribed 07-Oct 08:00 Test Physician; verified 08:00, released 08:00 Pia Ruiz",
        "Days 2, 3: prescribed 07-Oct 08:00 Test Physician; verified 08:00 Pia Ruiz; OPEN: release",
        "Days 4, 5: no order in Bedside yet",
    )
    words = words_of(ordering, tmp_path)
    assert "OPEN IN BEDSIDE" in words and "TO BE SIGNED" not in words
    assert "signed in Bedside, not on this sheet" in words and "OPEN: release" in words
    assert "I order this" not in words  # no second place to sign one order


def test_where_all_dates_are_signed_alike_their_signatures_say_it(ordering, tmp_path):
    for day in (1, 2, 3, 4, 5):
        sign(ordering, day, prescribe, verify)
    assert len(sheet(ordering).order_signed) == 2 and sheet(ordering).order_steps == ()
    assert "VERIFIED" in words_of(ordering, tmp_path)


def test_an_order_of_another_dose_is_not_the_one_of_the_sheet(ordering):
    from decimal import Decimal

    from bedside.units.quantities import DrugAmount
    from bedside.ward.order_paper import order_steps

    sign(ordering, 1, prescribe)
    facts = facts_of(ordering.ward, ordering.infant)
    line = ("epi-1", "azacitidine", "IV")
    steps = order_steps(ordering.ward, facts, line, (1,), DrugAmount(Decimal("15.6")))
    assert steps[0].startswith("Day 1: ordered 15.5 mg, not the dose of this sheet; prescribed")


def test_a_void_order_says_that_it_is_prescribed_anew(ordering):
    from bedside.ward.weighing import void_size

    sign(ordering, 1, prescribe, verify)
    void_size(
        ordering.ward,
        facts_of(ordering.ward, ordering.infant).measurements[-1].id,
        "misread",
        who=NURSE,
    )
    ordering.weigh(6010)
    assert sheet(ordering).order_steps == (
        "Day 1: order void: prescribe anew",
        "Days 2, 3, 4, 5: no order in Bedside yet",
    )


def test_the_progress_of_signing_does_not_put_a_sheet_out_of_date(ordering, tmp_path):
    sign(ordering, 1, prescribe)
    make_paper(ordering.ward, ordering.infant, "dosing-sheet:epi-1", tmp_path, who=NURSE)
    sign(ordering, 1, verify, release)
    papers = printed_papers(ordering.ward, facts_of(ordering.ward, ordering.infant))
    assert [paper.out_of_date for paper in papers] == [""]


def given_in(bench: Bench, minutes: int, reason: str) -> str:
    """Give day 1 in so many minutes; the line of the sheet's vial clock."""
    measurable(bench.ward)
    ready(bench.ward, bench.infant, ("epi-1", 1, "azacitidine", "IV"))
    dose = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    bench.at(2026, 10, 7, 8, 5)
    start_infusion(bench.ward, dose, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    bench.at(2026, 10, 7, 8, 5 + minutes)
    clock = doses_page(bench.ward, bench.infant).clock
    assert clock is not None
    finish_infusion(bench.ward, clock.dose_id, bench.clock(), who=NURSE, reason=reason)
    return next(each.words for each in sheet(bench).settled if each.day == 1)


def test_an_infusion_that_was_too_short_says_so_with_its_reason(ordering, tmp_path):
    words = given_in(ordering, 0, "line slipped, rest drawn back")
    assert words.endswith("; took 0 min, less than 10: line slipped, rest drawn back")
    assert "took 0 min, less than 10" in words_of(ordering, tmp_path)


def test_a_long_reason_stays_on_record_and_the_sheet_is_still_printed(ordering, tmp_path):
    words = given_in(ordering, 3, "the pump ran at the rate of the infant beside " * 4)
    assert words.endswith("; took 3 min, less than 10, reason on record")
    assert "reason on record" in words_of(ordering, tmp_path)


def test_a_plain_infusion_says_nothing_more(ordering):
    assert given_in(ordering, 30, "") == "GIVEN 15.5 mg, 08:05 to 08:35, Test Nurse, RN"
