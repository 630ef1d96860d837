"""Two fields for what is read off the infant's band: hospital number and day of birth (hazard H25).

Nothing is ever filled in here, and while the fields stand on the screen the window behind them shows
neither: what the program shows must not be what the program compares with.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bedside.desktop.band import BannerBand
from bedside.desktop.fields import DateField, PlainEdit
from bedside.desktop.form_dialog import caption
from bedside.desktop.label_ask import LabelAsk
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.tall_area import bring_into_sight
from bedside.papers.label_code import KIND, read_label_code
from bedside.units.refusal import Refused
from bedside.ward.label_before_giving import LONGEST_REASON
from bedside.ward.label_lines import is_label_figures, is_label_words
from bedside.ward.two_identifiers import TwoIdentifiers

_NUMBER_WIDE, _LABEL_WIDE = 190, 260


class TwoIdentifierFields(QWidget):
    """Hospital number and day of birth, side by side, each with its own key.

    With a reader the band goes into the first, and the label of the preparation stands for the second:
    wherever in these fields a label is scanned, it goes to its own. Where a label of the dose was
    printed here it is asked for, and the day of birth stands below it, beside why it cannot be read.

    Args:
        look: fonts and colours.
        captions: of both fields, with their mnemonics; the usual ones where left out.
        ask: of which dose the label is; None where no label is asked for.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(
        self,
        look: Look,
        captions: tuple[str, str] | None = None,
        ask: LabelAsk | None = None,
    ) -> None:
        super().__init__()
        self._look, self._ask = look, ask
        self._judged: tuple[str, tuple[str, ...]] = (
            "",
            (),
        )  # the last whole label, and what is against it
        self._refused: tuple[str, ...] | None = None  # not asked yet
        self.must_read = ask is not None and ask.is_printed()
        of_number, of_birth = captions or self._usual_captions()
        self.number = PlainEdit(of_number.replace("&", ""))
        self.number.setMinimumHeight(look.measure("field"))
        self.number.setFixedWidth(look.px(_NUMBER_WIDE))
        self.number.setFont(look.font("body"))
        self.born = DateField(of_birth.replace("&", ""), look)
        self.label = PlainEdit(self.tr("Label of the preparation, scanned"))
        self.unread = PlainEdit(self.tr("Why the label cannot be read"))
        self.unread.setMaxLength(LONGEST_REASON)
        self.said = label("", look, "body", "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if self.must_read:
            self._lay_out_must_read(column, of_number, of_birth)
        else:
            self._lay_out_plain(column, of_number, of_birth)
        self.setFocusProxy(self.number)
        self.number.textChanged.connect(self.edited)
        self.born.edited.connect(self.edited)

    def _usual_captions(self) -> tuple[str, str]:
        return self.tr("&Hospital number, off the band"), self.tr("&Born, off the band")

    def _none_printed(self) -> str:
        return self.tr(
            "No label of this dose was printed here. Bedside cannot read the pharmacy's own labels: "
            "compare such a label with the order yourself."
        )

    def _lay_out_plain(self, column: QVBoxLayout, of_number: str, of_birth: str) -> None:
        """Number and day of birth side by side; below them the label, where one may be scanned."""
        look, ask = self._look, self._ask
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(caption(of_number, self.number, look))
        row.addWidget(self.number)
        row.addSpacing(16)
        row.addWidget(caption(of_birth, self.born.edit, look))
        row.addWidget(self.born)
        row.addStretch(1)
        column.addLayout(row)
        unplaced: tuple[QWidget, ...] = (self.unread,)
        if ask is None:
            unplaced = (self.label, self.said, self.unread)
        else:
            self._make_label(self.tr("scan one of its codes"))
            of_label = QHBoxLayout()
            of_label.setSpacing(10)
            words = self.tr("or &label, in place of the birthday")
            of_label.addWidget(caption(words, self.label, look))
            of_label.addWidget(self.label)
            of_label.addWidget(self.said, 1)
            column.addLayout(of_label)
            if not ask.on_paper:
                column.addWidget(label(self._none_printed(), look, "small", wrap=True))
        for part in unplaced:  # without a place of their own they would be windows
            part.setParent(self)
            part.hide()

    def _lay_out_must_read(self, column: QVBoxLayout, of_number: str, of_birth: str) -> None:
        """The label that must be read, and below it the one way out: why it cannot be, and the birthday."""
        look, fields = self._look, QGridLayout()
        fields.setHorizontalSpacing(10)
        fields.setVerticalSpacing(8)
        fields.setColumnStretch(1, 1)
        self._make_label(self.tr("scan it, or type its words"))
        self.unread.setMinimumHeight(look.measure("field"))
        self.unread.setPlaceholderText(self.tr("for example: wet, all its codes are smudged"))
        narrow = Qt.AlignmentFlag.AlignLeft
        of_label, of_unread = (
            self.tr("&Label of the preparation"),
            self.tr("If it &cannot be read: why"),
        )
        fields.addWidget(caption(of_number, self.number, look), 0, 0)
        fields.addWidget(self.number, 0, 1, narrow)
        fields.addWidget(caption(of_label, self.label, look), 1, 0)
        fields.addWidget(self.label, 1, 1, narrow)
        fields.addWidget(self.said, 2, 1)
        fields.addWidget(caption(of_unread, self.unread, look), 3, 0)
        fields.addWidget(self.unread, 3, 1)
        fields.addWidget(caption(of_birth, self.born.edit, look), 4, 0)
        fields.addWidget(self.born, 4, 1, narrow)
        column.addLayout(fields)
        QWidget.setTabOrder(self.label, self.unread)
        QWidget.setTabOrder(self.unread, self.born.edit)
        self.unread.textChanged.connect(self._label_elsewhere)
        self.unread.textChanged.connect(self._tell_way_out)
        self._judge_label("")

    def _tell_way_out(self) -> None:
        """The way out is open while no label that was read stands refused; the birthday is asked with a reason."""
        shut = bool(self._refused_before())
        self.unread.setEnabled(not shut)
        self.born.setEnabled(not shut and bool(self.unread.text().strip()))
        self.edited.emit()

    def _make_label(self, hint: str) -> None:
        """The label of the preparation; whose it is is said beside it or below it."""
        self.label.setMinimumHeight(self._look.measure("field"))
        self.label.setFixedWidth(self._look.px(_LABEL_WIDE if self.must_read else _NUMBER_WIDE))
        self.label.setPlaceholderText(hint)
        self.label.textChanged.connect(self._judge_label)
        self.number.textChanged.connect(lambda: self._judge_label(self.label.text()))
        for field in (self.number, self.born.edit):
            field.textChanged.connect(self._label_elsewhere)

    @property
    def takes_label(self) -> bool:
        """Whether the label of the preparation may be scanned in the place of the birthday."""
        return self._ask is not None

    def take_scan(self, read: str) -> None:
        """Take what a reader read while a button had the keyboard: a label, or else the band."""
        label_read = read.strip().upper().startswith(KIND) or (
            is_label_figures(read) and bool(self.number.text().strip())
        )  # with a line code the band comes first: its number may have ten figures, too
        field = self.label if label_read and self.takes_label else self.number
        field.setText(read.strip())

    def _label_elsewhere(self, text: str) -> None:
        """A label that was scanned into another field of these goes to its own, when it is whole."""
        field = self.sender()
        figures = is_label_figures(text) and (  # no date has ten figures; a hospital number may
            field is self.born.edit or self._is_of_a_label(text)
        )
        if isinstance(field, QLineEdit) and (figures or read_label_code(text) is not None):
            field.clear()
            self.label.setText(text.strip())
            self.label.setFocus(Qt.FocusReason.OtherFocusReason)  # its Return goes on from there

    def _is_of_a_label(self, figures: str) -> bool:
        """Whether ten figures stand on a label of this ward, of whomever."""
        return self._ask is not None and self._ask.is_of_a_label(figures)

    def _refused_before(self) -> tuple[str, ...]:
        """Why the label that was read last was refused; asked once, never for each sign of a scan."""
        if self._refused is None:
            self._refused = () if self._ask is None else self._ask.refused_before()
        return self._refused

    def judge_again(self) -> None:
        """Another dose of the day was chosen: say of the label that was read whether it is of that one."""
        self._judged, self._refused = ("", ()), None
        if self._ask is not None:
            self._judge_label(self.label.text())

    def _judge_label(self, text: str) -> None:
        """Say at once whose and of which dose a label is, before anybody signs."""
        reasons: tuple[str, ...] = ()
        whole = read_label_code(text) is not None or is_label_figures(text) or is_label_words(text)
        if whole and self._ask is not None:
            if text != self._judged[0]:  # not again for each key of the hospital number
                self._judged, self._refused = (text, self._ask.read(text)), None
            reasons = self._judged[1]
            # a right label beside a foreign band
            reasons = (*self._ask.why_not_number(self.number.text()), *reasons)
        elif self._ask is not None and self.must_read:
            reasons = self._refused_before()
        dress(self.said, self._look, "body", "strong", "stop" if reasons else "go")
        self.said.setWordWrap(True)
        matched = self.tr("Label of this infant and this dose") if whole else ""
        self.said.setText(" ".join(reasons) or matched)
        self.said.setVisible(bool(self.said.text()) or not self.must_read)
        if self.must_read:
            self._tell_way_out()
        if whole and reasons:  # once it has been laid out: its form may have to scroll to it
            QTimer.singleShot(0, self, self._show_refusal)
        self.edited.emit()

    def _show_refusal(self) -> None:
        """A refused scan is read without scrolling, wherever the keyboard is."""
        if self.said.text() and self.said.isVisible():
            bring_into_sight(self.said)

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
        return TwoIdentifiers(
            self.number.text(),
            self.born.value(),
            self.label.text().strip(),
            self.unread.text().strip(),
        )

    def is_empty(self) -> bool:
        """Whether nothing was typed in either."""
        typed = f"{self.number.text()}{self.label.text()}{self.unread.text()}".strip()
        return not typed and self.born.is_empty()
