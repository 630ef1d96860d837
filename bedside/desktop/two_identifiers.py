"""Two fields for what is read off the infant's band: hospital number and day of birth (hazard H25).

Nothing is ever filled in here, and while the fields stand on the screen the window behind them shows
neither: what the program shows must not be what the program compares with.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.band import BannerBand
from bedside.desktop.fields import DateField, PlainEdit
from bedside.desktop.form_dialog import caption
from bedside.desktop.look import Look
from bedside.units.refusal import Refused
from bedside.ward.two_identifiers import TwoIdentifiers

_NUMBER_WIDE = 190


class TwoIdentifierFields(QWidget):
    """Hospital number and day of birth, side by side, each with its own key.

    Args:
        look: fonts and colours.
        captions: of both fields, with their mnemonics; the usual ones where left out.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, look: Look, captions: tuple[str, str] | None = None) -> None:
        super().__init__()
        of_number, of_birth = captions or (
            self.tr("&Hospital number, off the band"),
            self.tr("&Born, off the band"),
        )
        self.number = PlainEdit(of_number.replace("&", ""))
        self.number.setMinimumHeight(look.measure("field"))
        self.number.setFixedWidth(look.px(_NUMBER_WIDE))
        self.number.setFont(look.font("body"))
        self.born = DateField(of_birth.replace("&", ""), look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(caption(of_number, self.number, look))
        row.addWidget(self.number)
        row.addSpacing(16)
        row.addWidget(caption(of_birth, self.born.edit, look))
        row.addWidget(self.born)
        row.addStretch(1)
        self.setFocusProxy(self.number)
        self.number.textChanged.connect(self.edited)
        self.born.edited.connect(self.edited)

    def showEvent(self, event: QShowEvent) -> None:
        """Cover what the window behind the form shows of them: it would be copied from there."""
        super().showEvent(event)
        self._cover(covered=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """The form has gone: the window shows both again."""
        super().hideEvent(event)
        self._cover(covered=False)

    def _cover(self, *, covered: bool) -> None:
        behind = self.window().parentWidget()
        if behind is not None:
            for band in behind.window().findChildren(BannerBand):
                band.cover_identifiers(covered=covered)

    def typed(self) -> TwoIdentifiers:
        """Both as typed; the ward compares them.

        Raises:
            Refused: the day of birth cannot be read as a date.
        """
        if self.born.refusal():
            raise Refused(f"{self.born.name}: {self.born.refusal()}")
        return TwoIdentifiers(self.number.text(), self.born.value())

    def is_empty(self) -> bool:
        """Whether nothing was typed in either."""
        return not self.number.text().strip() and self.born.is_empty()
