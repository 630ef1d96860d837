"""Enters a toxicity by hand: what, how bad, since when, what it is put down to."""

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCompleter, QPlainTextEdit, QWidget

from bedside.desktop.fields import DateField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.save import saving
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import record_toxicity
from bedside.ward.views.pages import ToxicitiesView
from bedside.ward.ward import Ward

ATTRIBUTIONS = ("unrelated", "unlikely", "possible", "probable", "definite")
GRADES = 5


class ToxicityDialog(FormDialog):
    """The form for a new toxicity; nothing in it is chosen beforehand."""

    def __init__(
        self,
        ward: Ward,
        infant_id: int,
        view: ToxicitiesView,
        look: Look,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            _t("New toxicity"),
            _t("&Record toxicity"),
            parent,
            about=_t("Graded by CTCAE {0}, fixed at enrolment.").format(view.ctcae),
            width=700,
        )
        self._ward, self._infant_id = ward, infant_id
        self.term = PlainEdit(self.tr("Term"))
        self.term.setPlaceholderText(self.tr("type: the list opens; free text is allowed"))
        self._suggest(view.terms)
        self.grade = grade_segments(look)
        self.onset = DateField(self.tr("Since, date of onset"), look)
        steps = tuple(self.tr(step) for step in ATTRIBUTIONS)
        self.attribution = Segments(steps, self.tr("Attribution"), look, high=32)
        self.put_down_to = PlainEdit(self.tr("Put down to"))
        self.put_down_to.setPlaceholderText(self.tr("a drug, an infection, a procedure"))
        self.comment = QPlainTextEdit()
        self.comment.setAccessibleName(self.tr("Comment"))
        self.comment.setFixedHeight(56)
        self.comment.setTabChangesFocus(True)
        self._fill()

    def is_dirty(self) -> bool:
        """Whether something was typed or chosen."""
        texts = (
            self.term.text(),
            self.onset.text(),
            self.put_down_to.text(),
            self.comment.toPlainText(),
        )
        chosen = self.grade.value() >= 0 or self.attribution.value() >= 0
        return chosen or any(text.strip() for text in texts)

    def record(self) -> None:
        """Record the toxicity; what is missing is said and nothing is lost."""
        reasons = self._missing()
        if reasons:
            self.refusals.show_reasons(reasons)
            return
        if saving(self, self._record, button=self.act_button).saved:
            self.accept()

    def _record(self) -> int:
        onset = self.onset.value()
        if onset is None:
            raise ValueError("recorded without a date")
        return record_toxicity(
            self._ward, self._infant_id, self._toxicity(onset), who=self.session.who
        )

    def _toxicity(self, onset: date) -> NewToxicity:
        step = ATTRIBUTIONS[self.attribution.value()]
        cause = self.put_down_to.text().strip()
        return NewToxicity(
            term=self.term.text().strip(),
            grade=self.grade.value() + 1,
            onset=onset,
            attribution=f"{cause} {step}" if cause else step,
            comment=self.comment.toPlainText().strip(),
        )

    def _missing(self) -> tuple[str, ...]:
        reasons = []
        if not self.term.text().strip():
            reasons.append(self.tr("Which toxicity? Choose a term or type one."))
        if self.grade.value() < 0:
            reasons.append(self.tr("Which grade? Choose 1, 2, 3, 4 or 5."))
        if self.onset.value() is None:
            reasons.append(
                self.onset.refusal() or self.tr("Since when? Type the date of onset, 20-Nov-2026.")
            )
        if self.attribution.value() < 0:
            reasons.append(
                self.tr("How likely is it due to treatment? Choose one of the five steps.")
            )
        return tuple(reasons)

    def _fill(self) -> None:
        self.body.addLayout(self.line(self.tr("&Term"), self.term))
        self.body.addLayout(self.line(self.tr("Gr&ade"), self.grade))
        self.body.addLayout(self.line(self.tr("&Since"), self.onset))
        self.body.addLayout(self.line(self.tr("Attri&bution"), self.attribution))
        self.body.addLayout(self.line(self.tr("&Put down to"), self.put_down_to))
        self.body.addLayout(self.line(self.tr("&Comment"), self.comment))
        words = self.tr("Each entry is a row of its own; a second cause goes into the comment.")
        self.body.addWidget(label(words, self.look, "small", colour="quiet", wrap=True))
        self.resize(700, 520)

    def _suggest(self, terms: tuple[str, ...]) -> None:
        completer = QCompleter(list(terms), self.term)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.term.setCompleter(completer)


def grade_segments(look: Look) -> Segments:
    """The five grades, none of them chosen; a figure typed on them chooses."""
    words = (
        _t("1 mild"),
        _t("2 moderate"),
        _t("3 severe"),
        _t("4 life-threatening"),
        _t("5 death"),
    )
    return Segments(words, _t("Grade"), look, high=32)


def _t(text: str) -> str:
    return QCoreApplication.translate("ToxicityDialog", text)
