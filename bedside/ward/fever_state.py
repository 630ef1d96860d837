"""What an infant's temperatures, counts and vital signs mean now: the facts for the rules of fever."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from bedside.clinical.fever import FeverState, Neutrophils, judge_fever
from bedside.clinical.fever_rules import (
    FeverBook,
    Site,
    read_fever_book,
    shipped_fever_book,
)
from bedside.clinical.fever_temperature import TemperatureReading
from bedside.clinical.vital_signs import CHOICES, NAMES, Kind
from bedside.clinical.vital_signs_bands import LIMITED, Usual, judge_usual, shipped_vital_book
from bedside.store.fever_records import VitalSign
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.store.ward_file import Reader
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import newest
from bedside.ward.standing import projection_of
from bedside.ward.ward import Ward

DEFINITION, OWN_RULES = "fever_definition", "fever_rules"  # settings of the site
_STEROID_LANE = "steroid"
STEROID_DAYS = 7  # [judgement] a steroid of the last week can still mask a fever
_TROUBLED: tuple[Kind, ...] = ("avpu", "pupils", "unwell")


def settings_of(connection: Reader) -> tuple[FeverBook, str]:
    """The definitions in force here, and the site's choice ("" is the default)."""
    rows = {row.key: row.value for row in all_of(connection, SiteSetting)}
    own = rows.get(OWN_RULES, "")
    book = read_fever_book(own, "the site's own definitions") if own else shipped_fever_book()
    return book, rows.get(DEFINITION, "")


def readings_of(ward: Ward, rows: Sequence[VitalSign]) -> tuple[TemperatureReading, ...]:
    """The temperatures among vital signs."""
    return tuple(
        TemperatureReading(
            ward.local(row.taken_at), Decimal(row.value_hundredths) / 100, cast(Site, row.word)
        )
        for row in rows
        if row.kind == "temperature" and row.value_hundredths is not None
    )


def neutrophils_of(ward: Ward, facts: InfantFacts, now: datetime) -> Neutrophils:
    """The count that still holds, or why there is none."""
    seen = newest(ward, facts, "anc", now)
    return Neutrophils(seen.value, seen.at, None, seen.why_unknown)


def state_of(
    ward: Ward,
    facts: InfantFacts,
    rows: Sequence[VitalSign],
    settings: tuple[FeverBook, str],
    now: datetime,
) -> FeverState:
    """Judge fever and neutropenia as of now."""
    book, key = settings
    return judge_fever(
        book,
        key,
        readings_of(ward, rows),
        neutrophils_of(ward, facts, now),
        now,
        signs=signs_of_illness(ward, facts, rows, now),
        steroids=steroids_of(ward, facts, now.date()),
        mark=ward.decimal_mark,
    )


def steroids_of(ward: Ward, facts: InfantFacts, today: date) -> bool | None:
    """Whether a steroid is planned or recorded in the last days; None where days are not known."""
    first = today - timedelta(days=STEROID_DAYS)
    steroids = {key for key, drug in ward.drugs.drugs.items() if drug.lane == _STEROID_LANE}
    given = any(
        row.drug in steroids and row.state == "given" and first <= row.due_on <= today
        for row in facts.doses
        if row.route != "IT"
    )
    planned = any(
        dose.drug in steroids and first <= dose.on <= today and dose.route != "IT"
        for course in projection_of(ward, facts).courses
        if facts.start_of(course.key) is not None
        for dose in course.doses
    )
    if given or planned:
        return True
    return False if facts.starts else None


def signs_of_illness(
    ward: Ward, facts: InfantFacts, rows: Sequence[VitalSign], now: datetime
) -> tuple[str, ...]:
    """What in the newest vital signs is not as usual, in words; fast breathing alone included."""
    found = []
    for row in newest_signs(rows, now):
        usual = usual_of(ward, facts, row)
        if usual is not None and usual.side in ("low", "high"):
            found.append(f"{NAMES[cast(Kind, row.kind)]} {usual.words}")
        elif row.kind in _TROUBLED and row.word not in ("", CHOICES[row.kind][0]):
            words = {"unwell": NAMES["unwell"]}.get(row.kind, f"{NAMES[row.kind]}: {row.word}")
            found.append(words)
    return tuple(found)


def newest_signs(
    rows: Sequence[VitalSign], now: datetime, hours: int = 24
) -> tuple[VitalSign, ...]:
    """The newest recorded value of each vital sign of the last hours."""
    newest_of: dict[str, VitalSign] = {}
    for row in sorted(rows, key=lambda one: one.taken_at):
        if row.state == "done" and now - timedelta(hours=hours) <= row.taken_at <= now:
            newest_of[row.kind] = row
    return tuple(newest_of.values())


def usual_of(ward: Ward, facts: InfantFacts, row: VitalSign) -> Usual | None:
    """A vital sign beside the bands of the age; None for one without bands."""
    if row.kind not in LIMITED or row.value_hundredths is None:
        return None
    for kind in LIMITED:
        if kind == row.kind:
            return judge_usual(
                shipped_vital_book(),
                kind,
                Decimal(row.value_hundredths) / 100,
                facts.infant.born,
                ward.local(row.taken_at).date(),
                mark=ward.decimal_mark,
            )
    return None
