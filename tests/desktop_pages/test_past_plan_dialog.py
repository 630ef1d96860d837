"""Plan as it stood on…: its door on the timeline, by real keys, and what it says."""

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.past_plan_dialog import PastPlanDialog
from bedside.desktop.timeline_page import TimelinePage
from bedside.ward.holding import save_hold
from bedside.ward.views.delay import NewHold
from tests.desktop_pages.page_driving import in_frame, retype
from tests.ward.wards import DOCTOR

HOLD = NewHold("consolidation", "", date(2026, 10, 12), date(2026, 10, 17), "count not recovered")


def ask(dialog: PastPlanDialog, day: str) -> None:
    retype(dialog.day.edit, day)
    QTest.keyClick(dialog.show_button, Qt.Key.Key_Space)


def test_alt_p_on_the_timeline_shows_the_plan_then_and_now(qtbot, bench, look, session):
    bench.open_epi_1()
    bench.at(2026, 10, 9, 9, 0)
    save_hold(bench.ward, bench.infant, HOLD, who=DOCTOR)
    page = TimelinePage(bench.ward, look, session)
    frame = in_frame(qtbot, page)
    page.show_infant(bench.infant)
    qtbot.waitUntil(frame.isActiveWindow)
    seen = []

    def read() -> None:
        dialog = QApplication.activeModalWidget()
        ask(dialog, "08-Oct-2026")
        model = dialog.table.model()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        seen.extend(
            tuple(model.index(row, column).data() for column in range(5))
            for row in range(model.rowCount())
        )
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    page.canvas.setFocus()
    QTest.keyClick(page.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    QTimer.singleShot(400, read)  # the button is pressed for a moment, then the dialog is open
    qtbot.waitUntil(lambda: bool(seen))
    assert ("Consolidation", "12-Oct-2026", "18-Oct-2026", "≠", "6 days later") in seen
    assert ("EPI #1", "07-Oct-2026, begun", "07-Oct-2026, begun", "=", "same") in seen


def test_a_day_that_cannot_be_shown_is_refused_in_words(qtbot, bench, look):
    bench.open_epi_1()
    dialog = PastPlanDialog(bench.ward, look, bench.infant)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog.show_button, Qt.Key.Key_Space)
    assert "Type the day" in dialog.said.text()
    ask(dialog, "08-Oct-2026")
    assert "lies ahead" in dialog.said.text() and not dialog.table.isVisible()
    assert dialog.day.edit.text() == "08-Oct-2026"
    ask(dialog, "07-Oct-2026")
    assert dialog.table.isVisible() and not dialog.said.isVisible()
    assert "≠" not in [dialog.table.model().index(row, 3).data() for row in range(4)]
