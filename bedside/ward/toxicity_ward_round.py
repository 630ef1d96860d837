"""The ward's round: every infant with what is open, what waits from the laboratory, and the last round."""

from bedside.store.toxicity_records import ToxicityRound
from bedside.units.dates import write_date_time, write_time
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.proposals import proposals_of
from bedside.ward.toxicity_log import course_on, course_words, open_words
from bedside.ward.toxicity_round import last_round, last_round_words
from bedside.ward.views.round import WardRoundRow
from bedside.ward.ward import Ward


def ward_round(ward: Ward) -> tuple[WardRoundRow, ...]:
    """Every infant of the ward: those without a round today first, each part by bed."""
    rows = [_kept(ward, facts) for facts in facts_of_all(ward)]
    return tuple(sorted(rows, key=lambda row: (not row.due, _bed(row.bed), row.infant_id)))


def next_in_round(ward: Ward, infant_id: int) -> WardRoundRow | None:
    """The infant whose round is due next, by bed, after this one; None when all are done."""
    due = [row for row in ward_round(ward) if row.due and row.infant_id != infant_id]
    here = next((f.infant.bed for f in facts_of_all(ward) if f.infant.id == infant_id), "")
    later = [row for row in due if _bed(row.bed) > _bed(here)]
    return next(iter((*later, *due)), None)


def _kept(ward: Ward, facts: InfantFacts) -> WardRoundRow:
    """An infant's line, worked out anew when anything of her was recorded, or the day is another."""
    kept = ward.kept_rounds.get(facts.infant.id)
    if kept is not None and kept[0] is facts and kept[1] == ward.today():
        return kept[2]
    row = _row(ward, facts)
    ward.kept_rounds[facts.infant.id] = (facts, ward.today(), row)
    return row


def _row(ward: Ward, facts: InfantFacts) -> WardRoundRow:
    infant_id = facts.infant.id
    with ward.store.reading() as connection:
        found = last_round(connection, infant_id)
    ended = None if found is None else ward.local(found[0].ended_at)
    waiting = proposals_of(ward, infant_id, facts=facts)
    return WardRoundRow(
        infant_id=infant_id,
        bed=facts.infant.bed,
        name=f"{facts.infant.family}, {facts.infant.given}",
        course_text=course_words(facts, *course_on(facts, ward.today())),
        open_words=open_words(ward, facts),
        waiting=len(waiting),
        last_round=last_round_words(ward, infant_id),
        round_words="" if found is None else _short(ward, *found),
        due=ended is None or ended.date() != ward.today(),
    )


def _short(ward: Ward, row: ToxicityRound, unassessed: int) -> str:
    ended = ward.local(row.ended_at)
    when = write_time(ended) if ended.date() == ward.today() else write_date_time(ended)
    return f"{when}, {unassessed} not assessed" if unassessed else when


def _bed(bed: str) -> tuple[int, str]:
    """Beds in the order of their figures: 9 before 10."""
    figures = "".join(letter for letter in bed if letter.isdecimal())
    return int(figures) if figures else 0, bed
