"""Of two counts of one minute the page Counts shows the lower as the last one, and never a green higher one (H14)."""

import pytest

from bedside.desktop import trend_side
from bedside.desktop.counts_last import last_values
from bedside.desktop.counts_page import CountsPage
from bedside.desktop.start_preview import StartPreview
from bedside.desktop.trend_layout import TypedNow
from bedside.units.quantities import Anc, Platelets
from bedside.ward.counts_page import counts_page, preview_start
from tests.desktop_pages.page_driving import in_frame


@pytest.mark.parametrize("first", ["central line", "vein"])
def test_last_values_and_the_large_figure(qtbot, bench, look, session, monkeypatch, first) -> None:
    """30 000 from the central line and 55 000 from the vein, typed in either order."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 12, 0)
    typed = {"central line": (640, 30_000), "vein": (450, 55_000)}
    for place in sorted(typed, key=lambda one: one != first):
        bench.count(*typed[place], specimen=place)
    texts = last_values(counts_page(bench.ward, bench.infant), ".", {})[0]
    assert texts["anc"][0] == "450 per µL"
    assert texts["platelets"][0].replace("\u202f", " ") == "30 000 per µL"
    written = []
    latest = trend_side._Column.latest

    def noted(column, row, value, limit) -> None:
        written.append(value)
        latest(column, row, value, limit)

    monkeypatch.setattr(trend_side._Column, "latest", noted)
    page = CountsPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.grab()
    assert written[-2:] == [450, 30_000]


def test_the_preview_of_the_second_one_says_that_the_lower_counts(qtbot, bench, look) -> None:
    """It said "not typed" of a value that had just been typed."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 12, 0)
    bench.count(640, 30_000, specimen="central line")
    at = bench.clock()
    bench.at(2026, 10, 7, 12, 5)
    rows = preview_start(bench.ward, bench.infant, Anc(450), Platelets(55_000), taken_at=at)
    shown = StartPreview(look)
    qtbot.addWidget(shown)
    shown.show_rules("EPI #1", rows, TypedNow(at, 450, 55_000))
    anc, platelets = (line.replace("\u202f", " ") for line in shown.texts()[:2])
    assert anc.startswith("Neutrophils, ANC: 450, needs at least 500")
    assert "not typed" not in anc + platelets
    assert (
        "30 000" in platelets and "would not be met; the lower of two of this minute" in platelets
    )
