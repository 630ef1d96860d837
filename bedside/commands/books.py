"""The files a calculation looks things up in, each read once however many lines ask for it."""

from collections.abc import Callable
from typing import TypeVar, cast

Book = TypeVar("Book")


class Books:
    """What this run has read from disk so far; made at the front door, passed to each calculation.

    A table of 2,000 cases reads the protocol once. Nothing here outlives the run.
    """

    def __init__(self) -> None:
        self._read: dict[tuple[str, ...], object] = {}

    def once(self, name: tuple[str, ...], read: Callable[[], Book]) -> Book:
        """Return the book of this name, read now if nobody asked before.

        Args:
            name: what kind of book, and which one, e.g. ``("protocol", "aall15p1")``.
            read: reads it; its refusal is passed on and nothing is kept.
        """
        if name not in self._read:
            self._read[name] = read()
        return cast(Book, self._read[name])
