"""Keeping a drawn paper as a file, or sending it to a printer, where that goes on nobody's record."""

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


def keep_pdf(target: Path, pdf: bytes) -> None:
    """Write a paper to a file; ".pdf" is put behind a name that does not end so.

    Raises:
        Refused: it could not be written.
    """
    named = target if target.suffix == ".pdf" else target.with_name(f"{target.name}.pdf")
    try:
        keep_whole(pdf, named)
    except OSError as fault:
        raise Refused(
            f"{named} could not be written: {fault.strerror}. Nothing was kept; choose another folder."
        ) from fault


def print_pdf(parent: QWidget, pdf: bytes, refusals: RefusalNote) -> None:
    """Ask for a printer and send a paper to it; where it took none, that is said.

    Args:
        parent: the window that asks.
        pdf: the paper.
        refusals: where it is said.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    if accepted and not print_pages(pdf, printer, parent):
        refusals.show_reasons((_tr("The printer did not take it: print it again."),))
