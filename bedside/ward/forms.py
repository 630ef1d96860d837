"""What a person hands in: plain, typed forms, checked by the ward before anything is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.units.quantities import Anc, BodyLength, BodyWeight, Haemoglobin, Platelets, WhiteCells
from bedside.ward.views.toxicity import Attributed, Judged

State = Literal["done", "not done", "pending", "unusable"]


class NewInfant(Struct, frozen=True):
    """A new infant and the protocol she enters."""

    family: str
    given: str
    sex: Literal["f", "m"]
    born: date
    gestation_days: int | None
    hospital_number: str
    bed: str
    allergies: str
    line: str
    protocol_key: str
    study_number: str
    diagnosed_on: date
    diagnosis: str
    kmt2a: Literal["rearranged", "germline", "not-evaluable", "unknown"]
    consent: Literal["yes", "no", "unknown"]
    induction_day_1: date | None
    b_lymphoblastic_percent: Decimal | None = None  # where the lineage is ambiguous
    # answers to what no record can tell, by the key of the entry rule: "yes", "no" or "unknown"
    answers: tuple[tuple[str, Literal["yes", "no", "unknown"]], ...] = ()
    ctcae: str = ""  # the version every grade of hers is by; "" takes the site's


class NewSize(Struct, frozen=True):
    """A weight, with or without a length."""

    weight: BodyWeight
    length: BodyLength | None
    measured_at: datetime
    unusual_reason: str = ""
    second_person: str = ""  # who read the scale, too, where one person alone is refused


class EnteredCount(Struct, frozen=True):
    """One value of a blood count as typed, or why there is none; limits of normal in its unit."""

    typed: str = ""  # the number alone
    unit: str = ""  # its name in the laboratory's list
    comparator: Literal["", "<", ">"] = ""
    reason: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


class NewCounts(Struct, frozen=True):
    """A full blood count as typed. A value and its state agree: only "done" carries a value."""

    taken_at: datetime
    specimen: str
    wbc: WhiteCells | None
    wbc_state: State
    neutrophils_percent: Decimal | None
    bands_percent: Decimal | None
    lymphocytes_percent: Decimal | None
    monocytes_percent: Decimal | None
    other_percent: Decimal | None
    blasts_percent: Decimal | None
    anc: Anc | None  # the analyser's own; None: worked out from the differential
    anc_state: State
    platelets: Platelets | None
    platelets_state: State
    haemoglobin: Haemoglobin | None
    haemoglobin_state: State
    unusual_reason: str = ""
    laboratory: str = ""
    # by "wbc", "anc", "platelets" and "haemoglobin"; what is left out was not typed
    entered: Mapping[str, EnteredCount] = {}
    # where the analyser's ANC and the worked-out one contradict each other: which counts, and why
    anc_counts: Literal["", "analyser", "worked out"] = ""
    anc_because: str = ""


class Judgement(Struct, frozen=True):
    """What a person judges of a toxicity beside its grade; what is left out is not assessed.

    ``course_key`` None takes course and day from the plan; "" is before the first course.
    """

    causes: tuple[Attributed, ...] = ()
    expected: Judged = "not assessed"
    serious: Judged = "not assessed"
    serious_why: str = ""
    action: str = ""
    comment: str = ""
    course_key: str | None = None
    course_day: int | None = None


class NewToxicity(Struct, frozen=True):
    """A toxicity entered by hand; ``gone_on`` for one that is over already."""

    term: str
    grade: int  # 1 to 5
    onset: date
    attribution: str  # cause and step in one text; "" where ``judged`` says it
    comment: str
    judged: Judgement = Judgement()
    gone_on: date | None = None
    own_words: bool = False  # marked as no CTCAE term, in the ward's own words


class SiteForm(Struct, frozen=True):
    """The site's settings of this issue; empty text means "not entered"."""

    site_name: str
    ward_name: str
    kind: Literal["tertiary", "shared-care", "unknown"]
    weight_age_days: int
    count_age_hours: int
    bsa_formula: str
    decimal_mark: Literal[".", ","]
    contacts: tuple[tuple[str, str, str], ...]  # role, name, number
    time_zone: str = ""  # by name; "" leaves it to the workstation
    idle_minutes: int = 3  # until the screen is locked, in a ward with people
    block_days: str = ""  # days lost in an azacitidine block: "later", "left out"; "" not ruled
    check_hours: int = 0  # how long a matched second check holds; 0: on its own day
    ctcae: str = "5.0"  # the version for infants who are enrolled from now on
