"""Long paper work never freezes the window: it goes on in small steps or beside it, and can be stopped."""

import threading
import time
import weakref
from functools import partial
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop import closed_work_dialog, long_work_dialog, paper_pages
from bedside.desktop.closed_work_dialog import ClosedWorkDialog, show_closed_work
from bedside.desktop.long_work_dialog import LongWorkDialog, long_work
from bedside.desktop.paper_pages import send_pages
from bedside.desktop.protocols_page import BOOK, FACTS, ProtocolsPage
from bedside.units.refusal import Refused
from bedside.ward.key_acts import ClosedWork
from bedside.ward.protocol_books import draw_review_book
from tests.paper_images import page_images

LONGEST_S = 0.1  # what the window may be busy without looking up


class Watcher:
    """Notes how long the window's thread worked between two looks at its events.

    Counted is the work of that thread alone, so that a busy computer changes nothing.
    """

    def __init__(self) -> None:
        self.longest, self.looks = 0.0, 0
        self._last = time.thread_time()
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(0)

    def _look(self) -> None:
        now = time.thread_time()
        self.longest, self.looks = max(self.longest, now - self._last), self.looks + 1
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


def long_dialog() -> LongWorkDialog:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, LongWorkDialog)]
    return found


@pytest.fixture
def book(ward) -> bytes:
    """The review book of a protocol, some thirty pages."""
    return draw_review_book(ward, "interfant06")


def printer_to(target: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def first_pages(pdf: bytes, many: int) -> bytes:
    reader, writer, out = pypdf.PdfReader(BytesIO(pdf)), pypdf.PdfWriter(), BytesIO()
    for page in reader.pages[:many]:
        writer.add_page(page)
    writer.write(out)
    return out.getvalue()


def test_a_review_book_is_printed_while_the_window_goes_on(qtbot, book, tmp_path):
    """The window is never busy for longer than a tenth of a second with it."""
    page_images(first_pages(book, 1), 36)  # the library that draws pages is loaded
    watcher = Watcher()
    assert send_pages(first_pages(book, 6), printer_to(tmp_path / "out.pdf"))
    watcher.stop()
    assert watcher.looks > 60  # ten strips of each page, at least
    assert watcher.longest < LONGEST_S
    assert len(pypdf.PdfReader(tmp_path / "out.pdf").pages) == 6


def shades(image: QImage) -> list[int]:
    """How light each spot of a page is, seen from afar."""
    afar = image.scaled(
        220, 155, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return [afar.pixelColor(x, y).lightness() for x in range(220) for y in range(155)]


def test_what_is_printed_is_the_page(qtbot, book, tmp_path):
    """Put together from its strips it is the page that was drawn, on paper, too."""
    one = first_pages(book, 2)
    assert send_pages(one, printer_to(tmp_path / "out.pdf"))
    printed = (tmp_path / "out.pdf").read_bytes()
    for wanted, found in zip(page_images(one, 150), page_images(printed, 150), strict=True):
        was, now = (shades(image) for image in (wanted, found))
        assert max(abs(a - b) for a, b in zip(was, now, strict=True)) < 40
        assert min(was) < 150  # something is drawn


def test_each_strip_is_exactly_that_part_of_the_page(qtbot, book):
    pdf = first_pages(book, 1)
    (whole,) = page_images(pdf, 300)
    with pypdfium2.PdfDocument(pdf) as document:
        top, cuts = 0, 0
        while top < whole.height():
            strip = paper_pages._strip(document, 0, 300.0, top, whole.height())
            assert strip.size() == whole.copy(0, top, whole.width(), strip.height()).size()
            row = paper_pages._calm_row(strip)
            cuts += row < strip.height()
            same = sum(
                paper_pages._row(strip, each) == paper_pages._row(whole, top + each)
                for each in range(strip.height())
            )
            assert same > 0.9 * strip.height()  # a letter's soft edge may differ by a shade
            top += row if top + strip.height() < whole.height() else strip.height()
    assert cuts >= 8


def test_printing_can_be_stopped(qtbot, book, tmp_path):
    def stop() -> None:
        dialog = long_dialog()
        assert dialog.bar.maximum() == 6
        assert "of 6" in dialog.words.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.words.text() == "Stopping…"

    QTimer.singleShot(300, stop)
    assert not send_pages(first_pages(book, 6), printer_to(tmp_path / "out.pdf"))


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(qtbot, book, tmp_path):
    assert not send_pages(first_pages(book, 1), printer_to(tmp_path / "no" / "folder" / "out.pdf"))


def test_a_page_that_cannot_be_drawn_is_raised(qtbot, book, tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(paper_pages, "_strip", broken)
    with pytest.raises(ValueError, match="broken"):
        send_pages(first_pages(book, 1), printer_to(tmp_path / "out.pdf"))


# ---- beside the window


def test_long_work_runs_beside_the_window_and_gives_what_it_found(qtbot):
    watcher, threads = Watcher(), []

    def act(_go_on) -> str:
        threads.append(threading.current_thread())
        time.sleep(0.3)
        return "found"

    assert long_work("It is worked.", act, None) == "found"
    watcher.stop()
    assert threads[0] is not threading.main_thread()
    assert watcher.looks > 20


def test_the_return_that_began_it_does_not_stop_it(qtbot):
    QTimer.singleShot(50, lambda: QTest.keyClick(long_dialog(), Qt.Key.Key_Return))
    went_on = []
    long_work("It is worked.", lambda go_on: (time.sleep(0.2), went_on.append(go_on())), None)
    assert went_on == [True]


class LateThread(threading.Thread):
    """Holds what it did for a while after it has said that it is done, as on a busy machine."""

    def run(self) -> None:
        held = self._target
        super().run()
        time.sleep(0.2)
        del held


def test_a_thread_has_let_go_of_the_page_before_whoever_asked_goes_on(qtbot, monkeypatch):
    """Else it may be the last to hold it, and Qt's objects end in a thread that is not theirs."""
    monkeypatch.setattr(long_work_dialog, "Thread", LateThread)
    ends = []
    page = QWidget()
    weakref.finalize(page, lambda: ends.append(threading.current_thread()))
    work = partial(lambda page, _go_on: page.objectName() + "done", page)
    assert long_work("It is worked.", work, page) == "done"
    del work, page
    qtbot.wait(400)
    assert ends == [threading.main_thread()]


def test_the_thread_of_closed_work_has_let_go_of_its_window(qtbot, look, monkeypatch):
    monkeypatch.setattr(closed_work_dialog, "Thread", LateThread)

    def refuse(_tell) -> None:
        raise Refused("Not today.")

    real = ClosedWorkDialog._show_end

    def read_and_go_on(dialog: ClosedWorkDialog) -> None:
        real(dialog)
        dialog.button.click()

    monkeypatch.setattr(ClosedWorkDialog, "_show_end", read_and_go_on)
    assert show_closed_work(look, ClosedWork("Keys", refuse)) is None
    assert "keys" not in [thread.name for thread in threading.enumerate()]


def test_what_long_work_raises_is_raised_here(qtbot):
    def act(_go_on) -> None:
        raise Refused("Not today.")

    with pytest.raises(Refused, match="Not today"):
        long_work("It is worked.", act, None)


@pytest.mark.parametrize("way", ["button", "escape", "close"])
def test_long_work_is_asked_to_stop_and_not_left_before_it_has(qtbot, way):
    ends = []

    def act(go_on) -> str:
        while go_on():
            time.sleep(0.01)
        time.sleep(0.1)
        ends.append(time.monotonic())
        return "stopped"

    def stop() -> None:
        dialog = long_dialog()
        if way == "button":
            QTest.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
        elif way == "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            dialog.close()
        assert dialog.isVisible()
        assert not dialog.stop_button.isEnabled()

    QTimer.singleShot(100, stop)
    assert long_work("It is worked.", act, None) == "stopped"
    assert ends[0] <= time.monotonic()


def test_the_review_book_is_drawn_beside_the_window_and_can_be_stopped(
    qtbot, ward, look, session, monkeypatch
):
    """On a large ward the whole record is verified first: that may take its time."""
    made = ProtocolsPage(ward, look, session)
    for part in (made, made.band):
        qtbot.addWidget(part)
    made.show()
    made.refresh()
    seen = []

    def slow(go_on) -> None:
        seen.append(threading.current_thread())
        while go_on():
            time.sleep(0.01)

    monkeypatch.setattr(ward.store, "verify_in_steps", slow)
    QTimer.singleShot(150, lambda: long_dialog().stop())
    QTest.mouseClick(made.views.buttons[BOOK], Qt.MouseButton.LeftButton)
    assert seen[0] is not threading.main_thread()
    assert made.refusals.text() == "It was stopped: nothing was printed."
    assert made.view == FACTS and made.table.isVisible()
