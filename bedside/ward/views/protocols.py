"""What the ward says of its protocols: which there are, and whom a new edition concerns."""

from typing import Literal

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


SideState = Literal["", "same", "only a", "only b"]


class SideLine(Struct, frozen=True):
    """One drug or rule of two protocols; "" on a side that has no such course.

    ``same`` is True only where both are public and say the same: what is not public is never held
    to be alike, nor to differ.
    """

    subject: str
    a: str
    b: str
    same: bool


class SidePart(Struct, frozen=True):
    """One course, or courses held to match, of two protocols; or the whole of both.

    ``note`` says why they stand side by side; ``courses`` are the keys of the first protocol's.
    """

    key: str
    title: str
    state: SideState
    note: str
    lines: tuple[SideLine, ...]
    courses: tuple[str, ...] = ()


class SideBySide(Struct, frozen=True):
    """Two protocols, course by course."""

    title_a: str
    title_b: str
    parts: tuple[SidePart, ...]
