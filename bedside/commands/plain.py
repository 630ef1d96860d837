"""Makes any text safe to print on one line, on any terminal.

Decision: what a terminal cannot show is written with plain letters (``uL`` for ``µL``) or spelled
as a code; it is never dropped, because a dropped sign can turn one number into another.
"""

import unicodedata

LONGEST_LINE = 900
LONGEST_QUOTE = 80
PLAIN = {
    "\u202f": " ",
    "\u00a0": " ",
    "\u2011": "-",
    "\u2212": "-",
    "\u2019": "'",
    "“": '"',
    "”": '"',
    "µ": "u",
    "μ": "u",
    "²": "2",
    "³": "3",
    "⁹": "^9",
    "×": "x",
    "÷": "/",
    "≥": "at least ",
    "≤": "at most ",
    "→": "->",
    "…": "...",
}


def one_line(text: str) -> str:
    """Return the text on one line, short enough to read, with invisible signs spelled out."""
    shown = "".join(sign if visible(sign) else spelled(sign) for sign in text[: LONGEST_LINE * 2])
    if len(text) <= LONGEST_LINE and len(shown) <= LONGEST_LINE * 2:
        return shown
    half = LONGEST_LINE // 2
    return f"{shown[:half]} … (the text has {len(text)} characters)"


def brief(text: str) -> str:
    """Return what was typed, short enough to quote inside a sentence."""
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def visible(sign: str) -> bool:
    """Tell whether a sign prints as itself: no control, direction, lone surrogate or unassigned."""
    return sign == "\u202f" or unicodedata.category(sign)[0] not in "CZ" or sign == " "


def spelled(sign: str) -> str:
    """Return the code of a sign in plain letters, e.g. backslash x00."""
    return sign.encode("unicode_escape", "surrogatepass").decode("ascii")


def for_encoding(text: str, encoding: str | None) -> str:
    """Return the text in signs that an encoding can carry, with plain stand-ins for the others."""
    target = encoding or "utf-8"
    if can_carry(text, target):
        return text
    return "".join(sign if can_carry(sign, target) else stand_in(sign, target) for sign in text)


def can_carry(text: str, encoding: str) -> bool:
    """Tell whether an encoding has every sign of a text."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def stand_in(sign: str, encoding: str) -> str:
    """Return plain letters for one sign that the encoding lacks."""
    plain = PLAIN.get(sign, "")
    return plain if plain and can_carry(plain, encoding) else spelled(sign)
