"""Corrects one grade of a toxicity: the wrong one is struck out with the reason, the right one takes its place."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from bedside.desktop.choice import Choice
from bedside.desktop.death_dialog import grade_is_meant
from bedside.desktop.decided_note import decided_note, reopens
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.toxicity_dialog import grade_segments
from bedside.units.dates import write_date
from bedside.ward.toxicities import correct_grade
from bedside.ward.toxicity_terms import why_not_grade
from bedside.ward.views.toxicity import GradeStep, LoggedToxicity
from bedside.ward.ward import Ward


class ToxicityCorrectDialog(FormDialog):
    """Which grade was wrong, which is right, and why; nothing is chosen beforehand."""

    def __init__(
        self,
        ward: Ward,
        logged: LoggedToxicity,
        look: Look,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            _t("{0}: correct a grade").format(logged.term),
            _t("&Record correction"),
            parent,
            infant=patient_line_of(ward, logged.infant_id),
            width=760,
        )
        self._ward, self._logged = ward, logged
        steps = [step for step in logged.steps if step.grade]
        options = tuple((str(step.grade_id), self._words(step)) for step in steps)
        self.wrong = Choice(self.tr("The wrong grade"), options, look)
        self.grade = grade_segments(look)
        self.reason = PlainEdit(self.tr("Why it was wrong"))
        self.decided = decided_note(ward, logged.toxicity_id, reopens(), look)
        if self.decided is not None:
            self.body.addWidget(self.decided)
        self.body.addLayout(self.line(self.tr("&Wrong grade"), self.wrong))
        self.body.addLayout(self.line(self.tr("Right gr&ade"), self.grade))
        self.body.addLayout(self.line(self.tr("Wh&y"), self.reason))
        words = self.tr("The wrong grade is struck out and stays readable, with this reason.")
        self.body.addWidget(label(words, look, "small", colour="quiet"))

    def is_dirty(self) -> bool:
        """Whether something was chosen or typed."""
        chosen = self.wrong.value() is not None or self.grade.value() >= 0
        return chosen or bool(self.reason.text().strip())

    def record(self) -> None:
        """Record the correction; what is missing is said."""
        reasons = []
        if self.wrong.value() is None:
            reasons.append(self.tr("Which grade was wrong? Choose it."))
        if self.grade.value() < 0:
            reasons.append(self.tr("Which grade is right? Choose 1, 2, 3, 4 or 5."))
        one, grade = self._logged, self.grade.value() + 1
        refused = why_not_grade(self._ward, one.term, one.ctcae, grade)
        if reasons:
            self.refusals.show_reasons(tuple(reasons))
        elif not grade_is_meant(self, self.look, one.term, grade, refused=refused):
            return
        elif saving(self, self._record, button=self.act_button).saved:
            self.accept()

    def _record(self) -> None:
        correct_grade(
            self._ward,
            self._logged.toxicity_id,
            int(self.wrong.value() or 0),
            self.grade.value() + 1,
            self.reason.text(),
            who=self.session.who,
        )

    def _words(self, step: GradeStep) -> str:
        words = self.tr("grade {0} from {1}").format(step.grade, write_date(step.on))
        return f"{words} ({step.measured})" if step.measured else words


def _t(text: str) -> str:
    return QCoreApplication.translate("ToxicityCorrectDialog", text)
