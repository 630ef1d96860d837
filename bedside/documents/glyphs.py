"""Lets a text onto paper only if every sign of it will be seen there; otherwise the print is refused.

A sign that a typeface lacks would leave no trace on the sheet, and an invisible one can turn the
reading order of what stands beside it (hazard H32). So: letters are composed first (NFC), then each
must be visible, read from left to right, stand by itself, and have a shape in the typeface used.
"""

import unicodedata
from functools import lru_cache

from bedside.documents.fonts import Face, typeface
from bedside.units.refusal import Refused

_BLANK_SIGNS = "\u2800\ufffc\ufffd\u3164"  # a blank pattern and the signs that stand for lost text
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_MARKS = {"Mn", "Mc", "Me"}
_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}
_LATIN = "Write it in Latin letters as in the passport; Greek, Cyrillic and Vietnamese letters also print."


def printable(text: str, field: str, face: Face) -> str:
    """Return the text as it will be drawn: letters composed, nothing else changed.

    Args:
        text: what the paper is to say.
        field: what it is, in the ward's words ("family name"); named in a refusal.
        face: the typeface it will be drawn in.

    Raises:
        Refused: names the field and each sign that cannot be printed, and what to write instead.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    faults = {sign: _fault(sign, face) for sign in dict.fromkeys(composed)}
    if not any(faults.values()):
        return composed
    raise Refused(*_reasons(field, {sign: kind for sign, kind in faults.items() if kind}))


@lru_cache(maxsize=1024)
def _fault(sign: str, face: Face) -> str:
    """Say what stands against drawing this sign in a typeface: "" when nothing does."""
    if sign.isascii() and sign.isprintable():
        return ""
    kind = unicodedata.category(sign)
    if kind in _INVISIBLE or sign in _BLANK_SIGNS:
        return "invisible"
    if kind in _MARKS:
        return "mark"
    if unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT or ord(sign) > 0xFFFF:
        return "letters"
    return "" if typeface(face).has(sign) else "letters"


def _reasons(field: str, faults: dict[str, str]) -> tuple[str, ...]:
    reasons = []
    letters = [sign for sign, kind in faults.items() if kind == "letters"]
    if letters:
        shown = ", ".join(f"{sign} ({_code(sign)})" for sign in letters)
        reasons.append(
            f"Not printed: in the {field} there are letters or signs that this paper cannot show: "
            f"{shown}. {_LATIN}"
        )
    hidden = [sign for sign, kind in faults.items() if kind == "invisible"]
    if hidden:
        reasons.append(
            f"Not printed: in the {field} there are signs that cannot be seen: {_named(hidden)}. "
            "Type it again by hand, without copying."
        )
    marks = [sign for sign, kind in faults.items() if kind == "mark"]
    if marks:
        reasons.append(
            f"Not printed: in the {field} there are accents that form no letter with the one before: "
            f"{_named(marks)}. Type the accented letter itself, or write it as in the passport."
        )
    return tuple(reasons)


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _named(signs: list[str]) -> str:
    """Name signs without showing them: a hidden one would work in the message as well."""
    return ", ".join(
        f"{_code(sign)} {unicodedata.name(sign, _CONTROL_NAMES.get(sign, 'no name'))}".strip()
        for sign in signs
    )


_CONTROL_NAMES = {"\n": "LINE BREAK", "\r": "LINE BREAK", "\t": "TAB", "\0": "NULL"}
