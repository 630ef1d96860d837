"""Runs `bedside calc …` in the test's own process, exactly as the front door does."""

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bedside.cli import main


@dataclass(frozen=True)
class Ran:
    """What one run answered."""

    code: int
    out: str
    err: str


class Terminal(io.TextIOWrapper):
    """A text stream over memory that behaves as a pipe in UTF-8 does."""

    def __init__(self, encoding: str = "utf-8", errors: str = "strict") -> None:
        super().__init__(io.BytesIO(), encoding=encoding, errors=errors, write_through=True)

    def text(self) -> str:
        """Everything written so far."""
        self.flush()
        written: bytes = self.buffer.getvalue()  # type: ignore[attr-defined]
        return written.decode(self.encoding)


def run(*words: str, stdin: bytes = b"", encoding: str = "utf-8") -> Ran:
    """Run `bedside calc` with these words."""
    out, err = Terminal(encoding), Terminal(encoding, "backslashreplace")
    asked = io.TextIOWrapper(io.BytesIO(stdin), encoding=encoding)
    with stream(out, "stdout"), stream(err, "stderr"), stream(asked, "stdin"):
        code = main(["calc", *words])
    return Ran(code, out.text(), err.text())


class stream:  # noqa: N801  # reads as a word in `with stream(…)`
    """Puts one of the program's own streams aside for a run."""

    def __init__(self, terminal: io.TextIOWrapper, name: str) -> None:
        self.terminal, self.name = terminal, name

    def __enter__(self) -> None:
        self.kept = getattr(sys, self.name)
        setattr(sys, self.name, self.terminal)

    def __exit__(self, *fault: object) -> None:
        setattr(sys, self.name, self.kept)


@pytest.fixture(scope="session")
def calc_run() -> Callable[..., Ran]:
    """The command for property tests, which share one fixture among their examples."""
    return run


@pytest.fixture
def calc() -> Callable[..., Ran]:
    """The command, run in this process."""
    return run


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration ward as the command makes it now; of all tests here, so only to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "ward"
    assert main(["demo", "--ward", str(folder), "--no-window"]) == 0
    return folder


@pytest.fixture(scope="module")
def demo(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration ward of this module's own."""
    return Path(shutil.copytree(made_demo, tmp_path_factory.mktemp("demo") / "ward"))
