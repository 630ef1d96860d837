"""Where the keyboard stands when a vial's clock starts, and when a button goes."""

from datetime import timedelta

from PySide6.QtTest import QTest

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
