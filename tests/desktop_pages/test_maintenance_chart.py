"""The chart of Maintenance: three parts over one time axis, the rule's lines, doses as steps."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from bedside.desktop.maintenance_chart import MaintenanceChart, _free_places, check_words
from bedside.desktop.maintenance_chart_amounts import amount_lanes, amounts_only
from bedside.desktop.maintenance_chart_layout import (
    dose_lines,
    drawn_checks,
    midnight,
)
from bedside.desktop.trend_layout import LinearAxis
from bedside.ward.views.maintenance import (
    CheckPoint,
    DecisionRow,
    DrugLine,
    MaintenanceView,
    Threshold,
)
from tests.desktop_pages.page_samples import BANNER

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
ANCS = (900, 0, 700, None, 1600)
PLATELETS = (120_000, 40_000, None, None, 310_000)


def decision(drug: str, day: date, percent: Decimal | None, voided: str = "") -> DecisionRow:
    return DecisionRow(
        titration_id=1, drug=drug, name=drug, from_on=day, dose="", percent=percent,
        decision="accepted", reason="", proposal="", recorded_by="A", recorded_at=NOW,
        voided=voided,
    )  # fmt: skip


def drug(name: str) -> DrugLine:
    return DrugLine(
        drug=name, name=name, every="day", in_force="", mark="none", action="keep", headline="",
        percent=None, amount_mg=None, because=(), steps=(), missing=(), cautions=(), shown="",
    )  # fmt: skip


def view() -> MaintenanceView:
    day_1 = date(2026, 9, 1)
    checks = tuple(
        CheckPoint(
            NOW - timedelta(days=60 - 14 * number), anc, platelets,
            "done" if anc is not None else "pending", "done" if platelets is not None else "unusable",
        )
        for number, (anc, platelets) in enumerate(zip(ANCS, PLATELETS, strict=True))
    )  # fmt: skip
    return MaintenanceView(
        banner=BANNER, today=NOW.date(), now=NOW, day_1=day_1, course_title="Maintenance",
        blocked_by=(), rule="rule", rule_lines=(), evidence="site", hold=False, hold_because=(),
        missing=(), newest="", drugs=(drug("mercaptopurine"), drug("methotrexate")),
        decisions=(
            decision("mercaptopurine", date(2026, 10, 13), Decimal(125)),
            decision("mercaptopurine", day_1, Decimal(100)),
            decision("mercaptopurine", date(2026, 9, 20), Decimal(0), voided="wrong"),
            decision("methotrexate", day_1, Decimal(100)),
            decision("methotrexate", date(2026, 10, 1), None),
        ),
        checks=checks,
        anc_lines=(
            Threshold(500, "stop at most"), Threshold(750, "50 % at most"),
            Threshold(1500, "raise from"),
        ),
        platelet_lines=(Threshold(50_000, "stop at most"), Threshold(75_000, "50 % at most")),
    )  # fmt: skip


@pytest.fixture
def chart(qtbot, look):
    made = MaintenanceChart(look)
    qtbot.addWidget(made)
    made.resize(640, 430)
    made.show()
    made.show_view(view())
    made.setFocus()
    return made


def test_counts_and_doses_share_one_time_axis(chart):
    axes = chart.axes()
    boxes = (axes.anc.box, axes.platelets.box, axes.dose.box)
    assert len({(box.left(), box.right()) for box in boxes}) == 1
    assert boxes[0].bottom() < boxes[1].top()
    assert boxes[1].bottom() < boxes[2].top()
    for check in drawn_checks(view()):
        assert axes.time.left <= axes.time.x(check.at) <= axes.time.right


def test_every_line_of_the_rule_lies_inside_its_part(chart):
    axes = chart.axes()
    for limit in view().anc_lines:
        assert axes.anc.box.top() < axes.anc.y(limit.per_ul) < axes.anc.box.bottom()
    for limit in view().platelet_lines:
        assert (
            axes.platelets.box.top() < axes.platelets.y(limit.per_ul) < axes.platelets.box.bottom()
        )


def test_nought_stands_on_the_floor(chart):
    """H21: an ANC of 0 is drawn, never hidden."""
    axes = chart.axes()
    assert axes.anc.y(0) == axes.anc.box.bottom()
    zero = next(check for check in view().checks if check.anc_per_ul == 0)
    at = QPoint(round(axes.time.x(zero.at)), round(axes.anc.floor))
    assert chart.grab().toImage().pixelColor(at).lightness() < 110


def test_doses_are_steps_of_standing_decisions(chart):
    first, second = dose_lines(view())
    assert first.points == ((date(2026, 9, 1), Decimal(100)), (date(2026, 10, 13), Decimal(125)))
    assert [percent for _, percent in second.points] == [Decimal(100)]
    assert first.at(date(2026, 8, 31)) is None
    assert first.at(date(2026, 10, 12)) == 100
    assert first.at(date(2026, 10, 13)) == 125
    axes = chart.axes()
    accent = chart._look.colour("accent")
    at = QPoint(round(axes.time.x(midnight(date(2026, 11, 1), NOW))), round(axes.dose.y(125)))
    assert chart.grab().toImage().pixelColor(at) == accent


def test_keys_and_pointer_move_the_line_from_count_to_count(chart):
    checks = drawn_checks(view())
    assert len(checks) == 4, "a count without any value is in the table only"
    assert chart.focused == checks[-1]
    for key, wanted in (
        (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 3),
    ):  # fmt: skip
        QTest.keyClick(chart, key)
        assert chart.focused == checks[wanted]
    x = round(chart.axes().time.x(checks[1].at)) + 2
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(x, 60))
    assert chart.focused == checks[1]
    QTest.keyClick(chart, Qt.Key.Key_Up)
    assert chart.focused == checks[1]


def test_the_chart_is_read_out_in_words(chart):
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.accessibleDescription() == (
        "21-Sep-2026: ANC 900 per µL, platelets 120\u202f000 per µL; mercaptopurine 100 %; "
        "methotrexate 100 %"
    )
    pending = view().checks[3]
    assert "ANC pending, platelets unusable" in check_words(view(), pending)


def test_an_empty_chart_draws(qtbot, look):
    chart = MaintenanceChart(look)
    qtbot.addWidget(chart)
    chart.resize(600, 400)
    assert chart.axes() is None
    chart.grab()
    chart.show_view(replace(view(), checks=(), decisions=(), anc_lines=(), platelet_lines=()))
    assert chart.focused is None
    assert chart.accessibleDescription() == ""
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    chart.grab()


def test_very_many_platelets_get_their_axis(look):
    many = replace(view().checks[0], platelets_per_ul=1_400_000)
    chart = MaintenanceChart(look)
    chart.resize(640, 430)
    chart.show_view(replace(view(), checks=(many,)))
    axes = chart.axes()
    assert axes.platelets.box.top() < axes.platelets.y(1_400_000)
    chart.deleteLater()


def test_a_decision_that_waits_is_drawn_apart_and_said_in_words(qtbot, look):
    """Not a line like the doses in force: dots, a hollow mark, and NOT VERIFIED beside them."""
    waiting = replace(decision("methotrexate", date(2026, 11, 1), Decimal(150)), waiting="VERIFIED")
    seen = view()
    seen = replace(seen, decisions=(waiting, *seen.decisions))
    line = dose_lines(seen)[1]
    assert line.waiting == ((date(2026, 11, 1), Decimal(150), "VERIFIED"),)
    assert (date(2026, 11, 1), Decimal(150)) not in line.points
    words = check_words(seen, drawn_checks(seen)[-1])
    assert "(decided 150 %, NOT VERIFIED)" in words
    chart = MaintenanceChart(look)
    qtbot.addWidget(chart)
    chart.resize(640, 385)
    chart.show_view(view())
    before = chart.grab().toImage()
    chart.show_view(seen)
    assert chart.grab().toImage() != before


def test_doses_in_milligrams_are_drawn_in_words_where_no_share_is_known(qtbot, look):
    """Invented: 18 mg, then 20 mg that waits for a pharmacist."""
    first = replace(decision("mercaptopurine", date(2026, 9, 20), None), dose="18 mg")
    then = replace(
        decision("mercaptopurine", date(2026, 11, 1), None), dose="20 mg", waiting="VERIFIED"
    )
    in_mg = replace(view(), decisions=(then, first))
    (lane,) = amount_lanes(in_mg)
    assert lane.steps == (
        (date(2026, 9, 20), "18 mg", ""),
        (date(2026, 11, 1), "20 mg", "VERIFIED"),
    )
    assert amounts_only(in_mg) and not amounts_only(view())
    empty, chart = MaintenanceChart(look), MaintenanceChart(look)
    for made, shown in ((empty, replace(view(), decisions=())), (chart, in_mg)):
        qtbot.addWidget(made)
        made.resize(640, 420)
        made.show_view(shown)
        made.show()
    box = chart.axes().dose.box.toRect()
    assert chart.grab(box).toImage() != empty.grab(box).toImage()


def test_what_a_decision_waits_for_stands_with_its_dose():
    """At 100 % one line stands, at 50 % another: "NOT VERIFIED" was parted from what is not."""
    axis = LinearAxis(QRectF(0, 400, 300, 84), 150, 50)
    taken = [axis.y(100), axis.y(50)]
    for lines in (1, 2):
        places = _free_places(axis, 100, lines, taken)
        assert [round(b - a) for a, b in pairwise(places)] == [14] * (lines - 1)
        assert all(abs(y - other) >= 14 for y in places for other in taken)
        assert all(392 <= y <= 476 for y in places)
    assert _free_places(axis, 0, 1, []) == (476.0,)
    full = [float(y) for y in range(392, 480)]
    assert _free_places(axis, 100, 1, full) == (axis.y(100),)
