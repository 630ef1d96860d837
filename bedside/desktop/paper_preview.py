"""Shows a paper inside the program, page by page, as it will come out of the printer."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QPageLayout
    from PySide6.QtPrintSupport import QPrinter

_POINTS_PER_INCH = 72.0
_MOST_DPI = 300.0
_STRIP, _OVERLAP, _CALM = 250, 2, 4  # rows of dots
_SLIVER = 0.001  # of a row: what is cut off is rounded up to whole rows, and never one more


def page_images(pdf: bytes, dots_per_inch: float) -> list[QImage]:
    """Draw every page of a PDF as a picture; for the printer."""
    with _opened(pdf) as document:
        return [_image(document, number, dots_per_inch) for number in range(len(document))]


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    with _opened(pdf) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def _opened(pdf: bytes) -> Any:
    # loaded when the first paper is shown: the ward list needs none of it
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def _image(
    document: Any,
    number: int,
    dots_per_inch: float,
    cut: tuple[float, float, float, float] = (0, 0, 0, 0),
) -> QImage:
    """Draw a page, or what is left of it after cutting points off left, below, right and above."""
    page = document[number]
    bitmap = page.render(
        scale=dots_per_inch / _POINTS_PER_INCH, crop=cut, prefer_bgrx=True, maybe_alpha=False
    )
    try:
        image = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGB32,
        )
        return image.copy()
    finally:
        bitmap.close()
        page.close()


class PageView(QWidget):
    """One page, fitted to the room there is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pdf = b""
        self._number = 0
        self._image: QImage | None = None
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
            if self.hasFocus():
                painter.setPen(QPen(self._look.colour("accent"), 2))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _fitted(self) -> QImage:
        if self._image is None:
            with _opened(self._pdf) as document:
                wide, high = document.get_page_size(self._number)
                room = min((self.width() - 16) / wide, (self.height() - 16) / high)
                dots = room * _POINTS_PER_INCH * self.devicePixelRatioF()
                self._image = _image(document, self._number, min(max(dots, 20.0), _MOST_DPI))
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
    """

    save_asked = Signal()
    print_asked = Signal()

    def __init__(self, look: Look, *, of_infant: bool = False) -> None:
        super().__init__()
        self._look = look
        self._pdf = b""
        self._number = 0
        self._pages = 0
        self.band_digits = PlainEdit(self.tr("Last 4 digits on the infant's band"))
        self.band_digits.setFixedWidth(76)
        self.band_digits.setMaxLength(12)
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
        self._pdf, self._number = pdf, 0
        self._pages = len(page_sizes(pdf))
        self.title.setText(title)
        self.note.setText(note)
        self._show()

    def clear(self) -> None:
        """Show no paper."""
        self.band_digits.clear()
        self._pdf, self._pages, self._number = b"", 0, 0
        self.title.setText(self.tr("No paper is shown"))
        self.note.setText(self.tr("Choose Print… beside a paper to see it here first."))
        self._show()

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        for widget in (self.back_button, self.count, self.next_button):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.note, 1)
        foot.addWidget(self._band())
        for button in (self.save_button, self.print_button):
            foot.addWidget(button)
        column.addLayout(foot)
        for button in (self.back_button, self.next_button, self.save_button, self.print_button):
            button.setAutoDefault(False)
            button.setFont(self._look.font("body", "medium"))
        for button in (self.save_button, self.print_button):
            make_tall(button, self._look, FIELD_HIGH)
        self.back_button.clicked.connect(self._turn_back)
        self.next_button.clicked.connect(self._turn_on)
        self.save_button.clicked.connect(self.save_asked)
        self.print_button.clicked.connect(self.print_asked)

    def _band(self) -> QWidget:
        """The field for the digits on the band; of no use for a paper that is about no infant."""
        words = label(self.tr("Last 4 di&gits on the band"), self._look, "small", "medium")
        words.setTextFormat(Qt.TextFormat.AutoText)
        words.setBuddy(self.band_digits)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(words)
        row.addWidget(self.band_digits)
        holder.setVisible(self._asks_band)
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
        self.view.setAccessibleDescription(self.count.text())
        self.back_button.setEnabled(self._number > 0)
        self.next_button.setEnabled(self._number + 1 < self._pages)
        for button in (self.save_button, self.print_button):
            button.setEnabled(self._pages > 0)
        self.band_digits.setEnabled(self._pages > 0)


def print_pages(pdf: bytes, printer: "QPrinter", parent: QWidget | None = None) -> bool:
    """Send a PDF to a printer, each page in its own size and orientation, while the window goes on.

    A strip of a page at a time: a page of 300 dots an inch takes half a second, a strip a twentieth.

    Args:
        pdf: the paper.
        printer: where it goes.
        parent: the window that waits for it.

    Returns:
        False where the printer took none of it, or where the person stopped it.
    """
    from bedside.desktop.long_work_dialog import LongWorkDialog

    painter = QPainter()
    dialog: LongWorkDialog[None] = LongWorkDialog(
        QCoreApplication.translate("print_pages", "The paper is sent to the printer."), parent
    )
    try:
        dialog.in_steps(_printing(pdf, printer, painter))
    finally:
        if dialog.stopped:
            printer.abort()
        taken = painter.end() if painter.isActive() else False
        dialog.deleteLater()
    if dialog.fault is not None and not isinstance(dialog.fault, NotTaken):
        raise dialog.fault
    return taken and dialog.fault is None and not dialog.stopped


class NotTaken(Exception):
    """The printer does not begin."""


def _printing(pdf: bytes, printer: "QPrinter", painter: QPainter) -> Iterator[tuple[str, int, int]]:
    """Each strip of each page; yields which page of how many."""
    dots = min(float(printer.resolution()), _MOST_DPI)
    words = QCoreApplication.translate("print_pages", "Page {0} of {1} is sent to the printer.")
    with _opened(pdf) as document:
        pages = len(document)
        yield words.format(1, pages), 0, pages  # the dialog is drawn before the first page is
        printer.setFullPage(True)
        for number in range(pages):
            wide, high = document.get_page_size(number)
            printer.setPageLayout(_layout(wide, high))
            if not (printer.newPage() if number else painter.begin(printer)):
                raise NotTaken
            yield words.format(number + 1, pages), number, pages
            room = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
            rows = math.ceil(high * dots / _POINTS_PER_INCH)
            scale, top = room.height() / rows, 0
            while top < rows:
                strip = _strip(document, number, dots, top, rows)
                done = strip.height() if top + strip.height() == rows else _calm_row(strip)
                part = strip.copy(0, 0, strip.width(), min(done + _OVERLAP, strip.height()))
                target = QRectF(0, top * scale, room.width(), part.height() * scale)
                painter.drawImage(target, part)
                top += done
                yield words.format(number + 1, pages), number, pages


def _layout(wide: float, high: float) -> "QPageLayout":
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize

    size = QPageSize(QSizeF(min(wide, high), max(wide, high)), QPageSize.Unit.Point)
    flat = wide > high
    way = QPageLayout.Orientation.Landscape if flat else QPageLayout.Orientation.Portrait
    return QPageLayout(size, way, QMarginsF())


def _strip(document: Any, number: int, dots: float, top: int, rows: int) -> QImage:
    """Some rows of a page, exactly as they stand on the whole of it."""
    end = min(top + _STRIP, rows)
    scale = dots / _POINTS_PER_INCH
    above, below = (max(cut - _SLIVER, 0.0) / scale for cut in (top, rows - end))
    return _image(document, number, dots, (0.0, below, 0.0, above))


def _calm_row(strip: QImage) -> int:
    """A row, as far down as possible, where a page may be cut in two: the rows around it are alike.

    So no letter is cut, and whoever draws the two parts half a dot apart shows nothing of it.
    """
    for row in range(strip.height() - _CALM, strip.height() // 4, -1):
        around = _row(strip, row)
        if all(_row(strip, row + by) == around for by in range(-_CALM, _CALM)):
            return row
    return strip.height()


def _row(image: QImage, row: int) -> bytes:
    return bytes(cast(memoryview, image.constScanLine(row)))
