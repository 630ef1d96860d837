"""What is made of a typed result, at each key: read, converted, judged against the infant's own last ones."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.clinical.judgement import Plausibility
from bedside.clinical.laboratory import Analyte, LabUnit
from bedside.clinical.laboratory_plausibility import judge_result
from bedside.clinical.laboratory_typed import Entry, read_entry
from bedside.store.laboratory_records import LabResult
from bedside.units.bounds import bounded
from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.laboratory_rows import rows_of
from bedside.ward.views.laboratory import LabSeen
from bedside.ward.ward import Ward


class NewResult(Struct, frozen=True):
    """One result as typed: texts only, read by the ward. ``again`` is an unusual one's second typing."""

    analyte: str
    text: str
    unit: str
    low: str = ""
    high: str = ""
    fasting: Literal["", "yes", "no"] = ""
    again: str = ""


class ReadResult(Struct, frozen=True):
    """A typed result, read; ``low`` and ``high`` in the unit it was typed in."""

    typed: NewResult
    analyte: Analyte
    unit: LabUnit
    entry: Entry
    low: Decimal | None
    high: Decimal | None

    @property
    def flag(self) -> Literal["", "low", "high"]:
        """How the value stands to its limits of normal."""
        return flag_of(self.entry.value, self.entry.comparator, self.low, self.high)


def look_at(
    ward: Ward, infant_id: int, typed: NewResult, at: datetime | None, *, without: int = 0
) -> LabSeen:
    """Say at once what a typed field is read as and what stands against it; nothing is kept.

    Args:
        ward: the open ward.
        infant_id: whose result it is.
        typed: the field as typed.
        at: when the specimen was taken; None while that is not typed (then as of now).
        without: the row that is being corrected: it is not compared with itself.
    """
    try:
        read = read_result(typed, ward.decimal_mark)
    except Refused as refused:
        return LabSeen("impossible", "", " ".join(refused.reasons), "")
    rows = [row for row in rows_of(ward, infant_id) if row.id != without]
    found = judged(ward, rows, read, at)
    return LabSeen(
        found.level,
        echo_of(read, ward.decimal_mark),
        found.words,
        found.compared,
        read.flag,
        found.named,
    )


def unit_in(analyte_key: str, text: str) -> str:
    """The name of the unit typed after a number, as "mg/dL" in "2.1 mg/dL"; "" where there is none."""
    number, _, tail = text.strip().partition(" ")
    if not number[:1].isdecimal() and number[:1] not in ("<", ">"):
        return ""
    try:
        return catalogue().analyte(analyte_key).find(tail).name if tail.strip() else ""
    except Refused:
        return ""


def read_result(typed: NewResult, mark: str) -> ReadResult:
    """Read a typed result with its limits.

    Raises:
        Refused: what cannot be read, with the analyte's name before it.
    """
    analyte = catalogue().analyte(typed.analyte)
    try:
        unit = analyte.find(typed.unit)
        entry = read_entry(analyte, typed.text, unit, mark)
        low, high = _limits(typed, mark) if entry.state == "done" else (None, None)
    except Refused as refused:
        raise Refused(*(f"{analyte.title}: {reason}" for reason in refused.reasons)) from refused
    return ReadResult(typed, analyte, unit, entry, low, high)


def judged(
    ward: Ward, rows: Sequence[LabResult], read: ReadResult, at: datetime | None
) -> Plausibility:
    """Judge a read result against the infant's own other values of this analyte."""
    last = [
        (ward.local(row.taken_at), bounded(row.comparator, row.kept))
        for row in rows
        if row.analyte == read.analyte.key and row.kept is not None
    ]
    moment = ward.now() if at is None else ward.local(at)
    return judge_result(read.analyte, read.entry, read.unit, last, moment, mark=ward.decimal_mark)


def echo_of(read: ReadResult, mark: str) -> str:
    """As entered and as kept: "0.34 mg/dL = 30.1 µmol/L"; a state with its reason."""
    entry, analyte = read.entry, read.analyte
    if entry.value is None or entry.kept is None:
        return f"{entry.state}: {entry.reason}" if entry.reason else entry.state
    text = analyte.write(entry.value, read.unit, mark, entry.comparator)
    if read.unit is analyte.unit:
        return text
    return f"{text} = {analyte.write_kept(entry.kept, mark, entry.comparator)}"


def flag_of(
    value: Decimal | None, comparator: str, low: Decimal | None, high: Decimal | None
) -> Literal["", "low", "high"]:
    """How a value stands to its limits; a comparator counts only where it leaves no doubt."""
    if value is None:
        return ""
    if low is not None and comparator != ">" and (value < low or (comparator and value == low)):
        return "low"
    if high is not None and comparator != "<" and (value > high or (comparator and value == high)):
        return "high"
    return ""


def _limits(typed: NewResult, mark: str) -> tuple[Decimal | None, Decimal | None]:
    low = read_number(typed.low, mark) if typed.low.strip() else None
    high = read_number(typed.high, mark) if typed.high.strip() else None
    if low is not None and high is not None and low >= high:
        raise Refused("The lower limit of normal stands above the upper one: read the slip again.")
    return low, high
