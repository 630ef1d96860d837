"""Where the keyboard stands when a vial's clock starts, and when a button goes."""

from datetime import timedelta

from PySide6.QtTest import QTest

from tests.desktop_pages.page_driving import answering, sign_the_start
from tests.desktop_pages.test_doses_page import (  # noqa: F401 (fixtures)
    demonstration_values,
    page,
    start_clock,
)


def test_focus_never_comes_to_rest_on_discard_by_itself(page, bench):  # noqa: F811
    """H34: the next Return or blank would have thrown the vial away."""
    page.window().activateWindow()
    assert QTest.qWaitForWindowActive(page.window())
    page.vial.start_button.setFocus()
    start_clock(page)
    assert page.vial.currentIndex() == 1
    assert page.vial.infuse_button.hasFocus() and not page.vial.discard_button.hasFocus()
    bench.clock.now += timedelta(minutes=40)
    page.vial.tick()  # too late to start it as planned: its button goes off
    assert not page.vial.infuse_button.isEnabled()
    assert not page.vial.discard_button.hasFocus()
    page.vial.discard_button.setFocus()
    page.vial.tick()
    assert page.vial.discard_button.hasFocus()  # where somebody goes there, she stays


def test_once_the_start_is_signed_the_keyboard_is_not_on_discard(qtbot, page):  # noqa: F811
    """The form of the start was still in front when its button went: the next Return was Discard's."""
    page.window().activateWindow()
    assert QTest.qWaitForWindowActive(page.window())
    start_clock(page)
    page.vial.infuse_button.setFocus()
    answering(qtbot, page.vial.infuse_button.click, sign_the_start)
    assert page.vial.finish_button.isVisible() and not page.vial.infuse_button.isVisible()
    assert page.window().focusWidget() is page.vial.finish_button
