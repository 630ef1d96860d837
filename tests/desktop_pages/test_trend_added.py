"""Further analytes in the trend: axes of their own, one line, marks that are no values."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from bedside.desktop.trend import MOST_ADDED, TrendChart
from bedside.desktop.trend_choice import TrendChoice
from bedside.desktop.trend_drawing import clear_spot
from bedside.desktop.trend_layout import shown_rows
from bedside.desktop.trend_strip import point_at, strip_axis
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, record_results
from bedside.ward.laboratory_trend import LabPoint, LabSeries, series_of
from tests.desktop_pages.page_driving import NURSE
from tests.desktop_pages.page_samples import counts_view

NOW = counts_view().now


def point(hours_ago: float, value: str = "", mark: str = "") -> LabPoint:
    number = Decimal(value) if value else None
    return LabPoint(NOW - timedelta(hours=hours_ago), number, mark, f"{mark}{value} U/L")


def series(key: str = "alt", *points: LabPoint, high: str = "56") -> LabSeries:
    made = points or (point(100, "40"), point(30, "268"), point(3, "20", "<"))
    return LabSeries(key, key.upper(), "U/L", made, None, Decimal(high), "laboratory")


@pytest.fixture
def chart(qtbot, look):
    made = TrendChart(look)
    qtbot.addWidget(made)
    made.resize(640, 440)
    made.show()
    made.show_view(counts_view())
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("values", "high", "least", "most"),
    [
        (("40", "268"), "56", "0", "300"),
        (("134", "138"), "144", "134", "144"),
        (("0.05",), "0.05", "0.05", "0.052"),
        (("0",), "0", "0", "0.2"),
        (("4.1", "4.4"), "5.6", "4", "5.6"),
    ],
)
def test_an_axis_holds_every_value_between_round_figures(values, high, least, most):
    made = series("x", *(point(9, value) for value in values), high=high)
    axis = strip_axis(made, QRectF(0, 0, 100, 60))
    assert axis.lines == (Decimal(least), Decimal(most))
    for value in values:
        assert axis.least <= Decimal(value) <= axis.most
        assert axis.box.top() <= axis.y(Decimal(value)) < axis.floor


def test_an_added_analyte_gets_an_axis_below_and_a_place_in_the_name(chart):
    before = chart.axes()[1].box.height()
    chart.show_added((series(),))
    _, anc, platelets = chart.axes()
    (strip,) = chart.strips()
    assert anc.box.height() < before
    assert anc.box.bottom() < platelets.box.top() < platelets.box.bottom() < strip.box.top()
    assert strip.box.bottom() < chart.height()
    assert chart.accessibleName() == "Trend of ANC, platelets and ALT"
    chart.show_added(())
    assert chart.strips() == ()
    assert chart.axes()[1].box.height() == before


def test_one_line_goes_through_all_and_tells_every_value(chart):
    chart.show_added((series(),))
    QTest.keyClick(chart, Qt.Key.Key_End)
    found = set()
    for _ in range(200):
        found.add(chart.focused_at)
        QTest.keyClick(chart, Qt.Key.Key_Left)
    rows = {row.taken_at.astimezone(UTC) for row in shown_rows(counts_view())}
    assert found == rows | {one.taken_at.astimezone(UTC) for one in series().points}
    QTest.keyClick(chart, Qt.Key.Key_End)
    while chart.focused_at != (NOW - timedelta(hours=30)).astimezone(UTC):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.focused_row is None
    assert "ALT 268 U/L" in chart.accessibleDescription()
    chart.grab()


def test_the_line_stays_at_its_moment_when_an_analyte_is_added(chart):
    QTest.keyClick(chart, Qt.Key.Key_Left)
    before = chart.focused_at
    chart.show_added((series(),))
    assert chart.focused_at == before


def test_a_mark_is_not_joined_and_stands_out(chart):
    """A comparator, a haemolysed and a pending specimen are drawn, and not as values."""
    plain = chart.grab().toImage()
    marks = (
        point(60, "20", "<"),
        point(40, "900", ">"),
        point(20, "", "unusable"),
        point(3, "", "pending"),
    )
    chart.show_added((series("alt", point(90, "40"), *marks),))
    drawn = chart.grab().toImage()
    assert drawn != plain
    time, strip = chart.axes()[0], chart.strips()[0]
    for mark in marks:
        y = strip.floor if mark.value is None else strip.y(mark.value)
        around = [
            drawn.pixelColor(round(time.x(mark.taken_at)) + dx, round(y) + dy).name()
            for dx in range(-7, 8)
            for dy in range(-7, 8)
            if 0 <= round(y) + dy < drawn.height()
        ]
        assert chart._look.colour("hold").name() in around, mark.mark
    assert series("alt", marks[2]).points[0].value is None


def test_the_result_at_the_line_is_of_the_same_half_day():
    made = series()
    assert point_at(made, NOW - timedelta(hours=25)).value == 268
    assert point_at(made, NOW - timedelta(hours=60)) is None
    assert point_at(made, None) is None


def test_a_label_goes_where_it_covers_the_fewest_points():
    from PySide6.QtCore import QPointF

    points = [QPointF(x, 10) for x in range(0, 100, 5)]
    above, below = QRectF(0, 0, 50, 20), QRectF(0, 40, 50, 20)
    assert clear_spot((above,), 300, points).left() >= 102
    assert clear_spot((above,), 300, []) == above
    assert clear_spot((above, below), 130, points) == below


def test_the_picture_is_kept_while_only_the_line_moves(chart):
    chart.grab()
    kept = chart._kept.cacheKey()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    chart.grab()
    assert chart._kept.cacheKey() == kept
    chart.resize(620, 440)
    chart.grab()
    assert chart._kept.cacheKey() != kept


def test_analytes_are_chosen_and_taken_away_by_the_list(qtbot, look):
    choice = TrendChoice(look)
    qtbot.addWidget(choice)
    told = []
    choice.chosen.connect(lambda added: told.append([one.key for one in added]))
    choice.show_series(())
    assert not choice.isEnabled()
    choice.show_series(tuple(series(key) for key in ("alt", "ast", "ggt")))
    for at in range(3):
        choice.menu_of.actions()[at].trigger()
    assert told[-1] == ["ast", "ggt"]
    assert len(told[-1]) == MOST_ADDED
    assert [action.isChecked() for action in choice.menu_of.actions()] == [False, True, True]
    choice.menu_of.actions()[1].trigger()
    assert told[-1] == ["ggt"]
    choice.show_series((series("alt"),))
    assert told[-1] == []
    choice.menu_of.actions()[0].trigger()
    choice.forget()
    choice.show_series((series("alt"),))
    assert told[-1] == []


def test_the_page_draws_what_this_infant_has(qtbot, counts, bench):
    taken = bench.clock() - timedelta(hours=2)
    results = (
        NewResult("creatinine", "0.34", "mg/dL", high="0.5"),
        NewResult("potassium", "h", "mmol/L"),
        NewResult("crp", "n no blood", "mg/L"),
    )
    specimen = NewSpecimen(taken, "central line", "Main", results)
    record_results(bench.ward, bench.infant, specimen, who=NURSE)
    counts.refresh()
    titles = [action.text() for action in counts.analytes.menu_of.actions()]
    assert titles == ["Creatinine, µmol/L", "Potassium, mmol/L"]
    counts.analytes.menu_of.actions()[0].trigger()
    (drawn,) = counts.trend.added
    assert drawn.points[0].value == Decimal("30.056")
    assert drawn.points[0].words == "30.1 µmol/L"
    assert drawn.high == Decimal("44.2")
    assert drawn.limits == "normal up to 44.2 µmol/L"
    along = NewResult("alt", "0.5", "ukat/L", high="0.9333")  # the form's own conversion of 56 U/L
    record_results(
        bench.ward, bench.infant, NewSpecimen(taken, "vein", "Main", (along,)), who=NURSE
    )
    assert series_of(bench.ward, bench.infant)[0].limits == "normal up to 56 U/L"
    potassium = series_of(bench.ward, bench.infant)[2]
    assert (potassium.points[0].mark, potassium.points[0].words) == (
        "unusable", "unusable: haemolysed",
    )  # fmt: skip
    assert potassium.limits_from == ""
    counts.show_infant(bench.infant)
    assert counts.trend.added == ()
    assert isinstance(counts.trend.focused_at, datetime)


def test_a_time_before_a_change_of_the_clocks_is_told_as_the_wall_showed_it(chart):
    """Taken at 08:00 of summer time, looked at in winter: 08:00, never 07:00."""
    taken = datetime(2026, 10, 24, 8, 0, tzinfo=timezone(timedelta(hours=2)))
    old = LabPoint(taken, Decimal(33), "", "33 U/L")
    chart.show_added((series("alt", old, point(3, "20")),))
    QTest.keyClick(chart, Qt.Key.Key_Home)
    while chart.focused_at != taken.astimezone(UTC):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "24-Oct-2026 08:00, ALT 33 U/L"
    chart.grab()
