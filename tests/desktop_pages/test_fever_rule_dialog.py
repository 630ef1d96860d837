"""The site's own definition of fever, typed by two people in the window by real keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop_pages.test_fever_page import page, pressed

__all__ = ["page"]


def fill(form) -> None:
    """Type the same definition as the other person, field by field."""
    for edit, text in (
        (form.title, "Test Hospital fever"), (form.source, "Guideline 12"), (form.edition, "4"),
        (form.dated.edit, "01-Mar-2026"), (form.limits[0][0], "38.0"), (form.neutrophils, "500"),
        (form.expected, "48"), (form.minutes, "60"),
    ):  # fmt: skip
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, text)
    QTest.mouseClick(form.edge.buttons[0], Qt.MouseButton.LeftButton)
    QTest.mouseClick(form.signs.buttons[1], Qt.MouseButton.LeftButton)


def test_the_sites_own_definition_is_typed_by_two_people(qtbot, page, bench, session) -> None:
    def first(dialog) -> None:
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
        assert "name of the definition is missing" in dialog.refusals.text()
        fill(dialog.form)
        dialog.resize(760, 480)
        bar = dialog._form_area.verticalScrollBar()
        bar.setValue(bar.maximum())
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
        assert "waits for a second person" in dialog.waiting.text()
        assert dialog.changed and not dialog.is_dirty()
        assert not dialog.waiting.visibleRegion().isEmpty()  # the form was scrolled down to its end

    pressed(page, Qt.Key.Key_O, first)
    assert page._view.definition_key == "cclg"
    assert "this site's own waits for a second person" in page.state.holds.text()
    session.change_who("A. Second, pharmacist")

    def second(dialog) -> None:
        assert "38" not in dialog.waiting.text() and dialog.lines.isHidden()
        fill(dialog.form)
        dialog.form.limits[0][0].setText("38.1")
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
        assert "typed 38.1" in dialog.refusals.text()
        assert dialog.form.title.text() == "Test Hospital fever"
        dialog.form.limits[0][0].setText("38.0")
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
        assert dialog.standing.text().startswith("In force: Test Hospital fever")

    pressed(page, Qt.Key.Key_O, second)
    assert page._view.definition_key == "site"
    assert "This site's own: Guideline 12, edition 4" in page.state.holds.text()
    assert page.state.definition.currentText() == "Test Hospital fever"
    assert "CTCAE" in page.state.ctcae.words.text()
