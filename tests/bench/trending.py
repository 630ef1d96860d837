"""The trend of two years with 3,000 points: drawn from nothing, and as its line is moved."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import median
from time import perf_counter

from tests.bench.measure import Measure

FRAME_MS = 16.0
COUNTS = 1_250  # ANC and platelets of each: 2,500 points, and 500 of one further analyte
RESULTS = 500
SIZE = (566, 446)  # as it stands on a screen of 1366 × 768


def measure_trend(runs: int) -> list[Measure]:
    """Time both in milliseconds; the floor is one frame, which is what they may take."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from bedside.desktop.look import Look
    from bedside.desktop.trend import TrendChart

    application = QApplication.instance() or QApplication(["bench"])
    chart = TrendChart(Look("light"))
    chart.resize(*SIZE)
    chart.show_view(_view())
    chart.show_added((_series(),))
    chart.show()
    application.processEvents()
    left = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier)
    moved, drawn = [], []
    for _ in range(runs):
        began = perf_counter()
        chart.keyPressEvent(left)
        chart.repaint()
        moved.append((perf_counter() - began) * 1000)
        chart._forget()
        began = perf_counter()
        chart.repaint()
        drawn.append((perf_counter() - began) * 1000)
    chart.close()
    chart.deleteLater()
    name = "one frame, 16 ms"
    return [
        Measure("trend, 3 000 points: line moved", name, ours=median(moved), floor=FRAME_MS, limit=1.0),
        Measure("trend, 3 000 points: all drawn", name, ours=median(drawn), floor=FRAME_MS, limit=1.0),
    ]  # fmt: skip


def _view() -> object:
    from bedside.ward.views.pages import CountRow, CountsView

    now = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
    first = now - timedelta(days=730)
    rows = tuple(
        CountRow(
            count_id=number,
            taken_at=first + number * timedelta(days=730) / COUNTS,
            wbc_per_ul=None,
            neutrophils_percent=None,
            bands_percent=None,
            anc_per_ul=(number * 37) % 3000,
            anc_source="from the analyser",
            platelets_per_ul=(number * 1931) % 300_000,
            haemoglobin_g_per_l=None,
            specimen="",
            recorded_at=now,
            recorded_by="bench",
            voided="",
        )
        for number in range(COUNTS)
    )
    bands = tuple(
        (f"Course {at}", (first + timedelta(days=60 * at)).date(), (first + timedelta(days=60 * at + 59)).date(), at % 2 == 1)
        for at in range(12)
    )  # fmt: skip
    return CountsView(
        banner=None,  # the chart shows none
        rows=rows,
        rule_course="EPI #2",
        anc_at_least=500,
        platelets_at_least=50_000,
        bands=bands,
        now=now,
    )


def _series() -> object:
    from bedside.ward.laboratory_trend import LabPoint, LabSeries

    now = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
    points = tuple(
        LabPoint(
            now - timedelta(days=730) * (RESULTS - number) / RESULTS,
            Decimal((number * 53) % 400),
            "",
            "as measured",
        )
        for number in range(RESULTS)
    )
    return LabSeries("alt", "ALT", "U/L", points, None, Decimal(56), "laboratory")
