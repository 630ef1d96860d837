"""What is drawn of the pages before the ward list: one of each kind, and the passphrase page."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog

from bedside.desktop.look import Look
from bedside.desktop.opening_page import OpeningDialog
from bedside.desktop.unlock_page import UnlockDialog
from bedside.units.refusal import Refused
from bedside.ward.opening_pages import example_pages

_FOLDER = Path("/home/ward-4/bedside/ward")
_WAIT_S = 4


class _Closed:
    """A ward that stays closed; each wrong try waits."""

    def __init__(self) -> None:
        self._tried = False

    def by_passphrase(self, typed: str) -> None:
        self._tried = True
        raise Refused("That is not this ward's passphrase. Nothing was opened.")

    by_recovery_code = by_passphrase

    def wait_s(self) -> int:
        return _WAIT_S if self._tried else 0


def opening_forms(look: Look, now: datetime) -> dict[str, Callable[[], QDialog]]:
    """Every page before the ward list, by the name of its picture."""
    makers: dict[str, Callable[[], QDialog]] = {
        f"opening-{name}": partial(OpeningDialog, look, page)
        for name, page in example_pages(_FOLDER, now).items()
    }
    makers["opening-passphrase"] = lambda: UnlockDialog(look, _Closed(), str(_FOLDER))
    makers["opening-wrong-passphrase"] = partial(_wrong, look)
    return makers


def _wrong(look: Look) -> QDialog:
    dialog = UnlockDialog(look, _Closed(), str(_FOLDER))
    dialog.edit.setText("a wrong one")
    dialog.open_ward()
    return dialog
