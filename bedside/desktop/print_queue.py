"""What became of a paper in the queue of its printer, asked of the printing service itself.

Qt says that a paper was printed whatever the service answered: a queue that takes nothing, a full disk
under it, a service that is gone. Where printing goes by CUPS (Linux, macOS) it is asked; elsewhere, and
where it cannot be asked, Qt's word stands.
"""

import ctypes
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_LIBRARY = "libcups.so.2"  # that Qt's own printing is linked against
_EVERY_JOB = -1
_CANCELLED, _ABORTED, _COMPLETED = 7, 8, 9  # RFC 8011, job-state
LOST = (_CANCELLED, _ABORTED)
OVER = (*LOST, _COMPLETED)
_LAST_GOOD = 0x00FF  # RFC 8011, status codes: what is above is an error


class Job(ctypes.Structure):
    """cups_job_t of cups/cups.h, which has not changed since CUPS 1."""

    _fields_ = (
        ("id", ctypes.c_int),
        *((name, ctypes.c_char_p) for name in ("dest", "title", "user", "format")),
        *((name, ctypes.c_int) for name in ("state", "size", "priority")),
        *((name, ctypes.c_long) for name in ("completed", "created", "processed")),
    )


def mark_job(printer: "QPrinter") -> str:
    """Give what is printed next a title of its own, by which its job is found; it names no infant."""
    title = f"Bedside {uuid4().hex[:12]}"
    printer.setDocName(title)
    return title


def queue_refused(printer: "QPrinter", title: str) -> bool:
    """Whether the printing service did not take what was just sent; False where it cannot be asked.

    Args:
        printer: where it was sent; asked in the same thread, straight after it.
        title: from `mark_job`.
    """
    if printer.outputFileName() or not printer.printerName():
        return False  # no queue is asked for
    try:
        cups = ctypes.CDLL(_LIBRARY)
    except OSError:
        return False
    return refused_by(cups, printer.printerName(), title)


def refused_by(cups: Any, name: str, title: str) -> bool:
    """The same, of a library that answers as CUPS does; False where it lacks what is asked."""
    try:
        failed = cups.cupsLastError() > _LAST_GOOD
        state = _state_of(cups, name, title)
    except AttributeError:
        return False
    return failed if state is None else state in LOST


def _state_of(cups: Any, name: str, title: str) -> int | None:
    """The state of a job by its title; None where the queue does not have it."""
    jobs = ctypes.POINTER(Job)()
    count = cups.cupsGetJobs(ctypes.byref(jobs), name.encode(), 1, _EVERY_JOB)
    try:
        found = [jobs[at].state for at in range(count) if jobs[at].title == title.encode()]
    finally:
        cups.cupsFreeJobs(max(count, 0), jobs)
    return found[-1] if found else None


def job_state(name: str, title: str) -> int | None:
    """The state of a job now (RFC 8011); None where the queue does not have it or cannot be asked.

    Args:
        name: the queue.
        title: from `mark_job`.
    """
    try:
        return _state_of(ctypes.CDLL(_LIBRARY), name, title)
    except (OSError, AttributeError):
        return None


def why_stopped(printer: "QPrinter") -> str:
    """That a printer is stopped, in words; "" where it is not, or where a file is written.

    What is sent to a stopped printer waits there and comes out when nobody expects it, perhaps
    long after it stopped holding.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if printer.outputFileName():
        return ""
    if QPrinterInfo(printer).state() != QPrinter.PrinterState.Error:
        return ""
    words = QCoreApplication.translate(
        "print_pages",
        "The printer {0} is stopped or cannot be reached: nothing was sent, nothing is on record. "
        "Start it again, or choose another one.",
    )
    return words.format(printer.printerName())
