"""Lists what the screen said in tests of the desktop and what the German catalogue does not have of it.

`python -m tests.words.heard [TESTS …]` runs those tests (all of the desktop when none are named) with an
ear at the screen's border, and prints every part of a text that would stand in English on a German
screen. `tests.words.said` reads the source and knows whole sentences; this knows every text as it was
shown, made of its parts. What people typed, and names, are no gap.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import pytest

from bedside.words.languages import speaker_of
from bedside.words.speaker import Shown

if TYPE_CHECKING:
    from bedside.store.store import Store

_FOLDER = "BEDSIDE_HEARD"  # where each process of the tests writes what it heard
_TESTS = ("tests/desktop", "tests/desktop_pages")
_FIGURE = re.compile(r"\d+(?:[.,:\u202f-]\d+)*")


class Ear:
    """Speaks English at the border, letter by letter, and remembers what passed.

    Args:
        texts: what was shown.
        people: names of people and infants.
        typed: what was typed into records.
    """

    language = "en"

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.people: set[str] = set()
        self.typed: set[str] = set()
        self.stores: WeakSet[Store] = WeakSet()

    def shown(self, text: str) -> str:
        """Return the text as it is."""
        self.texts.add(str(text))
        return text

    def english(self, text: str) -> str:
        """Return the text as it is."""
        return text

    def found(self, text: str) -> Shown:
        """Return the text as it is, as wholly translated."""
        return Shown(text, 0)

    def keep(self, _names: object) -> None:
        """Keep nothing: nothing is translated."""

    know = keep


class _OfStore:
    """As much of a ward as it takes to ask what was typed into it."""

    def __init__(self, store: "Store") -> None:
        self.store = store


_EAR = Ear()


def pytest_configure() -> None:
    """Put the ear to every store that is opened."""
    from bedside.store.store import Store

    opened = Store.__init__

    def opening(self: Store, *args: Any, **named: Any) -> None:
        opened(self, *args, **named)
        _EAR.stores.add(self)

    setattr(Store, "__init__", opening)  # noqa: B010 (for these tests alone)


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    from bedside.desktop import border

    border._draw()
    before, border._Border.speaker = border._Border.speaker, _EAR  # type: ignore[assignment]  # speaks as one
    yield
    if border._Border.speaker is _EAR:  # type: ignore[comparison-overlap]  # as above
        border._Border.speaker = before


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Before its wards are closed: what was typed in this test."""
    from bedside.ward.typed_texts import TypedTexts

    for store in list(_EAR.stores):
        with suppress(
            Exception
        ):  # closed, locked or damaged, as the test wanted it: nothing to ask
            people, typed = TypedTexts({}).new_in(_OfStore(store))  # type: ignore[arg-type]  # asks no more
            _EAR.people |= people | set(_infants(store))
            _EAR.typed |= typed
    _EAR.stores.clear()


def _infants(store: "Store") -> Iterator[str]:
    asked = "SELECT family, given, hospital_number FROM infant"
    with store.reading() as connection:
        for family, given, number in connection.exec_driver_sql(asked).fetchall():
            yield from (family, given, family.upper(), f"{family.upper()},", number)
            yield from (f"{family.upper()}, {given}", f"{family}, {given}", f"{family} {given}")


def pytest_sessionfinish() -> None:
    """Write down what was heard."""
    if _FOLDER in os.environ:
        heard = [sorted(one) for one in (_EAR.texts, _EAR.people, _EAR.typed)]
        Path(os.environ[_FOLDER], f"{os.getpid()}.json").write_text(json.dumps(heard))


def gaps(folder: Path) -> dict[str, str]:
    """What the catalogue does not have, with figures as 7, each with a text in which it was shown."""
    texts, people, typed = (set[str](), set[str](), set[str]())
    for file in folder.glob("*.json"):
        for into, found in zip((texts, people, typed), json.loads(file.read_text()), strict=True):
            into |= set(found)
    speaker = speaker_of("de")
    speaker.keep(people)
    speaker.know(typed)
    missing: dict[str, str] = {}
    for text in sorted(texts):
        shown = speaker.found(text)
        one_word = " " not in text and text.islower()  # a sentence measured word by word
        for gap in (shown.gaps or (shown.text,)) if shown.left and not one_word else ():
            missing.setdefault(_FIGURE.sub("7", gap), text)
    return missing


def main(tests: list[str]) -> int:
    """Run the tests with the ear, and print the gaps."""
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, "-m", "pytest", "-q", "-p", "tests.words.heard", "-n", "auto"]
        env = {**os.environ, _FOLDER: folder}
        told = subprocess.run([*run, *(tests or _TESTS)], check=False, env=env)
        for gap, text in sorted(gaps(Path(folder)).items()):
            sys.stdout.write(f"{gap!r}  in  {text[:120]!r}\n" if gap != text else f"{gap!r}\n")
    return told.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
