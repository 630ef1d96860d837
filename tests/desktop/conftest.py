"""A real demonstration ward for each test, made once and copied; a look, a session, a window."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QLocale, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from bedside.app import open_ward
from bedside.desktop.look import Look
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress, dress_window, make_application, station
from bedside.desktop.window import BedsideWindow
from bedside.store.queries import all_of
from bedside.store.records import Infant
from bedside.ward.demonstration import MovableClock
from bedside.ward.ward import Ward
from tests.desktop.locked_window import locked  # noqa: F401 (a fixture)
from tests.made_wards import copy_demonstration

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime(2026, 11, 20, 10, 42, tzinfo=BERLIN)
NURSE = "E. Sørensen, RN"


@pytest.fixture
def clock() -> MovableClock:
    """A clock that the test moves."""
    return MovableClock(MORNING)


@pytest.fixture
def ward(tmp_path: Path, clock: MovableClock) -> Iterator[Ward]:
    """The demonstration ward of 20-Nov-2026 at 10:42, open, of this test alone."""
    folder = copy_demonstration(MORNING, tmp_path / "ward")
    opened = open_ward(folder, clock, create=False)
    yield opened
    opened.store.close()


@pytest.fixture
def empty_ward(tmp_path: Path, clock: MovableClock) -> Iterator[Ward]:
    """A ward without infants and without site settings."""
    opened = open_ward(tmp_path / "empty", clock, create=True)
    yield opened
    opened.store.close()


@pytest.fixture(scope="session")
def _styled(qapp: QApplication) -> None:
    """Qt's own style is set once; setting it again styles every living widget anew."""
    make_application(["bedside"])


@pytest.fixture
def look(qapp: QApplication, _styled: None) -> Look:
    """The light look, its style sheet in force."""
    made = Look("light")
    if qapp.styleSheet() != made.style_sheet() or qapp.font() != made.font("body"):
        application, made = make_application(["bedside"])
        dress(application, made)
    return made


@pytest.fixture
def dark(qapp: QApplication, look: Look) -> Iterator[Look]:
    """The dark look, its style sheet in force."""
    application, made = make_application(["bedside"], "dark")
    dress(application, made)
    yield made
    qapp.setStyleSheet(look.style_sheet())


@pytest.fixture
def session(tmp_path: Path, clock: MovableClock) -> Session:
    """A sitting in which E. Sørensen records."""
    return Session(NURSE, tmp_path / "crashes", clock)


@pytest.fixture
def window(qtbot, ward: Ward, look: Look, session: Session) -> BedsideWindow:
    """The window on the demonstration ward, shown at 1366 by 768; as in the program it wears the look."""
    made = BedsideWindow(ward, look, session, every_door())
    qtbot.addWidget(made)
    dress_window(made, look)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture(scope="module")
def dialogs_window(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BedsideWindow]:
    """One window for tests that only make a dialog and look at it: nothing is recorded in its ward."""
    above, clock = tmp_path_factory.mktemp("dialogs"), MovableClock(MORNING)
    opened = open_ward(copy_demonstration(MORNING, above / "ward"), clock, create=False)
    _, light = make_application(["bedside"])
    head = opened.store.audit_head()
    made = BedsideWindow(opened, light, Session(NURSE, above / "crashes", clock), every_door())
    dress_window(made, light)
    made.show()
    made.activateWindow()
    yield made
    assert opened.store.audit_head() == head
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    opened.store.close()


@pytest.fixture
def infant_of(ward: Ward) -> Callable[[str], int]:
    """Find an infant's id by bed."""
    with ward.store.reading() as connection:
        beds = {row.bed: row.id for row in all_of(connection, Infant)}
    return beds.__getitem__


@pytest.fixture(autouse=True, scope="session")
def _keyring_asked_before() -> None:
    """Ask for the keyring once: its library keeps what its first look met, and all that was open then."""
    from bedside.store.key_ring import ring_words

    ring_words()


@pytest.fixture(autouse=True)
def _same_locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.fixture
def own_station(tmp_path: Path) -> Iterator[None]:
    """A workstation that keeps nothing yet."""
    kind, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setPath(kind, scope, str(tmp_path / "station"))
    station().clear()
    yield
    station().clear()


class Answer:
    """Answers the next modal dialog, once it is open; a failed check closes it and fails the test."""

    def __init__(self, act: Callable[[QDialog], None]) -> None:
        self._count = 0
        self._tries = 200
        self._fault: BaseException | None = None
        self._act = act
        QTimer.singleShot(0, self._try)

    @property
    def asked(self) -> int:
        """How often it answered."""
        if self._fault is not None:
            raise self._fault
        return self._count

    def _try(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isVisible():
            self._tries -= 1
            if self._tries:
                QTimer.singleShot(5, self._try)
            return
        self._count += 1
        try:
            self._act(dialog)
        except BaseException as fault:  # noqa: BLE001 - told to the test, not to Qt
            self._fault = fault
            dialog.done(0)


@pytest.fixture
def answer() -> type[Answer]:
    """The class that answers a modal dialog."""
    return Answer


def let_go(dialog: QDialog) -> None:
    """Let a dialog go without a question, at the end of a test."""
    dialog.is_dirty = lambda: False


@pytest.fixture
def shown(qtbot) -> Callable[[QDialog], QDialog]:
    """Show a dialog without waiting for its answer."""
    kept: list[QDialog] = []

    def show(dialog: QDialog) -> QDialog:
        kept.append(dialog)
        qtbot.addWidget(dialog, before_close_func=let_go)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show
