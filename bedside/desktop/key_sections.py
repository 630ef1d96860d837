"""What the page of shortcuts lists, by place: read from the same acts as the palette, none by hand."""

from typing import TYPE_CHECKING

from bedside.desktop.act_words import LOCAL_KEYS, in_words
from bedside.desktop.acts import acts_everywhere, acts_of_infant, acts_of_page, place_in_sight

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

Section = tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]  # a heading; what, and its keys


def key_sections(window: "BedsideWindow") -> tuple[Section, ...]:
    """The keys of a window with what is in sight: everywhere, on this page, with an infant, in parts."""
    everywhere = tuple((act.words, act.keys) for act in acts_everywhere(window))
    page = tuple((act.words, act.keys) for act in acts_of_page(window) if act.keys)
    infant = tuple((act.words, act.keys) for act in acts_of_infant(window))
    sections = [(window.tr("Everywhere"), everywhere)]
    if page:
        sections.append((window.tr("On this page: {0}").format(place_in_sight(window)), page))
    sections.append((window.tr("With an infant"), infant))
    for title, rows in LOCAL_KEYS:
        sections.append((in_words(title), tuple((in_words(words), keys) for words, keys in rows)))
    return tuple(sections)
