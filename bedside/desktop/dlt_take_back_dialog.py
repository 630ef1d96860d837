"""A physician takes back what was decided on a DLT: what stands, the reason, and the same secret as deciding."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from bedside.desktop.dlt_decide_dialog import reason_field, secret_field
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.ward.views.dlt import DecisionLine
from bedside.ward.ward import Ward


class TakeBackDialog(FormDialog):
    """Strikes a decision out with a reason; it stays readable.

    Args:
        ward: the ward.
        infant_id: the infant.
        line: what is taken back: a decision on a toxicity, or that she is not evaluable ("ask").
        look: fonts and colours.
        session: who records.
        take_back: does it; takes the reason and the secret.
        parent: the page.
        of: the toxicity that was decided on, "" where it is none's.
    """

    def __init__(
        self,
        ward: Ward,
        infant_id: int,
        line: DecisionLine,
        look: Look,
        session: Session,
        take_back: Callable[[str, str], None],
        parent: QWidget | None = None,
        *,
        of: str = "",
    ) -> None:
        off = line.verdict == "ask"
        whose = _t("Take the DLT decision on {0} back?").format(of)
        super().__init__(
            look,
            session,
            _t("Evaluable after all?") if off else whose if of else _t("Take a DLT decision back?"),
            _t("&Take it back"),
            parent,
            infant=patient_line_of(ward, infant_id),
            about=_t("What was decided stays readable, with this reason."),
            width=640,
        )
        self._take_back = take_back
        self.body.addWidget(label(_what_stands(line), look, "body", "strong", wrap=True))
        self.reason = reason_field(self.tr("Reason"), look)
        self.body.addLayout(self.line(self.tr("Rea&son"), self.reason))
        self.secret = secret_field(ward, self)

    def is_dirty(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.reason.toPlainText().strip())

    def record(self) -> None:
        """Take it back; what is missing is said."""
        if saving(self, self._record, button=self.act_button).saved:
            self.accept()

    def _record(self) -> None:
        self._take_back(self.reason.toPlainText(), self.secret.take())


def _what_stands(line: DecisionLine) -> str:
    why = line.reason.rstrip(".")
    if line.verdict == "ask":
        if line.recorded_by.startswith(line.physician):
            return _t("{0} recorded: not evaluable: “{1}”.").format(line.physician, why)
        words = _t("{0}, in the name of {1}, recorded: not evaluable: “{2}”.")
        return words.format(line.recorded_by, line.physician, why)
    words = _t("{0} decided: {1}: “{2}”.").format(line.physician, _t(line.verdict), why)
    if line.gone:
        gone = _t("It was about {0}, which is not in the log any more.").format(line.gone)
        return f"{words} {gone}"
    return words


def _t(text: str) -> str:
    return QCoreApplication.translate("TakeBackDialog", text)
