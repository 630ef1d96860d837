"""Judges a toxicity of the log anew: attribution, expected, serious, action, course and day, comment."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from bedside.desktop.decided_note import decided_note, reopens
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.toxicity_judgement import JudgementForm
from bedside.ward.toxicities import causes_on, judge_toxicity, judging_of
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward


class ToxicityJudgeDialog(FormDialog):
    """What was judged before is shown and can be changed; the earlier judgement stays readable."""

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
            _t("{0}: judge it").format(logged.term),
            _t("&Record judgement"),
            parent,
            infant=patient_line_of(ward, logged.infant_id),
            width=940,
            about=_t("Worst grade {0}, CTCAE {1}, {2}.").format(
                logged.worst, logged.ctcae, logged.course_text
            ),
        )
        self._ward, self._logged = ward, logged
        self.judged = JudgementForm(look, *judging_of(ward, logged))
        self.judged.show_logged(logged)
        self.judged.course_chosen.connect(self._course_chosen)
        self.decided = decided_note(ward, logged.toxicity_id, reopens(), look)
        if self.decided is not None:
            self.body.addWidget(self.decided)
        self.body.addWidget(self.judged)
        words = self.tr("What was judged before is struck out and stays readable.")
        self.body.addWidget(label(words, look, "small", colour="quiet"))

    def is_dirty(self) -> bool:
        """Whether something is another than before."""
        return self.judged.is_dirty()

    def record(self) -> None:
        """Record the judgement."""
        reasons = self.judged.missing()
        if reasons:
            self.refusals.show_reasons(reasons)
        elif saving(self, self._record, button=self.act_button).saved:
            self.accept()

    def _course_chosen(self, course_key: str) -> None:
        """Another course: its drugs are offered; what has a step stays."""
        logged = self._logged
        self.judged.offer(causes_on(self._ward, logged.infant_id, logged.onset, course_key))

    def _record(self) -> None:
        judge_toxicity(
            self._ward, self._logged.toxicity_id, self.judged.judgement(), who=self.session.who
        )


def _t(text: str) -> str:
    return QCoreApplication.translate("ToxicityJudgeDialog", text)
