"""What sets two protocol files apart, in words: two editions of one protocol, or two protocols.

Two editions are compared fact by fact. Two protocols are compared course by course, where their
files say which course matches which; only what is public is compared, and what is not is said so.
"""

from typing import Literal

from msgspec import Struct

from bedside.protocol.model import Protocol

Change = Literal["same", "changed", "added", "removed", "beside", "alone", "remark"]


class Side(Struct, frozen=True):
    """One of the two files."""

    key: str
    title: str
    edition: str
    digest: str

    @classmethod
    def of(cls, protocol: Protocol) -> "Side":
        """What names a protocol file."""
        return cls(protocol.key, protocol.title, protocol.edition, protocol.digest)


class Difference(Struct, frozen=True):
    """One thing compared; ``subject`` is a drug, the course or the protocol, ``a`` and ``b`` words.

    ``change`` is "beside" where both sides are shown and cannot be called a change, "alone" where
    only one protocol has the course.

    ``treats`` is False where only sources, notes or doses of other protocols changed.
    """

    subject: str
    aspect: str
    a: str
    b: str
    change: Change
    treats: bool = True

    @property
    def words(self) -> str:
        """The difference in one line."""
        head = f"{self.subject}, {self.aspect}" if self.aspect else self.subject
        if self.change == "added":
            return f"{head}: new: {self.b}"
        if self.change == "removed":
            return f"{head}: gone: {self.a}"
        if self.change in ("same", "alone", "remark"):
            return f"{head}: {self.a}"
        if self.change == "changed":
            return f"{head}: {self.a}; now {self.b}"
        return f"{head}: {self.a}; {self.b}"


class CourseDifference(Struct, frozen=True):
    """One course, or courses held to match: keys and titles on either side, and what differs.

    ``why`` says why they are held to match, "" where they bear one key.
    """

    keys_a: tuple[str, ...]
    keys_b: tuple[str, ...]
    title: str
    why: str
    lines: tuple[Difference, ...]

    @property
    def treats(self) -> bool:
        """Whether something about treatment differs."""
        return any(line.treats and line.change not in ("same", "remark") for line in self.lines)


class Comparison(Struct, frozen=True):
    """Two files compared; ``exposure`` is dose days per drug over the whole, on either side."""

    kind: Literal["editions", "protocols"]
    a: Side
    b: Side
    whole: tuple[Difference, ...]
    courses: tuple[CourseDifference, ...]
    exposure: tuple[Difference, ...]

    @property
    def alike(self) -> bool:
        """Whether nothing at all differs."""
        return not self.whole and not any(course.lines for course in self.courses)


def compare(a: Protocol, b: Protocol) -> Comparison:
    """Compare two protocol files.

    Args:
        a: the earlier edition, or the first protocol.
        b: the later edition, or the second protocol.
    """
    from bedside.protocol.edition_changes import compare_editions
    from bedside.protocol.protocol_differences import compare_protocols

    return compare_editions(a, b) if a.key == b.key else compare_protocols(a, b)
