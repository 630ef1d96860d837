"""All that is recorded about an infant, read in one go, so that every page judges the same facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from weakref import ref

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.model import Protocol
from bedside.protocol.site_values import SiteValues
from bedside.store.changed import infants_changed, newest_change
from bedside.store.dose_records import DoseBasis, DoseReduction, DoseShift
from bedside.store.fever_records import FeverAct, FeverEpisode
from bedside.store.infusion_records import InfusionEvent, InfusionPart, RestDecision
from bedside.store.queries import all_of, of_infant, one, stood
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
    StartAnswer,
    Task,
    Toxicity,
    ToxicityGrade,
)
from bedside.store.restored_records import RestoredAct, RestoredSettling
from bedside.store.risk_records import ArmAllocation, MrdLevel, RiskFact
from bedside.store.toxicity_records import AnswerBasis
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.count_bounds import exact_only
from bedside.ward.identity import known_as
from bedside.ward.ward import Ward

R = TypeVar("R", bound=Record)
Rows = Mapping[type[Record], Sequence[Record]]
DoseKey = tuple[str, int, str, str, date]  # course key, day, drug, route, date due


class InfantFacts(Struct, frozen=True):
    """The records of one infant, without voided ones, each list in the order of its own time."""

    infant: Infant
    enrolment: Enrolment
    protocol: Protocol
    measurements: tuple[Measurement, ...]
    counts: tuple[BloodCount, ...]
    toxicities: tuple[Toxicity, ...]
    grades: tuple[ToxicityGrade, ...]
    answers: tuple[StartAnswer, ...]
    starts: tuple[CourseStart, ...]
    holds: tuple[Hold, ...]
    doses: tuple[DoseRecord, ...]
    tasks: tuple[Task, ...]
    recorded: Mapping[DoseKey, DoseRecord]  # the record that counts for each planned dose
    of_day: Mapping[DoseKey, tuple[DoseRecord, ...]] = {}  # of a dose given several times a day
    risk_facts: tuple[RiskFact, ...] = ()
    allocations: tuple[ArmAllocation, ...] = ()
    mrd: tuple[MrdLevel, ...] = ()
    fevers: tuple[FeverEpisode, ...] = ()
    fever_acts: tuple[FeverAct, ...] = ()
    reductions: tuple[DoseReduction, ...] = ()
    shifts: tuple[DoseShift, ...] = ()
    bases: Mapping[int, DoseBasis] = {}  # by the dose record that they belong to
    answer_bases: Mapping[int, AnswerBasis] = {}  # by the answer that they belong to
    parts: Mapping[int, InfusionPart] = {}  # by the record of the broken-off infusion
    rests: Mapping[int, RestDecision] = {}  # by the same record
    infusions: tuple[InfusionEvent, ...] = ()  # of continuous infusions
    missing: tuple[RestoredAct, ...] = ()  # what a restore lost of her and nobody settled yet
    results_at: datetime | None = None  # laboratory results are read as on record then; None: now
    without_result: str = ""  # the source of one that is looked at as if it were struck out

    def start_of(self, course_key: str) -> CourseStart | None:
        """The recorded day 1 of a course, or None."""
        for start in self.starts:
            if start.course_key == course_key:
                return start
        return None

    def weight(self, at: datetime) -> Measurement | None:
        """The last weight measured at or before a time."""
        before = (row for row in reversed(self.measurements) if row.measured_at <= at)
        return next(before, None)

    def length(self, at: datetime) -> Measurement | None:
        """The last measurement that carries a length, at or before a time."""
        before = (
            row
            for row in reversed(self.measurements)
            if row.length_mm is not None and row.measured_at <= at
        )
        return next(before, None)

    def grades_of(self, toxicity_id: int) -> tuple[ToxicityGrade, ...]:
        """The grades of one toxicity in the order of their days."""
        return tuple(row for row in self.grades if row.toxicity_id == toxicity_id)

    def open_toxicities(self) -> tuple[tuple[Toxicity, int], ...]:
        """The toxicities not resolved, each with its grade now."""
        found = []
        for toxicity in self.toxicities:
            grades = self.grades_of(toxicity.id)
            if grades and grades[-1].grade > 0:
                found.append((toxicity, grades[-1].grade))
        return tuple(found)


def facts_of(ward: Ward, infant_id: int) -> InfantFacts:
    """Read one infant's facts.

    Those read last are given again while the audit trail has no newer row: a page asks for them
    several times before it is drawn.

    Raises:
        Refused: there is no such infant, or her protocol is not among this program's.
    """
    with ward.store.reading() as connection:
        newest = newest_change(connection)
        kept = ward.kept_last
        if kept is not None and kept.holds(ward, newest) and kept.facts.infant.id == infant_id:
            return kept.facts
        facts = _read_one(ward, connection, infant_id)
    values = ward.values_for(facts.enrolment.protocol_key)
    ward.kept_last = KeptLast(ref(ward), newest, values, facts)
    return facts


class KeptLast(Struct, frozen=True):
    """The facts that were read last, and what they rest on."""

    ward: "ref[Ward]"  # a copy of the ward with another clock, store or protocol keeps none of it
    newest: int
    values: SiteValues
    facts: InfantFacts

    def holds(self, ward: Ward, newest: int) -> bool:
        """Whether they would be read the same again."""
        key = self.facts.enrolment.protocol_key
        return (
            self.ward() is ward
            and self.newest == newest
            and self.facts.protocol is ward.protocol(key)
            and self.values is ward.values_for(key)
        )


def facts_as_of(ward: Ward, infant_id: int, moment: datetime) -> InfantFacts:
    """Read an infant's facts as they were on record at a moment, what was struck out since included.

    Raises:
        Refused: the infant was not on record then, or her protocol is not among this program's.
    """
    with ward.store.reading() as connection:
        infant = one(connection, Infant, infant_id)
        rows: dict[type[Record], Sequence[Record]] = {
            kind: [
                row
                for row in of_infant(connection, kind, infant_id, include_void=True)
                if stood(row, moment)
            ]
            for kind in _KINDS
        }
    return replace(_gather(ward, infant, rows), results_at=moment)


def facts_of_all(ward: Ward) -> tuple[InfantFacts, ...]:
    """The facts of every infant on the ward, in the order of enrolment.

    What was read is kept with the ward: the list is shown anew each minute of the night, and only
    infants of whom something was recorded since (by the audit trail) are read again.
    """
    kept: dict[int, InfantFacts] = ward.kept_facts
    with ward.store.reading() as connection:
        newest = newest_change(connection)
        changed = infants_changed(connection, ward.kept_until) if kept else frozenset()
        if not kept or len(changed) > _MOST_READ_ALONE:
            kept.clear()
            kept.update(_read_all(ward, connection))
        else:
            for infant_id in sorted(changed):
                kept[infant_id] = _read_one(ward, connection, infant_id)
    ward.kept_until = newest
    for infant_id, facts in kept.items():
        protocol = ward.protocol(facts.enrolment.protocol_key)
        if protocol is not None and protocol is not facts.protocol:
            kept[infant_id] = replace(facts, protocol=protocol)
    return tuple(facts for _, facts in sorted(kept.items()))


_MOST_READ_ALONE = 30  # beyond, reading every table once is quicker


def _read_one(ward: Ward, connection: Reader, infant_id: int) -> InfantFacts:
    infant = one(connection, Infant, infant_id)
    return _gather(ward, infant, {kind: of_infant(connection, kind, infant_id) for kind in _KINDS})


def _read_all(ward: Ward, connection: Reader) -> dict[int, InfantFacts]:
    grouped = {kind: _by_infant(all_of(connection, kind)) for kind in _KINDS}
    return {
        infant.id: _gather(
            ward, infant, {kind: rows.get(infant.id, []) for kind, rows in grouped.items()}
        )
        for infant in all_of(connection, Infant)
    }


def prints_of(connection: Reader, infant_id: int) -> Sequence[Print]:
    """The papers printed for an infant, oldest first, with those declared void."""
    return of_infant(connection, Print, infant_id, include_void=True)


_KINDS: tuple[type[Record], ...] = (
    Enrolment,
    Identity,
    Measurement,
    BloodCount,
    Toxicity,
    ToxicityGrade,
    StartAnswer,
    CourseStart,
    Hold,
    DoseRecord,
    Task,
    RiskFact,
    ArmAllocation,
    MrdLevel,
    FeverEpisode,
    FeverAct,
    DoseReduction,
    DoseBasis,
    DoseShift,
    AnswerBasis,
    InfusionPart,
    RestDecision,
    InfusionEvent,
    RestoredAct,
    RestoredSettling,
)


def _recorded(doses: Sequence[DoseRecord]) -> dict[DoseKey, DoseRecord]:
    """The record that counts for each dose: a lost vial does not hide the dose given after it."""
    ordered = sorted(
        (row for row in doses if row.hour is None and row.turn is None),
        key=lambda row: (row.state != "vial lost", row.id),
    )
    return {
        (row.course_key, row.course_day, row.drug, row.route, row.due_on): row for row in ordered
    }


def _of_day(doses: Sequence[DoseRecord]) -> dict[DoseKey, tuple[DoseRecord, ...]]:
    """The records of single doses of a day, in their order; one given before one not given."""
    found: dict[DoseKey, dict[tuple[int, int], DoseRecord]] = defaultdict(dict)
    for row in sorted(doses, key=lambda row: (row.state == "given", row.id)):
        if row.hour is not None or row.turn is not None:
            key = (row.course_key, row.course_day, row.drug, row.route, row.due_on)
            found[key][row.hour or 0, row.turn or 0] = row
    return {key: tuple(rows[one] for one in sorted(rows)) for key, rows in found.items()}


def _open(
    acts: tuple[RestoredAct, ...], settled: tuple[RestoredSettling, ...]
) -> tuple[RestoredAct, ...]:
    """The acts of a restore that nobody has settled."""
    done = {row.act_id for row in settled}
    return tuple(row for row in acts if row.id not in done)


def _by_infant(rows: Iterable[Record]) -> dict[int, list[Record]]:
    grouped: dict[int, list[Record]] = defaultdict(list)
    for row in rows:
        grouped[row.infant_id].append(row)  # type: ignore[attr-defined]  # every kind has it
    return grouped


def _entered(
    ward: Ward, infant: Infant, enrolments: tuple[Enrolment, ...]
) -> tuple[Enrolment, Protocol]:
    """The newest entry of an infant, and its protocol.

    Raises:
        Refused: there is none, or this program does not know the protocol.
    """
    if not enrolments:
        raise Refused(f"{infant.family}, {infant.given} is not enrolled on a protocol yet.")
    enrolment = enrolments[-1]
    protocol = ward.protocol(enrolment.protocol_key)
    if protocol is None:
        raise Refused(
            f"The protocol {enrolment.protocol_key} is not in this program: "
            "it was enrolled with a newer one. Start that newer Bedside."
        )
    return enrolment, protocol


def _renamed(row: R, renamed: Mapping[str, str]) -> R:
    """A record of a course that an earlier edition named otherwise, under today's key."""
    key = renamed.get(getattr(row, "course_key", ""))
    return row if key is None else replace(row, course_key=key)


def _gather(ward: Ward, infant: Infant, rows: dict[type[Record], Sequence[Record]]) -> InfantFacts:
    """The facts; a day of a drug given several times counts as recorded once all its doses are."""
    facts = _together(ward, infant, rows)
    of_day = _of_day(facts.doses)
    if not of_day:
        return facts
    from bedside.ward.day_doses import with_whole_days

    return with_whole_days(ward, replace(facts, of_day=of_day))


def _together(ward: Ward, infant: Infant, rows: Rows) -> InfantFacts:
    renamed: dict[str, str] = {}

    def of(kind: type[R], time: str) -> tuple[R, ...]:
        found = [row for row in rows[kind] if isinstance(row, kind)]
        if renamed:
            found = [_renamed(row, renamed) for row in found]
        return tuple(sorted(found, key=lambda row: (getattr(row, time), row.id)))

    infant = known_as(infant, of(Identity, "recorded_at"))
    enrolment, protocol = _entered(ward, infant, of(Enrolment, "enrolled_on"))
    renamed = protocol.renamed
    return InfantFacts(
        infant=infant,
        enrolment=enrolment,
        protocol=protocol,
        measurements=of(Measurement, "measured_at"),
        counts=tuple(exact_only(row) for row in of(BloodCount, "taken_at")),
        toxicities=of(Toxicity, "onset"),
        grades=of(ToxicityGrade, "from_on"),
        answers=of(StartAnswer, "answered_at"),
        starts=of(CourseStart, "day_1"),
        holds=of(Hold, "from_on"),
        doses=of(DoseRecord, "due_on"),
        tasks=of(Task, "due_at"),
        recorded=_recorded(of(DoseRecord, "due_on")),
        risk_facts=of(RiskFact, "on_day"),
        allocations=of(ArmAllocation, "allocated_on"),
        mrd=of(MrdLevel, "taken_on"),
        fevers=of(FeverEpisode, "first_fever_at"),
        fever_acts=of(FeverAct, "at"),
        reductions=of(DoseReduction, "recorded_at"),
        shifts=of(DoseShift, "recorded_at"),
        missing=_open(of(RestoredAct, "done_at"), of(RestoredSettling, "recorded_at")),
        bases={row.dose_id: row for row in of(DoseBasis, "recorded_at")},
        parts={row.dose_id: row for row in of(InfusionPart, "recorded_at")},
        rests={row.dose_id: row for row in of(RestDecision, "recorded_at")},
        infusions=of(InfusionEvent, "at"),
        answer_bases={row.answer_id: row for row in of(AnswerBasis, "recorded_at")},
    )
