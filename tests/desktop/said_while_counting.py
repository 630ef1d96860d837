"""Everything a window says in any way, so that a test sees what a blind check would give away."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.desktop.locked_window import READING, said_by_windows, said_to_a_screen_reader


def everything_said(window):
    """Every text of the window, also of hidden widgets in it, and all that is read out."""
    said = [*said_by_windows(), *said_to_a_screen_reader()]
    for widget in [window, *window.findChildren(object)]:
        for reading in READING:
            read = getattr(widget, reading, None)
            if callable(read):
                text = read()
                if isinstance(text, str):
                    said.append(text)
    return said


def given_away(window, figures):
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    said = " | ".join(everything_said(window)).replace("\u202f", " ").replace("\u00a0", " ")
    assert "2.5 mg per kg" in said and "FERREIRA" in said, "the page itself is read"
    return [figure for figure in figures if figure in said]
