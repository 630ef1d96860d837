"""Reads what stands after an option, so that each refusal names the option it is about."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from bedside.commands.plain import brief
from bedside.units.refusal import Refused

Read = TypeVar("Read")


def read_option(option: str, read: Callable[[str], Read], typed: str) -> Read:
    """Return what the reader makes of the typed text.

    Args:
        option: as typed, e.g. ``--weight``; leads each sentence of a refusal.
        read: a strict reader, e.g. `bedside.units.quantity_reader.read_weight`.
        typed: the text after the option.

    Raises:
        Refused: what the reader refused, with the option's name before it.
    """
    try:
        return read(typed)
    except Refused as refusal:
        raise Refused(f"{option}: {refusal}") from refusal


def read_if_given(option: str, read: Callable[[str], Read], typed: str | None) -> Read | None:
    """Return what the reader makes of the typed text; None when the option was left out."""
    return None if typed is None else read_option(option, read, typed)


def read_choice(option: str, typed: str, allowed: Iterable[str]) -> str:
    """Return the typed word when it is one of those allowed, letter by letter.

    Raises:
        Refused: it is another word; the sentence lists the ones that would be right.
    """
    choices = tuple(allowed)
    if typed in choices:
        return typed
    raise Refused(f"{option}: “{brief(typed)}” is not known: write {either(choices)}.")


def either(words: Iterable[str]) -> str:
    """Return words as "a, b or c"."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
