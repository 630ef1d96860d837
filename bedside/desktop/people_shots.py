"""Pictures of a ward with people: the first start, the lock page, the page of one's own PIN."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QDialog, QVBoxLayout

from bedside.desktop.closed_work_dialog import ClosedWorkDialog
from bedside.desktop.founding_dialog import FoundingDialog
from bedside.desktop.lock_page import LockPage
from bedside.desktop.own_secret_dialog import OwnSecretDialog
from bedside.desktop.recovery_dialog import RecoveryDialog
from bedside.desktop.ward_keys_dialog import WardKeysDialog
from bedside.ward.key_acts import ClosedWork, NewWays, Tell
from bedside.ward.ward import SignedIn

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow
    from bedside.ward.founding import NewWard


def people_forms(window: "BedsideWindow") -> dict[str, Callable[[], QDialog]]:
    """Each form by the name of its picture."""
    return {
        "first-start-name": lambda: _founding(window, 0),
        "first-start-passphrase": lambda: _founding(window, 1),
        "first-start-person": lambda: _founding(window, 2),
        "locked": lambda: _locked(window),
        "what-opens-this-ward": lambda: WardKeysDialog(
            window.ward, window.look, window.session, window
        ),
        "key-change": lambda: _key_change(window),
        "new-recovery-sheet": lambda: RecoveryDialog(
            window.look, "7QK2-M0XZ-41RT-9BCD-H3WN-5PVA-8E6S-2GJK", b"", window.session, window
        ),
        "my-pin": lambda: OwnSecretDialog(window.ward, window.look, window.session, "pin", window),
    }


def _founding(window: "BedsideWindow", step: int) -> QDialog:
    """One step of the first start; nothing is made."""

    def make(form: "NewWard") -> tuple[str, bytes]:
        raise RuntimeError(f"a picture makes no ward {form.ward_name}")

    dialog = FoundingDialog(window.look, make, encrypted=True, parent=window)
    dialog.names.ward.setText("Ward 4")
    dialog.words.drawn.setText("heron lamp ferry bread snow")
    dialog.first.name.setText("Mara Keller")
    dialog.show_step(step)
    return dialog


def _key_change(window: "BedsideWindow") -> QDialog:
    """The page while the key is changed; nothing is."""

    def nothing(_tell: Tell) -> NewWays:
        raise RuntimeError("a picture changes no key")

    work = ClosedWork("Another key for this ward", nothing)
    dialog = ClosedWorkDialog(window.look, work, window)
    dialog.words.setText("The ward is written with its new key, and every record verified…")
    dialog.running = False
    return dialog


def _locked(window: "BedsideWindow") -> QDialog:
    """The lock page as it stands in the window's place."""
    who = SignedIn(0, window.session.who, ("nurse",))
    ward = replace(window.ward, signed_in=who)
    frame = QDialog(window)
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(LockPage(ward, window.look, choosing=False, drafts_of=tuple))
    frame.resize(window.size())
    return frame
