"""The window wears the style sheet itself, and whatever it opens is dressed by it."""

from PySide6.QtWidgets import QApplication

from bedside.desktop.look import Look
from bedside.desktop.theme_change import other_theme
from tests.desktop.walked import everything_in_sight


def _strangers(window) -> list[str]:
    """What is on the screen and is no child of the window: it would stand there undressed."""
    found = []
    for top in QApplication.topLevelWidgets():
        above = top
        while above is not None and above is not window:
            above = above.parent()
        if above is None and top.isVisible():
            found.append(f"{type(top).__name__} {top.windowTitle()!r}")
    return found


def test_the_application_has_no_sheet_of_its_own(window, look: Look):
    """With one, each part of a page is styled anew every time that it is put into a larger part."""
    assert QApplication.instance().styleSheet() == ""
    assert window.styleSheet() == look.style_sheet()
    try:
        other_theme(window)
        assert window.look.theme == "dark"
        assert QApplication.instance().styleSheet() == ""
        assert window.styleSheet() == Look("dark").style_sheet()
    finally:
        window.hide()


def test_whatever_opens_belongs_to_the_window_and_is_dressed_by_it(window):
    seen = []
    for _, name in everything_in_sight(window):
        QApplication.processEvents()
        seen.append(name)
        assert _strangers(window) == [], name
    assert len(seen) > 40
