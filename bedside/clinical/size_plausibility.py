"""Does this weight or length look right for this infant? Tenfold, gram and pound slips are named.

The bounds and the reasons for them stand in `size_kinds`; here a typed value is set beside the
infant's own last one, or beside WHO's tables when it is the first.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from bedside.clinical.growth import LAST_DAY, GrowthTables
from bedside.clinical.judgement import Earlier, Plausibility, Slip, change_words, earlier
from bedside.clinical.size_kinds import COMMON_Z, LENGTH, WEIGHT, SizeKind
from bedside.units.dates import write_date
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.rounding import half_up
from bedside.units.writer import write_number


def judge_weight(
    typed: BodyWeight,
    *,
    last: Sequence[tuple[datetime, BodyWeight]],
    birth: date,
    sex: str,
    at: datetime,
    growth: GrowthTables,
    mark: str = ".",
) -> Plausibility:
    """Judge a typed weight.

    Args:
        typed: the weight as read.
        last: her other weights with their times (aware), in any order.
        birth: the day of birth.
        sex: "f" or "m".
        at: when she was weighed, aware, in the ward's zone.
        growth: WHO's tables.
        mark: the station's decimal mark, for the words.
    """
    values = [(time, weight.g) for time, weight in last]
    infant = _Infant(birth, sex, at, growth, mark)
    return _judge(WEIGHT, infant, typed.g, values)


def judge_length(
    typed: BodyLength,
    *,
    last: Sequence[tuple[datetime, BodyLength]],
    birth: date,
    sex: str,
    at: datetime,
    growth: GrowthTables,
    mark: str = ".",
) -> Plausibility:
    """Judge a typed (lying) length; arguments as for `judge_weight`."""
    values = [(time, length.mm) for time, length in last]
    infant = _Infant(birth, sex, at, growth, mark)
    return _judge(LENGTH, infant, typed.mm, values)


class _Infant(Struct, frozen=True):
    """Whose value it is, and when it was taken."""

    birth: date
    sex: str
    at: datetime
    growth: GrowthTables
    mark: str

    def day(self, moment: datetime) -> int:
        return (moment.date() - self.birth).days

    def z(self, kind: SizeKind, value: int, at: datetime) -> Decimal | None:
        """Return the z-score of a value, or None outside WHO's tables."""
        day = self.day(at)
        return kind.z(self.growth, self.sex, day, value) if _in_tables(day) and value else None

    def on_line(self, kind: SizeKind, last: Earlier[int]) -> int:
        """Return what her own line gives now; her last value where WHO's tables end."""
        from_day, to_day = self.day(last.taken_at), self.day(self.at)
        if not _in_tables(from_day, to_day):
            return last.value
        return kind.on_line(self.growth, self.sex, last.value, from_day, to_day)


def _in_tables(*days: int) -> bool:
    return all(0 <= day <= LAST_DAY for day in days)


def _judge(
    kind: SizeKind, infant: _Infant, typed: int, values: Sequence[tuple[datetime, int]]
) -> Plausibility:
    if infant.at.date() < infant.birth:
        born = write_date(infant.birth)
        words = f"This {kind.noun} is dated before the day of birth, {born}: look at both again."
        return Plausibility("impossible", words, f"born {born}")
    last = earlier(values, infant.at)
    if last is None:
        return _judge_first(kind, infant, typed)
    return _judge_next(kind, infant, typed, last)


def _judge_next(kind: SizeKind, infant: _Infant, typed: int, last: Earlier[int]) -> Plausibility:
    """Judge a value against the infant's own last one."""
    change = change_words(typed, last.value, infant.mark)
    compared = f"last {kind.write(last.value, infant.mark)} on {last.on}, {change}"
    low, high = kind.usual(last, infant.on_line(kind, last))
    if low <= typed <= high:
        return _judge_z(kind, infant, typed, compared, infant.z(kind, last.value, last.taken_at))
    arrow = f"{_number(kind, last.value, infant.mark)} → {kind.write(typed, infant.mark)}"
    slip = next((s for s in kind.slips if low <= typed / s.factor <= high), None)
    if slip is not None:
        named = slip.named(typed, last.value)
        words = f"{arrow}: {named} the {kind.noun} of {last.on}{_how(slip)}"
    else:
        words = f"{arrow}: {change.removeprefix('now ')} than on {last.on}{_apart(last.days)}"
    return _bounded(kind, infant, typed, words, compared)


def _judge_first(kind: SizeKind, infant: _Infant, typed: int) -> Plausibility:
    """Judge a first value against WHO's tables alone."""
    z = infant.z(kind, typed, infant.at)
    score = "" if z is None else f"; z-score {write_number(z, infant.mark)} for age"
    compared = f"no earlier {kind.noun}{score}"
    if kind.least <= typed <= kind.most and not _flagged(kind, z):
        return Plausibility("usual", "", compared)
    text = kind.write(typed, infant.mark)
    for slip in kind.slips:
        put_right = infant.z(kind, int(typed / slip.factor), infant.at)
        if put_right is not None and abs(put_right) <= COMMON_Z:
            words = f"{text}: about {slip.words} what is common at this age{_how(slip)}"
            return _bounded(kind, infant, typed, words, compared)
    if not _flagged(kind, z):
        return _bounded(kind, infant, typed, text, compared)
    return _bounded(kind, infant, typed, _flag_words(kind, infant, typed, z), compared)


def _judge_z(
    kind: SizeKind, infant: _Infant, typed: int, compared: str, z_of_last: Decimal | None
) -> Plausibility:
    """Judge a value near the last one: has it newly gone beyond WHO's flags, or the possible?"""
    z = infant.z(kind, typed, infant.at)
    if not kind.least <= typed <= kind.most:
        return _bounded(kind, infant, typed, kind.write(typed, infant.mark), compared)
    if _flagged(kind, z) and not _flagged(kind, z_of_last):
        return Plausibility("unusual", _flag_words(kind, infant, typed, z), compared)
    return Plausibility("usual", "", compared)


def _bounded(
    kind: SizeKind, infant: _Infant, typed: int, words: str, compared: str
) -> Plausibility:
    """Return "unusual" with these words, or "impossible" outside the two bounds."""
    if kind.least <= typed <= kind.most:
        return Plausibility("unusual", words, compared)
    least = _number(kind, kind.least, infant.mark)
    bounds = f"{least} to {kind.write(kind.most, infant.mark)}"
    return Plausibility("impossible", f"{words}. A {kind.noun} here is {bounds}.", compared)


def _number(kind: SizeKind, value: int, mark: str) -> str:
    return kind.write(value, mark).rpartition(" ")[0]


def _how(slip: Slip) -> str:
    return f", {slip.how}" if slip.how else ""


def _apart(days: Fraction) -> str:
    whole = int(half_up(Decimal(days.numerator) / days.denominator, 0))
    return ", the same day" if whole == 0 else f" ({whole} {'day' if whole == 1 else 'days'} apart)"


def _flagged(kind: SizeKind, z: Decimal | None) -> bool:
    return z is not None and not kind.flags[0] <= z <= kind.flags[1]


def _flag_words(kind: SizeKind, infant: _Infant, typed: int, z: Decimal | None) -> str:
    score = "unknown" if z is None else write_number(z, infant.mark)
    low, high = kind.flags
    return (
        f"{kind.write(typed, infant.mark)}: z-score {score} for age, "
        f"beyond the {low} and {high} at which WHO looks again"
    )
