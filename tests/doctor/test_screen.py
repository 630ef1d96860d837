"""The doctor on the screen: Qt is really started, in a process that may die without harm."""

import pytest

from bedside.doctor import screen

FOUND = '{"platform": "xcb", "families": ["Inter Variable", "DejaVu Sans"]}\n'


def test_qt_starts_off_screen_where_there_is_no_display():
    found = screen.probe_screen({"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})
    assert screen.qt_starts(found) == screen.fit("Qt", "It starts (offscreen).")
    assert found.families


def test_a_qt_that_cannot_open_the_display_is_not_fit():
    found = screen.probe_screen(
        {"DISPLAY": ":9999", "QT_QPA_PLATFORM": "xcb", "HOME": "/nonexistent"}
    )
    finding = screen.qt_starts(found)
    assert finding.verdict == "not fit"
    assert "display" in finding.sentence


def test_what_was_said_before_the_end_counts():
    found = screen.read_screen(FOUND, "Aborted")
    assert screen.qt_starts(found).verdict == "fit"
    assert screen.printer(found).verdict == "look"


def test_a_silent_end_is_said():
    assert "without a word" in screen.qt_starts(screen.read_screen("", "")).sentence


@pytest.mark.parametrize(
    ("families", "verdict", "words"),
    [
        ((), "not fit", "no font at all"),
        (("Inter", "DejaVu Sans"), "fit", "Inter and DejaVu Sans"),
        (("Inter Variable", "DejaVu Sans Condensed"), "fit", "Inter"),
        (("DejaVu Sans",), "look", "fonts-inter"),
        (("Interstate", "Noto Sans"), "look", "fonts-inter fonts-dejavu-core"),
    ],
)
def test_screen_fonts(families, verdict, words):
    found = screen.Screen("xcb", frozenset(families), (), "")
    assert screen.screen_fonts(found).verdict == verdict
    assert words in screen.screen_fonts(found).sentence


@pytest.mark.parametrize(
    ("printers", "verdict"), [(None, "look"), ((), "look"), (("Ward 4",), "fit")]
)
def test_printer(printers, verdict):
    assert screen.printer(screen.Screen("xcb", frozenset(), printers, "")).verdict == verdict


def test_a_qt_that_hangs_is_given_up(tmp_path, monkeypatch):
    slow = tmp_path / "screen_probe.py"
    slow.write_text(f"import time\nprint('''{FOUND.strip()}''', flush=True)\ntime.sleep(60)\n")
    monkeypatch.setattr(screen, "__file__", str(tmp_path / "screen.py"))
    monkeypatch.setattr(screen, "PATIENCE_S", 1)
    found = screen.probe_screen({})
    assert found.platform == "xcb"
    assert found.printers is None
    assert "1 seconds" in found.trouble
