"""The ward's round: every infant with what is open, what is new from the laboratory, and the last round.

Decision: the list counts results recorded or corrected since the last round, and what that round
left unanswered; it grades nothing. Grading every result of thirty infants would keep the list
waiting, and the infant's own round does it anyway.
"""

from bedside.store.toxicity_queries import results_since
from bedside.store.toxicity_records import ToxicityRound
from bedside.units.dates import write_date_time, write_time
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.toxicity_log import course_on, course_words, open_words
from bedside.ward.toxicity_round import LastRound, last_round, round_words
from bedside.ward.views.round import WardRoundRow
from bedside.ward.ward import Ward


def ward_round(ward: Ward) -> tuple[WardRoundRow, ...]:
    """Every infant: those without a round today, or with results since it, first; each part by bed."""
    rows = [_row(ward, facts) for facts in facts_of_all(ward)]
    return tuple(sorted(rows, key=lambda row: (not row.due, _bed(row.bed), row.infant_id)))


def next_in_round(ward: Ward, infant_id: int) -> WardRoundRow | None:
    """The infant whose round is due next, by bed, after this one; None when all are done."""
    every = ward_round(ward)
    due = [row for row in every if row.due and row.infant_id != infant_id]
    here = next((row.bed for row in every if row.infant_id == infant_id), "")
    later = [row for row in due if _bed(row.bed) > _bed(here)]
    return next(iter((*later, *due)), None)


def _row(ward: Ward, facts: InfantFacts) -> WardRoundRow:
    infant_id = facts.infant.id
    with ward.store.reading() as connection:
        found = last_round(connection, infant_id)
        since = None if found is None else found.round.ended_at
        recorded, corrected = results_since(connection, infant_id, since)
    ended = None if found is None else ward.local(found.round.ended_at)
    return WardRoundRow(
        infant_id=infant_id,
        bed=facts.infant.bed,
        name=f"{facts.infant.family}, {facts.infant.given}",
        course_text=course_words(facts, *course_on(facts, ward.today())),
        open_words=open_words(ward, facts),
        laboratory=_laboratory(recorded, corrected, found),
        last_round="" if found is None else round_words(ward, found),
        round_words="" if found is None else _short(ward, found.round, found.unassessed),
        # what came since the last round was seen in none: one of this morning does not cover it
        due=ended is None or ended.date() != ward.today() or recorded + corrected > 0,
    )


def _laboratory(recorded: int, corrected: int, found: LastRound | None) -> str:
    """What the laboratory has for the round: "2 new results, 1 corrected, 1 unanswered"; "" for nothing."""
    left = 0 if found is None else found.unanswered
    parts = (
        (recorded, "new result" if recorded == 1 else "new results"),
        (corrected, "corrected"),
        (left, "unanswered"),
    )
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def _short(ward: Ward, row: ToxicityRound, unassessed: int) -> str:
    ended = ward.local(row.ended_at)
    when = write_time(ended) if ended.date() == ward.today() else write_date_time(ended)
    return f"{when}, {unassessed} not assessed" if unassessed else when


def _bed(bed: str) -> tuple[int, str]:
    """Beds in the order of their figures: 9 before 10."""
    figures = "".join(letter for letter in bed if letter.isdecimal())
    return int(figures) if figures else 0, bed
