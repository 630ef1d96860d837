"""The page "Open the ward": the passphrase of an encrypted ward, or the code on its recovery sheet."""

from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.opening_page import add_words, frame, stand
from bedside.desktop.plain_edit import RETURN_KEYS, PlainEdit
from bedside.desktop.save import RefusalNote, guard_button
from bedside.units.refusal import Refused

_SECOND = 1000
_FIELD_WIDE = 520


class Lock(Protocol):
    """What this page asks of the ward."""

    def by_passphrase(self, typed: str) -> None:
        """Try a passphrase; refused when it is another one."""

    def by_recovery_code(self, typed: str) -> None:
        """Try a recovery code."""

    def wait_s(self) -> int:
        """The seconds to wait before the next try."""


class SecretEdit(PlainEdit):
    """A field for a secret: hidden, never copied, never suggested; Return opens."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__(name)
        self.setFont(look.font("course_day"))
        self.setFixedHeight(look.px(FIELD_HIGH))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Return is what the page does with it."""
        if event.key() in RETURN_KEYS:
            event.accept()
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)


class UnlockDialog(QDialog):
    """Asks for the ward's passphrase until it opens, or the page is closed.

    Args:
        look: colours and fonts.
        lock: the ward that waits (`bedside.ward.unlocking.Unlocking`).
        folder: the ward's folder, as text.
    """

    def __init__(self, look: Look, lock: Lock, folder: str) -> None:
        super().__init__()
        self.look = look
        self._lock = lock
        self._by_code = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_wait)
        self.setWindowTitle(self.tr("Bedside"))
        self.setAccessibleName(self.tr("Open the ward"))
        stand(self, look)
        self.title = label(self.tr("Open the ward"), look, "answer", "title")
        self.about = label("", look, "body_strong_banner", colour="quiet", wrap=True)
        self.edit = SecretEdit("", look)
        self.caption = caption("", self.edit, look)
        self.show_button = QPushButton()
        self.other_button = QPushButton()
        self.open_button = QPushButton(self.tr("&Open the ward"))
        self.close_button = QPushButton(self.tr("&Close Bedside"))
        self.note = RefusalNote(look)
        self.note.setAccessibleName(self.tr("Why the ward is not open"))
        self.wait = label("", look, "body_strong_banner", "strong", "hold")
        self._arrange(folder)
        self._connect()
        self._show_way(by_code=False)
        self._show_wait()

    def _arrange(self, folder: str) -> None:
        outer = frame(self, self.look)
        column = QVBoxLayout()
        column.setSpacing(outer.spacing())
        column.addWidget(self.title)
        column.addWidget(label(folder, self.look, "small", colour="quiet", wrap=True))
        column.addSpacing(10)
        column.addWidget(self.about)
        column.addSpacing(14)
        self.caption.setFont(self.look.font("body_strong_banner", "strong"))
        column.addWidget(self.caption)
        field = QHBoxLayout()
        field.setSpacing(12)
        self.edit.setFixedWidth(self.look.px(_FIELD_WIDE))
        field.addWidget(self.edit)
        field.addWidget(self.show_button)
        field.addStretch(1)
        column.addLayout(field)
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(self.note)
        said.addWidget(self.wait)
        column.addLayout(said)
        column.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        add_words(outer, column, self.look, self.tr("Open the ward"))
        outer.addWidget(rule(self.look, "edge"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.open_button)
        outer.addLayout(row)

    def _connect(self) -> None:
        self.open_button.setProperty("role", "act")
        self.other_button.setProperty("role", "link")
        self.show_button.setCheckable(True)
        guard_button(self.open_button)
        for button in (self.open_button, self.close_button, self.show_button):
            make_tall(button, self.look, FIELD_HIGH)
        self.other_button.setAutoDefault(False)
        self.other_button.setFont(self.look.font("body_strong_banner"))
        self.show_button.toggled.connect(self._show_letters)
        self.other_button.clicked.connect(self._other_way)
        self.open_button.clicked.connect(self.open_ward)
        self.close_button.clicked.connect(self.reject)
        self.edit.returnPressed.connect(self.open_ward)

    def open_ward(self) -> None:
        """Try what was typed."""
        if not self.open_button.isEnabled():
            return
        if not self.edit.text().strip():
            self.note.show_reasons((self.tr("Type it first."),))
            return
        self.note.show_reasons(())
        self.open_button.setEnabled(False)
        self.open_button.setText(self.tr("Opening…"))
        QCoreApplication.processEvents()  # the derivation takes a third of a second: say so first
        try:
            way = self._lock.by_recovery_code if self._by_code else self._lock.by_passphrase
            way(self.edit.text())
        except Refused as refusal:
            self._refused(refusal)
            return
        finally:
            self.open_button.setText(self.tr("&Open the ward"))
        self.edit.clear()
        self.accept()

    def _refused(self, refusal: Refused) -> None:
        """Keep what was typed, so that one letter can be mended."""
        self.note.show_reasons(refusal.reasons)
        self._show_wait()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def _show_wait(self) -> None:
        """Count the wait down; while it lasts nothing can be tried."""
        left = self._lock.wait_s()
        self.open_button.setEnabled(left == 0)
        self.wait.setVisible(left > 0)
        self.wait.setText(self.tr("Next try in {0} s").format(left))
        if left:
            self._timer.start(_SECOND)
        else:
            self._timer.stop()

    def _show_letters(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self.show_button.setText(self.tr("&Hide") if shown else self.tr("&Show"))

    def _other_way(self) -> None:
        self.edit.clear()
        self.note.show_reasons(())
        self._show_way(by_code=not self._by_code)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_way(self, *, by_code: bool) -> None:
        self._by_code = by_code
        if by_code:
            name = self.tr("Recovery &code")
            about = self.tr(
                "The code stands on the recovery sheet in the ward's safe: eight groups of five "
                "letters and digits. Give the ward a new passphrase soon after."
            )
            other = self.tr("Use the &passphrase instead")
        else:
            name = self.tr("Ward &passphrase")
            about = self.tr(
                "This ward is encrypted. Its passphrase has at least five words; capitals make no "
                "difference."
            )
            other = self.tr("Forgotten? Use the &recovery code")
        self.caption.setText(name)
        self.edit.setAccessibleName(name.replace("&", ""))
        self.about.setText(about)
        self.other_button.setText(other)
        self.show_button.setChecked(by_code)  # a code is copied from a sheet, letter by letter
        self._show_letters(by_code)


def ask_passphrase(look: Look, lock: Lock, folder: str) -> bool:
    """Show the page; whether the ward was opened."""
    dialog = UnlockDialog(look, lock, folder)
    done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done
