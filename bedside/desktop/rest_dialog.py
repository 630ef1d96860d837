"""What is given after an infusion was broken off: the rest, the whole dose again, or nothing more.

The arithmetic stands on the form; none of the answers is chosen beforehand, and each needs its reason
and a prescriber's signature. What is to be given is prescribed afterwards, as every dose is.
"""

from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.signer_fields import SignerFields
from bedside.desktop.tick_box import show_edge
from bedside.units.writer import write_amount
from bedside.ward.infants import banner
from bedside.ward.rest import Decision
from bedside.ward.rest_acts import decide_rest, rest_forms
from bedside.ward.views.rest import RestForm
from bedside.ward.ward import Ward

_WIDE = 720


class RestDialog(FormDialog):
    """One broken-off infusion: what went in, what remains, and three answers.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        form: the infusion, from `rest_forms`.
        parent: the window it belongs to.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        form: RestForm,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Decide after a broken-off infusion"),
            self.tr("Sign and &decide"),
            parent,
            infant=patient_line(banner(ward, infant_id)),
            about=form.title,
            width=_WIDE,
        )
        self.ward, self.infant_id, self.form = ward, infant_id, form
        self.rest = QRadioButton(self._rest_words())
        self.rest.setEnabled(form.remains is not None)
        self.whole = QRadioButton(self._whole_words())
        self.nothing = QRadioButton(self.tr("N&othing more of this day"))
        self.reason = PlainEdit(self.tr("Reason"))
        self.signer = SignerFields(ward, look, session)
        self.signer.entered.connect(self.record)
        self._fill(look)

    def _fill(self, look: Look) -> None:
        told = self.form.told
        self.told = label(
            unbroken(f"{told[:1].upper()}{told[1:]}."), look, "body", "strong", "stop", wrap=True
        )
        self.body.addWidget(self.told)
        answers = QVBoxLayout()
        for choice in (self.rest, self.whole, self.nothing):
            choice.setFont(look.font("body", "medium"))
            show_edge(choice, look)
            choice.toggled.connect(lambda _: self.refusals.show_reasons(()))
            answers.addWidget(choice)
        self.body.addLayout(answers)
        self.why_not = label(self._why_not(), look, "small", colour="hold", wrap=True)
        self.why_not.setVisible(bool(self.form.why_not))
        self.body.addWidget(self.why_not)
        self.reason.setFont(look.font("body"))
        self.body.addLayout(self.line(self.tr("&Why"), self.reason))
        words = self.tr(
            "By signing you decide what becomes of this dose. What is to be given you prescribe "
            "next; it is verified, released and checked like every dose."
        )
        self.body.addWidget(label(words, look, "body", wrap=True))
        self.body.addWidget(self.signer)

    def _rest_words(self) -> str:
        form = self.form
        if form.remains is None or form.whole is None or form.given is None:
            return self.tr("The &rest")
        return self.tr("The &rest, {0}: {1} whole dose − {2} given").format(
            *(
                write_amount(one, self.ward.decimal_mark)
                for one in (form.remains, form.whole, form.given)
            )
        )

    def _whole_words(self) -> str:
        if self.form.whole is None:
            return self.tr("The w&hole dose again")
        mark, in_all = self.ward.decimal_mark, self.form.in_all
        whole = write_amount(self.form.whole, mark)
        if in_all is None:
            words = self.tr(
                "The w&hole dose again, {0}, besides what went in: the sum is not known"
            )
            return words.format(whole)
        words = self.tr("The w&hole dose again, {0}: {1} in all on this day")
        return words.format(whole, write_amount(in_all, mark))

    def _why_not(self) -> str:
        return self.tr("The rest cannot be chosen: {0}").format(self.form.why_not)

    def decision(self) -> Decision | None:
        """What is chosen; None while nothing is."""
        if self.rest.isChecked():
            return "rest"
        if self.whole.isChecked():
            return "whole"
        return "nothing" if self.nothing.isChecked() else None

    def is_dirty(self) -> bool:
        """Whether anything chosen or typed would be lost."""
        typed = bool(self.reason.text().strip())
        return self.decision() is not None or typed or self.signer.is_dirty()

    def record(self) -> None:
        """Sign what is chosen, or say why not."""
        if self.decision() is None:
            self.refusals.show_reasons((self.tr("Choose what is given."),))
        elif saving(self, self._sign, button=self.act_button):
            self.accept()

    def _sign(self) -> None:
        chosen = self.decision()
        if chosen is None:
            return
        signer, who = self.signer.take(), self.signer.who()
        reason = self.reason.text()
        decide_rest(self.ward, self.infant_id, self.form, chosen, reason, signer, who=who)


def open_rests(ward: Ward, look: Look, session: Session, infant_id: int, parent: QWidget) -> bool:
    """Ask about each broken-off infusion on which nobody has decided; whether anything was signed."""
    signed = False
    for form in rest_forms(ward, infant_id):
        dialog = RestDialog(ward, look, session, infant_id, form, parent)
        signed |= dialog.exec() == RestDialog.DialogCode.Accepted
        dialog.deleteLater()
    return signed
