"""The page Fever by real keys on a real ward, with a workstation clock that jumps (H16, H34, H35, H45)."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from bedside.desktop.fever_act_dialog import FeverActDialog
from bedside.desktop.fever_page import FeverPage
from bedside.desktop.reason_dialog import ReasonDialog
from bedside.ward.facts import facts_of
from bedside.ward.fever_clock import fever_clock
from tests.desktop_pages.page_driving import in_frame, type_into

ANIMATED_MS = 130


@pytest.fixture
def page(qtbot, bench, look, session) -> FeverPage:
    """88 neutrophils of this morning; it is 10:00."""
    bench.site(contacts=(("on call", "Dr Test", "4711"),))
    bench.enrol()
    bench.at(2026, 9, 20, 6, 0)
    bench.count(88, 26_000)
    bench.at(2026, 9, 20, 10, 0)
    made = FeverPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    made.take_focus()
    return made


def clock(bench):
    return fever_clock(bench.ward, facts_of(bench.ward, bench.infant))


def keys(page, text: str) -> None:
    QTest.keyClicks(page.window().focusWidget(), text)


def tab(page, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)


def record(page) -> None:
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(ANIMATED_MS)  # a key on a button shows it pressed for a moment first


def enter(page, text: str, site: str = "a") -> None:
    """A temperature by keys: the number, Tab over the unit, the letter of the site."""
    page.take_focus()
    keys(page, text)
    tab(page, 3)
    keys(page, site)


def test_a_fever_by_keys_starts_the_clock(page, bench) -> None:
    enter(page, "38.6")
    tab(page, 4)
    keys(page, "188")
    assert page.form.numbers["heart-rate"].text() == "188"
    record(page)
    assert clock(bench).first_fever_at == bench.clock()
    assert page.clock.figure.text() == "60 min"
    assert "give by 11:00" in page.clock.under.text()
    assert page.form.temperature.text() == "" and not page.is_dirty()
    assert page.form.temperature.edit.hasFocus()
    assert page.model.index(0, 1).data() == "38.6 °C arm"
    assert "temperature 38.6 °C under the arm" in page.row_words.text()
    assert page.model.index(0, 2).data() == "! 188"
    assert "Febrile neutropenia by CCLG" in page.state.site.words.text()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("368", "decimal mark is missing"),
        ("3.68", "misplaced"),
        ("101.5", "in °F"),
        ("38,6", "point"),
    ],
)
def test_slips_are_named_and_stay_in_the_field(page, bench, typed, words) -> None:
    enter(page, typed)
    assert words in page.form.note.text()
    record(page)
    assert words in page.refusals.text() and page.form.note.isHidden()  # said once
    assert page.form.temperature.text() == typed
    assert clock(bench) is None


def test_an_impossible_temperature_is_named_before_its_site_is_chosen(page, bench) -> None:
    keys(page, "394")
    assert "a decimal mark is missing" in page.form.note.text()
    assert page.form.temperature.text() == "394"
    record(page)
    assert "a decimal mark is missing" in page.refusals.text() and clock(bench) is None


def test_fahrenheit_is_chosen_by_its_letter(page, bench) -> None:
    keys(page, "101.5")
    tab(page, 2)
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Space)
    tab(page)
    keys(page, "e")
    record(page)
    assert page.model.index(0, 1).data() == "38.61 °C ear"
    assert "38.61 °C (101.5 °F) in the ear" in page.row_words.text()


def test_an_unusual_value_is_taken_the_second_time(page, bench) -> None:
    enter(page, "42.3")
    record(page)
    assert "second time" in page.refusals.text() and clock(bench) is None
    record(page)
    assert clock(bench) is not None


def test_the_site_is_asked_for_and_rectal_is_not_advised(page, bench) -> None:
    keys(page, "38.6")
    record(page)
    assert "where the temperature was taken" in page.refusals.text()
    enter(page, "", "r")
    assert "not advised" in page.form.temperature.where.text()


def answer_words(dialog, words: str) -> None:
    assert isinstance(dialog, FeverActDialog)
    QTest.keyClicks(dialog.words, words)
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)


def pressed(page, key: Qt.Key, answer) -> list[str]:
    """Press Alt and a key, answer the dialog that opens, and return what it said."""
    said: list[str] = []
    faults: list[Exception] = []
    tries = iter(range(60))

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            if next(tries, None) is not None:
                QTimer.singleShot(20, look)
            return
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        try:
            answer(dialog)
        except Exception as fault:  # noqa: BLE001  # raised again below, outside Qt
            faults.append(fault)
        if dialog.isVisible():
            dialog.done(0)

    page.window().activateWindow()
    QTest.qWaitForWindowActive(page.window())
    QTimer.singleShot(20, look)
    QTest.keyClick(page, key, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(ANIMATED_MS + 50)
    if faults:
        raise faults[0]
    assert said, "no dialog opened"
    return said


def test_what_was_done_is_recorded_by_keys_and_the_clock_stays(qtbot, page, bench) -> None:
    enter(page, "38.6")
    record(page)
    bench.at(2026, 9, 20, 10, 20)
    pressed(page, Qt.Key.Key_B, lambda d: answer_words(d, "both lumens"))
    said = pressed(page, Qt.Key.Key_L, lambda d: answer_words(d, "Dr Test"))
    assert any("4711" in words for words in said)
    bench.at(2026, 9, 20, 10, 46)
    pressed(page, Qt.Key.Key_A, lambda d: answer_words(d, "meropenem"))
    assert page.clock.title.text() == "First antibiotic started"
    assert page.clock.figure.text() == "10:46"
    assert "after 46 min" in page.clock.under.text()
    assert [act.kind for act in page._view.acts] == ["blood culture", "called", "antibiotics"]
    assert clock(bench) is not None
    pressed(page, Qt.Key.Key_Z, lambda d: answer_words(d, "better, stopped"))
    assert clock(bench) is None
    assert "better, stopped" in page.clock.because.text()


def test_the_antibiotic_is_asked_for_beside_the_allergies(
    qtbot, page, bench, look, session
) -> None:
    """Piperacillin was written down for an infant with "penicillin: rash"."""
    enter(page, "38.6")
    record(page)
    said = pressed(page, Qt.Key.Key_A, lambda dialog: None)
    assert f"Allergies: {page._view.allergies}" in said
    assert page._view.allergies == "No known allergies"
    said = pressed(page, Qt.Key.Key_L, lambda dialog: None)
    assert not any("Allergies" in words for words in said)
    for allergies, weight in (("penicillin: rash", "stop"), ("No known allergies", "ink")):
        dialog = FeverActDialog(
            look, session, "First antibiotic started", "&Which antibiotic", "&Record",
            bench.clock(), bench.clock, lambda at, words: None, allergies=allergies,
        )  # fmt: skip
        qtbot.addWidget(dialog)
        assert dialog.allergies.text() == f"Allergies: {allergies}"
        ink = dialog.allergies.palette().windowText().color()
        assert ink.name() == look.colour(weight).name()
        assert "Allergies" in dialog.words.accessibleDescription()


def test_empty_words_are_refused_and_the_dialog_stays(qtbot, page, bench) -> None:
    enter(page, "38.6")
    record(page)

    def nothing(dialog) -> None:
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
        assert dialog.isVisible()
        assert "Say which antibiotic" in dialog.refusals.text()

    pressed(page, Qt.Key.Key_A, nothing)
    assert clock(bench).given_at is None


def test_a_typed_time_is_kept(qtbot, page, bench) -> None:
    enter(page, "38.6")
    record(page)
    bench.at(2026, 9, 20, 10, 40)

    def typed(dialog) -> None:
        dialog.time.edit.selectAll()
        type_into(dialog.time.edit, "10:31")
        answer_words(dialog, "meropenem")

    pressed(page, Qt.Key.Key_A, typed)
    assert clock(bench).given_at.strftime("%H:%M") == "10:31"


def test_the_passed_hour_is_said_plainly_and_stays(page, bench) -> None:
    enter(page, "38.6")
    record(page)
    bench.at(2026, 9, 20, 11, 12)
    page.tick()
    assert "60 minutes have passed" in page.clock.title.text()
    assert page.clock.figure.text() == "12 min"
    bench.at(2026, 9, 22, 11, 12)
    page.tick()
    assert page.clock.figure.text() == "2 days"


def test_a_clock_put_back_under_the_page_gives_no_time_back(page, bench) -> None:
    enter(page, "38.6")
    record(page)
    bench.at(2026, 9, 20, 10, 30)
    page._watch()
    page.tick()
    assert page.clock.figure.text() == "30 min"
    bench.at(2026, 9, 20, 9, 30)
    page.tick()
    assert page.clock.figure.text() in ("29 min", "30 min")
    assert "put back by 60 min" in page.clock.note.text()


def test_a_clock_put_forward_is_said(page, bench) -> None:
    enter(page, "38.6")
    record(page)
    page._watch()
    bench.clock.now += timedelta(hours=3)
    page.tick()
    assert "went forward by 180 min" in page.clock.note.text()


def test_starting_by_hand_and_signs_without_fever(qtbot, page, bench) -> None:
    enter(page, "37.1")
    page.form.choices["unwell"].segments.buttons[0].setFocus()
    keys(page, "y")
    record(page)
    assert "at any temperature" in page.state.act_now.text()
    assert clock(bench) is None
    pressed(page, Qt.Key.Key_S, lambda d: answer_words(d, "looks ill"))
    assert clock(bench).because == "looks ill"


def test_striking_out_vital_signs(qtbot, page, bench) -> None:
    enter(page, "38.6")
    record(page)
    page.table.setCurrentIndex(page.model.index(0, 0))

    def because(dialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        QTest.keyClicks(dialog.reason, "another infant")
        QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)

    pressed(page, Qt.Key.Key_X, because)
    assert page.model.rowCount() == 0
    assert "another infant" in page.clock.note.text()


def test_the_definition_is_the_sites_choice(page, bench) -> None:
    page.state.definition.choose("vitalite")
    assert page._view.definition_key == "vitalite"
    assert "Vitalité" in page.state.site.words.text()
    assert "CTCAE" in page.state.ctcae.words.text()


def test_nothing_on_the_page_says_not_sepsis(page, bench) -> None:
    words = " ".join(label.text() for label in page.findChildren(QLabel)).casefold()
    assert "not sepsis" not in words and "no sepsis" not in words
    assert "does not exclude sepsis" in words
    assert "no value, counted as 0" in words


def test_a_sign_without_a_value_by_one_key_and_its_reason(page, bench) -> None:
    enter(page, "37.2")
    page.form.numbers["spo2"].edit.setFocus()
    keys(page, "x")
    assert page.form.numbers["spo2"].unit.text() == "unusable"
    assert page.form.why_row.isVisible()
    page.form.numbers["heart-rate"].edit.setFocus()
    keys(page, "- crying")
    record(page)
    assert "Say why there is no value for SpO2 (unusable)" in page.refusals.text()
    assert page.form.numbers["spo2"].text() == "x"
    page.form.why.setFocus()
    keys(page, "movement")
    record(page)
    assert page.model.index(0, 2).data() == page.model.index(0, 5).data() == "no value"
    assert "heart rate not done: crying" in page.row_words.text()
    assert "SpO2 unusable: movement" in page.row_words.text()
    assert "(unusable: movement)" in page.state.phoenix.missing.text()
    assert page.form.why_row.isHidden() and not page.is_dirty()


def test_a_word_without_a_value_by_one_key_and_back(page, bench) -> None:
    avpu = page.form.choices["avpu"]
    avpu.segments.buttons[0].setFocus()
    keys(page, "a")
    assert avpu.value() == "alert"
    keys(page, "-")
    assert avpu.value() == "" and avpu.caption.text() == "Consciousness: not done"
    keys(page, "x")
    assert avpu.caption.text() == "Consciousness: unusable" and page.is_dirty()
    keys(page, "x")
    assert avpu.caption.text() == "Consciousness" and not page.is_dirty()


def test_seldom_signs_are_folded_and_what_is_typed_there_is_said(page, bench) -> None:
    assert page.form.more.isHidden()
    QTest.keyClick(page, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(ANIMATED_MS)
    assert page.form.more.isVisible() and page.form.more_button.text() == "Fewer signs"
    page.form.numbers["gcs"].edit.setFocus()
    keys(page, "14")
    QTest.keyClick(page, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(ANIMATED_MS)
    assert page.form.more_button.text() == "More signs (1 typed)"
    record(page)
    assert page.model.index(0, 7).data() == "1 more"
    assert "GCS 14 points" in page.row_words.text()


def test_the_expected_fall_is_answered_by_keys(page, bench) -> None:
    assert page.state.fall.isHidden()
    page.state.definition.choose("vitalite")
    fall = page.state.fall
    assert fall.isVisible() and fall.segments.value() == -1
    fall.segments.buttons[2].setFocus()
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Space)
    assert page._view.fall.answer == "not known" and "20-Sep-2026 10:00" in fall.words.text()
    fall.segments.buttons[0].setFocus()
    keys(page, "y")
    assert page._view.fall.answer == "yes"


def test_the_table_fits_without_scrolling_sideways(qtbot, page, bench) -> None:
    from PySide6.QtGui import QFontMetrics

    page.window().resize(1366, 768)
    enter(page, "38.6")
    page.form.numbers["heart-rate"].edit.setText("x moved")
    page.form.numbers["systolic"].edit.setText("102")
    page.form.numbers["diastolic"].edit.setText("64")
    record(page)
    head = page.table.horizontalHeader()
    narrow = 1366 - 92 - 540 - 33 - 32  # beside the navigation, the left part and the margins
    bar = page.table.verticalScrollBar().sizeHint().width()
    assert sum(head.sectionSize(column) for column in range(7)) + 62 <= narrow - bar
    metrics = QFontMetrics(page.look.font("body"))
    for column in range(7):
        text = str(page.model.index(0, column).data() or "")
        assert metrics.horizontalAdvance(text) + 10 <= head.sectionSize(column), text
