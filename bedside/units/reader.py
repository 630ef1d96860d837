"""The strict reader: the one way in for every number that a person types or a file brings.

A number is digits 0 to 9 with at most one decimal mark between them, and nothing else. Whatever
does not fit is refused with what would be right; no character is ever dropped. Decision: Qt's
spin boxes and validators were rejected, because they turn a typed "3,5" into 35, and so were
`float()` and `Decimal()`, which take "3_5", "1e1", "nan" and Arabic digits.
"""

import re
from decimal import Decimal

from bedside.units.reading_refusals import DECIMAL_DIGITS, WHOLE_DIGITS, reason
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS


def _pattern(mark: str) -> re.Pattern[str]:
    whole = rf"(?:0|[1-9][0-9]{{0,{WHOLE_DIGITS - 1}}})"
    return re.compile(rf"{whole}(?:{re.escape(mark)}[0-9]{{1,{DECIMAL_DIGITS}}})?")


_NUMBER = {mark: _pattern(mark) for mark in (".", ",")}


def read_number(text: str, mark: str = ".", *, unit: str = "") -> Decimal:
    """Read a number of zero or more.

    Args:
        text: as typed; blanks and tabs around it do not count.
        mark: the station's decimal mark, "." or ",".
        unit: the unit that stands after it, for the sentence of a refusal only.

    Raises:
        Refused: not exactly one plain number; says what would be right.
        ValueError: ``mark`` is neither "." nor "," (a programming error).
    """
    if mark not in _NUMBER:
        raise ValueError(f"a decimal mark is '.' or ',', not {mark!r}")
    typed = text.strip(BLANKS)
    if not _NUMBER[mark].fullmatch(typed):
        raise Refused(reason(typed, mark, unit))
    return Decimal(typed.replace(mark, "."))


def read_whole(text: str, mark: str = ".", *, unit: str = "") -> int:
    """Read a whole number of zero or more, written without a decimal mark.

    Raises:
        Refused: no number, or a number with decimals.
    """
    number = read_number(text, mark, unit=unit)
    if mark in text:
        typed = text.strip(BLANKS)
        raise Refused(f"A whole number is needed here: write it without decimals, not {typed}.")
    return int(number)
