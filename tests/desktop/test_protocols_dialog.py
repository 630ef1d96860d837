"""The door to the protocols: keys alone suffice, nothing is cut, and the review book is shown and kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog

from bedside.desktop.protocol_facts import Column, cell
from bedside.desktop.protocols_dialog import ProtocolsDialog
from bedside.units.refusal import Refused
from bedside.ward.commissioning import begin_pass


@pytest.fixture
def dialog(qtbot, ward, look, session) -> ProtocolsDialog:
    made = ProtocolsDialog(ward, look, session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(dialog: ProtocolsDialog, column: Column) -> list[str]:
    model = dialog.table.facts
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, column).data(role)) for row in range(model.rowCount())]


def titles(view) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_an_open_protocol_is_shown_first_and_closed_ones_say_so(dialog: ProtocolsDialog):
    assert titles(dialog.protocols)[0] == "AALL15P1"
    assert "Interfant-06, closed to entry" in titles(dialog.protocols)
    assert dialog.title.text() == "AALL15P1: The whole protocol"
    assert not dialog.closed.isVisible()


def test_no_name_in_the_lists_is_cut(dialog: ProtocolsDialog):
    for view in (dialog.protocols, dialog.courses):
        widest = max(view.fontMetrics().horizontalAdvance(title) for title in titles(view))
        assert widest + 14 <= view.viewport().width()
    assert dialog.protocols.verticalScrollBar().maximum() == 0


def test_keys_alone_go_through_protocol_and_courses(dialog: ProtocolsDialog):
    dialog.courses.setFocus()
    QTest.keyClick(dialog.courses, Qt.Key.Key_Down)
    QTest.keyClick(dialog.courses, Qt.Key.Key_Down)
    assert dialog.title.text() == "AALL15P1: EPI #1"
    assert "2.5 mg per kg" in shown(dialog, Column.WORDS)
    at = shown(dialog, Column.WORDS).index("2.5 mg per kg")
    assert shown(dialog, Column.EVIDENCE)[at] == "stated"
    assert shown(dialog, Column.SOURCE)[at] == "AALL15P1 slides"
    dialog.protocols.setFocus()
    QTest.keyClick(dialog.protocols, Qt.Key.Key_Down)
    assert dialog.title.text() == "Interfant-06: The whole protocol"
    assert dialog.closed.isVisible() and "October 2016" in dialog.closed.text()
    QTest.keyClick(dialog.protocols, Qt.Key.Key_Up)
    assert dialog.title.text() == "AALL15P1: The whole protocol"


def test_conflicts_show_all_readings_and_the_ruling(dialog: ProtocolsDialog):
    row = titles(dialog.courses).index("Conflicts")
    dialog.courses.setCurrentIndex(dialog.courses.model().index(row, 0))
    words = shown(dialog, Column.WORDS)
    assert any(each.startswith("day 92") for each in words)
    assert any(each.startswith("day 99") for each in words)
    assert "not planned until the site enters it" in words


def test_no_words_are_cut(dialog: ProtocolsDialog, look):
    """Each row is as high as its words need at the width of their column."""
    metrics = QFontMetrics(look.font("body"))
    for row in range(len(dialog.parts)):
        dialog.courses.setCurrentIndex(dialog.courses.model().index(row, 0))
        for line, fact in enumerate(dialog.parts[row].facts):
            for column in Column:
                room = QRect(0, 0, dialog.table.columnWidth(column) - 16, 10_000)
                text = cell(fact, column)
                if (
                    column == Column.ABOUT
                    and line
                    and dialog.parts[row].facts[line - 1].about == fact.about
                ):
                    continue
                needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
                assert needed.height() <= dialog.table.rowHeight(line), text
                assert needed.width() <= room.width(), text


def test_the_model_keeps_qts_rules(dialog: ProtocolsDialog):
    QAbstractItemModelTester(
        dialog.table.facts, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog
    )
    dialog.show_part(1)
    assert dialog.table.facts.rowCount() > 10
    assert dialog.table.facts.data(dialog.table.facts.index(-1, 0)) is None


def test_the_review_book_is_shown_and_kept(
    dialog: ProtocolsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    QTest.mouseClick(dialog.book_button, Qt.MouseButton.LeftButton)
    assert dialog.stack.currentWidget() is dialog.preview and dialog.preview.pages > 20
    target = tmp_path / "book"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    QTest.mouseClick(dialog.preview.save_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")
    QTest.mouseClick(dialog.book_button, Qt.MouseButton.LeftButton)
    assert dialog.stack.currentWidget() is dialog.table


def test_a_place_that_takes_no_file_is_said(
    dialog: ProtocolsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    dialog.show_book()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), "")
    )
    dialog.save_book()
    assert "could not be written" in dialog.refusals.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog.save_book()
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_book_that_cannot_be_drawn_is_said(dialog: ProtocolsDialog, monkeypatch):
    def refuse(*_: object) -> bytes:
        raise Refused("Not printed: for a test.")

    monkeypatch.setattr("bedside.desktop.protocols_dialog.draw_review_book", refuse)
    dialog.show_book()
    assert "Not printed" in dialog.refusals.text()
    assert dialog.stack.currentWidget() is dialog.table


def test_the_safe_button_is_the_default(dialog: ProtocolsDialog):
    assert dialog.back_button.isDefault() and not dialog.book_button.autoDefault()


def test_the_navigation_has_its_door(qtbot, window, answer):
    """F6 opens the page from anywhere; nothing of it is loaded before."""
    seen = []

    def look_and_leave(found) -> None:
        seen.append(found.windowTitle())
        found.reject()

    answered = answer(look_and_leave)
    QTest.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: answered.asked == 1)
    assert seen == ["Protocols"]


def test_nothing_of_a_protocol_is_seen_during_ones_own_blind_pass(qtbot, ward, look, session):
    """H9: F6 over a pass would put the public values beside what is typed; others may look."""
    begin_pass(ward, "aall15p1", "epi-2", who=session.who)
    made = ProtocolsDialog(ward, look, session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    assert made.title.text() == "AALL15P1: closed while you commission “EPI #2”"
    assert made.closed.isVisible() and "Commissioning (F7)" in made.closed.text()
    assert "EPI #2" in made.closed.text()
    assert titles(made.courses) == [] and not made.table.isVisible()
    assert not made.book_button.isEnabled()
    made.show_book()
    assert not made.preview.isVisible()
    made.protocols.setFocus()
    QTest.keyClick(made.protocols, Qt.Key.Key_Down)
    # its related values are AALL15P1's public ones, and the other way: closed, too
    assert made.title.text() == "Interfant-06: closed while you commission “AALL15P1: EPI #2”"
    assert "“AALL15P1: EPI #2”" in made.closed.text()
    assert titles(made.courses) == [] and not made.table.isVisible()
    assert not made.book_button.isEnabled()
    QTest.keyClick(made.protocols, Qt.Key.Key_Up)
    assert not made.table.isVisible() and titles(made.courses) == []


def test_another_person_may_look(qtbot, ward, look, session):
    begin_pass(ward, "aall15p1", "epi-2", who="Another Person, pharmacist")
    made = ProtocolsDialog(ward, look, session)
    qtbot.addWidget(made)
    made.show()
    assert made.title.text() == "AALL15P1: The whole protocol"
    assert made.table.isVisible() and made.book_button.isEnabled()
