"""A window that nobody touches rests: left open all night it lays nothing out again and again."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bedside.desktop.doses_paper import PaperPage
from bedside.desktop.exposure_dialog import ExposureDialog
from bedside.desktop.maintenance_dialog import MaintenanceDialog
from bedside.desktop.tall_area import TallArea
from bedside.desktop.window import BedsideWindow
from bedside.ward.board import board
from bedside.ward.exposure import cumulative_doses
from bedside.ward.where import where_are_we

AWHILE_MS = 150
FEW = 20  # a clock's minute, a blinking cursor; a loop asks thousands of times


class Asked(QObject):
    """Counts how often Qt is asked to lay something out."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.LayoutRequest
        return super().eventFilter(watched, event)


@pytest.fixture
def asked(qapp: QApplication) -> Iterator[Asked]:
    made = Asked()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def wait() -> None:
    loop = QEventLoop()
    QTimer.singleShot(AWHILE_MS, loop.quit)
    loop.exec()


def at_rest(asked: Asked) -> bool:
    """Whether it comes to rest: what was just opened may take a while, a clock goes on each second."""
    for _ in range(8):
        asked.times = 0
        wait()
        if asked.times <= FEW:
            return True
    return False


@pytest.mark.parametrize("words", ["", "a word", "many words that take more than one line " * 12])
@pytest.mark.parametrize("hidden", [False, True])
def test_an_area_no_higher_than_its_inside_comes_to_rest(
    qtbot: QtBot, asked: Asked, words: str, hidden: bool
) -> None:
    inside, host = QWidget(), QWidget()
    column = QVBoxLayout(inside)
    if words:
        told = QLabel(words)
        told.setWordWrap(True)
        column.addWidget(told)
    area = TallArea(inside, "notes", grows_to=220, no_higher=True)
    around = QVBoxLayout(host)
    around.addWidget(area)
    around.addStretch(1)
    qtbot.addWidget(host)
    host.resize(400, 400)
    host.show()
    wait()
    needed = max(inside.heightForWidth(area.width()), 0)
    assert area.height() == inside.height() == inside.minimumHeight() >= needed
    assert not area.verticalScrollBar().isVisible(), "all of it has room"
    area.setHidden(hidden)
    assert at_rest(asked), asked.times


def test_an_area_that_may_grow_no_more_scrolls_and_comes_to_rest(
    qtbot: QtBot, asked: Asked
) -> None:
    inside, host = QWidget(), QWidget()
    column = QVBoxLayout(inside)
    told = QLabel("many words that take more than one line " * 40)
    told.setWordWrap(True)
    column.addWidget(told)
    area = TallArea(inside, "notes", grows_to=120, no_higher=True)
    around = QVBoxLayout(host)
    around.addWidget(area)
    qtbot.addWidget(host)
    host.resize(400, 400)
    host.show()
    assert at_rest(asked), asked.times
    assert area.height() == 120 < inside.height() and area.verticalScrollBar().isVisible()
    told.setText("few words")
    assert at_rest(asked), asked.times
    assert area.height() == inside.height() < 120 and not area.verticalScrollBar().isVisible()


def test_each_page_of_each_infant_comes_to_rest(window: BedsideWindow, asked: Asked) -> None:
    window.resize(1366, 768)
    for row in board(window.ward).rows[:3]:
        window.open_infant(row.infant_id)
        for number in range(len(window.doors)):
            window.show_page(number)
            page = window.pages.page
            parts = range(4) if isinstance(page, PaperPage) else range(1)
            for part in parts:
                if isinstance(page, PaperPage):
                    page.show_part(part)
                assert at_rest(asked), (row.infant_id, number, part, asked.times)
    window.show_board()
    assert at_rest(asked), asked.times


def test_forms_that_grow_with_their_notes_come_to_rest(
    qtbot: QtBot, window: BedsideWindow, asked: Asked
) -> None:
    ward, look = window.ward, window.look
    numbers = [row.infant_id for row in board(ward).rows]
    on_maintenance = next(number for number in numbers if where_are_we(ward, number).maintenance)
    for form in (
        ExposureDialog(look, cumulative_doses(ward, numbers[0]), window),
        MaintenanceDialog(ward, look, window.session, on_maintenance, window),
    ):
        qtbot.addWidget(form)
        form.show()
        assert at_rest(asked), (type(form).__name__, asked.times)
        form.done(0)
