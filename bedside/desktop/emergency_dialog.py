"""What is offered when a ward cannot be opened: its last good copy, to be read and printed only."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import SIGN_HIGH, make_tall
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.units.dates import write_date_time
from bedside.ward.restore_signing import Signing
from bedside.ward.views.backup import CopyLine

_WIDE = 640


class EmergencyDialog(QDialog):
    """Says why the ward was not opened, and offers its last good copy.

    Args:
        reasons: why not.
        copy: the last good copy, checked; None where there is none.
        look: colours and fonts.
        parent: a window, where there is one.
    """

    def __init__(
        self,
        reasons: Sequence[str],
        copy: CopyLine | None,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Bedside"))
        self.setAccessibleName(self.tr("This ward was not opened"))
        self.setMinimumWidth(look.px(_WIDE))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        title = self.tr("This ward was not opened")
        column.addWidget(label(title, look, "list_title", "bold", "stop"))
        for reason in reasons:
            column.addWidget(label(reason, look, "body", "strong", wrap=True))
        self.offer = label(self._offered(copy), look, "body", wrap=True)
        column.addWidget(self.offer)
        self.choice = ""
        self.open_button = QPushButton()
        self.restore_button = QPushButton(self.tr("&Restore it: put it in the ward's place…"))
        if copy is None:
            self.open_button.hide()
            self.restore_button.hide()
        if copy is not None and copy.made_at is not None:
            words = self.tr("&Open the copy of {0}, to read and print only")
            self.open_button.setText(words.format(write_date_time(copy.made_at)))
        self.close_button = QPushButton(self.tr("&Close"))
        for button in (self.open_button, self.restore_button, self.close_button):
            make_tall(button, look, SIGN_HIGH)
            column.addWidget(button)
        self.close_button.setDefault(True)
        self.open_button.clicked.connect(self._read)
        self.restore_button.clicked.connect(self._restore)
        self.close_button.clicked.connect(self.reject)

    def _read(self) -> None:
        self.choice = "read"
        self.accept()

    def _restore(self) -> None:
        self.choice = "restore"
        self.accept()

    def _offered(self, copy: CopyLine | None) -> str:
        if copy is None:
            return self.tr(
                "There is no good copy of it on this computer. Work from the downtime sheets, and ring "
                "whoever looks after Bedside here. A copy on a second medium can be restored: "
                "bedside restore --from FOLDER."
            )
        infants = self.tr("1 infant") if copy.infants == 1 else self.tr("{0} infants")
        records = self.tr("1 record") if copy.records == 1 else self.tr("{0} records")
        return self.tr(
            "Its last good copy holds {0} and {1}. It can be opened now to read and "
            "print; nothing can be recorded in it, and every page and paper says EMERGENCY COPY. Two "
            "people can put it in the ward's place; the damaged ward is kept aside."
        ).format(infants.format(copy.infants), records.format(copy.records))


def offer_copy(reasons: Sequence[str], copy: CopyLine | None) -> str:
    """Ask; return "read", "restore" or "" for neither."""
    dialog = EmergencyDialog(reasons, copy, _look())
    dialog.exec()
    return dialog.choice


def confirm_restore(signing: Signing) -> bool:
    """Show what the copy holds and let two people put it in the closed ward's place."""
    from bedside.desktop.restore_dialog import RestoreDialog
    from bedside.desktop.session import Session

    dialog = RestoreDialog(signing, _look(), Session("?"))
    dialog.take_both()
    confirmed = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return confirmed


def _look() -> Look:
    from bedside.desktop.start import dress, make_application

    application, look = make_application(["bedside"])
    dress(application, look)
    return look
