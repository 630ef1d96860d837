"""The ward's protocols to read and to print: in words, and as the review book."""

from collections.abc import Callable

from bedside.papers.protocol_book import BookHead, ProtocolBook
from bedside.protocol.in_words import book_of
from bedside.units.dates import write_date_time
from bedside.ward.audit_check import check_before_paper
from bedside.ward.snapshots import snapshot_mark
from bedside.ward.views.protocols import ProtocolChoice
from bedside.ward.ward import Ward


def protocol_choices(ward: Ward) -> tuple[ProtocolChoice, ...]:
    """The protocols of this program, those still open before those closed to entry."""
    found = sorted(ward.protocols.values(), key=lambda one: (bool(one.closed_to_entry), one.title))
    return tuple(
        ProtocolChoice(one.key, one.title, one.edition, closed=bool(one.closed_to_entry))
        for one in found
    )


def protocol_book(ward: Ward, key: str) -> ProtocolBook:
    """A protocol in words.

    Raises:
        KeyError: the ward has no such protocol.
    """
    return book_of(ward.protocols[key], ward.protocols)


def draw_review_book(ward: Ward, key: str, go_on: Callable[[], bool] = lambda: True) -> bytes:
    """Draw the review book of a protocol as PDF; nothing is recorded, as it is no infant's paper.

    Safe in a thread of its own.

    Args:
        ward: the ward.
        key: the protocol.
        go_on: asked again and again; False stops it.

    Raises:
        Refused: something in it cannot be printed whole, or it was stopped.
    """
    check_before_paper(ward, None, go_on)
    book = protocol_book(ward, key)
    mark = snapshot_mark(
        ward, "B", book.digest, "a newer edition", edition=f"{book.title} {book.edition}"
    )
    head = BookHead(
        write_date_time(ward.now()),
        ward.program,
        ward.store.audit_head()[:16],
        mark,
        ward.demonstration,
        ward.emergency,
    )
    return ward.drawing.review_book(book, head)
