"""The downtime sheets, finished and frozen: what a ward needs for 72 hours without Bedside."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from bedside.papers.mark import PaperMark

State = Literal["go", "stop", "unknown", "clock"]


class DowntimeLine(Struct, frozen=True):
    """One line with its mark: black disc and tick, octagon, dashed ring, or clock."""

    state: State
    name: str  # bold
    words: str


class DowntimeDose(Struct, frozen=True):
    """Something planned in the 72 hours; never an amount: this is no dosing sheet."""

    on: date
    drug: str
    route: str
    state: State
    note: str  # "held: …", "start rule not met", "" when nothing stands against it
    legend: str = ""  # of a vinca alkaloid: how it is given, and what kills
    on_record: str = ""  # "no dose on record up to 07:00": a later one may have been given
    at: datetime | None = None  # of a dose that is given at an hour counted from another drug
    hour: str = ""  # "hour 48"; "hour not known" where the other drug's beginning is not recorded
    turn: str = ""  # "dose 2 of 3" of a day, of a drug that has no hours
    half: str = ""  # "summer time", "winter time" where the hour comes twice; else ""


class DowntimeCount(Struct, frozen=True):
    """The last blood count: cells per microlitre, grams per litre, or what was not done."""

    taken_at: datetime
    white_cells: str
    anc: str
    platelets: str
    haemoglobin: str


class DowntimeInfant(Struct, frozen=True):
    """One infant's sheet."""

    family: str
    given: str
    sex: str
    born: date
    age_words: str
    bed: str
    hospital_number: str
    study_number: str
    weight: str
    weight_on: str  # when it was taken, "" for unknown
    length: str
    allergies: str
    line: str
    gene: str
    protocol: str
    where: str  # "Consolidation, day 26"
    standing: tuple[DowntimeLine, ...]  # the answer, holds, clocks, each part of the start rule
    dlt_open: bool
    doses: tuple[DowntimeDose, ...]
    intrathecal: tuple[date, ...]  # days with intrathecal drugs: on their own sheet only
    plan_note: str  # what the plan does not know
    count: DowntimeCount | None
    toxicities: tuple[str, ...]
    mark: PaperMark | None = None
    hour_notes: tuple[str, ...] = ()  # of drugs given at an hour: the rule, and when it began
    missing: bool = (
        False  # nothing of her could be worked out: a page says so in place of the sheet
    )
    ctcae: str = ""  # the version of her grades: "5.0"
    uncommissioned: tuple[str, ...] = ()  # courses whose numbers two people have not confirmed


class DowntimeSheets(Struct, frozen=True):
    """All sheets of a ward, one infant after the other."""

    site: str
    begins: datetime
    until: datetime
    last_saved: datetime | None
    next_at: datetime  # when the next ones are drawn
    printed_at: datetime
    printed_by: str
    audit_head: str
    program: str
    demonstration: bool
    emergency: str  # "" or which copy this was printed from
    contacts: tuple[tuple[str, str], ...]  # role and name; number
    infants: tuple[DowntimeInfant, ...]
    fever: str = ""  # what counts as fever here, in a sentence
    fever_minutes: int = 0  # in how many an antibiotic is due from the first fever; 0: not known
