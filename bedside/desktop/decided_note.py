"""Says on a form that changes a toxicity that a physician has decided about it, and what becomes of that."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.units.dates import write_date_time
from bedside.ward.dlt_standing import StandingDecision, standing_decision
from bedside.ward.ward import Ward


class DecidedNote(QWidget):
    """What stands, who decided it and when, and what the change will do; stands above the fields.

    Args:
        words: the whole of it.
        look: fonts and colours.
    """

    def __init__(self, words: str, look: Look) -> None:
        super().__init__()
        self.words = label(unbroken(words), look, "body", "strong", "hold", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(MarkLabel("hold", look, 22))
        row.addWidget(self.words, 1)


def decided_note(ward: Ward, toxicity_id: int, effect: str, look: Look) -> DecidedNote | None:
    """The note for a form; None where nobody has decided about this toxicity.

    Args:
        ward: the ward.
        toxicity_id: the toxicity that the form changes.
        effect: what becomes of the decision, in one sentence.
        look: fonts and colours.
    """
    found = standing_decision(ward, toxicity_id)
    return None if found is None else DecidedNote(f"{_said(found)} {effect}", look)


def reopens() -> str:
    """What becomes of a decision when what it rests on is changed."""
    return _t(
        "With this change the decision holds no more: it stays readable, the evaluation is open "
        "again, and a physician decides anew."
    )


def reopens_if_worse() -> str:
    """What becomes of a decision when a grade follows."""
    return _t(
        "A worse grade, or one from before that day, asks the physician again; a milder one later "
        "leaves the decision as it is."
    )


def _said(found: StandingDecision) -> str:
    words = _t("DLT: {0} decided on {1} that this {2}: “{3}”.")
    when = write_date_time(found.at)
    return words.format(found.physician, when, _t(found.verdict), found.reason.rstrip("."))


def _t(text: str) -> str:
    return QCoreApplication.translate("DecidedNote", text)
