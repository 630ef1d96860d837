"""Each act of a page of the ward is found by name from everywhere: "PIN" leads to People, and stands on it."""

from PySide6.QtWidgets import QAbstractButton, QApplication

from bedside.desktop.acts_of_ward import OF_WARD, acts_of_ward
from bedside.desktop.palette_dialog import palette_acts
from bedside.desktop.window import BedsideWindow
from tests.desktop.locked_window import sign_in
from tests.ward.peopled import BERG


def test_pin_is_found_and_every_act_leads_to_its_button(locked: BedsideWindow):
    window = locked
    sign_in(window, BERG)
    found = list(acts_of_ward(window))
    assert len(found) == len(OF_WARD)
    assert any("PIN" in act.words and not act.why_not for act in palette_acts(window))
    head = window.ward.store.audit_head()
    for act in found:
        if act.why_not:
            continue
        window.show_board()
        act.run()
        every = window.stack.currentWidget().findChildren(QAbstractButton)
        there = [one for one in every if one.text().replace("&", "") == act.words]
        assert there, act.words
        stands = [one for one in there if one.isVisibleTo(window) and one.isEnabled()]
        assert not stands or window.focusWidget() in stands, act.words
    assert window.ward.store.audit_head() == head and QApplication.activeModalWidget() is None


def test_without_people_it_says_why(window: BedsideWindow):
    why = {act.words: act.why_not for act in acts_of_ward(window)}
    assert "no accounts" in why["My PIN…"] and not why["Back up now"]
    window.show_people()
    here = {act.words for act in acts_of_ward(window)}
    assert "My PIN…" not in here and "Definition of fever…" not in here and "Restore…" in here
