"""The pages of a paper as pictures, and their way to a printer, while the window goes on."""

import math
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPageLayout
    from PySide6.QtPrintSupport import QPrinter

POINTS_PER_INCH = 72.0
MOST_DPI = 300.0
_STRIP, _OVERLAP, _CALM = 250, 2, 4  # rows of dots
_SLIVER = 0.001  # of a row: what is cut off is rounded up to whole rows, and never one more


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    with opened(pdf) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def opened(pdf: bytes) -> Any:
    """A paper to draw pages of; closed again by whoever opened it."""
    # loaded when the first paper is shown: the ward list needs none of it
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def page_image(
    document: Any,
    number: int,
    dots_per_inch: float,
    cut: tuple[float, float, float, float] = (0, 0, 0, 0),
) -> QImage:
    """Draw a page, or what is left of it after cutting points off left, below, right and above."""
    page = document[number]
    bitmap = page.render(
        scale=dots_per_inch / POINTS_PER_INCH, crop=cut, prefer_bgrx=True, maybe_alpha=False
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


def print_pages(pdf: bytes, printer: "QPrinter", parent: QWidget | None = None) -> bool:
    """Send a PDF to a printer, each page in its own size and orientation, while the window goes on.

    A strip of a page at a time: a page of 300 dots an inch takes half a second, a strip a twentieth.

    Args:
        pdf: the paper.
        printer: where it goes.
        parent: the window that waits for it.

    Where "print to a file" was chosen the file is the paper itself, letter by letter, and it is read
    back: Qt's own way leaves a broken file behind on a full disk and says that all went well.

    Returns:
        False where the printer took none of it, or where the person stopped it.
    """
    if printer.outputFileName():
        return _kept_whole(pdf, Path(printer.outputFileName()))
    from bedside.desktop.print_queue import why_stopped

    return not why_stopped(printer) and send_pages(pdf, printer, parent)


def send_pages(pdf: bytes, printer: "QPrinter", parent: QWidget | None = None) -> bool:
    """The same for paper: every page is drawn on the printer; arguments and answer as above."""
    from bedside.desktop.long_work_dialog import LongWorkDialog
    from bedside.desktop.print_queue import mark_job, queue_refused

    painter, title = QPainter(), mark_job(printer)
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
    whole = taken and dialog.fault is None and not dialog.stopped
    return whole and not queue_refused(printer, title)


def _kept_whole(pdf: bytes, path: Path) -> bool:
    """The same as `keep_whole`; False where it could not be written."""
    try:
        keep_whole(pdf, path)
    except OSError:
        return False
    return True


def keep_whole(pdf: bytes, path: Path, *, mode: int = 0o666) -> None:
    """Write a paper to a file, whole or not at all; what lay there before stays if it does not go.

    Args:
        pdf: the paper.
        path: the file.
        mode: who may read it, less what the system's own mask takes away.

    Raises:
        OSError: it could not be written; nothing of it is left.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)  # one that an earlier run left has its own mode
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            out.write(pdf)
            out.flush()
            os.fsync(out.fileno())
        if part.read_bytes() != pdf:
            raise OSError("it was not written whole")
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


class NotTaken(Exception):
    """The printer does not begin."""


def _printing(pdf: bytes, printer: "QPrinter", painter: QPainter) -> Iterator[tuple[str, int, int]]:
    """Each strip of each page; yields which page of how many."""
    dots = min(float(printer.resolution()), MOST_DPI)
    words = QCoreApplication.translate("print_pages", "Page {0} of {1} is sent to the printer.")
    with opened(pdf) as document:
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
            rows = math.ceil(high * dots / POINTS_PER_INCH)
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
    scale = dots / POINTS_PER_INCH
    above, below = (max(cut - _SLIVER, 0.0) / scale for cut in (top, rows - end))
    return page_image(document, number, dots, (0.0, below, 0.0, above))


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
