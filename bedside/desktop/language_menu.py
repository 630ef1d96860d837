"""The languages of the screen, each by its own name, in the menu beside the door for the text."""

from functools import partial
from typing import TYPE_CHECKING

from bedside.desktop.language import choose_language, spoken_language
from bedside.desktop.word_menu import WordMenu
from bedside.words.languages import LANGUAGES

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def add_languages(window: "BedsideWindow", menu: WordMenu) -> None:
    """Add an entry for each language; the one that is spoken is marked.

    Args:
        window: the window.
        menu: the menu that shows the sizes of text.
    """
    group = menu.one_of()
    for language, name in LANGUAGES.items():
        take = partial(choose_language, window, language)
        menu.add_choice(name, take, chosen=language == spoken_language(), group=group)
