"""Chemistry and drug levels: what the entry form and the table of results show."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct


class LabField(Struct, frozen=True):
    """One line of the entry form, with what is remembered from this infant's last result."""

    key: str
    title: str
    units: tuple[tuple[str, str], ...]  # name and as shown
    unit: str  # of the last result, else the kept one
    low: str  # the laboratory's own limits of the last result, offered again
    high: str
    last: str  # "38 U/L on 19-Nov-2026", "" without one
    asks_fasting: bool
    laboratory: str = ""  # whose limits these are
    # the same limits in each unit the analyte may come in, by the unit's name: (low, high)
    limits: Mapping[str, tuple[str, str]] = {}


class LabSeen(Struct, frozen=True):
    """What is made of a typed field at once, before anything is kept."""

    level: Literal["usual", "unusual", "impossible"]
    echo: str  # as entered and as kept: "0.34 mg/dL = 30.1 µmol/L", "pending"
    words: str  # what stands against it
    compared: str  # "last 29 µmol/L on 19-Nov-2026, now 1 times"
    flag: Literal["", "low", "high"] = ""  # beside the limits of normal
    named: str = ""  # a slip that is named although nothing is asked


class LabRow(Struct, frozen=True):
    """One recorded result, those struck out included."""

    result_id: int
    analyte: str
    title: str
    taken_at: datetime
    entered: str  # "<0.1 mg/dL", "pending", "unusable: haemolysed"
    kept: str  # in the kept unit, "" where it is the same or absent
    limits: str  # the laboratory's own: "7 to 40 U/L", "" where it gave none
    flag: Literal["", "low", "high"]
    specimen: str
    state: str
    recorded: str  # when and by whom
    voided: str  # why it was struck out, by whom and when; else ""
    source: str


class LabView(Struct, frozen=True):
    """The page of chemistry and levels of one infant."""

    infant: str  # "LINDQVIST, Saga"
    about: str  # born and hospital number
    groups: tuple[tuple[str, tuple[LabField, ...]], ...]
    rows: tuple[LabRow, ...]  # newest first
    laboratories: tuple[str, ...]  # known ones, the last used first
    now: datetime
