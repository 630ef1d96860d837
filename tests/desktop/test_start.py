"""The desktop starts on a ward, shows its list, and is quiet after it is closed."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from bedside.desktop.collecting import COLLECTING
from bedside.desktop.page import Page
from bedside.desktop.page_door import every_door
from bedside.desktop.start import run
from bedside.desktop.window import BedsideWindow
from bedside.ward.ward import Ward


def the_window() -> BedsideWindow:
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, BedsideWindow)]
    return window


def test_it_opens_on_the_list_and_closes(qapp, look, ward: Ward, tmp_path: Path):
    before = sys.excepthook
    seen: list[object] = []
    looks: list[None] = []

    def look_and_close() -> None:
        window = the_window()
        if window.findChild(QTimer, COLLECTING) is None and len(looks) < 50:
            looks.append(QTimer.singleShot(100, look_and_close))  # not settled yet: busy machine
            return
        seen.extend((window.isVisible(), window.session.who, sys.excepthook is not before))
        window.take_icon()
        seen.append(window.windowIcon().isNull())
        seen.append(gc.isenabled() or window.findChild(QTimer, COLLECTING) is None)
        window.close()
        QApplication.quit()

    # one quit, at one time: a second one would end the loops of the tests after this
    qapp.setQuitOnLastWindowClosed(False)
    QTimer.singleShot(400, look_and_close)
    try:
        code = run(ward, ["bedside"], who="E. Sørensen, RN", crash_folder=tmp_path / "crashes")
    finally:
        qapp.setQuitOnLastWindowClosed(True)
    assert seen == [True, "E. Sørensen, RN", True, False, False]
    assert code == 0
    assert sys.excepthook is before
    assert not (tmp_path / "crashes").exists()


def test_every_door_leads_to_a_page():
    doors = every_door()
    assert [door.title for door in doors] == [
        "Where are we",
        "Timeline",
        "Counts",
        "Toxicities",
        "DLT",
        "Fever",
        "Doses and papers",
        "Record",
    ]
    assert all(issubclass(door.load(), Page) for door in doors)


def test_a_page_is_there_only_when_it_is_opened(window: BedsideWindow, infant_of):
    assert window.pages._live == {}
    window.open_infant(infant_of("4"))
    assert list(window.pages._live) == [0]
    window.show_page(2)
    assert list(window.pages._live) == [0, 2]
