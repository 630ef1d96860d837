"""The ten figures of a label's line code answer like its square code (H25, H30)."""

from datetime import timedelta
from pathlib import Path

import pytest

from bedside.papers.label_code import read_label_code
from bedside.units.refusal import Refused
from bedside.ward.label_lines import is_label_figures, printed_label
from bedside.ward.two_identifiers import TwoIdentifiers, check_identifiers
from bedside.ward.verifying import is_paper_code, verify_paper
from bedside.ward.void_papers import void_paper
from tests.documents.reading import codes_in, picture
from tests.ward.day_bench import VINCRISTINE, in_induction, label_key, printed, sign
from tests.ward.wards import NURSE, Bench

BAND = "T 001"
OTHER = ("induction", 22, "vincristine", "IV")


@pytest.fixture
def figures(bench: Bench, tmp_path: Path) -> str:
    """An order of vincristine on day 15, its label printed, and what a reader reads from its bars."""
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    label = printed(bench, label_key(VINCRISTINE), tmp_path)
    (read,) = [
        one for one in codes_in(picture(Path(label.path).read_bytes(), 0, 300)) if one.isdecimal()
    ]
    return read


def give(bench: Bench, infant: int, planned, band: str, label: str) -> None:
    check_identifiers(bench.ward, infant, TwoIdentifiers(band, None, label), planned)


def test_the_bars_of_a_label_answer_valid_until_its_order_falls(bench: Bench, figures) -> None:
    assert is_label_figures(figures) and not is_paper_code(figures)
    for typed in (figures, f" {figures[:5]} {figures[5:]} ", f"]C0{figures}"):
        answer = verify_paper(bench.ward, typed)
        assert answer.verdict == "VALID" and answer.infant_id == bench.infant
    bench.clock.now += timedelta(minutes=5)
    bench.weigh(7400)
    answer = verify_paper(bench.ward, figures)
    assert answer.verdict == "OUT OF DATE" and answer.reasons
    assert answer.todo == "Do not give what it stands on. Ring the pharmacy."


def test_they_stand_for_the_label_before_giving(bench: Bench, figures) -> None:
    give(bench, bench.infant, VINCRISTINE, BAND, figures)
    with pytest.raises(Refused, match="WRONG LABEL: it is of another dose"):
        give(bench, bench.infant, OTHER, BAND, figures)
    with pytest.raises(Refused, match="made no such label"):
        give(bench, bench.infant, VINCRISTINE, BAND, "2699999001")
    other = bench.enrol(given="Ada", hospital_number="T 002", bed="2", study_number="15P1-T002")
    with pytest.raises(Refused, match="WRONG LABEL: it is of MUSTER, Ida"):
        give(bench, other, VINCRISTINE, "T 002", figures)


def test_a_label_declared_void_is_refused(bench: Bench, figures) -> None:
    row = printed_label(bench.ward, figures)
    assert row is not None
    void_paper(bench.ward, row.id, "smudged", who=NURSE)
    with pytest.raises(Refused, match="smudged"):
        give(bench, bench.infant, VINCRISTINE, BAND, figures)


@pytest.mark.parametrize("typed", ["2699999001", "0000000000"])
def test_figures_of_no_label_here_are_not_ours(bench: Bench, figures, typed: str) -> None:
    answer = verify_paper(bench.ward, typed)
    assert answer.verdict == "NOT OURS" and "ten figures" in answer.reasons[0]


@pytest.mark.parametrize("typed", ["123456789", "12345678901", "12345678९0", "", "ABCDEFGHIJ"])
def test_what_is_no_line_code(typed: str) -> None:
    assert not is_label_figures(typed)


def test_a_void_paper_asks_for_its_reason_and_is_void_once(bench: Bench, figures) -> None:
    row = printed_label(bench.ward, figures)
    assert row is not None
    with pytest.raises(Refused, match="needs its reason"):
        void_paper(bench.ward, row.id, "  ", who=NURSE)
    void_paper(bench.ward, row.id, "smudged", who=NURSE)
    with pytest.raises(Refused, match="already"):
        void_paper(bench.ward, row.id, "again", who=NURSE)
    with pytest.raises(Refused):
        void_paper(bench.ward, 99_999, "no such paper", who=NURSE)


def test_the_square_code_of_a_label_declared_void_starts_nothing(bench: Bench, tmp_path) -> None:
    """It names order and sheet, no copy: once one copy is void, the words or the line code answer."""
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)

    def codes(folder: str) -> list[str]:
        label = printed(bench, label_key(VINCRISTINE), tmp_path / folder)
        return codes_in(picture(Path(label.path).read_bytes(), 0, 300))

    first = codes("first")
    (square,) = [one for one in first if read_label_code(one) is not None]
    give(bench, bench.infant, VINCRISTINE, BAND, square)
    row = printed_label(bench.ward, next(one for one in first if one.isdecimal()))
    assert row is not None
    void_paper(bench.ward, row.id, "wrong bag", who=NURSE)
    with pytest.raises(Refused, match="wrong bag"):
        give(bench, bench.infant, VINCRISTINE, BAND, square)
    answer = verify_paper(bench.ward, square)
    assert answer.verdict == "OUT OF DATE" and "VOID" in answer.reasons[0]
    second = codes("second")
    assert square in second, "the square code is that of the order and the sheet"
    with pytest.raises(Refused, match="names no copy"):
        give(bench, bench.infant, VINCRISTINE, BAND, square)
    give(bench, bench.infant, VINCRISTINE, BAND, next(one for one in second if one.isdecimal()))
