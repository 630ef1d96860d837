"""What may be typed for a paper is what the papers' own fonts can show."""

import pytest

from bedside.documents.fonts import Face
from bedside.documents.glyphs import printable
from bedside.units.refusal import Refused
from bedside.ward.paper_letters import letters_beyond_ascii, paper_faults


def shows(letter: str) -> bool:
    try:
        return all(printable(letter, "text", face) for face in (Face.PLAIN, Face.BOLD))
    except Refused:
        return False


def test_the_letters_are_those_of_the_fonts() -> None:
    """H32: one truth at entry and on paper."""
    fonts = {letter for letter in map(chr, range(0x80, 0x10000)) if _single(letter)}
    assert letters_beyond_ascii() == {letter for letter in fonts if shows(letter)}


def _single(letter: str) -> bool:
    return not 0xD800 <= ord(letter) < 0xE000


@pytest.mark.parametrize(
    "text", ["王医生", "تقيأ", "vomit\u202ega", "x\u0301\u0301", "one\ntwo", "A" * 91]
)
def test_what_no_paper_shows_or_holds_is_refused_with_words(text: str) -> None:
    (reason,) = paper_faults("Whom to ring", text, 90)
    assert reason.startswith("Whom to ring: ") and reason.isprintable()


@pytest.mark.parametrize("text", ["", "Łucja Sørensen", "Ντόρα", "e\u0301", "<b>&amp;</b>"])
def test_what_prints_is_taken(text: str) -> None:
    assert paper_faults("Whom to ring", text, 90) == []
