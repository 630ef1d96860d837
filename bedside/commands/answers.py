"""Prints an answer: aligned words for a person, one JSON object for a program.

Decision: numbers that matter leave as text in JSON, so that no reader turns 17.125 into a binary
fraction; the JSON holds plain ASCII signs only, so that it survives every terminal and locale.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TextIO

from bedside.commands.plain import for_encoding, one_line
from bedside.units.refusal import Refused

GAP = "  "


@dataclass(frozen=True, slots=True)
class Answer:
    """One finished answer.

    Args:
        values: the keys of the contract, ready for JSON.
        words: the same for a person, line by line; worked out only when they are printed.
        sources: where the figures and rules come from.
    """

    values: Mapping[str, object]
    words: Callable[[], Iterable[str]]
    sources: tuple[str, ...] = ()


def as_json(values: Mapping[str, object]) -> str:
    """Return one JSON object on one line, in ASCII."""
    return json.dumps(values, ensure_ascii=True, allow_nan=False)


def as_words(answer: Answer) -> str:
    """Return the answer for a person, with its sources below."""
    cited = [f"Source: {source}" for source in answer.sources]
    return "\n".join([*answer.words(), *([""] if cited else []), *cited])


def aligned(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return rows of cells as lines with the columns under each other."""
    wide = max((len(row) for row in rows), default=0)
    widths = [max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(wide)]
    return tuple(
        GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )


def with_notes_first(notes: Iterable[str], lines: Iterable[str]) -> tuple[str, ...]:
    """Return notes, each on its line, before the answer that they cast doubt on."""
    return (*(f"Note: {note}" for note in notes), *lines)


def exact(value: Decimal | None) -> str | None:
    """Return a decimal as text with exactly its digits, or None."""
    return None if value is None else format(value, "f")


def write(out: TextIO | None, text: str) -> None:
    """Write one text and its line end, in signs that the stream can carry.

    Raises:
        Refused: the program was started with this stream closed.
        OSError: the stream takes no more.
    """
    if out is None:
        raise Refused("Standard output is closed, so nobody would see the answer: open it.")
    out.write(for_encoding(text, out.encoding) + "\n")
    out.flush()


def complain(err: TextIO | None, text: str) -> None:
    """Write one line about a refusal; a closed error stream is nobody's to tell."""
    try:
        write(err, one_line(text))
    except (Refused, OSError, ValueError):
        return


def let_go(out: TextIO | None) -> None:
    """Stop writing to a reader who has gone, so that Python's own last flush stays silent."""
    if out is None:
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
