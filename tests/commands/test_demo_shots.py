"""`demo --shots` draws as on the screen asked for: forms come out in the size that a ward sees."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.cli import main
from bedside.commands import ward_commands
from bedside.commands.shot_screen import SMALLEST, screen_of, size_asked
from bedside.units.refusal import Refused

SAY = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
application = QApplication([])
size = QGuiApplication.primaryScreen().availableSize()
print(size.width(), size.height())
"""


@pytest.mark.parametrize("size", [SMALLEST, (3840, 2160)])
def test_qt_has_the_screen_asked_for(size: tuple[int, int], tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": screen_of(size, tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", SAY], env=environment, capture_output=True, text=True, check=True
    )
    assert tuple(map(int, said.stdout.split())) == size


def test_the_smallest_screen_is_the_usual_one() -> None:
    assert size_asked(None) == SMALLEST
    assert size_asked(" 1920X1080 ") == (1920, 1080)


@pytest.mark.parametrize("typed", ["", "1920", "800x800", "1366x767", "9000x4000", "1920x-80", "a"])
def test_what_is_no_screen_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="for instance 1920x1080"):
        size_asked(typed)


def test_shots_are_drawn_on_that_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The size reaches Qt before it is loaded, and the window; theme and text go with it."""
    asked: list[object] = []

    def keep(ward: object, args: argparse.Namespace, size: tuple[int, int], out: object) -> int:
        described = os.environ["QT_QPA_PLATFORM"].partition("configfile=")[2]
        asked.extend([size, args.text, args.theme, '"width": 1920' in Path(described).read_text()])
        ward.store.close()  # type: ignore[attr-defined]
        return 0

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")  # put back afterwards
    monkeypatch.setattr(ward_commands, "draw_shots", keep)
    given = ["--shots", str(tmp_path), "--size", "1920x1080", "--text", "150", "--theme", "dark"]
    assert main(["demo", *given]) == 0
    assert asked == [(1920, 1080), "150", "dark", True]


@pytest.mark.parametrize(
    "more", [["--size", "1920x1080"], ["--gallery", "--theme", "dark"], ["--text", "150"]]
)
def test_what_says_how_to_draw_needs_shots(
    more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", *more]) == 2
    assert "--text" in capsys.readouterr().err


def test_a_size_of_text_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--shots", "x", "--text", "90"]) == 2
    assert "choose from" in capsys.readouterr().err
