"""The tables of vital signs and fevers; each row is voided, never changed."""

from sqlalchemy import Table, UniqueConstraint

from bedside.store.columns import (
    at_time,
    clinical,
    infant,
    of_same_infant,
    on_day,
    once,
    whole,
    words,
)
from bedside.store.fever_records import (
    FallExpected,
    FeverAct,
    FeverEpisode,
    FeverRule,
    VitalSign,
)
from bedside.store.records import Record
from bedside.store.rules import day, digest, one_of, rule, utc, within, written

KINDS = (
    "temperature", "heart-rate", "breaths", "systolic", "diastolic", "mean-pressure", "spo2",
    "fio2", "gcs", "refill", "urine", "vasoactives", "support", "avpu", "pupils", "unwell",
)  # fmt: skip
ACTS = ("antibiotics", "blood culture", "culture result", "called", "closed")
_SITES = "word IN ('axillary', 'oral', 'tympanic', 'rectal')"

FEVER_TABLES: dict[type[Record], Table] = {
    VitalSign: clinical(
        "vital_sign",
        infant(),
        at_time("taken_at"),
        words("kind"),
        words("state"),
        whole("value_hundredths", optional=True),
        words("word"),
        words("typed"),
        words("unusual_reason"),
        utc("taken_at"),
        one_of("kind", *KINDS),
        one_of("state", "done", "not done", "unusable"),
        within("value_hundredths", 0, 100_000, "A vital sign is from 0 to 1000."),
        rule(
            "said_when_done",
            "(state = 'done') = (value_hundredths IS NOT NULL OR word <> '')",
            "A value belongs to the state done, and to no other.",
        ),
        rule(
            "body_temperature",
            "kind <> 'temperature' OR state <> 'done' OR (value_hundredths IS NOT NULL "
            f"AND value_hundredths BETWEEN 2500 AND 4500 AND {_SITES})",
            "A temperature is from 25 to 45 °C, and says where it was taken.",
        ),
        UniqueConstraint("id", "infant_id"),
        once("vital_sign", "infant_id", "taken_at", "kind"),
    ),
    FeverEpisode: clinical(
        "fever_episode",
        infant(),
        at_time("first_fever_at"),
        words("because"),
        words("definition"),
        whole("minutes"),
        whole("vital_sign_id", optional=True),
        of_same_infant("vital_sign_id", "vital_sign"),
        utc("first_fever_at"),
        written("because", "Say why the clock is started."),
        within("minutes", 1, 240, "Antibiotics are due within 1 to 240 minutes."),
        UniqueConstraint("id", "infant_id"),
        once("fever_episode", "infant_id", "first_fever_at"),
    ),
    FeverAct: clinical(
        "fever_act",
        whole("episode_id"),
        infant(),
        words("kind"),
        at_time("at"),
        words("words"),
        of_same_infant("episode_id", "fever_episode"),
        one_of("kind", *ACTS),
        utc("at"),
        written("words", "Say what was done, or who was called."),
        once("fever_act", "episode_id", among="kind = 'closed'"),
    ),
    FallExpected: clinical(
        "fall_expected",
        infant(),
        words("answer"),
        whole("below_per_ul"),
        whole("within_hours", optional=True),
        one_of("answer", "yes", "no", "not known"),
        within("below_per_ul", 1, 10_000, "A limit of the neutrophils is 1 to 10000 per µL."),
        within("within_hours", 1, 168, "A fall is expected within 1 to 168 hours."),
        once("fall_expected", "infant_id"),
    ),
    FeverRule: clinical(
        "fever_rule",
        words("title"),
        words("edition"),
        words("source"),
        on_day("dated"),
        words("content"),
        words("digest"),
        words("first_person"),
        words("second_person"),
        written("title", "A definition needs its name."),
        written("edition", "A definition needs its edition."),
        written("source", "A definition needs the document it stands in."),
        day("dated"),
        written("content", "A definition keeps its text."),
        digest("digest"),
        written("first_person", "Two people enter a definition."),
        rule(
            "two_people",
            "first_person <> second_person",
            "Two different people enter a definition.",
        ),
        once("fever_rule", "title", among="second_person <> ''"),
    ),
}
