"""Does this weight or length look right for this infant? Tenfold, gram and pound slips are named.

The bounds and the reasons for them stand in `size_kinds`; here a typed value is set beside the
infant's own last one, or beside WHO's tables when it is the first. A back-dated one is set beside the
nearest after it, too: a slip of the month fits what was before, and seldom what came after.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from bedside.clinical.growth import LAST_DAY, GrowthTables
from bedside.clinical.judgement import Earlier, Plausibility, Slip, change_words, earlier, later
from bedside.clinical.size_kinds import (
    COMMON_Z,
    EXTREME_Z,
    LENGTH,
    TENFOLD,
    WEIGHT,
    Range,
    SizeKind,
)
from bedside.units.dates import write_date
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.rounding import half_up
from bedside.units.writer import write_number

_BY_TWO = "If it is true all the same, a second person reads it, too, and is named."


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


class _Said(Struct, frozen=True):
    """What is said of a value that is not usual, and what would be right for her."""

    words: str
    compared: str
    slip: Slip | None = None
    right: str = ""


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
    judged = _judge_next(kind, infant, typed, last)
    after = later(values, infant.at)
    if after is None:
        return judged
    beside_later = _judge_next(kind, infant, typed, after)
    return max(judged, beside_later, key=_gravity)


def _gravity(judged: Plausibility) -> tuple[int, bool]:
    """How much is made of it; of two alike, the one beside the earlier value is said."""
    return ("usual", "unusual", "impossible").index(judged.level), not judged.by_two


def _judge_next(kind: SizeKind, infant: _Infant, typed: int, last: Earlier[int]) -> Plausibility:
    """Judge a value against the infant's own last one, or a back-dated one against the next."""
    change = change_words(typed, last.value, infant.mark)
    compared = _compared(kind, infant, last, change)
    low, high = kind.usual(last, infant.on_line(kind, last))
    if low <= typed <= high:
        return _judge_z(kind, infant, typed, compared, infant.z(kind, last.value, last.taken_at))
    back_dated = last.taken_at > infant.at
    arrow = kind.write(typed, infant.mark)
    arrow = arrow if back_dated else f"{_number(kind, last.value, infant.mark)} → {arrow}"
    slip = _slip(kind, typed, (low, high), kind.near(infant.on_line(kind, last)))
    if slip is not None and back_dated and not _explains(slip, typed, last.value):
        slip = None  # the infant grew between the two: a wrong date looks like a slip of the figure
    if slip is not None:
        named = slip.named(typed, last.value)
        words = f"{arrow}: {named} the {kind.noun} of {last.on}{_how(slip)}"
    else:
        beside = "as" if typed == last.value else "than"
        moved = f"{change.removeprefix('now ')} {beside} on {last.on}"
        words = f"{arrow}: {moved}{_apart(last.days)}"
    words += ": look at the date, too" if back_dated else ""
    said = _Said(words, compared, slip, kind.possible_words)
    return _bounded(kind, infant, typed, said, extreme=_extreme_next(kind, infant, typed, last))


def _compared(kind: SizeKind, infant: _Infant, last: Earlier[int], change: str) -> str:
    value = kind.write(last.value, infant.mark)
    if last.taken_at > infant.at:
        return f"next {value} on {last.on}, this one {change.removeprefix('now ')}"
    return f"last {value} on {last.on}, {change}"


def _slip(kind: SizeKind, typed: int, usual: Range, near: Range) -> Slip | None:
    """The slip that explains a value; a tenfold one also where the true value has moved."""
    for slip in kind.slips:
        if usual[0] <= typed / slip.factor <= usual[1]:
            return slip
    tenfold = filter(_is_tenfold, kind.slips)
    return next((s for s in tenfold if near[0] <= typed / s.factor <= near[1]), None)


def _extreme_next(kind: SizeKind, infant: _Infant, typed: int, last: Earlier[int]) -> bool:
    """Whether a value is impossible beside her last one, unless that one is the doubtful one."""
    low, high = kind.possible(last, infant.on_line(kind, last))
    if low <= typed <= high:
        return False
    doubtful = _flagged(kind, infant.z(kind, last.value, last.taken_at))
    z = infant.z(kind, typed, infant.at)
    return not (doubtful and z is not None and not _flagged(kind, z))


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
            said = _Said(words, compared, slip, "what is common at this age")
            return _bounded(kind, infant, typed, said, extreme=_extreme_first(z, slip))
    if not _flagged(kind, z):
        return _bounded(kind, infant, typed, _Said(text, compared), extreme=False)
    words = _flag_words(kind, infant, typed, z)
    said = _Said(words, compared, None, f"z-scores from -{EXTREME_Z} to {EXTREME_Z}")
    return _bounded(kind, infant, typed, said, extreme=_extreme_first(z, None))


def _extreme_first(z: Decimal | None, slip: Slip | None) -> bool:
    """Whether a flagged first value is impossible; one as small as a preterm infant's is not."""
    explained = slip is not None and (_is_tenfold(slip) or slip.factor > 1)
    return explained or (z is not None and abs(z) > EXTREME_Z)


def _explains(slip: Slip, typed: int, value: int) -> bool:
    """Whether a slip gives a later value itself, to within a quarter."""
    return abs(typed / slip.factor - value) <= Fraction(value, 4)


def _is_tenfold(slip: Slip) -> bool:
    return slip.factor >= TENFOLD or 1 / slip.factor >= TENFOLD


def _judge_z(
    kind: SizeKind, infant: _Infant, typed: int, compared: str, z_of_last: Decimal | None
) -> Plausibility:
    """Judge a value near the last one: has it newly gone beyond WHO's flags, or the possible?"""
    z = infant.z(kind, typed, infant.at)
    if not kind.least <= typed <= kind.most:
        said = _Said(kind.write(typed, infant.mark), compared)
        return _bounded(kind, infant, typed, said, extreme=False)
    if _flagged(kind, z) and not _flagged(kind, z_of_last):
        return Plausibility("unusual", _flag_words(kind, infant, typed, z), compared)
    return Plausibility("usual", "", compared)


def _bounded(
    kind: SizeKind, infant: _Infant, typed: int, said: _Said, *, extreme: bool
) -> Plausibility:
    """Return "unusual" with these words, or "impossible": for anybody, or for one person alone."""
    possible = kind.least <= typed <= kind.most
    if possible and not extreme:
        return Plausibility("unusual", said.words, said.compared)
    words = f"{said.words}.{_meant(kind, infant, typed, said.slip)}"
    if possible:
        right = f"One person alone may record {said.right}: measure again. {_BY_TWO}"
        return Plausibility("impossible", f"{words} {right}", said.compared, by_two=True)
    least = _number(kind, kind.least, infant.mark)
    bounds = f"{least} to {kind.write(kind.most, infant.mark)}"
    return Plausibility("impossible", f"{words} A {kind.noun} here is {bounds}.", said.compared)


def _meant(kind: SizeKind, infant: _Infant, typed: int, slip: Slip | None) -> str:
    """The likely value of a refused one, to the last place that people type."""
    if slip is None:
        return ""
    exact = Decimal(typed) * slip.factor.denominator / slip.factor.numerator
    value = int(half_up(exact, 0) if _is_tenfold(slip) else 10 * half_up(exact / 10, 0))
    return f" Did you mean {kind.write(value, infant.mark)}?"


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
