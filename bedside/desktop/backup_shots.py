"""What is drawn of backup: the page with its copies, where copies go, the restore form, the emergency."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from bedside.desktop.backup_clock import backups_of
from bedside.desktop.backup_settings_dialog import BackupSettingsDialog
from bedside.desktop.emergency_dialog import EmergencyDialog
from bedside.desktop.restore_dialog import RestoreDialog
from bedside.desktop.restored_bar import RestoredBar
from bedside.desktop.restored_dialog import RestoredDialog
from bedside.ward.backup import copies
from bedside.ward.restore_signing import signing_of
from bedside.ward.restored_example import restored_example
from bedside.ward.restored_state import restored_view
from bedside.ward.restoring import preview

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def backup_shots(window: "BedsideWindow") -> Iterator[tuple[str, QWidget]]:
    """The page with a copy made now, then the forms that open from it; each with a name."""
    clock = backups_of(window.ward, window.session)
    clock.back_up("by hand")
    window.frame.show_backup()
    clock.wait()
    QCoreApplication.processEvents()  # what the thread has told
    clock.wait()
    yield "backup", window
    for name, make in _forms(window).items():
        form = make()
        form.show()
        yield name, form
        form.hide()
        form.deleteLater()
    yield from _restored(window)
    clock.stop()
    window.session.backups = None


def _forms(window: "BedsideWindow") -> dict[str, Callable[[], QWidget]]:
    ward, look, session = window.ward, window.look, window.session
    newest = copies(ward)[0]
    why = ("The ward's file is damaged: it cannot be read.",)
    return {
        "form-where-copies-go": lambda: BackupSettingsDialog(ward, look, session, window),
        "form-restore": lambda: RestoreDialog(
            signing_of(ward, preview(ward, newest.folder)), look, session, window
        ),
        "form-emergency": lambda: EmergencyDialog(why, newest, look, window),
    }


def _restored(window: "BedsideWindow") -> Iterator[tuple[str, QWidget]]:
    """The bar and the form of a restore that is not settled, of a copy beside the ward."""
    with restored_example(window.ward, copies(window.ward)[0].folder) as ward:
        view = restored_view(ward)
        if view is None:
            return
        bar = RestoredBar(window.look, view)
        bar.resize(window.width(), bar.sizeHint().height())
        form = RestoredDialog(ward, window.look, window.session, None, window)
        for name, widget in (("bar-restored", bar), ("form-restored", form)):
            widget.show()
            yield name, widget
            widget.hide()
            widget.deleteLater()
