"""What another station recorded while a form was open, beside what the form would record: both in words."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bedside.store.audit_reading import columns_in_order
from bedside.store.meanwhile import Conflict, Written
from bedside.units.dates import write_date_time
from bedside.ward.audit_words import AuditWords
from bedside.ward.ward import Ward

_MOST = 40  # lines; the record of the infant has the rest


class BothLine(Struct, frozen=True):
    """One value on both sides.

    Args:
        label: what it is.
        theirs: as another station recorded it; "" where it did not.
        mine: as it would be recorded here; "" likewise.
        differs: the two are not the same.
    """

    label: str
    theirs: str
    mine: str
    differs: bool


class Both(Struct, frozen=True):
    """One thing that was recorded meanwhile.

    Args:
        title: the kind of record, who recorded it, and when.
        lines: its values, beside ours where ours is of the same kind.
        alone: ours is of another kind: it stands on what was changed.
    """

    title: str
    lines: tuple[BothLine, ...]
    alone: bool


def both_sides(ward: Ward, conflict: Conflict) -> tuple[Both, ...]:
    """Everything that was recorded meanwhile, newest first, each beside what is to be recorded here.

    A check that two people count apart gives no figure away, whichever side it is on.
    """
    with ward.store.reading() as reader:
        words = AuditWords(ward, columns_in_order(reader))
    mine = {row.table: row for row in conflict.mine}
    return tuple(_both(ward, words, row, mine.get(row.table)) for row in reversed(conflict.theirs))


def _both(ward: Ward, words: AuditWords, theirs: Written, mine: Written | None) -> Both:
    at = write_date_time(ward.local(datetime.fromisoformat(theirs.at)))
    struck = ", struck out" if theirs.operation == "void" else ""
    title = f"{words.title(theirs.table)}{struck}: {theirs.who}, {at}"
    left = _fields(words, theirs)
    right = {} if mine is None else _fields(words, mine)
    labels = [*left, *(label for label in right if label not in left)]
    lines = [_line(label, left.get(label, ""), right.get(label, "")) for label in labels]
    return Both(title, _told(lines), mine is None)


def _fields(words: AuditWords, row: Written) -> dict[str, str]:
    blind = words.is_blind(row.table)
    return dict(words.fields(row.table, row.values, over=not blind))


def _line(label: str, theirs: str, mine: str) -> BothLine:
    return BothLine(label, theirs, mine, theirs != mine)


def _told(lines: Sequence[BothLine]) -> tuple[BothLine, ...]:
    return tuple(lines[:_MOST])
