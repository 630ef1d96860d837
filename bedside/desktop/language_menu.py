"""The languages of the screen, each by its own name, in the menu beside the door for the text."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from bedside.desktop.language import choose_language, spoken_language
from bedside.words.languages import LANGUAGES

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def add_languages(window: "BedsideWindow", menu: QMenu) -> None:
    """Add an entry for each language; the one that is spoken is marked.

    Args:
        window: the window.
        menu: the menu that shows the sizes of text.
    """
    for language, name in LANGUAGES.items():
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(language == spoken_language())
        action.triggered.connect(partial(choose_language, window, language))
