"""The ward's round: every infant with what is open, what is new from the laboratory, and the last round.

Decision: the list says how many proposals the infant's own round will show, counted by the same
function. Grading every result of thirty infants would keep the list waiting, so a count is kept
until something is recorded about its infant.
"""

from bedside.store.changed import infants_changed, newest_change
from bedside.store.toxicity_queries import results_since
from bedside.store.toxicity_records import ToxicityRound
from bedside.units.dates import write_date_time, write_time
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.proposals import proposals_of
from bedside.ward.toxicity_log import course_on, course_words, open_words
from bedside.ward.toxicity_round import last_round, round_words
from bedside.ward.views.round import WardRoundRow
from bedside.ward.ward import Ward


def ward_round(ward: Ward) -> tuple[WardRoundRow, ...]:
    """Every infant: those that are due first, of those the ones with most proposals; then by bed.

    Due is who has no round today, or results that came or were corrected since.
    """
    waiting = _waiting(ward, facts_of_all(ward))
    rows = [_row(ward, facts, waiting[facts.infant.id]) for facts in facts_of_all(ward)]
    return tuple(
        sorted(rows, key=lambda row: (not row.due, -row.proposals, _bed(row.bed), row.infant_id))
    )


def _waiting(ward: Ward, every: tuple[InfantFacts, ...]) -> dict[int, int]:
    """How many proposals each infant's round shows; counted anew for whom something was recorded."""
    kept = ward.kept_waiting
    with ward.store.reading() as connection:
        newest = newest_change(connection)
        since = min((at for _, at in kept.values()), default=0)
        changed = infants_changed(connection, since) if kept and since < newest else frozenset()
    for facts in every:
        infant_id = facts.infant.id
        if infant_id in changed or infant_id not in kept:
            kept[infant_id] = (len(proposals_of(ward, infant_id, facts=facts)), newest)
        else:
            kept[infant_id] = (kept[infant_id][0], newest)
    return {infant_id: count for infant_id, (count, _) in kept.items()}


def count_ahead(ward: Ward) -> bool:
    """Count the proposals of one infant while nobody waits for the list.

    Returns:
        Whether there was one to count; False once the list has all it needs.
    """
    kept = ward.kept_waiting
    for facts in facts_of_all(ward):
        infant_id = facts.infant.id
        if infant_id not in kept:
            kept[infant_id] = (len(proposals_of(ward, infant_id, facts=facts)), ward.kept_until)
            return True
    return False


def next_in_round(ward: Ward, infant_id: int) -> WardRoundRow | None:
    """The infant whose round is due next, by bed as people walk, after this one; None when all are done."""
    every = ward_round(ward)
    due = [row for row in every if row.due and row.infant_id != infant_id]
    here = next((row.bed for row in every if row.infant_id == infant_id), "")
    due.sort(key=lambda row: (_bed(row.bed), row.infant_id))
    later = [row for row in due if _bed(row.bed) > _bed(here)]
    return next(iter((*later, *due)), None)


def _row(ward: Ward, facts: InfantFacts, waiting: int) -> WardRoundRow:
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
        laboratory=_laboratory(waiting, recorded, corrected),
        proposals=waiting,
        last_round="" if found is None else round_words(ward, found),
        round_words="" if found is None else _short(ward, found.round, found.unassessed),
        # what came since the last round was seen in none: one of this morning does not cover it
        due=ended is None or ended.date() != ward.today() or recorded + corrected > 0,
    )


def _laboratory(waiting: int, recorded: int, corrected: int) -> str:
    """What the round asks of the laboratory: "3 to answer, 2 new results, 1 corrected"; "" for nothing."""
    parts = (
        (waiting, "to answer"),
        (recorded, "new result" if recorded == 1 else "new results"),
        (corrected, "corrected"),
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
