"""Does something else while the disk is read: a check in C holds the whole start up for nothing."""

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


def beside(work: Callable[[], Result], meanwhile: Callable[[], None] | None) -> Result:
    """Run ``work`` in a thread of its own while ``meanwhile`` runs in this one.

    Args:
        work: must not touch what ``meanwhile`` touches; best something that waits or runs in C.
        meanwhile: None runs ``work`` here and now.

    Returns:
        What ``work`` returned, once both have ended.

    Raises:
        BaseException: whatever either raised; that of ``work`` comes first.
    """
    if meanwhile is None:
        return work()
    done: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 (raised again in the thread that waits)
            failed.append(error)

    thread = Thread(target=run, name="bedside-check")
    thread.start()
    try:
        meanwhile()
    finally:
        thread.join()
        if failed:
            raise failed[0]
    return done[0]
