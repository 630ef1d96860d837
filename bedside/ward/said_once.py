"""Orders that do not stand any more, with a reason that several share said once on the ward list.

Three orders of one infant that end for one reason would fill half a screen with it three times, and
push another infant out of sight. Her own page says every reason of every order.
"""

from collections.abc import Sequence

from msgspec import Struct

from bedside.ward.views.marks import HeldItem

_BEFORE = ("the start rule does not hold any more: ", "not now: ")


class Ended(Struct, frozen=True):
    """Orders of a drug that ended together.

    Args:
        drug: its name, as written.
        day: the first of their course days.
        headline: what is said of them.
        why: every reason, and what to do.
    """

    drug: str
    day: str
    headline: str
    why: tuple[str, ...]


def said_once(ended: Sequence[Ended], *, always: tuple[str, ...]) -> list[HeldItem]:
    """The lines of ended orders; where room is short, a reason refers to the day it was said for.

    Args:
        ended: in the order they are said.
        always: what to do at the bedside: said in full each time.
    """
    first: dict[tuple[str, str], str] = {}
    items = []
    for one in ended:
        short = []
        for why in one.why:
            day = first.setdefault((one.drug, _bare(why)), one.day)
            short.append(why if day == one.day or why in always else f"same reason as day {day}")
        brief = "" if tuple(short) == one.why else "; ".join(dict.fromkeys(short))
        items.append(HeldItem("stop", one.headline, one.why, "orders", brief=brief))
    return items


def _bare(why: str) -> str:
    for words in _BEFORE:
        why = why.removeprefix(words)
    return why.rstrip(".")  # a clause of an order, a sentence of a dose: the same reason
