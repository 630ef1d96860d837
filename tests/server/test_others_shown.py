"""A window on a server shows what another station records, and nothing moves under the hand."""

import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from bedside.desktop.both_dialog import BothDialog
from bedside.desktop.others_door import follow_others
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress, make_application
from bedside.desktop.weight_dialog import WeightDialog
from bedside.desktop.window import BedsideWindow
from bedside.ward.facts import facts_of
from bedside.ward.infants import banner
from tests.desktop_pages.page_driving import fill_count, say_not_done
from tests.server.stations import ServerBench
from tests.ward.wards import NURSE

COUNTS = 2
PROMISED_S = 2.0


@pytest.fixture
def bench(postgres, ward, tmp_path):
    made = ServerBench(tmp_path / "first", postgres.url(ward))
    made.at(2026, 9, 1, 9, 0)
    made.site()
    made.enrol()
    for number in (2, 3):
        made.enrol(
            family=f"ZWEI{number}",
            hospital_number=f"T 00{number}",
            bed=str(number),
            study_number=f"S{number}",
        )
    made.infant = 1
    made.at(2026, 10, 8, 12, 0)
    for hour in range(40):
        made.at(2026, 10, 1 + hour // 20, hour % 20, 0)
        made.count(600 + hour, 86_000)
    made.at(2026, 10, 8, 12, 0)
    yield made
    made.ward.store.close()


@pytest.fixture
def other(postgres, ward, bench, tmp_path):
    made = ServerBench(tmp_path / "other", postgres.url(ward))
    made.at(2026, 10, 8, 11, 55)
    yield made
    made.ward.store.close()


@pytest.fixture
def look(qapp):
    application, made = make_application(["bedside"])
    dress(application, made)
    return made


@pytest.fixture
def window(qtbot, bench, look):
    made = BedsideWindow(bench.ward, look, Session(NURSE), every_door())
    qtbot.addWidget(made)
    made.show()
    made.frame.make_infant_parts()
    follow_others(made)
    return made


def waited(qtbot, seen):
    began = time.monotonic()
    qtbot.waitUntil(seen, timeout=8000)
    return time.monotonic() - began


def test_the_ward_list_and_a_page_follow_within_two_seconds_and_nothing_moves(
    qtbot, window, bench, other
):
    window.board_page.choose(2)
    rows = [row.infant_id for row in window._board.rows]
    other.count(120, 9_000)
    took = waited(qtbot, lambda: "120" in str(window._board.rows))
    assert (
        took < PROMISED_S * 2
    )  # the promise is measured by the benchmark; here the machine is shared
    assert [row.infant_id for row in window._board.rows] == rows
    assert window.open_infant(1)
    assert window.show_page(COUNTS)
    page = window.pages.page
    page.show_table(True)
    table, bar = page.table, page.table.verticalScrollBar()
    table.selectRow(12)
    bar.setValue(8)
    chosen = table.currentIndex().siblingAtColumn(0).data()
    typed = page.form.findChildren(QLineEdit)[3]
    typed.setFocus()
    QTest.keyClicks(typed, "7")
    before = bar.value()
    rows = table.model().rowCount()
    other.at(2026, 10, 8, 11, 58)
    other.count(130, 9_500)
    waited(qtbot, lambda: table.model().rowCount() > rows)
    qtbot.wait(50)
    assert table.currentIndex().siblingAtColumn(0).data() == chosen
    assert bar.value() == before
    assert window.focusWidget() is typed
    assert typed.text() == "7"
    page.form.clear()


def test_whoever_saves_a_form_opened_before_sees_both_sides_and_decides(
    qtbot, window, bench, other
):
    bench.weigh(6000, days_ago=1)
    dialog = WeightDialog(bench.ward, window.look, window.session, banner(bench.ward, 1), window)
    qtbot.addWidget(dialog)
    dialog.show()
    other.weigh(6100)
    QTest.keyClicks(dialog.weight.first.edit, "6.2")
    asked = []

    def answer(button):
        both = QApplication.activeModalWidget()
        assert isinstance(both, BothDialog)
        asked.append([one.text() for one in both.findChildren(QLabel)])
        QTest.mouseClick(getattr(both, button), Qt.MouseButton.LeftButton)

    QTimer.singleShot(300, dialog, lambda: answer("back_button"))
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert {"6.1 kg", "6.2 kg"} <= set(asked[0])
    assert "another station has recorded" in dialog.refusals.text()
    assert facts_of(bench.ward, 1).measurements[-1].weight_g == 6100
    QTimer.singleShot(300, dialog, lambda: answer("go_on_button"))
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert facts_of(bench.ward, 1).measurements[-1].weight_g == 6200
    assert len(asked) == 2


def test_why_a_count_was_refused_stays_when_the_page_is_read_again(qtbot, window, bench, other):
    """Two recorded one specimen at one moment: the second's refusal was gone before it could be read."""
    assert window.open_infant(1)
    assert window.show_page(COUNTS)
    page = window.pages.page
    other.at(2026, 10, 8, 11, 50)
    other.count(120, 9_000)
    fill_count(page, time="11:50", platelets="9")
    page.form.when.specimen.choose("central line")
    for key in ("wbc", "anc", "haemoglobin"):
        say_not_done(page, key)
    rows = page.table.model().rowCount()
    page.record_button.click()
    said = page.refusals.text()
    waited(qtbot, lambda: page.table.model().rowCount() > rows)
    qtbot.wait(50)
    stands, still = page.refusals.isVisible(), page.refusals.text()
    page.form.clear()  # else the window would ask about it at its end
    assert "is recorded already" in said and stands and still == said
