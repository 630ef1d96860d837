"""Takes back what a person recorded last, while nothing rests on it: a striking-out, never a deletion.

Decision: what may be taken back is what a nurse types and nobody signs: a blood count, a weight, vital
signs, a toxicity entered by hand. As soon as a course, an order, a dose, an answer, a grade, a decision
or a paper was made of it, it is a correction: with a reason, where its consequences are shown. Whoever
asks to take back something else is told why, and where it is put right (hazard H29).
"""

from datetime import UTC, datetime, timedelta
from itertools import groupby

from msgspec import Struct

from bedside.store.audit_reading import TrailRow, newest_of_person
from bedside.store.fever_records import VitalSign
from bedside.store.queries import of_infant, one
from bedside.store.records import BloodCount, DoseRecord, Measurement, Print, StartAnswer, Toxicity
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.count_ending import ends_by_striking_count, given_if_count_struck
from bedside.ward.dlt_standing import why_not_struck_out
from bedside.ward.facts import facts_of
from bedside.ward.given_since import given_if_struck
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.one_act import one_act
from bedside.ward.order_ending import changing_doses, ends_by_striking_weight
from bedside.ward.people import named
from bedside.ward.taken_words import words_of_rows
from bedside.ward.ward import Ward

HOURS = 12  # a shift: what is older is a correction, with its reason
REASON = "taken back by who recorded it; nothing rested on it"
_LOOKED_AT = 400  # rows of the trail
_BESIDE = {
    "print",
    "handover_taken",
    "figures_shown",
    "secret_try",
    "task",
}  # no record of an infant's state
_KINDS: dict[str, type[BloodCount | Measurement | VitalSign | Toxicity]] = {
    "blood_count": BloodCount,
    "measurement": Measurement,
    "vital_sign": VitalSign,
    "toxicity": Toxicity,
}
_WITH_IT = {"toxicity_grade", "toxicity_detail", "toxicity_attribution"}
_PLACES = {
    "lab_result": "Strike it out under Chemistry and levels, on the page Counts.",
    "fever_episode": "It began a fever, and its clock stays: correct it on the page Fever.",
    "fever_act": "Correct it on the page Fever.",
    "toxicity_round": "A finished round stays: correct its lines on the page Toxicities.",
    "toxicity_grade_source": "Its grade was taken from a result: strike it out on the page Toxicities.",
    "toxicity_grade": "Correct the grade on the page Toxicities.",
    "signature": "It is signed: a signature is never taken back by a key. Its own page says how it ends.",
    "course_start": "Correct a record, on the page Where are we, strikes it out with a reason.",
    "start_answer": "Correct a record, on the page Where are we, strikes it out with a reason.",
    "dose_record": "Correct a record, on the page Where are we, strikes it out with a reason.",
}
_CORRECTION = (
    "It was a correction: what it put right stays. Correct it again where it was recorded."
)
_STEP = (
    "It was a step of a dose that is being given: no key takes it back. Correct a record, on the page "
    "Where are we, strikes it out with a reason."
)


class TakeBack(Struct, frozen=True):
    """What a person recorded last.

    Args:
        infant_id: whose record; None where it is of no infant.
        name: FAMILY, Given, "" for no infant.
        what: the act and when, in words.
        lines: the values, a line each.
        why_not: why it cannot be taken back, and what to do; () where it can.
        rows: the records that are struck out: table and number.
    """

    infant_id: int | None
    name: str
    what: str
    lines: tuple[str, ...]
    why_not: tuple[str, ...]
    rows: tuple[tuple[str, int], ...]


def last_recorded(ward: Ward, who: str) -> TakeBack | None:
    """What a person recorded last and did not take back; None where there is nothing of this shift.

    Args:
        ward: the ward.
        who: name and role, as she records.
    """
    with ward.store.reading() as connection:
        trail = newest_of_person(connection, named(who), _LOOKED_AT)
    gone: set[tuple[str, int]] = set()
    for _, found in groupby(trail, key=lambda row: (row.at, row.act)):
        rows = list(found)
        added = {(row.table, row.row_id) for row in rows if row.operation == "add"}
        gone |= {(row.table, row.row_id) for row in rows if row.operation == "void"}
        standing = {key for key in added if key[0] not in _BESIDE} - gone
        heads = {key for key in added if key[0] in _KINDS}
        if not standing or (heads and heads <= gone):
            continue  # struck out since; what belonged to a toxicity went with it
        if ward.now().astimezone(UTC) - datetime.fromisoformat(rows[0].at) > timedelta(hours=HOURS):
            return None
        return _told(ward, rows, standing)
    return None


@one_act
def take_back(ward: Ward, shown: TakeBack, *, who: str) -> None:
    """Strike out what was shown, as one act; it stays readable.

    Args:
        ward: the ward.
        shown: what the person was asked about.
        who: who takes it back.

    Raises:
        Refused: something was recorded since, or it cannot be taken back.
    """
    now = last_recorded(ward, who)
    if now is None or now.rows != shown.rows or now.infant_id is None:
        raise Refused("Something else was recorded since: look again at what was recorded last.")
    if now.why_not:
        raise Refused(*now.why_not)
    with changing_doses(ward, now.infant_id, named(who), f"took back: {now.what}") as change:
        for table, number in now.rows:
            change.void(_KINDS[table], number, REASON)


def _told(ward: Ward, rows: list[TrailRow], standing: set[tuple[str, int]]) -> TakeBack:
    act, at = rows[0].act, datetime.fromisoformat(rows[0].at)
    what = f"{act}, {write_date_time(ward.local(at))}"
    struck = tuple(sorted(key for key in standing if key[0] in _KINDS))
    others = sorted({table for table, _ in standing} - set(_KINDS))
    only_with_it = set(others) <= _WITH_IT and any(table == "toxicity" for table, _ in struck)
    if any(row.operation == "void" for row in rows):
        goes_on = any(table == "dose_record" for table, _ in standing)  # one row follows another
        why = _STEP if goes_on else _CORRECTION
        return TakeBack(None, "", what, (), (why,), ())
    if not struck or (others and not only_with_it):
        place = next((_PLACES[table] for table in (*_PLACES,) if table in others), "")
        why = place or "It is put right where it was recorded, with its reason."
        return TakeBack(None, "", what, (), (why,), ())
    with ward.store.reading() as connection:
        infant_id = one(connection, _KINDS[struck[0][0]], struck[0][1]).infant_id
    infant = facts_of(ward, infant_id).infant
    why_not = tuple(
        why for table, number in struck for why in _resting(ward, infant_id, table, number)
    )
    name = f"{infant.family}, {infant.given}"
    seqs = frozenset(row.seq for row in rows if (row.table, row.row_id) in struck)
    lines = words_of_rows(ward, infant_id, seqs)
    return TakeBack(infant_id, name, what, lines, tuple(dict.fromkeys(why_not)), struck)


def _resting(ward: Ward, infant_id: int, table: str, number: int) -> list[str]:
    """What was made of a record since, a sentence each; empty where nothing was."""
    if table == "blood_count":
        found = [
            *resting_on(ward, f"blood_count:{number}"),
            *given_if_count_struck(ward, infant_id, number),
            *ends_by_striking_count(ward, infant_id, number),
        ]
    elif table == "measurement":
        facts = facts_of(ward, infant_id)
        found = [
            *given_if_struck(ward, facts, number),
            *ends_by_striking_weight(ward, infant_id, number),
            *_after(ward, infant_id, one_of(ward, table, number).recorded_at),
        ]
    elif table == "toxicity":
        found = [why for why in (why_not_struck_out(ward, number),) if why]
        found += _after(ward, infant_id, one_of(ward, table, number).recorded_at)
    else:
        found = _after(ward, infant_id, one_of(ward, table, number).recorded_at)
    return found


def one_of(ward: Ward, table: str, number: int) -> BloodCount | Measurement | VitalSign | Toxicity:
    """A record that may be taken back.

    Args:
        ward: the ward.
        table: its table, one of those that are taken back.
        number: its number.
    """
    with ward.store.reading() as connection:
        return one(connection, _KINDS[table], number)


def _after(ward: Ward, infant_id: int, since: datetime) -> list[str]:
    """Doses, answers and papers of the infant that came after a record and may rest on it."""
    with ward.store.reading() as connection:
        doses = of_infant(connection, DoseRecord, infant_id)
        answers = of_infant(connection, StartAnswer, infant_id)
        papers = of_infant(connection, Print, infant_id)
    found: list[tuple[str, DoseRecord | StartAnswer | Print]] = [
        ("A dose was recorded since, {0}, by {1}.", row) for row in doses if row.recorded_at > since
    ]
    found += [
        ("The start of a course was answered for since, {0}, by {1}.", row)
        for row in answers
        if row.recorded_at > since
    ]
    found += [
        ("A paper was printed since, {0}, by {1}.", row)
        for row in papers
        if row.recorded_at > since
    ]
    return [
        words.format(write_date_time(ward.local(row.recorded_at)), row.recorded_by)
        for words, row in found
    ]
