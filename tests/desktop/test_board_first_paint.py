"""The ward list before it is judged, and at the moment a clock passes its limit: nothing is said too early or too late."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.board_words import CLOCKS, COLUMNS, DUE, HELD, lines_of, words_of
from bedside.ward.board_dlt import judge_board


def said(row, column: int, now) -> str:
    """What a cell draws, in one string."""
    return " ".join(run.text for line in lines_of(row, column, now) for run in line.runs)


def heads(window) -> list[str]:
    """The words of the head of the list that are in sight."""
    labels = window.summary.findChildren(QLabel)
    return [one.text() for one in labels if one.isVisibleTo(window.summary) and one.text()]


def test_before_it_is_judged_no_row_says_none_and_the_ring_stays_where_it_was(window):
    """An order may be void: "none" is said once that is known, and the head says that more may come."""
    page, model = window.board_page, window.board_page.model
    rows = [model.row(at) for at in range(model.rowCount())]
    assert not any(row.judged for row in rows)
    for row in rows:
        for column in (DUE, HELD, CLOCKS):
            assert "none" not in said(row, column, model.now).split(), row.family
            assert "nothing" not in words_of(row, column, model.now)
        assert "being judged…" in said(row, HELD, model.now)
    assert "still being judged, more may come…" in heads(window)
    page.choose(rows[3].infant_id)
    index = page.table.currentIndex()
    before = page.table.visualRect(index).top()
    judge_board(window.ward)
    window.refresh_board()
    assert all(model.row(at).judged for at in range(model.rowCount()))
    assert not any("being judged" in words for words in heads(window))
    assert all("being judged" not in said(model.row(at), HELD, model.now) for at in range(9))
    assert page.table.visualRect(index).top() == before, "rows above her became higher"


def test_a_vial_past_its_latest_start_makes_its_row_late_and_high_at_once(window, clock):
    """Between two readings of the list, at a tick of its clock: the last line below is not cut."""
    judge_board(window.ward)
    window.refresh_board()
    page, model = window.board_page, window.board_page.model
    at = next(at for at in range(model.rowCount()) if model.row(at).clocks)
    assert not model.row(at).late
    before = page.table.rowHeight(at)
    clock.now = model.row(at).clocks[0].latest_start + timedelta(seconds=1)
    model.tick(clock.now)
    assert model.row(at).late
    assert any("late" in words for words in heads(window))
    widths = [page.table.columnWidth(column) for column in range(len(COLUMNS))]
    assert page.table.rowHeight(at) > before
    assert page.table.rowHeight(at) == page.delegate.row_height(model.row(at), model.now, widths)


def test_home_and_end_go_to_the_first_and_the_last_row(window):
    table = window.board_page.table
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == window.board_page.model.rowCount() - 1
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0


def test_no_door_leaves_the_head_of_the_list_for_another_chip(window):
    """At 1366 pixels, with everything there can be to say of the ward."""
    from msgspec.structs import replace

    summary, shown = window.summary, window.board_page.model.counted[0]
    full = replace(window._board, late=1, void=1, mend=2, held=3, stopped=1, unknown=5, checks=7)
    summary.show_board(full, shown, "10:42")
    summary.layout().activate()
    for door in (summary.filter_button, summary.handover_button, summary.enrol_button):
        assert door.isVisible()
    room = summary.contentsRect()
    for part in summary.findChildren(QLabel):
        if part.isVisible():
            assert room.contains(part.geometry()), part.text()
            assert part.width() >= part.sizeHint().width() - 1, part.text()
