"""A new recovery code and its sheet: shown once, printed, and its last group typed from the paper."""

from PySide6.QtWidgets import QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.founding_steps import RecoveryStep
from bedside.desktop.look import Look
from bedside.desktop.session import Session

_LAST_FIELD = 24  # the form's area never ends within the last field


class RecoveryDialog(FormDialog):
    """Stays until the sheet was printed and read.

    Args:
        look: colours and fonts.
        code: the recovery code.
        sheet: its sheet as PDF.
        session: who sits here; None while no window is open.
        parent: the window.
    """

    def __init__(
        self,
        look: Look,
        code: str,
        sheet: bytes,
        session: Session | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session or Session("?"),
            self.tr("New recovery sheet"),
            self.tr("It is locked &away"),
            parent,
            width=620,
        )
        about = self.tr(
            "This code opens the ward when its passphrase is lost; it is shown this once. The sheet "
            "printed before opens only copies made before: keep it as long as one of them is kept (F11 "
            "says so), then destroy it. Print this one and lock it into the ward's safe."
        )
        self.step = RecoveryStep(look, code, sheet, about)
        self.body.addWidget(self.step)
        self.body.addSpacing(_LAST_FIELD)
        self.step.refused.connect(self._say)
        self.back_button.hide()
        self.step.print_button.setFocus()

    def record(self) -> None:
        """Close once the last group was typed from the paper."""
        if not self.step.is_read():
            self._say(self.tr("This is not the last group: read it from the printed sheet."))
            self.step.last.setFocus()
            return
        self.accept()

    def reject(self) -> None:
        """The sheet comes first."""
        self._say(self.tr("Print the sheet first: the code is shown once."))

    def _say(self, words: str) -> None:
        self.refusals.show_reasons((words,) if words else ())
