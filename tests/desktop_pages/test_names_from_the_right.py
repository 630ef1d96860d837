"""Names in letters that run from the right: they stand right, and no figure beside them is turned round."""

import pytest
from PySide6.QtGui import QTextLayout

from bedside.desktop.direction import apart, bare, forward, named
from bedside.desktop.look import Look

NAMES = (("العبدالله 12", "محمد (3)"), ("כהן-לוי 7", "שרה"), ("LINDGREN", "Saga"), ("Łęcka", "Æsa"))


def places(line: str, look: Look, *signs: str) -> list[float]:
    """Where each sign's first place is drawn on a line laid out as Qt's labels do."""
    layout = QTextLayout(line, look.font("body"))
    layout.beginLayout()
    drawn = layout.createLine()
    drawn.setLineWidth(2000)
    layout.endLayout()
    return [drawn.cursorToX(line.index(sign))[0] for sign in signs]


@pytest.mark.parametrize(("family", "given"), NAMES)
def test_what_follows_a_name_stands_behind_it_in_its_order(qapp, look, family, given):
    line = f"{named(family, given)} (17w 5d); 004 118"
    assert bare(line) == f"{family}, {given} (17w 5d); 004 118"
    first, second, weeks, days, number = places(line, look, family, given, "17w", "5d", "004")
    assert min(first, second) >= 0 and max(first, second) < weeks < days < number


def test_names_from_the_left_are_left_alone(qapp):
    assert named("LINDGREN", "Saga") == "LINDGREN, Saga"
    assert (apart("Łęcka"), forward("Trần 3")) == ("Łęcka", "Trần 3")
