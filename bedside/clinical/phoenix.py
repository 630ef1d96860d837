"""Phoenix 2024: points of breathing, circulation, clotting and consciousness, with what was not measured.

What is missing counts 0, as the authors score it, and is named, because 0 is then no finding. Platelets
low from leukaemia or chemotherapy are shown apart: the total stands with and without their point.
A bound ("<5") scores where it lies wholly on one side of a limit; where it does not, the points stand
with the fewest and the most that they may be, and the criteria are met by the fewest only.
It is not a screening tool: below the criteria it says what was scored and never that there is no sepsis.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from bedside.clinical.fever import NOT_EXCLUDED
from bedside.clinical.phoenix_rules import PhoenixBook, Ratios
from bedside.units.bounds import (
    ASK_FOR_NUMBER,
    Bound,
    above,
    at_least,
    below,
    write_seen,
)
from bedside.units.rounding import half_up
from bedside.units.writer import write_number

Measured = Decimal | Bound[Decimal]


class PhoenixFacts(Struct, frozen=True):
    """What was measured, a laboratory's value or its bound; None is not measured or not known.

    Args:
        infection: whether an infection is suspected or confirmed.
        age_months: completed calendar months.
        pf_ratio: PaO2 in mmHg divided by FiO2 as a fraction.
        sf_ratio: SpO2 in per cent divided by FiO2 as a fraction, where it comes as such.
        spo2_percent: oxygen saturation; with ``fio2_percent`` it gives the ratio.
        fio2_percent: inspired oxygen, 21 to 100 %.
        support: any respiratory support, extra oxygen included.
        invasive: invasive mechanical ventilation.
        mean_mmhg: mean arterial pressure.
        systolic_mmhg: with ``diastolic_mmhg``, stands in where no mean was measured.
        diastolic_mmhg: likewise.
        lactate_mmol_l: lactate.
        vasoactives: how many vasoactive drugs run.
        platelets_per_ul: platelets.
        inr: INR.
        d_dimer_mg_l: D-dimer in mg/L FEU.
        fibrinogen_mg_dl: fibrinogen.
        gcs: Glasgow coma scale, 3 to 15.
        pupils_fixed: pupils fixed on both sides.
        why_absent: why a value is absent though it was asked for, by its name above: "unusable:
            clotted", "pending", "not done: asleep".
    """

    infection: bool | None = None
    age_months: int | None = None
    pf_ratio: Measured | None = None
    sf_ratio: Decimal | None = None
    spo2_percent: Decimal | None = None
    fio2_percent: Decimal | None = None
    support: bool | None = None
    invasive: bool | None = None
    mean_mmhg: Decimal | None = None
    systolic_mmhg: Decimal | None = None
    diastolic_mmhg: Decimal | None = None
    lactate_mmol_l: Measured | None = None
    vasoactives: int | None = None
    platelets_per_ul: int | Bound[int] | None = None
    inr: Measured | None = None
    d_dimer_mg_l: Measured | None = None
    fibrinogen_mg_dl: Measured | None = None
    gcs: int | None = None
    pupils_fixed: bool | None = None
    why_absent: Mapping[str, str] = {}

    def absent(self, name: str, *fields: str) -> str:
        """The name of what has no value, with why: "INR (unusable: clotted)"."""
        why = "; ".join(self.why_absent[field] for field in fields if field in self.why_absent)
        return f"{name} ({why})" if why else name


class SubScore(Struct, frozen=True):
    """The points of one organ system, what gave them, and what was not measured.

    Args:
        name: of the organ system.
        points: those that are certain.
        because: what gave them.
        missing: what was not measured and counts 0.
        most: the most that it may be, where a bound does not decide; else the same points.
        undecided: the bounds that do not decide.
    """

    name: str
    points: int
    because: tuple[str, ...]
    missing: tuple[str, ...]
    most: int
    undecided: tuple[str, ...] = ()


class PhoenixScore(Struct, frozen=True):
    """All points.

    Args:
        parts: respiratory, cardiovascular, coagulation, neurological.
        total: the points together, those that are certain.
        total_most: the most that it may be, where a bound does not decide.
        total_without_platelets: the total without the point for platelets.
        most_without_platelets: the most that it may be without it.
        criteria: True when the sepsis criteria are met; None otherwise, never False.
        criteria_without_platelets: the same without the point for platelets.
        shock: True when, with the criteria met, the circulation has a point; None otherwise.
        words: what it comes to.
    """

    parts: tuple[SubScore, SubScore, SubScore, SubScore]
    total: int
    total_most: int
    total_without_platelets: int
    most_without_platelets: int
    criteria: bool | None
    criteria_without_platelets: bool | None
    shock: bool | None
    words: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything that was not measured and counts 0."""
        return tuple(name for part in self.parts for name in part.missing)


def points_words(least: int, most: int) -> str:
    """Points as they are said: "2", "1 or 2", "0 to 2"."""
    if least == most:
        return str(least)
    return f"{least} or {most}" if most == least + 1 else f"{least} to {most}"


def score_phoenix(book: PhoenixBook, facts: PhoenixFacts, *, mark: str = ".") -> PhoenixScore:
    """Score what was measured.

    Args:
        book: the table.
        facts: what was measured.
        mark: the station's decimal mark.
    """
    clotting, bare_clotting = _coagulation(book, facts, mark)
    breathing = _respiratory(book, facts, mark)
    circulation = _cardiovascular(book, facts, mark)
    parts = (breathing, circulation, clotting, _neurological(book, facts))
    total = sum(part.points for part in parts)
    most = sum(part.most for part in parts)
    apart = total - clotting.points + bare_clotting[0]
    reached = total >= book.criteria.points_from
    criteria = True if reached and facts.infection else None
    bare = True if apart >= book.criteria.points_from and facts.infection else None
    shock = True if criteria and circulation.points else None
    score = PhoenixScore(
        parts,
        total,
        most,
        apart,
        most - clotting.most + bare_clotting[1],
        criteria,
        bare,
        shock,
        "",
    )
    return replace(score, words=_words(book, facts, score))


def _words(book: PhoenixBook, facts: PhoenixFacts, score: PhoenixScore) -> str:
    """What it comes to; where a bound does not decide, with both scores and what to ask for."""
    told = points_words(score.total, score.total_most)
    points = f"{told} {'point' if told == '1' else 'points'}"
    if (score.total, score.total_most) != (
        score.total_without_platelets,
        score.most_without_platelets,
    ):
        bare = points_words(score.total_without_platelets, score.most_without_platelets)
        points += f", {bare} without the platelets"
    undecided = [words for part in score.parts for words in part.undecided]
    tail = f" Not decided: {'; '.join(undecided)}: {ASK_FOR_NUMBER}." if undecided else ""
    if score.criteria:
        found = "Phoenix criteria for sepsis met"
        if score.shock:
            found = "Phoenix criteria for septic shock met"
        only = "" if score.criteria_without_platelets else " only with the point for platelets"
        return f"{found}{only}: {points}.{tail}"
    if score.total >= book.criteria.points_from:
        asked = "is not answered" if facts.infection is None else "is answered no"
        return f"{points}; whether an infection is suspected {asked}.{tail} {NOT_EXCLUDED}"
    needed, may = book.criteria.points_from, ""
    if score.total_most >= needed:
        may = f"; the criteria for sepsis need {needed} and may be met"
    return f"{points} from what was measured{may}.{tail} {NOT_EXCLUDED}"


def _respiratory(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> SubScore:
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


def _cardiovascular(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> SubScore:
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


def _coagulation(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> _Clotting:
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


def _neurological(book: PhoenixBook, facts: PhoenixFacts) -> SubScore:
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
