"""No widget is asked for its screen: PySide lets go of the screen with the widget, and Qt ends at the next form."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_screen_is_never_asked_of_a_widget():
    """H33: `bedside.desktop.screen_room` says how the room of a screen is asked for instead."""
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("bedside", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "screen"
        and not node.args
    ]
    assert asked == []
