"""What a station judges, and when it began to: so that a save which others have overtaken is found.

Every use-case that records runs inside `judge`. It notes how far the trail reached before the first
reading of it; when the ward's turn is taken and the trail has moved since, what others saved is held against
what is to be recorded, inside the turn, so nothing can slip in between. Overtaken, the use-case is done again
from its beginning, on what holds now: it then refuses ("recorded as given already") or records.

Rejected: taking the turn before judging (a sheet is drawn, a secret is proved for up to seconds, and
the whole ward would wait).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from threading import local
from typing import TypeVar

from bedside.store.meanwhile import (
    MEANWHILE_SQL,
    Conflict,
    Overtaken,
    Written,
    conflicting,
    overtaking,
    written_of,
)
from bedside.store.server_turn import ServerTurn
from bedside.store.troubles import Twice

Value = TypeVar("Value")
_TRIES = 12  # each only where another station saved about the same infant within some milliseconds
_SECRETS = frozenset({"secret_try"})


class Judging:
    """One station's judgements; each thread has its own."""

    def __init__(self) -> None:
        self._here = local()
        self._firsts: list[int] = []  # the rows that this station saved itself
        self._lasts: list[int] = []

    def judge(
        self, act: Callable[[], Value], known: Callable[[], int], opened: int | None
    ) -> Value:
        """Judge and record; again where another station has overtaken it.

        Args:
            act: reads, judges and records.
            known: how far the trail reaches, as this station knows it.
            opened: how far it reached when the form was opened.

        Raises:
            Conflict: another station recorded the same since the form was opened.
            Overtaken: others were quicker each time, or a part of it is recorded already.
        """
        here = self._here
        if opened is not None:  # the form; each use-case in it judges for itself
            before = getattr(here, "opened", None), getattr(here, "recorded", False)
            here.opened, here.recorded = opened, False
            try:
                return act()
            finally:
                here.opened, here.recorded = before
        if getattr(here, "begun", None) is not None:
            return act()  # a part of one that is under way
        try:
            for turn in range(_TRIES):
                here.begun, here.kept = known(), False
                try:
                    return act()
                except Overtaken:
                    if here.kept or turn == _TRIES - 1:
                        raise
                except Twice:  # there since just now: judged anew, it is said whose and what to do
                    if here.kept or turn == _TRIES - 1 or known() == here.begun:
                        raise
            raise Overtaken
        finally:
            here.begun = None

    def check(self, turn: ServerTurn, rows: Sequence[tuple[str, int, str, str]]) -> None:
        """Hold what is to be kept against what others saved; called inside the turn, before it is kept.

        Raises:
            Conflict: as above.
            Overtaken: as above.
        """
        begun = getattr(self._here, "begun", None)
        opened = getattr(self._here, "opened", None)
        since = [at for at in (begun, opened) if at is not None and at < turn.end.seq]
        if not since or not rows:
            return
        found = turn.exec_driver_sql(MEANWHILE_SQL, (min(since), turn.end.seq)).fetchall()
        others = [row for row in map(written_of, found) if not self._own(row.seq)]
        mine = [Written(*row) for row in rows]
        if opened is not None and (
            theirs := conflicting([row for row in others if row.seq > opened], mine)
        ):
            if self._here.recorded:
                raise Overtaken  # a part of it is kept: it is not done again
            raise Conflict(theirs, mine)
        if begun is not None and overtaking([row for row in others if row.seq > begun], mine):
            raise Overtaken

    def check_twice(self, twice: Twice, opened: int, found: Iterable[Sequence[object]]) -> None:
        """A row that could not come twice, from a form: whether others recorded it since it was opened.

        Args:
            twice: with the row.
            opened: how far the trail reached when the form was opened.
            found: by `MEANWHILE_SQL`, since then.

        Raises:
            Conflict: they did; else nothing is raised.
        """
        others = [row for row in map(written_of, found) if not self._own(row.seq)]
        mine = [] if twice.mine is None else [Written(*twice.mine)]
        if theirs := conflicting([row for row in others if row.seq > opened], mine):
            raise Conflict(theirs, mine) from twice

    def kept(self, first: int, last: int, rows: Sequence[tuple[str, int, str, str]]) -> None:
        """Note what this station saved itself.

        Args:
            first: the first row of the trail.
            last: the last.
            rows: what was saved.
        """
        self._firsts.append(first)
        self._lasts.append(last)
        if any(table not in _SECRETS for table, *_ in rows):
            self._here.kept = self._here.recorded = True

    def _own(self, seq: int) -> bool:
        at = bisect_right(self._firsts, seq) - 1
        return at >= 0 and seq <= self._lasts[at]
