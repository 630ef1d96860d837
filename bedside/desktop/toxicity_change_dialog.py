"""Gives an open toxicity a new grade from a day on, or says that it is gone since a day."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from bedside.desktop.criteria_list import CriteriaList
from bedside.desktop.death_dialog import grade_is_meant
from bedside.desktop.decided_note import decided_note, reopens_if_worse
from bedside.desktop.fields import DateField
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.toxicity_dialog import grade_segments
from bedside.units.dates import write_date
from bedside.ward.toxicities import regrade, resolve
from bedside.ward.toxicity_terms import criteria, why_not_grade
from bedside.ward.views.pages import ToxicityRow
from bedside.ward.ward import Ward


class ToxicityChangeDialog(FormDialog):
    """One question about one toxicity.

    Args:
        ward: the ward.
        row: the toxicity.
        gone: True asks since when it is gone, False asks for its grade now.
        look: fonts and colours.
        session: who records.
        parent: the page.
    """

    def __init__(
        self,
        ward: Ward,
        row: ToxicityRow,
        *,
        gone: bool,
        look: Look,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        title = _t("{0}, gone since?") if gone else _t("{0}: how bad is it now?")
        super().__init__(
            look,
            session,
            title.format(row.term),
            _t("&Record as gone") if gone else _t("&Record grade"),
            parent,
            infant=None if row.log is None else patient_line_of(ward, row.log.infant_id),
            width=860,
            about=_t("Grade {0} now, worst grade {1}, since {2}.").format(
                row.grade, row.worst, write_date(row.onset)
            ),
        )
        self._ward, self._row, self._gone = ward, row, gone
        self.grade = grade_segments(look)
        self.on = DateField(self.tr("Gone since") if gone else self.tr("This grade since"), look)
        self.decided = decided_note(ward, row.toxicity_id, reopens_if_worse(), look)
        if self.decided is not None:
            self.body.addWidget(self.decided)
        if gone:
            self.body.addLayout(self.line(self.tr("Gone &since"), self.on))
            self.grade.setParent(self)
            self.grade.hide()
        else:
            self.body.addLayout(self.line(self.tr("Gr&ade now"), self.grade))
            self._show_criteria(look)
            self.body.addLayout(self.line(self.tr("&Since"), self.on))
        words = self.tr("The grades before stay readable.")
        self.body.addWidget(label(words, look, "small", colour="quiet"))

    def _show_criteria(self, look: Look) -> None:
        """What each grade means, beside the keys that choose it."""
        version = self._row.log.ctcae if self._row.log is not None else ""
        found = criteria(self._ward, self._row.term, version)
        meant = CriteriaList(look)
        meant.show_criteria(found, "" if found else self.tr("Graded by the general scale."))
        self.grade.chosen.connect(self._chosen)
        self.meant = meant
        self.body.addWidget(meant)

    def _chosen(self, number: int) -> None:
        self.meant.mark(number + 1)

    def is_dirty(self) -> bool:
        """Whether something was typed or chosen."""
        return self.grade.value() >= 0 or not self.on.is_empty()

    def record(self) -> None:
        """Record the change."""
        reasons = []
        if not self._gone and self.grade.value() < 0:
            reasons.append(self.tr("Which grade? Choose 1, 2, 3, 4 or 5."))
        if self.on.value() is None:
            reasons.append(self.on.refusal() or self.tr("Since when? Type the date, 20-Nov-2026."))
        if reasons:
            self.refusals.show_reasons(tuple(reasons))
        elif not self._is_meant():
            return
        elif saving(self, self._record, button=self.act_button).saved:
            self.accept()

    def _is_meant(self) -> bool:
        row, grade = self._row, self.grade.value() + 1
        version = "" if row.log is None else row.log.ctcae
        refused = why_not_grade(self._ward, row.term, version, grade) if version else ""
        return grade_is_meant(self, self.look, row.term, grade, refused=refused)

    def _record(self) -> None:
        on = self.on.value()
        if on is None:
            raise ValueError("recorded without a date")
        who, key = self.session.who, self._row.toxicity_id
        if self._gone:
            resolve(self._ward, key, on, who=who)
        else:
            regrade(self._ward, key, self.grade.value() + 1, on, who=who)


def _t(text: str) -> str:
    return QCoreApplication.translate("ToxicityChangeDialog", text)
