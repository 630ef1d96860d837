"""What the store keeps, one frozen record per row: field names are the column names.

Every record carries who recorded it and when; a voided row keeps its values and says who
voided it, when and why. Nothing here is ever changed in place.
"""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

STANDING = "voided_at IS NULL"
VOID_COLUMNS = ("voided_at", "voided_by", "void_reason")


class Record(Struct, frozen=True, kw_only=True):
    """The columns that every clinical row has."""

    id: int
    recorded_at: datetime
    recorded_by: str
    voided_at: datetime | None = None
    voided_by: str | None = None
    void_reason: str | None = None


class Infant(Record, frozen=True, kw_only=True):
    """One infant. ``line`` is the kind of central line, "" when unknown."""

    family: str
    given: str
    sex: str  # "f" or "m"
    born: date
    gestation_days: int | None  # stored and shown, never used silently
    hospital_number: str
    bed: str
    allergies: str
    line: str


class Enrolment(Record, frozen=True, kw_only=True):
    """An infant's entry on one edition of one protocol."""

    infant_id: int
    protocol_key: str
    edition: str
    protocol_digest: str
    study_number: str
    diagnosed_on: date
    enrolled_on: date
    diagnosis: str  # "B-ALL", "mixed phenotype" …
    kmt2a: str  # "rearranged", "germline", "not-evaluable" or "unknown"
    kmt2a_on: date | None
    arm: str
    ctcae: str  # "4.03", "5.0" or "6.0": pinned here


class Measurement(Record, frozen=True, kw_only=True):
    """A weight, with or without a length. ``unusual_reason`` where it was outside the usual."""

    infant_id: int
    measured_at: datetime
    weight_g: int
    length_mm: int | None
    unusual_reason: str


class BloodCount(Record, frozen=True, kw_only=True):
    """A full blood count. Each state is "done", "not done", "pending" or "unusable".

    Of each measure also, as entered: ``typed`` is the number as it was typed, ``unit`` its unit,
    ``comparator`` "<" or ">", ``reason`` why there is no value, ``low`` and ``high`` the
    laboratory's own limits of normal in that unit. None: not given; a number without a unit was
    kept before units were, as per µL or g/L. A value with a comparator is a bound, not the count.
    """

    infant_id: int
    taken_at: datetime
    specimen: str
    wbc_state: str
    wbc_per_ul: int | None
    neutrophils_percent: Decimal | None
    bands_percent: Decimal | None
    lymphocytes_percent: Decimal | None
    monocytes_percent: Decimal | None
    other_percent: Decimal | None
    blasts_percent: Decimal | None
    anc_state: str
    anc_per_ul: int | None
    anc_source: str  # "worked out", "analyser" or ""
    platelets_state: str
    platelets_per_ul: int | None
    haemoglobin_state: str
    haemoglobin_tenths_g_per_l: int | None
    unusual_reason: str
    laboratory: str | None = None
    wbc_typed: str | None = None
    wbc_unit: str | None = None
    wbc_comparator: str | None = None
    wbc_reason: str | None = None
    wbc_low: Decimal | None = None
    wbc_high: Decimal | None = None
    anc_typed: str | None = None
    anc_unit: str | None = None
    anc_comparator: str | None = None
    anc_reason: str | None = None
    anc_low: Decimal | None = None
    anc_high: Decimal | None = None
    platelets_typed: str | None = None
    platelets_unit: str | None = None
    platelets_comparator: str | None = None
    platelets_reason: str | None = None
    platelets_low: Decimal | None = None
    platelets_high: Decimal | None = None
    haemoglobin_typed: str | None = None
    haemoglobin_unit: str | None = None
    haemoglobin_comparator: str | None = None
    haemoglobin_reason: str | None = None
    haemoglobin_low: Decimal | None = None
    haemoglobin_high: Decimal | None = None


class Toxicity(Record, frozen=True, kw_only=True):
    """A toxicity of the log; its grades are rows of their own."""

    infant_id: int
    term: str
    ctcae: str
    onset: date
    attribution: str
    comment: str


class ToxicityGrade(Record, frozen=True, kw_only=True):
    """A grade from a day on; grade 0 means resolved on that day."""

    toxicity_id: int
    infant_id: int
    grade: int
    from_on: date


class StartAnswer(Record, frozen=True, kw_only=True):
    """A person's answer to a question of a start rule, e.g. ``toxicity-resolved``: yes or no."""

    infant_id: int
    course_key: str
    question: str
    answer: str
    answered_at: datetime


class CourseStart(Record, frozen=True, kw_only=True):
    """Day 1 of a course, as it happened."""

    infant_id: int
    course_key: str
    day_1: date
    note: str


class Hold(Record, frozen=True, kw_only=True):
    """A hold of a course or of one drug in it; ``until_on`` is the last held day."""

    infant_id: int
    course_key: str
    drug: str  # "" holds the whole course
    from_on: date
    until_on: date | None
    reason: str


class DoseRecord(Record, frozen=True, kw_only=True):
    """A dose: prepared, running, given, or lost. ``amount_ug`` in micrograms (or milli-units).

    Of a drug that is given several times a day a record is one of them: at which ``hour`` since the
    other drug began, or else its number that day, ``turn``. A record with neither is the whole day.
    """

    infant_id: int
    course_key: str
    course_day: int
    due_on: date
    drug: str
    route: str
    state: str  # "vial running", "given", "not given" or "vial lost"
    amount_ug: int | None
    measurement_id: int | None
    reconstituted_at: datetime | None
    infusion_minutes: int | None
    started_at: datetime | None
    finished_at: datetime | None
    note: str
    hour: int | None = None
    turn: int | None = None


class Print(Record, frozen=True, kw_only=True):
    """A printed paper: what stood on it, and how to know it again."""

    infant_id: int
    kind: str  # one of `print_table.PAPER_KINDS`
    course_key: str  # "" for a paper of the whole infant
    sheet_number: str
    copy: int
    code: str
    facts: str  # the facts on the paper, canonical JSON
    facts_digest: str
    audit_head: str
    valid_until: datetime
    file_name: str
    file_digest: str
    course_day: int | None = None  # of a paper for one administration: its day, route and drug
    route: str | None = None
    drug: str | None = None  # absent on a sheet of every intrathecal drug of a day
    reprint_reason: str | None = None  # why it was printed again; absent on a first copy


class SiteSetting(Record, frozen=True, kw_only=True):
    """One setting of the site; a new value voids the row before it."""

    key: str
    value: str


class Identity(Record, frozen=True, kw_only=True):
    """Who an infant is, corrected: it stands in the place of what `Infant` first said."""

    infant_id: int
    family: str
    given: str
    sex: str  # "f" or "m"
    born: date
    gestation_days: int | None
    hospital_number: str
    bed: str
    allergies: str
    line: str
    reason: str


class Task(Record, frozen=True, kw_only=True):
    """Something due at a time that no protocol file plans (a dressing, a review)."""

    infant_id: int
    due_at: datetime
    text: str
    site_value: bool
    done_at: datetime | None


class Titration(Record, frozen=True, kw_only=True):
    """A decision on one drug by mouth in Maintenance: the dose in force from a day on.

    ``percent_tenths`` of the dose begun with (1000 is 100 %, 0 stops), ``amount_ug`` micrograms;
    at least one of them. ``proposal`` is what the rule proposed, as it was shown, "" where none was.
    """

    infant_id: int
    drug: str
    from_on: date
    percent_tenths: int | None
    amount_ug: int | None
    decision: str  # "accepted", "overridden" or "recorded"
    reason: str  # needed where a proposal was overridden
    proposal: str
    rule: str  # the rule's own words, "" where none was
