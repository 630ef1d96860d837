"""For all tests of faults: the processes that are killed, cut off and refused run as a ward's do."""

import os
from collections.abc import Generator

import pytest

MUST = (
    "BEDSIDE_FAULTS"  # "must": this machine can make every fault, so no test of one may be skipped
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where root and strace are there, a skipped fault is a failed one: it would be missed by nobody else."""
    report = yield
    if report.skipped and os.environ.get(MUST) == "must":
        why = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"not run, although this machine can make the fault: {why}"
    return report


@pytest.fixture(autouse=True)
def _children_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of short processes would each load coverage, and be killed later than planned."""
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)
