"""A reader in the window: its keys arrive at the window itself, as from a real keyboard, and end with Return."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from bedside.desktop import scanner
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import PAPERS
from bedside.desktop.handover_dialog import HandoverDialog
from bedside.desktop.handover_door import show_handover
from bedside.desktop.handover_page import HandoverPage
from bedside.desktop.scan_door import take_scan, watch_scans
from bedside.desktop.scan_note import ScanNote
from bedside.desktop.scanner import ScanWatch
from bedside.desktop.verify_paper_dialog import VerifyPaperDialog
from bedside.desktop.weight_dialog import WeightDialog
from bedside.desktop.window import BedsideWindow
from bedside.papers.check_signs import check_signs
from bedside.units.quantities import BodyWeight
from bedside.ward.bands import read_band
from bedside.ward.forms import NewSize
from bedside.ward.infants import banner
from bedside.ward.printing import make_paper
from bedside.ward.weighing import record_size
from tests.desktop.conftest import NURSE

SAGA = "DEM 004 118"


QUICK_MS = 150


@pytest.fixture(autouse=True)
def _a_slow_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine may be busy with other tests: a reader may take long over each sign."""
    monkeypatch.setattr(scanner, "GAP_MS", 3000)


@pytest.fixture
def fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly as quick as in life: what comes later is typed by hand."""
    monkeypatch.setattr(scanner, "GAP_MS", QUICK_MS)


def reads(
    window: QWidget,
    text: str,
    *,
    gap_ms: int = 0,
    end: bool = True,
    ends: Qt.Key = Qt.Key.Key_Return,
) -> None:
    """A reader's keys, as the window system hands them over."""
    at = window.windowHandle()
    for sign in text:
        if sign.isupper():  # as a real reader does
            QTest.keyPress(at, Qt.Key.Key_Shift)
        QTest.keyClick(at, sign, Qt.KeyboardModifier.NoModifier, gap_ms)
        if sign.isupper():
            QTest.keyRelease(at, Qt.Key.Key_Shift)
    if end:
        QTest.keyClick(at, ends, Qt.KeyboardModifier.NoModifier, gap_ms)
    QTest.qWait(1)


@pytest.fixture
def saga(window: BedsideWindow) -> int:
    """The infant with that band."""
    found = read_band(window.ward, SAGA).infant_id
    assert found is not None
    return found


@pytest.fixture
def watched(window: BedsideWindow) -> BedsideWindow:
    """The window, listening to a reader, with the ward list's row at the keyboard."""
    watch_scans(window)
    window.board_page.table.setFocus()
    return window


@pytest.fixture
def answered(qtbot) -> Callable[[type[QDialog], Callable], list]:
    """Do something with the next dialog of a kind when it comes up."""

    def wait_for(kind: type[QDialog], act: Callable) -> list:
        seen: list = []

        def look() -> None:
            over = QApplication.activeModalWidget()
            if isinstance(over, kind):
                timer.stop()
                seen.append(act(over))
                over.reject()

        timer = QTimer(QApplication.instance())
        timer.timeout.connect(look)
        timer.start(10)
        return seen

    return wait_for


@pytest.mark.parametrize("ends", scanner.ENDS)
def test_a_band_opens_its_infant_from_the_ward_list(
    watched: BedsideWindow, saga, ends: Qt.Key
) -> None:
    QTest.keyClick(watched.board_page.table, Qt.Key.Key_Down)
    reads(watched, SAGA, ends=ends)
    assert watched.frame.on_patient and watched.frame.infant_id == saga
    assert watched.pages.index == 0


def test_a_band_opens_its_infant_from_another_infants_page(
    watched: BedsideWindow, infant_of, saga
) -> None:
    watched.open_infant(infant_of("1"))
    watched.show_page(2)
    watched.band.setFocus()
    reads(watched, SAGA)
    assert watched.frame.infant_id == saga


@pytest.mark.parametrize(
    ("band", "words"),
    [("DEM 999 999", "nobody on this ward"), ("cold tea on the sill", "is no band of this ward")],
)
def test_a_band_of_nobody_says_so_and_opens_nobody(
    watched: BedsideWindow, answered, band: str, words: str
) -> None:
    seen = answered(ScanNote, lambda note: note.accessibleDescription())
    reads(watched, band)
    assert words in seen[0] and watched.frame.on_list
    assert "cold" not in seen[0]  # a passphrase that was typed as fast as a reader


def test_the_next_scan_takes_the_place_of_the_note(watched: BedsideWindow, saga) -> None:
    """Its Return does not press the note's button: what was read is taken instead."""
    QTimer.singleShot(80, watched, lambda: reads(QApplication.activeModalWidget(), SAGA))
    reads(watched, "DEM 999 999")
    QTest.qWait(150)
    assert watched.frame.infant_id == saga and watched.frame.on_patient


def test_the_band_of_the_infant_in_sight_says_whose_it_is(
    watched: BedsideWindow, saga, answered
) -> None:
    watched.open_infant(saga)
    watched.show_page(2)
    watched.band.setFocus()
    seen = answered(ScanNote, lambda note: note.accessibleDescription())
    reads(watched, SAGA)
    assert "LINDGREN, Saga" in seen[0] and watched.pages.index == 2


def test_a_field_that_has_the_keyboard_gets_every_key(watched: BedsideWindow) -> None:
    watched.to_search()
    field = watched.topbar.search
    assert field.hasFocus()
    reads(watched, "004 118", end=False)
    assert field.text() == "004 118"


class Heard(QWidget):
    """Takes the keyboard and keeps the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heard = ""
        self.presses: list[str] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Shift:
            return
        self.heard += event.text() or "·"
        self.presses.append("down")

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Shift:
            self.presses.append("up")


@pytest.fixture
def heard(qtbot) -> tuple[Heard, list[str]]:
    """A window of its own that is watched: what reaches it, and what was scanned."""
    made = Heard()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.setFocus()
    scans: list[str] = []
    watch = ScanWatch(made)
    watch.scanned.connect(scans.append)
    return made, scans


@pytest.mark.usefixtures("fingers")
def test_typing_arrives_whole_and_in_order(heard: tuple[Heard, list[str]]) -> None:
    made, scans = heard
    reads(made, "dem4", gap_ms=QUICK_MS * 2)
    assert made.heard == "dem4\r" and scans == []
    assert made.presses[:8] == ["down", "up"] * 4


@pytest.mark.usefixtures("fingers")
def test_a_burst_without_return_is_given_back(heard: tuple[Heard, list[str]]) -> None:
    made, scans = heard
    reads(made, "DEM 004 118", end=False)
    QTest.qWait(QUICK_MS * 3)
    assert made.heard == "DEM 004 118" and scans == []


def test_a_few_quick_keys_and_return_are_no_scan(heard: tuple[Heard, list[str]]) -> None:
    made, scans = heard
    reads(made, "123")
    assert made.heard == "123\r" and scans == []


@pytest.mark.usefixtures("fingers")
def test_a_late_return_is_a_fingers(heard: tuple[Heard, list[str]]) -> None:
    made, scans = heard
    reads(made, "DEM 004 118", end=False)
    QTest.qWait(QUICK_MS * 3)
    QTest.keyClick(made.windowHandle(), Qt.Key.Key_Return)
    assert made.heard == "DEM 004 118\r" and scans == []


def test_a_scan_reaches_nothing_but_its_taker(heard: tuple[Heard, list[str]]) -> None:
    made, scans = heard
    reads(made, "BEDSIDE 1/A/1/B/C")
    assert scans == ["BEDSIDE 1/A/1/B/C"] and made.heard == ""
    assert made.presses == []


def test_an_arrow_amid_quick_keys_comes_after_them(heard: tuple[Heard, list[str]]) -> None:
    made, _ = heard
    reads(made, "abc", end=False)
    QTest.keyClick(made.windowHandle(), Qt.Key.Key_Down)
    assert made.heard == "abc·"


def test_a_scan_amid_a_form_presses_none_of_its_buttons(
    watched: BedsideWindow, ward, look, session, saga, answered
) -> None:
    form = WeightDialog(ward, look, session, banner(ward, saga), watched)

    def scan(dialog: WeightDialog) -> str:
        dialog.act_button.setFocus()
        reads(dialog, SAGA)
        return dialog.refusals.text()

    seen = answered(WeightDialog, scan)
    assert form.exec() == QDialog.DialogCode.Rejected
    assert "takes no scan" in seen[0]
    form.deleteLater()


def test_a_locked_screen_takes_no_scan(watched: BedsideWindow) -> None:
    class Lock(QObject):
        locked = True

    watched.locking = Lock()  # type: ignore[assignment]
    take_scan(watched, SAGA)
    watched.locking = None
    assert watched.frame.on_list


def code_of_sheet(window: BedsideWindow, infant: int, folder) -> str:
    paper = make_paper(window.ward, infant, "dosing-sheet:epi-2", folder, who=NURSE)
    return paper.code


def test_verifying_has_a_key_a_door_and_a_line_in_the_palette(
    watched: BedsideWindow, saga, answered
) -> None:
    from bedside.desktop.acts import acts_here

    seen = answered(VerifyPaperDialog, lambda dialog: dialog.focusWidget() is dialog.code)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(watched, Qt.Key.Key_P, both)
    assert seen == [True]
    watched.open_infant(saga)
    watched.show_page([door.title for door in watched.doors].index("Doses and papers"))
    page = watched.pages.page
    assert isinstance(page, DosesPage)
    page.show_part(PAPERS)
    seen = answered(VerifyPaperDialog, lambda dialog: dialog.windowTitle())
    page.papers.verify_button.click()
    assert seen == ["Does this paper still hold?"]
    assert any("paper still hold" in act.words for act in acts_here(watched))


def test_a_code_is_answered_and_the_next_takes_its_place(
    qtbot, window: BedsideWindow, saga, tmp_path, clock
) -> None:
    infant = saga
    code = code_of_sheet(window, infant, tmp_path)
    dialog = VerifyPaperDialog(window.ward, window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.code, code)
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.answer is not None and dialog.answer.verdict == "VALID"
    assert dialog.panel.isVisible() and "VALID" in dialog.panel.accessibleDescription()
    assert dialog.open_button.isVisible() and dialog.isVisible()
    clock.now += timedelta(hours=1)
    now = window.ward.now()
    record_size(window.ward, infant, NewSize(BodyWeight(6300), None, now, "typed twice"), who=NURSE)
    QTest.keyClicks(dialog.code, code)  # the last one was selected: it is typed over
    assert not dialog.panel.isVisible() and dialog.answer is None
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.answer is not None and dialog.answer.verdict == "OUT OF DATE"
    assert "weight" in dialog.answer.reasons[0]
    QTest.keyClicks(dialog.code, "no code")
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.answer is None and dialog.refusals.isVisible()
    QTest.keyClicks(dialog.code, SAGA)
    QTest.keyClick(dialog.code, Qt.Key.Key_Return)
    assert "band and no paper" in dialog.refusals.text()
    dialog.open_button.click()
    assert dialog.infant_id == infant


def test_a_square_code_scanned_on_the_ward_list_is_answered(
    watched: BedsideWindow, answered
) -> None:
    seen = answered(VerifyPaperDialog, lambda dialog: dialog.refusals.text())
    reads(watched, "BEDSIDE 1/A/1/B/C")
    assert "did not read the square code" in seen[0]


@pytest.mark.parametrize("blanks", [False, True])
def test_a_papers_code_typed_in_a_burst_is_answered_and_is_no_band(
    watched: BedsideWindow, answered, blanks: bool
) -> None:
    code = "9VAEXCMHF8" + check_signs("9VAEXCMHF8")
    seen = answered(VerifyPaperDialog, lambda dialog: dialog.answer.verdict)
    reads(watched, f"{code[:4]} {code[4:8]} {code[8:]}" if blanks else code)
    assert seen == ["NOT OURS"]


def test_a_button_with_the_keyboard_is_not_pressed_by_a_scan(
    qtbot, heard: tuple[Heard, list[str]]
) -> None:
    made, scans = heard
    button = QPushButton("red", made)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    button.setDefault(True)
    button.show()
    button.setFocus()
    reads(made, "DEM 004 118")
    assert scans == ["DEM 004 118"] and pressed == []
    field = QLineEdit(made)
    field.show()
    field.setFocus()
    reads(made, "DEM 004 118")
    assert field.text() == "DEM 004 118" and len(scans) == 1


@pytest.mark.parametrize("gap_ms", [0, 2 * QUICK_MS], ids=["all at once", "by and by"])
def test_what_is_typed_while_a_form_opens_is_the_forms(
    qtbot, watched: BedsideWindow, answered, fingers, gap_ms: int
) -> None:
    """The letters of a name, typed after S, took every task of an infant once the form was left."""
    show_handover(watched)
    page = watched.stack.findChild(HandoverPage)
    assert page is not None and page.view is not None
    page.take_focus()
    before = [(task.key, task.taken_by) for task in page.view.tasks]

    def typed(form: HandoverDialog) -> str:
        QTest.qWait(2 * QUICK_MS)
        words = form.comes.text()
        form.comes.clear()  # nobody is asked about it
        return words

    seen = answered(HandoverDialog, typed)
    reads(watched, "s", end=False)
    reads(watched, "aba ebbe", gap_ms=gap_ms, end=False)
    qtbot.waitUntil(lambda: bool(seen))
    QTest.qWait(2 * QUICK_MS)
    assert seen == ["aba ebbe"]
    assert [(task.key, task.taken_by) for task in page.view.tasks] == before


@pytest.mark.usefixtures("fingers")
def test_a_reader_that_ends_its_codes_with_tab_is_answered_and_a_finger_goes_on(
    qtbot, window: BedsideWindow, saga, tmp_path
) -> None:
    """Found: after such a reader no answer came, and the next code was read into the button."""
    code = code_of_sheet(window, saga, tmp_path)
    dialog = VerifyPaperDialog(window.ward, window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.code, code)
    QTest.keyClick(dialog.code, Qt.Key.Key_Tab)
    assert dialog.answer is not None and dialog.answer.verdict == "VALID"
    assert dialog.code.selectedText() == dialog.code.text()  # the next code takes its place
    QTest.keyClicks(dialog.code, code)
    QTest.qWait(2 * QUICK_MS)
    QTest.keyClick(dialog.code, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, 2 * QUICK_MS)
    assert dialog.answer is None and not dialog.code.hasFocus()
