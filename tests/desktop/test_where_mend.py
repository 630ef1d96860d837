"""To put right: on the ward list with shape and words, and on the first page with a door that keys open."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from bedside.desktop.board_words import DUE, HELD, lines_of, words_of
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import ORDERS, PAPERS
from bedside.desktop.look import Look
from bedside.desktop.summary import Summary
from bedside.desktop.where_page import DOSES, WherePage
from bedside.desktop.where_sections import due_section, rule_section
from bedside.desktop.window import BedsideWindow
from bedside.units.quantities import BodyWeight
from bedside.ward.board_dlt import judge_board
from bedside.ward.forms import NewSize
from bedside.ward.views.marks import HeldItem
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward
from bedside.ward.weighing import record_size
from tests.desktop import samples
from tests.desktop.conftest import NURSE

VOID = HeldItem(
    "stop", "order VOID, azaCITIDine day 2: prescribe anew", ("5.4 kg became 5.9 kg",), "orders"
)
PAPER = HeldItem(
    "mend", "1 printed paper is out of date: take away", ("DEMO-2026-00001",), "papers", "DEMO 1"
)
OPEN = HeldItem(
    "mend",
    "no longer planned: methotrexate by mouth",
    ("last planned on day 85",),
    "commission",
    "F7",
)


@pytest.fixture
def page(qtbot, ward: Ward, look: Look, session) -> WherePage:
    made = WherePage(ward, look, session)
    qtbot.addWidget(made)
    made.resize(1274, 594)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def texts(widget) -> list[str]:
    return [
        one.text().replace("\u2011", "-").replace("\u00a0", " ")
        for one in widget.findChildren(QLabel)
        if one.isVisible()
    ]


def test_each_item_is_read_with_its_mark_reason_and_one_door_for_each_place(
    page: WherePage,
) -> None:
    twice = replace(VOID, headline="order VOID, azaCITIDine day 3: prescribe anew")
    page.show_view(replace(samples.where(), mend=(VOID, twice, PAPER, OPEN)))
    QApplication.processEvents()
    assert page.mend is not None
    said = texts(page.mend)
    assert "Order VOID, azaCITIDine day 2: prescribe anew" in said
    assert "5.4 kg became 5.9 kg" in said and "last planned on day 85" in said
    assert list(page.mend.doors) == ["orders", "papers", "commission"]
    marks = [one.mark for one in page.mend.findChildren(type(page.mark))]
    assert marks == ["stop", "stop", "mend", "mend"]
    page.show_view(samples.where())
    QApplication.processEvents()
    assert page.mend is None and "To put right" not in texts(page)


@pytest.mark.parametrize(
    ("key", "part"), [(Qt.Key.Key_S, ORDERS), (Qt.Key.Key_T, PAPERS)], ids=["orders", "papers"]
)
def test_a_door_is_opened_by_its_letter(qtbot, page: WherePage, key: Qt.Key, part: int) -> None:
    page.show_view(replace(samples.where(), mend=(VOID, PAPER, OPEN)))
    QApplication.processEvents()
    with qtbot.waitSignal(page.part_asked) as asked:
        QTest.keyClick(page, key, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [DOSES, part]


def test_what_is_not_planned_leads_to_commissioning(qtbot, page: WherePage) -> None:
    page.show_view(replace(samples.where(), mend=(OPEN,)))
    QApplication.processEvents()
    with qtbot.waitSignal(page.commission_asked):
        QTest.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)


def test_from_a_wrong_weight_to_the_orders_by_keys(
    qtbot, window: BedsideWindow, ward: Ward, infant_of: Callable[[str], int]
) -> None:
    """Finding 1: bed 3, a new weight ends two orders; a nurse with the ward list alone learns it."""
    judge_board(ward)
    infant = infant_of("3")
    size = NewSize(BodyWeight(5900), None, ward.now(), "typed a second time")
    record_size(ward, infant, size, who=NURSE)
    window.refresh_board(keep_order=True)
    row = next(one for one in window.board_page.model._rows if one.infant_id == infant)
    assert "stop azaCITIDine intravenous order VOID: prescribe anew" in words_of(
        row, DUE, ward.now()
    )
    assert "order VOID, azaCITIDine day 2, 3: prescribe anew" in words_of(row, HELD, ward.now())
    window.open_infant(infant)
    first = window.pages.page
    assert isinstance(first, WherePage) and first.mark.mark == "stop"
    assert first.answer.accessibleName().endswith("Order VOID: prescribe anew.")
    QApplication.processEvents()
    QTest.keyClick(first, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(window.pages.page, DosesPage))
    page = window.pages.page
    assert isinstance(page, DosesPage)
    assert page.stack.currentWidget() is page.orders and page.orders.prescribe_button.isEnabled()


def test_the_commission_door_opens_the_commissioning(
    qtbot, window: BedsideWindow, infant_of: Callable[[str], int]
) -> None:
    """Bed 7: weekly methotrexate is not planned any more; Alt+C leads where its days are entered."""
    window.open_infant(infant_of("7"))
    first = window.pages.page
    assert isinstance(first, WherePage) and first.mark.mark == "mend"
    assert "No longer planned: methotrexate" in first.answer.accessibleName()
    QApplication.processEvents()
    QTest.keyClick(first, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.frame.commissioning is not None)
    assert window.frame.stack.currentWidget() is window.frame.commissioning


def test_the_ward_list_says_it_by_shape_and_word() -> None:
    row = replace(
        samples.rows()[0],
        held=(VOID, OPEN),
        due=(samples.due(10, 0, "intravenous", "azaCITIDine", "stop", note="order VOID"),),
    )
    drawn = lines_of(row, HELD, samples.NOW)
    assert [line.mark for line in drawn] == ["stop", "none", "mend", "none"]
    assert [line.runs[0].colour for line in drawn] == ["stop", "quiet", "hold", "quiet"]
    assert drawn[3].runs[0].text == "F7"  # the short form; the page has the rest
    (due,) = lines_of(row, DUE, samples.NOW)
    assert due.mark == "stop" and due.runs[-1].colour == "stop"


def test_the_summary_counts_infants_and_cuts_no_button(qtbot, look: Look) -> None:
    summary = Summary(look)
    qtbot.addWidget(summary)
    summary.resize(1366, 68)
    summary.show()
    busy = replace(samples.board(), late=2, held=3, unknown=4, clocks_running=2, void=1, mend=2)
    summary.show_board(busy, 8, "10:42")
    QApplication.processEvents()
    said = texts(summary)
    assert "1 order void" in said and "2 to put right" in said
    for button in (summary.enrol_button, summary.sort_button):
        assert button.width() >= button.sizeHint().width()
    summary.show_board(replace(busy, void=2), 8, "10:42")
    QApplication.processEvents()
    assert "2 with orders void" in texts(summary)


def test_what_became_of_a_value_stands_below_its_line(qtbot, look: Look) -> None:
    anc = RuleRow(
        "Neutrophils, ANC",
        "at least 500 per µL",
        "640",
        "per µL",
        samples.NOW,
        "laboratory",
        "met",
        since="struck out since: another infant's tube",
        struck=True,
    )
    newer = replace(anc, measure="Platelets", since="newer: 41 000 per µL", struck=False)
    made = rule_section(replace(samples.where(), rules=(anc, newer)), look)
    qtbot.addWidget(made)
    made.show()
    assert "struck out since: another infant's tube" in texts(made)
    assert "newer: 41 000 per µL" in texts(made)
    named = {one.accessibleName() for one in made.children() if hasattr(one, "accessibleName")}
    assert "Neutrophils, ANC: struck out since: another infant's tube" in named


def test_a_dose_whose_order_is_void_is_still_to_do(qtbot, look: Look) -> None:
    view = replace(
        samples.where(),
        due=(samples.due(10, 0, "intravenous", "azaCITIDine", "stop", note="order VOID"),),
    )
    made = due_section(view, look)
    qtbot.addWidget(made)
    made.show()
    assert "1 to do, 0 recorded" in texts(made)
