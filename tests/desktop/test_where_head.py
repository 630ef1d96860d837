"""The head of Where are we: one line that can be read from a metre, and nothing cut in large text."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.desktop.look import Look
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress
from bedside.desktop.where_head import AnswerHead
from bedside.desktop.where_page import WherePage
from bedside.desktop.window import BedsideWindow
from bedside.ward.board import board
from bedside.ward.ward import Ward

LARGE = {"answer", "clock_secondary"}  # read from a metre


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


@pytest.fixture
def page(window: BedsideWindow) -> WherePage:
    window.resize(1366, 768)
    window.open_infant(board(window.ward).rows[0].infant_id)
    settle()
    found = window.pages.page
    assert isinstance(found, WherePage)
    return found


def test_each_answer_stands_in_one_line_in_large_letters_at_1366(
    window: BedsideWindow, page: WherePage
) -> None:
    answers = {}
    for row in board(window.ward).rows:
        window.open_infant(row.infant_id)
        settle()
        lines = page.answer._lines
        answers[page.answer.accessibleName()] = [run.size for line in lines for run in line.runs]
        assert len(lines) == 1, page.answer.accessibleName()
    small = {told: sizes for told, sizes in answers.items() if not set(sizes) <= LARGE}
    assert not small
    assert len(answers) > 5


def test_why_stands_under_the_answer_and_beside_its_doors(page: WherePage) -> None:
    head = page.findChild(AnswerHead)
    assert head is not None and not head.stacked
    left = {part.mapTo(page, part.rect().topLeft()).x() for part in (page.answer, page.why)}
    assert len(left) == 1, "why begins where the answer begins"
    doors = (page.weight_button, page.correct_button, page.risk_button, page.hold_button)
    assert {door.y() for door in doors} == {page.weight_button.y()}
    assert page.why.geometry().right() < page.weight_button.mapTo(head, page.rect().topLeft()).x()


@pytest.mark.parametrize("percent", [125, 150])
def test_in_large_text_the_doors_stand_below_and_no_line_is_cut(
    qtbot: QtBot, ward: Ward, look: Look, session: Session, percent: int
) -> None:
    large = Look("light", percent)
    window = BedsideWindow(ward, large, session, every_door())
    qtbot.addWidget(window)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application, large)
    try:
        window.resize(1366, 768)
        window.show()
        for row in board(ward).rows[:4]:
            window.open_infant(row.infant_id)
            settle()
            page = window.pages.page
            assert isinstance(page, WherePage)
            assert page.why.height() >= page.why.heightForWidth(page.why.width())
            head = page.findChild(AnswerHead)
            assert head is not None
            if head.stacked:
                low = page.why.mapTo(head, page.why.rect().bottomLeft()).y()
                assert page.counts_button.mapTo(head, page.rect().topLeft()).y() > low
    finally:
        dress(application, look)
    assert head is not None and head.stacked
