"""Another theme or size keeps what stands against a typed value, and the keyboard's field in sight."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea

from bedside.desktop.look import Look

COUNTS = 2


def refusals(window):
    found = window.pages.page.form.findChildren(QLabel)
    return [one.text() for one in found if one.isVisible() and "decimal mark" in one.text()]


def in_sight(field):
    above = field.parentWidget()
    while above is not None and not (isinstance(above, QScrollArea) and above.property("room")):
        above = above.parentWidget()
    if above is None:
        return True
    top = field.mapTo(above.viewport(), field.rect().topLeft()).y()
    return top >= 0 and top + field.height() <= above.viewport().height()


def test_the_reason_of_a_refused_value_stays_with_it_and_the_field_in_sight(window, qtbot):
    window.resize(1366, 740)
    window.open_infant(window._board.rows[1].infant_id)
    window.show_page(COUNTS)
    lines = window.pages.page.form.lines
    white = lines["white_cells"] if "white_cells" in lines else next(iter(lines.values()))
    white.field.edit.setFocus()
    QTest.keyClicks(white.field.edit, "3,5")
    QTest.keyClick(white.field.edit, Qt.Key.Key_Tab)
    said = refusals(window)
    assert len(said) == 1
    lines["platelets"].field.edit.setFocus()
    try:
        for look in (Look("dark"), Look("dark", 150)):
            window.set_theme(look)
            qtbot.wait(30)
            held = window.pages.page.form.lines["platelets"].field.edit
            assert window.focusWidget() is held and in_sight(held)
            assert refusals(window) == said
    finally:
        for line in window.pages.page.form.lines.values():
            line.clear()
