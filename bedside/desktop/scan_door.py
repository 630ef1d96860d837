"""What a scan does in the window: a band opens its infant, a code is answered, anything else says so."""

from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop.save import RefusalNote
from bedside.desktop.scanner import ScanWatch
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def watch_scans(window: "BedsideWindow") -> ScanWatch:
    """Listen to a reader from now on, in the window and in every form over it."""
    watch, there = ScanWatch(window), ref(window)  # a window that is closed is not held on to

    def taken(read: str) -> None:
        at = there()
        if at is not None:
            take_scan(at, read)

    watch.scanned.connect(taken)
    return watch


def take_scan(window: "BedsideWindow", read: str) -> None:
    """Do what was scanned where no field had the keyboard.

    Args:
        window: the window.
        read: what the reader read.
    """
    if window.locking is not None and window.locking.locked:
        return  # nothing of the ward is told while the screen is locked
    from bedside.ward.verifying import is_square_code  # with all papers: not before a scan

    over = QApplication.activeModalWidget()
    if over is not None:
        _into_form(over, read)
    elif window.frame.blind is not None:
        _say(window, window.tr("A blind check is open: a scan opens nothing until it is recorded."))
    elif is_square_code(read):
        show_verify(window, read)
    else:
        _open_band(window, read)


def _into_form(form: QWidget, read: str) -> None:
    """A form that is open takes the scan itself; one that has no use for it says so."""
    taken = getattr(form, "take_scan", None)
    if taken is not None:
        taken(read)
        return
    note = getattr(form, "refusals", None)
    if isinstance(note, RefusalNote):
        note.show_reasons((form.tr("This form takes no scan: nothing was done with it."),))
    else:
        QApplication.beep()


def _open_band(window: "BedsideWindow", read: str) -> None:
    from bedside.ward.bands import read_band

    try:
        found = read_band(window.ward, read)
    except Refused as refused:
        _say(window, " ".join(refused.reasons))
        return
    if found.infant_id is None:
        from bedside.ward.label_lines import printed_label
        from bedside.ward.verifying import is_paper_code

        if is_paper_code(read) or printed_label(window.ward, read) is not None:
            show_verify(window, read)
        else:
            _say(window, found.words)
    elif window.frame.on_patient and window.frame.infant_id == found.infant_id:
        _say(window, window.tr("The band is hers: {0}.").format(found.words))
    else:
        window.open_infant(found.infant_id)


def show_verify(window: "BedsideWindow", read: str = "") -> None:
    """Show whether a paper still holds.

    Args:
        window: the window.
        read: what was scanned already; "" asks for a code.
    """
    from bedside.desktop.verify_paper_dialog import VerifyPaperDialog

    dialog = VerifyPaperDialog(window.ward, window.look, window)
    if read:
        dialog.take_scan(read)
    dialog.exec()
    infant_id = dialog.infant_id
    dialog.deleteLater()
    if infant_id is not None:
        window.open_infant(infant_id)


def _say(window: "BedsideWindow", words: str) -> None:
    from bedside.desktop.scan_note import ScanNote

    note = ScanNote(words, window)
    note.exec()
    again = note.scanned
    note.deleteLater()
    if again:
        take_scan(window, again)
