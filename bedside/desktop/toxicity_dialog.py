"""Enters a toxicity by hand: what, how bad, since when, what it is put down to."""

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from bedside.desktop.criteria_list import CriteriaList
from bedside.desktop.death_dialog import grade_is_meant
from bedside.desktop.fields import DateField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.near_terms import NearTerms
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.save import saving
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.desktop.toxicity_judgement import JudgementForm, roomy
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import causes_on, entering_on, record_toxicity
from bedside.ward.toxicity_terms import criteria, is_known, near_terms, why_not_grade, why_not_in
from bedside.ward.views.pages import ToxicitiesView
from bedside.ward.ward import Ward


class ToxicityDialog(FormDialog):
    """The form for a new toxicity; nothing in it is chosen beforehand."""

    _begun_with = ""  # the term that the round asked for: nobody typed it

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
            infant=patient_line_of(ward, infant_id),
            about=_t("Graded by CTCAE {0}, fixed at enrolment.").format(view.ctcae),
            width=940,
        )
        self._ward, self._infant_id = ward, infant_id
        self.term = PlainEdit(self.tr("Term"))
        self.term.setPlaceholderText(self.tr("type: the list opens"))
        self._suggest(view.terms)
        self.near = NearTerms(look)
        self.grade = grade_segments(look)
        self.criteria = CriteriaList(look)
        self.onset = DateField(self.tr("Since, date of onset"), look)
        self.gone = DateField(self.tr("Gone since"), look)
        self.judged = JudgementForm(look, view.causes, view.courses)
        self.comment = self.judged.comment
        self._version, self._today = view.ctcae, view.today
        self._grade = -1  # the last grade that the term has
        self._fill()
        self.term.textChanged.connect(self._term_changed)
        self.near.taken.connect(self.term.setText)
        self.near.marked.connect(self._marked)
        self.grade.chosen.connect(self._grade_chosen)
        self.onset.edited.connect(self._onset_changed)
        self.judged.course_chosen.connect(self._course_chosen)
        self._term_changed("")

    def begin_with(self, term: str) -> None:
        """The term is known, the rest is to be said: the grade first."""
        self._begun_with = term
        self.term.setText(term)
        self.grade.buttons[0].setFocus()

    def is_dirty(self) -> bool:
        """Whether something was typed or chosen."""
        term = self.term.text()
        texts = ("" if term == self._begun_with else term, self.onset.text(), self.gone.text())
        chosen = self.grade.value() >= 0 or self.judged.is_dirty()
        return chosen or any(text.strip() for text in texts)

    def record(self) -> None:
        """Record the toxicity; what is missing is said and nothing is lost."""
        reasons = self._missing()
        if reasons:
            self.refusals.show_reasons(reasons)
            return
        term, grade = self.term.text().strip(), self.grade.value() + 1
        refused = why_not_grade(self._ward, term, self._version, grade)
        if not grade_is_meant(self, self.look, term, grade, refused=refused):
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
        return NewToxicity(
            term=self.term.text().strip(),
            grade=self.grade.value() + 1,
            onset=onset,
            attribution="",
            comment=self.comment.toPlainText().strip(),
            judged=self.judged.judgement(),
            gone_on=self.gone.value(),
            own_words=self.near.own_words,
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
        if self.gone.refusal():
            reasons.append(self.gone.refusal())
        reasons.extend(self.judged.missing())
        return tuple(reasons)

    def _fill(self) -> None:
        self.body.addLayout(self.line(self.tr("&Term"), self.term))
        self.body.addWidget(self.near)
        grade = QWidget()
        column = QVBoxLayout(grade)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.grade)
        column.addWidget(self.criteria)
        grade.setFocusProxy(self.grade.buttons[0])
        self.body.addLayout(self.line(self.tr("Gr&ade"), grade))
        self.body.addLayout(self.line(self.tr("&Since"), self.onset))
        self.body.addLayout(self.line(self.tr("Gone since"), self.gone))
        self.body.addWidget(self.judged)
        self.resize(*self.look.fitting(940, 660))

    def _term_changed(self, text: str) -> None:
        """Show what the grades of this term mean, or why it cannot be recorded."""
        term = text.strip()
        found = criteria(self._ward, term, self._version)
        why_not = why_not_in(term, self._version) if term else ""
        unknown = bool(term) and not why_not and not is_known(self._ward, term, self._version)
        near = near_terms(self._ward, term, self._version) if unknown else ()
        self.near.show_near(near, unknown=unknown)
        if why_not:
            about = why_not
        elif found:
            about = ""
        elif unknown and not self.near.own_words:
            about = self.tr("No term of CTCAE {0}: choose one, or mark it.").format(self._version)
        elif term:
            about = self.tr("The ward's own words: graded by the general scale.")
        else:
            about = self.tr("Choose the term: what each grade means stands here.")
        self.criteria.show_criteria(found, about)

    def _marked(self) -> None:
        self._term_changed(self.term.text())

    def _grade_chosen(self, number: int) -> None:
        """Show what the grade means; one that the term does not have is said, and not chosen."""
        refused = why_not_grade(self._ward, self.term.text().strip(), self._version, number + 1)
        self.refusals.show_reasons((refused,) if refused else ())
        if refused:
            self.grade.choose(self._grade)
        else:
            self._grade = number
        self.criteria.mark(self._grade + 1)

    def _onset_changed(self) -> None:
        """Course and day follow the date of onset, until a person changes them."""
        onset = self.onset.value()
        if onset is not None:
            self.judged.show_place(*entering_on(self._ward, self._infant_id, onset))
            self.judged.offer(causes_on(self._ward, self._infant_id, onset, ""))

    def _course_chosen(self, course_key: str) -> None:
        """Another course than the plan's for that day: its drugs are offered."""
        on = self.onset.value() or self._today
        self.judged.offer(causes_on(self._ward, self._infant_id, on, course_key))

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
    return roomy(Segments(words, _t("Grade"), look, high=32, one_stop=True), 32, 86)


def _t(text: str) -> str:
    return QCoreApplication.translate("ToxicityDialog", text)
