"""What a ward of one program answers where a ward that many stations share has more to do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from bedside.store.station_store import Away
    from bedside.store.store import Store

Value = TypeVar("Value")


class Alone:
    """Nobody else records in this ward; `bedside.store.server_store` says what holds where others do."""

    shared = False  # whether other stations record in it, too
    away: "Away | None" = None  # of a station: its server does not answer

    def follow(self) -> bool:
        """Whether other stations record in it, and what they save is asked for from now on."""
        return False

    def watch(self, _clock: Callable[[], datetime]) -> bool:
        """Whether there is a server to be watched from now on: a ward's own file has none."""
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

    @contextmanager
    def to_copy(self, _at: datetime | None = None) -> Iterator["Store"]:
        """The store whose file a backup is a copy of: this one; a station has a copy of its own.

        Args:
            _at: now (aware), for the age of a station's copy; None takes the server's clock.
        """
        yield cast("Store", self)
