"""The ten figures of a label's line code answer like its square code (H25, H30)."""

from datetime import timedelta
from pathlib import Path

import pytest

from bedside.papers.label_code import label_code, read_label_code
from bedside.units.refusal import Refused
from bedside.ward.given_doses import record_given
from bedside.ward.label_lines import is_label_figures, printed_label
from bedside.ward.two_identifiers import TwoIdentifiers, check_identifiers
from bedside.ward.verifying import is_paper_code, verify_paper
from bedside.ward.views.verified import PaperAnswer
from bedside.ward.void_papers import void_paper
from tests.documents.reading import codes_in, picture
from tests.ward.day_bench import VINCRISTINE, in_induction, label_key, printed, sign
from tests.ward.ordering import PAPER, by
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


def codes(bench: Bench, folder: Path) -> tuple[str, str, str]:
    """Words, line code and square code of a label printed now, as a reader reads them."""
    label = printed(bench, label_key(VINCRISTINE), folder)
    read = codes_in(picture(Path(label.path).read_bytes(), 0, 300))
    (square,) = [one for one in read if read_label_code(one) is not None]
    (line,) = [one for one in read if one.isdecimal()]
    return label.code, line, square


def answers(bench: Bench, ways: tuple[str, str, str]) -> PaperAnswer:
    """What a label answers: the same, word for word, in whichever way it is asked."""
    words, line, square = (verify_paper(bench.ward, way) for way in ways)
    assert words == line == square
    return words


def test_the_square_code_of_a_label_declared_void_starts_nothing(bench: Bench, tmp_path) -> None:
    """It names its copy: the void one starts nothing, and the one that took its place does."""
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    first = codes(bench, tmp_path / "first")
    for way in first[1:]:
        give(bench, bench.infant, VINCRISTINE, BAND, way)
    row = printed_label(bench.ward, first[1])
    assert row is not None
    void_paper(bench.ward, row.id, "wrong bag", who=NURSE)
    for way in first[1:]:
        with pytest.raises(Refused, match=r"OLD LABEL: .* VOID, struck out .*: wrong bag"):
            give(bench, bench.infant, VINCRISTINE, BAND, way)
    answer = answers(bench, first)
    assert answer.verdict == "OUT OF DATE" and "wrong bag" in answer.reasons[-1]
    second = codes(bench, tmp_path / "second")
    assert second[2] != first[2] and "*2/" in second[2]
    assert answers(bench, second).verdict == "VALID"
    give(bench, bench.infant, VINCRISTINE, BAND, second[2])
    assert "copy 2 has taken its place" in " ".join(answers(bench, first).reasons)
    made_up = second[2].replace("*2/", "*3/")  # with its signs wrong, and then right
    with pytest.raises(Refused, match="did not read the label"):
        verify_paper(bench.ward, made_up)
    code = read_label_code(second[2])
    assert code is not None
    third = label_code(code.study_number, code.sheet_number, code.dose_id, 3)
    assert verify_paper(bench.ward, third).verdict == "NOT OURS"
    another = label_code(code.study_number, code.sheet_number, code.dose_id + 1)
    assert verify_paper(bench.ward, another).verdict == "NOT OURS"


def test_a_new_weight_and_a_dose_given_are_said_alike_in_all_three_ways(
    bench: Bench, tmp_path
) -> None:
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    ways = codes(bench, tmp_path)
    assert answers(bench, ways).todo == "Scan band and label when it is given."
    bench.clock.now += timedelta(minutes=5)
    bench.weigh(7400)
    answer = answers(bench, ways)
    assert (answer.verdict, answer.todo) == (
        "OUT OF DATE", "Do not give what it stands on. Ring the pharmacy.",
    )  # fmt: skip
    assert "7.4 kg" in " ".join(answer.reasons), answer.reasons
    with pytest.raises(Refused, match=r"7\.4 kg"):
        give(bench, bench.infant, VINCRISTINE, BAND, ways[2])


def test_once_its_dose_is_given_a_label_says_so_in_all_three_ways(bench: Bench, tmp_path) -> None:
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    ways = codes(bench, tmp_path)
    on_paper = by(bench.ward, bench.infant, paper=PAPER)
    record_given(bench.ward, bench.infant, *VINCRISTINE, on_paper, who=NURSE)
    assert answers(bench, ways).reasons == ("its dose is recorded as given",)
