"""Phoenix 2024: points of breathing, circulation, clotting and consciousness, with what was not measured.

What is missing counts 0, as the authors score it, and is named, because 0 is then no finding. Platelets
low from leukaemia or chemotherapy are shown apart: the total stands with and without their point.
It is not a screening tool: below the criteria it says what was scored and never that there is no sepsis.
"""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from bedside.clinical.fever import NOT_EXCLUDED
from bedside.clinical.phoenix_rules import PhoenixBook, Ratios
from bedside.units.rounding import half_up
from bedside.units.writer import write_count, write_number


class PhoenixFacts(Struct, frozen=True):
    """What was measured; None is not measured or not known.

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
    pf_ratio: Decimal | None = None
    sf_ratio: Decimal | None = None
    spo2_percent: Decimal | None = None
    fio2_percent: Decimal | None = None
    support: bool | None = None
    invasive: bool | None = None
    mean_mmhg: Decimal | None = None
    systolic_mmhg: Decimal | None = None
    diastolic_mmhg: Decimal | None = None
    lactate_mmol_l: Decimal | None = None
    vasoactives: int | None = None
    platelets_per_ul: int | None = None
    inr: Decimal | None = None
    d_dimer_mg_l: Decimal | None = None
    fibrinogen_mg_dl: Decimal | None = None
    gcs: int | None = None
    pupils_fixed: bool | None = None
    why_absent: Mapping[str, str] = {}

    def absent(self, name: str, *fields: str) -> str:
        """The name of what has no value, with why: "INR (unusable: clotted)"."""
        why = "; ".join(self.why_absent[field] for field in fields if field in self.why_absent)
        return f"{name} ({why})" if why else name


class SubScore(Struct, frozen=True):
    """The points of one organ system, what gave them, and what was not measured."""

    name: str
    points: int
    because: tuple[str, ...]
    missing: tuple[str, ...]


class PhoenixScore(Struct, frozen=True):
    """All points.

    Args:
        parts: respiratory, cardiovascular, coagulation, neurological.
        total: the points together.
        total_without_platelets: the same without the point for platelets.
        criteria: True when the sepsis criteria are met; None otherwise, never False.
        criteria_without_platelets: the same without the point for platelets.
        shock: True when, with the criteria met, the circulation has a point; None otherwise.
        words: what it comes to.
    """

    parts: tuple[SubScore, SubScore, SubScore, SubScore]
    total: int
    total_without_platelets: int
    criteria: bool | None
    criteria_without_platelets: bool | None
    shock: bool | None
    words: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything that was not measured and counts 0."""
        return tuple(name for part in self.parts for name in part.missing)


def score_phoenix(book: PhoenixBook, facts: PhoenixFacts, *, mark: str = ".") -> PhoenixScore:
    """Score what was measured.

    Args:
        book: the table.
        facts: what was measured.
        mark: the station's decimal mark.
    """
    clotting, without = _coagulation(book, facts, mark)
    breathing = _respiratory(book, facts, mark)
    circulation = _cardiovascular(book, facts, mark)
    parts = (breathing, circulation, clotting, _neurological(book, facts))
    total = sum(part.points for part in parts)
    apart = total - clotting.points + without
    reached = total >= book.criteria.points_from
    criteria = True if reached and facts.infection else None
    bare = True if apart >= book.criteria.points_from and facts.infection else None
    shock = True if criteria and circulation.points else None
    return PhoenixScore(
        parts,
        total,
        apart,
        criteria,
        bare,
        shock,
        _words(facts, total, apart, reached, shock, bare),
    )


def _words(
    facts: PhoenixFacts,
    total: int,
    apart: int,
    reached: bool,
    shock: bool | None,
    bare: bool | None,
) -> str:
    points = f"{total} {'point' if total == 1 else 'points'}"
    if total != apart:
        points += f", {apart} without the platelets"
    if reached and facts.infection:
        found = (
            "Phoenix criteria for septic shock met" if shock else "Phoenix criteria for sepsis met"
        )
        only = "" if bare else " only with the point for platelets"
        return f"{found}{only}: {points}."
    if reached:
        asked = "is not answered" if facts.infection is None else "is answered no"
        return f"{points}; whether an infection is suspected {asked}. {NOT_EXCLUDED}"
    return f"{points} from what was measured. {NOT_EXCLUDED}"


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

    def below(limits: Ratios) -> bool:
        pf_low = facts.pf_ratio is not None and facts.pf_ratio < limits.pf_below
        return pf_low or (sf is not None and sf < limits.sf_below)

    points = 0
    if supported and below(rule.support):
        points = 1
    if facts.invasive and below(rule.invasive):
        points = 3 if below(rule.severe) else 2
    because = []
    if points:
        how = "invasive ventilation" if facts.invasive else "respiratory support"
        because.append(f"{_ratio_words(facts.pf_ratio, sf, mark)} with {how}")
    return SubScore("respiratory", points, tuple(because), tuple(missing))


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


def _ratio_words(pf: Decimal | None, sf: Decimal | None, mark: str) -> str:
    named = (("PaO2/FiO2", pf), ("SpO2/FiO2", sf))
    return " and ".join(
        f"{name} {write_number(half_up(ratio, 0), mark)}"
        for name, ratio in named
        if ratio is not None
    )


def _cardiovascular(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> SubScore:
    parts = (_mean(book, facts, mark), _lactate(book, facts, mark), _vasoactives(facts))
    return SubScore(
        "cardiovascular",
        sum(points for points, _, _ in parts),
        tuple(words for points, words, _ in parts if points),
        tuple(missing for _, _, missing in parts if missing),
    )


def _mean(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> tuple[int, str, str]:
    mean = facts.mean_mmhg
    if mean is None and facts.systolic_mmhg is not None and facts.diastolic_mmhg is not None:
        mean = facts.diastolic_mmhg + (facts.systolic_mmhg - facts.diastolic_mmhg) / 3
    if mean is None:
        fields = ("mean_mmhg", "systolic_mmhg", "diastolic_mmhg")
        return 0, "", facts.absent("mean blood pressure", *fields)
    band = None if facts.age_months is None else book.cardiovascular.band(facts.age_months)
    if band is None:
        return 0, "", "mean blood pressure (the age is not known or beyond the table)"
    points = 0 if mean >= band.none_from else 1 if mean >= band.one_from else 2
    limit = band.none_from if points == 1 else band.one_from
    below = write_number(limit, mark)
    return points, f"mean {write_number(half_up(mean, 1), mark)} mmHg, below {below}", ""


def _lactate(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> tuple[int, str, str]:
    lactate, rule = facts.lactate_mmol_l, book.cardiovascular
    if lactate is None:
        return 0, "", facts.absent("lactate", "lactate_mmol_l")
    points = 2 if lactate >= rule.lactate_two_from else 1 if lactate >= rule.lactate_one_from else 0
    return points, f"lactate {write_number(lactate, mark)} mmol/L", ""


def _vasoactives(facts: PhoenixFacts) -> tuple[int, str, str]:
    count = facts.vasoactives
    if count is None:
        return 0, "", facts.absent("vasoactive drugs", "vasoactives")
    named = "vasoactive drug" if count == 1 else "vasoactive drugs"
    return min(count, 2), f"{count} {named}", ""


def _coagulation(book: PhoenixBook, facts: PhoenixFacts, mark: str) -> tuple[SubScore, int]:
    """The points for clotting, and how many there are without the platelets."""
    rule = book.coagulation
    rows = (
        ("INR", "inr", facts.inr, facts.inr is not None and facts.inr > rule.inr_above, ""),
        (
            "D-dimer",
            "d_dimer_mg_l",
            facts.d_dimer_mg_l,
            facts.d_dimer_mg_l is not None and facts.d_dimer_mg_l > rule.d_dimer_above_mg_per_l,
            " mg/L",
        ),
        (
            "fibrinogen",
            "fibrinogen_mg_dl",
            facts.fibrinogen_mg_dl,
            facts.fibrinogen_mg_dl is not None
            and facts.fibrinogen_mg_dl < rule.fibrinogen_below_mg_per_dl,
            " mg/dL",
        ),
    )
    because = [
        f"{name} {write_number(value, mark)}{unit}"
        for name, _, value, scored, unit in rows
        if scored and value is not None
    ]
    missing = [facts.absent(name, field) for name, field, value, _, _ in rows if value is None]
    without = min(len(because), rule.most)
    platelets = facts.platelets_per_ul
    if platelets is None:
        missing.insert(0, facts.absent("platelets", "platelets_per_ul"))
    elif platelets < rule.platelets_below_per_ul:
        because.insert(
            0, f"platelets {write_count(platelets)} (low from leukaemia or chemotherapy?)"
        )
    points = min(len(because), rule.most)
    return SubScore("coagulation", points, tuple(because), tuple(missing)), without


def _neurological(book: PhoenixBook, facts: PhoenixFacts) -> SubScore:
    missing = []
    if facts.gcs is None:
        missing.append(facts.absent("Glasgow coma scale", "gcs"))
    if facts.pupils_fixed is None:
        missing.append(facts.absent("pupils", "pupils_fixed"))
    if facts.pupils_fixed:
        return SubScore("neurological", 2, ("pupils fixed on both sides",), tuple(missing))
    if facts.gcs is not None and facts.gcs <= book.neurological.gcs_at_most:
        return SubScore("neurological", 1, (f"Glasgow coma scale {facts.gcs}",), tuple(missing))
    return SubScore("neurological", 0, (), tuple(missing))
