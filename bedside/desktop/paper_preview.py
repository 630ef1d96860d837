"""Shows a paper inside the program, page by page, as it will come out of the printer."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.captions import name_field
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.paper_pages import MOST_DPI, POINTS_PER_INCH, opened, page_image, page_sizes
from bedside.desktop.plain_edit import PlainEdit


class PageView(QWidget):
    """One page, fitted to the room there is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pdf = b""
        self._number = 0
        self._image: QImage | None = None
        self._across = self._empty = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Page of the paper"))

    def sizeHint(self) -> QSize:
        """Room for a page."""
        return QSize(560, 440)

    def show_page(self, pdf: bytes, number: int) -> None:
        """Show a page of a PDF; an empty one shows nothing."""
        self._pdf, self._number, self._image = pdf, number, None
        self.update()

    @property
    def empty_words(self) -> str:
        """What stands in the middle while no page is shown."""
        return self._empty

    def say_when_empty(self, title: str, words: str) -> None:
        """Say in the middle of the empty room what is not there, and how it comes there."""
        self._empty = f"{title}\n{words}"
        self.update()

    @property
    def across(self) -> str:
        """The words across the page; "" on one that holds."""
        return self._across

    def write_across(self, words: str) -> None:
        """Write words across the page, as on a paper that does not hold any more; "" takes them off."""
        self._across = words
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the page anew at the new size."""
        super().resizeEvent(event)
        self._image = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, in the middle, with a thin edge."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._look.colour("band"))
            if self._pdf:
                image = self._fitted()
                ratio = self.devicePixelRatioF()
                wide, high = image.width() / ratio, image.height() / ratio
                box = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
                painter.drawImage(box, image)
                painter.setPen(QPen(self._look.colour("edge"), 1))
                painter.drawRect(box)
                if self._across:
                    self._paint_across(painter, box)
            elif self._empty:
                self._paint_empty(painter)
            if self.hasFocus():
                painter.setPen(QPen(self._look.colour("accent"), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_empty(self, painter: QPainter) -> None:
        """A bold line and a quiet one, in the middle, where the eye looks for the page."""
        look, middle = self._look, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        title, _, words = self._empty.partition("\n")
        high = look.line_height("body_strong_banner") + look.px(4)
        room = QRectF(self.rect()).adjusted(16, self.height() / 2 - high, -16, 0)
        painter.setFont(look.font("body_strong_banner", "strong"))
        painter.setPen(look.colour("ink"))
        painter.drawText(room, middle, title)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("quiet"))
        painter.drawText(room.adjusted(0, high, 0, 0), middle, words)

    def _paint_across(self, painter: QPainter, box: QRectF) -> None:
        """Veil the page and write over it from corner to corner."""
        stop, ground = self._look.colour("stop"), self._look.colour("surface")
        veil = QColor(ground)
        veil.setAlphaF(0.55)
        painter.fillRect(box, veil)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.center())
        painter.rotate(-30)
        font = self._look.font("body", "bold")
        font.setPixelSize(max(18, round(box.width() / 11)))
        painter.setFont(font)
        wide = QFontMetricsF(font).horizontalAdvance(self._across) + 28
        strip = QRectF(-wide / 2, -font.pixelSize(), wide, 2 * font.pixelSize())
        painter.fillRect(strip, ground)
        painter.setPen(QPen(stop, 3))
        painter.drawRect(strip)
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, self._across)
        painter.restore()

    def _fitted(self) -> QImage:
        if self._image is None:
            with opened(self._pdf) as document:
                wide, high = document.get_page_size(self._number)
                room = min((self.width() - 16) / wide, (self.height() - 16) / high)
                dots = room * POINTS_PER_INCH * self.devicePixelRatioF()
                self._image = page_image(document, self._number, min(max(dots, 20.0), MOST_DPI))
        return self._image


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
        self.band_digits = PlainEdit(self.tr("Last 4 digits on the infant's band"))
        self.band_digits.setFixedWidth(76)
        self.band_digits.setMaxLength(64)  # a reader reads the whole number
        self._asks_band = of_infant
        self.view = PageView(look)
        self.title = label("", look, "body", "strong")
        self.note = label("", look, "small", colour="quiet", wrap=True)
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

    def mark_out_of_date(self, note: str) -> None:
        """Mark the paper that is shown: it does not hold any more and is not printed from here."""
        self.view.write_across(self.tr("OUT OF DATE"))
        self.note.setText(note)
        for widget in (self.save_button, self.print_button, self.band_digits):
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
        head.addWidget(self.title)
        head.addStretch(1)
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

    def _band(self) -> QWidget:
        """The field for the digits on the band; of no use for a paper that is about no infant."""
        words = label(self.tr("Last 4 di&gits on the band"), self._look, "small", "medium")
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
