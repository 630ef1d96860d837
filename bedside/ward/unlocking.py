"""Opening an encrypted ward: what the page of the passphrase asks, and what it gets."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bedside.store.key_doors import (
    Elsewhere,
    no_other_file,
    open_by_keyring,
    open_by_passphrase,
    open_by_recovery_code,
)
from bedside.store.key_file import read_key_file
from bedside.store.key_ring import system_ring
from bedside.store.keys import Keys
from bedside.store.recovery_code import read_code
from bedside.store.tries import wait_s
from bedside.units.refusal import Refused


class Unlocking:
    """One ward that waits for its passphrase.

    Args:
        folder: the ward's folder.
        clock: gives now, aware.
        elsewhere: the key file that the ward was given at another station since; asked for where what
            was typed does not open this one's.
    """

    def __init__(
        self, folder: Path, clock: Callable[[], datetime], elsewhere: Elsewhere = no_other_file
    ) -> None:
        self.folder = folder
        self._elsewhere = elsewhere
        self.keys: Keys | None = None
        self._clock = clock

    def by_passphrase(self, typed: str) -> None:
        """Try a passphrase.

        Raises:
            Refused: it is another one (`WrongKey`), or the wait is not over.
        """
        self.keys = open_by_passphrase(self.folder, typed, self._clock(), self._elsewhere)

    def by_recovery_code(self, typed: str) -> None:
        """Try the recovery code; see `by_passphrase`."""
        self.keys = open_by_recovery_code(self.folder, typed, self._clock(), self._elsewhere)

    def by_either(self, typed: str) -> None:
        """Try what was typed as a recovery code where it is one, else as the passphrase."""
        try:
            read_code(typed)
        except Refused:
            self.by_passphrase(typed)
        else:
            self.by_recovery_code(typed)

    def by_keyring(self) -> None:
        """Try this workstation's own keyring, where the ward was told to use one.

        Raises:
            Refused: the key file itself is damaged, or of a newer Bedside.
        """
        content = read_key_file(self.folder)
        if content.keyring is not None:
            self.keys = open_by_keyring(self.folder, system_ring())

    def wait_s(self) -> int:
        """The seconds to wait before the next try; 0 for none."""
        return wait_s(self.folder, self._clock())
