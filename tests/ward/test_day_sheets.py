"""Papers of one administration through the real drawing: from signed orders only, refused with every reason."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from bedside.store.queries import all_of, of_infant
from bedside.store.records import Print
from bedside.units.refusal import Refused
from bedside.ward.due_papers import papers_to_take_away
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import record_given
from bedside.ward.holding import save_hold
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.printing import draw_again, make_paper, paper_choices, printed_papers
from bedside.ward.reductions import save_reduction
from bedside.ward.views.delay import NewHold
from bedside.ward.views.reductions import NewReduction
from bedside.ward.weighing import void_size
from tests.ward.day_bench import (
    CYTARABINE_IT,
    DAUNORUBICIN,
    DEXAMETHASONE,
    HYDROCORTISONE_IT,
    PEGASPARGASE,
    PREDNISOLONE,
    VALUES,
    VINCRISTINE,
    in_induction,
    label_key,
    printed,
    sheet_key,
    sign,
)
from tests.ward.ordering import PAPER, by
from tests.ward.wards import DOCTOR, NURSE, Bench

ROUNDED = """
[[drug]]
drug = "dexamethasone"
rounding = { name = "to 0.05 mg", step = 0.05, most-percent = 10 }
"""
SPINAL = sheet_key(CYTARABINE_IT, drug="")


def words_of(path: str) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    return " ".join(text.replace("\u2011", "-").replace("\u00a0", " ").split())


def refusal(bench: Bench, key: str, folder: Path) -> str:
    """Try to print; nothing may be left behind, on disk or on record."""
    with bench.ward.store.reading() as connection:
        before = len(all_of(connection, Print, include_void=True))
    with pytest.raises(Refused) as caught:
        printed(bench, key, folder)
    assert not folder.exists() or list(folder.iterdir()) == []
    with bench.ward.store.reading() as connection:
        assert len(all_of(connection, Print, include_void=True)) == before
    return str(caught.value)


@pytest.fixture
def day_15(bench: Bench) -> Bench:
    """Day 15 of Induction: vincristine, and two intrathecal drugs (0.05 mg per kg of 6.2 kg is 0.31 mg)."""
    return in_induction(bench, 15)


def test_a_vinca_sheet_says_what_was_ordered_and_what_is_kept_apart(day_15, tmp_path) -> None:
    sign(day_15, VINCRISTINE)
    paper = printed(day_15, sheet_key(VINCRISTINE), tmp_path / "out")
    assert paper.title == "Dosing sheet, vinCRIStine intravenous, Induction day 15"
    words = words_of(paper.path)
    for said in (
        "0.05 mg per kg × 6.2 kg = 0.31 mg",  # by hand
        "0.3 mg intravenous, over ______ minutes",
        "0.3 mL of 1 mg per mL, into the bag",
        "at most 2 mg for one dose (site value)",
        "Intrathecal due today: YES, cytarabine and hydrocortisone",
        "In an infusion bag of 25 mL, never in a syringe",
        "Test Physician physician in Bedside",
        "Pia Ruiz pharmacist in Bedside",
        "Plan of Induction: day 8, 15, 22, 29. This is day 15.",
        "640 per microlitre",
        "MUSTER, Ida T 001",
        paper.code,
    ):
        assert said in words, said
    assert "cytarabine 15" not in words and "INTRATHECAL" not in words


def test_the_intrathecal_sheet_carries_every_intrathecal_drug_and_no_other(
    day_15, tmp_path
) -> None:
    sign(day_15, CYTARABINE_IT)
    why = refusal(day_15, SPINAL, tmp_path / "no")
    assert "hydrocortisone is not prescribed yet" in why and "cytarabine is not" not in why
    sign(day_15, HYDROCORTISONE_IT)
    words = words_of(printed(day_15, SPINAL, tmp_path / "out").path)
    assert "15 mg in 0.75 mL INTRATHECAL" in words and "8 mg in 0.8 mL INTRATHECAL" in words
    assert "Vinca due today: YES, vinCRIStine. SEPARATE" in words
    path = printed(day_15, SPINAL, tmp_path / "again").path
    assert len(PdfReader(path).pages) == 1  # its plan does not stand alone on a second page
    assert "0.3 mg" not in words and "INTRAVENOUS" not in words
    # the fullest sheet there is: a hand signs at the cot in rows as high as ruled paper's
    assert height_between(path, "Bedside, gives", "Bedside, hears") > 7.5


def height_between(path: str, upper: str, lower: str) -> float:
    """How many millimetres lie between two texts of a first page."""
    text = PdfDocument(path)[0].get_textpage()
    tops = [text.get_charbox(text.search(said).get_next()[0])[3] for said in (upper, lower)]
    return float(tops[0] - tops[1]) / 72 * 25.4


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ((), "is not prescribed yet: a physician prescribes it"),
        ((prescribe,), "is prescribed and not verified yet: a pharmacist verifies it"),
    ],
)
def test_refused_until_two_have_signed(day_15, tmp_path, acts, said) -> None:
    if acts:
        sign(day_15, VINCRISTINE, *acts)
    assert said in refusal(day_15, sheet_key(VINCRISTINE), tmp_path / "out")
    assert said in refusal(day_15, label_key(VINCRISTINE), tmp_path / "out")


def test_refused_while_the_dose_is_held_by_name(day_15, tmp_path) -> None:
    sign(day_15, VINCRISTINE)
    hold = NewHold("induction", "vincristine", day_15.ward.today(), None, "neuropathy")
    save_hold(day_15.ward, day_15.infant, hold, who=DOCTOR)
    why = refusal(day_15, sheet_key(VINCRISTINE), tmp_path / "out")
    assert "vinCRIStine is held: neuropathy" in why
    choices = {
        one.key: one for one in paper_choices(day_15.ward, facts_of(day_15.ward, day_15.infant))
    }
    assert any("held" in reason for reason in choices[sheet_key(VINCRISTINE)].refused)


def test_refused_where_nobody_has_entered_a_dose(day_15, tmp_path) -> None:
    why = refusal(day_15, sheet_key(("induction", 15, "cytarabine", "IV")), tmp_path / "out")
    assert "No dose of it is in public sources or entered by this site" in why


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("day-sheet:induction:16:IV:vincristine", "No dose of vinCRIStine intravenous is planned"),
        ("day-sheet:induction:15:IT:vincristine", "No dose of vinCRIStine intrathecal is planned"),
        ("day-sheet:induction:15:IM:vincristine", "is planned on day 15"),
        ("day-sheet:induction:15:IV", "Only intrathecal drugs share a sheet: name the drug"),
        ("day-sheet:nowhere:15:IV:vincristine", "There is no course nowhere"),
        ("day-sheet:induction:x:IV:vincristine", "names no administration"),
        ("day-sheet:induction:15:IV or IM:vincristine", "names no administration"),
        ("day-sheet:induction", "names no administration"),
        ("day-sheet:epi-1:1:IV:azacitidine", "a dosing sheet of its own for all days"),
        ("label:induction:15:IT", "A label is for one drug"),
    ],
)
def test_papers_that_there_are_not(day_15, tmp_path, key, said) -> None:
    assert said in refusal(day_15, key, tmp_path / "out")


def test_a_weight_too_old_for_its_day_is_said_before_the_day(bench, tmp_path) -> None:
    """The weight of the 12th may be two days old: it carries nothing on the 15th (H5)."""
    in_induction(bench, 12)
    bench.site(weight_age_days=2)
    sign(bench, VINCRISTINE)
    why = refusal(bench, sheet_key(VINCRISTINE), tmp_path / "out")
    assert (
        "The weight carries a dose until 14-Sep-2026 only, and this one is for 15-Sep-2026" in why
    )


def test_a_struck_weight_ends_order_and_sheet(day_15, tmp_path) -> None:
    sign(day_15, VINCRISTINE)
    printed(day_15, sheet_key(VINCRISTINE), tmp_path / "out")
    facts = facts_of(day_15.ward, day_15.infant)
    void_size(day_15.ward, facts.measurements[-1].id, "another infant", who=NURSE)
    assert "weigh the infant" in refusal(day_15, sheet_key(VINCRISTINE), tmp_path / "no")
    (paper,) = printed_papers(day_15.ward, facts_of(day_15.ward, day_15.infant))
    assert paper.out_of_date and paper.order
    assert papers_to_take_away(day_15.ward, facts_of(day_15.ward, day_15.infant)) == (paper,)


def test_a_dose_that_nobody_rounds_is_refused_not_printed_to_34_places(bench, tmp_path) -> None:
    """2 mg per m² of 0.326769 m² ends nowhere."""
    in_induction(bench, 15, VALUES.replace(ROUNDED, ""))
    with pytest.raises(Refused, match="no rounding rule is entered"):
        sign(bench, DEXAMETHASONE)
    why = refusal(bench, sheet_key(DEXAMETHASONE, "PO"), tmp_path / "out")
    assert "no rounding rule is entered" in why


def test_a_reduction_stands_in_the_sum_and_ends_the_sheet_before_it(day_15, tmp_path) -> None:
    sign(day_15, DEXAMETHASONE)
    key = sheet_key(DEXAMETHASONE, "NG")
    printed(day_15, key, tmp_path / "out")
    half = NewReduction(
        "induction", "dexamethasone", 15, None, Decimal(50), "standard", "infection", "Dr Okonjo"
    )
    save_reduction(day_15.ward, day_15.infant, half, who=NURSE)
    (paper,) = printed_papers(day_15.ward, facts_of(day_15.ward, day_15.infant))
    assert paper.out_of_date
    sign(day_15, DEXAMETHASONE)
    words = words_of(printed(day_15, key, tmp_path / "out").path)
    assert "× 50 %" in words and "replaces sheet BS-2026-00001" in words


def test_one_sheet_is_for_one_route_and_ends_the_other(bench, tmp_path) -> None:
    """The order says by mouth or by tube: two sheets that hold would be two doses (H24)."""
    in_induction(bench, 3)
    sign(bench, PREDNISOLONE)
    mouth = words_of(printed(bench, sheet_key(PREDNISOLONE, "PO"), tmp_path / "out").path)
    assert "BY MOUTH" in mouth and "The order says by mouth or by nasogastric tube." in mouth
    assert "6.5 mg" in mouth and "3 times a day" in mouth and "signs this route" not in mouth
    printed(bench, sheet_key(PREDNISOLONE, "NG"), tmp_path / "out")
    new, old = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert new.out_of_date == ""
    assert old.out_of_date == "printed since for by nasogastric tube: sheet BS-2026-00002"
    printed(bench, label_key(PREDNISOLONE, "PO"), tmp_path / "out")  # a label ends a sheet, too
    label, tube, _ = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert label.out_of_date == ""
    assert tube.out_of_date == "printed since for by mouth: sheet BS-2026-00003"
    printed(bench, sheet_key(PREDNISOLONE, "PO"), tmp_path / "again")
    again, label, *_ = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert (again.out_of_date, label.out_of_date) == ("", "")


def test_a_route_that_changes_the_preparation_is_signed_by_the_prescriber(bench, tmp_path) -> None:
    in_induction(bench, 12)
    sign(bench, PEGASPARGASE)
    words = words_of(printed(bench, sheet_key(PEGASPARGASE, "IM"), tmp_path / "out").path)
    assert "INTRAMUSCULAR" in words and "Prescriber signs this route" in words
    assert "825 units" in words and "An earlier reaction to any asparaginase?" in words
    assert "over" not in words.partition("825 units")[2].partition("Draw")[0]


def test_an_anthracycline_says_what_was_given_before(bench, tmp_path) -> None:
    in_induction(bench, 8)
    sign(bench, DAUNORUBICIN)
    words = words_of(printed(bench, sheet_key(DAUNORUBICIN), tmp_path / "out").path)
    assert "DAUNOrubicin" in words and "6.2 mg intravenous, over 15 minutes" in words
    assert "Cumulative DAUNOrubicin so far:" in words


def test_a_given_dose_has_no_paper_and_its_sheet_is_over_not_wrong(day_15, tmp_path) -> None:
    sign(day_15, VINCRISTINE)
    printed(day_15, sheet_key(VINCRISTINE), tmp_path / "out")
    on_paper = by(day_15.ward, day_15.infant, paper=PAPER)
    record_given(day_15.ward, day_15.infant, *VINCRISTINE, on_paper, who=NURSE)
    assert "recorded already" in refusal(day_15, sheet_key(VINCRISTINE), tmp_path / "no")
    facts = facts_of(day_15.ward, day_15.infant)
    (paper,) = printed_papers(day_15.ward, facts)
    assert paper.out_of_date == "all that stands on it is recorded"
    assert papers_to_take_away(day_15.ward, facts) == ()
    assert sheet_key(VINCRISTINE) not in {one.key for one in paper_choices(day_15.ward, facts)}


def test_copies_are_counted_and_the_same_facts_give_the_same_bytes(day_15, tmp_path) -> None:
    sign(day_15, VINCRISTINE)
    key = sheet_key(VINCRISTINE)
    assert draw_again(day_15.ward, day_15.infant, key, who=NURSE) == draw_again(
        day_15.ward, day_15.infant, key, who=NURSE
    )
    first, second = (printed(day_15, key, tmp_path / name) for name in ("a", "b"))
    assert (first.sheet_number, first.copy) == (second.sheet_number, 1)
    assert second.copy == 2 and "replaces copy 1" in words_of(second.path)
    with day_15.ward.store.reading() as connection:
        row = of_infant(connection, Print, day_15.infant)[0]
    assert (row.kind, row.course_key, row.course_day) == ("day-sheet", "induction", 15)
    assert (row.route, row.drug) == ("IV", "vincristine")
    spare = make_paper(day_15.ward, day_15.infant, "roadmap:induction", tmp_path / "r", who=NURSE)
    assert spare.sheet_number != first.sheet_number


def test_a_new_count_ends_a_sheet_and_a_release_does_not(day_15, tmp_path) -> None:
    sign(day_15, VINCRISTINE, prescribe, verify)
    printed(day_15, sheet_key(VINCRISTINE), tmp_path / "out")
    sign(day_15, VINCRISTINE, release)
    facts = facts_of(day_15.ward, day_15.infant)
    assert printed_papers(day_15.ward, facts)[0].out_of_date == ""
    day_15.clock.now += timedelta(hours=1)
    day_15.count(420, 86_000)
    facts = facts_of(day_15.ward, day_15.infant)
    assert printed_papers(day_15.ward, facts)[0].out_of_date == (
        "changed since: Neutrophils (ANC): 640 per microlitre became 420 per microlitre; "
        "Neutrophils (ANC): taken 15-Sep-2026 09:00 became 15-Sep-2026 10:00; "
        "Platelets: taken 15-Sep-2026 09:00 became 15-Sep-2026 10:00"
    )


def test_not_commissioned_is_not_ordered_and_has_neither_sheet_nor_label(bench, tmp_path) -> None:
    unconfirmed = VALUES.replace('[confirmed]\nby = ["A. One", "B. Two"]\non = 2026-09-01\n', "")
    in_induction(bench, 15, unconfirmed)
    with pytest.raises(Refused, match="have not confirmed the numbers of Induction"):
        sign(bench, VINCRISTINE)
    for key in (sheet_key(VINCRISTINE), label_key(VINCRISTINE)):
        assert "have not" in refusal(bench, key, tmp_path / "no")


def test_what_is_offered_is_of_today_and_tomorrow_and_known(day_15) -> None:
    sign(day_15, VINCRISTINE)
    choices = paper_choices(day_15.ward, facts_of(day_15.ward, day_15.infant))
    keys = [one.key for one in choices]
    assert keys[:2] == [sheet_key(VINCRISTINE), label_key(VINCRISTINE)]  # ready ones first
    of_days = [key for key in keys if key.startswith("day-sheet:")]
    assert {key.split(":")[2] for key in of_days} == {"15", "16"}
    # three routes refused alike are one line
    assert sum("dexamethasone" in key for key in of_days) == 2
    last = choices[-1]
    assert last.title == "Dosing sheets of cytarabine" and "commission it" in last.refused[0]
