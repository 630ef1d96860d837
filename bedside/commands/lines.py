"""Answers a table of cases: one `calc` command a line in, one JSON object a line out.

Line N of the answers belongs to line N of the table, always. An empty line and a comment (a line
whose first sign is ``#``) ask nothing and are answered ``{}``, so that the two can stand side by
side. A refused line is answered ``{"error": "…"}`` and the next one is read. A line is split into
words as a shell would do it; ``#`` after a command is a word like any other.

Decision: one process, one thread, each answer written before the next line is read: another
program can ask and wait. Skipping empty lines was rejected: a pharmacist who pastes the answers
beside the cases would read each below the gap one line too high.
"""

import shlex
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from bedside.commands.answers import Answer, as_json, write
from bedside.commands.plain import brief, one_line
from bedside.units.refusal import Refused

LONGEST_LINE_BYTES = 16_000
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Reply = Callable[[list[str]], Answer]


def answer_lines(table: BinaryIO, reply: Reply, out: TextIO | None) -> None:
    """Answer each line of a table of cases.

    Args:
        table: the cases, UTF-8, with or without a byte-order mark, LF or CRLF line ends.
        reply: answers one command given as words.
        out: where the JSON lines go.

    Raises:
        Refused: the file is not UTF-8 text at all (UTF-16).
    """
    for raw in cases(table):
        write(out, as_json(answer_line(raw, reply)))


def cases(table: BinaryIO) -> Iterator[bytes | None]:
    """Return each line without its end; None for one too long to be a command."""
    first = True
    while raw := table.readline(LONGEST_LINE_BYTES):
        if first and raw.startswith(UTF16_MARKS):
            raise Refused("The table of cases is UTF-16 text: save it as UTF-8.")
        if first:
            raw, first = raw.removeprefix(UTF8_MARK), False
            if not raw:  # a byte-order mark and nothing else
                continue
        if len(raw) == LONGEST_LINE_BYTES and not raw.endswith(b"\n"):
            skip_rest(table)
            yield None
        else:
            yield raw.rstrip(b"\r\n")


def skip_rest(table: BinaryIO) -> None:
    """Read on to the end of an overlong line without keeping it."""
    while (more := table.readline(LONGEST_LINE_BYTES)) and not more.endswith(b"\n"):
        continue


def answer_line(raw: bytes | None, reply: Reply) -> dict[str, object]:
    """Answer one line; a refusal becomes ``{"error": …}``, an empty line ``{}``."""
    try:
        words = split_words(raw)
        return dict(reply(words).values) if words else {}
    except Refused as refusal:
        return {"error": one_line(str(refusal))}


def split_words(raw: bytes | None) -> list[str]:
    """Split a line into words as a shell would; nothing for an empty line or a comment.

    Raises:
        Refused: the line is too long, not UTF-8, or a quotation mark stands open.
    """
    if raw is None:
        raise Refused(
            f"The line is longer than {LONGEST_LINE_BYTES} bytes: write one calc command a line."
        )
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError as fault:
        raise Refused(
            f"Byte {fault.start + 1} of the line is not UTF-8: save the table as UTF-8."
        ) from fault
    if text.startswith("#"):
        return []
    return shell_words(text)


def shell_words(text: str) -> list[str]:
    """Split a text at blanks outside quotation marks.

    Raises:
        Refused: a quotation mark or a backslash has no partner.
    """
    try:
        words = shlex.split(text)
    except ValueError as fault:
        raise Refused(
            "A quotation mark or a backslash is left open: write --weight '6.2 kg' with both marks."
        ) from fault
    if words[:1] == ["calc"]:
        raise Refused("Leave out the word calc: write the line as, for example, age --birth …")
    return words


@contextmanager
def opened(name: str, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    """Open the table of cases; ``-`` is standard input.

    Raises:
        Refused: the file is not there or cannot be read, or standard input is closed.
    """
    if name == "-":
        if stdin is None:
            raise Refused("Standard input is closed: name a file with one calc command a line.")
        yield stdin
        return
    with ExitStack() as stack:
        try:
            table = stack.enter_context(Path(name).open("rb"))
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or str(fault)
            raise Refused(
                f"The table of cases “{brief(name)}” cannot be read ({why}): "
                "name a text file with one calc command a line, or - for standard input."
            ) from fault
        yield table
