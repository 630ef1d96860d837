"""The open ward's audit trail: proved against every record, and what was found broken kept in mind."""

import sqlite3
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import sleep
from typing import TYPE_CHECKING

from bedside.store.alone import Alone
from bedside.store.audit import Head
from bedside.store.audit_walk import Proof, Walk, verify
from bedside.store.troubles import AuditBroken
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from bedside.store.keys import Keys
    from bedside.store.ward_file import Reader, WardFile

PAUSE_S = 0.001
SHORT_TRAIL = 8_000  # rows: verified whole before each paper, in an eighth of a second


class Proven(Alone):
    """A store whose trail is verified; after one that does not hold nothing is recorded or copied."""

    keys: "Keys | None"
    _file: "WardFile"
    _head: Head
    _opened: Head  # the opening proved the trail up to here

    def __init__(self) -> None:
        self._proof: Proof | None = None
        self.broken: AuditBroken | None = None  # what a verification of this run has found

    @abstractmethod
    def reading(self) -> "AbstractContextManager[Reader]":
        """One consistent state for as long as the block lasts: the store says how."""

    def _end_expected(self) -> Head:
        """Where the trail must end in the reading that is open: at this run's last save."""
        return self._head

    @property
    def seal_key(self) -> bytes | None:
        """What the seals of the audit trail are keyed with; None in a ward without keys."""
        return None if self.keys is None else self.keys.seal

    def verify_audit(self, expected_head: str | None = None) -> None:
        """Recompute the audit trail and compare it with every record.

        Args:
            expected_head: a seal known from outside, e.g. printed on a paper; it must stand in the
                trail. Without one, a trail cut at its end is not found.

        Raises:
            AuditBroken: a record or the trail was changed outside Bedside.
        """
        with self.reading(), self._noting():
            verify(self._file.driver, expected_head, self.seal_key)

    def verify_for_paper(
        self, infant_id: int | None, go_on: Callable[[], bool] = lambda: True
    ) -> None:
        """Verify the trail, and the records that a paper stands on, before a byte of it is drawn.

        The whole trail while it is short; else what `bedside.store.audit_recent` says, on what the
        opening has proved. Each time the trail must end at this run's last save.

        Args:
            infant_id: whose paper it is; None verifies everything.
            go_on: asked again and again while everything is verified.

        Raises:
            AuditBroken: a record or the trail was changed outside Bedside.
            Refused: it was not to go on.
        """
        from bedside.store.audit_recent import opening_proof, verify_recent

        if infant_id is None or self._head.seq <= SHORT_TRAIL:
            self.verify_in_steps(go_on)
            if not go_on():
                raise Refused("It was stopped: nothing was printed.")
        with self.reading(), self._noting():
            driver = self._file.driver
            proof = self._proof or opening_proof(driver, self._opened)
            end = self._end_expected()
            self._proof = verify_recent(driver, proof, end, self.seal_key, infant_id)

    @contextmanager
    def proving(self) -> Iterator[sqlite3.Connection]:
        """The file inside a reading in which it is verified; what is found broken is kept in mind."""
        with self.reading(), self._noting():
            yield self._file.driver

    def verify_in_steps(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """Verify the whole trail while others save and read in between; safe in its own thread.

        Args:
            go_on: asked before each step; what was verified so far counts for nothing without the rest.

        Raises:
            AuditBroken: a record or the trail was changed outside Bedside.
        """
        walk = Walk(self._file.driver, self._head.seal, self.seal_key)
        more = True
        while more:
            if not go_on():
                return
            with self.reading(), self._noting():
                more = walk.step()
                if not more:
                    self._proof = walk.finish()
            sleep(PAUSE_S)  # whoever waits for her turn gets it

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Keep in mind that the record does not hold: nothing more is recorded or copied."""
        try:
            yield
        except AuditBroken as broken:
            self.broken = broken
            raise

    def _refuse_broken(self) -> None:
        if self.broken is not None:
            raise self.broken
