"""The project's own files, as the version control sees them, and their Python read as trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "bedside-demo", ".hypothesis"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project, relative to its top; without version control, every file there is."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.decode("utf-8").split("\0")
        files = [Path(name) for name in names if name]
    else:
        files = [file.relative_to(ROOT) for file in ROOT.rglob("*") if file.is_file()]
    return tuple(sorted({file for file in files if _is_ours(file)}))


def _is_ours(file: Path) -> bool:
    foreign = _NOT_OURS.intersection(file.parts) or any("_cache" in part for part in file.parts)
    return not foreign and not file.name.startswith(".coverage") and (ROOT / file).is_file()


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Every text file with its text."""
    found = []
    for file in tracked():
        content = (ROOT / file).read_bytes()
        if b"\0" not in content:
            found.append((file, content.decode("utf-8")))
    return tuple(found)


def modules(*tops: str) -> Iterator[tuple[Path, ast.Module]]:
    """Each Python file below the folders named, parsed.

    Args:
        tops: paths from the project's top, e.g. "bedside/units".
    """
    for file, text in texts():
        if file.suffix == ".py" and any(file.is_relative_to(top) for top in tops):
            yield file, ast.parse(text)
