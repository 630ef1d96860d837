"""What the page Record shows: finished words, nothing to be worked out."""

from datetime import datetime

from msgspec import Struct


class RecordLine(Struct, frozen=True):
    """One act on one record, or, as it stood at a moment, one record.

    Args:
        seq: the number of its row in the trail.
        at: when, in the ward's zone.
        who: who did it.
        act: what was done, as the trail has it.
        kind: the kind of record.
        number: the record's number among its kind.
        summary: the first values, in a line.
        struck: that it was struck out, when, by whom and why; "" where it stands.
        is_striking: this act is the striking-out itself.
        fields: every value under its words.
        seal: the seal of the row.
    """

    seq: int
    at: datetime
    who: str
    act: str
    kind: str
    number: int
    summary: str
    struck: str
    is_striking: bool
    fields: tuple[tuple[str, str], ...]
    seal: str


class RecordView(Struct, frozen=True):
    """A record in its order.

    Args:
        lines: the newest last.
        people: who is in it, for the filter.
        kinds: the kinds of record in it, for the filter.
        as_of: it is shown as it stood at this moment; None shows every act until now.
        more: acts older than those listed are in the trail, too.
    """

    lines: tuple[RecordLine, ...]
    people: tuple[str, ...]
    kinds: tuple[str, ...]
    as_of: datetime | None = None
    more: bool = False


class HeadFound(Struct, frozen=True):
    """Where an audit head from a paper stands in the trail.

    Args:
        words: the whole answer.
        seq: the number of the row; None where the head is not in this trail.
    """

    words: str
    seq: int | None = None
