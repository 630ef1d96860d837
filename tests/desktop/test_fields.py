"""What is typed stays as typed: real key events on real fields, in every locale a ward may run in."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QVBoxLayout, QWidget
from shiboken6 import delete

from bedside.desktop.fields import Choice, DateField, NumberField, PlainEdit
from bedside.desktop.look import Look
from bedside.desktop.time_field import TimeField
from bedside.units.quantities import Anc, BodyWeight, Platelets

LOCALES = ("C", "en_GB", "de_DE", "fr_FR", "pt_BR", "ar_EG", "hi_IN")
KINDS = (
    ("weight", "kg"),
    ("length", "cm"),
    ("white cells", "10^9/L"),
    ("anc", "10^9/L"),
    ("platelets", "10^9/L"),
    ("haemoglobin", "g/dL"),
    ("percent", "%"),
    ("minutes", "min"),
    ("number", ""),
)


@pytest.fixture
def shown(qtbot) -> Callable[..., QWidget]:
    """Put widgets into a shown window, which lives as long as the test."""
    windows: list[QWidget] = []

    def show(*widgets: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show


def wheel(widget: QWidget, turns: int = 3) -> None:
    """Turn the wheel over a widget, as a mouse does."""
    at = QPointF(widget.rect().center())
    for _ in range(turns):
        event = QWheelEvent(
            at,
            QPointF(widget.mapToGlobal(at.toPoint())),
            QPoint(0, 0),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_comma_is_refused_and_kept(shown, look: Look, locale: str):
    """H1: "3,5" is never read as 35, in no locale and no field; the sentence says what is right.

    The fields of every form and page themselves: `test_deaf_wheel`.
    """
    QLocale.setDefault(QLocale(locale))
    fields = [NumberField(kind, unit, look) for kind, unit in KINDS]
    shown(*fields)
    for field in fields:
        QTest.keyClicks(field.edit, "3,5")
        assert field.text() == "3,5"
        assert field.value() is None
        assert "3.5" in field.refusal()
        assert field.note.text() == field.refusal()
        assert field.note.isVisible()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_point_is_read_alike_in_every_locale(shown, look: Look, locale: str):
    """H1: the station's mark decides, never the system's."""
    QLocale.setDefault(QLocale(locale))
    field = NumberField("weight", "kg", look)
    shown(field)
    QTest.keyClicks(field.edit, "3.5")
    assert field.text() == "3.5"
    assert field.value() == BodyWeight(3500)
    assert field.echo.text() == "read as 3.5 kg"


def test_a_station_with_a_comma_refuses_the_point(shown, look: Look):
    field = NumberField("weight", "kg", look, ",")
    shown(field)
    QTest.keyClicks(field.edit, "3,5")
    assert field.value() == BodyWeight(3500)
    assert field.echo.text() == "read as 3,5 kg"
    field.clear()
    QTest.keyClicks(field.edit, "3.5")
    assert field.text() == "3.5"
    assert field.value() is None
    assert "3,5" in field.refusal()


@pytest.mark.parametrize(
    "text",
    ["1e2", "3_5", "nan", "+3", "-3", "1 000", "1,000.5", ".5", "5.", "6.2345", "6.2 lb", "٣"],
)
def test_what_is_no_plain_number_is_refused_and_kept(shown, look: Look, text: str):
    """H1: nothing that Python's or Qt's own readers would take slips in."""
    field = NumberField("weight", "kg", look)
    shown(field)
    QGuiApplication.clipboard().setText(text)
    field.edit.setFocus()
    QTest.keySequence(field.edit, "Ctrl+V")
    assert field.text() == text
    assert field.value() is None
    assert field.refusal()


def test_grams_in_the_field_of_kilograms_are_named(shown, look: Look):
    """H4: another unit than the field's is refused, not converted."""
    field = NumberField("weight", "kg", look)
    shown(field)
    QTest.keyClicks(field.edit, "3500 g")
    assert field.value() is None
    assert "kg" in field.refusal()


def test_zero_is_a_value(shown, look: Look):
    """H21: an ANC of 0 is a result, not an empty field."""
    field = NumberField("anc", "/µL", look)
    shown(field)
    QTest.keyClicks(field.edit, "0")
    assert field.value() == Anc(0)
    assert not field.is_empty()
    assert field.echo.text() == "read as 0 per µL"


def test_thousands_are_set_apart_in_the_echo(shown, look: Look):
    field = NumberField("platelets", "10^9/L", look)
    shown(field)
    QTest.keyClicks(field.edit, "50")
    assert field.value() == Platelets(50_000)
    assert field.echo.text() == "read as 50\u202f000 per µL"


def test_an_emptied_field_is_neither_value_nor_refusal(shown, look: Look):
    field = NumberField("percent", "%", look)
    shown(field)
    QTest.keyClicks(field.edit, "35")
    assert field.value() == Decimal(35)
    field.clear()
    assert (field.value(), field.refusal(), field.echo.text()) == (None, "", "")


def test_edited_is_said_at_each_key(shown, look: Look):
    field = NumberField("weight", "kg", look)
    shown(field)
    said: list[str] = []
    field.edited.connect(lambda: said.append(field.text()))
    QTest.keyClicks(field.edit, "6.2")
    assert said == ["6", "6.", "6.2"]


@pytest.mark.parametrize("text", ["20-Nov-2026", "2026-11-20", "20-nov-2026"])
def test_a_day_is_echoed_with_its_weekday(shown, look: Look, text: str):
    field = DateField("Born", look)
    shown(field)
    QTest.keyClicks(field.edit, text)
    assert field.value() == date(2026, 11, 20)
    assert field.echo.text() == "Fri 20-Nov-2026"
    assert field.text() == text


@pytest.mark.parametrize("text", ["03/04/2026", "3.4.2026", "31-Feb-2026", "20 Nov 2026"])
def test_a_day_that_two_people_read_in_two_ways_is_refused(shown, look: Look, text: str):
    """H26: 03/04 is never guessed."""
    field = DateField("Born", look)
    shown(field)
    QTest.keyClicks(field.edit, text)
    assert (field.value(), field.text()) == (None, text)
    assert field.refusal()


def test_a_time_is_read_on_the_24_hour_clock(shown, look: Look):
    field = TimeField("at", look)
    shown(field)
    QTest.keyClicks(field.edit, "02:40")
    assert field.value() == time(2, 40)
    field.clear()
    QTest.keyClicks(field.edit, "2:40 pm")
    assert field.value() is None
    assert field.refusal()


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown]
)
def test_arrows_and_the_wheel_leave_typed_text_alone(shown, look: Look, key: Qt.Key):
    """H34: neither a key nor the wheel changes a clinical value."""
    number, day, clock, plain = (
        NumberField("weight", "kg", look),
        DateField("Born", look),
        TimeField("at", look),
        PlainEdit("Bed"),
    )
    shown(number, day, clock, plain)
    texts = ("6.2", "20-Nov-2026", "10:42", "4")
    edits = (number.edit, day.edit, clock.edit, plain)
    for edit, text in zip(edits, texts, strict=True):
        edit.setText(text)
        edit.setFocus()
        QTest.keyClick(edit, key)
        wheel(edit)
        assert edit.text() == text


def test_return_goes_to_the_next_field(shown, look: Look):
    """A scanner ends with Return: it moves on and presses nothing."""
    first, second = PlainEdit("Hospital number"), PlainEdit("Bed")
    shown(first, second)
    first.setFocus()
    QTest.keyClicks(first, "DEM 004 118")
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert second.hasFocus()
    assert first.text() == "DEM 004 118"


OPTIONS = (("f", "female"), ("m", "male"), ("u", "unknown"))


def test_a_choice_begins_without_one(shown, look: Look):
    choice = Choice("Sex", OPTIONS, look)
    shown(choice)
    assert choice.value() is None
    assert choice.currentText() == ""
    choice.choose("m")
    assert choice.value() == "m"
    choice.choose(None)
    assert choice.value() is None


def test_the_wheel_and_letters_leave_a_choice_alone(shown, look: Look):
    """H34: a closed list is deaf to the wheel, to letters and to Home and End."""
    choice = Choice("Sex", OPTIONS, look)
    shown(choice)
    choice.setFocus()
    for before in (None, "m"):
        choice.choose(before)
        wheel(choice)
        for key in (Qt.Key.Key_F, Qt.Key.Key_U, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp):
            choice.hidePopup()
            QTest.keyClick(choice, key)
        choice.hidePopup()
        assert choice.value() == before


def test_a_letter_opens_the_list_at_its_entry_and_return_takes_it(qtbot, shown, look: Look):
    """H34: the letter alone chooses nothing; one that no entry has stays a key of the page."""
    choice = Choice("Sex", OPTIONS, look)
    shown(choice)
    choice.setFocus()
    for key, taken in ((Qt.Key.Key_M, "m"), (Qt.Key.Key_F, "f")):
        before = choice.value()
        QTest.keyClick(choice, key)
        assert choice.view().isVisible() and choice.value() == before
        QTest.keyClick(choice.view(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not choice.view().isVisible())
        assert choice.value() == taken
    QTest.keyClick(choice, Qt.Key.Key_X)
    QTest.keyClick(choice, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert not choice.view().isVisible() and choice.value() == "f"


def test_an_open_list_answers_though_qt_hands_out_one_that_is_gone(shown, look: Look):
    """PySide may name a list that is gone where a new one lies at its address: no key worked then."""
    choice, gone = Choice("Sex", OPTIONS, look), QListView()
    shown(choice)
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_M)
    opened = choice.view()
    delete(gone)
    choice.view = lambda: gone  # type: ignore[method-assign]
    over = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier)
    assert choice.eventFilter(gone, over) is False
    QTest.keyClick(opened, Qt.Key.Key_Return)
    assert choice.value() == "m" and not opened.isVisible()


def test_tab_in_the_open_list_takes_what_is_marked_and_goes_on(qtbot, shown, look: Look):
    """Tab was swallowed by the open list, and with it all that was typed into the next field."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    choice, following = Choice("Sex", OPTIONS, look), PlainEdit("Name")
    column.addWidget(choice)
    column.addWidget(following)
    shown(holder)
    holder.activateWindow()
    for keys, taken in (((Qt.Key.Key_M,), "m"), ((Qt.Key.Key_Down, Qt.Key.Key_Down), "u")):
        choice.setFocus()
        for number, key in enumerate(keys):
            QTest.keyClick(choice.view() if number else choice, key)
        QTest.keyClick(choice.view(), Qt.Key.Key_Tab)
        qtbot.waitUntil(lambda: not choice.view().isVisible())
        assert choice.value() == taken and holder.focusWidget() is following
    choice.choose(None)
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Space)
    QTest.keyClick(choice.view(), Qt.Key.Key_Tab)
    assert choice.value() is None and holder.focusWidget() is following


def test_alt_and_a_letter_leave_the_open_list_with_what_is_marked(qtbot, shown, look: Look):
    """The open list swallowed every key after it, figures included (seen in the form of counts)."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    options = (("v", "vein"), ("p", "vein, port"), ("h", "heel"))
    choice, anc = Choice("From", options, look), PlainEdit("ANC")
    for words, field in (("&From", choice), ("&ANC", anc)):
        name = QLabel(words)
        name.setBuddy(field)
        column.addWidget(name)
        column.addWidget(field)
    shown(holder)
    holder.activateWindow()
    for typed, taken in (("v", "v"), ("vein,", "p"), ("vv", "p"), ("vh", "h")):
        choice.choose(None)
        anc.clear()
        choice.setFocus()
        for number, letter in enumerate(typed):
            QTest.keyClicks(choice.view() if number else choice, letter)
        QTest.keyClick(choice.view(), Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: not choice.view().isVisible())
        QTest.keyClicks(holder.focusWidget(), "0.62")
        assert (choice.value(), anc.text()) == (taken, "0.62")
    choice.choose(None)
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    QTest.keyClicks(choice.view(), "7")
    assert "“7” is not taken" in choice.accessibleDescription() and choice.view().isVisible()
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    assert choice.value() == "v" and not choice.view().isVisible(), "Down marks the first row"
    choice.choose(None)
    choice.passes_to = lambda text: anc if text.isdecimal() else None
    QTest.keyClicks(choice, "h")
    QTest.keyClicks(choice.view(), "9")
    assert (choice.value(), anc.text()) == ("h", "0.629") and holder.focusWidget() is anc


@pytest.mark.parametrize("kind", [DateField, TimeField])
def test_what_was_typed_is_quoted_letter_by_letter(shown, look: Look, kind):
    """Markup in a date came back bold in the line under the field."""
    field = kind("Born", look)
    shown(field)
    QTest.keyClicks(field.edit, "<b>x</b>")
    assert "<b>x</b>" in field.note.text()
    for part in (field.note, field.echo, field.unit_label):
        assert part.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_F4])
def test_a_key_opens_the_list_and_only_there_something_is_chosen(
    qtbot, shown, look: Look, key: Qt.Key
):
    choice = Choice("Sex", OPTIONS, look)
    shown(choice)
    choice.choose("m")
    choice.setFocus()
    QTest.keyClick(choice, key)
    assert choice.view().isVisible()
    assert choice.value() == "m"
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not choice.view().isVisible())
    assert choice.value() == "u"
    wheel(choice)
    assert choice.value() == "u"


def test_an_impossible_value_is_marked_in_words_and_shape(shown, look: Look):
    field = NumberField("weight", "kg", look)
    shown(field)
    QTest.keyClicks(field.edit, "56")
    field.set_note("5.6 → 56 kg: ten times the weight of 20-Nov-2026", "impossible")
    assert field.edit.property("trouble") is True
    assert field.edit.accessibleDescription().startswith("5.6 → 56 kg")
    assert field.text() == "56"
    field.set_note("")
    assert field.edit.property("trouble") is False
    assert not field.note.isVisible()
