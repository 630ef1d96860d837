"""The tables of a ward's file: what one row of each may hold.

Decision: SQLAlchemy Core tables and frozen records, no ORM: a save through the ORM costs half as
much again, and objects that change in place are what a record of care must not be. The tables
describe the newest schema; files are only ever made and changed by the steps in `migrations/`, and
a test holds the two equal.
"""

from sqlalchemy import Column, Index, Table, UniqueConstraint

from bedside.store.asked_table import ROUND_ASKED
from bedside.store.check_tables import CHECK_TABLES
from bedside.store.columns import (
    at_time,
    clinical,
    exact,
    infant,
    metadata,
    of_same_infant,
    on_day,
    once,
    whole,
    words,
    yes_no,
)
from bedside.store.commission_tables import COMMISSION_TABLES
from bedside.store.count_columns import ENTERED_COLUMNS, ENTERED_RULES
from bedside.store.dlt_tables import DLT_TABLES
from bedside.store.dose_tables import DOSE_TABLES
from bedside.store.fever_tables import FEVER_TABLES
from bedside.store.handover_tables import HANDOVER_TABLES
from bedside.store.identity_table import IDENTITY
from bedside.store.infusion_tables import INFUSION_TABLES
from bedside.store.kept_table import KEPT_TABLES
from bedside.store.kinds import Whole
from bedside.store.laboratory_records import LabResult
from bedside.store.laboratory_table import LAB_RESULT
from bedside.store.opening_table import OPENING_TABLES
from bedside.store.people_tables import PEOPLE_TABLES
from bedside.store.print_table import PRINT
from bedside.store.records import (
    BloodCount,
    CourseStart,
    DoseRecord,
    Enrolment,
    Hold,
    Identity,
    Infant,
    Measurement,
    Print,
    Record,
    SiteSetting,
    StartAnswer,
    Task,
    Toxicity,
    ToxicityGrade,
)
from bedside.store.restored_tables import RESTORED_TABLES
from bedside.store.risk_tables import RISK_TABLES
from bedside.store.rules import (
    day,
    digest,
    one_of,
    percent,
    rule,
    utc,
    valued_when_done,
    within,
    written,
)
from bedside.store.signature_tables import SIGNATURE_TABLES
from bedside.store.titration_table import TITRATION_TABLES
from bedside.store.toxicity_records import RoundAsked
from bedside.store.toxicity_tables import TOXICITY_TABLES
from bedside.store.turn_columns import of_the_day, once_of_the_day

STATES = ("done", "not done", "pending", "unusable")
CTCAE_VERSIONS = ("4.03", "5.0", "6.0")
MOST_CELLS_PER_UL = 10_000_000
_PERCENTS = (
    "neutrophils_percent", "bands_percent", "lymphocytes_percent", "monocytes_percent",
    "other_percent", "blasts_percent",
)  # fmt: skip

TABLES: dict[type[Record], Table] = {
    Infant: clinical(
        "infant",
        words("family"),
        words("given"),
        words("sex"),
        on_day("born"),
        whole("gestation_days", optional=True),
        words("hospital_number"),
        words("bed"),
        words("allergies"),
        words("line"),
        written("family", "An infant needs a family name."),
        written("hospital_number", "An infant needs a hospital number."),
        one_of("sex", "f", "m"),
        day("born"),
        within("gestation_days", 140, 330, "Gestation is from 140 to 330 days."),
        once("infant", "hospital_number"),
    ),
    Enrolment: clinical(
        "enrolment",
        infant(),
        words("protocol_key"),
        words("edition"),
        words("protocol_digest"),
        words("study_number"),
        on_day("diagnosed_on"),
        on_day("enrolled_on"),
        words("diagnosis"),
        words("kmt2a"),
        on_day("kmt2a_on", optional=True),
        words("arm"),
        words("ctcae"),
        written("protocol_key", "An enrolment needs its protocol."),
        day("diagnosed_on"),
        day("enrolled_on"),
        day("kmt2a_on"),
        one_of("kmt2a", "rearranged", "germline", "not-evaluable", "unknown"),
        one_of("ctcae", *CTCAE_VERSIONS),
    ),
    Measurement: clinical(
        "measurement",
        infant(),
        at_time("measured_at"),
        whole("weight_g"),
        whole("length_mm", optional=True),
        words("unusual_reason"),
        utc("measured_at"),
        within("weight_g", 500, 30_000, "A weight is from 500 g to 30 000 g (0.5 kg to 30 kg)."),
        within("length_mm", 200, 1500, "A length is from 200 mm to 1500 mm (20 cm to 150 cm)."),
        UniqueConstraint("id", "infant_id"),
        once("measurement", "infant_id", "measured_at"),
    ),
    BloodCount: clinical(
        "blood_count",
        infant(),
        at_time("taken_at"),
        words("specimen"),
        words("wbc_state"),
        whole("wbc_per_ul", optional=True),
        tuple(exact(name) for name in _PERCENTS),
        words("anc_state"),
        whole("anc_per_ul", optional=True),
        words("anc_source"),
        words("platelets_state"),
        whole("platelets_per_ul", optional=True),
        words("haemoglobin_state"),
        whole("haemoglobin_tenths_g_per_l", optional=True),
        words("unusual_reason"),
        ENTERED_COLUMNS,
        ENTERED_RULES,
        utc("taken_at"),
        tuple(percent(name) for name in _PERCENTS),
        tuple(one_of(f"{name}_state", *STATES) for name in ("wbc", "anc", "platelets")),
        one_of("haemoglobin_state", *STATES),
        one_of("anc_source", "worked out", "analyser", ""),
        rule(
            "anc_source_when_done",
            "(anc_state = 'done') = (anc_source <> '')",
            "An ANC says whether it was worked out or came from the analyser.",
        ),
        tuple(
            check
            for name, title in (
                ("wbc", "White cells"),
                ("anc", "ANC"),
                ("platelets", "Platelets"),
            )
            for check in (
                within(
                    f"{name}_per_ul",
                    0,
                    MOST_CELLS_PER_UL,
                    f"{title}: from 0 to 10 million per µL.",
                ),
                valued_when_done(
                    f"{name}_state",
                    f"{name}_per_ul",
                    f"{title}: a value belongs to the state done, and to no other.",
                ),
            )
        ),
        within("haemoglobin_tenths_g_per_l", 0, 4000, "Haemoglobin is from 0 to 400 g/L."),
        valued_when_done(
            "haemoglobin_state",
            "haemoglobin_tenths_g_per_l",
            "Haemoglobin: a value belongs to the state done, and to no other.",
        ),
        once("blood_count", "infant_id", "taken_at", "specimen"),
    ),
    Toxicity: clinical(
        "toxicity",
        infant(),
        words("term"),
        words("ctcae"),
        on_day("onset"),
        words("attribution"),
        words("comment"),
        written("term", "A toxicity needs its term."),
        one_of("ctcae", *CTCAE_VERSIONS),
        day("onset"),
        UniqueConstraint("id", "infant_id"),
    ),
    ToxicityGrade: clinical(
        "toxicity_grade",
        whole("toxicity_id"),
        infant(),
        whole("grade"),
        on_day("from_on"),
        of_same_infant("toxicity_id", "toxicity"),
        within("grade", 0, 5, "A grade is from 0 (resolved) to 5."),
        day("from_on"),
    ),
    StartAnswer: clinical(
        "start_answer",
        infant(),
        words("course_key"),
        words("question"),
        words("answer"),
        at_time("answered_at"),
        written("course_key", "An answer belongs to a course."),
        written("question", "An answer belongs to a question."),
        one_of("answer", "yes", "no"),
        utc("answered_at"),
    ),
    CourseStart: clinical(
        "course_start",
        infant(),
        words("course_key"),
        on_day("day_1"),
        words("note"),
        written("course_key", "A start belongs to a course."),
        day("day_1"),
        once("course_start", "infant_id", "course_key"),
        Index("uq_course_start_id_infant_id", "id", "infant_id", unique=True),
    ),
    **OPENING_TABLES,
    Hold: clinical(
        "hold",
        infant(),
        words("course_key"),
        words("drug"),
        on_day("from_on"),
        on_day("until_on", optional=True),
        words("reason"),
        written("course_key", "A hold belongs to a course."),
        written("reason", "A hold needs its reason."),
        day("from_on"),
        day("until_on"),
        rule("hold_order", "until_on >= from_on", "A hold ends on its first day or later."),
    ),
    DoseRecord: clinical(
        "dose_record",
        infant(),
        words("course_key"),
        whole("course_day"),
        on_day("due_on"),
        words("drug"),
        words("route"),
        words("state"),
        whole("amount_ug", optional=True),
        whole("measurement_id", optional=True),
        at_time("reconstituted_at", optional=True),
        whole("infusion_minutes", optional=True),
        at_time("started_at", optional=True),
        at_time("finished_at", optional=True),
        words("note"),
        *of_the_day(),
        of_same_infant("measurement_id", "measurement"),
        written("course_key", "A dose belongs to a course."),
        written("drug", "A dose needs its drug."),
        written("route", "A dose needs its route."),
        within("course_day", 1, 9999, "A course begins with day 1."),
        day("due_on"),
        one_of("state", "vial running", "given", "not given", "vial lost"),
        rule("amount_ug_bounds", "amount_ug > 0", "An amount of a drug is more than nothing."),
        within("infusion_minutes", 1, 1440, "An infusion takes from 1 minute to a day."),
        utc("reconstituted_at"),
        utc("started_at"),
        utc("finished_at"),
        rule(
            "vial_clock",
            "state <> 'vial running' "
            "OR (reconstituted_at IS NOT NULL AND infusion_minutes IS NOT NULL)",
            "A running vial has its time of reconstitution and the length of its infusion.",
        ),
        rule(
            "dose_order",
            "started_at >= reconstituted_at AND finished_at >= started_at",
            "A vial is reconstituted first, then the infusion starts, then it ends.",
        ),
        *once_of_the_day("dose_record", "state NOT IN ('vial lost', 'not given')"),
        Index("uq_dose_record_id_infant_id", "id", "infant_id", unique=True),
    ),
    Print: PRINT,
    SiteSetting: clinical(
        "site_setting",
        words("key"),
        words("value"),
        written("key", "A setting needs its name."),
        once("site_setting", "key"),
    ),
    Task: clinical(
        "task",
        infant(),
        at_time("due_at"),
        words("text"),
        yes_no("site_value"),
        at_time("done_at", optional=True),
        written("text", "Say what is to be done."),
        utc("due_at"),
        utc("done_at"),
        rule("site_value_bool", "site_value IN (0, 1)", "site_value is true or false."),
    ),
    **COMMISSION_TABLES,
    **TITRATION_TABLES,
    Identity: IDENTITY,
    RoundAsked: ROUND_ASKED,
    LabResult: LAB_RESULT,
    **RISK_TABLES,
    **DLT_TABLES,
    **TOXICITY_TABLES,
    **FEVER_TABLES,
    **DOSE_TABLES,
    **INFUSION_TABLES,
    **PEOPLE_TABLES,
    **SIGNATURE_TABLES,
    **CHECK_TABLES,
    **HANDOVER_TABLES,
    **RESTORED_TABLES,
    **KEPT_TABLES,
}

AUDIT = Table(
    "audit",
    metadata,
    Column("seq", Whole, primary_key=True),
    at_time("at"),
    words("who"),
    words("act"),
    words("table_name"),
    whole("row_id"),
    words("operation"),
    words("content"),
    words("previous_hash"),
    words("hash"),
    rule("seq_counted", "seq >= 1", "Audit rows are counted from 1."),
    utc("at"),
    written("who", "Who is doing this? An act needs a name."),
    written("act", "An act needs its name."),
    one_of("operation", "add", "void", "upgrade"),
    digest("previous_hash"),
    digest("hash"),
    Index("ix_audit_table_name_row_id", "table_name", "row_id"),
    sqlite_strict=True,
)

WARD = Table(
    "ward",
    metadata,
    Column("id", Whole, primary_key=True),
    words("ward_id"),
    at_time("created_at"),
    yes_no("demonstration"),
    words("schema_version"),
    words("schema_digest"),
    rule("one_ward", "id = 1", "A file holds one ward."),
    written("ward_id", "A ward has its own number."),
    utc("created_at"),
    rule("demonstration_bool", "demonstration IN (0, 1)", "demonstration is true or false."),
    digest("schema_digest"),
    sqlite_strict=True,
)
