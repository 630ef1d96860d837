"""Sheets and labels of a drug given several times a day, made or scanned after its first dose was given.

By hand: methotrexate 20-Sep-2026 08:00; hours 48 and 57 of leucovorin are 22-Sep 08:00 and 17:00.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.papers.label_code import read_label_code
from bedside.store.records import DoseRecord
from bedside.units.refusal import Refused
from bedside.ward.check_standing import check_state
from bedside.ward.corrections import strike_out
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.printing import paper_choices
from bedside.ward.standing import projection_of
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.verifying import verify_paper
from bedside.ward.views.check_state import Planned
from bedside.ward.views.given import GivenAs, OfDay
from tests.documents.reading import codes_in, pages_of, picture
from tests.ward.day_bench import VALUES, label_key, printed, sheet_key, sign
from tests.ward.ordering import PAPER, by, check
from tests.ward.test_day_doses import BEGAN, MG, TWICE, due, give, interim  # noqa: F401
from tests.ward.test_day_sheets import words_of
from tests.ward.test_hours_shown import COURSE, LEUCOVORIN, in_interim, started
from tests.ward.wards import BERLIN, NURSE, Bench

# Invented.
CYTARABINE = """
[[drug]]
drug = "cytarabine"
rounding = { name = "to 0.1 mg", step = 0.1, most-percent = 10 }
concentration = { value = 20, unit = "mg" }
syringe-step-ml = 0.01
"""
SHEET, LABEL = sheet_key(LEUCOVORIN, route="PO"), label_key(LEUCOVORIN, route="PO")


def pages(path: str) -> list[str]:
    return pages_of(Path(path).read_bytes())


def squares(path: str) -> list[str]:
    pdf = Path(path).read_bytes()
    read = [codes_in(picture(pdf, at, 300)) for at in range(len(pages_of(pdf)))]
    return [next(one for one in found if read_label_code(one)) for found in read]


def figures(path: str) -> list[str]:
    pdf = Path(path).read_bytes()
    read = [codes_in(picture(pdf, at, 300)) for at in range(len(pages_of(pdf)))]
    return [next(one for one in found if one.isdecimal()) for found in read]


def give_with(bench: Bench, of: OfDay, label: str, born=None, unread: str = "") -> None:
    """Give one dose now with a label read in the place of the birthday."""
    ward, infant = bench.ward, bench.infant
    if check_state(ward, infant, *LEUCOVORIN).stage != "matched":
        check(ward, infant, LEUCOVORIN)
    giver = replace(by(ward, infant), identifiers=TwoIdentifiers("T 001", born, label, unread))
    record_given(ward, infant, *LEUCOVORIN, giver, who=NURSE, given=GivenAs(MG, of=of))


def test_a_sheet_says_what_is_given_and_leaves_no_room_to_sign_it(interim: Bench, tmp_path) -> None:  # noqa: F811
    first = printed(interim, SHEET, tmp_path / "a")
    assert "2 doses, a line each" in words_of(first.path)
    interim.at(2026, 9, 22, 8, 5)
    give(interim, OfDay(48))
    answer = verify_paper(interim.ward, first.code)
    assert answer.verdict == "VALID"
    assert answer.since.startswith(
        "On record since it was printed: dose 1, hour 48: GIVEN 6.2 mg, 22-Sep-2026 08:05, "
    )
    assert "Give and sign nothing for it again." in answer.since
    interim.at(2026, 9, 22, 9, 0)
    second = printed(interim, SHEET, tmp_path / "b")
    assert (second.sheet_number, second.copy) == (first.sheet_number, 2)
    words = words_of(second.path)
    assert "1 of 2 on record" in words
    assert "GIVEN 6.2 mg, 22-Sep-2026 08:05," in words.replace("\u2011", "-")
    assert words.count("Nothing to sign here.") == 1
    answer = verify_paper(interim.ward, second.code)
    assert answer.verdict == "VALID" and not answer.since
    strike_out(interim.ward, interim.infant, "dose", _row(interim).id, "wrong infant", who=NURSE)
    assert "is not there any more" in verify_paper(interim.ward, second.code).reasons[0]


def _row(bench: Bench) -> DoseRecord:
    return next(row for row in facts_of(bench.ward, bench.infant).doses if row.drug == "leucovorin")


def test_a_dose_not_given_stands_with_its_reason(interim: Bench, tmp_path) -> None:  # noqa: F811
    with interim.ward.store.change(NURSE, "recorded a dose", interim.ward.now()) as change:
        change.add(
            DoseRecord, infant_id=interim.infant, course_key=COURSE, course_day=3,
            due_on=interim.ward.today(), drug="leucovorin", route="PO or IV", state="not given",
            amount_ug=None, measurement_id=None, reconstituted_at=None, infusion_minutes=None,
            started_at=None, finished_at=None, note="vomiting", hour=48,
        )  # fmt: skip
    assert "NOT GIVEN: vomiting" in words_of(printed(interim, SHEET, tmp_path).path)


def test_labels_are_of_what_is_left_and_numbered_as_of_the_whole_day(
    interim: Bench,  # noqa: F811
    tmp_path,
) -> None:
    before = printed(interim, LABEL, tmp_path / "a")
    assert ["1 of 2" in pages(before.path)[0], "2 of 2" in pages(before.path)[1]] == [True, True]
    one, two = squares(before.path)
    assert [read_label_code(each).part for each in (one, two)] == ["H48", "H57"]
    interim.at(2026, 9, 22, 8, 0)
    give_with(interim, OfDay(48), one)
    assert verify_paper(interim.ward, two).verdict == "VALID"
    answer = verify_paper(interim.ward, one)
    assert answer.verdict == "OUT OF DATE"
    assert answer.reasons[0].startswith(
        "its dose, hour 48 at 08:00 (1 of 2), is recorded as given: GIVEN 6.2 mg, 22-Sep-2026 08:00"
    )
    by_words = verify_paper(interim.ward, before.code)  # they stand on both labels of the set
    assert "dose 1, hour 48: GIVEN" in by_words.since and "what is left only" in by_words.words
    assert by_words.todo.startswith("These words stand on each label of this day")
    (left,) = pages(printed(interim, LABEL, tmp_path / "b").path)
    assert "2 of 2" in left and "at 17:00" in left and "08:00" not in left


def test_a_label_of_another_hour_is_refused_however_it_is_read(interim: Bench, tmp_path) -> None:  # noqa: F811
    paper = printed(interim, LABEL, tmp_path)
    one, two = squares(paper.path)
    lines = figures(paper.path)
    assert lines[0] != lines[1]
    for wrong in (two, lines[1]):
        with pytest.raises(Refused, match=r"WRONG LABEL: it is of hour 57 at 17:00 \(2 of 2\)"):
            give_with(interim, OfDay(48), wrong)
    with pytest.raises(Refused, match="do not say which dose it is of"):
        give_with(interim, OfDay(48), paper.code)
    forged = one.replace("*H48", "*H99")
    assert read_label_code(forged) is None
    interim.at(2026, 9, 22, 8, 0)
    give_with(interim, OfDay(48), lines[0])
    interim.at(2026, 9, 22, 17, 0)
    with pytest.raises(Refused, match=r"hour 48 at 08:00 .* is recorded as given"):
        give_with(interim, OfDay(57), one)
    give_with(interim, OfDay(57), two)
    for scanned in (two, lines[1], paper.code):
        assert "is recorded as given" in verify_paper(interim.ward, scanned).reasons[0]


def test_a_label_printed_by_route_must_be_read(interim: Bench, tmp_path) -> None:  # noqa: F811
    """The order leaves the route open, and the label is of one route: it is a label of this dose all the same."""
    printed(interim, LABEL, tmp_path)
    with pytest.raises(Refused, match="A label of this dose was printed here: scan it"):
        give_with(interim, OfDay(48), "", born=date(2026, 1, 1))


def test_an_hour_given_before_the_beginning_was_corrected_has_no_label_again(
    interim: Bench,  # noqa: F811
    tmp_path,
) -> None:
    """By hand: begun at 22:00 the hours of 22-Sep are 30 (04:00), 39 (13:00) and 48 (22:00)."""
    interim.at(2026, 9, 22, 8, 0)
    give(interim, OfDay(48))
    (begun,) = facts_of(interim.ward, interim.infant).infusions
    strike_out(interim.ward, interim.infant, "infusion", begun.id, "wrong hour", who=NURSE)
    started(interim, BEGAN + timedelta(hours=14))
    left = pages(printed(interim, LABEL, tmp_path).path)
    assert [("1 of 3" in left[0], "at 04:00" in left[0]), "at 13:00" in left[1]] == [
        (True, True), True,
    ]  # fmt: skip
    assert len(left) == 2
    assert "GIVEN 6.2 mg" in words_of(printed(interim, SHEET, tmp_path).path)
    keys = {one.key for one in paper_choices(interim.ward, facts_of(interim.ward, interim.infant))}
    assert {SHEET, LABEL} <= keys


def test_a_dose_recorded_by_its_number_before_the_hours_were_known_is_told_on_the_sheet(
    interim: Bench,  # noqa: F811
    tmp_path,
) -> None:
    (begun,) = facts_of(interim.ward, interim.infant).infusions
    strike_out(interim.ward, interim.infant, "infusion", begun.id, "wrong", who=NURSE)
    give(interim, OfDay(turn=1))
    assert "1 of 2 on record" in words_of(printed(interim, SHEET, tmp_path / "a").path)
    started(interim, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    words = words_of(printed(interim, SHEET, tmp_path / "b").path)
    assert "Also on record for this day" in words and "dose 1 of the day: GIVEN 6.2 mg" in words


def test_of_a_drug_without_hours_the_number_of_the_dose_is_told(bench: Bench, tmp_path) -> None:
    """The protocol states 2 doses a day of cytarabine."""
    in_interim(bench, VALUES + TWICE + CYTARABINE)
    key = in_front_of(bench)
    bench.weigh()
    sign(bench, key)
    give(bench, OfDay(turn=1), key=key, blind=False)
    bench.clock.now += timedelta(hours=6)
    words = words_of(printed(bench, sheet_key(key), tmp_path / "a").path)
    assert "1 of 2 on record" in words and words.count("Nothing to sign here.") == 1
    paper = printed(bench, label_key(key), tmp_path / "b")
    (left,) = pages(paper.path)
    assert "2 of 2" in left
    (square,) = squares(paper.path)
    assert read_label_code(square).part == "T2"
    assert "dose 2 of 2" in dict(verify_paper(bench.ward, square).lines)["Dose of the day"]


def test_where_no_dose_is_entered_each_dose_of_a_stated_number_is_recorded(bench: Bench) -> None:
    """The first of two given leaves the day open, though nobody has entered how much it is."""
    in_interim(bench)
    key = in_front_of(bench)
    form = given_form(bench.ward, bench.infant, *key)
    assert form.worked is None
    assert [one.words for one in form.choices] == ["dose 1 of 2", "dose 2 of 2"]
    giver = by(bench.ward, bench.infant, paper=PAPER)
    given = GivenAs(MG, "from the signed order", again=MG, of=OfDay(turn=1))
    record_given(bench.ward, bench.infant, *key, giver, who=NURSE, given=given)
    assert "recorded" not in [one.mark for one in due(bench, "cytarabine")]
    assert any("dose 2 of 2 to give" in one.note for one in due(bench, "cytarabine"))


def in_front_of(bench: Bench) -> Planned:
    """09:00 of the first day of cytarabine in this course, and which dose that is."""
    facts = facts_of(bench.ward, bench.infant)
    dose = next(
        one for course in projection_of(bench.ward, facts).courses for one in course.doses
        if one.course_key == COURSE and (one.drug, one.route) == ("cytarabine", "IV")
    )  # fmt: skip
    bench.at(dose.on.year, dose.on.month, dose.on.day, 9, 0)
    return dose.course_key, dose.course_day, dose.drug, dose.route
