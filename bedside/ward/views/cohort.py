"""The cohort page: who is evaluable, who had a DLT, the rate with its interval, the stopping boundary."""

from datetime import date

from msgspec import Struct

from bedside.ward.views.marks import DltState


class StateCount(Struct, frozen=True):
    """How many infants are in a state."""

    state: DltState
    words: str
    infants: int


class CohortInfant(Struct, frozen=True):
    """One infant of the cohort, by study number; ``words`` is the toxicity, the reason, or the day."""

    infant_id: int
    study_number: str
    state: DltState
    words: str
    on: date | None
    due: int


class CohortLine(Struct, frozen=True):
    """A course or a term: infants with a toxicity in the period, toxicities asked about, infants with a DLT."""

    name: str
    infants: int
    asked: int
    counted: int


class Point(Struct, frozen=True):
    """After so many evaluable infants, in the order of their periods' ends: so many with a DLT."""

    evaluable: int
    with_dlt: int
    study_number: str
    on: date


class CohortView(Struct, frozen=True):
    """The whole page; texts are finished."""

    protocol: str
    today: date
    total: int
    states: tuple[StateCount, ...]
    evaluable: int
    with_dlt: int
    rate_words: str  # "2 of 31 = 6.5 %", "" while nobody is evaluable
    interval_words: str  # "exact 95 % interval 0.8 to 21.4 %"
    interval: tuple[str, str, str]  # share, low, high in per cent; empty texts while there is none
    due: int
    infants: tuple[CohortInfant, ...]
    courses: tuple[CohortLine, ...]
    terms: tuple[CohortLine, ...]
    points: tuple[Point, ...]
    boundary: tuple[tuple[int, int], ...]  # so many evaluable, least with a DLT that stops
    boundary_most: int  # infants that the stopping rule looks at
    boundary_words: str
    boundary_state: str  # "10 more to stop", "REACHED at 9 evaluable", ""
    rule_title: str
    rule_lines: tuple[str, ...]
    own_rule: bool
    troubles: tuple[str, ...]
