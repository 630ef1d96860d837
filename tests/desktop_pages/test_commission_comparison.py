"""When a comparison of two blind passes may be seen, and when it goes."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.commission_accept import AcceptDialog
from bedside.desktop.commission_table import Column
from bedside.desktop.commissioning_page import CommissioningPage
from bedside.desktop.plain_table import ROW_HIGH
from bedside.desktop.session import Session
from bedside.ward.commission_compare import comparison
from bedside.ward.commissioning import pass_view
from bedside.ward.people_guard import guard_store
from tests.desktop_pages.page_driving import answering, in_frame, retype, type_into
from tests.ward import peopled as people_named
from tests.ward.commissioned import KELLER, OKONJO, commission, type_all
from tests.ward.peopled import SECRETS, enter, peopled

P, EPI = "aall15p1", "epi-1"
DOSE = "epi-1/dose/azacitidine/iv"


@pytest.fixture
def page(qtbot, bench, look) -> CommissioningPage:
    bench.site()
    made = CommissioningPage(bench.ward, look, Session(OKONJO))
    in_frame(qtbot, made)
    return made


def test_leaving_the_page_takes_a_comparison_off_the_screen(page: CommissioningPage, bench) -> None:
    commission(bench.ward, P, EPI)
    page.choose(P, EPI)
    page.overview.compare_button.click()
    page.hide()
    assert page.comparing.found is None
    page.show()
    assert page.stack.currentWidget() is page.overview


def test_nobody_compares_a_part_while_her_own_blind_pass_of_another_is_begun(
    page: CommissioningPage, bench
) -> None:
    """The public values of one block are those of the next: a comparison would tell them."""
    commission(bench.ward, P, EPI)
    page.choose(P, "epi-2")
    page.overview.pass_button.click()
    page.choose(P, EPI)
    page.overview.compare_button.click()
    assert page.comparing.found is None
    assert "Your own blind pass of" in page.overview.refusals.text()


def agreed_on_ten_times(page, bench, first: str = KELLER, second: str = OKONJO) -> None:
    for who in (first, second):
        type_all(bench.ward, P, EPI, who, **{DOSE.replace("/", "__"): "25 mg/kg"})
    page.choose(P, EPI)
    page.overview.compare_button.click()
    page.comparing.table.selectRow(0)


def standing(bench):
    found = comparison(bench.ward, P, EPI, who="A. Looker, physician").rows
    return next(row for row in found if row.number_id == DOSE)


def test_against_the_public_value_both_stand_for_a_reason(
    page: CommissioningPage, bench, qtbot, monkeypatch
) -> None:
    """Eyes 11: one person alone commissioned ten times the public dose, because of "x"."""
    agreed_on_ten_times(page, bench)
    panel = page.comparing
    assert panel.again_button.isVisible() and panel.accept_button.isVisible()
    assert "ten times as much" in panel.words.text() and "it is blocked" in panel.words.text()
    dialog = AcceptDialog(bench.ward, panel.look, panel.session, panel.found, panel._row(), None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    assert dialog.again_button.isVisible()
    monkeypatch.setattr(dialog, "is_dirty", lambda: False)  # a failing test asks nobody
    for why, name, refused in (
        ("x", KELLER, "says too little"),
        ("as amendment 4 says", "", "confirms by name"),
        ("as amendment 4 says", OKONJO, "Both who typed it"),
    ):
        dialog.reason.setPlainText("")
        QTest.keyClicks(dialog.reason, why)
        dialog.name.clear()
        type_into(dialog.name, name)
        QTest.qWait(QApplication.doubleClickInterval() + 50)
        QTest.keyClick(dialog.act_button, Qt.Key.Key_Space)
        assert refused in dialog.refusals.text().replace("\u00a0", " ")
        assert dialog.reason.toPlainText() == why and standing(bench).state == "needs reason"
    retype(dialog.name, KELLER)
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Space)
    panel.open(P, EPI)
    assert standing(bench).state == "blocked"
    assert KELLER in standing(bench).recorded and "amendment 4" in standing(bench).recorded
    assert panel.agree.text() == "= 9 commissioned" and panel.differ.text() == "1 blocked"
    table = panel.table  # what a number is stands whole, on two lines where it must
    assert all(table.rowHeight(at) >= table.sizeHintForRow(at) for at in range(10))
    assert table.rowHeight(0) > ROW_HIGH and table.wordWrap()
    row = next(at for at in range(9) if panel.model.row(at).number_id == DOSE)
    mark = panel.model.index(row, Column.MARK)
    assert mark.data() == "blocked"
    stop = QColor(panel.look.colour("stop"))
    assert mark.data(Qt.ItemDataRole.ForegroundRole) == stop
    panel.table.selectRow(row)
    assert "not used" in panel.words.text() and panel.withdraw_button.isVisible()
    panel.back_button.click()
    at = page.table.currentIndex().row()
    assert page.model.index(at, 1).data() == "9 of 10"
    state = page.model.index(at, 2)
    assert state.data() == "≠ blocked" and state.data(Qt.ItemDataRole.ForegroundRole) == stop
    assert "two people settle it" in page.overview.state.text().replace("\u00a0", " ")


def test_instead_of_a_reason_both_type_it_again(page: CommissioningPage, bench, qtbot) -> None:
    agreed_on_ten_times(page, bench)

    def again(dialog) -> None:
        dialog.again_button.click()

    answering(qtbot, page.comparing.accept_button.click, again)
    assert page.stack.currentWidget() is page.overview
    assert "8 of 10" not in page.overview.state.text()
    rows = pass_view(bench.ward, P, EPI, who=OKONJO).rows
    assert [row.number_id for row in rows if not row.typed] == [DOSE]


def test_in_a_ward_with_people_the_other_shows_that_it_is_she(qtbot, bench, look) -> None:
    bench.site()
    peopled(bench.ward)
    guard_store(bench.ward)
    names = (enter(bench.ward, people_named.KELLER), enter(bench.ward, people_named.OKONJO))
    for name, who in zip((people_named.KELLER, people_named.OKONJO), names, strict=True):
        enter(bench.ward, name)
        type_all(bench.ward, P, EPI, who, **{DOSE.replace("/", "__"): "25 mg/kg"})
    made = CommissioningPage(bench.ward, look, Session(names[1]))
    in_frame(qtbot, made)
    made.choose(P, EPI)
    made.overview.compare_button.click()
    made.comparing.table.selectRow(0)

    def reason(dialog) -> None:
        QTest.keyClicks(dialog.reason, "as amendment 4 says")
        assert dialog.person.person.words().startswith(people_named.KELLER)
        for secret, left in (("not her words at all", True), (SECRETS[people_named.KELLER], False)):
            type_into(dialog.person.secret, secret)
            dialog.act_button.click()
            assert dialog.isVisible() is left
            bench.clock.now += timedelta(minutes=2)

    answering(qtbot, made.comparing.accept_button.click, reason)
    found = comparison(bench.ward, P, EPI, who="A. Looker, physician").rows
    row = next(row for row in found if row.number_id == DOSE)
    assert row.state == "blocked"
    assert f"reason given by {names[1]}; confirmed by {names[0]}" in row.recorded
