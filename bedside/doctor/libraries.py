"""Are the Python libraries and the system's own libraries here, in versions that can be trusted?"""

import ctypes
import sqlite3
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from bedside.doctor.finding import Finding, fit, not_fit

PYTHON = "Python"
LIBRARIES = "Python libraries"
SYSTEM = "system libraries of Qt"
SQLITE = "SQLite"

# The distributions that pyproject.toml asks for; a test keeps the two lists alike.
NEEDED = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "sqlcipher3",
    "argon2-cffi",
    "cryptography",
    "keyring",
    "pint",
    "msgspec",
    "platformdirs",
    "pypdfium2",
    "python-calamine",
    "reportlab",
    "segno",
    "tomli",
    "tzdata",
)
OLDEST_PYTHON = (3, 11)
OLDEST_PYSIDE = (6, 8)
# Each call that returns None loses a reference to it; Python 3.12 made None immortal.
DEADLY_PYSIDE = (6, 12)
NONE_IMMORTAL = (3, 12)
OLDEST_SQLITE = (3, 37, 2)  # STRICT tables
WAL_RESET_MENDED = (3, 51, 3)
# The file that Qt loads, and the Debian package that brings it.
QT_NEEDS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def python_itself(running: tuple[int, ...] = tuple(sys.version_info[:3])) -> Finding:
    """Is this Python new enough?"""
    text = ".".join(map(str, running))
    if running < OLDEST_PYTHON:
        return not_fit(PYTHON, f"This is Python {text}. Bedside needs 3.11 or newer.")
    return fit(PYTHON, f"Python {text}.")


def libraries(
    version_of: Callable[[str], str] = version,
    running: tuple[int, ...] = tuple(sys.version_info[:3]),
) -> Finding:
    """Is each library here, and PySide6 not one that kills this Python?"""
    found: dict[str, str] = {}
    missing = []
    for name in NEEDED:
        try:
            found[name] = version_of(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return not_fit(
            LIBRARIES, f"Missing: {', '.join(missing)}. Run resources/workstation/bedside.sh again."
        )
    trouble = _pyside_trouble(found["PySide6-Essentials"], running)
    if trouble:
        return not_fit(LIBRARIES, trouble)
    return fit(LIBRARIES, ", ".join(f"{name} {number}" for name, number in found.items()) + ".")


def _pyside_trouble(text: str, running: tuple[int, ...]) -> str:
    numbers = version_numbers(text)
    if numbers < OLDEST_PYSIDE:
        return f"PySide6 {text} is too old: Bedside needs 6.8 to 6.11."
    if numbers >= DEADLY_PYSIDE and running < NONE_IMMORTAL:
        return (
            f"PySide6 {text} ends the program in mid-use on Python {running[0]}.{running[1]}. "
            "Install PySide6-Essentials 6.11, as resources/workstation/requirements.txt says."
        )
    return ""


def system_libraries(
    load: Callable[[str], object] = ctypes.CDLL, platform: str = sys.platform
) -> Finding:
    """Can the libraries that Qt takes from the system be loaded?"""
    if not platform.startswith("linux"):
        return fit(SYSTEM, "Qt brings its own on this system.")
    missing = []
    for file, package in QT_NEEDS.items():
        try:
            load(file)
        except OSError:
            missing.append(package)
    if missing:
        return not_fit(
            SYSTEM,
            f"Missing Debian packages: {', '.join(missing)}. As root: apt-get install -y "
            f"--no-install-recommends {' '.join(missing)}",
        )
    return fit(SYSTEM, f"All {len(QT_NEEDS)} can be loaded.")


def sqlite_library(text: str = sqlite3.sqlite_version) -> Finding:
    """Is SQLite new enough, and does its known fault concern us?"""
    numbers = version_numbers(text)
    if numbers < OLDEST_SQLITE:
        return not_fit(SQLITE, f"SQLite {text} is too old for a ward: 3.37.2 or newer is needed.")
    if numbers < WAL_RESET_MENDED:
        return fit(
            SQLITE,
            f"SQLite {text}. Before 3.51.3 two connections that write at once can spoil a file; "
            "Bedside keeps one connection, which locks all others out, so this cannot happen here.",
        )
    return fit(SQLITE, f"SQLite {text}.")


def version_numbers(text: str) -> tuple[int, ...]:
    """Return the leading numbers of a version: "6.11.3" gives (6, 11, 3)."""
    numbers = []
    for part in text.split("."):
        if not (part.isascii() and part.isdigit()):
            break
        numbers.append(int(part))
    return tuple(numbers)
