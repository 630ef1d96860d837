"""The table of corrected identities: who an infant is, where her first record of it was wrong."""

from sqlalchemy import Table

from bedside.store.columns import clinical, infant, on_day, once, whole, words
from bedside.store.rules import day, one_of, within, written

IDENTITY: Table = clinical(
    "identity",
    infant(),
    words("family"),
    words("given"),
    words("sex"),
    on_day("born"),
    whole("gestation_days", optional=True),
    words("hospital_number"),
    words("bed"),
    words("allergies"),
    words("line"),
    words("reason"),
    written("family", "An infant needs a family name."),
    written("hospital_number", "An infant needs a hospital number."),
    written("reason", "A correction needs its reason."),
    one_of("sex", "f", "m"),
    day("born"),
    within("gestation_days", 140, 330, "Gestation is from 140 to 330 days."),
    once("identity", "infant_id"),
)
