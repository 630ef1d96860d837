"""A file of site values that waits for its second person is named in the window, and dropped by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.session import Session
from bedside.desktop.signed_file_dialog import SignedFileDialog
from bedside.store.commission_records import CommissionImport
from bedside.store.queries import all_of
from bedside.ward.commission_export import export_values
from bedside.ward.commission_import import waiting_imports
from tests.desktop_pages.page_driving import answering
from tests.ward.commissioned import KELLER, OKONJO, commission
from tests.ward.wards import Bench

P, EPI = "aall15p1", "epi-1"


def test_a_waiting_file_is_dropped_by_keys_with_its_reason(qtbot, bench, look, tmp_path) -> None:
    commission(bench.ward, P, EPI)
    target = tmp_path / "site.toml"
    export_values(bench.ward, P, target, who=OKONJO, and_who=KELLER)
    other = Bench(tmp_path / "other")
    try:
        form = SignedFileDialog(other.ward, look, Session("C. Weiss, physician"), P, "AALL15P1")
        qtbot.addWidget(form)
        form.show()
        form.activateWindow()
        qtbot.waitActive(form)
        assert not form.drop_button.isVisible() and not form.waiting.isVisible()
        before = form.act_button.pos()
        form.way.choose("read")
        form.file.setText(str(target))
        form.record()
        assert form.waiting.text().startswith("site.toml, read in by C. Weiss, physician on ")
        assert form.drop_button.isVisible() and form.act_button.pos() == before

        def go_back(asked) -> None:
            assert not asked.act.isEnabled()  # without a reason nothing is dropped
            QTest.keyClick(asked.back, Qt.Key.Key_Return)

        def say_why(asked) -> None:
            QTest.keyClicks(asked.reason, "the wrong copy")
            asked.act.setFocus()
            QTest.keyClick(asked.act, Qt.Key.Key_Return)

        def press() -> None:
            form.drop_button.setFocus()
            QTest.keyClick(form.drop_button, Qt.Key.Key_Return)

        answering(qtbot, press, go_back)
        assert waiting_imports(other.ward)
        said = answering(qtbot, press, say_why)
        assert any("Drop it? Nothing of it is taken" in words for words in said)
        assert not waiting_imports(other.ward) and not form.drop_button.isVisible()
        assert form.said.text().startswith("Dropped: nothing of it was taken")
        with other.ward.store.reading() as connection:
            (row,) = all_of(connection, CommissionImport, include_void=True)
        assert row.void_reason == "the wrong copy"
        form.record()  # another, or the same, can be read in
        assert form.drop_button.isVisible()
    finally:
        other.ward.store.close()
