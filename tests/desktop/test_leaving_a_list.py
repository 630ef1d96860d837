"""The decimal mark of the first start and of the site: only Return chooses; who leaves the open list has not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.founding_steps import NameStep
from bedside.desktop.site_dialog import SiteDialog

PLAIN, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_Tab, PLAIN), (Qt.Key.Key_Escape, PLAIN), (Qt.Key.Key_L, ALT)]
)
def test_who_leaves_the_list_of_the_decimal_mark_has_chosen_nothing(shown, look, key, held):
    form = shown(NameStep(look))
    mark = form.mark
    mark.setFocus()
    QTest.keyClick(mark, Qt.Key.Key_Down)
    assert mark.view().currentIndex().row() == 0
    QTest.keyClick(mark.view(), key, held)
    mark.hidePopup()
    assert mark.value() is None
    mark.setFocus()
    QTest.keyClick(mark, Qt.Key.Key_Down)
    QTest.keyClick(mark.view(), Qt.Key.Key_Return)
    assert mark.value() == "."


def test_the_settings_of_a_site_ask_likewise(ward, look, session):
    assert SiteDialog(ward, look, session).decimal_mark.only_return
