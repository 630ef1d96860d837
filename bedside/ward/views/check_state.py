"""Where the second check of a dose stands: nothing of a form is needed to say it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Planned = tuple[str, int, str, str]  # course key, course day, drug, route
Stage = Literal["not checked", "first counted", "matched", "differs", "void"]


class CountedBy(Struct, frozen=True):
    """Who counted, and when; never what."""

    name: str
    role: str
    at: datetime
    person_id: int | None = None

    @property
    def words(self) -> str:
        """Name and role: "E. Sørensen, nurse"."""
        return f"{self.name}, {self.role}"


class CheckState(Struct, frozen=True):
    """Where the second check of a planned dose stands; no figure is in it.

    ``blocks_giving`` says why the dose may not be given yet, () when the check is matched.
    """

    stage: Stage
    words: str
    blocks_giving: tuple[str, ...]
    tries: int = 0
    order_id: int | None = None
    check_id: int | None = None
    first: CountedBy | None = None
    second: CountedBy | None = None

    @property
    def short(self) -> str:
        """The same in a few words for a table; "" while nothing was counted."""
        if self.stage == "not checked" and not self.tries:
            return ""
        if self.stage == "first counted" and self.first is not None:
            return f"first {self.first.name} {self.first.at:%H:%M}, second waits"
        if self.first is None or self.second is None:
            return self.stage
        two = f"{self.first.name}, {self.second.name} {self.second.at:%H:%M}"
        return two if self.stage == "matched" else f"{self.stage}: {two}"
