"""The shape of one number to be commissioned: its name, its kind, and what is public of it.

What reads a typed number is loaded where one is read: the ward list only asks which are recorded.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from bedside.protocol.day_dose import Reference
from bedside.protocol.model import Evidence, Origin
from bedside.protocol.typed_choices import NOT_STATED

if TYPE_CHECKING:
    from bedside.protocol.typed_number import Typed


class Number(Struct, frozen=True):
    """One number of a controlled copy.

    Args:
        id: stable within its scope, e.g. "induction/dose/daunorubicin/iv".
        section: what it belongs to in words, e.g. "DAUNOrubicin, intravenous".
        words: what is asked for, without a figure of any source.
        kind: a key of `bedside.protocol.typed_kinds.KINDS`.
        course: key of its course, "" where it belongs to none.
        drug: key of its drug, "" where it belongs to none.
        route: the route as the protocol file writes it.
        choices: key and words, where the answer is one of a few that only this number has.
        evidence: of the public value.
        public: the stated value, or each reading where sources contradict; canonical texts.
        related: what related protocols say, in words.
        source: short names of the public sources.
        day_doses: of a dose: what public sources have in a day, per kg or per m².
        times: of a dose: how often a day it is given, where that is public.
    """

    id: str
    section: str
    words: str
    kind: str
    course: str = ""
    drug: str = ""
    route: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    evidence: Evidence = "absent"
    public: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    source: str = ""
    day_doses: tuple[Reference, ...] = ()
    times: int | None = None

    def read(self, text: str, mark: str = ".") -> "Typed":
        """Read what was typed for this number.

        Raises:
            Refused: it cannot be read; says what would be right.
        """
        from bedside.protocol.typed_kinds import read_choice, read_kind

        if self.choices and " ".join(text.casefold().split()) != NOT_STATED:
            return read_choice(text, self.choices)
        return read_kind(self.kind, text, mark)

    def read_new(self, text: str, mark: str = ".") -> "Typed":
        """Read what is typed now, and refuse what cannot be meant.

        Raises:
            Refused: it cannot be read or meant; says what would be right.
        """
        from bedside.protocol.typed_kinds import refuse_new

        typed = self.read(text, mark)
        refuse_new(self.kind, typed)
        return typed

    @property
    def units(self) -> tuple[str, ...]:
        """The units to choose from; no one of several is ever the default."""
        from bedside.protocol.typed_kinds import KINDS

        return KINDS[self.kind].units

    @property
    def disputed(self) -> bool:
        """Public sources contradict each other here."""
        return self.evidence == "conflict"

    def public_read(self) -> "tuple[Typed, ...]":
        """What is public, as read."""
        return tuple(self.read(text) for text in self.public)


def with_public(number: Number, origin: Origin, public: tuple[str, ...]) -> Number:
    """A number with what is public of it, in canonical texts; nothing public leaves it as it is."""
    if not public:
        return number
    canonical = tuple(number.read(text).canonical for text in public)
    return replace(number, evidence=origin.evidence, public=canonical, source=origin.named)


class NumberGroup(Struct, frozen=True):
    """What is commissioned in one pass: a course, the formulary of a drug, a rule, the settings."""

    key: str
    title: str
    numbers: tuple[Number, ...]
