"""What the Phoenix score takes, and the points of one organ system."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from bedside.units.bounds import Bound

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


def points_words(least: int, most: int) -> str:
    """Points as they are said: "2", "1 or 2", "0 to 2"."""
    if least == most:
        return str(least)
    return f"{least} or {most}" if most == least + 1 else f"{least} to {most}"
