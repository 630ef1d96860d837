"""Every use-case that judges and then records can be done again where another station came in between."""

import ast
from pathlib import Path

WARD = Path(__file__).resolve().parents[2] / "bedside" / "ward"
# Made before anybody else can be in the ward, or no use-case of their own.
APART = ("demonstration", "founding", "restoring", "restored_example")
PARTS = {
    ("order_ending", "changing_doses"),
    ("paper_files", "place"),
}  # parts of the use-cases that call them
DOORS = {("people", "sign_in"), ("people", "confirm_secret"), ("site_loosening", "confirmed_words")}


def test_whoever_records_stands_under_one_act():
    calls, direct, marked = {}, set(), set()
    for path in sorted(WARD.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = {
            name.asname or name.name: (node.module.rpartition(".")[2], name.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bedside.ward.")
            for name in node.names
        }
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            here = (path.stem, function.name)
            called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
            calls[here] = {
                known.get(name.id, (path.stem, name.id))
                for name in called
                if isinstance(name, ast.Name)
            }
            if any(ast.unparse(name).endswith("store.change") for name in called):
                direct.add(here)
            if any(ast.unparse(mark) == "one_act" for mark in function.decorator_list):
                marked.add(here)
    recording = set(direct)
    while more := {here for here, names in calls.items() if names & recording} - recording:
        recording |= more
    assert len(marked) > 100
    forgotten = {
        here
        for here in recording - marked - PARTS - DOORS
        if not here[1].startswith("_") and not here[0].startswith(APART)
    }
    assert not forgotten, f"these judge and record, and are not under one_act: {sorted(forgotten)}"
