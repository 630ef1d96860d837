"""The first start, step by step with keys: nothing is made before the last step, nothing typed is lost."""

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from bedside.app import has_ward, open_ward
from bedside.desktop.founding_dialog import FoundingDialog
from bedside.desktop.language import speak, spoken_language
from bedside.desktop.locking import Locking
from bedside.desktop.start import LANGUAGE_KEY, station, station_language
from bedside.first_start import first_start
from bedside.store.key_doors import open_by_passphrase, open_by_recovery_code
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up
from bedside.ward.backup_settings import BackupSettings, save_backup_settings
from bedside.ward.people import has_people, people
from bedside.ward.restored_state import restored_view
from tests.ward.peopled import BERG, KELLER, SECRETS, cheap
from tests.ward.wards import NURSE, Bench

CODE = "7K3QD-91MXT-BB20F-V7YA9"


@pytest.fixture
def founding(qtbot, look):
    made = []

    def make(form):
        made.append(form)
        return CODE, b"%PDF-1.4 the sheet"

    dialog = FoundingDialog(look, make, encrypted=True)
    dialog.made = made
    qtbot.addWidget(dialog, before_close_func=give_up)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def give_up(dialog):
    dialog.sheet, dialog._typed = None, lambda: False  # at the end of a test nobody is asked


def fill(form, name, *roles):
    QTest.keyClicks(form.name, name)
    for role in roles:
        QTest.keyClick(form.roles.boxes[role], Qt.Key.Key_Space)
    for field in (form.secret.first, form.secret.again):
        field.clear()
        QTest.keyClicks(field, SECRETS[name])


def walk(dialog):
    """Every step up to the last one."""
    QTest.keyClicks(dialog.names.ward, "Ward 4")
    dialog.go_on()
    dialog.words.draw.click()
    words = dialog.words.drawn.text()
    for field in (dialog.words.secret.first, dialog.words.secret.again):
        QTest.keyClicks(field, words)
    dialog.go_on()
    fill(dialog.first, KELLER, "pharmacist", "administrator")
    dialog.go_on()
    fill(dialog.second, BERG, "nurse")
    return words


def test_each_step_says_why_and_keeps_what_was_typed(founding):
    founding.go_on()
    assert founding.at == "names" and "needs a name" in founding.refusals.text()
    QTest.keyClicks(founding.names.ward, "Ward 4")
    founding.go_on()
    QTest.keyClicks(founding.words.secret.first, "too few words")
    founding.go_on()
    assert founding.at == "passphrase" and "at least 5 words; 3" in founding.refusals.text()
    founding.step_back()
    assert founding.names.ward.text() == "Ward 4" and founding.refusals.isHidden()
    founding.go_on()
    assert founding.words.secret.first.text() == "too few words" and founding.made == []


def test_five_words_are_drawn_and_shown_once_typed_twice(founding):
    QTest.keyClicks(founding.names.ward, "Ward 4")
    founding.go_on()
    secret = founding.words.secret
    for field in (secret.first, secret.again):
        QTest.keyClicks(field, "heron lamp ferry bread")
        QTest.keyClicks(field, " snow")
    assert founding.words.drawn.text() == "heron lamp ferry bread snow"
    QTest.keyClick(secret.again, Qt.Key.Key_Backspace)
    assert "snow" not in founding.words.drawn.text() or founding.words.drawn.text() == ""
    QTest.keyClicks(secret.again, "w")
    founding.go_on()
    founding.step_back()
    assert founding.words.drawn.text() == "", "it was shown once; going back does not show it again"


def test_what_will_be_refused_is_not_shown_and_drawing_takes_the_refusal_away(founding):
    QTest.keyClicks(founding.names.ward, "Ward 4")
    founding.go_on()
    for field in (founding.words.secret.first, founding.words.secret.again):
        QTest.keyClicks(field, "heron lamp ferry bread")
    assert founding.words.drawn.text() == "" == founding.words.shown.text()
    founding.go_on()
    assert "at least 5 words; 4" in founding.refusals.text()
    founding.words.draw.click()
    assert founding.refusals.isHidden() and len(founding.words.drawn.text().split()) == 5


def test_the_recovery_sheet_is_among_the_steps_from_the_first_on(founding):
    def listed():
        found = [
            one.text() for one in founding.findChildren(QLabel) if "Recovery sheet" in one.text()
        ]
        return [words for words in found if words.strip()[0] in "5▸"]

    assert listed() == ["  5. Recovery sheet"]
    walk(founding)
    founding.go_on()
    assert listed() == ["▸ 5. Recovery sheet"]
    assert founding.sheet.print_button.hasFocus()


def test_the_ward_is_made_at_the_last_step_and_the_code_is_read_from_the_paper(founding, tmp_path):
    words = walk(founding)
    assert founding.made == []
    founding.go_on()
    (form,) = founding.made
    assert (form.ward_name, form.passphrase) == ("Ward 4", words)
    assert (form.first.name, form.first.initials, form.first.roles) == (
        KELLER,
        "MK",
        ("pharmacist", "administrator"),
    )
    assert founding.at == "sheet" and not any(founding.first.secret.value())
    assert founding.sheet.code.text() == CODE.replace("-", " ")
    founding.reject()
    assert (
        founding.isVisible() and "Print the sheet, type its last group" in founding.refusals.text()
    )
    QTest.keyClicks(founding.sheet.last, "V7YA8")
    founding.go_on()
    assert founding.isVisible() and "not the last group" in founding.refusals.text()
    founding.sheet.keep(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "sheet.pdf").stat().st_mode & 0o077 == 0
    founding.sheet.keep(tmp_path / "nowhere" / "sheet.pdf")
    assert "could not be written" in founding.refusals.text()
    founding.sheet.last.clear()
    QTest.keyClicks(founding.sheet.last, "v7ya9")
    founding.go_on()
    assert founding.result() == 1


def test_it_says_that_it_works_and_a_second_click_falls_on_no_button(founding, monkeypatch):
    """The form stood there for 4 s with a live button; the next click hit the next page's."""
    walk(founding)
    seen = []

    def make(form):
        button = founding.next_button
        seen.append((button.isEnabled(), founding.back_button.isEnabled(), button.text()))
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            click = QMouseEvent(
                kind,
                QPointF(5, 5),
                button.mapToGlobal(QPointF(5, 5)),
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
            QCoreApplication.postEvent(button, click)  # as a hand that clicks again meanwhile
        return CODE, b"%PDF"

    monkeypatch.setattr(founding, "_make", make)
    QTest.mouseClick(founding.next_button, Qt.MouseButton.LeftButton)
    assert seen == [(False, False, "Making it … a few seconds")]
    assert founding.at == "sheet" and founding.next_button.isEnabled()
    assert founding.next_button.text() == "&Open the ward"
    QApplication.processEvents()
    assert founding.isVisible() and founding.refusals.isHidden(), "the second click pressed nothing"


def test_a_refusal_of_the_disk_keeps_every_word(founding, monkeypatch):
    walk(founding)

    def refuse(form):
        raise Refused("There is no room on this disk.")

    monkeypatch.setattr(founding, "_make", refuse)
    founding.go_on()
    assert founding.refusals.text() == "There is no room on this disk."
    assert founding.next_button.isEnabled() and founding.next_button.text() == "&Make the ward"
    assert founding.at == "second" and founding.second.secret.value()[0] == SECRETS[BERG]


def test_bedside_without_a_ward_makes_one(qapp, tmp_path, clock, answer):
    """The real first start, from the front door to a ward in its folder."""
    folder = tmp_path / "ward"
    assert not has_ward(folder)

    typed = []

    def steps(dialog):
        typed.append(walk(dialog))
        dialog.go_on()
        code = dialog.sheet.code.text().split()
        assert len(code) == 8
        QTest.keyClicks(dialog.sheet.last, code[-1])
        typed.append("-".join(code))
        dialog.go_on()

    said = answer(steps)
    with cheap():
        keys = first_start(folder, clock)
    assert said.asked == 1 and has_ward(folder)
    assert not folder.with_name(".ward.part").exists()
    assert b"SQLite format" not in (folder / "ward.sqlite3").read_bytes()[:64]
    assert keys is not None
    ward = open_ward(folder, clock, create=False, keys=keys)
    assert [one.name for one in people(ward)] == [BERG, KELLER]
    assert ward.site_title[0] == "Ward 4"
    assert ward.is_ward_passphrase(typed[0].upper() + " ")
    assert not ward.is_ward_passphrase(SECRETS[BERG]) and not ward.is_ward_passphrase("")
    ward.store.close()
    for opened in (
        open_by_passphrase(folder, typed[0], clock()),
        open_by_recovery_code(folder, typed[1], clock()),
    ):
        assert opened.database == keys.database and opened.seal == keys.seal


@pytest.fixture
def lost(tmp_path, clock):
    """A ward whose computer is gone: only its second medium is left."""
    bench = Bench(tmp_path / "gone")
    bench.site()
    bench.enrol()
    stick = tmp_path / "stick"
    stick.mkdir()
    save_backup_settings(bench.ward, BackupSettings(str(stick)), who=NURSE)
    back_up(bench.ward, "by hand")
    bench.ward.store.close()
    shutil.rmtree(bench.folder)
    clock.now = bench.clock.now + timedelta(minutes=30)
    return stick


def test_a_lost_ward_comes_back_from_its_second_medium(
    lost, qapp, tmp_path, clock, answer, monkeypatch
):
    """The first page, by keys: the stick, the two names; nothing of what was done since is known."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(lost))
    folder = tmp_path / "ward"

    def two(form):
        assert "cannot be told" in form.lost.text()
        QTest.keyClicks(form.who, "A. Ende, nurse")
        QTest.keyClicks(form.second, "N. Berg, nurse")
        QTest.keyClick(form.act_button, Qt.Key.Key_Space)

    def first_page(dialog):
        answer(two)
        QTest.keyClick(dialog.restore_button, Qt.Key.Key_Space)

    said = answer(first_page)
    assert first_start(folder, clock) is None and said.asked == 1
    ward = open_ward(folder, clock, create=False)
    view = restored_view(ward)
    assert view is not None and not view.known and view.by.startswith("A. Ende, nurse")
    assert [act.infant for act in view.acts][:2] == ["", "MUSTER, Ida"]
    ward.store.close()


@pytest.mark.parametrize("wards", [0, 2])
def test_a_medium_with_no_ward_or_with_two_is_refused(
    wards, qapp, tmp_path, clock, answer, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in range(wards):
        bench = Bench(tmp_path / f"ward-{number}")
        bench.site()
        save_backup_settings(bench.ward, BackupSettings(str(stick)), who=NURSE)
        back_up(bench.ward, "by hand")
        bench.ward.store.close()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    heard = []

    def first_page(dialog):
        QTest.keyClick(dialog.restore_button, Qt.Key.Key_Space)
        heard.append(dialog.refusals.text())
        dialog.step_back()

    said = answer(first_page)
    assert first_start(tmp_path / "ward", clock) is None and said.asked == 1
    assert ("several wards" if wards else "no copies") in heard[0]
    assert not (tmp_path / "ward").exists()


def test_going_back_from_the_restore_leaves_nothing(
    lost, qapp, tmp_path, clock, answer, monkeypatch
):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(lost))
    folder = tmp_path / "ward"

    def first_page(dialog):
        answer(lambda form: form.reject())
        QTest.keyClick(dialog.restore_button, Qt.Key.Key_Space)
        dialog.step_back()

    said = answer(first_page)
    assert first_start(folder, clock) is None and said.asked == 1
    assert not folder.exists()


def test_a_ward_without_people_gets_its_first_two_and_locks(qtbot, empty_ward, look, session):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from bedside.desktop.page_door import every_door
    from bedside.desktop.window import BedsideWindow

    window = BedsideWindow(empty_ward, look, session, every_door())
    qtbot.addWidget(window)
    window.show()
    assert not has_people(empty_ward) and window.locking is None

    def steps():
        dialog = QApplication.activeModalWidget()
        fill(dialog.first, KELLER, "pharmacist", "administrator")
        dialog.go_on()
        fill(dialog.second, BERG, "nurse")
        dialog.go_on()

    QTimer.singleShot(50, steps)
    window.show_people()
    begin = window.stack.currentWidget().people.begin
    assert window.focusWidget() is begin
    with cheap():
        QTest.keyClick(begin, Qt.Key.Key_Space)
    assert has_people(empty_ward) and isinstance(window.locking, Locking)
    assert window.locking.page.choosing


def test_return_leads_from_field_to_field_to_the_button_that_goes_on(founding):
    """Never to Close: the first field has the keyboard, and Return alone walks the whole way."""
    founding.activateWindow()
    QTest.qWaitForWindowActive(founding)
    assert founding.focusWidget() is founding.names.site
    QTest.keyClicks(founding.names.site, "City hospital")
    QTest.keyClick(founding.names.site, Qt.Key.Key_Return)
    assert founding.focusWidget() is founding.names.ward
    QTest.keyClicks(founding.names.ward, "Ward 4")
    QTest.keyClick(founding.names.ward, Qt.Key.Key_Return)
    assert founding.focusWidget() is founding.names.mark
    QTest.keyClick(founding.names.mark, Qt.Key.Key_Return)
    assert founding.focusWidget() is founding.next_button
    QTest.keyClick(founding.next_button, Qt.Key.Key_Return)
    assert founding.at == "passphrase"
    for field in (founding.words.secret.first, founding.words.secret.again):
        QTest.keyClicks(field, "one two three four five")
    QTest.keyClick(founding.words.secret.again, Qt.Key.Key_Return)
    assert founding.focusWidget() is founding.next_button


def test_a_refusal_goes_as_soon_as_somebody_types_on(founding):
    founding.go_on()
    assert founding.refusals.isVisible()
    QTest.keyClicks(founding.names.ward, "W")
    assert not founding.refusals.isVisible()


def drawn(button):
    """A button's words as they stand on the screen: what is asked back from Qt is English."""
    return button.property("text").replace("&", "")


def test_the_first_page_asks_for_language_and_decimal_mark(founding):
    """What was typed stays as the screen learns to speak German, and English again."""
    assert founding.names.language.value() == "en" and founding.names.mark.value() is None
    QTest.keyClicks(founding.names.site, "Good &Go on")
    try:
        choice = founding.names.language
        for language, said in (("de", "Weiter"), ("en", "Go on"), ("de", "Weiter")):
            choice.showPopup()
            choice.setCurrentIndex(choice.findData(language))
            choice.hidePopup()
            assert station_language() == language == spoken_language()
            assert drawn(founding.next_button) == said
            assert founding.names.site.text() == "Good &Go on"
    finally:
        speak(QApplication.instance(), "en")
        station().remove(LANGUAGE_KEY)  # other tests start in English
