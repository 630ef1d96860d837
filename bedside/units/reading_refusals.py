"""What to say when a typed number cannot be taken: what is wrong with it and what would be right.

Nothing here decides whether a number is taken; that is one pattern in `bedside.units.reader`.
A suggestion is made only where the digits can be meant in one way; "1,000" gets none, because
it is a thousand to one reader and one to another.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from bedside.units.typed_text import LONGEST, is_hidden, shown

WHOLE_DIGITS = 9  # [judgement] the longest figure on a ward is a white-cell count of 7 digits
DECIMAL_DIGITS = 6  # [judgement] an MRD of 0.0001 has 4; anything longer is a machine's figure

_MARK_NAMES = {".": "point", ",": "comma"}
_MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`"
_COMPARATORS = "<>\u2264\u2265~\u2248="
_EXPONENT = re.compile(
    rf"[0-9.,]+[ ]?(?:[eE][ ]?[+{_MINUS}]?[0-9]+|[ ]?[x\u00d7*\u00b7][ ]?10.*|\^.*|\*\*.*)"
)


class Typed(Struct, frozen=True):
    """A refused text with the station's decimal mark and, where known, the unit after it."""

    text: str
    mark: str
    unit: str

    @property
    def other(self) -> str:
        """The decimal mark that this station does not take."""
        return "," if self.mark == "." else "."

    def write(self, right: str) -> str:
        """Say what to write instead, each with its unit."""
        tail = f" {self.unit}" if self.unit else ""
        return f"write {right}{tail}, not {shown(self.text)}{tail}"


def hidden_reason(text: str) -> str | None:
    """Say which character cannot be seen, or None when all can."""
    for character in text:
        if is_hidden(character):
            return (
                f"There is a character in it that cannot be seen (U+{ord(character):04X}): "
                "type it again by hand instead of pasting it."
            )
    return None


def reason(text: str, mark: str, unit: str) -> str:
    """Return the one sentence or two that explain why the text is no number here."""
    typed = Typed(text, mark, unit)
    for explain in _EXPLANATIONS:
        why = explain(typed)
        if why is not None:
            return why
    example = "3.5".replace(".", mark)
    return f'"{shown(text)}" is not a number: write it in digits, for example {example}.'


def _empty(typed: Typed) -> str | None:
    if typed.text:
        return None
    example = "3.5".replace(".", typed.mark)
    return f"There is no number here: write one in digits, for example {example}."


def _endless(typed: Typed) -> str | None:
    if len(typed.text) <= LONGEST:
        return None
    return "This is far too long for a number: write the number alone."


def _hidden(typed: Typed) -> str | None:
    return hidden_reason(typed.text)


def _foreign_digits(typed: Typed) -> str | None:
    if not any(c.isnumeric() and not c.isascii() for c in typed.text):
        return None
    return f'"{shown(typed.text)}" is not in the digits 0 to 9: write it with those digits.'


def _comparator(typed: Typed) -> str | None:
    if typed.text[0] not in _COMPARATORS:
        return None
    return (
        f'"{shown(typed.text)}" is a limit, not a number: '
        f'write the figure alone, without "{typed.text[0]}", only if it was measured.'
    )


def _exponent(typed: Typed) -> str | None:
    if not _EXPONENT.fullmatch(typed.text):
        return None
    if re.fullmatch(rf"10[eE][{_MINUS}][0-9]+", typed.text):
        return (
            f'"{shown(typed.text)}" is ambiguous: some print it for a power of ten, as a number '
            "it is ten times as much. Write the number out in full, without an exponent."
        )
    return (
        f'"{shown(typed.text)}" has an exponent: write the number out in full, without an exponent.'
    )


def _sign(typed: Typed) -> str | None:
    text = typed.text
    if not any(c in "+\u00b1" + _MINUS for c in text):
        return None
    if text[0] in _MINUS:
        return "This value cannot be below zero: write it without a minus sign."
    if text[0] == "+" and _right(text[1:], typed.mark):
        return f"A plus sign is not taken: {typed.write(text[1:])}."
    return f'"{shown(text)}" is not one number: write one number without a sign or a dash.'


def _underscore(typed: Typed) -> str | None:
    if "_" not in typed.text:
        return None
    return f'An underscore is not taken in "{shown(typed.text)}": write digits only.'


def without_groups(text: str, mark: str) -> str:
    """Return a number typed in groups ("1 000") without its gaps; "" for anything else."""
    gaps = {c for c in text if c in _APOSTROPHES or c.isspace()}
    return _ungrouped(Typed(text, mark, ""), gaps.pop()) if len(gaps) == 1 else ""


def _gaps(typed: Typed) -> str | None:
    gaps = {c for c in typed.text if c in _APOSTROPHES or c.isspace()}
    if not gaps:
        return None
    right = without_groups(typed.text, typed.mark)
    if right:
        return f"Digits are not set apart in groups: {typed.write(right)}."
    return f'There is a gap in "{shown(typed.text)}": write one number without any gap.'


def _wrong_mark(typed: Typed) -> str | None:
    text, other = typed.text, typed.other
    if other not in text:
        return None
    mark_name = _MARK_NAMES[typed.mark]
    if text.count(other) > 1 or typed.mark in text:
        right = _ungrouped(typed, other)
        if right:
            return f"Digits are not set apart in groups: {typed.write(right)}."
        return f'"{shown(text)}" has more than one mark: write one number with one {mark_name}.'
    if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", text):
        tail = f" {typed.unit}" if typed.unit else ""
        return (
            f'"{shown(text)}" can be read as {text.replace(other, "")}{tail} or as '
            f"{text.replace(other, typed.mark)}{tail}: the decimal mark here is a {mark_name}, "
            "and digits are not set apart in groups. Write the one that is meant."
        )
    right = _right(text.replace(other, typed.mark), typed.mark)
    if right:
        return f"The decimal mark here is a {mark_name}: {typed.write(right)}."
    return None


def _several_marks(typed: Typed) -> str | None:
    if typed.text.count(typed.mark) < 2:
        return None
    name = _MARK_NAMES[typed.mark]
    return f'There is more than one {name} in "{shown(typed.text)}": write one number.'


def _loose_mark(typed: Typed) -> str | None:
    if not (typed.text.startswith(typed.mark) or typed.text.endswith(typed.mark)):
        return None
    right = _right(typed.text, typed.mark)
    if not right:
        return None
    return f"A {_MARK_NAMES[typed.mark]} stands between digits: {typed.write(right)}."


def _leading_zero(typed: Typed) -> str | None:
    if not re.fullmatch(r"0[0-9]+(?:[.,][0-9]+)?", typed.text):
        return None
    return (
        f'"{shown(typed.text)}" begins with a zero that does not belong there: leave the zero out, '
        f"or write the {_MARK_NAMES[typed.mark]} that is missing after it."
    )


def _too_many_digits(typed: Typed) -> str | None:
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", typed.text):
        return None
    return (
        f'"{shown(typed.text)}" has more digits than make sense here (at most {WHOLE_DIGITS} '
        f"before the {_MARK_NAMES[typed.mark]} and {DECIMAL_DIGITS} after it): write it shorter."
    )


def _ungrouped(typed: Typed, gap: str) -> str:
    """Return the number without its grouping, or "" when the groups are not regular."""
    mark = re.escape(typed.mark)
    grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(gap)}[0-9]{{3}})+(?:{mark}[0-9]+)?"
    if not re.fullmatch(grouped, typed.text):
        return ""
    return typed.text.replace(gap, "")


def _right(text: str, mark: str) -> str:
    """Return the text mended by a leading zero or without a loose mark, or "" when it cannot be."""
    mended = "0" + text if text.startswith(mark) else text.removesuffix(mark)
    return mended if re.fullmatch(rf"(?:0|[1-9][0-9]*)(?:{re.escape(mark)}[0-9]+)?", mended) else ""


_EXPLANATIONS: tuple[Callable[[Typed], str | None], ...] = (
    _empty,
    _endless,
    _hidden,
    _foreign_digits,
    _comparator,
    _exponent,
    _sign,
    _underscore,
    _gaps,
    _wrong_mark,
    _several_marks,
    _loose_mark,
    _leading_zero,
    _too_many_digits,
)
