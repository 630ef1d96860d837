"""Tells what is wrong with a translation, before anybody reads it on a screen.

It holds what a machine can hold (hazard H1): every figure, every drug and every placeholder of the
English stands in the translation, and nothing was left out. Whether it is good German is for people.
"""

import re
from collections import Counter
from collections.abc import Iterable

from bedside.words.ts_file import Message

_HOLES = re.compile(r"\{[^{}]*\}")
_FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_TAGS = re.compile(r"</?[a-z][^>]*>")
_ACCESS = re.compile(r"&(?=[^&\s])")
_DASHED = re.compile(r"[0-9]\s*[–-]\s*[0-9]")
_ENDS = ("…", ":", ".", "?", "!")
_SHORT, _MORE_LETTERS, _TIMES = 24, 12, 1.7


def complaints(message: Message, drugs: Iterable[str] = ()) -> tuple[str, ...]:
    """Tell what is wrong with one translation.

    Args:
        message: the text and its translation.
        drugs: names that stay letter by letter.

    Returns:
        A sentence each; none where nothing is.
    """
    source, words = message.source, message.translation
    if not words.strip():
        return ("it is not translated",)
    wrong = [f"{what} differ" for what, of in _SAME.items() if of(source) != of(words)]
    small, said = source.casefold(), words.casefold()
    missing = (drug for drug in drugs if drug.casefold() in small and drug.casefold() not in said)
    wrong += [f"{drug} is missing" for drug in missing]
    if _DASHED.search(words) and not _DASHED.search(source):
        wrong.append("a range is written with a dash")
    if len(words) > _room(source):
        wrong.append(f"it has {len(words)} letters, and at most {_room(source)} fit")
    return tuple(wrong)


def _room(source: str) -> int:
    """How many letters a translation may have: short labels need some more, long ones a share."""
    return max(len(source) + _MORE_LETTERS, round(len(source) * _TIMES))


def _holes(text: str) -> Counter[str]:
    return Counter(_HOLES.findall(text))


def _figures(text: str) -> Counter[str]:
    return Counter(_FIGURES.findall(_HOLES.sub("", text)))


def _end(text: str) -> str:
    bare = text.rstrip()
    return bare[-1] if bare.endswith(_ENDS) else ""


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


_SAME = {
    "placeholders": _holes,
    "figures": _figures,
    "marks of the keyboard (&)": lambda text: len(_ACCESS.findall(text)),
    "lines": lambda text: text.count("\n"),
    "tags": lambda text: Counter(_TAGS.findall(text)),
    "ends": _end,
    "spaces at the edges": _edges,
}
