"""What the counts form asks for, and what is missing before it may be recorded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from bedside.desktop.measure import Measure
from bedside.desktop.measure_line import MeasureLine
from bedside.desktop.trend_layout import TypedNow
from bedside.units.bounds import Bound
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.quantity_reader import Quantity
from bedside.ward.count_normal import Normal, NormalSet
from bedside.ward.forms import EnteredCount, NewCounts, State
from bedside.ward.laboratory_counted import (
    PROGRAMS_OWN,
    TITLES,
    in_other_unit,
    read_normal,
    unit_of,
)

Value = TypeVar("Value")
DIFFERENTIAL = ("neutrophils", "bands", "lymphocytes", "monocytes", "other", "blasts")
PERCENT_KEYS = DIFFERENTIAL
STATED = ("wbc", "anc", "haemoglobin", "platelets")
MEASURES = (
    Measure("wbc", "white cells", "Wh&ite cells", True),
    Measure("neutrophils", "percent", "&Neutrophils", False),
    Measure("bands", "percent", "&Bands", False),
    Measure("lymphocytes", "percent", "L&ymphocytes", False),
    Measure("monocytes", "percent", "&Monocytes", False),
    Measure("other", "percent", "&Eosinophils, basophils", False),
    Measure("blasts", "percent", "Blasts", False),
    Measure("anc", "anc", "&ANC by analyser", True),
    Measure("haemoglobin", "haemoglobin", "&Haemoglobin", True),
    Measure("platelets", "platelets", "&Platelets", True),
)
CELLS = "×10⁹/L"
UNITS = {**PROGRAMS_OWN, **dict.fromkeys(DIFFERENTIAL, "%")}


class Reading(Struct, frozen=True):
    """The form, read once: what the preview and the trend need, and what is missing."""

    anc: Anc | None
    anc_words: str
    anc_suspect: bool
    platelets: Quantity | None
    platelets_suspect: bool
    missing: tuple[str, ...]
    # typed with a comparator, by "anc" and "platelets", per µL; then the value above is None
    bounds: Mapping[str, Bound[int]] = {}

    @property
    def certain_bounds(self) -> Mapping[str, Bound[int]]:
        """The bounds against which nothing stands."""
        suspect = {"anc": self.anc_suspect, "platelets": self.platelets_suspect}
        return {key: bound for key, bound in self.bounds.items() if not suspect[key]}

    @property
    def anything(self) -> bool:
        """Whether a count is typed of which the trend shows something."""
        return self.anc is not None or isinstance(self.platelets, Platelets) or bool(self.bounds)

    @property
    def suspect(self) -> bool:
        """Whether something stands against a count that the start rules ask for."""
        return self.anc_suspect or self.platelets_suspect

    def typed_at(self, at: datetime) -> TypedNow:
        """What is typed, as the trend draws it at a moment (aware)."""
        platelets = self.platelets if isinstance(self.platelets, Platelets) else None
        return TypedNow(
            at=at,
            anc=None if self.anc is None else self.anc.per_ul,
            platelets=None if platelets is None else platelets.per_ul,
            anc_suspect=self.anc_suspect,
            platelets_suspect=self.platelets_suspect,
        )

    @staticmethod
    def new_counts(
        taken_at: datetime,
        specimen: str,
        values: Mapping[str, Quantity | None],
        states: Mapping[str, State],
        twice: Sequence[str],
        entered: Mapping[str, EnteredCount],
        laboratory: str,
    ) -> NewCounts:
        """Put the typed values into the ward's form."""
        anc = values["anc"]
        worked = values["wbc"] is not None and values["neutrophils"] is not None
        return NewCounts(
            taken_at=taken_at,
            specimen=specimen,
            wbc=_of(values["wbc"], WhiteCells),
            wbc_state=states["wbc"],
            neutrophils_percent=_of(values["neutrophils"], Decimal),
            bands_percent=_of(values["bands"], Decimal),
            lymphocytes_percent=_of(values["lymphocytes"], Decimal),
            monocytes_percent=_of(values["monocytes"], Decimal),
            other_percent=_of(values["other"], Decimal),
            blasts_percent=_of(values["blasts"], Decimal),
            anc=_of(anc, Anc),
            anc_state="done" if anc is not None or worked else states["anc"],
            platelets=_of(values["platelets"], Platelets),
            platelets_state=states["platelets"],
            haemoglobin=_of(values["haemoglobin"], Haemoglobin),
            haemoglobin_state=states["haemoglobin"],
            unusual_reason="; ".join(twice),
            laboratory=laboratory,
            entered=entered,
        )


def entered_of(line: MeasureLine, normal: Normal, mark: str) -> EnteredCount:
    """What a line keeps as entered; the limits go into the unit that was typed.

    Raises:
        Refused: limits of normal that cannot be read.
    """
    typed = line.field.typed()
    low, high = read_normal(line.measure.key, normal.low, normal.high, normal.unit, mark)
    if typed is None:
        return EnteredCount(unit=normal.unit, reason=line.reason(), low=low, high=high)
    if typed.unit != normal.unit:
        low, high = (
            None
            if limit is None
            else in_other_unit(line.measure.key, limit, normal.unit, typed.unit)
            for limit in (low, high)
        )
    return EnteredCount(typed.typed, typed.unit, typed.comparator, "", low, high)


def normal_words(normal: NormalSet) -> str:
    """Which limits of normal go with this count, in one line."""
    told = []
    for key in normal.limited:
        one = normal.by_measure[key]
        ends = (
            _t("{0} to {1}").format(one.low, one.high)
            if one.low and one.high
            else _t("from {0}").format(one.low)
            if one.low
            else _t("up to {0}").format(one.high)
        )
        told.append(f"{TITLES[key]} {ends} {unit_of(key, one.unit).shown}")
    if not told:
        return _t("Limits of normal: by age. The laboratory's own: Units, limits…")
    whose = normal.laboratory or _t("the laboratory")
    return _t("Limits of normal of {0}: {1}").format(whose, ", ".join(told))


def _of(value: Quantity | None, kind: type[Value]) -> Value | None:
    return value if isinstance(value, kind) else None


def total_of(values: Sequence[Quantity | None]) -> Decimal | None:
    """The sum of the typed percentages; None while none is typed."""
    typed = [value for value in values if isinstance(value, Decimal)]
    return sum(typed, Decimal(0)) if typed else None


def missing_words(lines: Mapping[str, MeasureLine], total: Decimal | None) -> tuple[str, ...]:
    """What stands between the values of the form and their recording, a sentence each."""
    reasons = []
    for line in lines.values():
        if line.standing() == "refused":
            read = line.value() is not None
            words = _t("{0} cannot be taken so") if read else _t("{0} cannot be read")
            reasons.append(words.format(line.measure.name))
        elif line.standing() == "waiting":
            reasons.append(_t("{0}: type it a second time").format(line.measure.name))
    if total is not None and total > 100:
        reasons.append(_t("the differential is more than 100 %"))
    reasons += [
        _t("{0}: why there is no value").format(lines[key].measure.name)
        for key in STATED
        if lines[key].lacks_reason()
    ]
    reasons += [_t("{0}: a value, or why there is none").format(name) for name in _unsaid(lines)]
    return tuple(reasons)


def _unsaid(lines: Mapping[str, MeasureLine]) -> list[str]:
    """Measures said to be done and without a value (the ANC may be worked out)."""
    worked = not lines["wbc"].field.is_empty() and not lines["neutrophils"].field.is_empty()
    return [
        lines[key].measure.name
        for key in STATED
        if lines[key].state_value() == "done"
        and lines[key].standing() == "empty"
        and not (key == "anc" and worked)
    ]


def _t(text: str) -> str:
    return QCoreApplication.translate("CountsForm", text)
