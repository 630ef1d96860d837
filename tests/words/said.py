"""Finds the texts of the program that a translation needs, where they stand in the source.

`python -m tests.words.said` lists what the German catalogue does not have yet, as it stands in the source.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

TOP = Path(__file__).resolve().parents[2]
# Which argument of a call is a text of the screen, by the call's name.
SAYING = {"tr": 0, "_tr": 0, "_t": 0, "words": 0, "say": 0, "place_words": 0, "translate": 1}
SAYING |= {"QT_TRANSLATE_NOOP": 1}
_SENTENCE = re.compile(r"[A-Za-z]{2,}.* .*[a-z]{2,}.*[.?!]$", re.DOTALL)
_PAPERS = re.compile(
    r"_reader\.py|demonstration|/sheets|roadmap|sheet_days|sheet_counts|transfer|downtime|_report\.py"
    r"|_paper\.py|papers\.py|commission_export|restored_example|workbook|tertiary_card|/pages\.py"
    r"|recovery_sheet|definitions|whole_treatment|protocol_books"
)
_NO_WORDS = re.compile(r"SELECT |\S*\[")
_FIGURE = "7"  # stands in each hole: a figure is the same in every language


class Said(Struct, frozen=True):
    """A text of the program.

    Args:
        text: in English, with figures in its holes.
        place: the file and the line.
    """

    text: str
    place: str


def texts_of_desktop() -> Iterator[Said]:
    """Every text that the desktop hands to Qt's translation."""
    for file, tree in _modules("bedside/desktop"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or _called(node) not in SAYING:
                continue
            at = SAYING[_called(node)]
            given = node.args[at] if at < len(node.args) else None
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield Said(_filled(given.value), f"{file}:{node.lineno}")


def sentences() -> Iterator[Said]:
    """Every whole sentence in the rooms behind the desktop, but what only papers and reports print."""
    for room in ("ward", "clinical", "units"):
        for file, tree in _modules(f"bedside/{room}"):
            if _PAPERS.search(file):
                continue
            inside = {id(one) for node in ast.walk(tree) for one in _no_texts(node)}
            for node in ast.walk(tree):
                text = None if id(node) in inside else _text(node)
                if text is not None and _SENTENCE.search(text) and not _NO_WORDS.match(text):
                    yield Said(text, f"{file}:{getattr(node, 'lineno', 0)}")


def _no_texts(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a docstring, in a larger text, or in a fault that no person is shown."""
    if isinstance(node, ast.JoinedStr):
        yield from ast.iter_child_nodes(node)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.Call) and _called(node).endswith(
        ("Error", "execute", "exec_driver_sql")
    ):
        yield from ast.walk(node)


def _modules(folder: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((TOP / folder).rglob("*.py")):
        yield path.relative_to(TOP).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _text(node: ast.AST) -> str | None:
    """A literal, with figures in its holes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (
            str(each.value) if isinstance(each, ast.Constant) else _FIGURE for each in node.values
        )
        return "".join(parts)
    return None


def _filled(text: str) -> str:
    return re.sub(r"\{\w*\}", _FIGURE, text)


if __name__ == "__main__":
    from bedside.words.languages import speaker_of

    speaker = speaker_of("de")
    for said in (*texts_of_desktop(), *sentences()):
        if speaker.found(said.text).left:
            sys.stdout.write(f"{said.place}: {said.text!r}\n")
