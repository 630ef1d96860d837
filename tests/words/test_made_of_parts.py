"""Sentences that are put together of parts at run time have their German, too.

`tests.words.said` reads literals as they stand in the source: what is made of several of them, such as
the name of a slip or the hours of a rescue, it does not see. Here the very functions say them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest

from bedside.clinical.plausibility import (
    Entered,
    judge_anc,
    judge_haemoglobin,
    judge_platelets,
    judge_white_cells,
)
from bedside.protocol.hours import HourRule
from bedside.units.bounds import Bound
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.words.languages import speaker_of

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TYPED = (0, 1, 2, 88, 850, 4_200, 42_000, 420_000, 4_200_000)
ENTERED = (Entered("10*9/L"), Entered("/uL", source="by the analyser"), Entered("/uL", "<"))


def slips() -> Iterator[str]:
    """What is said of typed counts beside the last one: every slip, every bound, every comparison."""
    kinds = ((judge_white_cells, WhiteCells), (judge_anc, Anc), (judge_platelets, Platelets))
    for (judge, kind), typed, last, entered in product(kinds, TYPED, TYPED, ENTERED):
        for before in (kind(last), Bound("<", kind(last))) if last else (kind(last),):
            found = judge(kind(typed), [(NOON - timedelta(days=1), before)], NOON, entered)
            yield from (found.words, found.compared)
    for typed, last in product((8, 9, 85, 91, 910, 1_200), (88, 860)):
        before = [(NOON - timedelta(days=1), Haemoglobin(last))]
        found = judge_haemoglobin(Haemoglobin(typed), before, NOON)
        yield from (found.words, found.compared)
    yield from (judge(kind(850), [], NOON).compared for judge, kind in kinds)


def hours() -> Iterator[str]:
    """The rule of a rescue, and its hours, as `bedside.ward.due_hours` puts them together."""
    rule = HourRule("methotrexate", 42, 6, Decimal("0.2"))
    yield from (rule.words, HourRule("methotrexate", 42).words)
    yield HourRule("methotrexate").words
    began = "methotrexate began 20-Sep-2026 12:00"
    of = "08:00 (hour 48), 14:00 (hour 54), 20:00 (hour 60)"
    off = "hour 66 is Sat 06-Mar-2027 02:00, on day 4, on which leucovorin is not planned: ask"
    two = "hours 66 and 72 are Sat 06-Mar-2027 02:00 and 08:00, on day 4, on which leucovorin is not planned: ask"
    yield f"{began}: {of}"
    yield f"{began}: {of}; until methotrexate is below 0.2 µmol/L"
    yield f"{began}: {of}; until methotrexate is below 0.2 µmol/L; {off}"
    yield f"{off}; {began}: {of}"
    yield from (off, two)
    given = "methotrexate recorded as given 20-Sep-2026 12:00; if it began then"
    yield f"{given}: {of}"
    yield f"{began}: {of}; 3 hours fall on this day, and the dose is entered 2 a day: ask"
    yield f"{began}: 08:00 (hour 48); 1 hour falls on this day, and the dose is entered 2 a day: ask"
    yield f"{rule.words}: {began}, no hour falls on this day: ask"
    for missing in (
        "when it began is not recorded",
        "methotrexate of day 1, 20-Sep-2026 is recorded as not given: ask",
        "methotrexate is planned for day 1, 20-Sep-2026, and when it began is not recorded: no time "
        "is known yet",
    ):
        yield f"{rule.words}: {missing}"
    yield "08:00 summer time (hour 48), 02:30 winter time (hour 54)"


@pytest.mark.parametrize("made", [slips, hours])
def test_a_sentence_that_is_made_of_parts_is_german_to_the_last_word(made):
    speaker = speaker_of("de")
    left = {gap for text in made() if text for gap in speaker.found(text).gaps}
    assert left == set()


@pytest.mark.parametrize("made", [slips, hours])
def test_no_figure_of_it_is_lost_or_changed(made):
    """A text whose figures would not be the same stays in English, whole: then it is no German."""
    speaker = speaker_of("de")
    for text in made():
        assert not text or speaker.found(text).left or speaker.shown(text) != text, text
