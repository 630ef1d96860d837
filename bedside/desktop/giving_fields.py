"""What every form of a dose given asks: two identifiers off the band, who signs, and how it was checked."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import caption
from bedside.desktop.label_ask import LabelAsk
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.desktop.signer_fields import SignerFields
from bedside.desktop.two_identifiers import TwoIdentifierFields
from bedside.units.refusal import Refused
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.views.given import GivenBy, PaperCheck
from bedside.ward.ward import Ward


class PaperFields(QWidget):
    """The two people of a check on paper and why it was on paper; marked as such for ever.

    Args:
        look: fonts and colours.
        why: why the check of this program does not count for this dose.
    """

    def __init__(self, look: Look, why: tuple[str, ...]) -> None:
        super().__init__()
        self.first = PlainEdit(self.tr("First person of the paper check"))
        self.second = PlainEdit(self.tr("Second person of the paper check"))
        self.reason = PlainEdit(self.tr("Why on paper"))
        self.reason.setPlaceholderText(self.tr("for example: no power from 02:00 to 05:00"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        title = self.tr("From paper: not checked blind in Bedside, and marked so")
        column.addWidget(label(title, look, "body", "strong", "hold", wrap=True))
        for words in why:
            column.addWidget(label(unbroken(words), look, "small", wrap=True))
        two = QGridLayout()  # side by side: the signature below stays in sight
        two.setHorizontalSpacing(12)
        two.setVerticalSpacing(4)
        for place, (words, field) in enumerate(
            (
                (self.tr("&First person of the paper check"), self.first),
                (self.tr("&Second person of the paper check"), self.second),
            )
        ):
            two.addWidget(caption(words, field, look), 0, place)
            two.addWidget(field, 1, place)
        column.addLayout(two)
        column.addWidget(caption(self.tr("Why on &paper"), self.reason, look))
        column.addWidget(self.reason)

    def taken(self) -> PaperCheck:
        """What was typed; the ward judges it."""
        return PaperCheck(self.first.text(), self.second.text(), self.reason.text())

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(field.text().strip() for field in (self.first, self.second, self.reason))


class GivingFields(QWidget):
    """Identifiers and signature of who gives a dose.

    Args:
        ward: the ward.
        look: fonts and colours.
        session: who records.
        ask: of which dose the label is; None where no label is asked for.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        ask: LabelAsk | None = None,
    ) -> None:
        super().__init__()
        captions = (self.tr("&Hospital number, off the band"), self.tr("&Born, off the band"))
        self.identifiers = TwoIdentifierFields(look, captions, ask)
        self._ask = ask
        self.signer = SignerFields(ward, look, session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.identifiers)
        column.addWidget(self.signer)
        self.setFocusProxy(self.identifiers)

    def taken(self, paper: PaperFields | None = None) -> GivenBy:
        """Who gives it; the secret is asked last, so that a slip elsewhere does not cost it.

        Raises:
            Refused: a day of birth that is none, a wrong secret, or nobody named.
        """
        identifiers = self.identifiers.typed()
        self._refuse_missing(identifiers)
        found = None if paper is None else paper.taken()
        return GivenBy(self.signer.take(), identifiers, paper=found)

    def _refuse_missing(self, identifiers: TwoIdentifiers) -> None:
        number = identifiers.hospital_number.strip()
        if self._ask is not None and self.identifiers.must_read:
            band = self.tr("First read the hospital number off the infant's band, then the label.")
            faults = self._ask.faults(identifiers) if number else (band,)
            if faults:
                raise Refused(*faults)
        if number and (identifiers.born is not None or identifiers.label):
            return
        words = self.tr("Read hospital number and day of birth off the infant's band first.")
        if self.identifiers.takes_label and not identifiers.unread:
            words = self.tr(
                "First type hospital number and day of birth off the infant's band, or scan the "
                "band and then the label."
            )
        raise Refused(words)

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        return not self.identifiers.is_empty() or self.signer.is_dirty()
