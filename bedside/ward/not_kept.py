"""What the ward itself says of a save that failed: why, and whether it is known that nothing was kept."""

from msgspec import Struct

from bedside.store.troubles import NotKnown, NotSaved


class NotKept(Struct, frozen=True):
    """A save that failed, in the ward's words.

    Attributes:
        words: what happened, what to do.
        known: nothing of it was kept; False where nobody can say that yet.
    """

    words: str
    known: bool


def not_kept(fault: BaseException) -> NotKept | None:
    """What the ward says of a fault; None of one that it has no words for."""
    if not isinstance(fault, NotSaved):
        return None
    return NotKept(fault.words, known=not isinstance(fault, NotKnown))
