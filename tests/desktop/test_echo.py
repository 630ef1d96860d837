"""What was read, beside its field: whole or in brief, with its unit, never a part of a figure."""

import pytest
from PySide6.QtTest import QTest

from bedside.desktop.fields import NumberField
from bedside.desktop.look import Look


def test_an_echo_is_whole_or_brief_and_never_a_part_of_a_figure(qtbot, look: Look):
    """S3-1 of a night's test: "mg r" and "read as" without a figure stood beside what was typed."""
    field = NumberField("number", "mg", look, name="Amount")
    qtbot.addWidget(field)
    field.resize(600, 40)
    field.show()
    QTest.keyClicks(field.edit, "1250.5")
    assert field.echo.drawn() == "read as 1\u202f250.5 mg"
    field.resize(field.minimumSizeHint())
    assert (
        field.echo.drawn() == "= 1\u202f250.5 mg" and field.echo.text() == "read as 1\u202f250.5 mg"
    )
    wide = field.echo.fontMetrics().horizontalAdvance(field.echo.drawn())
    assert field.echo.width() >= wide
    field.resize(600, 40)
    assert field.echo.drawn() == "read as 1\u202f250.5 mg"


def test_a_unit_chosen_elsewhere_is_echoed_with_the_figure(qtbot, look: Look):
    field = NumberField("number", "", look, name="Amount")
    qtbot.addWidget(field)
    field.resize(600, 40)
    field.show()
    QTest.keyClicks(field.edit, "3.5")
    assert field.echo.text() == "read as 3.5"
    with qtbot.assertNotEmitted(field.edited):
        field.say_unit("mg")
    assert field.echo.drawn() == "read as 3.5 mg"
    assert field.edit.accessibleDescription() == "read as 3.5 mg"
    QTest.keyClicks(field.edit, "5")
    assert field.echo.text() == "read as 3.55 mg"


@pytest.mark.parametrize(
    ("unit", "typed", "said"),
    [
        ("minutes", "1", "read as 1 minute"),
        ("minutes", "10", "read as 10 minutes"),
        ("days", "1", "read as 1 day"),
        ("mg", "1", "read as 1 mg"),
    ],
)
def test_one_of_a_counted_unit_is_said_as_one(qtbot, look: Look, unit: str, typed: str, said: str):
    field = NumberField("number", unit, look, name="Amount")
    qtbot.addWidget(field)
    QTest.keyClicks(field.edit, typed)
    assert field.echo.text() == said
