"""A printed paper that is declared void: struck out with the reason, and known as such when it is scanned.

Paper cannot be called back. So whoever voids it is told to take it away, its line stays in the list
of printed papers, its code answers OUT OF DATE with the reason, and the next one printed of the same
facts is a further copy, which says what it replaces (hazards H30, H31).
"""

from collections.abc import Sequence

from bedside.store.records import Print
from bedside.units.dates import write_date_time
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.ward import Ward


@one_act
def void_paper(ward: Ward, print_id: int, reason: str, *, who: str) -> None:
    """Declare one copy of a printed paper void.

    Args:
        ward: the ward.
        print_id: the copy, as the list of printed papers names it.
        reason: why; it stands beside the paper for ever.
        who: who declares it.

    Raises:
        Refused: no reason, it is void already, or it is not on this ward's record.
    """
    with ward.store.change(named(who), "declared a printed paper void", ward.now()) as change:
        change.void(Print, print_id, reason.strip())


def struck_words(ward: Ward, row: Print) -> str:
    """By whom and why a printed paper was declared void; "" where it was not."""
    if row.voided_at is None:
        return ""
    when = write_date_time(ward.local(row.voided_at))
    return f"VOID, struck out {when} by {row.voided_by}: {row.void_reason}"


def replaced_words(ward: Ward, row: Print, rows: Sequence[Print]) -> str:
    """That a later copy of the same sheet has taken its place; "" where none has (hazard H31).

    A copy that was replaced stays out of date for ever: it was to be taken away, and that the later
    one was struck out since brings no paper back.

    Args:
        ward: the ward.
        row: the copy.
        rows: every copy, those declared void too.
    """
    later = [one for one in rows if one.sheet_number == row.sheet_number and one.copy > row.copy]
    if not later:
        return ""
    last = max(later, key=lambda one: one.copy)
    when = write_date_time(ward.local(last.recorded_at))
    return f"copy {last.copy} has taken its place, printed {when} by {last.recorded_by}"
