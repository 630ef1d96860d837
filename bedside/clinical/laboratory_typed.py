"""Reads what is typed for one result: a value with its comparator, or one letter for a state.

"7.2", "<0.1", "> 1000" are values; "p" is pending, "n" and a reason is not done, "h" haemolysed,
"c" clotted, "s" too small a sample, "u" and a reason otherwise unusable. Nothing typed is dropped:
what fits none of these is refused with what would be right.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.clinical.laboratory import Analyte, LabUnit
from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS, shown

State = Literal["done", "not done", "pending", "unusable"]
MOST_DECIMALS = 4  # [judgement] no laboratory reports finer; the file keeps twelve characters
MOST_CHARACTERS = 12
LONGEST_REASON = 80

_UNUSABLE = {
    "h": "haemolysed",
    "haemolysed": "haemolysed",
    "hemolysed": "haemolysed",
    "c": "clotted",
    "clotted": "clotted",
    "s": "sample too small",
}
_WITH_REASON: dict[str, tuple[State, str]] = {
    "n": ("not done", "n no blood drawn"),
    "u": ("unusable", "u wrong tube"),
}
KEYS = (
    "p pending, h haemolysed, c clotted, s sample too small, n not done and why, u unusable and why"
)


class Entry(Struct, frozen=True):
    """One result as read: a value in its unit and as kept, or a state with its reason."""

    state: State
    reason: str = ""
    comparator: Literal["", "<", ">"] = ""
    value: Decimal | None = None
    kept: Decimal | None = None


def read_entry(analyte: Analyte, text: str, unit: LabUnit, mark: str = ".") -> Entry:
    """Read one field.

    Args:
        analyte: what was measured.
        text: exactly as typed, not blank; a unit typed after the number must be the field's own.
        unit: the unit that stands beside the field.
        mark: the station's decimal mark.

    Raises:
        Refused: neither a number nor a state; says what would be right.
    """
    typed = text.strip(BLANKS)
    state = _state(typed)
    if state is not None:
        return state
    number, comparator = typed, comparator_of(typed)
    if comparator:
        number = typed[1:].strip(BLANKS)
    value = read_number(_without_unit(analyte, number, unit), mark, unit=unit.shown)
    kept = unit.kept(value)
    _check_digits(value, kept, unit)
    return Entry("done", comparator=comparator, value=value, kept=kept)


def comparator_of(typed: str) -> Literal["", "<", ">"]:
    """The comparator that a typed result begins with.

    Raises:
        Refused: another one than "<" or ">".
    """
    if typed[:1] in ("\u2264", "\u2265") or typed[:2] in ("<=", ">="):
        raise Refused(
            'Only "<" and ">" are kept: read the slip again, and write "<0.1" or ">1000".'
        )
    if typed.startswith("<"):
        return "<"
    return ">" if typed.startswith(">") else ""


def _state(typed: str) -> Entry | None:
    word, _, reason = typed.partition(" ")
    letter, why = word.casefold().rstrip(":,"), reason.strip(BLANKS)
    if letter in ("p", "pending"):
        return Entry("pending", why[:LONGEST_REASON])
    if letter in _UNUSABLE:
        return Entry("unusable", f"{_UNUSABLE[letter]} {why}".strip()[:LONGEST_REASON])
    if letter not in _WITH_REASON:
        return None
    state, example = _WITH_REASON[letter]
    if not why:
        raise Refused(f'Why {state}? Write the reason after the letter, as in "{example}".')
    if len(why) > LONGEST_REASON:
        raise Refused(f"The reason is longer than {LONGEST_REASON} letters: write it shorter.")
    return Entry(state, why)


def _without_unit(analyte: Analyte, number: str, unit: LabUnit) -> str:
    """Take the unit off where one is typed; another than the field's own is refused."""
    head, blank, tail = number.partition(" ")
    if not blank or not tail.strip(BLANKS):
        return number
    if tail.strip(BLANKS)[:1].isdecimal():
        return number  # the strict reader says what is wrong with a blank inside a number
    found = analyte.find(tail)
    if found is not unit:
        raise Refused(
            f"This field is in {unit.shown}: choose {found.shown} beside it, or write the number "
            f'in {unit.shown}, not "{shown(tail)}".'
        )
    return head


def _check_digits(value: Decimal, kept: Decimal, unit: LabUnit) -> None:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        raise Refused(f"A result has at most {MOST_DECIMALS} decimals: write it as on the slip.")
    if max(len(f"{value:f}"), len(_plain(kept))) > MOST_CHARACTERS:
        raise Refused(
            f"This has more digits than a laboratory reports in {unit.shown}: read the slip again."
        )


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
