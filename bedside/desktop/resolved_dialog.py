"""Asks once more before "any toxicity resolved?" is answered: over open ones, or over an answer that stands."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.captions import name_field
from bedside.desktop.labels import dress, label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, whose
from bedside.desktop.plain_edit import PlainText
from bedside.desktop.staying_dialog import StayingDialog
from bedside.desktop.tall_area import TallArea
from bedside.desktop.toxicity_model import is_open
from bedside.units.dates import write_date
from bedside.ward.answer_basis import MOST_LETTERS
from bedside.ward.views.pages import ToxicitiesView, ToxicityRow

_WIDE, _MOST_HIGH = 600, 240
_MOST_EARLIER = 2
Answer = Literal["yes", "no"]


class ResolvedDialog(StayingDialog):
    """Shows what stands against the answer; above it a yes needs its reason, and going back is the default.

    Where somebody has answered before, that answer stands first, with who gave it, when, over what
    and why: another one in its place needs its reason, too, be it yes or no.

    Args:
        look: fonts and colours.
        course: the course whose start rule asks.
        open_rows: the toxicities that are open.
        parent: the page.
        waiting: laboratory proposals that nobody has answered.
        last_round: the last round in words, "" when there was none.
        absent: what that round looked for and did not find.
        not_assessed: what that round did not assess.
        answer: the answer that is about to be given.
        said: the answers so far, newest first, each with who and when.
    """

    def __init__(
        self,
        look: Look,
        course: str,
        open_rows: tuple[ToxicityRow, ...],
        parent: QWidget | None = None,
        *,
        waiting: int = 0,
        last_round: str = "",
        absent: tuple[str, ...] = (),
        not_assessed: tuple[str, ...] = (),
        answer: Answer = "yes",
        said: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        self._look, self._answer, self._said = look, answer, said
        yes = answer == "yes"
        self._needs_reason = bool(said) or (yes and bool(open_rows))
        self._against_it = bool(said) or (yes and bool(open_rows or waiting))
        self.setWindowTitle(self.tr("Any toxicity resolved?"))
        self.setMinimumWidth(look.px(_WIDE))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        self.infant = whose(parent)
        column.addWidget(PatientLine(self.infant, look))
        question = self._question(course, len(open_rows))
        column.addWidget(label(question, look, "page_title", "strong", wrap=True))
        stands = self._stands(open_rows, waiting, last_round, absent, not_assessed)
        if said:
            column.addWidget(self._answered(look))
        column.addWidget(TallArea(stands, self.tr("What stands against it"), grows_to=_MOST_HIGH))
        about = self._about(against=bool(open_rows or waiting))
        column.addWidget(label(about, look, "body", colour="quiet", wrap=True))
        self._add_reason(column)
        column.addSpacing(6)
        column.addLayout(self._buttons(look))
        self._typed()

    def reason_text(self) -> str:
        """Why it is answered yes all the same, as typed; "" where nothing stands against it."""
        return self.reason.toPlainText().strip()

    def _stands(
        self,
        open_rows: tuple[ToxicityRow, ...],
        waiting: int,
        last_round: str,
        absent: tuple[str, ...],
        not_assessed: tuple[str, ...],
    ) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(6)
        against = [self._against(row) for row in open_rows]
        if waiting:
            words = self.tr("Laboratory: {0} proposed and not answered")
            against.append(words.format(waiting))
        if not_assessed:
            against.append(self.tr("Not assessed: {0}").format(", ".join(not_assessed)))
        for text in against:
            column.addWidget(label(text, self._look, "body", "strong", "hold", wrap=True))
        seen = last_round or self.tr("no toxicity round is recorded")
        told = [seen[:1].upper() + seen[1:] + "."]
        if absent:
            told.append(self.tr("Looked for and absent: {0}").format(", ".join(absent)))
        for text in told:
            column.addWidget(label(text, self._look, "body", wrap=True))
        return inside

    def _answered(self, look: Look) -> QWidget:
        """The answers so far; the newest is what the new one takes the place of."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(3)
        head, *earlier = self._said
        words = self.tr("It is answered: {0}.").format(unbroken(head))
        self.standing = label(words, look, "body", "strong", "hold", wrap=True)
        column.addWidget(self.standing)
        for text in earlier[:_MOST_EARLIER]:
            before = self.tr("before that: {0}").format(unbroken(text))
            column.addWidget(label(before, look, "small", colour="quiet", wrap=True))
        told = self.tr("Your answer takes its place; it stays readable here and in the record.")
        column.addWidget(label(told, look, "body", wrap=True))
        return holder

    def _about(self, *, against: bool) -> str:
        if self._answer == "no":
            return self.tr("A no keeps this part of the start rule closed.")
        if against:
            return self.tr(
                "If these are gone, record each of them as gone first. A yes above them is shown with "
                "their number, the worst grade and your reason: on this page, in the start rule and "
                "on the dosing sheet."
            )
        return self.tr(
            "None is open in the log. The answer opens a part of the start rule and stays on record "
            "with your name."
        )

    def _question(self, course: str, still_open: int) -> str:
        if self._answer == "no":
            return self.tr("Answer no for {0}?").format(course)
        if still_open:
            return self.tr("Answer yes for {0}, with {1} still open?").format(course, still_open)
        return self.tr("Answer yes for {0}: any toxicity is resolved?").format(course)

    def _against(self, row: ToxicityRow) -> str:
        text = self.tr("{0}, grade {1}, since {2}").format(
            row.term, row.grade, write_date(row.onset)
        )
        if row.worst > row.grade:
            text += self.tr(", worst {0}").format(row.worst)
        return f"{text}; {row.attribution}" if row.attribution else text

    def _add_reason(self, column: QVBoxLayout) -> None:
        look = self._look
        asked = self.tr("&Why another answer?") if self._said else self.tr("&Why yes all the same?")
        why = label(asked, look, "body", "strong")
        why.setTextFormat(Qt.TextFormat.AutoText)
        self._room = label("", look, "small", colour="quiet")
        self.reason = PlainText()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setFont(look.font("body"))
        self.reason.setFixedHeight(look.px(58))
        self.reason.setTabChangesFocus(True)
        self.reason.textChanged.connect(self._typed)
        name_field(why, self.reason)
        head = QHBoxLayout()
        head.addWidget(why)
        head.addStretch(1)
        head.addWidget(self._room)
        column.addLayout(head)
        column.addWidget(self.reason)
        for part in (why, self._room, self.reason):
            part.setVisible(self._against_it)

    def _typed(self) -> None:
        used = len(self.reason_text())
        fits = used <= MOST_LETTERS
        self._room.setText(self.tr("{0} of {1} letters").format(used, MOST_LETTERS))
        weight, colour = ("text", "quiet") if fits else ("strong", "stop")
        dress(self._room, self._look, "small", weight, colour)
        self.act.setEnabled(fits and (used > 0 or not self._needs_reason))

    def _buttons(self, look: Look) -> QHBoxLayout:
        self.back = QPushButton(self.tr("&Go back"))
        self.act = QPushButton(self._act_words())
        self.act.setProperty("role", "stop")
        row_of_buttons = QHBoxLayout()
        for button in (self.act, self.back):
            make_tall(button, look)
        self.back.setDefault(True)
        row_of_buttons.addWidget(self.act)
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(self.back)
        self.back.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        return row_of_buttons

    def _act_words(self) -> str:
        if self._answer == "no":
            return self.tr("&Answer no instead")
        if self._said:
            return self.tr("&Answer yes instead")
        return self.tr("&Answer yes all the same") if self._against_it else self.tr("&Answer yes")

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the reason where one is needed, else at the safe button."""
        first = self.reason if self._against_it else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)


def ask_resolved(
    parent: QWidget, look: Look, view: ToxicitiesView, answer: Answer
) -> tuple[bool, str]:
    """Ask once more before an answer is recorded: one key must not open a part of a start rule.

    A first no closes only what nobody has opened: it is taken as it is.

    Args:
        parent: the page.
        look: fonts and colours.
        view: the page's own view.
        answer: what is about to be answered.

    Returns:
        Whether the person goes on, and the reason that she gave ("" for none).
    """
    if answer == "no" and not view.resolved_said:
        return True, ""
    dialog = ResolvedDialog(
        look,
        view.asked_for,
        tuple(row for row in view.rows if is_open(row)),
        parent,
        waiting=view.waiting,
        last_round=view.last_round,
        absent=view.absent,
        not_assessed=view.not_assessed,
        answer=answer,
        said=view.resolved_said,
    )
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    reason = dialog.reason_text()
    dialog.deleteLater()
    return accepted, reason
