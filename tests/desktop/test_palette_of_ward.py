"""Each act of a page of the ward is found by name from everywhere: "PIN" leads to People, and stands on it."""

from PySide6.QtWidgets import QAbstractButton, QApplication

from bedside.desktop.acts import acts_of_page
from bedside.desktop.acts_of_ward import OF_WARD, acts_of_ward
from bedside.desktop.palette_dialog import palette_acts
from bedside.desktop.window import BedsideWindow
from tests.desktop.locked_window import sign_in
from tests.ward.peopled import KELLER

# what this ward closes on its first protocol's first course, the first copy and the first task of the list
CLOSED = {
    "Continue my pass": "you have no pass of this course open",
    "Begin the second pass as another person": "waits for another person's first pass",
    "Compare both passes": "both passes of this course are not complete",
    "Give a pass up": "no pass of this course is open",
    "Restore…": "no copy that holds is chosen",
    "Check this copy": "no copy that holds is chosen",
    "Remove copies that older keys open…": "no copy is there that an older key opens",
    "Give back": "nobody has taken this task",
}


def test_pin_is_found_and_every_act_leads_to_its_button(locked: BedsideWindow):
    window = locked
    sign_in(window, KELLER)
    found = list(acts_of_ward(window))
    assert len(found) == len(OF_WARD)
    assert not [act.words for act in found if act.why_not]
    assert any("PIN" in act.words and not act.why_not for act in palette_acts(window))
    head, status, closed = window.ward.store.audit_head(), window.frame.status, {}
    at_once: list[str] = []
    for act in found:
        window.show_board()
        status.said.clear()
        act.run()
        if "this records at once" in status.said.text():
            at_once.append(act.words)
        elif status.said.text():
            closed[act.words] = status.said.text()
            assert act.words in closed[act.words] and status.said.isVisible()
            continue
        stands = window.focusWidget()
        assert isinstance(stands, QAbstractButton) and stands.isVisible() and stands.isEnabled()
        assert stands.text().replace("&", "") == act.words
    assert at_once == ["Begin the first pass", "Take", "Take all of this infant"]
    assert closed.keys() == CLOSED.keys()
    assert all(why in closed[words] for words, why in CLOSED.items())
    assert window.ward.store.audit_head() == head and QApplication.activeModalWidget() is None


def test_no_button_of_a_page_of_the_ward_is_missing(locked: BedsideWindow):
    window = locked
    sign_in(window, KELLER)
    here = {act.words for act in palette_acts(window)}
    for door in sorted({each.door for each in OF_WARD} - {"handover", "record"}):
        getattr(window.navigation, door).click()
        there = {act.words.removeprefix("Show: ") for act in acts_of_page(window)}
        assert there - {"Facts", "Go to Commission (F7)"} <= here, door


def test_the_same_words_on_another_page_are_found_too(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("2"))
    window.show_page(1)
    places = [act.place for act in palette_acts(window) if act.words == "As table"]
    assert places == ["Timeline", "Cohort: DLT of all infants"]


def test_without_people_it_says_why(window: BedsideWindow):
    why = {act.words: act.why_not for act in acts_of_ward(window)}
    assert "no accounts" in why["My PIN…"] and not why["Back up now"]
    window.show_people()
    here = {act.words for act in acts_of_ward(window)}
    assert "My PIN…" not in here and "Definition of fever…" not in here and "Restore…" in here
    acts = {act.words: act for act in acts_of_ward(window)}
    for words in ("Show", "Find"):
        acts[words].run()
        stands = window.focusWidget()
        assert isinstance(stands, QAbstractButton) and stands.isVisible() and stands.isEnabled()
        assert stands.text() == words
    there = {act.words for act in acts_of_page(window)}
    assert there == {"Show", "Find"} and not there & {act.words for act in acts_of_ward(window)}
