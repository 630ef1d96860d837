"""Site settings: the ruling on days lost inside an azacitidine block, by keys, with who and when."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.site_dialog import SiteDialog
from bedside.ward.block_ruling import ruling_words


def test_the_ruling_is_chosen_by_keys_and_recorded(qtbot, empty_ward, look, session):
    dialog = SiteDialog(empty_ward, look, session)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.block_days.value() == "" and ruling_words(empty_ward) == ""
    dialog.block_days.setFocus()
    QTest.keyClick(dialog.block_days, Qt.Key.Key_Space)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(dialog.block_days.view(), key)
    assert dialog.block_days.value() == "later" and dialog.is_dirty()
    dialog.record()
    assert empty_ward.site.block_days == "later"
    assert ruling_words(empty_ward).endswith("are given later (E. Sørensen, RN, 20-Nov-2026)")
    again = SiteDialog(empty_ward, look, session)
    qtbot.addWidget(again)
    again.block_days.choose("")  # a ruling can be withdrawn
    again.record()
    assert ruling_words(empty_ward) == ""


def test_the_demonstration_site_has_ruled_and_the_form_shows_it(qtbot, ward, look, session):
    dialog = SiteDialog(ward, look, session)
    qtbot.addWidget(dialog)
    assert dialog.block_days.currentText() == "given later: the rest of the block moves"
    assert not dialog.is_dirty()
