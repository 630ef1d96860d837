"""While a second check waits, the page from which it is opened carries no figure of its dose (H1, H42).

Bed 3 of the demonstration: EPI #1 day 2, 5.4 kg; by hand 2.5 × 5.4 = 13.5 mg, ÷ 10 = 1.35 mL,
body surface 0.297 m². Its order is released and nobody has counted yet.
"""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from bedside.desktop.doses_paper import AZACITIDINE, ORDERS, OTHERS, PAPERS
from bedside.desktop.page_door import every_door
from bedside.desktop.window import BedsideWindow
from bedside.store.check_records import FiguresShown
from bedside.store.queries import all_of
from bedside.ward.check_waiting import veil, waiting_checks, without_figures
from bedside.ward.dosing import doses_page
from tests.desktop.locked_window import READING, press
from tests.desktop.test_second_check_page import (
    DOSES,
    FIRST,
    GIVEN_AWAY,
    SECOND,
    count_first,
    through_the_door,
    type_figures,
)

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot, ward, look, session):
    made = BedsideWindow(ward, look, session, every_door())
    qtbot.addWidget(made, before_close_func=lambda window: window.frame.end_check())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def infant(infant_of):
    return infant_of("3")


def throw_away():
    """Answer the question that leaving asks where figures are typed."""
    dialog = QApplication.activeModalWidget()
    QTest.mouseClick(dialog.leave_button, Qt.MouseButton.LeftButton)


@pytest.fixture
def page(window, infant):
    window.open_infant(infant)
    window.show_page(DOSES)
    return window.pages.page


def turn(qtbot, window):
    """Alt+H as it comes from the keyboard; a button pressed by its key goes down first."""
    figures = window.pages.page.figures
    before = figures.is_folded
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window.pages.page, Qt.Key.Key_H, ALT)
    qtbot.waitUntil(lambda: figures.is_folded != before)


def said(window):
    """Every text, hint and read-out name of banner and page, hidden parts and tables included."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = []
    for part in (window.band, window.pages.page):
        for widget in (part, *part.findChildren(QWidget)):
            found += [read() for name in READING if callable(read := getattr(widget, name, None))]
            if isinstance(widget, QAbstractItemView) and widget.model() is not None:
                found += cells(widget.model())
    text = " | ".join(each for each in found if isinstance(each, str))
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def cells(model):
    places = [
        model.index(row, column)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    return [str(place.data(role)) for place in places for role in ROLES if place.data(role)]


def given_away(window):
    text = said(window)
    assert "FERREIRA" in text and "second check" in text, "the page itself is read"
    return [figure for figure in GIVEN_AWAY if figure in text]


def test_no_part_of_the_page_gives_a_waiting_dose_away(window, page):
    for part in (AZACITIDINE, ORDERS, OTHERS, PAPERS):
        page.show_part(part)
        assert given_away(window) == []
    assert page.figures.isVisible() and "azaCITIDine day 2" in page.figures.words.text()
    assert "hidden: a check waits" in window.band.accessibleName()


def test_nothing_that_is_said_of_a_row_gives_a_figure_away(ward, infant):
    """Why it cannot be ordered, what was given or lost before, what a given dose would be since."""
    view = doses_page(ward, infant)
    waiting = waiting_checks(ward, infant, view.orders)
    told = "13.5 mg on 5.4 kg is 1.35 mL"
    rows = tuple(
        replace(
            row,
            why_not=(told,),
            given=told,
            before=(told,),
            since_short=told,
            since=told,
            state=replace(row.state, why=(told,), blocks_giving=(told,)),
        )
        for row in view.orders.rows
    )
    told_so = replace(view, orders=replace(view.orders, rows=rows))
    hidden = without_figures(told_so, waiting, "azacitidine").orders.rows
    same = [repr(row) for row in hidden if row.key[2] == "azacitidine"]
    assert waiting and same
    assert not any(figure in row for row in same for figure in ("13.5", "5.4", "1.35"))


def test_showing_is_an_act_that_is_seen_there_and_on_the_check(
    qtbot, window, page, infant, session
):
    turn(qtbot, window)
    assert all(figure in said(window) for figure in ("5.4 kg", "13.5 mg", "1.35 mL", "0.297"))
    assert f"at 10:42 by {session.who}" in page.figures.words.text().replace("\u2011", "-")
    through_the_door(window, infant)
    texts = " ".join(words for words in page_texts(window.frame.blind.page))
    assert "were shown here at 10:42" in texts
    press(window, Qt.Key.Key_Escape)
    assert window.frame.blind is None
    assert given_away(window) == [], "not again after Esc"
    with window.ward.store.reading() as connection:
        (kept,) = all_of(connection, FiguresShown)
    assert (kept.infant_id, kept.course_day, kept.recorded_by) == (infant, 2, session.who)


def page_texts(page):
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in page.findChildren(QLabel)]


def test_hidden_again_by_the_same_key_and_by_leaving_the_page(qtbot, window, page):
    for _ in range(2):
        turn(qtbot, window)
    assert given_away(window) == []
    turn(qtbot, window)
    assert given_away(window) != []
    window.show_page(0)
    assert "5.4 kg" in window.band.accessibleName(), "other pages keep their banner"
    window.show_page(DOSES)
    assert given_away(window) == []


def test_after_the_first_count_and_after_esc_nothing_comes_back(window, page, infant):
    opened = through_the_door(window, infant)
    type_figures(opened, "5.4", "13.5")
    QTimer.singleShot(0, throw_away)
    press(window, Qt.Key.Key_Escape)
    assert window.frame.blind is None
    assert given_away(window) == []
    count_first(window, infant, "5.4", "13.5", "1.35")
    assert given_away(window) == []


def test_when_two_have_counted_the_same_the_figures_are_back(window, page, infant):
    count_first(window, infant, "5.4", "13.5", "1.35")
    second = through_the_door(window, infant)
    type_figures(second, "5.4", "13.5", "1.35")
    second.who.name.clear()
    QTest.keyClicks(second.who.name, SECOND)
    assert FIRST != SECOND
    QApplication.processEvents()
    QTest.mouseClick(second.count.compare_button, Qt.MouseButton.LeftButton)
    press(window, Qt.Key.Key_Return)
    assert window.frame.blind is None
    assert "13.5 mg" in said(window) and not page.figures.isVisible()


def test_papers_forms_and_cumulative_doses_wait_too(qtbot, window, page):
    """Each would show the dose: nothing opens, and the page says why."""
    acts = (
        lambda: page.preview_paper("dosing-sheet:epi-1"),
        page.prescribe,
        page.verify,
        page.release,
        page.reduce_dose,
        page.show_cumulative,
    )
    for act in acts:
        page.refusals.show_reasons(())
        act()
        assert QApplication.activeModalWidget() is None
        assert "press Show figures" in page.refusals.text()
    assert page._paper == ""
    turn(qtbot, window)
    page.preview_paper("dosing-sheet:epi-1")
    assert page._paper == "dosing-sheet:epi-1"
    turn(qtbot, window)
    assert page._paper == "", "a paper that was open goes with the figures"


@pytest.mark.parametrize(
    ("text", "veiled"),
    [
        ("dosed on 5.65 kg, now 5.6 kg", "dosed on hidden kg, now hidden kg"),
        ("13.5\u202fmg on day 2", "hidden\u202fmg on day 2"),
        ("1 500 micrograms, 1.35 mL, 0.297 m²", "hidden micrograms, hidden mL, hidden m²"),
        ("EPI #1 day 2 of 5 at 10:42", "EPI #1 day 2 of 5 at 10:42"),
        ("41 000 per µL", "41 000 per µL"),
        (
            "broken off at 10:05, 7\xa0mg of 15.5 mg given: line out",
            "broken off at 10:05, how much went in is hidden: line out",
        ),
        (
            "at 10:05, 7 mg of 15,5 mg given (4.5 mL of 10 mL ran): out",
            "at 10:05, how much went in is hidden: out",
        ),
        ("at 10:05 700 mg, day 1 500 1000 mg", "at 10:05 hidden mg, day 1 500 hidden mg"),
    ],
)
def test_only_weights_doses_volumes_and_surfaces_are_veiled(text, veiled):
    assert veil(text) == veiled


def test_the_start_rule_says_in_words_that_the_weight_is_hidden(page):
    """It said "hidden kg", as if that were a weight."""
    texts = page.dose.texts()
    assert not [
        text for text in texts if text.startswith("hidden ") and text.endswith(("kg", "m²"))
    ]
    at = texts.index("Weight in date")
    assert texts[at + 1] == "hidden while the second check waits"
