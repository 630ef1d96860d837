"""Compares what two people counted for one dose, each alone: with each other, and with the order.

Decision (hazards H1, H2, H40, H42): equal means equal to the last digit; nothing is rounded away
between two people. Two who agree with each other and not with the order have not matched: both may
have read the same wrong figure. What a difference looks like is named, never put right: no figure
is chosen, and the order's own figures are not told.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from bedside.protocol.count_slips import Pair, looks_like
from bedside.units.quantities import BodyWeight, DrugAmount, DrugUnit
from bedside.units.refusal import Refused
from bedside.units.rounding import change_percent, half_up, to_step
from bedside.units.writer import write_number

Measure = Literal["weight", "dose", "volume"]
Result = Literal["matched", "differs", "not as ordered"]
MEASURES: tuple[Measure, ...] = ("weight", "dose", "volume")


class Counted(Struct, frozen=True):
    """What one person counted: weight, dose in the order's unit, and the volume to be drawn up."""

    weight: BodyWeight
    dose: DrugAmount
    volume_ml: Decimal

    def figure(self, measure: Measure) -> Decimal:
        """One of the three as a bare number: kg, the dose's unit, mL."""
        if measure == "weight":
            return self.weight.kg
        return self.dose.value if measure == "dose" else self.volume_ml


class Compared(Struct, frozen=True):
    """One measure of two people.

    ``difference`` is how much the second is above the first (below: negative), ``percent`` the same
    in per cent of the first, to one decimal. ``looks`` says what a difference looks like, "" where
    it looks like nothing known. ``as_ordered`` says for each person whether it is the order's figure.
    """

    measure: Measure
    unit: str
    first: Decimal
    second: Decimal
    difference: Decimal
    percent: Decimal
    looks: str
    as_ordered: tuple[bool, bool]

    @property
    def same(self) -> bool:
        """Whether the two agree with each other."""
        return self.difference == 0

    @property
    def right(self) -> bool:
        """Whether the two agree, and with the order as well."""
        return self.same and self.as_ordered == (True, True)


class Comparison(Struct, frozen=True):
    """All three measures of two people, and what follows."""

    measures: tuple[Compared, ...]

    @property
    def result(self) -> Result:
        """Matched, differing, or both equally not as ordered."""
        if any(not each.same for each in self.measures):
            return "differs"
        return "matched" if all(each.right for each in self.measures) else "not as ordered"

    @property
    def wrong(self) -> tuple[Measure, ...]:
        """The measures that did not match."""
        return tuple(each.measure for each in self.measures if not each.right)


def ordered_volume(dose: DrugAmount, concentration: Decimal, step_ml: Decimal) -> Decimal:
    """The volume of an ordered dose on the marks of the syringe, half up.

    Args:
        dose: the ordered dose.
        concentration: amount in 1 mL, in the dose's own unit.
        step_ml: one mark of the syringe, in mL.

    Raises:
        Refused: the dose is less than half a mark: it cannot be drawn up.
    """
    volume = to_step(Fraction(dose.value) / Fraction(concentration), step_ml)
    if volume <= 0:
        raise Refused(
            f"The dose is less than one mark of the syringe ({write_number(step_ml)} mL): "
            "ask the pharmacy for a weaker solution."
        )
    return volume


def compare_counts(
    first: Counted, second: Counted, order: Counted, *, step_ml: Decimal, mark: str = "."
) -> Comparison:
    """Compare two people with each other and with the order.

    Args:
        first: what the first person counted.
        second: what the second person counted.
        order: the order's own figures; its volume is on the marks of the syringe.
        step_ml: one mark of the syringe, in mL.
        mark: the station's decimal mark, for the words.

    Raises:
        ValueError: the doses are in different units; the form asks for the order's own.
    """
    unit = order.dose.unit
    if {first.dose.unit, second.dose.unit} != {unit}:
        raise ValueError("doses of a check are counted in the unit of the order")
    found: list[Compared] = []
    for measure in MEASURES:
        found.append(_compared(measure, (first, second, order), found, step_ml, mark))
    return Comparison(tuple(found))


def _compared(
    measure: Measure,
    three: tuple[Counted, Counted, Counted],
    before: list[Compared],
    step_ml: Decimal,
    mark: str,
) -> Compared:
    first, second, ordered = (counted.figure(measure) for counted in three)
    unit = _unit(measure, three[2].dose.unit)
    as_ordered = (first == ordered, second == ordered)
    looks = ""
    if first != second:
        pair = Pair(first, second, unit, _others(three[0], measure), _others(three[1], measure))
        looks = _follows(before, pair) or looks_like(pair, step_ml, mark)
    elif not all(as_ordered):
        both = looks_like(Pair(ordered, first, unit), step_ml, mark, told=False)
        looks = both or "look at the order and the scale slip: both were read otherwise"
    return Compared(
        measure,
        unit,
        first,
        second,
        second - first,
        half_up(change_percent(first, second), 1),
        looks,
        as_ordered,
    )


def _unit(measure: Measure, dose: DrugUnit) -> str:
    return {"weight": "kg", "dose": dose, "volume": "mL"}[measure]


def _others(counted: Counted, measure: Measure) -> tuple[Decimal, ...]:
    return tuple(counted.figure(each) for each in MEASURES if each != measure)


def _follows(before: list[Compared], pair: Pair) -> str:
    """A dose differs as the weights do, a volume as the doses do, within a hundredth: one cause."""
    cause = before[-1] if before else None
    if cause is None or cause.same:
        return ""
    apart = Fraction(pair.second) / Fraction(pair.first)
    expected = Fraction(cause.second) / Fraction(cause.first)
    if abs(apart / expected - 1) > Fraction(1, 100):
        return ""
    return f"it follows from the {cause.measure}: settle that first"


def headline(comparison: Comparison) -> str:
    """The result in a line: "Not matched: volume differs"."""
    apart = [each.measure for each in comparison.measures if not each.same]
    if apart:
        verb = "differs" if len(apart) == 1 else "differ"
        return f"Not matched: {_listed(apart)} {verb}"
    if comparison.result == "not as ordered":
        verb = "is" if len(comparison.wrong) == 1 else "are"
        return f"Not matched: {_listed(list(comparison.wrong))} {verb} not as ordered"
    return "Matched: weight, dose and volume"


def row_words(compared: Compared, mark: str = ".") -> tuple[str, str]:
    """The result of one measure: a strong text, and a smaller one below it ("" where none)."""
    if compared.right:
        return "same", "as ordered"
    if compared.same:
        return "both differ from the order", "you agree with each other"
    apart = f"differs by {write_number(abs(compared.difference), mark)} {compared.unit}"
    percent = write_number(abs(compared.percent), mark)
    way = "more" if compared.difference > 0 else "less"
    return apart, f"second is {percent} % {way}"


def _listed(names: list[Measure]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
