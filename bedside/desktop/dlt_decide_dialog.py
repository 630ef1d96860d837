"""A physician decides whether a toxicity counts as a DLT: what the rule says, the facts, the reason."""

from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.plain_edit import PlainText
from bedside.desktop.save import saving
from bedside.desktop.secret_edit import SecretEdit
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.ward.deciding_physician import deciding_physician, proposed_physician
from bedside.ward.dlt_deciding import decide
from bedside.ward.people import has_people
from bedside.ward.views.dlt import DltToxicity
from bedside.ward.ward import Ward

_VERDICTS: tuple[Literal["counts", "does not count"], ...] = ("counts", "does not count")
_HIGH = 64
_FILLED = "filled in"  # the property with a name that nobody typed


class DecideDialog(FormDialog):
    """One decision about one toxicity; nothing is chosen beforehand, whatever the rule proposes."""

    def __init__(
        self,
        ward: Ward,
        infant_id: int,
        row: DltToxicity,
        look: Look,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            _t("{0}: a DLT?").format(row.term),
            _t("&Record decision"),
            parent,
            infant=patient_line_of(ward, infant_id),
            width=720,
            about=_t(
                "The rule proposes, a named physician decides. Earlier decisions stay readable."
            ),
        )
        self._ward, self._infant_id, self._row = ward, infant_id, row
        for words in self._facts(row):
            self.body.addWidget(label(words, look, "body", wrap=True))
        self.verdict = Segments(
            (self.tr("&Counts"), self.tr("Does &not count")), self.tr("Decision"), look, high=40
        )
        self.physician = physician_field(ward, self.tr("Physician who decides"), self.session.who)
        self.reason = reason_field(self.tr("Reason"), look)
        self.body.addLayout(self.line(self.tr("Decision"), self.verdict))
        self.body.addLayout(self.line(self.tr("&Physician"), self.physician))
        self.body.addLayout(self.line(self.tr("Rea&son"), self.reason))
        self.secret = secret_field(ward, self)

    def _facts(self, row: DltToxicity) -> list[str]:
        worst = (
            self.tr("not graded") if row.worst is None else self.tr("grade {0}").format(row.worst)
        )
        said = [
            self.tr("Worst in the period: {0}. Attribution: {1}. {2}.").format(
                worst, row.attribution, row.course_text
            ),
            self.tr("The rule says {0}: {1}.").format(row.verdict, row.rule_words),
        ]
        if row.stale:
            said.append(
                self.tr("Decided before, on facts or a rule that have changed since: decide again.")
            )
        if row.shaken:
            said.append(
                self.tr(
                    "Decided before a result under it was corrected: that holds until you decide."
                )
            )
        return said

    def is_dirty(self) -> bool:
        """Whether something was chosen or typed."""
        typed = typed_physician(self.physician) + self.reason.toPlainText()
        return self.verdict.value() >= 0 or bool(typed.strip())

    def record(self) -> None:
        """Record the decision."""
        if self.verdict.value() < 0:
            reasons = self.tr("Which? Choose counts or does not count.")
            self.refusals.show_reasons((reasons,))
        elif saving(self, self._record, button=self.act_button).saved:
            self.accept()

    def _record(self) -> int:
        return decide(
            self._ward,
            self._infant_id,
            self._row.toxicity_id,
            _VERDICTS[self.verdict.value()],
            physician=self.physician.text(),
            reason=self.reason.toPlainText(),
            facts=self._row.facts,
            who=self.session.who,
            secret=self.secret.take(),
        )


def physician_field(ward: Ward, name: str, who: str) -> PlainEdit:
    """Who decides: the physician who is signed in, for good; in a ward without people, typed.

    Args:
        ward: the ward.
        name: the field's name.
        who: who records; proposed in a ward without people where she calls herself a physician.
    """
    field = PlainEdit(name)
    field.setText(proposed_physician(ward, who))
    field.setProperty(_FILLED, field.text())
    field.setPlaceholderText(_t("name and role"))
    signed_in = deciding_physician(ward)
    if signed_in:
        field.setText(signed_in)
        field.setProperty(_FILLED, signed_in)
        field.setReadOnly(True)
        field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        field.setToolTip(_t("Signed in. Another physician signs in to decide."))
    return field


def typed_physician(field: PlainEdit) -> str:
    """What was typed as name; "" where it stands as it was filled in."""
    return "" if field.text() == field.property(_FILLED) else field.text()


def secret_field(ward: Ward, dialog: FormDialog) -> SecretEdit:
    """The last row of a decision: the physician's own secret; not shown in a ward without people."""
    field = SecretEdit(_t("Your passphrase or PIN"))
    if has_people(ward):
        dialog.body.addLayout(dialog.line(_t("Your p&assphrase or PIN"), field))
    else:
        field.setParent(dialog)
        field.hide()
    return field


def reason_field(name: str, look: Look) -> PlainText:
    """A few lines for a reason; Tab leaves it."""
    field = PlainText()
    field.setAccessibleName(name)
    field.setFont(look.font("body"))
    field.setFixedHeight(look.px(_HIGH))
    return field


def _t(text: str) -> str:
    return QCoreApplication.translate("DecideDialog", text)
