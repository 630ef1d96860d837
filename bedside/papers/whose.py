"""Whose a paper is, as words: for the papers that stand on the whole record and not on one dose."""

from datetime import date
from typing import Literal

from msgspec import Struct


class Whose(Struct, frozen=True):
    """The patient box; what is not known says "unknown"."""

    family: str
    given: str
    sex: Literal["female", "male"]
    born: date
    hospital_number: str
    study_number: str
    protocol: str
    gene: str  # "KMT2A rearranged"
    allergies: str
    line: str


class AsOf(Struct, frozen=True):
    """What is said of the day of printing; it changes by itself and makes no paper out of date."""

    today: date
    age_words: str  # "27w 1d, 190 days, 6 months"
    where: str  # "Consolidation, day 26"
    weight: str  # "6.5 kg, 19‑Nov‑2026"
    length: str = ""
