"""Text as a person typed it: which blanks may stand around it, and how to quote it back to her."""

BLANKS = " \t"
LONGEST = 40  # more than this of a typed text is never quoted

_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Mn", "Mc", "Me"}


def shown(text: str) -> str:
    """Return a text fit to quote: hidden characters by code point, any gap as a blank, shortened."""
    parts = [f"[U+{ord(c):04X}]" if is_hidden(c) else c for c in text[:LONGEST]]
    parts = [" " if part.isspace() else part for part in parts]
    return "".join(parts) + ("…" if len(text) > LONGEST else "")


def is_hidden(character: str) -> bool:
    """Whether a character cannot be seen by itself: controls, directions, combining marks."""
    import unicodedata  # its tables are not read until something typed is refused

    return unicodedata.category(character) in _HIDDEN
