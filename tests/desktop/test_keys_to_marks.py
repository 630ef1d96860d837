"""The keys to the marks never leave one out in silence, at any size of text and in German."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from bedside.desktop.look import Look
from bedside.desktop.mark_key import MarkKey
from bedside.desktop.status_line import StatusLine
from bedside.desktop.timeline_canvas import TimelineCanvas
from bedside.desktop.timeline_legend import TimelineLegend
from bedside.desktop.timeline_tools import TimelineTools
from bedside.desktop.timeline_zoom import ZOOMS


def test_the_timelines_key_stands_below_the_buttons_where_it_has_no_room_beside_them(qtbot, look):
    """Every mark of it lies within it, whatever the width: it takes lines instead of losing marks."""
    for percent in (100, 150):
        large = Look("light", percent)
        legend = TimelineLegend(large)
        tools = TimelineTools(large, legend)
        qtbot.addWidget(tools)
        tools.setMinimumWidth(200)
        button = QLabel()
        button.setFixedWidth(large.px(560))
        tools.row.addWidget(button)
        tools.add_legend()
        tools.show()
        for wide in (1300, 1000, 700):
            tools.resize(wide, tools.height())
            tools.layout().activate()
            QApplication.processEvents()
            places = legend.places(legend.width() / large.scale)
            assert len(places) == 8
            lines = 1 + max(line for line, _ in places)
            assert lines == legend.lines_in(legend.width())
            assert legend.height() == large.px(legend._line * lines)
            assert tools.rect().contains(legend.geometry()), (percent, wide)
            beside = legend.geometry().top() < button.geometry().bottom()
            assert beside == (wide * 100 >= 900 * percent), (percent, wide)
            last, x = places[-1]
            drawn = QImage(legend.size(), QImage.Format.Format_RGB32)
            drawn.fill(Qt.GlobalColor.white)
            legend.render(drawn)
            box = [large.px(n) for n in (x, last * legend._line + 2, 13, 12)]
            part = drawn.copy(*box)
            inks = {
                part.pixelColor(a, b).name()
                for a in range(part.width())
                for b in range(part.height())
            }
            assert len(inks) > 2, "its last mark is drawn"


@pytest.mark.parametrize("percent", [100, 150])
def test_where_a_mark_has_no_room_on_the_status_line_a_button_opens_them_all(qtbot, look, percent):
    line = StatusLine(Look("light", percent))
    qtbot.addWidget(line)
    line.setMinimumWidth(200)  # as in the window, which may be made smaller than its words
    line.show()
    line.resize(2600, line.height())
    QApplication.processEvents()
    assert not line.more.isVisible()
    line.resize(700, line.height())
    QApplication.processEvents()
    shown = [mark for mark in line._marks if mark.isVisible()]
    assert line.more.isVisible() and 0 < len(shown) < len(line._marks)
    assert line.more.width() >= line.more.sizeHint().width()
    line.more.setFocus()
    QTest.keyClick(line.more, Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, MarkKey)
    words = [one.text() for one in popup.findChildren(QLabel) if one.text()]
    assert len(words) == len(line._marks) and words[-1] == "azacitidine"
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_the_timelines_own_text_grows_with_the_size_at_every_zoom(qtbot):
    """Names of courses that would stand on one another take more rows instead."""
    canvas = TimelineCanvas(Look("light", 150))
    qtbot.addWidget(canvas)
    canvas.resize(1206, 500)
    canvas.show()
    for name in ZOOMS:
        canvas.set_zoom(name)
        assert canvas._full.percent == 150
