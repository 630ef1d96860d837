"""The keys that say that a vital sign has no value: - (or n) not done, x (or u) unusable, and why.

The same letters as in the laboratory's form, with a reason after them or in the line below the signs.
A vital sign is never pending: it is taken, or it is not.
"""

from typing import Literal

from msgspec import Struct

NoValue = Literal["not done", "unusable"]
MARKS: dict[str, NoValue] = {
    "-": "not done",
    "n": "not done",
    "x": "unusable",
    "u": "unusable",
}


class Marked(Struct, frozen=True):
    """That there is no value, and why, as far as it was typed in the field itself."""

    state: NoValue
    reason: str = ""


def read_mark(text: str) -> Marked | None:
    """Read "x movement" or "-"; None where the text is meant as a value."""
    key, _, reason = text.strip().partition(" ")
    state = MARKS.get(key.casefold())
    return None if state is None else Marked(state, reason.strip())
