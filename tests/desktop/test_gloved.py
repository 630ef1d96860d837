"""Where gloves go, every button, field and choice is high enough for a gloved finger."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from bedside.desktop.buttons import FIELD_HIGH, SIGN_HIGH, make_tall
from bedside.desktop.look import Look
from bedside.desktop.window import ROUND_PAGE, BedsideWindow
from bedside.ward.board import board
from bedside.ward.orders import order_board
from bedside.ward.toxicity_round import round_of
from tests.desktop.infant_dialogs import InfantDialogs, shown

_TOKENS = Path(__file__).resolve().parents[2] / "resources/style/tokens.json"
_MEASURES = json.loads(_TOKENS.read_text(encoding="utf-8"))["measures"]
_TOUCH, _SIGN = _MEASURES["touch"], _MEASURES["button_sign_stop"]
_DOSES = 6
_FORMS = (
    "StartInfusionDialog",
    "GivenDoseDialog",
    "SeenGivenDialog",
    "NotGivenDialog",
    "PaperInfusionDialog",
    "ContinuousDialog",
)


def low_in(around: QWidget) -> list[str]:
    """What a gloved finger presses or types into here and is lower than it needs."""
    QApplication.processEvents()
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    seen = [one for kind in kinds for one in around.findChildren(kind) if one.isVisible()]
    assert seen
    return [
        f"{type(one).__name__} {one.accessibleName() or one.text()}: {one.height()}"
        for one in seen
        if one.height() < (_SIGN if isinstance(one, QPushButton) and signs(one) else _TOUCH)
    ]


def signs(button: QPushButton) -> bool:
    """Whether it signs, gives or stops something; a paper is only printed."""
    return button.property("role") in ("act", "stop") and not button.text().startswith("Pri")


def low_rows(window: BedsideWindow) -> list[int]:
    table = window.board_page.table
    heights = [table.rowHeight(row) for row in range(table.model().rowCount())]
    return [high for high in heights if high < _TOUCH]


def test_the_doors_the_scan_field_and_the_rows_of_the_ward_list(window: BedsideWindow):
    assert low_in(window.navigation) == []
    assert window.topbar.search.height() >= _TOUCH
    assert low_rows(window) == []


def test_tabs_and_paper_button_above_the_page(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("2"))
    window.show_page(_DOSES)
    assert low_in(window.pages.tabs.parentWidget()) == []
    tabs = window.pages.tabs
    assert all(tabs.tabRect(tab).height() >= _TOUCH for tab in range(tabs.count()))
    assert tabs.height() >= _TOUCH


@pytest.mark.parametrize("high", [FIELD_HIGH, SIGN_HIGH])
def test_what_is_made_tall_grows_with_the_text(window: BedsideWindow, high: int):
    for percent in (100, 125, 150):
        look, holder = Look("light", percent), QWidget(window)
        button = QPushButton("Give", holder)
        make_tall(button, look, high)
        button.ensurePolished()
        assert button.sizeHint().height() == look.px(high)


@pytest.mark.parametrize("part", range(4))
def test_the_doses_page_with_its_vial_clock(window: BedsideWindow, infant_of, part: int):
    for bed in ("2", "3"):
        window.open_infant(infant_of(bed))
        window.show_page(_DOSES)
        window.pages.page.show_part(part)
        assert low_in(window.pages.page) == []


def test_the_form_of_the_vial_clock_scrolls_and_is_never_crushed(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("3"))
    window.show_page(_DOSES)
    page = window.pages.page
    page.show_part(0)
    page.refusals.show_reasons(("The pharmacy has not released it.",) * 4)
    window.resize(1366, 520)
    form = page.vial.widget(0)
    assert low_in(form) == []
    words = [one for one in form.findChildren(QLabel) if one.isVisible()]
    crushed = [one.text() for one in words if one.height() < one.heightForWidth(one.width())]
    assert len(words) > 5 and crushed == []
    assert form.verticalScrollBar().maximum() > 0
    page.vial.time.edit.setFocus()
    assert not page.vial.start_button.visibleRegion().isEmpty()


def test_the_blind_check(window: BedsideWindow):
    for row in board(window.ward).rows:
        for order in order_board(window.ward, row.infant_id).at("released"):
            if window.frame.blind is None and order.on == window.ward.today():
                window.open_infant(row.infant_id)
                window.frame.begin_check(row.infant_id, order.key)
    assert window.frame.blind is not None
    assert low_in(window.frame.blind.page) == []
    window.frame.end_check()


def test_the_answers_of_the_round(window: BedsideWindow):
    every = (row.infant_id for row in board(window.ward).rows)
    window.open_infant(next(one for one in every if round_of(window.ward, one).items))
    window.show_page(ROUND_PAGE)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_T)
    panel = window.pages.page.round
    assert low_in(panel) == []
    cut = [line.keys for line in panel.opens if line.keys.height() < _TOUCH]
    assert panel.opens and cut == []


@pytest.mark.parametrize("name", _FORMS)
def test_the_forms_of_giving(dialogs_window: BedsideWindow, name: str):
    dialog, _ = InfantDialogs(dialogs_window).make(name)
    with shown(dialog):
        assert low_in(dialog) == []
        assert dialog.height() <= 724
