"""What an infant's temperatures, counts and vital signs mean now: the facts for the rules of fever."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from msgspec import Struct

from bedside.clinical.fever import FeverState, Neutrophils, judge_fever
from bedside.clinical.fever_own import read_own, with_own
from bedside.clinical.fever_rules import FeverBook, FeverDefinition, Site, shipped_fever_book
from bedside.clinical.fever_temperature import TemperatureReading
from bedside.clinical.vital_signs import CHOICES, NAMES, Kind
from bedside.clinical.vital_signs_bands import LIMITED, Usual, judge_usual, shipped_vital_book
from bedside.store.fever_records import FeverRule, VitalSign
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.store.ward_file import Reader
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import newest
from bedside.ward.standing import projection_of
from bedside.ward.ward import Ward

DEFINITION = "fever_definition"  # a setting of the site
_STEROID_LANE = "steroid"
STEROID_DAYS = 7  # [judgement] a steroid of the last week can still mask a fever
_TROUBLED: tuple[Kind, ...] = ("avpu", "pupils", "unwell")


class FeverSettings(Struct, frozen=True):
    """The definitions in force here, the one that was chosen, and the site's own.

    Args:
        book: all definitions, the site's own among them where it has one.
        chosen: the choice a person made; None where the book's default holds.
        rule: the site's own, as two people entered it.
    """

    book: FeverBook
    chosen: SiteSetting | None = None
    rule: FeverRule | None = None

    @property
    def definition(self) -> FeverDefinition:
        """The definition that holds."""
        return self.book.find("" if self.chosen is None else self.chosen.value)


class FallAnswer(Struct, frozen=True):
    """Whether the neutrophils are expected to fall below the limit; None is not known.

    ``words`` say who answered and when, or why an answer no longer holds.
    """

    low: bool | None
    words: str = ""


FALL_NOT_ASKED = FallAnswer(None)


def settings_of(connection: Reader) -> FeverSettings:
    """The definitions in force here and the site's choice among them."""
    rule = next((row for row in all_of(connection, FeverRule) if row.second_person), None)
    book = shipped_fever_book() if rule is None else with_own(read_own(rule.content, rule.title))
    chosen = {row.key: row for row in all_of(connection, SiteSetting)}.get(DEFINITION)
    if chosen is not None and chosen.value not in book.choices():
        chosen = None
    return FeverSettings(book, chosen, rule)


def readings_of(ward: Ward, rows: Sequence[VitalSign]) -> tuple[TemperatureReading, ...]:
    """The temperatures among vital signs."""
    return tuple(
        TemperatureReading(
            ward.local(row.taken_at), Decimal(row.value_hundredths) / 100, cast(Site, row.word)
        )
        for row in rows
        if row.kind == "temperature" and row.value_hundredths is not None
    )


def neutrophils_of(ward: Ward, facts: InfantFacts, now: datetime, fall: FallAnswer) -> Neutrophils:
    """The count that still holds, or why there is none, and whether a fall is expected."""
    seen = newest(ward, facts, "anc", now)
    known = seen.bound if seen.value is None else seen.value
    return Neutrophils(known, seen.at, fall.low, seen.why_unknown, fall.words)


def state_of(
    ward: Ward,
    facts: InfantFacts,
    rows: Sequence[VitalSign],
    settings: FeverSettings,
    now: datetime,
    fall: FallAnswer = FALL_NOT_ASKED,
) -> FeverState:
    """Judge fever and neutropenia as of now."""
    return judge_fever(
        settings.book,
        settings.definition.key,
        readings_of(ward, rows),
        neutrophils_of(ward, facts, now, fall),
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


def sign_asked(rows: Sequence[VitalSign], now: datetime, hours: int = 24) -> tuple[VitalSign, ...]:
    """The newest row of each vital sign of the last hours that decides about its value.

    One that could not be used decides: its value is not known. One that was not done asks for
    nothing: the value before it stands, and where there is none, the row itself is returned.
    """
    found: dict[str, VitalSign] = {}
    for row in sorted(rows, key=lambda one: one.taken_at):
        if not now - timedelta(hours=hours) <= row.taken_at <= now:
            continue
        if row.state != "not done" or row.kind not in found:
            found[row.kind] = row
    return tuple(found.values())


def why_no_value(row: VitalSign) -> str:
    """Why a vital sign has no value: "unusable: movement"; "" where it has one."""
    if row.state == "done":
        return ""
    return f"{row.state}: {row.typed}" if row.typed else row.state


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
