"""Answers what the start of a course asks of a person: yes or no, and what it was read in (hazard H14)."""

from typing import Literal, cast

from PySide6.QtWidgets import QWidget

from bedside.desktop.fields import Choice, PlainEdit
from bedside.desktop.flowing import whole
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.ward.start_answers import StartQuestion, StartReply, answer_start, start_questions
from bedside.ward.views.marks import Banner
from bedside.ward.ward import Ward


class StartAnswersDialog(FormDialog):
    """The questions of the running or the next course; one that nobody can answer is left open."""

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        banner: Banner,
        parent: QWidget | None = None,
    ) -> None:
        asked = start_questions(ward, banner.infant_id)
        super().__init__(
            look,
            session,
            self.tr("What the start of {0} asks").format(asked.title),
            self.tr("&Record the answers"),
            parent,
            infant=patient_line(banner),
            about=self.tr("Leave open what nobody knows yet: the course then stays closed."),
            width=660,
        )
        self.ward = ward
        self.infant_id = banner.infant_id
        self.course_key = asked.course_key
        self.rows: list[tuple[StartQuestion, Choice, PlainEdit]] = []
        for number, question in enumerate(asked.questions, 1):
            self._add(number, question)
        self.body.addStretch(1)
        if self.rows:
            self.rows[0][1].setFocus()
        else:
            self.refusals.show_reasons((self.tr("Her next course asks nothing of a person."),))
            self.act_button.hide()

    def _add(self, number: int, question: StartQuestion) -> None:
        look = self.look
        needs = self.tr("{0}. {1}").format(number, question.words)
        self.body.addWidget(label(whole(needs), look, "body", "strong", wrap=True))
        for words in (question.note, question.answered and self.tr("now: ") + question.answered):
            if words:
                self.body.addWidget(label(whole(words), look, "small", colour="quiet", wrap=True))
        yes_no = (("yes", self.tr("yes")), ("no", self.tr("no")))
        answer = Choice(question.words, yes_no, look, self.tr("not known"))
        read_in = PlainEdit(self.tr("Read in, for {0}").format(question.words))
        self.body.addLayout(self.line(self.tr("Answer &{0}").format(number), answer, wide=150))
        self.body.addLayout(self.line(self.tr("Read in"), read_in, wide=150))
        self.body.addSpacing(6)
        self.rows.append((question, answer, read_in))

    def is_dirty(self) -> bool:
        """Whether something was chosen or typed."""
        return any(
            answer.value() is not None or bool(read_in.text().strip())
            for _, answer, read_in in self.rows
        )

    def record(self) -> None:
        """Record the answers, or say what is missing."""
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> None:
        replies = tuple(
            StartReply(question.key, cast(Literal["yes", "no"], answer.value()), read_in.text())
            for question, answer, read_in in self.rows
            if answer.value() is not None
        )
        answer_start(self.ward, self.infant_id, self.course_key, replies, who=self.session.who)
