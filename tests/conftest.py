"""What every test lives under: no screen, a clock that stands still, and nothing left behind."""

import atexit
import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

# Before Qt is first imported: tests draw off screen, at one scale, whatever the machine has.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("BEDSIDE_TEST_SCREEN", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
# The tests never see this workstation's own ward, nor how large its text is.
os.environ.pop("BEDSIDE_WARD", None)
os.environ.pop("BEDSIDE_LANGUAGE", None)
os.environ.pop("BEDSIDE_STORE", None)
os.environ["XDG_CONFIG_HOME"] = str(Path(tempfile.gettempdir(), f"bedside-tests-{os.getpid()}"))

import pytest
from hypothesis import settings

from bedside.desktop.collecting import collect_what_is_due

# A worker holds some thousand wards and windows: looked through at every turn, they cost the tests
# a quarter of their time. What goes in circles still goes, only less often.
gc.set_threshold(20_000, 20, 20)
# As in the program, in the main thread alone: a closed window must not end in a thread of copies.
gc.disable()
# On a busy machine one example may take long; how long says nothing about what is right.
settings.register_profile("gates", deadline=None)
settings.register_profile("long", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("BEDSIDE_EXAMPLES", "gates"))

NOON_AND_A_BIT = datetime(2026, 11, 20, 12, 42, tzinfo=UTC)
PATIENCE_S = 2.0
MADE_WARDS = "BEDSIDE_MADE_WARDS"  # as in `tests/made_wards.py`, which loads too much for here
MEMORY, ROOM_BYTES = Path("/dev/shm"), 2 << 30  # noqa: S108 (each test's own folder below it)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--engine server` runs the same tests on PostgreSQL: see `tests/server/engine.py`."""
    parser.addoption("--engine", choices=("file", "server"), default="file")


def pytest_configure() -> None:
    """Let wards of tests lie in memory where there is room, unless `--basetemp` says otherwise.

    Nothing that they show hangs on the disk, and bringing it up to date for each save of some
    thousand wards takes minutes.
    """
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if MADE_WARDS not in os.environ:  # the workers find the folder of whoever started them
        shared = tempfile.mkdtemp(prefix="bedside-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
        atexit.register(shutil.rmtree, shared, ignore_errors=True)
        os.environ[MADE_WARDS] = shared


LONG = (  # of 10 to 60 seconds each
    "tests/faults/test_walk.py::TestWalk",
    "tests/clinical/test_size_plausibility.py::test_every_dangerous_slip",
    "tests/desktop/test_own_keys.py::test_every_page_and_form",
    "tests/faults/test_injections.py",
    "tests/desktop/test_walkthrough.py::test_twelve_tasks",
    "tests/faults/test_power.py",
    "tests/desktop/test_reference_pictures.py::test_every_page",
    "tests/desktop/test_cut_text.py::test_nothing_is_cut_on_any_page",
    "tests/desktop/test_drawing.py::test_every_page_of_a_ward",
    "tests/ward/test_infant_papers.py::test_every_paper_of_every_infant",
    "tests/protocol/test_azacitidine_fractions.py::test_ten_thousand",
    "tests/protocol/test_dose_oracle.py::test_both_reckonings",
    "tests/faults/test_window_faults.py",
    "tests/faults/test_tamper.py",
    "tests/faults/test_faults.py",
    "tests/faults/test_faults_encrypted.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each worker begin with its share of the long tests: none of them must run last and alone.

    A worker is given its part of the list in one piece, and begins at the head of that piece. On a
    server, what is about a ward's own file is left out.
    """
    if config.getoption("engine") == "server":
        from tests.server.engine import of_both

        config.hook.pytest_deselected(items=[item for item in items if not of_both(item)])
        items[:] = filter(of_both, items)
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.nodeid.startswith(LONG)]
    rest = [item for item in items if not item.nodeid.startswith(LONG)]
    if workers == 1 or not rest:
        return
    long.sort(
        key=lambda item: next(at for at, one in enumerate(LONG) if item.nodeid.startswith(one))
    )
    total, taken = len(items), 0
    items.clear()
    for worker in range(workers):
        items += long[worker::workers]
        upto = max(total * (worker + 1) // workers - len(items), 0)
        items += rest[taken : taken + upto]
        taken += upto
    items += rest[taken:]


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """What is worked out once must be worked out again where the line counter looks."""
    collect_what_is_due()
    if item.get_closest_marker("no_cover") is None or not item.config.pluginmanager.hasplugin(
        "_cov"
    ):
        return
    rooms = [module for name, module in list(sys.modules.items()) if name.startswith("bedside.")]
    for module in rooms:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _quick_new_wards(request: pytest.FixtureRequest) -> Iterator[None]:
    """The tables of new wards are made by the steps once: see `tests/new_wards.py`."""
    from tests.new_wards import make_new_wards_quickly

    with pytest.MonkeyPatch.context() as patch:
        make_new_wards_quickly(patch)
        if request.config.getoption("engine") == "server":
            from tests.server.engine import wards_on_server

            with wards_on_server(patch):
                yield
            return
        yield


@pytest.fixture
def still_clock() -> datetime:
    """A moment for tests that need a "now": Friday 20-Nov-2026, 12:42 UTC."""
    return NOON_AND_A_BIT


class Stray(logging.Handler):
    """Keeps each log line that nobody ordered."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note the line."""
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_stray_log_lines(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs at WARNING or above without the mark that says so."""
    stray = Stray()
    root = logging.getLogger()
    root.addHandler(stray)
    try:
        yield
    finally:
        root.removeHandler(stray)
    if stray.lines and request.node.get_closest_marker("warns_in_log") is None:
        pytest.fail("stray log lines:\n" + "\n".join(stray.lines))


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    left = _threads_beside(before)
    deadline = time.monotonic() + PATIENCE_S
    while left and time.monotonic() < deadline:
        time.sleep(0.01)
        left = _threads_beside(before)
    if left:
        pytest.fail(f"threads left running: {', '.join(sorted(left))}")


def _threads_beside(before: set[threading.Thread]) -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread not in before]


@pytest.fixture(autouse=True)
def _no_windows_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window of its own alive."""
    before = _windows()
    yield
    if request.node.get_closest_marker("keeps_windows") is not None:
        return
    left = _windows() - before
    if left:  # collecting is slow: only when something seems left
        gc.unfreeze()  # a start freezes what it made: a closed window, too
        gc.collect()
        left = _windows() - before
    if left:
        pytest.fail(f"windows left open: {', '.join(sorted(name for name, _ in left))}")


@pytest.fixture(autouse=True)
def _no_mouse_button_left() -> Iterator[None]:
    """Fail a test that leaves a mouse button held, as a double click without its release does.

    Every later test would see it, and what is typed there would be taken for the mouse's doing.
    """
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = None if widgets is None else widgets.QApplication.instance()
    if application is None or not hasattr(application, "mouseButtons"):
        return
    if held := application.mouseButtons().value:
        pytest.fail(f"a mouse button is still held: {held}")


def _windows() -> set[tuple[str, int]]:
    """Return the top-level widgets that are alive, when Qt is in use at all."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = None if widgets is None else widgets.QApplication.instance()
    if application is None or not hasattr(application, "topLevelWidgets"):
        return set()
    core, shiboken = sys.modules["PySide6.QtCore"], sys.modules["shiboken6"]
    application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    return {
        (
            f"{type(widget).__name__} {widget.objectName()}".strip(),
            shiboken.getCppPointer(widget)[0],
        )
        for widget in application.topLevelWidgets()
        if _is_window(widget)
    }


def _is_window(widget: object) -> bool:
    # Qt keeps private boxes of its own (a combo's list, a completer's popup) under a parent.
    return widget.parent() is None and type(widget).__name__ not in {"QTipLabel", "QFrame"}
