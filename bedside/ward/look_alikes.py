"""Letters of a name that look like others: what the eye cannot tell apart tells no two people apart.

"Е. Sorensen" with a Cyrillic Е is another text than "E. Sorensen" and the same to whoever reads it;
so is "OIsen" with a capital I beside "Olsen". Which letters look alike is data, with its source
(`resources/people/look_alikes.toml`). A name whose letters are of two scripts is refused: nobody's
name is, and only a slip of the keyboard or a trick writes it.
"""

import re
import unicodedata
from functools import cache

import msgspec
import tomli

from bedside.places import place
from bedside.ward.roles import role_book

_WORD = re.compile(r"[^\W\d_]+")
# Japanese, Chinese and Korean names are written beside Latin ones; these look like no Latin letter
_BESIDE_OTHERS = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "MODIFIER"}
_BAR = "ǀ"  # stands for a capital I, a small l and a 1, which look alike


class _LookAlikes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    figures: dict[str, str]
    cyrillic: dict[str, str]
    greek: dict[str, str]


@cache
def _book() -> _LookAlikes:
    text = place("resources", "people", "look_alikes.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), _LookAlikes)


def why_mixed(name: str) -> str:
    """Why a name cannot stand as it is typed: its letters are of two scripts; "" where they are of one.

    Titles and roles count for nothing: "Dr И. Петрова" is of one script.

    Args:
        name: as typed, with or without a role behind a comma.
    """
    if name.isascii():
        return ""
    bare = name.partition(",")[0].strip()
    titles = role_book().names.titles
    words = [word for word in _WORD.findall(bare) if word.casefold() not in titles]
    first: dict[str, str] = {}
    for letter in unicodedata.normalize("NFKC", "".join(words)):
        script = unicodedata.name(letter, "").partition(" ")[0]
        if letter.isalpha() and script not in _BESIDE_OTHERS:
            first.setdefault(script, letter)
    if len(first) < 2:
        return ""
    told = " and ".join(f"{script.capitalize()} ({letter})" for script, letter in first.items())
    return (
        f"“{bare}” has letters of two scripts, {told}, that may look alike: type the name again in "
        "the letters of one."
    )


def figures_as_letters(name: str) -> str:
    """A name in which a figure beside a letter is the letter that it looks like: "0lsen" is "olsen"."""
    alike = _book().figures
    one = f"[{re.escape(''.join(alike))}]"
    beside = rf"(?<=[^\W\d_]){one}|{one}(?=[^\W\d_])"
    return re.sub(beside, lambda found: alike[found.group()], name)


def as_it_looks(word: str) -> str:
    """A word as the eye takes it: Latin for what looks Latin, one sign for I and l.

    Args:
        word: letters alone, capitals and small as typed.
    """
    book = _book()
    alike = book.cyrillic | book.greek
    latin = "".join(alike.get(letter, letter) for letter in word)
    if len(latin) > 1 and latin.isupper():
        latin = latin.capitalize()  # in capitals an I is no l
    start, rest = latin[:1], latin[1:].replace("L", "l")
    return (start + rest).replace("I", _BAR).replace("l", _BAR)
