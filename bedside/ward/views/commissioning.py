"""What the commissioning page shows: during a pass nothing but a person's own rows."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Stage = Literal["not begun", "passes", "to settle", "blocked", "commissioned"]


RowState = Literal["commissioned", "blocked", "disagree", "needs reason", "changed since"]


class PassState(Struct, frozen=True):
    """How far a person's pass is; never what was typed."""

    turn: int
    person: str
    typed: int
    of: int
    completed_at: datetime | None


class GroupState(Struct, frozen=True):
    """A course, or another group of numbers: how many of its numbers are commissioned."""

    key: str
    title: str
    done: int
    total: int
    stage: Stage
    words: str
    passes: tuple[PassState, ...]
    blocked: int = 0  # recorded, but against a public source: not used, and not counted as done

    @property
    def complete(self) -> bool:
        """Every number is commissioned."""
        return self.done == self.total


class ScopeState(Struct, frozen=True):
    """A protocol in one edition, or the site itself, with all its groups."""

    scope: str
    title: str
    edition: str
    groups: tuple[GroupState, ...]
    older: str  # what another edition's values are worth here, "" where there are none


class PassRow(Struct, frozen=True):
    """One row of a pass: what is asked, and this person's own text."""

    number_id: str
    section: str
    words: str
    how: str
    units: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    typed: str
    read_as: str


class PassView(Struct, frozen=True):
    """A person's own pass, blind: no other entry, no public and no related value is in it."""

    scope: str
    title: str
    group_key: str
    group_title: str
    person: str
    turn: int
    completed: bool
    rows: tuple[PassRow, ...]
    settled: int  # numbers of the group that are commissioned already and not asked again
    other: str  # how far the other pass is, in words


class ComparedRow(Struct, frozen=True):
    """One number after both passes: both entries, the public and the related values."""

    number_id: str
    section: str
    words: str
    first: str
    second: str
    agree: bool
    difference: str
    public: tuple[str, ...]
    public_words: str
    related: tuple[str, ...]
    source: str
    state: RowState
    recorded: str  # who and when, with the reason, once it is recorded
    would_block: bool = False  # recorded, it is not used: it stands against the public sources


class Comparison(Struct, frozen=True):
    """Both passes side by side; only there once both are complete."""

    scope: str
    group_key: str
    title: str
    first_person: str
    first_at: str
    second_person: str
    second_at: str
    rows: tuple[ComparedRow, ...]
    contradictions: tuple[str, ...] = ()  # of what is commissioned: hours against days

    @property
    def to_type_again(self) -> tuple[ComparedRow, ...]:
        """The rows on which the two people disagree, or whose ground has changed since."""
        return tuple(row for row in self.rows if row.state in ("disagree", "changed since"))

    @property
    def unexplained(self) -> tuple[ComparedRow, ...]:
        """The rows on which both agree against the public sources, without a reason so far."""
        return tuple(row for row in self.rows if row.state == "needs reason")
