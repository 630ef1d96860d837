"""Pages are made while nobody waits for them; one made under another decimal mark is made anew."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.ahead import make_pages
from bedside.desktop.theme_change import other_theme
from bedside.ward.site import save_site, site_form
from tests.desktop.locked_window import idle_for, locked, sign_in  # noqa: F401 (a fixture)
from tests.ward.peopled import BERG

COUNTS = 2


def live(window):
    return window.pages._live


def made(qtbot, window):
    """Wait until every page is there."""
    qtbot.waitUntil(lambda: len(live(window)) == len(window.doors), timeout=5000)


def test_pages_are_made_out_of_sight_and_take_nothing(window, infant_of, qtbot):
    focus = window.focusWidget()
    make_pages(window)
    made(qtbot, window)
    assert window.frame.on_list and window.focusWidget() is focus
    assert [page.infant_id for page in live(window).values()] == [None] * len(window.doors)
    assert not any(page.isVisible() for page in live(window).values())
    assert window.frame.drafts() == []
    before = dict(live(window))
    window.open_infant(infant_of("3"))
    for number in range(1, len(window.doors)):
        assert window.show_page(number)
        assert window.pages.page is before[number] and window.pages.page.isVisible()
        assert window.pages.page.infant_id == infant_of("3")


def test_a_page_that_is_open_already_stays(window, infant_of, qtbot):
    window.open_infant(infant_of("2"), COUNTS)
    page = window.pages.page
    make_pages(window)
    made(qtbot, window)
    assert window.pages.page is page and page.isVisible() and page.infant_id == infant_of("2")


def test_after_another_theme_they_are_made_again(window, infant_of, qtbot):
    make_pages(window)
    made(qtbot, window)
    window.open_infant(infant_of("3"), COUNTS)
    other_theme(window)
    assert list(live(window)) == [COUNTS]  # no other page is made for the sake of this one
    made(qtbot, window)
    assert {page.look.theme for page in live(window).values()} == {"dark"}
    assert window.pages.page is live(window)[COUNTS] and window.pages.page.isVisible()


def test_while_the_screen_is_locked_nothing_is_made(locked, clock, qtbot):  # noqa: F811
    sign_in(locked, BERG)
    made(qtbot, locked)
    locked.pages.let_go_of_others()
    make_pages(locked)
    frame = locked.frame
    idle_for(locked, clock, 200)
    qtbot.wait(200)
    assert frame.pages._live == {}
    sign_in(locked, BERG)
    made(qtbot, locked)


def take_comma(window):
    save_site(window.ward, replace(site_form(window.ward), decimal_mark=","), who="E. Sørensen, RN")
    QTest.keyClick(window, Qt.Key.Key_F5)
    QApplication.processEvents()


def leukocytes(window):
    return window.pages.page.form.lines["wbc"]


def typed(window, text):
    """Cells per µL that a typed count is read as, None where refused; the field is empty again after it."""
    line = leukocytes(window)
    QTest.keyClicks(line.field.edit, text)
    value = line.value()
    line.field.edit.clear()
    return None if value is None else value.per_ul


def test_another_decimal_mark_holds_on_every_page_at_once(window, infant_of, qtbot):
    make_pages(window)
    made(qtbot, window)
    window.open_infant(infant_of("3"), COUNTS)
    assert (typed(window, "3,5"), typed(window, "3.5")) == (None, 3500)
    take_comma(window)
    assert (typed(window, "3,5"), typed(window, "3.5")) == (3500, None)
    window.show_page(0)
    assert {live(window)[number].decimal_mark for number in (0, COUNTS)} == {","}


def test_what_was_typed_under_the_mark_of_before_stays_as_it_is(window, infant_of):
    window.open_infant(infant_of("3"), COUNTS)
    line = leukocytes(window)
    QTest.keyClicks(line.field.edit, "3.5")
    read, page = line.value(), window.pages.page
    take_comma(window)
    kept, value = window.pages.page is page, line.value()
    line.field.edit.clear()
    assert kept and value == read is not None
