"""The page Protocols: keys alone suffice, nothing is cut, two stand side by side, and nobody blind sees it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView

from bedside.desktop.cohort_page import CohortPage
from bedside.desktop.protocol_facts import Column, cell
from bedside.desktop.protocols_layout import MEANS
from bedside.desktop.protocols_page import BOOK, FACTS, SIDES, ProtocolsPage
from bedside.papers.protocol_book import EVIDENCE_MEANS
from bedside.units.refusal import Refused
from bedside.ward.commissioning import begin_pass

ALT = Qt.KeyboardModifier.AltModifier
READ_OUT = Qt.ItemDataRole.AccessibleTextRole


def made(qtbot, ward, look, session) -> ProtocolsPage:
    page = ProtocolsPage(ward, look, session)
    qtbot.addWidget(page)
    qtbot.addWidget(page.band)
    page.resize(1274, 630)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    page.refresh()
    page.take_focus()
    return page


@pytest.fixture
def page(qtbot, ward, look, session) -> ProtocolsPage:
    return made(qtbot, ward, look, session)


def rows(table: QTableView, column: int = 0, role: int = Qt.ItemDataRole.DisplayRole) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data(role)) for row in range(model.rowCount())]


def shown(page: ProtocolsPage, column: Column) -> list[str]:
    return rows(page.table, column, READ_OUT)


def press(page: ProtocolsPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or page, key)


def choose(page: ProtocolsPage, title: str) -> None:
    page.parts.selectRow(rows(page.parts).index(title))


def test_each_protocol_says_its_edition_its_entry_and_how_far_it_is(page: ProtocolsPage):
    first, second, _ = (line.split("\n") for line in rows(page.protocols))
    assert first[0] == "AALL15P1" and first[1] == "public sources of 20-Nov-2026, third reading"
    assert first[2] == "entry not stated as closed; 9 of 269 commissioned"
    assert second[0] == "Interfant-06" and second[2].startswith("closed to entry; 0 of ")
    assert page.title.text() == "The whole protocol"
    assert page.band.above.text().startswith("AALL15P1, public sources of 20-Nov-2026")
    assert not page.closed.isVisible()
    at = rows(page.parts).index("EPI #1")
    assert rows(page.parts, 1)[at] == "9 of 10" and rows(page.parts, 2)[at] == "≠ to settle"
    assert page.book is None and page.sides_panel is None  # the first look does not wait for them


def test_no_name_in_the_lists_is_cut(page: ProtocolsPage):
    assert page.protocols.verticalScrollBar().maximum() == 0
    for view in (FACTS, SIDES):
        page.show_view(view)
        metrics = QFontMetrics(page.parts.font())
        for row in range(page.parts.model().rowCount()):
            for column in (0, 2):
                text = rows(page.parts, column)[row]
                room = QRect(0, 0, page.parts.columnWidth(column) - 16, 10_000)
                needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
                assert needed.height() <= page.parts.rowHeight(row), text
                assert needed.width() <= room.width(), text


def test_keys_alone_go_through_protocol_and_courses(page: ProtocolsPage):
    assert page.parts.hasFocus()
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert page.title.text() == "EPI #1" and page.band.title.text() == "Protocols: EPI #1"
    assert "2.5 mg per kg" in shown(page, Column.WORDS)
    at = shown(page, Column.WORDS).index("2.5 mg per kg")
    assert shown(page, Column.EVIDENCE)[at] == "stated"
    assert shown(page, Column.SOURCE)[at] == "AALL15P1 slides"
    assert page.state.text() == "EPI #1: 9 of 10 numbers commissioned; 1 disagree"
    assert "stated: read in a source about this very protocol." in page.legend.text()
    press(page, Qt.Key.Key_Return)
    assert page.table.hasFocus() and page.table.currentIndex().row() == 0
    page.protocols.setFocus()
    press(page, Qt.Key.Key_Down)
    assert page.title.text() == "The whole protocol" and page.key == "interfant06"
    assert page.closed.isVisible() and "October 2016" in page.closed.text()
    press(page, Qt.Key.Key_Return)
    assert page.parts.hasFocus()
    page.protocols.setFocus()
    press(page, Qt.Key.Key_Up)
    assert page.key == "aall15p1" and not page.closed.isVisible()


def test_nothing_is_out_of_sight_sideways_in_the_smallest_window(window):
    window.resize(1280, 720)
    window.show_protocols()
    page = window.stack.currentWidget()
    for view in (FACTS, SIDES):
        page.show_view(view)
        choose(page, "Induction")
        QApplication.processEvents()
        tables = [one for one in page.findChildren(QTableView) if one.isVisible()]
        assert len(tables) == 3
        assert [one.horizontalScrollBar().maximum() for one in tables] == [0, 0, 0]


def test_conflicts_show_all_readings_and_the_ruling(page: ProtocolsPage):
    choose(page, "Conflicts")
    words = shown(page, Column.WORDS)
    assert any(each.startswith("day 92") for each in words)
    assert any(each.startswith("day 99") for each in words)
    assert "not planned until the site enters it" in words
    page.refresh()
    assert page.title.text() == "Conflicts"


def test_the_legend_says_what_the_review_book_says():
    """File, screen and paper tell a reader the same of each kind of evidence."""
    assert list(MEANS.values()) == [f"{kind}: {words}." for kind, words in EVIDENCE_MEANS]


def test_no_words_are_cut(page: ProtocolsPage, look):
    """Each row is as high as its words need at the width of their column."""
    metrics = QFontMetrics(look.font("body"))
    for row in range(len(page.shown_parts)):
        page.parts.selectRow(row)
        for line, fact in enumerate(page.shown_parts[row].facts):
            for column in Column:
                room = QRect(0, 0, page.table.columnWidth(column) - 16, 10_000)
                text = cell(fact, column)
                if (
                    column == Column.ABOUT
                    and line
                    and page.shown_parts[row].facts[line - 1].about == fact.about
                ):
                    continue
                needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
                assert needed.height() <= page.table.rowHeight(line), text
                assert needed.width() <= room.width(), text


def test_the_models_keep_qts_rules(page: ProtocolsPage):
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    page.show_view(SIDES)
    sides = page.sides_of().table.sides
    for model in (page.table.facts, page.protocols.lines, page.parts_model, sides):
        QAbstractItemModelTester(model, fatal, page)
    choose(page, "EPI #1")
    page.show_view(FACTS)
    assert page.table.facts.rowCount() > 10
    assert page.table.facts.data(page.table.facts.index(-1, 0)) is None


def test_two_protocols_stand_side_by_side_course_by_course(page: ProtocolsPage, qtbot):
    choose(page, "Induction")
    QTest.keyClick(page, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: page.view == SIDES)
    table = page.sides_of().table
    assert page.parts.hasFocus() and page.title.text() == "Induction"
    heads = [
        table.model().headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for at in (1, 2)
    ]
    assert heads == ["AALL15P1", "Interfant-06"]
    at = rows(table).index("vinCRIStine")
    assert rows(table, 1)[at] == "days 8, 15, 22, 29 (4 dose days)"
    assert rows(table, 2)[at] == "named, days not public in Interfant-06"
    assert "both are the first course" in page.note.text()
    # what neither side makes public is never held to be the same
    assert not any(rows(table, 3)) and table.isColumnHidden(3)
    choose(page, "EPI #2")
    assert rows(page.parts, 2)[page.parts.currentIndex().row()] == "only here"
    assert rows(table, 2) == ["no such course"]
    choose(page, "ADE")
    assert rows(page.parts, 2)[page.parts.currentIndex().row()] == "only Interfant-06"
    assert page.step_back() and page.view == FACTS and page.parts.hasFocus()
    assert not page.step_back()


def test_a_course_that_is_taken_over_is_said_to_be_the_same(page: ProtocolsPage):
    page.protocols.selectRow(1)
    page.show_view(SIDES)
    panel = page.sides_of()
    panel.beside.choose("interfant06-blinatumomab")
    choose(page, "MARMA")
    assert rows(page.parts, 2)[page.parts.currentIndex().row()] == "= same"
    assert rows(panel.table, 1) == ["the same in both: taken over as it stands"]
    assert rows(panel.table, 3) == ["= same"]
    page.protocols.selectRow(0)  # the choice stays where it can
    assert panel.beside.value() == "interfant06-blinatumomab" and page.view == SIDES


def test_the_review_book_is_shown_and_kept(
    page: ProtocolsPage, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    QTest.keyClick(page, Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: page.view == BOOK)
    book = page.book_panel()
    assert page.stack.currentWidget() is book and book.preview.pages > 20
    target = tmp_path / "book"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    QTest.mouseClick(book.preview.save_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")
    page.refresh()  # coming back to it does not draw it anew
    assert page.view == BOOK and book.preview.pages > 20
    target = tmp_path / "no" / "x.pdf"
    book.save_book()
    assert "could not be written" in page.refusals.text()
    QTest.keyClick(page.parts, Qt.Key.Key_Down)
    assert page.view == FACTS and page.title.text() == "Induction" and book.preview.pages == 0
    assert list(tmp_path.glob("no/*")) == []


def test_a_book_that_cannot_be_drawn_is_said(page: ProtocolsPage, monkeypatch):
    def refuse(*_: object) -> bytes:
        raise Refused("Not printed: for a test.")

    monkeypatch.setattr("bedside.desktop.protocol_book_panel.draw_review_book", refuse)
    QTest.mouseClick(page.views.buttons[BOOK], Qt.MouseButton.LeftButton)
    assert "Not printed" in page.refusals.text()
    assert page.view == FACTS and page.table.isVisible()


def test_the_key_opens_it_and_leads_back_where_she_was(qtbot, window, infant_of):
    """F6 over an infant: Esc is back on her page, with the keyboard where it was."""
    window.open_infant(infant_of("3"))
    window.show_page(7)
    table = next(one for one in window.pages.page.findChildren(QTableView) if one.isVisible())
    table.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), ProtocolsPage))
    page = window.stack.currentWidget()
    assert page.parts.hasFocus()
    assert window.navigation.protocols.isChecked() and not window.navigation.ward.isChecked()
    window.show_protocols()  # here already: the way back stays
    page.show_view(SIDES)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is page and page.view == FACTS
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.frame.on_patient and window.pages.index == 7 and table.hasFocus()
    assert window.navigation.ward.isChecked()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.frame.on_list


def test_a_course_leads_to_its_commissioning_and_back(qtbot, window):
    window.show_cohort()
    window.show_protocols()
    page = window.stack.currentWidget()
    choose(page, "EPI #1")
    QTest.keyClick(window, Qt.Key.Key_C, ALT)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.frame.commissioning)
    commissioning = window.frame.commissioning
    assert commissioning.scope.value() == "aall15p1" and commissioning.group().key == "epi-1"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is page and page.title.text() == "EPI #1"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert isinstance(window.stack.currentWidget(), CohortPage)
    window.show_protocols()
    window.show_commissioning()
    QTest.keyClick(window, Qt.Key.Key_Escape)  # another door: no way leads back across it
    assert window.frame.on_list


def test_nothing_of_a_protocol_is_seen_during_ones_own_blind_pass(qtbot, ward, look, session):
    """H9: F6 over a pass would put the public values beside what is typed; others may look."""
    begin_pass(ward, "aall15p1", "epi-2", who=session.who)
    page = made(qtbot, ward, look, session)
    assert page.title.text() == "AALL15P1: closed while you commission “EPI #2”"
    assert page.closed.isVisible() and "Commissioning (F7)" in page.closed.text()
    assert "EPI #2" in page.closed.text()
    hidden_all(page)
    page.show_view(BOOK)
    page.show_view(SIDES)
    hidden_all(page)
    QTest.keyClick(page, Qt.Key.Key_S, ALT)
    QTest.keyClick(page, Qt.Key.Key_B, ALT)
    qtbot.wait(150)  # as long as a letter takes to press a button
    hidden_all(page)
    page.protocols.setFocus()
    press(page, Qt.Key.Key_Down)
    # its related values are AALL15P1's public ones, and the other way: closed, too
    assert page.title.text() == "Interfant-06: closed while you commission “AALL15P1: EPI #2”"
    assert "“AALL15P1: EPI #2”" in page.closed.text()
    hidden_all(page)
    press(page, Qt.Key.Key_Up)
    hidden_all(page)


def test_nobody_is_anybody_while_somebodys_pass_is_open(qtbot, ward, look, session):
    """The terminal asks who is there and the Record hides: F6 with "nobody yet" had shown everything."""
    from bedside.ward.protocol_sides import side_by_side

    session.change_who("")  # R. Castellanos has a pass of EPI #3 open in this ward
    page = made(qtbot, ward, look, session)
    assert page.title.text() == "AALL15P1: closed while “EPI #3” is commissioned"
    assert "nobody is recording here" in page.closed.text() and "(F2)" in page.closed.text()
    hidden_all(page)
    with pytest.raises(Refused, match="nobody is named here"):
        side_by_side(ward, "aall15p1", "interfant06", who="")
    session.change_who("E. Sørensen, RN")
    assert page.parts_model.rowCount() and all(one.isEnabled() for one in page.views.buttons)
    begin_pass(ward, "aall15p1", "epi-2", who=session.who)  # and the book itself asks, too
    panel = page.book_panel()
    assert not panel.show_book("aall15p1", "AALL15P1", page.views.buttons[BOOK])
    assert "Your own blind pass of “EPI #2”" in page.refusals.text() and panel.preview.pages == 0


def hidden_all(page: ProtocolsPage) -> None:
    """No fact, no comparison and no book stands on the page, seen or unseen, and none is offered."""
    assert page.parts_model.rowCount() == page.table.facts.rowCount() == 0
    assert not page.table.isVisible() and not page.stack.isVisible()
    assert not any(button.isEnabled() for button in page.views.buttons)
    assert page.book is None or page.book.preview.pages == 0
    assert page.sides_panel is None or page.sides_panel.table.sides.rowCount() == 0


def test_a_pass_begun_meanwhile_closes_the_open_page_at_once(page: ProtocolsPage, ward, session):
    """The page stays made: what stood on it before the pass is gone when she comes back to it."""
    for view in (SIDES, BOOK):
        page.show_view(view)
    page.show_view(SIDES)
    begin_pass(ward, "aall15p1", "epi-2", who=session.who)
    page.refresh()
    hidden_all(page)
    session.change_who("Another Person, pharmacist")
    assert page.title.text() == "The whole protocol" and page.table.isVisible()
    assert all(button.isEnabled() for button in page.views.buttons)
    session.change_who("E. Sørensen, RN")
    hidden_all(page)


def test_a_comparison_with_a_protocol_that_is_closed_to_her_is_refused(page: ProtocolsPage, ward):
    """The room itself refuses: a page that forgot to ask would show nothing either."""
    from bedside.ward.protocol_sides import side_by_side

    begin_pass(ward, "interfant06", "ib", who="E. Sørensen, RN")
    for pair in (("aall15p1", "interfant06"), ("interfant06", "aall15p1")):
        with pytest.raises(Refused, match="Your own blind pass"):
            side_by_side(ward, *pair, who="E. Sørensen, RN")
    assert side_by_side(ward, "aall15p1", "interfant06", who="Another Person, pharmacist").parts
