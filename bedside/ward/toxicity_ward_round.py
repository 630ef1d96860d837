"""The ward's round: every infant with what is open, what is new from the laboratory, and the last round.

Decision: the list says how many proposals the infant's own round will show, counted by the same
function. Grading every result of thirty infants would keep the list waiting, so a count is kept
until something is recorded about its infant, and `ward_round_at_once` leaves what is not counted yet
to be counted while the list is looked at.
"""

from bedside.store.changed import infants_changed, newest_change
from bedside.store.toxicity_queries import results_since
from bedside.store.toxicity_records import ToxicityRound
from bedside.units.dates import write_date_time, write_time
from bedside.ward.facts import InfantFacts, facts_of, facts_of_all
from bedside.ward.proposals import proposals_of
from bedside.ward.toxicity_log import course_on, course_words, open_words
from bedside.ward.toxicity_round import last_round, round_words
from bedside.ward.views.round import WardRoundRow
from bedside.ward.ward import Ward

_AT_ONCE = 3  # infants that are counted while somebody waits for the list


def ward_round(ward: Ward) -> tuple[WardRoundRow, ...]:
    """Every infant: those that are due first, of those the ones with most proposals; then by bed.

    Due is who has no round today, or results that came or were corrected since.
    """
    return _rows(ward, every_one=True)


def ward_round_at_once(ward: Ward) -> tuple[WardRoundRow, ...]:
    """The same list where somebody waits for it: whose proposals are not counted yet is said.

    Each of those rows is counted by `counted_row`, in its place.
    """
    return _rows(ward, every_one=False)


def counted_row(ward: Ward, infant_id: int) -> WardRoundRow:
    """The row of one infant with her proposals counted now.

    Raises:
        Refused: there is no such infant.
    """
    facts = facts_of(ward, infant_id)
    return _row(ward, facts, _count(ward, facts, ward.kept_until))


def _rows(ward: Ward, *, every_one: bool) -> tuple[WardRoundRow, ...]:
    every = facts_of_all(ward)
    waiting = _waiting(ward, every, every_one=every_one)
    rows = [_row(ward, facts, waiting.get(facts.infant.id)) for facts in every]
    return tuple(
        sorted(rows, key=lambda row: (not row.due, -row.proposals, _bed(row.bed), row.infant_id))
    )


def _count(ward: Ward, facts: InfantFacts, newest: int) -> int:
    infant_id = facts.infant.id
    found = len(proposals_of(ward, infant_id, facts=facts))
    ward.kept_waiting[infant_id] = (found, newest)
    return found


def _waiting(
    ward: Ward, every: tuple[InfantFacts, ...], *, every_one: bool = True
) -> dict[int, int]:
    """How many proposals each infant's round shows; counted anew for whom something was recorded.

    Of more than a few that are not counted, all or none is counted here.
    """
    kept = ward.kept_waiting
    with ward.store.reading() as connection:
        newest = newest_change(connection)
        since = min((at for _, at in kept.values()), default=0)
        changed = infants_changed(connection, since) if kept and since < newest else frozenset()
    anew = [one for one in every if one.infant.id in changed or one.infant.id not in kept]
    for facts in anew:
        kept.pop(facts.infant.id, None)
    for infant_id, (count, _) in kept.items():
        kept[infant_id] = (count, newest)
    if every_one or len(anew) <= _AT_ONCE:
        for facts in anew:
            _count(ward, facts, newest)
    return {infant_id: count for infant_id, (count, _) in kept.items()}


def count_ahead(ward: Ward) -> bool:
    """Count the proposals of one infant while nobody waits for the list.

    Returns:
        Whether there was one to count; False once the list has all it needs.
    """
    for facts in facts_of_all(ward):
        if facts.infant.id not in ward.kept_waiting:
            _count(ward, facts, ward.kept_until)
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


def _row(ward: Ward, facts: InfantFacts, waiting: int | None) -> WardRoundRow:
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
        laboratory=_laboratory(waiting or 0, recorded, corrected),
        proposals=waiting or 0,
        counted=waiting is not None,
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
