"""What was found by eye on printed papers, held so that it does not come back."""

from datetime import date

import pytest

from bedside.documents.day_sheet_checks import Step, rows_within
from bedside.documents.frame import OUTLINE
from bedside.documents.roadmap_closing import LeftOpen, lay_left_open
from bedside.documents.sheet_clock import line_tops
from bedside.documents.transfer import draw_transfer
from bedside.documents.whole_road import lay_events, lay_road
from bedside.documents.words import BODY, QUIET, words
from bedside.papers.whole_treatment import RoadEvent
from tests.documents import examples
from tests.documents import report_examples as made
from tests.documents.reading import picture
from tests.documents.test_infant_papers import watched

SENTENCE = "vinCRIStine, intravenous: no dose. It is not in public sources: enter it yourself. " * 3


def test_what_room_there_is_goes_first_to_the_lines_that_a_hand_signs() -> None:
    """Found: what had been signed on screen took as much of a full sheet as the boxes for a pen."""
    signed = (words("Pia Ruiz", BODY),)
    steps = [Step("1", "Order", "I order this", (signed,)), Step("2", "Preparation", "made")]
    least = sum(step.least for step in steps)
    assert rows_within(steps, least + 2) == [steps[0].least, steps[1].least + 2]
    assert rows_within(steps, least + 100) == [9.6, 9.6]


def test_a_settled_day_leaves_its_room_to_the_hand() -> None:
    """The line of a day that was given is printed: it is lower, and the open ones are not."""
    full, settled = (
        examples.dosing_sheet(),
        examples.dosing_sheet(settled=examples.GIVEN_TWO),
    )
    assert line_tops(full, 8.8)[-1] == pytest.approx(8.8 * 5)
    assert line_tops(settled, 8.8)[-1] == pytest.approx(8.8 * 3 + 5.2 * 2)


def left_open(sentences: int, first: float, full: float) -> list[LeftOpen]:
    roadmap = examples.roadmap(
        since=(), apart=(), hours=(), undosed=(), unscheduled=(SENTENCE.strip(),) * sentences
    )
    return lay_left_open(roadmap, first, full)


def test_what_the_sources_leave_open_stays_whole_under_the_blocks_or_on_a_page() -> None:
    """Found: two lines of it alone on a fifth page, the first of them amid a sentence."""
    (whole,) = left_open(4, 200, 120)
    (smaller,) = left_open(4, whole.height - 1, 120)
    assert smaller.height < whole.height and smaller.lines[0][1].style.size == 8
    (next_page,) = left_open(4, 12, 120)
    assert next_page == whole
    (alone,) = left_open(1, 16, 120)  # a line or two of it never stand alone
    assert len(alone.lines) == len(whole.lines) // 4


def test_longer_than_a_page_it_is_parted_between_sentences() -> None:
    parts = left_open(30, 20, 100)
    assert len(parts) > 1
    for part in parts:
        assert part.lines[0][0] and part.height <= 100 and len(part.lines) >= 4
    assert sum(begins for part in parts for begins, _ in part.lines) == 30


def light(colour: tuple[float, float, float]) -> float:
    """Relative luminance of a grey, after WCAG 2."""
    grey = colour[0]
    return grey / 12.92 if grey <= 0.03928 else ((grey + 0.055) / 1.055) ** 2.4


def test_the_quietest_words_are_read_over_the_outline_of_what_is_not_commissioned() -> None:
    """Found: its grey lines crossed the figures of a table like strokes of a pen."""
    assert (light(OUTLINE) + 0.05) / (light(QUIET) + 0.05) >= 7


@pytest.mark.parametrize("never", ["azaCITIDine", ""])
def test_the_red_bar_of_a_transfer_has_an_octagon_where_something_must_not_be_given(
    never: str,
) -> None:
    """A white sign in the bar, before anything is read."""
    pixels = picture(draw_transfer(made.transfer(never=never)), 0, 254)
    sign = pixels[80:157, 185:240]  # millimetres by ten: the bar left of its first letter
    white = (sign.min(axis=2) > 200).mean()
    assert (0.3 < white < 0.75) == bool(never)


def test_no_scrap_of_a_pole_stands_between_two_rows_of_words() -> None:
    """Found: dashes of half a millimetre between the rows read as letters of them."""
    days = [
        date(2026, 11, day) for day in (20, 14, 12, 10)
    ]  # the words of the lower rows in the way
    said = "held: no stool for three days, belly distended, and so on in many words"
    events = tuple(RoadEvent(day, said, happened=True) for day in days)
    paper = watched("whole treatment", events=events)
    for rule in paper.ruled:
        if rule.upright and rule.start[0] > 20:
            assert abs(rule.end[1] - rule.start[1]) > 1.0, rule


def test_a_day_stands_once_over_the_road() -> None:
    """Found: "MRD, End of consolidation, 06-Nov-2026, 06-Nov"."""
    day = date(2026, 11, 6)
    said = ("MRD, End of Induction, 06-Nov-2026: negative", "Fever", "held from 05-Nov-2026: fever")
    events = tuple(RoadEvent(day, each, happened=True) for each in said)
    value = made.whole_treatment(events=events)
    told = [one.words.text for one in lay_events(lay_road(value), value.events)]
    assert [text.replace("\u2011", "-") for text in told] == [
        said[0], "Fever, 06-Nov", "held from 05-Nov-2026: fever, 06-Nov",
    ]  # fmt: skip
