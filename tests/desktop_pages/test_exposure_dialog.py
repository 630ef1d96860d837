"""The dialog of cumulative doses: its door, its tables, its default button."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import OTHERS
from bedside.desktop.exposure_dialog import ExposureDialog
from bedside.ward.exposure import cumulative_doses
from bedside.ward.views.exposure import ExposureView
from tests.desktop_pages.page_driving import in_frame


def test_the_button_opens_it(qtbot, bench, look, session):
    bench.open_epi_1()
    page = DosesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.show_part(OTHERS)
    seen = []

    def look_and_close() -> None:
        dialog = QApplication.activeModalWidget()
        seen.append((dialog.windowTitle(), dialog.drugs.model().rowCount()))
        dialog.close_button.click()

    QTimer.singleShot(0, look_and_close)
    page.others.cumulative_button.click()
    view = cumulative_doses(bench.ward, bench.infant)
    assert seen == [(f"Cumulative doses of {view.name}", len(view.rows))]


def test_tables_say_every_total(qtbot, bench, look):
    bench.open_epi_1()
    view = cumulative_doses(bench.ward, bench.infant)
    dialog = ExposureDialog(look, view)
    qtbot.addWidget(dialog)
    for table in (dialog.drugs, dialog.equivalents):
        model = table.model()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        assert table.accessibleName()
    heads = [
        dialog.drugs.model().headerData(column, Qt.Orientation.Horizontal) for column in range(5)
    ]
    assert heads == ["Drug", "Route", "Given", "Still planned", "In all by AALL15P1"]
    said = {dialog.drugs.model().index(number, 4).data() for number in range(len(view.rows))}
    assert "50 mg per kg on 20 days" in said
    assert dialog.close_button.isDefault()


def test_without_anthracyclines_no_second_table(qtbot, look):
    dialog = ExposureDialog(look, ExposureView("A, B", "Interfant-06", (), (), "", ("a note",)))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.equivalents.isVisible()
