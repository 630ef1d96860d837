"""A page with a draft follows theme, size and language; what is typed reads the same, and nothing is lost (H25)."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop import leave_dialog, made_anew
from bedside.desktop.handover_door import show_handover
from bedside.desktop.language import speak
from bedside.desktop.look import Look
from bedside.ward.board import board
from bedside.ward.count_normal import Normal
from bedside.ward.toxicity_round import round_of
from tests.desktop.test_kept_rounds import COUNTS, DOSES, GROUP, P, answered

FEVER = 5
LOOKS = (Look("dark"), Look("light"))


@pytest.fixture
def leaving(window, monkeypatch):
    """The window; at the end of a test nobody is asked, and the screen is light, small and English."""
    monkeypatch.setattr(leave_dialog, "may_close", lambda window: True)
    yield window
    speak(QApplication.instance(), "en")


def take(window, look, language="en"):
    """Another look and language, and the widgets of before are gone as after a turn of the event loop."""
    speak(QApplication.instance(), language)
    window.set_theme(look)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def type_counts(window, infant):
    """A time, figures in a unit of this count's own, and one that cannot be read."""
    window.pages.show_infant(infant, COUNTS)
    form = window.pages.page.form
    units = dict(form.normal.by_measure) | {"haemoglobin": Normal("mmol/L")}
    form.set_normal(type(form.normal)("Laboratory 2", units))
    QTest.keyClicks(form.when.time.edit, "09:40")
    for key, typed in (("wbc", "4.1"), ("platelets", "a"), ("haemoglobin", "6.2")):
        QTest.keyClicks(form.lines[key].field.edit, typed)
    form.lines["platelets"].field.edit.setFocus()


def type_fever(window, infant):
    """A temperature, and the folded signs unfolded."""
    window.pages.show_infant(infant, FEVER)
    QTest.keyClicks(window.pages.page.form.temperature.edit, "38.6")
    window.pages.page.form.fold()


def said(window):
    """What each page makes of what is typed in it."""
    pages = {type(page).__name__: page for page in window.pages.typed_pages()}
    form, fever = pages["CountsPage"].form, pages["FeverPage"].form
    return {
        "counts": {key: line.field.text() for key, line in form.lines.items()},
        "counts read": (form.when.time.edit.text(), form.reading(), form.normal),
        "fever": (fever.signs(), fever.taken(), fever.more.isHidden()),
        "vial": (pages["DosesPage"].vial.reconstituted(), pages["DosesPage"].vial.typed_minutes()),
        "round": (pages["ToxicitiesPage"].round.answers(), pages["ToxicitiesPage"].in_round),
    }


def waiting_vial(window):
    """An infant for whom a vial is to be made up."""
    for row in board(window.ward).rows:
        window.pages.show_infant(row.infant_id, DOSES)
        vial = window.pages.page.vial
        if vial.day is not None and vial.clock is None:
            return row.infant_id
    raise AssertionError("no vial waits in the demonstration")


def test_every_page_with_a_draft_follows_theme_size_and_language(leaving, infant_of, clock):
    """Each of the four is a new page that reads the same, with the keyboard in the same field."""
    window = leaving
    every = [round_of(window.ward, row.infant_id) for row in board(window.ward).rows]
    fitting = (one for one in every if one.items and one.proposals and one.asked)
    infant = max(fitting, key=lambda one: len(one.items)).infant_id
    before = answered(window, infant)
    for _ in range(3):
        clock.now += timedelta(minutes=1)
        window.pages.page.refresh()
    assert window.pages.page.round.answers() == before, "the round began when it began"
    waits = waiting_vial(window)
    QTest.keyClicks(window.pages.page.vial.time.edit, "10:05")
    type_fever(window, infant_of("2"))
    type_counts(window, infant_of("5"))
    typed, old, drafts = said(window), window.pages.typed_pages(), window.pages.drafts()
    assert len(old) == 4 and typed["counts"]["platelets"] == "a" and waits
    for look, language in ((Look("dark", 125), "de"), (Look("light"), "en")):
        take(window, look, language)
        pages = window.pages.typed_pages()
        assert {page.look for page in pages} == {look} and not set(pages) & set(old)
        assert said(window) == typed and sorted(window.pages.drafts()) == sorted(drafts)
        assert window.drafts.carried_names(window.frame) == []
        assert window.focusWidget() is window.pages.page.form.lines["platelets"].field.edit


def test_what_does_not_read_equal_stays_as_it_was_begun(leaving, infant_of, monkeypatch):
    window = leaving
    window.open_infant(infant_of("5"))
    window.show_page(COUNTS)
    page = window.pages.page
    QTest.keyClicks(page.form.when.time.edit, "09:40")
    with monkeypatch.context() as broken:
        broken.setattr(made_anew, "type_at", lambda field, typed: None)
        take(window, LOOKS[0])
    assert window.pages.page is page and page.form.when.time.edit.text() == "09:40"
    assert page.property("carried") and window.drafts.carried_names(window.frame)
    window.session.unsure.add(page)  # nobody can say what became of its save
    take(window, LOOKS[1])
    assert window.pages.page is page
    window.session.unsure.clear()
    take(window, LOOKS[0])
    assert window.pages.page is not page and window.drafts.carried_names(window.frame) == []


def press_door(window, name):
    getattr(window.navigation, name).click()


def test_a_page_of_the_ward_stays_in_sight(leaving):
    """People, Backup, Protocols and the others; a blind pass goes on with its unread row."""
    window = leaving
    shows = (
        window.show_people,
        window.show_site,
        window.show_protocols,
        window.show_cohort,
        partial(press_door, window, "backup"),
        partial(press_door, window, "record"),
        partial(show_handover, window),
    )
    for number, show in enumerate(shows):
        show()
        kind = type(window.stack.currentWidget())
        where = window.navigation.people.isChecked()
        take(window, LOOKS[number % 2])
        assert type(window.stack.currentWidget()) is kind
        assert window.navigation.people.isChecked() == where
        assert not window.navigation.ward.isChecked()


def test_rows_of_a_pass_follow(leaving):
    window = leaving
    window.show_commissioning()
    page = window.frame.commissioning
    page.choose(P, GROUP)
    page.overview.pass_button.click()
    row = next(one for one in page.typing.rows if not one.row.choices)
    row.field.setFocus()
    QTest.keyClicks(row.edit, "7.77 nonsense")
    take(window, LOOKS[0])
    now = window.frame.commissioning
    assert now is not page and now.look is window.look and window.stack.currentWidget() is now
    assert now.group().key == GROUP and now.stack.currentWidget() is now.typing
    assert [one.text() for one in now.typing.rows if one.is_draft()] == ["7.77 nonsense"]
    assert window.own_drafts() and window.drafts.carried_names(window.frame) == []
