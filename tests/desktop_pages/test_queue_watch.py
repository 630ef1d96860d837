"""A printer that is switched off takes a paper all the same: that it waits is said, and when it comes out or is lost."""

from threading import Event

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from bedside.desktop import print_queue, queue_watch
from bedside.desktop.downtime_drawing import DowntimeDrawing
from bedside.desktop.founding_steps import RecoveryStep
from bedside.desktop.paper_out import print_pdf
from bedside.desktop.print_queue import job_state
from bedside.desktop.queue_watch import QueueWatch
from bedside.desktop.save import RefusalNote
from tests.desktop_pages.test_doses_page import (  # noqa: F401 (fixtures)
    demonstration_values,
    page,
    view,
)
from tests.desktop_pages.test_printing import printed

WAITING, CANCELLED, DONE = 3, 7, 9


def watched(qtbot, states: list[int | None], waits_s: float = 0.0) -> tuple[list[str], QueueWatch]:
    """What a watch told of a job that goes through these states, the last one for ever."""
    told: list[str] = []

    def ask(queue: str, job: str) -> int | None:
        assert (queue, job) == ("ward", "Bedside 1")
        return states.pop(0) if len(states) > 1 else states[0]

    watch = QueueWatch("ward", "Bedside 1", qtbot.holder, ask=ask, every_ms=5, waits_s=waits_s)
    for name in ("waits", "came_out", "lost"):
        getattr(watch, name).connect(lambda name=name: told.append(name))
    return told, watch


@pytest.fixture
def held(qtbot):
    """Something that lives as long as the test."""
    qtbot.holder = QDialog()
    qtbot.addWidget(qtbot.holder)
    return qtbot


def over(watch: QueueWatch) -> bool:
    return not watch._timer.isActive()


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([DONE], []),  # it came out at once: nothing is said
        ([WAITING, WAITING, DONE], ["waits", "came_out"]),
        ([WAITING, CANCELLED], ["waits", "lost"]),
        ([CANCELLED], ["lost"]),
        ([None], []),  # nobody can be asked
    ],
)
def test_what_is_told_of_a_job(held, states, told):
    heard, watch = watched(held, list(states))
    held.waitUntil(lambda: over(watch), timeout=3000)
    assert heard == told


def test_nothing_is_told_before_its_time_and_then_once(held):
    heard, watch = watched(held, [WAITING], waits_s=0.2)
    held.wait(60)
    assert heard == []
    held.waitUntil(lambda: heard == ["waits"], timeout=3000)
    held.wait(60)
    assert heard == ["waits"] and not over(watch)
    watch.end()


def test_a_service_that_hangs_does_not_hold_the_window(held):
    """It is asked once, in a thread, until it answers."""
    asked, answers = [], Event()

    def ask(*_: str) -> int:
        asked.append(1)
        answers.wait(5)
        return DONE

    watch = QueueWatch("ward", "Bedside 1", held.holder, ask=ask, every_ms=5)
    held.wait(60)
    assert asked == [1] and not over(watch)
    answers.set()
    held.waitUntil(lambda: over(watch), timeout=3000)


def test_a_queue_that_is_not_there_is_not_watched():
    assert job_state("no such queue", "Bedside 1") is None


@pytest.fixture
def queue(monkeypatch, qtbot):
    """A printer with a queue whose jobs are in the state that is put into the list."""
    states = [WAITING]

    def accept(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        monkeypatch.setattr(QPrinter, "printerName", lambda _: "ward")
        printer.setDocName("Bedside 1")
        return QDialog.DialogCode.Accepted

    def watch(name, title, parent, **_):
        return QueueWatch(name, title, parent, ask=lambda *_: states[0], every_ms=5, waits_s=0.0)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    for door in ("doses_paper", "paper_out"):
        monkeypatch.setattr(f"bedside.desktop.{door}.print_pages", lambda *_: True)
    monkeypatch.setattr(print_queue, "why_stopped", lambda _: "")  # of no queue of this machine
    monkeypatch.setattr(queue_watch, "QueueWatch", watch)
    return states


def test_a_paper_that_waits_in_the_queue_is_told_until_it_comes_out(page, qtbot, queue):  # noqa: F811
    printed(page)
    assert page.refusals.text() == ""
    qtbot.waitUntil(lambda: "copy 1 has not come out" in page.refusals.text(), timeout=3000)
    assert "waits in the queue of the printer ward" in page.refusals.text()
    queue[0] = DONE
    qtbot.waitUntil(lambda: page.refusals.text() == "", timeout=3000)


def test_a_paper_that_was_lost_in_the_queue_can_be_declared_void(page, qtbot, queue):  # noqa: F811
    printed(page)
    qtbot.waitUntil(lambda: "has not come out" in page.refusals.text(), timeout=3000)
    queue[0] = CANCELLED
    qtbot.waitUntil(lambda: "The printer did not take" in page.refusals.text(), timeout=3000)
    page.papers.preview.untaken_button.click()
    assert view(page).printed[0].void


def test_on_another_infants_page_nothing_is_said_of_it(page, qtbot, queue):  # noqa: F811
    printed(page)
    infant, page.infant_id = page.infant_id, 999
    qtbot.wait(60)
    assert page.refusals.text() == ""
    page.infant_id = infant


def test_every_other_door_to_a_printer_watches_its_paper(qtbot, look, queue, tmp_path):
    """Downtime sheets and whatever goes on no record: told while it waits, and over when it came out."""
    refusals = RefusalNote(look)
    qtbot.addWidget(refusals)
    sheets = DowntimeDrawing(look)
    qtbot.addWidget(sheets)
    paper = tmp_path / "down.pdf"
    paper.write_bytes(b"%PDF")
    sheets.over(paper)
    for door in (lambda: sheets.print_them(refusals), lambda: print_pdf(sheets, b"%PDF", refusals)):
        queue[0] = WAITING
        door()
        qtbot.waitUntil(
            lambda: "waits in the queue of the printer ward" in said(refusals), timeout=3000
        )
        queue[0] = DONE
        qtbot.waitUntil(lambda: said(refusals) == "", timeout=3000)
    queue[0] = CANCELLED
    print_pdf(sheets, b"%PDF", refusals)
    qtbot.waitUntil(lambda: "The printer ward gave it up" in said(refusals), timeout=3000)


def test_what_else_is_said_meanwhile_stays_when_the_paper_came_out(qtbot, look, queue):
    refusals, door = RefusalNote(look), QWidget()
    for one in (refusals, door):
        qtbot.addWidget(one)
    print_pdf(door, b"%PDF", refusals)
    qtbot.waitUntil(lambda: "waits in the queue" in said(refusals), timeout=3000)
    refusals.show_reasons(("No second medium is set.",))
    queue[0] = DONE
    qtbot.wait(60)
    assert said(refusals) == "No second medium is set."


def test_a_recovery_sheet_that_waits_in_a_queue_is_told(qtbot, look, queue):
    """Its code would come out when nobody stands there."""
    step, told = RecoveryStep(look, "AAAA BBBB", b"%PDF"), []
    qtbot.addWidget(step)
    step.refused.connect(told.append)
    step.print_button.click()
    qtbot.waitUntil(lambda: "waits in the queue of the printer ward" in told[-1], timeout=3000)
    queue[0] = DONE
    qtbot.waitUntil(lambda: told[-1] == "", timeout=3000)


def test_a_stopped_printer_is_named_and_gets_nothing(qtbot, look, queue, monkeypatch):
    refusals, door = RefusalNote(look), QWidget()
    for one in (refusals, door):
        qtbot.addWidget(one)
    monkeypatch.setattr(print_queue, "why_stopped", lambda _: "The printer ward is stopped.")
    monkeypatch.setattr("bedside.desktop.paper_out.print_pages", lambda *_: pytest.fail("sent"))
    print_pdf(door, b"%PDF", refusals)
    assert said(refusals) == "The printer ward is stopped."


def said(refusals: RefusalNote) -> str:
    return refusals.accessibleDescription()
