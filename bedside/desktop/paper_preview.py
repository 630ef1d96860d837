"""Shows a paper inside the program, page by page, as it will come out of the printer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.captions import name_field
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.page_view import PageView
from bedside.desktop.paper_pages import page_sizes
from bedside.desktop.plain_edit import PlainEdit


class PaperPreview(QWidget):
    """A paper with its pages and what may be done with it.

    Args:
        look: colours and fonts.
        of_infant: the last digits of the hospital number are read off the band and typed before
            it is saved or printed (hazard H25).

    Signals:
        save_asked: keep it as a PDF file.
        print_asked: send it to a printer.
        untaken_asked: the copy that no printer took is to be declared void.
    """

    save_asked = Signal()
    print_asked = Signal()
    untaken_asked = Signal()

    def __init__(self, look: Look, *, of_infant: bool = False) -> None:
        super().__init__()
        self._look = look
        self._pdf = b""
        self._number = 0
        self._pages = 0
        self.band_digits = PlainEdit(self.tr("Last 4 letters and digits on the infant's band"))
        self.band_digits.setFixedWidth(76)
        self.band_digits.setMaxLength(64)  # a reader reads the whole number
        self._asks_band = of_infant
        self.view = PageView(look)
        self.title = label("", look, "body", "strong")
        self.note = label("", look, "small", colour="quiet", wrap=True)
        self.less_button, self.more_button = QPushButton("−"), QPushButton("+")
        self.back_button = QPushButton(self.tr("← Page before"))
        self.next_button = QPushButton(self.tr("Page after →"))
        self.count = label("", look, "small", colour="quiet")
        self.save_button = QPushButton(self.tr("Sa&ve as PDF…"))
        self.print_button = QPushButton(self.tr("Pri&nt…"))
        self.print_button.setProperty("role", "act")
        self.untaken_button = QPushButton(
            self.tr("Declare void")
        )  # which copy, once one is offered
        self.setAccessibleName(self.tr("Preview of the paper"))
        self._build()
        self.clear()

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return self._pages

    @property
    def number(self) -> int:
        """Which page is shown, from 0."""
        return self._number

    def show_paper(self, pdf: bytes, title: str, note: str) -> None:
        """Show a paper from its first page on; each is confirmed by itself."""
        self.band_digits.clear()
        self.untaken_button.hide()
        self.view.write_across("")
        self._pdf, self._number = pdf, 0
        self._pages = len(page_sizes(pdf))
        self.title.setText(title)
        self.note.setText(note)
        self._show()

    def mark_out_of_date(self, note: str, across: str = "") -> None:
        """Mark the paper that is shown: it does not hold any more and is not printed from here.

        Args:
            note: what stands below it.
            across: what stands across it; "" for OUT OF DATE.
        """
        self.view.write_across(across or self.tr("OUT OF DATE"))
        self.note.setText(note)
        parts = (self.save_button, self.print_button, self.band_digits)
        if any(widget.hasFocus() for widget in parts):
            self.view.setFocus()  # else the keyboard would go to the next part of the window: Lock
        for widget in parts:
            widget.setEnabled(False)

    def clear(self) -> None:
        """Show no paper."""
        self.view.write_across("")
        self.band_digits.clear()
        self.untaken_button.hide()
        self._pdf, self._pages, self._number = b"", 0, 0
        self.title.setText("")
        self.note.setText("")
        self.view.say_when_empty(
            self.tr("No paper is shown"),
            self.tr("Choose Print… beside a paper to see it here first."),
        )
        self._show()

    def offer_void(self, words: str) -> None:
        """Offer to declare void, in one step, a copy that is on record and that nobody has whole."""
        self.untaken_button.setText(words)
        self.untaken_button.show()  # the keyboard stays where it is: nothing is voided by a blank

    def hold_refusals(self, note: QWidget) -> None:
        """Show what was refused above the buttons: the page gives up the room, no button moves.

        Whoever presses once more after reading it meets the same button.
        """
        self._column.insertWidget(self._column.indexOf(self.view) + 1, note)

    def turn(self, by: int) -> None:
        """Turn pages."""
        self._number = min(max(self._number + by, 0), max(self._pages - 1, 0))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and page down turn the pages."""
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in turns:
            self.turn(turns[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        self.title.setWordWrap(True)  # in large text it gives way to the buttons beside it
        head.addWidget(self.title, 1)
        for sizing in self._size_buttons():
            head.addWidget(sizing)
        head.addSpacing(8)
        for widget in (self.back_button, self.count, self.next_button):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.untaken_button, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.note, 1)
        foot.addWidget(self._band())
        for button in (self.save_button, self.print_button):
            foot.addWidget(button)
        column.addLayout(foot)
        acts = (self.save_button, self.print_button, self.untaken_button)
        for button in (self.back_button, self.next_button, *acts):
            button.setAutoDefault(False)
            button.setFont(self._look.font("body", "medium"))
        for button in acts:
            make_tall(button, self._look, FIELD_HIGH)
        self.back_button.clicked.connect(self._turn_back)
        self.next_button.clicked.connect(self._turn_on)
        self.save_button.clicked.connect(self.save_asked)
        self.print_button.clicked.connect(self.print_asked)
        self.untaken_button.clicked.connect(self.untaken_asked)

    def _size_buttons(self) -> tuple[QPushButton, QPushButton]:
        """Smaller and larger, as wide as high."""
        less, more = self.less_button, self.more_button
        wide = self._look.measure("field")
        for button, name, act in (
            (less, self.tr("Page smaller"), self.view.lessen),
            (more, self.tr("Page larger"), self.view.enlarge),
        ):
            button.setAutoDefault(False)
            button.setFont(self._look.font("body", "strong"))
            button.setFixedWidth(wide)
            button.setAccessibleName(name)
            button.clicked.connect(act)
        less.setToolTip(self.tr("Smaller (− while the keyboard is on the page)"))
        more.setToolTip(self.tr("Larger (+ while the keyboard is on the page, or two clicks)"))
        self.view.enlarged.connect(self._judge_size)
        return less, more

    def _judge_size(self) -> None:
        self.less_button.setEnabled(self.view.can_lessen)
        self.more_button.setEnabled(self.view.can_enlarge)

    def _band(self) -> QWidget:
        """The field for the digits on the band; of no use for a paper that is about no infant."""
        words = label(self.tr("Last 4 si&gns on the band"), self._look, "small", "medium")
        words.setTextFormat(Qt.TextFormat.AutoText)
        name_field(words, self.band_digits)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(words)
        row.addWidget(self.band_digits)
        if not self._asks_band:  # shown without a parent, it would flash up as a window of its own
            holder.hide()
        return holder

    def _turn_back(self) -> None:
        self.turn(-1)

    def _turn_on(self) -> None:
        self.turn(1)

    def _show(self) -> None:
        self.view.show_page(self._pdf, self._number)
        self.count.setText(
            self.tr("page {0} of {1}").format(self._number + 1, self._pages) if self._pages else ""
        )
        told = self.count.text() if self._pdf else self.view.empty_words.replace("\n", ": ")
        self.view.setAccessibleDescription(told)
        self.back_button.setEnabled(self._number > 0)
        self.next_button.setEnabled(self._number + 1 < self._pages)
        usable = self._pages > 0 and not self.view.across
        for button in (self.save_button, self.print_button):
            button.setEnabled(usable)
        self.band_digits.setEnabled(usable)
