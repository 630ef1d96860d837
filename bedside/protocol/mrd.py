"""Reads a level of residual disease as a laboratory writes it, and compares it with a limit.

"1e-4", "0.0001", "0.01 %", "< 1e-4" and "negative" are taken. "10e-4" is refused: the sources of
Interfant-06 print it for one in 10 000, as a number it is one in 1 000, and that tenfold slip
decides on a transplant. For the same reason a bare "0.01" is refused: as a fraction it is a
hundred times the 0.01 % that a report may mean.
"""

import re
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.protocol.risk_model import Threshold
from bedside.units.reader import read_number
from bedside.units.reading_refusals import hidden_reason
from bedside.units.refusal import Refused
from bedside.units.typed_text import shown
from bedside.units.writer import write_number

MrdKind = Literal["level", "below", "negative"]
METHODS: tuple[tuple[str, str], ...] = (
    ("pcr-kmt2a", "PCR of the KMT2A fusion"),
    ("pcr-ig-tcr", "PCR of Ig and TCR rearrangements"),
    ("flow", "flow cytometry"),
    ("ngs", "sequencing"),
    ("other", "another method"),
)
EXAMPLES = 'write it as in 1e-4, 0.0001, 0.01 %, "< 1e-4" or "negative"'
BARE_FROM = Decimal("0.001")  # a bare fraction from here on may be meant in per cent
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
MINUS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_EXPONENT = re.compile(r"(?P<mantissa>[0-9]+(?:\.[0-9]+)?)[eE](?P<power>[-+]?[0-9]{1,2})")
_POWER = re.compile(
    r"(?:(?P<mantissa>[0-9]+(?:\.[0-9]+)?) ?[x\u00d7*\u00b7] ?)?10\^?(?P<power>-[0-9]{1,2})"
)
_LOST_POWER = re.compile(r"(?:[0-9.]+ ?[x\u00d7*\u00b7] ?)?10-[0-9]{1,2}")
_RAISED = re.compile(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)$")
NEGATIVE_WORDS = ("negative", "neg", "not detected", "undetectable")


class MrdResult(Struct, frozen=True):
    """A result; ``fraction`` of cells is None for "negative", the limit for "below"."""

    kind: MrdKind
    fraction: Decimal | None

    @property
    def words(self) -> str:
        """As shown to people, without an exponent: "0.01 % (0.0001)"."""
        if self.fraction is None:
            return "negative"
        sign = "below " if self.kind == "below" else ""
        return f"{sign}{write_number(self.fraction * 100)} % ({write_number(self.fraction)})"


def read_mrd(text: str, mark: str = ".") -> MrdResult:
    """Read a result as typed.

    Args:
        text: the result, with the comparator "<" where the report has one.
        mark: the station's decimal mark.

    Raises:
        Refused: ambiguous, impossible or not a result; says what would be right.
    """
    typed = " ".join(text.split())
    hidden = hidden_reason(typed)
    if hidden is not None:
        raise Refused(hidden)
    if not typed:
        raise Refused(f"There is no MRD result here: {EXAMPLES}.")
    if typed.casefold() in NEGATIVE_WORDS:
        return MrdResult("negative", None)
    below = typed.startswith("<")
    fraction = _fraction(typed[1:].strip() if below else typed, mark)
    if fraction > 1:
        raise Refused(f'"{shown(typed)}" is more than all cells: {EXAMPLES}.')
    if fraction == 0:
        raise Refused(f'An MRD of 0 is not a result: write "negative", or the limit; {EXAMPLES}.')
    return MrdResult("below" if below else "level", fraction)


def read_limit(text: str, mark: str = ".") -> Decimal:
    """Read a method's limit of detection, as a fraction of cells.

    Raises:
        Refused: no plain level; says what would be right.
    """
    found = read_mrd(text, mark)
    if found.kind != "level" or found.fraction is None:
        raise Refused("A limit of detection is a level: write it as in 1e-5 or 0.001 %.")
    return found.fraction


def reaches(result: MrdResult, limit: Decimal | None, threshold: Threshold) -> bool | None:
    """Whether a result is at or above a threshold; None where it cannot be said.

    Args:
        result: the result.
        limit: the method's limit of detection as a fraction, None where not recorded.
        threshold: with the operator ">=".

    A negative result of a method that cannot see the threshold, or whose limit of detection is
    not recorded, says nothing: an unknown never passes.
    """
    if result.kind == "level" and result.fraction is not None:
        return threshold.holds(result.fraction)
    bound = limit if result.kind == "negative" else result.fraction
    return False if bound is not None and bound <= threshold.value else None


def _fraction(typed: str, mark: str) -> Decimal:
    percent = typed.endswith("%")
    number = typed.removesuffix("%").strip() if percent else typed
    plain = number.translate(MINUS)
    raised = _RAISED.sub(lambda found: f"10^{found[1].translate(SUPERSCRIPTS)}", plain)
    raised = raised.replace(mark, ".")
    if _LOST_POWER.fullmatch(raised):
        raise Refused(
            f'"{shown(typed)}" has lost its power of ten or means something else: {EXAMPLES}.'
        )
    scientific = _EXPONENT.fullmatch(raised) or _POWER.fullmatch(raised)
    if scientific is None:
        return _plain(number, percent, typed, mark)
    if percent:
        raise Refused(f'"{shown(typed)}" has both a power of ten and per cent: {EXAMPLES}.')
    mantissa = Decimal(scientific["mantissa"] or "1")
    if not 1 <= mantissa < 10:
        raise Refused(
            f'"{shown(typed)}" is ambiguous: some print 10e-4 for one in 10 000 (0.0001), as a '
            f"number it is one in 1 000 (0.001). {EXAMPLES[0].upper()}{EXAMPLES[1:]}."
        )
    return mantissa.scaleb(int(scientific["power"]))


def _plain(number: str, percent: bool, typed: str, mark: str) -> Decimal:
    value = read_number(number, mark, unit="%" if percent else "")
    if percent:
        return value / 100
    if value >= BARE_FROM:
        raise Refused(
            f'"{shown(typed)}" without a unit is ambiguous, a fraction or per cent: {EXAMPLES}.'
        )
    return value
