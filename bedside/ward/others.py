"""What other stations record in the same ward: following it, and a save that they came before."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar, cast

from bedside.store.meanwhile import Conflict
from bedside.store.troubles import Damaged, Hindered
from bedside.ward.people_guard import take_up_person
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.server_store import ServerStore

__all__ = ["Conflict", "anything_new", "follow", "save_seen", "shown_again", "who_is_here"]
Value = TypeVar("Value")


def save_seen(
    ward: Ward, act: Callable[[], Value], opened: int, decides: Callable[[Conflict], bool]
) -> tuple[Value, int]:
    """Record what a person decided in a form that was opened when the record reached so far.

    Args:
        ward: the ward.
        act: records.
        opened: how far the record reached then.
        decides: shows both sides where another station recorded the same since; whether she goes on.

    Returns:
        What ``act`` returned, and how far the record has been seen in this form now.

    Raises:
        Conflict: she does not go on; nothing was kept.
    """
    while True:
        try:
            return ward.store.judge(act, opened), opened
        except Conflict as conflict:
            if not decides(conflict):
                raise
            opened = conflict.seen


def follow(ward: Ward) -> bool:
    """Whether other stations record in this ward; from now on what they save is asked for."""
    followed = ward.store.follow()
    if followed:
        _of(ward).show_known(ward.store.known_head.seq)
    return followed


def anything_new(ward: Ward) -> bool:
    """Whether others have saved what is not shown yet."""
    return _of(ward).followed()


def who_is_here(ward: Ward) -> str:
    """Who is signed in here, as her account stands now; "" for nobody.

    Raises:
        Refused: another station has ended her account.
    """
    with suppress(Hindered, Damaged):  # the server went away just now: others say so
        take_up_person(ward, title=True)
    return "" if ward.signed_in is None else ward.signed_in.who


def shown_again(ward: Ward, read: Callable[[], None]) -> bool:
    """Read again what is in sight; False where the server went away just now: others say so."""
    newest = (
        ward.store.known_head.seq
    )  # before anything is read: what comes meanwhile is shown next
    try:
        read()
    except (Hindered, Damaged):
        return False
    _of(ward).show_known(newest)
    return True


def _of(ward: Ward) -> "ServerStore":
    return cast("ServerStore", ward.store)
