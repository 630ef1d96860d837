"""For all tests of faults: the processes that are killed, cut off and refused run as a ward's do."""

import pytest


@pytest.fixture(autouse=True)
def _children_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of short processes would each load coverage, and be killed later than planned."""
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)
