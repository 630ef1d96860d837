"""H21: an ANC of 0, a grade of 0 and 0 mg are values; nothing asks whether one is there by its truth."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import ROOT

# what the columns and facts that hold a measured number are called, or end in
VALUES = ("per_ul", "per_l", "weight_g", "length_mm", "gestation_days", "course_day")
ROOMS = ("units", "clinical", "protocol", "store", "ward", "documents", "desktop")
MEANT = {
    "risk_facts.py: cells.per_ul or 0",  # the column of this kind of fact is never empty
    "risk_facts.py: blasts.per_ul or 0",
    "counts_anc.py: anc.per_ul",  # an ANC of 0 below a bound of white cells is 0, no bound
}


def asked_by_truth(source: str) -> Iterator[tuple[ast.AST, str]]:
    """Where a number of the clinic is asked for by its truth: `if anc`, `anc or 5`, `not grade`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.If(test=asked) | ast.IfExp(test=asked) | ast.While(test=asked):
                parts = [asked]
            case ast.BoolOp(values=parts):
                parts = list(parts)
            case ast.UnaryOp(op=ast.Not(), operand=asked):
                parts = [asked]
            case ast.comprehension(ifs=parts):
                parts = list(parts)
            case _:
                continue
        for part in parts:
            name = part.id if isinstance(part, ast.Name) else getattr(part, "attr", "")
            if isinstance(part, ast.Name | ast.Attribute) and _is_value(name):
                yield node, ast.unparse(part)


def _is_value(name: str) -> bool:
    return any(name == word or name.endswith(f"_{word}") for word in VALUES)


def test_no_measured_number_is_asked_for_by_its_truth() -> None:
    found = set()
    for path in sorted(one for room in ROOMS for one in (ROOT / "bedside" / room).rglob("*.py")):
        source = path.read_text("utf-8")
        if any(word in source for word in VALUES):
            found |= {f"{path.name}: {asked_in(whole)}" for whole in asked_by_truth(source)}
    assert found == MEANT, 'write "is None"'


def asked_in(found: tuple[ast.AST, str]) -> str:
    node, part = found
    return (
        ast.unparse(node)
        if isinstance(node, ast.BoolOp) and part == ast.unparse(node.values[0])
        else part
    )


@pytest.mark.parametrize(
    "source",
    [
        "if row.anc_per_ul: pass",
        "x = row.anc_per_ul or 5",
        "y = 1 if not weight_g else 2",
        "[a for a in b if a.length_mm]",
    ],
)
def test_the_check_bites(source: str) -> None:
    assert list(asked_by_truth(source))
