"""What a ward of one program answers where a ward that many stations share has more to do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Value = TypeVar("Value")


class Alone:
    """Nobody else records in this ward; `bedside.store.server_store` says what holds where others do."""

    @property
    def shared(self) -> bool:
        """Whether other stations record in it, too."""
        return False

    def follow(self) -> bool:
        """Whether other stations record in it, and what they save is asked for from now on."""
        return False

    def judge(self, act: Callable[[], Value], opened: int | None = None) -> Value:
        """Do what judges first and records then.

        Args:
            act: reads, judges and records.
            opened: how far the trail reached when the form was opened, from `known_head`.
        """
        del opened
        return act()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Everything that is read in this block is of one state; where nobody else records, it is so anyway."""
        yield
