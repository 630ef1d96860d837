"""What the ward says of its protocols: which there are, and whom a new edition concerns."""

from msgspec import Struct


class ConcernedInfant(Struct, frozen=True):
    """An infant on a protocol whose edition changed; ``words`` say why it matters, or why not.

    ``courses`` are the keys of the changed courses that lie ahead of her or that she is in.
    """

    infant_id: int
    name: str
    hospital_number: str
    matters: bool
    courses: tuple[str, ...]
    words: str


class ProtocolChoice(Struct, frozen=True):
    """A protocol to choose; ``closed`` to entry as far as its sources say."""

    key: str
    title: str
    edition: str
    closed: bool
