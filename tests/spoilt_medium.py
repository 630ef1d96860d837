"""A medium that keeps one bit otherwise than it was written, from the moment on that it is read back."""

from pathlib import Path
from threading import Lock

import pytest

from bedside.store import whole_copy


def flip(path: Path, place: int) -> None:
    """Flip one bit of a file; a place before 0 counts from its end."""
    with path.open("rb+") as file:
        file.seek(place, 0 if place >= 0 else 2)
        found = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([found[0] ^ 4]))


def spoil_whole_copy(patched: pytest.MonkeyPatch, place: int) -> None:
    """The next whole copy of a large file has one bit spoilt, before any of it is read back."""
    usual, one, spoilt = whole_copy.read_from_medium, Lock(), []

    def read(path: Path, start: int = 0, most: int = 0) -> None:
        with one:
            if not spoilt:
                spoilt.append(path)
                flip(path, place)
        usual(path, start, most)

    patched.setattr(whole_copy, "read_from_medium", read)
