"""Takes back what was recorded last: says first what that is and whose; where it cannot be, says why."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.flowing import whole
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, patient_line_of
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.taking_back import HOURS, TakeBack, last_recorded, take_back
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


class TakeBackLastDialog(QDialog):
    """What is about to be taken back, in full; the safe button is the default.

    Args:
        ward: the open ward.
        look: fonts and colours.
        session: who records.
        shown: what was recorded last.
        parent: the window.
        in_sight: the infant whose page is in sight; None where none is.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        shown: TakeBack,
        parent: QWidget | None = None,
        *,
        in_sight: int | None = None,
    ) -> None:
        super().__init__(parent)
        self.ward, self.look, self.session, self.shown = ward, look, session, shown
        self.setWindowTitle(self.tr("Take back"))
        self.setMinimumWidth(look.px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        if shown.infant_id is not None:
            column.addWidget(PatientLine(patient_line_of(ward, shown.infant_id), look))
        other = self._other(in_sight)
        if other:
            column.addWidget(label(whole(other), look, "body", "strong", "hold", wrap=True))
        question = self.tr("Take back what you recorded last? You {0}.").format(shown.what)
        column.addWidget(label(whole(question), look, "course_day", "strong", wrap=True))
        for line in shown.lines:
            column.addWidget(label(whole(line), look, "body", wrap=True))
        kept = self.tr(
            "Nothing rests on it yet. It is struck out, stays readable in the record with your name, "
            "and can be typed anew."
        )
        column.addWidget(label(kept, look, "body", colour="quiet", wrap=True))
        self.refusals = RefusalNote(look)
        column.addWidget(self.refusals)
        column.addLayout(self._buttons())
        self.setAccessibleDescription(" ".join((other, question, *shown.lines, kept)).strip())
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _other(self, in_sight: int | None) -> str:
        """Say that it is of another infant than the one whose page is in sight; "" where it is not."""
        if in_sight is None or self.shown.infant_id in (None, in_sight):
            return ""
        words = self.tr("NOT the infant in sight: the page shows {0}.")
        return words.format(patient_line_of(self.ward, in_sight))

    def _buttons(self) -> QHBoxLayout:
        self.back = QPushButton(self.tr("&Go back"))
        self.act = QPushButton(self.tr("&Take back"))
        self.act.setProperty("role", "stop")
        row = QHBoxLayout()
        row.addWidget(self.act)
        row.addStretch(1)
        row.addWidget(self.back)
        for button in (self.back, self.act):
            make_tall(button, self.look)
            button.setAutoDefault(False)
        self.back.setDefault(True)
        self.back.clicked.connect(self.reject)
        self.act.clicked.connect(self.record)
        return row

    def record(self) -> None:
        """Take it back."""
        if saving(self, self._take, button=self.act).saved:
            self.accept()

    def _take(self) -> None:
        take_back(self.ward, self.shown, who=self.session.who)


def may_take_back(window: "BedsideWindow") -> bool:
    """Whether what this person recorded last can be taken back: a door that leads nowhere is not offered."""
    session = window.session
    if not session.who or session.why_not("record") or window.ward.store.closed:
        return False
    try:
        shown = last_recorded(window.ward, session.who)
    except Refused:  # it cannot be read now: whoever presses the key is told why
        return False
    return shown is not None and not shown.why_not


def ask_take_back(window: "BedsideWindow") -> None:
    """Ask whether what this person recorded last is to be taken back, and show what then holds.

    Args:
        window: the window.
    """
    session = window.session
    why = session.why_not("record")
    if why:
        _tell(window, why, plain=False)
        return
    if window.frame.blind is not None:
        _tell(window, window.tr("A blind check is open: leave it before anything is taken back."))
        return
    shown = last_recorded(window.ward, session.who) if session.who else None
    if shown is None:
        words = window.tr(
            "You recorded nothing in the last {0} hours that could be taken back. Older records are "
            "struck out on their own pages, with a reason."
        )
        _tell(window, words.format(HOURS))
        return
    if shown.why_not:
        words = window.tr("You recorded last: {0}. This is not taken back.\n\n{1}")
        _tell(window, words.format(shown.what, "\n".join(shown.why_not)))
        return
    in_sight = window.frame.infant_id if window.frame.on_patient else None
    given = (window.ward, window.look, session, shown, window)
    dialog = TakeBackLastDialog(*given, in_sight=in_sight)
    done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if done:
        window.refresh_board(keep_order=True)
        window.read_anew()


def _tell(window: "BedsideWindow", words: str, *, plain: bool = True) -> None:
    from bedside.desktop.why_not_dialog import WhyNotDialog

    WhyNotDialog(words, window, plain=plain).exec()
