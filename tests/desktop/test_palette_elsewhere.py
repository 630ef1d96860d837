"""The palette does what stands on another page as it does what is in sight, or says why not."""

import pytest
from PySide6.QtWidgets import QPushButton

from bedside.desktop.window import BedsideWindow
from tests.desktop.test_palette import RETURN, opened, typing


@pytest.mark.parametrize(
    ("typed", "words", "page", "begun"),
    [
        ("risk and", "Risk &and arm…", 0, 2),
        ("cumulative", "C&umulative doses…", 6, 2),
        ("reduce", "Re&duce a dose…", 6, 2),
        ("correct a rec", "Correct a reco&rd…", 0, 2),
        ("correct a rec", "Correct a reco&rd…", 0, 0),
    ],
)
def test_it_goes_to_another_page_and_does_it_there(
    window: BedsideWindow, infant_of, answer, monkeypatch, typed, words, page, begun
):
    """One rule: Return does it, in sight or not. "Reduce a dose…" was only gone to."""
    pressed = []
    monkeypatch.setattr(QPushButton, "click", lambda button: pressed.append(button.text()))
    window.open_infant(infant_of("4"))
    window.show_page(begun)
    opened(answer, window, typing(typed), RETURN)
    assert window.pages.index == page and pressed == [words]


@pytest.mark.parametrize(
    ("typed", "words", "page"),
    [("open the next", "Open the next course", 0), ("start vial", "Start vial clock", 6)],
)
def test_what_is_closed_on_another_page_says_why(
    window: BedsideWindow, infant_of, answer, typed, words, page
):
    window.open_infant(infant_of("5"))
    window.show_page(2)
    opened(answer, window, typing(typed), RETURN)
    said = window.frame.status.said
    assert window.pages.index == page and words in said.text() and said.isVisible()


def test_second_check_leads_to_the_dose_that_waits(window: BedsideWindow, infant_of, answer):
    """The door of Other drugs was dead where only azacitidine waits for it."""
    window.open_infant(infant_of("3"))
    window.show_page(6)
    window.pages.page.show_part(2)
    opened(answer, window, typing("second check"), RETURN)
    assert window.frame.blind is not None
    assert "azaCITIDine" in window.frame.blind.page.count.sheet.title
    window.frame.end_check()
