"""The trend: axes, the floor for nought, the focus line."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtTest import QTest

from bedside.desktop.trend import TrendChart
from bedside.desktop.trend_drawing import TrendPen, along, clear_spot
from bedside.desktop.trend_layout import (
    LEAST_SPAN,
    TypedNow,
    anc_axis,
    shown_rows,
    time_axis,
)
from tests.desktop_pages.page_samples import counts_view


@pytest.fixture
def chart(qtbot, look):
    made = TrendChart(look)
    qtbot.addWidget(made)
    made.resize(640, 410)
    made.show()
    made.show_view(counts_view())
    made.setFocus()
    return made


def test_nought_is_drawn_at_the_floor_and_never_hidden(chart):
    """H21: an ANC of 0 has its place on the logarithmic axis."""
    _, anc, _ = chart.axes()
    assert anc.y(0) == anc.floor == anc.box.bottom()
    assert anc.y(0) > anc.y(10)
    assert anc.y(3) == anc.floor, "below the lowest decade it stands on the floor too"
    zero = next(row for row in shown_rows(counts_view()) if row.anc_per_ul == 0)
    time, _, _ = chart.axes()
    image = chart.grab().toImage()
    at = QPoint(round(time.x(zero.taken_at)), round(anc.floor))
    assert image.pixelColor(at).lightness() < 100, "a dark dot stands there"


def test_anc_axis_is_logarithmic_and_platelets_are_linear(chart):
    _, anc, platelets = chart.axes()
    assert anc.y(100) - anc.y(1000) == pytest.approx(anc.y(10) - anc.y(100))
    first = platelets.y(0) - platelets.y(50_000)
    assert platelets.y(50_000) - platelets.y(100_000) == pytest.approx(first)


def test_every_value_and_both_thresholds_lie_inside_their_axes(chart):
    _, anc, platelets = chart.axes()
    for row in shown_rows(counts_view()):
        assert anc.box.top() <= anc.y(row.anc_per_ul) <= anc.box.bottom()
        assert platelets.box.top() <= platelets.y(row.platelets_per_ul) <= platelets.box.bottom()
    assert anc.box.top() < anc.y(500) < anc.base
    assert platelets.box.top() < platelets.y(50_000) < platelets.box.bottom()


def test_one_time_axis_true_to_scale_for_both(chart):
    time, anc, platelets = chart.axes()
    assert anc.box.left() == platelets.box.left()
    rows = shown_rows(counts_view())
    steps = [
        (time.x(second.taken_at) - time.x(first.taken_at))
        / (second.taken_at - first.taken_at).total_seconds()
        for first, second in pairwise(rows)
    ]
    assert max(steps) == pytest.approx(min(steps))


def test_struck_out_counts_are_not_drawn(chart):
    assert 90 not in {row.count_id for row in shown_rows(counts_view())}


def test_keys_move_one_line_from_count_to_count_and_stop_at_the_ends(chart):
    rows = shown_rows(counts_view())
    assert chart.focused_row == rows[-1]
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.focused_row == rows[-1]
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.focused_row == rows[-2]
    assert "ANC 0 per µL" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.focused_row == rows[0]
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.focused_row == rows[-1]


def test_the_pointer_moves_the_line_to_the_nearest_count(chart):
    time, anc, _ = chart.axes()
    row = shown_rows(counts_view())[9]
    at = QPoint(round(time.x(row.taken_at)) + 2, round(anc.box.center().y()))
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
    assert chart.focused_row == row


def test_a_suspect_value_never_stretches_the_axis(chart):
    _, _, before = chart.axes()
    now = counts_view().now
    chart.show_typed(TypedNow(now, 620, 4_100_000, platelets_suspect=True))
    _, _, after = chart.axes()
    assert after.most == before.most
    chart.grab()
    chart.show_typed(TypedNow(now, 620, 410_000))
    _, _, taken = chart.axes()
    assert taken.most > before.most


def test_a_single_count_still_has_a_week_of_time(look):
    view = counts_view()
    alone = replace(view, rows=view.rows[-1:], bands=())
    axis = time_axis(alone, 0.0, 700.0)
    assert axis.last.astimezone(UTC) - axis.first.astimezone(UTC) >= LEAST_SPAN


def test_no_counts_at_all_still_draws(qtbot, look):
    chart = TrendChart(look)
    qtbot.addWidget(chart)
    chart.resize(600, 400)
    chart.show_view(replace(counts_view(), rows=(), bands=(), rule_course="", anc_at_least=None))
    assert chart.focused_row is None
    QTest.keyClick(chart, Qt.Key.Key_Left)
    chart.grab()


def test_a_very_high_anc_gets_its_decade():
    view = counts_view()
    high = replace(view.rows[-1], anc_per_ul=45_000, taken_at=datetime(2026, 11, 11, tzinfo=UTC))
    axis = anc_axis(replace(view, rows=(*view.rows, high)), None, QRectF(58, 30, 400, 180))
    assert axis.decades[-1] == 100_000
    assert axis.y(45_000) > axis.box.top()


def test_a_threshold_is_named_clear_of_the_curve_between_two_counts():
    """Two counts far apart, the line between them through the usual place of the words."""
    points = [QPointF(0, 60), QPointF(300, 140)]
    label = QRectF(100, 80, 90, 16)
    assert clear_spot((label,), 400, points).left() == 100  # the two counts alone stand elsewhere
    spot = clear_spot((label,), 400, along(points))
    crossed = [at for at in along(points) if spot.adjusted(-6, -6, 6, 6).contains(at)]
    assert crossed == [] and spot.left() > 100
    assert along([]) == [] and along(points[:1]) == points[:1]


def test_the_flag_of_the_focus_line_cuts_no_date(chart, look):
    """A "0" beside "07-Oct-2026 08:00" is half a date: what the flag would cut is taken away."""
    box = QRectF(20, 204, 90, 18)
    picture = QImage(300, 240, QImage.Format.Format_RGB32)
    picture.fill(look.colour("surface"))
    with QPainter(picture) as painter:
        painter.fillRect(box, look.colour("ink"))
        painter.fillRect(box.translated(180, 0), look.colour("ink"))
        TrendPen(painter, look).line(120, 200, "07-Oct-2026", 300, [box, box.translated(180, 0)])
    assert picture.pixelColor(24, 212).name() == look.colour("surface").name()
    assert picture.pixelColor(284, 212).name() == look.colour("ink").name()
    chart.grab()
    assert chart._dates


def test_a_curve_along_the_threshold_sends_its_words_to_the_top(qtbot, look, monkeypatch):
    """A count that swings about the threshold from end to end leaves no room beside the line."""
    drawn = []
    image = QImage(400, 200, QImage.Format.Format_ARGB32)
    with QPainter(image) as painter:
        pen = TrendPen(painter, look)
        monkeypatch.setattr(
            "bedside.desktop.trend_drawing.clear_spot",
            lambda *given: drawn.append(clear_spot(*given)) or drawn[-1],
        )
        swinging = [QPointF(x, 100 + (25 if x % 40 else -25)) for x in range(60, 400, 20)]
        pen.limit(QRectF(60, 10, 340, 180), 100.0, 500, "EPI #4", swinging)
    chosen = drawn[-1]
    assert len(drawn) == 2 and chosen.top() == 12
    assert not any(chosen.contains(point) for point in along(swinging))


def test_a_value_not_judged_yet_never_covers_the_limits_name(qapp, look):
    """The words "260 000 typed, not judged yet" stood on the label of the start rule."""
    board = QPixmap(600, 240)
    box = QRectF(60, 40, 480, 160)
    for limit_y in (44, 60, 70):
        with QPainter(board) as painter:
            pen = TrendPen(painter, look)
            pen.limit(box, limit_y, 50_000, "EPI #1", [])
            (named,) = pen.named
            for x in (260.0, 400.0, 540.0):
                words = pen.suspect(x, box, 260_000)
                assert not words.intersects(named) and box.contains(words.center())
