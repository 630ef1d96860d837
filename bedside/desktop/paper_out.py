"""Keeping a drawn paper as a file, or sending it to a printer, where that goes on nobody's record."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from bedside.desktop.paper_pages import keep_whole, print_pages
from bedside.desktop.save import RefusalNote
from bedside.units.refusal import Refused


def _tr(words: str) -> str:
    return QCoreApplication.translate("paper_out", words)


def ask_pdf_file(parent: QWidget, name: str) -> Path | None:
    """Ask where a paper is kept; None where the person went back.

    Args:
        parent: the window that asks.
        name: the name that is offered, in the person's own folder.
    """
    kinds, offered = _tr("PDF (*.pdf)"), str(Path.home() / name)
    chosen, _ = QFileDialog.getSaveFileName(parent, _tr("Save as PDF"), offered, kinds)
    return Path(chosen) if chosen else None


def as_pdf(chosen: Path) -> Path:
    """The file that a name means which was typed in the file dialog: with ".pdf" behind it.

    Args:
        chosen: the name as the dialog gives it back.

    Raises:
        Refused: ".pdf" had to be put behind it and such a file is there: the dialog asked about
            replacing only what was typed, so nobody was asked about this one.
    """
    if chosen.suffix.lower() == ".pdf":
        return chosen
    named = chosen.with_name(f"{chosen.name}.pdf")
    if named.exists():
        raise Refused(
            f"{named.name} is in this folder already and was not replaced. Nothing was kept: choose "
            "another name, or type this one whole."
        )
    return named


def keep_pdf(target: Path, pdf: bytes) -> None:
    """Write a paper to a file; ".pdf" is put behind a name that does not end so.

    Raises:
        Refused: it could not be written, or `as_pdf` refuses the name.
    """
    named = as_pdf(target)
    try:
        keep_whole(pdf, named)
    except OSError as fault:
        strerror = fault.strerror or fault  # a medium that kept less than it took has none
        raise Refused(
            f"{named} could not be written: {strerror}. Nothing was kept; choose another folder."
        ) from fault


def print_pdf(parent: QWidget, pdf: bytes, refusals: RefusalNote) -> None:
    """Ask for a printer and send a paper to it; what hinders it is said, at once or later.

    Args:
        parent: the window that asks.
        pdf: the paper.
        refusals: where it is said.
    """
    told = ""

    def say(words: str) -> None:
        nonlocal told
        if words or refusals.accessibleDescription() == told:  # what else is said stays
            refusals.show_reasons((words,) if words else ())
        told = words

    send_pdf(parent, pdf, say)


def send_pdf(parent: QWidget, pdf: bytes, say: Callable[[str], None]) -> None:
    """The same, wherever it is said.

    Args:
        parent: the window that asks; while it lives, the paper is watched in the printer's queue.
        pdf: the paper.
        say: is given a sentence of what hinders it, and "" when that is over.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from bedside.desktop.print_queue import why_stopped

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not accepted:
        return
    say("")
    stopped = why_stopped(printer)
    if stopped or not print_pages(pdf, printer, parent):
        say(stopped or _tr("The printer did not take it: print it again."))
    elif printer.printerName() and not printer.outputFileName():
        _watch(parent, printer.printerName(), printer.docName(), say)


def _watch(parent: QWidget, queue: str, job: str, say: Callable[[str], None]) -> None:
    """Say it when what the queue took does not come out."""
    from bedside.desktop.queue_watch import QueueWatch

    waits = _tr(
        "It has not come out: it waits in the queue of the printer {0}, and comes out when that one "
        "works again. Look at the printer; print nothing twice."
    ).format(queue)
    lost = _tr("The printer {0} gave it up: take away any page that came out, and print it again.")
    watch = QueueWatch(queue, job, parent)
    watch.waits.connect(lambda: say(waits))
    watch.came_out.connect(lambda: say(""))
    watch.lost.connect(lambda: say(lost.format(queue)))
