"""The dosing sheet of one administration day, and the label of what is prepared for it: finished and frozen.

Decision: one drug a sheet, all intrathecal drugs of a day on one sheet of their own. So no paper has
two routes, a drug that is held never stands beside one that is given, and the one dose of a page is
read at arm's length.
"""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from bedside.papers.values import PaperHead, PaperInfant, Result

Kind = Literal["intrathecal", "vinca", "needle", "mouth"]
LabelKind = Literal["intrathecal", "vinca", "vial clock", "other"]


class SheetDrug(Struct, frozen=True):
    """One drug of a sheet: its sum, its one final dose, and who ordered it."""

    drug: str  # as printed, tall-man where sourced: "vinCRIStine"
    final: str  # "0.3 mg"
    times_a_day: int
    terms: tuple[tuple[str, str, str], ...]  # of the sum: sign before it, caption, value
    notes: tuple[tuple[str, str], ...]  # "Cap", "none in public sources"
    source: str  # where the dose comes from
    volume: str  # "3 mL", "" where it comes in tablets or the site entered no concentration
    drawn: str  # "Draw 3 mL of 2.5 mg per mL", or who states the volume
    giving: str  # "over 30 minutes", "over ______ minutes", "" where nothing is infused
    giving_note: str  # what the protocol says of the minutes
    formula: str  # the worked formula on one line
    signed: tuple["OrderSignature", ...]  # prescribed and verified
    steps: tuple["OrderSignature", ...] = ()  # what was signed after: released, checked
    rhythm: str = ""  # "ONCE A WEEK" of a drug by mouth that is given weekly
    often: str = ""  # "every 12 hours", where the protocol says more than how many times a day


class OrderSignature(Struct, frozen=True):
    """One electronic signature on an order."""

    meaning: str  # "I order this"
    name: str
    role: str
    at: datetime


class SheetCount(Struct, frozen=True):
    """One count or start condition, as last seen."""

    test: str
    value: str
    taken_at: datetime | None
    limit: str  # "at least 500", or that none is public
    result: Result | Literal[""]  # "" where there is no limit to hold it against


class SettledDose(Struct, frozen=True):
    """A dose of the day that is on record: nobody gives or signs it again."""

    number: int  # of its line, or of its label
    name: str  # "dose 1, hour 48"
    words: str  # "GIVEN 6.2 mg, 22-Sep-2026 08:05, T. Brandt", "NOT GIVEN: vomited, T. Brandt"


class DaySheet(Struct, frozen=True):
    """One dosing sheet: one route, one day."""

    head: PaperHead
    infant: PaperInfant
    protocol: str  # "AALL15P1"
    course: str  # "Induction"
    course_also: str
    day: int
    on: date
    route: str  # in words, one only: "intravenous"
    kind: Kind
    drugs: tuple[SheetDrug, ...]
    counts: tuple[SheetCount, ...]
    counts_note: str
    plan_words: str  # which days of this drug the protocol has
    apart: tuple[str, ...] = ()  # a vinca on an intrathecal sheet, intrathecal drugs on a vinca's
    minibag_ml: str = ""  # "25 mL" for a vinca alkaloid
    minibag_source: str = ""
    route_choice: str = ""  # the order leaves the route open: what it says
    route_signed: bool = False  # and the prescriber signs the one of this sheet
    warnings: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()  # questions with a box for yes and one for no
    hours: str = ""  # of a drug that follows another one: its times, or what is missing of them
    planned_hours: tuple[tuple[int, datetime], ...] = ()  # of this day, where they are known
    # of each planned hour "summer time" or "winter time" in the hour that comes twice, else ""
    planned_halves: tuple[str, ...] = ()
    settled: tuple[SettledDose, ...] = ()  # of the doses of this day: those on record
    next_days: tuple[date, ...] = ()  # the next days of the same drugs by this route


class Label(Struct, frozen=True):
    """The label of one preparation, 62 by 29 mm; as many as the day has doses left."""

    head: PaperHead
    kind: LabelKind
    family: str
    given: str
    hospital_number: str
    born: date
    drug: str
    final: str
    route: str
    volume: str  # "in 3 mL", "25 mL bag", "" where the pharmacy states it
    course: str
    day: int
    on: date
    count: int  # of preparations for this day
    study_number: str  # in the square code, which names no infant
    dose_id: int  # the number of the dose's order, in the square code
    finish_by: datetime | None = None  # of a vial whose clock runs
    made_at: datetime | None = None
    minutes: int | None = None
    rhythm: str = ""  # "ONCE A WEEK" of a drug by mouth that is given weekly
    lasts: str = ""  # "over 24 hours" of an infusion that never stops
    finish_hour: str = ""  # "summer time", "winter time" where the hour comes twice; else ""
    # of each preparation its time, "at 16:30", "02:30 summer"; empty where it is written by hand
    hours: tuple[str, ...] = ()
    # of each preparation which dose of the day it is, "H48" or "T2", as its codes name it
    parts: tuple[str, ...] = ()
    settled: tuple[SettledDose, ...] = ()  # those on record: no label is drawn of them
    over: tuple[
        int, ...
    ] = ()  # those whose time is over, after midnight: none is drawn of them either
