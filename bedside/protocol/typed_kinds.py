"""The kinds of number that a controlled copy states, and the strict reading of each as typed.

Each kind has one canonical spelling, which reads back as itself: "2.50 mg/kg" and "2.5 mg/kg" are
the same number and are kept as one text. Nothing here has a default unit, and no example is a
figure of any protocol: whoever types may not be led (blind commissioning, hazard H1).
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from msgspec import Struct

from bedside.protocol.drugs import INTRATHECAL, ROUTE_WORDS, route_atoms, route_words
from bedside.protocol.hours import LONGEST_HOURS
from bedside.protocol.therapy_end import THERAPY_UNITS
from bedside.protocol.typed_choices import (
    ANCHORS,
    ANSWERS,
    FORMULAS,
    NOT_STATED,
    PLACES,
    RHYTHMS,
    SHARES,
    TABLET_PARTS,
)
from bedside.protocol.typed_conditions import CONDITIONS, read_conditions
from bedside.protocol.typed_doses import rate_text, read_dose, read_factors, read_start_dose
from bedside.protocol.typed_number import Typed, plain
from bedside.protocol.typed_runs import each_day, refuse_dash, runs
from bedside.protocol.typed_taper import HOW, read_steps
from bedside.protocol.typed_units import LEVELS, counted, parted, without_unit
from bedside.units.quantity_reader import in_field, read_anc, read_platelets
from bedside.units.reader import read_number, read_whole
from bedside.units.reading_refusals import hidden_reason
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS, shown
from bedside.units.writer import write_count, write_number

MOST_DAY = 1100  # three years: no course of either protocol is longer
LONGEST_TEXT = 2000
MOST_ROUNDING = Decimal(25)  # [judgement] per cent of a dose; above it nothing is rounded
USUAL_ROUNDING = Decimal(10)  # [judgement] per cent of a dose; above it two people say why
_NONE = ("none", "nil", "nothing", "no", "n/a", "-")  # how "not stated" is often written

Reader = Callable[[str, str], Typed]  # the text and the station's decimal mark


class Kind(Struct, frozen=True):
    """A kind of number.

    Args:
        read: reads the typed text with the station's decimal mark.
        units: the units to choose from; a single one may be left out when typing.
        how: how to write it, in words.
        choices: key and words of each answer, where it is one of a few.
    """

    read: Reader
    units: tuple[str, ...]
    how: str
    choices: Mapping[str, str] = MappingProxyType({})


def read_kind(kind: str, text: str, mark: str = ".") -> Typed:
    """Read what a person typed for a number of this kind.

    Args:
        kind: a key of ``KINDS``.
        text: exactly as typed; "not stated" where the controlled copy states none.
        mark: the station's decimal mark.

    Raises:
        Refused: it cannot be read; says what would be right.
        KeyError: there is no such kind (a programming error).
    """
    found = KINDS[kind]
    typed = text.strip(BLANKS)
    hidden = hidden_reason(typed)
    if hidden is not None:
        raise Refused(hidden)
    if len(typed) > LONGEST_TEXT:
        raise Refused("This is far too long: write the number alone.")
    if " ".join(typed.casefold().split()) == NOT_STATED:
        return Typed(NOT_STATED, "not stated in the copy")
    if not typed:
        raise Refused(f'Nothing is typed: write {found.how}, or "{NOT_STATED}".')
    try:
        return found.read(typed, mark)
    except Refused as refused:
        if typed.casefold() not in _NONE:
            raise
        words = f'Where the copy states none, write "{NOT_STATED}".'
        raise Refused(*refused.reasons, words) from None


def _conditions(text: str, mark: str) -> Typed:
    found = read_conditions(text, mark).text
    return Typed(found, found)


def _taper(text: str, mark: str) -> Typed:
    """Steps of a taper, each day with one dose and how often a day (`typed_taper`)."""
    days = partial(_list, what="days", most=MOST_DAY)
    found = read_steps(text, mark, lambda part, its: days(part, its).items, rate_text)
    return Typed(found.canonical, found.shown, items=found.days)


def _list(text: str, mark: str, *, what: str, most: int) -> Typed:
    """A rising list of whole numbers: "101, 103 to 106"."""
    items: list[int] = []
    for part in text.split(","):
        refuse_dash(part.strip(BLANKS))
        first, to, last = " ".join(part.split()).casefold().partition(" to ")
        start = read_whole(first, mark, unit=what)
        end = read_whole(last, mark, unit=what) if to else start
        if start < 1 or end > most:
            raise Refused(f"{shown(part.strip(BLANKS))}: {what} go from 1 to {most}.")
        if end < start or (items and start <= items[-1]):
            raise Refused(
                f"{shown(part.strip(BLANKS))} does not rise: write {what} in order, each once."
            )
        items += range(start, end + 1)
    canonical = ", ".join(runs(items))
    return Typed(canonical, each_day(items) if what == "days" else canonical, items=tuple(items))


def _whole(text: str, mark: str, *, unit: str, most: int) -> Typed:
    number = read_whole(without_unit(text, unit), mark, unit=unit)
    if not 1 <= number <= most:
        raise Refused(f"{number} {unit} is not possible here: write 1 to {most} {unit}.")
    return Typed(f"{number} {unit}", counted(number, unit), Decimal(number), unit)


def _span(text: str, mark: str) -> Typed:
    """A whole number of days, weeks, months or years; none stands for another."""
    number, _, unit = text.rpartition(" ")
    if unit not in THERAPY_UNITS:
        raise Refused(f"Write number, blank and unit: {' or '.join(THERAPY_UNITS)}.")
    return _whole(number, mark, unit=unit, most=MOST_DAY)


def _amount(text: str, mark: str, *, units: tuple[str, ...]) -> Typed:
    head, unit = parted(text)
    if len(units) == 1 and not head:
        head, unit = text, units[0]  # the only unit stands printed beside the field
    if unit not in units:
        listed = " or ".join(units)
        raise Refused(f'Write number, blank and unit, in {listed}; "{shown(text)}" has another.')
    value = read_number(head, mark, unit=unit)
    if value == 0:
        raise Refused(f'Zero is no value here: write a number above zero, or "{NOT_STATED}".')
    return Typed(f"{plain(value)} {unit}", f"{write_number(value)} {unit}", value, unit)


def _percent(text: str, mark: str) -> Typed:
    value = in_field("percent", text, "%", mark)
    return Typed(f"{plain(value)} %", f"{write_number(value)} %", value, "%")


def refuse_new(kind: str, typed: Typed) -> None:
    """Refuse what can be read and still cannot be meant, before anything of it is kept.

    [judgement] The largest change of a dose by rounding: no public source allows one beyond 25 %,
    and 90 % would let half a vial pass for a whole one. What is above 10 % is asked about when two
    people agree on it (`number_compare.asked_about`). What was kept before stays readable.

    Args:
        kind: a key of ``KINDS``.
        typed: as read.

    Raises:
        Refused: it cannot be meant; says what would be right.
    """
    if kind != "rounding percent" or typed.value is None or typed.value <= MOST_ROUNDING:
        return
    raise Refused(
        f"{typed.shown} is no rounding: a dose would change by more than "
        f"{write_number(MOST_ROUNDING)} %. Look at the copy again, the decimal mark too. A "
        "pharmacy that needs more takes a finer step or another strength."
    )


def _anc(text: str, mark: str) -> Typed:
    return _count(read_anc(text, mark).per_ul)


def _platelets(text: str, mark: str) -> Typed:
    return _count(read_platelets(text, mark).per_ul)


def _count(per_ul: int) -> Typed:
    return Typed(f"{per_ul} /µL", write_count(per_ul), Decimal(per_ul), "per µL")


def read_choice(text: str, choices: Mapping[str, str]) -> Typed:
    """Read one of a few answers, by its key or its words.

    Raises:
        Refused: it is none of them.
    """
    said = " ".join(text.casefold().split())
    for key, words in choices.items():
        if said in (key, words.casefold()):
            return Typed(key, words)
    raise Refused(f'"{shown(text)}" is none of the choices: {", ".join(choices)}.')


def _telephone(text: str, _mark: str) -> Typed:
    """A telephone number; blanks, hyphens and brackets between digits are not part of it."""
    number = re.sub(r"(?<=[0-9])[ ./()-]+(?=[0-9])", "", text.replace("(", " ").replace(")", " "))
    number = " ".join(number.split())
    if not re.fullmatch(r"(?:[A-Za-z][A-Za-z .]{0,20} )?\+?[0-9]{2,20}", number):
        raise Refused(
            f'"{shown(text)}" is no telephone number: write digits, with a word such as '
            '"extension" before them if needed.'
        )
    return Typed(number, number)


def _route(text: str, _mark: str) -> Typed:
    """One way of giving, or several joined as "IV or SC"; always written in the same order."""
    said = route_atoms(text.upper().replace(" OR ", " or "))
    unknown = [atom for atom in said if atom not in ROUTE_WORDS]
    if unknown or len(set(said)) != len(said):
        raise Refused(
            f'"{shown(text)}" is no route: write {", ".join(ROUTE_WORDS)}, several joined as in '
            '"IM or SC".'
        )
    if INTRATHECAL in said and len(said) > 1:
        raise Refused("Intrathecal is never one of several routes.")
    found = [atom for atom in ROUTE_WORDS if atom in said]
    canonical = " or ".join(part for part in (", ".join(found[:-1]), found[-1]) if part)
    return Typed(canonical, route_words(canonical))


_AMOUNTS = ("mg", "micrograms", "units")
_STRENGTHS = ("mg/mL", "micrograms/mL", "units/mL")
_VOLUMES = ("mL",)
_COUNTS = ("/µL", "10^9/L")


def _choices(choices: Mapping[str, str]) -> Kind:
    return Kind(lambda text, _mark: read_choice(text, choices), (), "one of the choices", choices)


def _wholes(unit: str, most: int) -> Kind:
    return Kind(partial(_whole, unit=unit, most=most), (unit,), f"a whole number of {unit}")


def _lists(what: str, most: int, how: str) -> Kind:
    return Kind(partial(_list, what=what, most=most), (), how)


KINDS: Mapping[str, Kind] = {
    "dose": Kind(
        read_dose,
        (
            "mg/m2",
            "mg/kg",
            "mg",
            "micrograms/m2",
            "micrograms/kg",
            "units/m2",
            "units/kg",
            "units",
        ),
        'number and unit, or fixed by age as "from 0 months 77 mg; from 17 months 88 mg"',
    ),
    "start dose": Kind(
        read_start_dose,
        ("mg/m2", "mg/kg", "mg"),
        'number and unit, or by age as "from 0 months 77 mg/m2; from 17 months 88 mg/m2"',
    ),
    "days": _lists("days", MOST_DAY, 'course days as in "1001, 1003 to 1006"'),
    "cycle days": _lists("days", MOST_DAY, 'days of the cycle as in "1001, 1003"'),
    "conditions": Kind(_conditions, (), CONDITIONS),
    "taper": Kind(_taper, (), HOW),
    "times": _wholes("times", 24),
    "amount": Kind(partial(_amount, units=_AMOUNTS), _AMOUNTS, "number and unit"),
    "strength": Kind(partial(_amount, units=_STRENGTHS), _STRENGTHS, "number and unit"),
    "volume": Kind(partial(_amount, units=_VOLUMES), _VOLUMES, "number and unit"),
    "factors": Kind(
        read_factors, (), 'exact fractions by age as in "from 0 months 8/9; from 17 months 1"'
    ),
    "length": _wholes("days", MOST_DAY),
    "course day": _wholes("day", MOST_DAY),
    "therapy": Kind(_span, THERAPY_UNITS, "a whole number and its unit"),
    "anc": Kind(_anc, _COUNTS, "number and unit"),
    "platelets": Kind(_platelets, _COUNTS, "number and unit"),
    "answer": _choices(ANSWERS),
    "route": Kind(_route, (), f"one of {', '.join(ROUTE_WORDS)}"),
    "percent": Kind(_percent, ("%",), "a number of per cent"),
    "rounding percent": Kind(_percent, ("%",), "a number of per cent"),
    "percents": _lists("per cent", 999, 'steps in per cent as in "701, 703"'),
    "minutes": _wholes("min", 2880),
    "hours": _wholes("hours", LONGEST_HOURS),
    "level": Kind(partial(_amount, units=LEVELS), LEVELS, "number and unit"),
    "waits": _lists("days", 366, 'numbers of days as in "301, 303"'),
    "weight age": _wholes("days", 14),
    "count age": _wholes("hours", 168),
    "weeks or days": _wholes("days", 366),
    "grade": _wholes("grade", 5),
    "infants": _wholes("infants", 999),
    "place": _choices(PLACES),
    "formula": _choices(FORMULAS),
    "tablet parts": _choices(TABLET_PARTS),
    "anchor": _choices(ANCHORS),
    "share": _choices(SHARES),
    "rhythm": _choices(RHYTHMS),
    "telephone": Kind(_telephone, (), "digits, with a word before them if needed"),
}
