"""The status line cuts no word: marks go first, then names of drafts, and what is left counts them."""

import pytest

from bedside.desktop.look import Look
from bedside.desktop.status_line import StatusLine

NAMES = [f"WIŚNIEWSKA Łucja (bed {bed}), Doses and papers" for bed in (4, 5, 6)]


@pytest.mark.parametrize("wide", [1276, 900, 560])
def test_what_is_named_has_room(qtbot, look, wide):
    line = StatusLine(Look("light", 150))
    qtbot.addWidget(line)
    line.setFixedWidth(wide)
    line.show()
    line.show_drafts(NAMES)
    assert line.layout().totalMinimumSize().width() <= wide
    named = sum(name in line.drafts.text() for name in NAMES)
    assert named == {1276: 2, 900: 1, 560: 0}[wide]
    assert named or line.drafts.text() == "Typed, not recorded: 3 in all"
    assert line.drafts.accessibleDescription() == "; ".join(NAMES)
    line.show_drafts([])
    assert line.drafts.isHidden()
