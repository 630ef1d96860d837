"""The bench's children really open a window, paint it, say when, and end."""

from tests.bench.start import prepare, start


def test_a_bare_window_reports_its_first_paint():
    found = start("bare")
    assert found["first_paint_ms"] > 0
    assert found["rss_mib"] > 10


def test_a_ward_reports_the_first_paint_of_its_list(tmp_path):
    prepare(tmp_path / "ward")
    assert start("ward", str(tmp_path / "ward"))["first_paint_ms"] > 0
