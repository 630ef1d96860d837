"""A text as the screen says it, for what looks at its letters before Qt does: breaks, cuts, searches.

In English it is the text itself, and nothing more is loaded. Another language speaks here through
`bedside.desktop.language`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedside.ward.views.board import BoardRow
    from bedside.ward.ward import Ward


class Speaking(Protocol):
    """Another language than English."""

    def say(self, text: str) -> str:
        """Return a text in it."""

    def keep_names(self, ward: "Ward", rows: Sequence["BoardRow"]) -> None:
        """Leave what people named and typed as it is."""

    def english_day(self, typed: str) -> str:
        """Return a typed day with its month in English letters."""


class _Here:
    """Who speaks on this screen; nobody for English."""

    speaking: Speaking | None = None


def speak_by(speaking: Speaking | None) -> None:
    """Let another language speak; None for English."""
    _Here.speaking = speaking


def spoken(text: str) -> str:
    """Return a text in the language of the screen; Qt may be given it as it is.

    Args:
        text: in English.
    """
    return text if _Here.speaking is None else _Here.speaking.say(text)


def spoken_words(text: str) -> list[str]:
    """Return the words of a text in the language of the screen, one by one, as they are drawn.

    Args:
        text: in English.
    """
    said = spoken(text)
    kind = type(said)  # a word of a translated text is not translated again
    return [kind(word) for word in said.split(" ")]


def english_day(typed: str) -> str:
    """Return a day as it was typed, with its month in English letters: "20-Dez-2026" is 20-Dec-2026.

    Args:
        typed: what was typed so far; anything else stays as it is.
    """
    return typed if _Here.speaking is None else _Here.speaking.english_day(typed)


def one_text(words: Sequence[str]) -> str:
    """Put words of `spoken_words` together again, with blanks; they are not translated again."""
    return type(words[0])(" ".join(words)) if words else ""


def keep_names(ward: "Ward", rows: Sequence["BoardRow"]) -> None:
    """Leave names, and whatever people typed, letter by letter in every language.

    Args:
        ward: the open ward.
        rows: the rows of its list as it stands now.
    """
    if _Here.speaking is not None:
        _Here.speaking.keep_names(ward, rows)
