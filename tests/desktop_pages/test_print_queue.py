"""What a printing service answers, and Qt does not tell: a queue that takes nothing, a full disk, a service that is gone.

Tried by hand against a real one, too; here a library with its answers stands for it.
"""

import ctypes
from collections.abc import Sequence

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from bedside.desktop.paper_pages import print_pages
from bedside.desktop.print_queue import Job, mark_job, queue_refused, refused_by, why_stopped
from bedside.store.queries import all_of
from bedside.store.records import Print
from tests.desktop_pages.test_doses_page import (  # noqa: F401 (fixtures)
    demonstration_values,
    page,
    read_band,
    view,
)
from tests.desktop_pages.test_printing import SHEET, printed

WAITING, RUNNING, STOPPED, CANCELLED, ABORTED, DONE = 3, 5, 6, 7, 8, 9
NOT_ACCEPTING, UNAVAILABLE = 0x0506, 0x0502


class Service:
    """Answers as CUPS does: its last error, and the jobs that it has."""

    def __init__(self, error: int, jobs: Sequence[tuple[str, int]]) -> None:
        self.error, self.freed = error, 0
        self.jobs = (Job * len(jobs))()
        for row, (title, state) in zip(self.jobs, jobs, strict=True):
            row.title, row.state = title.encode(), state

    def cupsLastError(self) -> int:
        return self.error

    def cupsGetJobs(self, into, name: bytes, mine: int, which: int) -> int:
        assert (name, mine, which) == (b"ward", 1, -1)
        into._obj.contents = self.jobs[0] if self.jobs else Job()
        return len(self.jobs) or -1

    def cupsFreeJobs(self, count: int, jobs) -> None:
        self.freed += 1


@pytest.mark.parametrize(
    ("error", "jobs", "refused"),
    [
        (0, [("mine", DONE)], False),
        (0, [("mine", RUNNING)], False),
        (0, [("mine", WAITING), ("other", ABORTED)], False),
        (0, [("mine", STOPPED)], False),
        (0, [("mine", CANCELLED)], True),  # the disk of the service was full
        (UNAVAILABLE, [("mine", DONE)], False),  # the queue has it: what is asked later may fail
        (0, [("other", DONE), ("mine", ABORTED)], True),
        (NOT_ACCEPTING, [("other", DONE)], True),
        (UNAVAILABLE, [], True),  # the service is gone
        (0, [], False),  # it keeps no history
    ],
)
def test_a_paper_is_taken_only_where_the_service_took_it(error: int, jobs, refused: bool) -> None:
    service = Service(error, jobs)
    assert refused_by(service, "ward", "mine") is refused
    assert service.freed == 1


def test_where_nobody_can_be_asked_the_word_of_the_system_stands(qapp) -> None:
    assert refused_by(object(), "ward", "mine") is False
    printer = QPrinter()
    title = mark_job(printer)
    assert printer.docName() == title and title.startswith("Bedside ")  # names no infant
    assert queue_refused(printer, title) is False


def test_nothing_is_sent_to_a_printer_that_is_stopped_and_nothing_recorded(
    page,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QPrinterInfo, "state", lambda _: QPrinter.PrinterState.Error)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    with page.ward.store.reading() as connection:
        before = len(all_of(connection, Print, include_void=True))
    printed(page)
    assert "is stopped or cannot be reached: nothing was sent" in page.refusals.text()
    with page.ward.store.reading() as connection:
        assert len(all_of(connection, Print, include_void=True)) == before
    printer = QPrinter()
    assert why_stopped(printer) and not print_pages(b"", printer)
    printer.setOutputFileName("paper.pdf")
    assert why_stopped(printer) == ""


def test_the_service_s_own_rows_are_read_as_it_lays_them() -> None:
    assert Job.title.offset == 2 * ctypes.sizeof(ctypes.c_void_p)


def test_the_keyboard_stays_where_no_window_is_active_yet(
    page,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    qtbot,
) -> None:
    """With a window manager: the print dialogue had just gone, and the keyboard went on to Lock."""
    monkeypatch.setattr("bedside.desktop.doses_paper.print_pages", lambda *_: False)
    monkeypatch.setattr("bedside.desktop.print_queue.why_stopped", lambda _printer: "")
    beside = QWidget()
    qtbot.addWidget(beside)

    def choose(_dialog: QPrintDialog) -> int:
        with qtbot.waitActive(beside):
            beside.show()
            beside.activateWindow()
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", choose)
    button = page.papers.preview.print_button
    page.preview_paper(SHEET)
    read_band(page)
    button.setFocus()
    button.click()
    assert "did not take" in page.refusals.text()
    assert page.window().focusWidget() is button
