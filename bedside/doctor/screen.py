"""Does Qt start on this screen, has it the fonts of the pages, and is there a printer?"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bedside.doctor.finding import Finding, fit, look, not_fit

QT = "Qt"
FONTS = "screen fonts"
PRINTER = "printer"
PATIENCE_S = 20
LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Screen:
    """What the probe found.

    Args:
        platform: Qt's name for the screen it opened; "" when it did not start.
        families: the families of the fonts Qt sees.
        printers: names of printers; None when that was not found out.
        trouble: what Qt said when it did not start.
    """

    platform: str
    families: frozenset[str]
    printers: tuple[str, ...] | None
    trouble: str


def probe_screen(environment: Mapping[str, str] = os.environ) -> Screen:
    """Start Qt in a process of its own and ask it."""
    probe = Path(__file__).with_name("screen_probe.py")
    settings = dict(environment)
    if sys.platform.startswith("linux") and not (
        settings.get("DISPLAY") or settings.get("WAYLAND_DISPLAY")
    ):
        settings["QT_QPA_PLATFORM"] = "offscreen"
    try:
        ran = subprocess.run(  # noqa: S603 (our own file, by the Python that runs us)
            [sys.executable, "-P", str(probe)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=settings,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        said = late.stdout if isinstance(late.stdout, bytes) else b""
        return read_screen(said.decode("utf-8", "replace"), f"no answer in {PATIENCE_S} seconds")
    return read_screen(ran.stdout, ran.stderr)


def read_screen(said: str, complaints: str) -> Screen:
    """Put together what the probe printed before it ended."""
    facts: dict[str, object] = {}
    for line in said.splitlines():
        if line.startswith("{"):
            facts.update(json.loads(line))
    families, printers = facts.get("families"), facts.get("printers")
    return Screen(
        platform=str(facts.get("platform", "")),
        families=frozenset(families) if isinstance(families, list) else frozenset(),
        printers=tuple(printers) if isinstance(printers, list) else None,
        trouble=" ".join(complaints.split())[-LONGEST_WORDS:],
    )


def qt_starts(screen: Screen) -> Finding:
    """Can Qt open this screen?"""
    if not screen.platform:
        words = screen.trouble or "it ended without a word"
        return not_fit(QT, f"It does not start here: {words}")
    return fit(QT, f"It starts ({screen.platform}).")


def screen_fonts(screen: Screen) -> Finding:
    """Are the fonts of the pages here?"""
    if not screen.families:
        return not_fit(FONTS, "Qt finds no font at all. As root: apt-get install -y fonts-inter")
    wanted = {"Inter": "fonts-inter", "DejaVu Sans": "fonts-dejavu-core"}
    missing = {family: package for family, package in wanted.items() if not _has(screen, family)}
    if missing:
        return look(
            FONTS,
            f"Without {' and '.join(missing)} another font stands in, and pages look different. "
            f"As root: apt-get install -y {' '.join(missing.values())}",
        )
    return fit(FONTS, "Inter and DejaVu Sans are here.")


def _has(screen: Screen, family: str) -> bool:
    # Variable fonts come as "Inter Variable"; Debian's package as "Inter".
    return any(name == family or name.startswith(f"{family} ") for name in screen.families)


def printer(screen: Screen) -> Finding:
    """Is there a printer for the papers?"""
    if screen.printers is None:
        return look(PRINTER, "Whether there is one could not be found out; papers are PDF files.")
    if not screen.printers:
        return look(
            PRINTER, "None is set up: papers are made as PDF files, to be printed elsewhere."
        )
    return fit(PRINTER, f"{', '.join(screen.printers)}.")
