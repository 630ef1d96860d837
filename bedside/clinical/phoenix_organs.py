"""The Phoenix points of each organ system: breathing, circulation, clotting and consciousness.

Each gives the points that are certain and the most that a bound leaves open, what gave them, and what
was not measured. The limits are the table's (`phoenix_rules`), with their source.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from msgspec import Struct

from bedside.clinical.phoenix_facts import Measured, PhoenixFacts, SubScore, points_words
from bedside.clinical.phoenix_rules import PhoenixBook, Ratios
from bedside.units.bounds import Bound, above, at_least, below, write_seen
from bedside.units.rounding import half_up
from bedside.units.writer import write_number


def respiratory(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> SubScore:
    """The points for breathing: an oxygen ratio counts only under respiratory support."""
    rule = book.respiratory
    sf, why_no_sf = _sf_ratio(facts, rule.spo2_at_most)
    missing = [] if facts.pf_ratio is not None or sf is not None else [why_no_sf]
    oxygen = facts.fio2_percent is not None and facts.fio2_percent > 21
    supported = True if facts.invasive or oxygen else facts.support
    if supported is None:
        missing.append(facts.absent("respiratory support", "support"))
    if facts.invasive is None and facts.support is not False:
        missing.append("whether ventilated invasively")

    def scored(*, at_most: bool) -> int:
        """The points that are certain, or the most that a bound leaves open."""
        if not supported:
            return 0

        def low(limits: Ratios) -> bool:
            pf_low = None if facts.pf_ratio is None else below(facts.pf_ratio, limits.pf_below)
            open_bound = at_most and facts.pf_ratio is not None and pf_low is None
            return bool(pf_low) or open_bound or (sf is not None and sf < limits.sf_below)

        if facts.invasive and low(rule.invasive):
            return 3 if low(rule.severe) else 2
        return 1 if low(rule.support) else 0

    points, most = scored(at_most=False), scored(at_most=True)
    said = _ratio_words(facts.pf_ratio, sf, mark)
    because = []
    if points:
        how = "invasive ventilation" if facts.invasive else "respiratory support"
        because.append(f"{said} with {how}")
    undecided = () if points == most else (f"{said} counts {points_words(points, most)}",)
    return SubScore("respiratory", points, tuple(because), tuple(missing), most, undecided)


def _sf_ratio(facts: PhoenixFacts, most: int) -> tuple[Decimal | None, str]:
    """The ratio of SpO2 to FiO2, or why there is none."""
    if facts.spo2_percent is not None and facts.spo2_percent > most:
        return None, f"an oxygen ratio (SpO2 above {most} % gives none)"
    if facts.sf_ratio is not None:
        return facts.sf_ratio, ""
    if facts.spo2_percent is None or not facts.fio2_percent:
        return None, facts.absent(
            "an oxygen ratio, SpO2 or PaO2 with FiO2", "spo2_percent", "fio2_percent", "pf_ratio"
        )
    return facts.spo2_percent * 100 / facts.fio2_percent, ""


def _ratio_words(pf: Measured | None, sf: Decimal | None, mark: str) -> str:
    named = (("PaO2/FiO2", pf), ("SpO2/FiO2", sf))
    return " and ".join(
        f"{name} {_written(ratio, mark, places=0)}" for name, ratio in named if ratio is not None
    )


def _written(value: Measured, mark: str, places: int | None = None) -> str:
    """A value, or its bound with its sign."""
    sign, figure = (value.sign, value.figure) if isinstance(value, Bound) else ("", value)
    return f"{sign}{write_number(figure if places is None else half_up(figure, places), mark)}"


class _Points(Struct, frozen=True):
    """The points of one value: those that are certain, the most it may be, its words, why it is missing."""

    least: int
    most: int
    words: str
    missing: str = ""


def cardiovascular(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> SubScore:
    """The points for the circulation: mean pressure by age, lactate and vasoactive drugs."""
    parts = (_mean(book, facts, mark), _lactate(book, facts, mark), _vasoactives(facts))
    return SubScore(
        "cardiovascular",
        sum(part.least for part in parts),
        tuple(part.words for part in parts if part.least),
        tuple(part.missing for part in parts if part.missing),
        sum(part.most for part in parts),
        tuple(
            f"{part.words} counts {points_words(part.least, part.most)}"
            for part in parts
            if part.least != part.most
        ),
    )


def _mean(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> _Points:
    mean = facts.mean_mmhg
    if mean is None and facts.systolic_mmhg is not None and facts.diastolic_mmhg is not None:
        mean = facts.diastolic_mmhg + (facts.systolic_mmhg - facts.diastolic_mmhg) / 3
    if mean is None:
        fields = ("mean_mmhg", "systolic_mmhg", "diastolic_mmhg")
        return _Points(0, 0, "", facts.absent("mean blood pressure", *fields))
    band = None if facts.age_months is None else book.cardiovascular.band(facts.age_months)
    if band is None:
        beyond = "mean blood pressure (the age is not known or beyond the table)"
        return _Points(0, 0, "", beyond)
    points = 0 if mean >= band.none_from else 1 if mean >= band.one_from else 2
    limit = band.none_from if points == 1 else band.one_from
    under = write_number(limit, mark)
    words = f"mean {write_number(half_up(mean, 1), mark)} mmHg, below {under}"
    return _Points(points, points, words)


def _lactate(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> _Points:
    lactate, rule = facts.lactate_mmol_l, book.cardiovascular
    if lactate is None:
        return _Points(0, 0, "", facts.absent("lactate", "lactate_mmol_l"))
    steps = [at_least(lactate, limit) for limit in (rule.lactate_one_from, rule.lactate_two_from)]
    most = sum(step is not False for step in steps)
    return _Points(sum(map(bool, steps)), most, f"lactate {_written(lactate, mark)} mmol/L")


def _vasoactives(facts: PhoenixFacts) -> _Points:
    count = facts.vasoactives
    if count is None:
        return _Points(0, 0, "", facts.absent("vasoactive drugs", "vasoactives"))
    named = "vasoactive drug" if count == 1 else "vasoactive drugs"
    return _Points(min(count, 2), min(count, 2), f"{count} {named}")


_Clotting = tuple[SubScore, tuple[int, int]]


def coagulation(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> _Clotting:
    """The points for clotting; and, without the platelets, how many at least and at most."""
    rule = book.coagulation
    rows = (
        ("INR", "inr", facts.inr, partial(above, limit=rule.inr_above), ""),
        (
            "D-dimer",
            "d_dimer_mg_l",
            facts.d_dimer_mg_l,
            partial(above, limit=rule.d_dimer_above_mg_per_l),
            " mg/L",
        ),
        (
            "fibrinogen",
            "fibrinogen_mg_dl",
            facts.fibrinogen_mg_dl,
            partial(below, limit=rule.fibrinogen_below_mg_per_dl),
            " mg/dL",
        ),
    )
    said = [
        (ask(value), f"{name} {_written(value, mark)}{unit}")
        for name, _, value, ask, unit in rows
        if value is not None
    ]
    missing = [facts.absent(name, field) for name, field, value, _, _ in rows if value is None]
    without = _clotting_points(said, rule.most)
    platelets = facts.platelets_per_ul
    if platelets is None:
        missing.insert(0, facts.absent("platelets", "platelets_per_ul"))
    else:
        low = below(platelets, rule.platelets_below_per_ul)
        why = " (low from leukaemia or chemotherapy?)" if low else ""
        said.insert(0, (low, f"platelets {write_seen(platelets)}{why}"))
    least, most = _clotting_points(said, rule.most)
    because = tuple(words for scored, words in said if scored)
    undecided: tuple[str, ...] = tuple(f"{text} counts 0 or 1" for one, text in said if one is None)
    if least == most and without[0] == without[1]:
        undecided = ()  # they change nothing: at most two points count
    return SubScore("coagulation", least, because, tuple(missing), most, undecided), without


def _clotting_points(said: Sequence[tuple[bool | None, str]], most: int) -> tuple[int, int]:
    """How many points at least and at most."""
    scored = [one for one, _ in said]
    return min(scored.count(True), most), min(len(scored) - scored.count(False), most)


def neurological(book: PhoenixBook, facts: PhoenixFacts) -> SubScore:
    """The points for consciousness: fixed pupils, else the Glasgow coma scale."""
    missing = []
    if facts.gcs is None:
        missing.append(facts.absent("Glasgow coma scale", "gcs"))
    if facts.pupils_fixed is None:
        missing.append(facts.absent("pupils", "pupils_fixed"))
    if facts.pupils_fixed:
        return SubScore("neurological", 2, ("pupils fixed on both sides",), tuple(missing), 2)
    if facts.gcs is not None and facts.gcs <= book.neurological.gcs_at_most:
        return SubScore("neurological", 1, (f"Glasgow coma scale {facts.gcs}",), tuple(missing), 1)
    return SubScore("neurological", 0, (), tuple(missing), 0)
