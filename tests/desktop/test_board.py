"""The ward board: the model's manners, the order that stays, the keys, and rows in which nothing is cut."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QAbstractItemModelTester, QTest

from bedside.desktop.board_delegate import LINE_HIGH, BoardDelegate
from bedside.desktop.board_model import ROW_ROLE, SORT_ROLE, BoardModel
from bedside.desktop.board_page import _MOVED_MS, BoardPage
from bedside.desktop.board_words import (
    BED,
    CLOCKS,
    COLUMNS,
    DLT,
    DUE,
    HELD,
    INFANT,
    clock_texts,
    lines_of,
    words_of,
)
from bedside.desktop.look import Look
from bedside.desktop.runs import Line, Run, Typesetter
from bedside.desktop.summary import Summary
from bedside.ward.views.marks import DltLine
from tests.desktop import samples
from tests.mouse import double_click


@pytest.fixture
def model() -> BoardModel:
    made = BoardModel()
    made.fill(samples.board(), samples.NOW, keep_order=False)
    return made


def families(model: BoardModel) -> list[str]:
    return [model.row(at).family for at in range(model.rowCount())]


def test_the_model_keeps_qts_rules(model: BoardModel):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.search("sol")
    model.search("")
    model.fill(samples.board(*samples.rows()[2:]), samples.NOW, keep_order=True)
    model.fill(samples.board(), samples.NOW, keep_order=False)
    model.tick(samples.NOW + timedelta(seconds=1))
    assert tester.model() is model
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount() == len(COLUMNS) == len(model.headings)


def test_cells_say_in_words_what_they_draw(model: BoardModel):
    texts = [[model.index(at, col).data() for col in range(len(COLUMNS))] for at in range(8)]
    assert texts[0][DUE] == "late 10:12 leucovorin by mouth 30 min late"
    assert "start by 10:48, 6 min left, finish by 11:03" in texts[1][CLOCKS]
    assert "same family name: bed 6" in texts[2][INFANT]
    assert texts[3][DUE].startswith("due 11:30 intrathecal")
    assert texts[4][HELD] == "KMT2A unknown, needed before the course after Induction"
    assert all(text for row in texts for text in row)


def test_nothing_is_said_as_a_word_not_as_a_blank(model: BoardModel):
    at = next(n for n in range(8) if not model.row(n).due)
    assert model.index(at, DUE).data() == "nothing due"
    assert lines_of(model.row(at), DUE, samples.NOW)[0].runs[0].text == "none"


def test_sort_values_are_raw(model: BoardModel):
    assert model.index(0, DUE).data(SORT_ROLE) == samples.NOW.replace(hour=10, minute=12)
    assert model.index(1, CLOCKS).data(SORT_ROLE) == samples.clock().latest_start
    assert model.index(5, HELD).data(SORT_ROLE) == 1
    assert model.index(0, 0).data(ROW_ROLE) is model.row(0)
    assert model.data(QModelIndex()) is None


def test_the_order_stays_until_a_new_one_is_asked_for(model: BoardModel):
    """Nothing reorders under the reader's hand; a new infant stands at the end."""
    before = families(model)
    new = samples.row(9, "3", "NEUMANN", "Ada")
    turned = samples.board(new, *reversed(samples.rows()))
    model.fill(turned, samples.NOW, keep_order=True)
    assert families(model) == [*before, "NEUMANN"]
    model.fill(turned, samples.NOW, keep_order=False)
    assert families(model) == ["NEUMANN", *reversed(before)]


def test_a_row_that_turns_late_changes_where_it_stands(model: BoardModel):
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    late = tuple(replace(row, late=True) if row.bed == "9" else row for row in samples.rows())
    model.fill(samples.board(*late), samples.NOW, keep_order=True)
    assert changed == [7] and resets == []
    assert model.row(7).late


def test_a_tick_touches_only_clocks(model: BoardModel):
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), first.column())))
    model.tick(samples.NOW + timedelta(minutes=1))
    assert changed == [(1, CLOCKS)]
    assert "5 min" in model.index(1, CLOCKS).data()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("solberg", ["SOLBERG", "SOLBERG"]),
        ("łucja", ["ZIELIŃSKA"]),
        ("DEM 004 102", ["EKLUND"]),
        ("dem004102", ["EKLUND"]),
        ("9", ["FERRI"]),
        ("nobody at all", []),
    ],
)
def test_the_search_finds_by_name_number_or_bed(model: BoardModel, typed: str, found: list[str]):
    model.search(typed)
    shown = families(model)
    if typed == "9":  # a bed, or a figure of a hospital number
        assert set(found) <= set(shown)
    else:
        assert shown == found
    model.search("")
    assert len(families(model)) == 8


def minutes(words: tuple[str, str, str], *expected: str) -> None:
    assert words == expected


def test_the_clock_says_what_is_still_possible():
    """H16: whole minutes rounded down, the shorter infusion named, then only discard."""
    clock, now = samples.clock(), samples.NOW
    minutes(clock_texts(clock, now), "start by 10:48", "6 min left", "finish by 11:03")
    soon = now + timedelta(minutes=2, seconds=30)
    minutes(clock_texts(clock, soon), "start by 10:48", "soon: 3 min", "finish by 11:03")
    last = now + timedelta(minutes=5, seconds=31)
    assert clock_texts(clock, last)[1] == "soon: 29 s"
    late = now + timedelta(minutes=7)
    minutes(
        clock_texts(clock, late),
        "latest start was 10:48",
        "too late for 15 min",
        "10 min: start by 10:53",
    )
    over = now + timedelta(minutes=12)
    assert clock_texts(clock, over)[1] == "discard vial"
    running = samples.clock(started=now)
    assert clock_texts(running, now)[0:2] == ("all in by 11:03", "21 min left")
    assert clock_texts(running, now + timedelta(minutes=23))[1] == "2 min past the limit"


LONG = samples.row(
    77,
    "12a",
    "SCHWARZENBERGER-OYELARAN VAN DEN BROEK",
    "Maximiliane Philippa Wilhelmina",
    course_title="Delayed Intensification part 1",
    course_day=140,
    due=tuple(
        samples.due(9 + n, 0, "by mouth, by nasogastric tube or intravenous", drug, site_value=True)
        for n, drug in enumerate(("mercaptopurine", "dexamethasone", "cytarabine", "methotrexate"))
    ),
    held=(
        samples.HeldItem(
            "hold",
            "cyclophosphamide held: waiting for a word of the consultant about the liver values",
            ("since 20-Nov-2026, Dr Ines Halvorsen-Papadopoulou",),
        ),
    ),
)


@pytest.mark.parametrize("row", [*samples.rows(), LONG], ids=lambda row: row.family)
def test_no_line_of_the_board_is_wider_than_its_column(qtbot, look: Look, row):
    """Names, drugs and reasons are broken into lines, never cut and never elided."""
    setter = Typesetter(look)
    for column, name in enumerate(COLUMNS):
        room = look.board_columns[name] - 16 - (8 if column == 0 else 0)
        for line in lines_of(row, column, samples.NOW):
            broken = setter.broken(line, room)
            for part in broken:
                wide = part.indent + sum(setter.width(run) for run in part.runs)
                assert wide <= room + setter.width(Run(" ")) + 0.5
            told = "".join(run.text for part in broken for run in part.runs)
            assert told.replace(" ", "") == "".join(run.text for run in line.runs).replace(" ", "")


def test_a_row_is_as_high_as_its_lines(qtbot, look: Look):
    delegate = BoardDelegate(look, lambda row: False)
    widths = [look.board_columns[name] for name in COLUMNS]
    plain = delegate.row_height(samples.row(1, "1", "A", "B"), samples.NOW, widths)
    assert plain == look.measure("list_row")
    assert delegate.row_height(LONG, samples.NOW, widths) >= 8 * LINE_HIGH


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (DltLine("not started", "not started", ("opens on EPI #1 day 1",)), None),
        (DltLine("open", "open, day 125", ("until counts allow EPI #4",), decisions_due=9), None),
        (DltLine("DLT", "DLT", ("Sepsis grade 4",), decisions_due=1), "DLT, decision due, Sepsis"),
        (DltLine("closed without DLT", "closed, no DLT", ("on 17-Jul-2026",)), None),
        (DltLine("not evaluable", "not evaluable", ("period open",)), "not evaluable, period open"),
    ],
)
def test_a_dlt_state_is_three_short_lines_at_most(qtbot, look: Look, line: DltLine, read):
    """Its own mark and words; each line fits the narrow column, so no row grows by it."""
    row = replace(samples.row(1, "1", "A", "B"), dlt=line)
    setter, room = Typesetter(look), look.board_columns["dlt"] - 16
    lines = lines_of(row, DLT, samples.NOW)
    assert lines[0].dlt == line.state and lines[0].runs[0].text == line.headline
    assert len(lines) == 2 + bool(line.decisions_due)
    assert all(len(setter.broken(each, room)) == 1 for each in lines)
    if line.decisions_due:
        assert lines[1].mark == "unknown" and "decision" in lines[1].runs[0].text
    assert words_of(row, DLT, samples.NOW).startswith(read or line.headline)


def test_a_word_wider_than_its_room_is_parted_not_lost(qtbot, look: Look):
    setter = Typesetter(look)
    line = Line((Run("Donaudampfschifffahrtsgesellschaft"),), 10.0, "hold")
    parts = setter.broken(line, 90)
    assert len(parts) > 1
    assert "".join(run.text for part in parts for run in part.runs) == line.runs[0].text
    assert parts[0].mark == "hold" and parts[1].mark == "none" and parts[1].indent == 10.0


@pytest.fixture
def page(qtbot, look: Look) -> BoardPage:
    made = BoardPage(look)
    qtbot.addWidget(made)
    made.resize(1274, 630)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_board(samples.board(), samples.NOW, keep_order=False)
    made.take_focus()
    return made


def test_up_and_down_move_the_row_and_enter_opens_it(qtbot, page: BoardPage):
    opened: list[int] = []
    page.opened.connect(opened.append)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [2]


def test_the_ring_stays_on_the_same_infant(page: BoardPage):
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    page.show_board(samples.board(*reversed(samples.rows())), samples.NOW, keep_order=False)
    chosen = page.model.row(page.table.currentIndex().row())
    assert chosen.family == "EKLUND"


def test_a_double_click_opens_whom_its_first_press_met_or_nobody(page: BoardPage):
    """A row above became higher between the two presses: another infant lies under the hand."""
    page.opened.connect((opened := []).append)
    table, left = page.table, Qt.MouseButton.LeftButton
    spot = table.visualRect(page.model.index(1, 0)).bottomLeft() + QPoint(20, -2)
    QTest.mouseClick(table.viewport(), left, pos=spot)
    table.setRowHeight(0, table.rowHeight(0) + 60)
    double_click(table.viewport(), spot)
    assert table.rowAt(spot.y()) == 0 and opened == []
    double_click(table.viewport(), spot)
    assert opened == [page.model.row(0).infant_id]


def test_the_row_under_the_mouse_stays_there_when_one_above_it_grows(page: BoardPage, monkeypatch):
    page.resize(1274, 260)
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.table.verticalScrollBar().setValue(40)
    monkeypatch.setattr(page.table, "row_in_hand", lambda: 2)
    before = page.table.rowViewportPosition(2)
    page.table.setRowHeight(1, page.table.rowHeight(1) - 30)  # as if it had been lower
    lower = page.table.rowViewportPosition(2)
    page._set_heights()
    assert lower == before - 30 and page.table.rowViewportPosition(2) == lower


def test_a_mouse_that_lies_still_holds_no_row(page: BoardPage, monkeypatch):
    """The window came up under it: the list began scrolled down, its first infants out of sight."""
    table = page.table
    spot = table.visualRect(page.model.index(2, 0)).center()
    monkeypatch.setattr(table, "underMouse", lambda: True)
    monkeypatch.setattr(QCursor, "pos", lambda: table.viewport().mapToGlobal(spot))
    assert table.row_in_hand() == 0
    QTest.mouseMove(table.viewport(), spot - QPoint(3, 0))
    QTest.mouseMove(table.viewport(), spot)
    assert table.row_in_hand() == 2


@pytest.mark.parametrize("high", [260, 900], ids=["it can scroll", "it fits"])
def test_just_after_rows_grew_by_themselves_a_press_opens_nobody(
    page: BoardPage, monkeypatch, high: int
):
    """A row above grew between looking and pressing: another infant lies under the hand."""
    page.resize(1274, high)
    page.opened.connect((opened := []).append)
    table, left = page.table, Qt.MouseButton.LeftButton
    spot = table.visualRect(page.model.index(1, 0)).topLeft() + QPoint(20, 4)
    above, wanted = (page.model.row(at).infant_id for at in (0, 1))
    usual = page.delegate.row_height
    monkeypatch.setattr(
        page.delegate, "row_height",
        lambda row, now, widths: usual(row, now, widths) + 40 * (row.infant_id == above),
    )  # fmt: skip
    page._set_heights()
    for waits, expected in ((0, []), (_MOVED_MS + 20, [wanted])):
        QTest.qWait(waits + 1)
        QTest.mouseClick(table.viewport(), left, pos=spot)
        double_click(table.viewport(), spot)
        assert opened == expected
        spot = table.visualRect(page.model.index(1, 0)).topLeft() + QPoint(20, 4)


def test_the_columns_fill_the_room_exactly(qtbot, page: BoardPage):
    for width in (1274, 1500, 1828, 3700):
        page.resize(width, 700)
        qtbot.wait(1)
        widths = [page.table.columnWidth(column) for column in range(len(COLUMNS))]
        assert sum(widths) == page.table.viewport().width()
        assert widths[DUE] >= 300 and widths[HELD] >= 280


def test_letters_do_not_move_the_row(page: BoardPage):
    """Typing over the list chooses nobody by accident."""
    before = page.table.currentIndex().row()
    QTest.keyClicks(page.table, "fz9")
    assert page.table.currentIndex().row() == before


def test_an_empty_ward_says_what_to_do(qtbot, page: BoardPage):
    asked: list[str] = []
    page.enrol_asked.connect(lambda: asked.append("enrol"))
    page.site_asked.connect(lambda: asked.append("site"))
    page.show_board(replace(samples.board(), rows=()), samples.NOW, keep_order=False)
    assert page.stack.currentWidget() is page.empty
    page.enrol_button.click()
    page.site_button.click()
    assert asked == ["enrol", "site"]


def test_the_summary_counts_what_asks_for_a_hand(qtbot, look: Look):
    summary = Summary(look)
    qtbot.addWidget(summary)
    summary.show_board(samples.board(), 8, "10:38")
    assert summary.title.text() == "Ward list: 8 infants"
    words = [
        widget.text()
        for at in range(summary.marks.count())
        if (widget := summary.marks.itemAt(at).widget()) is not None and hasattr(widget, "text")
    ]
    assert words == ["1 late", "1 clock running", "1 held", "1 stopped", "1 unknown"]
    assert "Order set 10:38" in summary.order.text()
    summary.show_board(samples.board(), 2, "10:38")
    assert summary.title.text() == "2 of 8 infants found"
    summary.show_board(samples.board(samples.row(1, "1", "A", "B")), 1, "10:38")
    assert summary.title.text() == "Ward list: 1 infant"


@pytest.mark.parametrize("bed", ["1", "11", "111", "12A", "B12", "MMM"])
def test_a_bed_of_up_to_three_signs_is_one_whole_line(qtbot, bed: str):
    """H1: bed 11 drawn as "1" over "1" reads as bed 1."""
    delegate = BoardDelegate(Look("light"), lambda _: False)
    width = Look("light").board_columns["bed"]
    lines = delegate._lines(samples.row(9, bed, "NEUMANN", "Ada"), BED, samples.NOW, width)
    assert [[run.text for run in line.runs] for line in lines] == [[bed]]
    assert Typesetter(Look("light")).width(lines[0].runs[0]) <= width - 18


def test_a_long_bed_is_cut_visibly_and_whole_in_the_tip(qtbot):
    delegate = BoardDelegate(Look("light"), lambda _: False)
    long = samples.row(9, "4 North 12", "NEUMANN", "Ada")
    [line] = delegate._lines(long, BED, samples.NOW, Look("light").board_columns["bed"])
    assert line.runs[0].text.endswith("…")
    model = BoardModel()
    model.fill(samples.board(long), samples.NOW, keep_order=False)
    assert model.index(0, BED).data(Qt.ItemDataRole.ToolTipRole) == "bed 4 North 12"


def test_a_reason_runs_on_behind_a_broken_headline_where_it_fits(look: Look):
    setter = Typesetter(look)
    head = Line((Run("not verified: methotrexate from 20-Sep-2026", weight="strong"),), 23, "hold")
    reason = Line((Run("a pharmacist signs it", "caption"),), 23, runs_on=True)
    first, last = setter.set((head, reason), 266)
    assert first.mark == "hold" and "pharmacist" in last.runs[-1].text
    assert sum(map(setter.width, last.runs)) <= 266 - 23
    assert len(setter.set((head, reason), 900)) == 2  # below a headline in one line it stands alone
    long = replace(reason, runs=(Run("a pharmacist of this site signs it today", "caption"),))
    assert len(setter.set((head, long), 266)) == 3  # never cut
