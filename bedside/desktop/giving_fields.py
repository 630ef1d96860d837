"""What every form of a dose given asks: two identifiers off the band, who signs, and how it was checked."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.desktop.signer_fields import SignerFields
from bedside.desktop.two_identifiers import TwoIdentifierFields
from bedside.units.refusal import Refused
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
        why_not: why a scanned label is not that of this dose; None where no label is asked for.
        why_not_number: why a number off a band is not this infant's.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        why_not: Callable[[str], tuple[str, ...]] | None = None,
        why_not_number: Callable[[str], tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__()
        captions = (self.tr("&Hospital number, off the band"), self.tr("&Born, off the band"))
        self.identifiers = TwoIdentifierFields(look, captions, why_not, why_not_number)
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
        second = identifiers.born is not None or bool(identifiers.label)
        if not identifiers.hospital_number.strip() or not second:
            words = self.tr("Read hospital number and day of birth off the infant's band first.")
            if self.identifiers.takes_label:
                words = self.tr(
                    "First type hospital number and day of birth off the infant's band, or scan the "
                    "band and then the label."
                )
            raise Refused(words)
        found = None if paper is None else paper.taken()
        return GivenBy(self.signer.take(), identifiers, paper=found)

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        return not self.identifiers.is_empty() or self.signer.is_dirty()
