"""Stands on a button of a page that has just come into sight, or says why it is not to be pressed now.

Decision: one rule for everything that the palette finds: Return does it. Of a page that was not in sight
the button is then pressed as one in sight would be, and its form says whom it is about. Only what
records at once, without a form, about a row that nobody has looked at yet waits for one more Return.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from bedside.desktop.act_words import place_words
from bedside.desktop.acts import why_closed
from bedside.desktop.spoken import spoken

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def button_there(window: "BedsideWindow", page: QWidget, words: str) -> QAbstractButton | None:
    """The button of a page that has these words and can be seen."""
    wanted = spoken(words)
    for button in page.findChildren(QAbstractButton):
        if button.isVisibleTo(window) and spoken(button.text().replace("&", "")) == wanted:
            return button
    return None


def stand_on(
    window: "BedsideWindow",
    button: QAbstractButton | None,
    words: str,
    *,
    waits: str = "",
    at_once: bool = False,
) -> QAbstractButton | None:
    """Give a button the keyboard.

    Args:
        window: the page of the button is in its sight.
        button: None where it cannot be seen now.
        words: on it, in the reader's language.
        waits: for what it waits where it does not say so itself.
        at_once: it records without a form.

    Returns:
        The button, to be pressed; None where it is closed, or to be looked at first: the status line
        says so.
    """
    unsaid = place_words("closed now")
    why = unsaid
    if button is not None:
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        why = why_closed(window, button)
    if why == unsaid and waits:
        why = waits
    if not why and at_once:
        why = QCoreApplication.translate(
            "acts", "this records at once: look first, Return presses it"
        )
    if why:
        said = QCoreApplication.translate("acts", "“{0}”: {1}")
        window.frame.status.say(said.format(words, why))
        return None
    return button
