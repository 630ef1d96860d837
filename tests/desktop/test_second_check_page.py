"""The blind second check in the window, by real keys: nothing gives a figure away while somebody counts.

Bed 3 of the demonstration: EPI #1 day 2, 5.4 kg; by hand 2.5 × 5.4 = 13.5 mg, ÷ 10 = 1.35 mL.
"""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from bedside.desktop.page_door import every_door
from bedside.desktop.window import BedsideWindow
from bedside.store.check_records import FirstCount, SecondCheck
from bedside.store.queries import all_of
from bedside.ward.check_standing import check_state
from tests.desktop.locked_window import (
    idle_for,
    press,
    said_by_windows,
    said_to_a_screen_reader,
    sign_in,
)
from tests.desktop.said_while_counting import everything_said, given_away
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS

DOSES = 6
KEY = ("epi-1", 2, "azacitidine", "IV")
FIRST, SECOND = "E. Sørensen, RN", "T. Marchetti, RN"
# the order's weight, dose, volume and surface, however they are written
GIVEN_AWAY = ("5.4 kg", "5.4", "5400", "5 400", "13.5", "1.35", "0.297")
OTHER_FIRST = ("5.7", "14.3", "1.45")  # a first person who counted otherwise


@pytest.fixture
def window(qtbot, ward, look, session):
    """The window as ever; an open check is left before it closes, so that nobody is asked."""
    made = BedsideWindow(ward, look, session, every_door())
    qtbot.addWidget(made, before_close_func=lambda window: window.frame.end_check())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def infant(infant_of):
    return infant_of("3")


@pytest.fixture
def opened(window, infant):
    """The check opened through its door on the page Doses, for the first person."""
    return through_the_door(window, infant)


def through_the_door(window, infant):
    if window.frame.infant_id != infant or not window.frame.on_patient:
        assert window.open_infant(infant)
    if window.pages.index != DOSES:
        assert window.show_page(DOSES)
    QTest.mouseClick(window.pages.page.vial.check_button, Qt.MouseButton.LeftButton)
    assert window.frame.blind is not None, window.pages.page.refusals.text()
    return window.frame.blind.page


def type_figures(page, *figures):
    """Three figures as a gloved nurse types them: each ends with Return, as a scanner's does."""
    page.count.weight.field.edit.setFocus()
    for figure in figures:
        QTest.keyClicks(page.window().focusWidget(), figure)
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)


def name(page, who):
    page.who.name.clear()
    page.who.name.setFocus()
    QTest.keyClicks(page.who.name, who)


def click(button: QPushButton):
    QApplication.processEvents()  # what was laid out is shown then
    assert button.isEnabled() and button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def count_first(window, infant, *figures):
    page = through_the_door(window, infant)
    type_figures(page, *figures)
    name(page, FIRST)
    click(page.count.compare_button)
    assert window.frame.blind is None, page.refusals.text()


def rows(ward, kind):
    with ward.store.reading() as connection:
        return [row for row in all_of(connection, kind) if row.infant_id != 3]


def rows_now(ward, kind):
    with ward.store.reading() as connection:
        return all_of(connection, kind)


# ---- hiding


def test_the_search_finds_what_an_open_page_tells(window, infant):
    """A check that cannot fail shows nothing: the page Doses gives all of it away."""
    window.open_infant(infant)
    window.show_page(DOSES)
    click(window.pages.page.figures.button)  # folded while the check waits (test_folded_figures)
    said = " | ".join(everything_said(window))
    assert all(figure in said for figure in ("5.4 kg", "13.5 mg", "1.35 mL", "0.297"))


def test_nothing_gives_the_worked_dose_away_while_the_first_counts(window, infant, opened):
    assert given_away(window, GIVEN_AWAY) == []


def test_nothing_gives_the_first_persons_figures_away(window, infant):
    count_first(window, infant, *OTHER_FIRST)
    page = through_the_door(window, infant)
    assert page.count.sheet.first.name == "E. Sørensen"
    assert given_away(window, (*GIVEN_AWAY, *OTHER_FIRST)) == []


def test_every_other_door_is_closed_while_somebody_counts(window, infant, infant_of, opened):
    QGuiApplication.clipboard().setText("")
    assert not window.navigation.isEnabled() and not window.topbar.search.isEnabled()
    assert window.navigation.toolTip()
    for key in (
        Qt.Key.Key_1,
        Qt.Key.Key_2,
        Qt.Key.Key_K,
        Qt.Key.Key_F,
        Qt.Key.Key_H,
        Qt.Key.Key_N,
        Qt.Key.Key_7,
    ):
        press(window, key, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F8):
        press(window, key)
    assert window.frame.blind is not None and QApplication.activeModalWidget() is None
    for ask in (window.show_board, window.show_cohort, window.show_protocols):
        assert not ask()
    assert not window.open_infant(infant_of("4")) and not window.show_page(0)
    assert not window.frame.show_backup()
    assert "Esc" in opened.refusals.text()
    assert given_away(window, GIVEN_AWAY) == []


def test_the_clipboard_is_empty_when_the_second_begins(window, infant):
    count_first(window, infant, "5.4", "13.5", "1.35")
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("13.5")
    page = through_the_door(window, infant)
    assert clipboard.text() == ""
    page.count.dose.field.edit.setFocus()
    QTest.keyClick(page.count.dose.field.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.count.dose.field.text() == ""


# ---- typing


def test_a_decimal_comma_is_refused_and_kept_as_typed(opened):
    type_figures(opened, "5.4", "13,5")
    entry = opened.count.dose
    assert entry.field.text() == "13,5" and entry.value() is None
    assert entry.strong.text() == "13,5 not read" and "point" in entry.small.text()
    assert entry.field.edit.property("trouble") is True
    assert opened.window().focusWidget() is opened.count.volume.field.edit
    assert opened.count.weight.strong.text() == "read as 5.4 kg"
    assert "kg, now" in opened.count.weight.small.text()
    assert not opened.count.compare_button.isEnabled()
    assert opened.count.why.text() == "needs 3 numbers that were read"


@pytest.mark.parametrize("typed", ["0", "0.0", "1.2345", ".5", "1e1", "1 000 000", "-1.35", "x"])
def test_what_is_no_volume_is_never_read(opened, typed):
    type_figures(opened, "5.4", "13.5", typed)
    assert opened.count.volume.value() is None and not opened.count.compare_button.isEnabled()


def test_the_wheel_and_the_arrows_change_nothing(opened):
    type_figures(opened, "5.4", "13.5", "1.35")
    for entry in opened.count.entries:
        edit, before = entry.field.edit, entry.field.text()
        edit.setFocus()
        middle = QPointF(edit.rect().center())
        wheel = QWheelEvent(
            middle,
            edit.mapToGlobal(middle),
            QPoint(0, 120),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(edit, wheel)
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp):
            QTest.keyClick(edit, key)
        assert entry.field.text() == before


def test_a_scanners_return_never_presses_a_button(window, opened, ward):
    type_figures(opened, "5.4", "13.5", "1.35")
    for _ in range(6):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.frame.blind is not None and rows(ward, FirstCount) == []
    opened.count.compare_button.setFocus()
    QTest.keyClick(opened.count.compare_button, Qt.Key.Key_Return)
    assert rows(ward, FirstCount) == []
    assert "Return keeps no count" in opened.refusals.text()  # no key fails without a word
    QTest.keyClick(opened.count.compare_button, Qt.Key.Key_Space)
    assert len(rows(ward, FirstCount)) == 1


# ---- the two of them


def test_two_count_the_same_and_the_dose_is_checked(window, ward, infant):
    count_first(window, infant, "5.4", "13.5", "1.35")
    page = through_the_door(window, infant)
    type_figures(page, "5.4", "13.5", "1.35")
    name(page, SECOND)
    click(page.count.compare_button)
    assert page.result.headline.text() == "Matched: weight, dose and volume"
    assert check_state(ward, infant, *KEY).stage == "matched"
    recorded = {row.recorded_by for row in rows_now(ward, FirstCount)[-1:]}
    recorded |= {row.recorded_by for row in rows_now(ward, SecondCheck)[-1:]}
    assert recorded == {FIRST, SECOND}, "whoever counted stands in the record"
    press(window, Qt.Key.Key_Return)
    assert window.frame.blind is None
    vial = window.pages.page.vial
    assert "matched by" in vial.check_line.words.text() and not vial.check_button.isEnabled()


def test_the_same_name_is_refused_and_the_figures_stay(window, ward, infant):
    count_first(window, infant, "5.4", "13.5", "1.35")
    page = through_the_door(window, infant)
    type_figures(page, "5.4", "13.5", "1.35")
    for who in ("", "e sørensen, pharmacist"):
        name(page, who)
        click(page.count.compare_button)
        assert page.refusals.text() and page.is_counting
    assert "same person" in page.refusals.text()
    assert page.count.volume.field.text() == "1.35"
    assert rows(ward, SecondCheck) == []


def differ(window, infant, volume):
    count_first(window, infant, "5.4", "13.5", "1.35")
    page = through_the_door(window, infant)
    type_figures(page, "5.4", "13.5", volume)
    name(page, SECOND)
    click(page.count.compare_button)
    return page


def test_a_difference_is_said_plainly_and_count_again_is_the_default(window, ward, infant):
    page = differ(window, infant, "1.4")
    said = " ".join(everything_said(window))
    assert page.result.headline.text() == "Not matched: volume differs"
    words = page.result.findChildren(QLabel)
    column = [one for one in words if one.text() in ("Measure", "Weight", "Dose")]
    # heading and cells begin at one edge
    assert len({one.x() + one.contentsRect().x() + one.indent() for one in column}) == 1
    assert "1.4 is 1.35 rounded to one decimal" in said and "extension 4420" in said
    offers = said.lower().replace("take back", "")  # what was recorded last: no figure
    assert not [word for word in offers.split() if word in ("use", "accept", "take")]
    assert window.focusWidget() is page.result.again_button
    # a scan ends with Return: it answers nothing
    QTest.keyClicks(page.result.again_button, "4711")
    QTest.keyClick(page.result.again_button, Qt.Key.Key_Return)
    assert page.result is not None
    QTest.keyClick(page.result.again_button, Qt.Key.Key_Return)
    assert page.is_counting and page.count.sheet.first is None
    assert given_away(window, (*GIVEN_AWAY, "1.4 ")) == []
    assert len(rows(ward, SecondCheck)) == 1


def test_the_second_difference_rings_the_pharmacy(window, infant):
    page = differ(window, infant, "1.4")
    click(page.result.done_button)
    page = differ(window, infant, "13.5")
    said = " ".join(everything_said(window))
    assert "Count number 2 did not match either: ring Cytotoxic pharmacy, extension 4420" in said
    assert "13.5 mL is ten times 1.35 mL" in said


# ---- a ward with people


@pytest.fixture
def berg(locked):
    sign_in(locked, BERG)
    return locked


def secret(edit, text):
    edit.setFocus()
    QTest.keyClicks(edit, text)


def test_who_types_on_blindly_never_types_a_secret_in_clear(berg, infant):
    """A refused figure keeps nobody; Return after the secret comes back to it, and then to the button."""
    page = through_the_door(berg, infant)
    type_figures(page, "5,4", "13.5", "1.35", SECRETS[BERG])
    assert [one.field.text() for one in page.count.entries] == ["5,4", "13.5", "1.35"]
    assert page.who.own.text() == SECRETS[BERG]
    assert berg.focusWidget() is page.count.weight.field.edit
    page.count.weight.field.set_text("5.4")
    page.who.own.setFocus()
    QTest.keyClick(page.who.own, Qt.Key.Key_Return)
    assert berg.focusWidget() is page.count.compare_button and page.is_counting


def count_as_berg(window, infant):
    page = through_the_door(window, infant)
    type_figures(page, "5.4", "13.5", "1.35")
    secret(page.who.own, "not her passphrase")
    click(page.count.compare_button)
    assert "not the passphrase" in page.refusals.text()
    assert page.count.volume.field.text() == "1.35" and page.who.own.text() == ""
    return page


def test_a_wrong_secret_keeps_nothing_and_loses_nothing(berg, ward, infant, clock):
    page = count_as_berg(berg, infant)
    assert rows(ward, FirstCount) == []
    clock.now += timedelta(seconds=5)
    secret(page.who.own, SECRETS[BERG])
    click(page.count.compare_button)
    assert [row.name for row in rows(ward, FirstCount)] == [BERG]
    # under her session another person counts, by her own name and passphrase
    page = through_the_door(berg, infant)
    assert page.who.chosen is not None
    type_figures(page, "5.4", "13.5", "1.35")
    assert berg.focusWidget() is page.who.chosen.person.edit
    QTest.keyClick(berg.focusWidget(), Qt.Key.Key_Tab)
    assert berg.focusWidget() is page.who.chosen.secret
    page.who.chosen.person.edit.setFocus()
    QTest.keyClicks(page.who.chosen.person.edit, "ber")
    assert page.who.chosen.person.person_id() is None, "the first cannot be the second"
    page.who.chosen.person.edit.clear()
    QTest.keyClicks(page.who.chosen.person.edit, OKONJO[:3])
    secret(page.who.chosen.secret, SECRETS[OKONJO])
    click(page.count.compare_button)
    assert page.result.headline.text().startswith("Matched")
    assert [row.name for row in rows(ward, SecondCheck)] == [OKONJO]


def test_an_open_check_survives_the_lock(berg, ward, infant, clock):
    page = through_the_door(berg, infant)
    type_figures(page, "5.4", "13.5")
    secret(page.who.own, "half a secret")
    idle_for(berg, clock, 200)
    assert berg.locking.locked
    said = " ".join([*said_by_windows(), *said_to_a_screen_reader()])
    assert "13.5" not in said and "FERREIRA" not in said
    sign_in(berg, BERG)
    assert berg.frame.blind is not None and berg.frame.blind.page is page
    assert page.count.dose.field.text() == "13.5" and page.who.own.text() == ""
    press(berg, Qt.Key.Key_F4)
    press(berg, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activeModalWidget() is None and berg.frame.blind is not None
    assert given_away(berg, ("1.35", "0.297")) == []


def test_another_person_who_unlocks_does_not_see_it(berg, ward, infant, clock):
    page = through_the_door(berg, infant)
    type_figures(page, "5.7", "14.3")
    idle_for(berg, clock, 200)
    sign_in(berg, KELLER)
    assert berg.frame.blind is None
    assert "14.3" not in " ".join([*said_by_windows(), *said_to_a_screen_reader()])
