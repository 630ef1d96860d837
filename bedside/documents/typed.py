"""What people typed, on papers that must come out: what cannot be printed is replaced by plain words.

A reason, a contact or a giver's name never costs a ward its paper. Identity and the names of drugs are
not typed text in this sense: they are printed as they are or the paper is refused (`words`).
"""

import re
from collections.abc import Collection, Sequence
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from bedside.documents.fonts import Face
from bedside.documents.glyphs import printable
from bedside.documents.words import Run, Style, Words, parted, settle, too_long, wrap_runs, wrapped
from bedside.units.paper_letters import unseen_left_out
from bedside.units.refusal import Refused

UNSEEN = "(on record, cannot be printed: see the screen)"
TOO_LONG = "too long for this paper: see the screen"
# never replaced: who the infant is, and which drug
IDENTITY = frozenset({"family", "given", "hospital_number", "study_number", "drug", "protocol"})
# nor, on a paper that somebody gives from, what the dose is made of: it comes from numbers and files
DOSE = frozenset(
    {"course", "course_also", "route", "rate_words", "weight_words", "calculated", "final",
     "age_factor_words", "age_factor", "cap_words", "rounding_words", "volume_words", "volume",
     "drawn", "giving", "formula", "bsa_formula", "second_figure", "terms", "minibag_ml", "rhythm",
     "hours", "age_words", "planned_time", "overrun_words", "place_words", "rule_words", "dose_words"}
)  # fmt: skip
# nor what a paper is verified by
MARK = frozenset({"sheet_number", "edition", "audit_head", "facts_digest", "code", "program"})
NEVER_REPLACED = IDENTITY | DOSE | MARK
_LONGEST_HEAD = 60  # letters before a colon that are kept where what follows is too long
_EDGES = re.compile(r"^([(\[]*)(.*?)([.,:;)\]]*)$", re.DOTALL)
_Value = TypeVar("_Value")


def legible(text: str, instead: str = UNSEEN) -> str:
    """Return a text of which every sign prints: words with others are replaced, line breaks are blanks.

    Args:
        text: what somebody typed, with or without the program's own words around it.
        instead: what stands in the place of words that cannot be printed.
    """
    text = unseen_left_out(text)
    if (text.isascii() and text.isprintable()) or _prints(text):
        return text
    said: list[str] = []
    for word in re.sub(r"[\n\r\t]+", " ", text).split(" "):
        before, core, after = cast(re.Match[str], _EDGES.match(word)).groups()
        if _prints(core):
            said.append(word)
        elif said and said[-1] == instead:
            said[-1] = f"{instead}{after}"  # words that follow one another are replaced together
        else:
            said.append(f"{before}{instead}{after}")
    return " ".join(said)


def _prints(text: str) -> bool:
    try:
        for face in (Face.PLAIN, Face.BOLD):
            printable(text, "text", face)
    except Refused:
        return False
    return True


def legible_value(value: _Value, kept: Collection[str] = IDENTITY) -> _Value:
    """Return a paper's value of which every text prints but those of the fields that are kept.

    Args:
        value: a frozen value of `papers`, or what one holds.
        kept: names of fields that stay as they are, and are refused where they do not print.
    """
    if isinstance(value, str):
        return cast(_Value, legible(value))
    if isinstance(value, tuple):
        said = tuple(legible_value(each, kept) for each in value)
        same = all(one is other for one, other in zip(said, value, strict=True))
        return value if same else cast(_Value, said)
    if not isinstance(value, Struct):
        return value
    changed = {}
    for name in (each for each in value.__struct_fields__ if each not in kept):
        before = getattr(value, name)
        after = legible_value(before, kept)
        if after is not before:
            changed[name] = after
    return cast(_Value, replace(value, **changed)) if changed else value


def told(
    text: str, styles: Sequence[tuple[Style, int]], field: str, room: float
) -> tuple[Words, ...]:
    """Do as `settle` does, but say so where the text cannot be printed or has no room.

    What stands before the first colon ("HELD:") is kept where the rest is too long.

    Args:
        text: the text.
        styles: each style to try with the most lines it may take, best first.
        field: what it is, in the ward's words.
        room: millimetres.

    Raises:
        Refused: not even these words have room.
    """
    said = legible(text)
    ends = parted(said, styles[-1][0], field, room)  # an endless word goes on in the next line
    for short in (said, ends, _shortened(said), TOO_LONG):
        for style, most in styles:
            lines = wrapped(short, style, field, room, most)
            if lines is not None:
                return lines
    smallest = styles[-1][0]
    return settle(TOO_LONG, ((smallest, 4), (smallest.at(6), 6)), field, room)


def told_runs(runs: Sequence[Run], field: str, room: float, most: int) -> list[list[Words]]:
    """Do as `wrap_runs` does, but say so where a run cannot be printed or has no room."""
    whole = [(legible(text), style) for text, style in runs]
    first, last = whole[0], whole[-1]
    rest = (TOO_LONG if len(whole) > 1 else _shortened(first[0]), last[1])
    for tried in (whole, [*whole[:-1], rest], [(TOO_LONG, last[1])]):
        try:
            return wrap_runs(tried, field, room, most)
        except Refused:
            continue
    raise too_long(TOO_LONG, field)


def _shortened(text: str) -> str:
    head, colon, _ = text.partition(":")
    return f"{head}: {TOO_LONG}" if colon and len(head) <= _LONGEST_HEAD else TOO_LONG
