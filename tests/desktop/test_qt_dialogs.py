"""Qt's own dialogues, as the one that asks for a printer, wear the program's style and lose nothing by it."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from bedside.desktop.look import Look, Theme


def inks(part: QWidget, left: int, right: int) -> set[int]:
    """The colours of a part between two edges, without its border."""
    image = part.grab().toImage()
    return {image.pixel(x, y) for x in range(left, right) for y in range(6, image.height() - 6)}


@pytest.fixture(params=["light", "dark"])
def asked(qtbot: object, request: pytest.FixtureRequest) -> Iterator[tuple[QPrintDialog, Look]]:
    """The dialogue that asks for a printer, in the program's sheet."""
    theme: Theme = request.param
    look = Look(theme)
    printer = QPrinter()  # outlives the dialogue, which only borrows it
    printer.setOutputFileName("paper.pdf")  # no queue of this machine is asked for
    dialog = QPrintDialog(printer)
    dialog.setStyleSheet(look.style_sheet())
    dialog.show()
    QTest.qWait(30)
    yield dialog, look
    dialog.close()
    shiboken6.delete(dialog)  # before its printer


def test_a_choice_of_the_print_dialogue_has_its_arrow(asked: tuple[QPrintDialog, Look]) -> None:
    dialog, look = asked
    choices = [one for one in dialog.findChildren(QComboBox) if one.isVisible()]
    assert choices
    for choice in choices:
        seen = inks(choice, choice.width() - 20, choice.width() - 4)
        assert look.colour("ink").rgb() in seen  # it was an empty field: nothing said that it opens


def test_its_small_buttons_can_be_read_in_the_dark(asked: tuple[QPrintDialog, Look]) -> None:
    dialog, look = asked
    buttons = [one for one in dialog.findChildren(QToolButton) if one.isVisible()]
    assert buttons
    for button in buttons:
        seen = inks(button, 4, button.width() - 4)
        assert look.colour("surface").rgb() in seen and len(seen) > 1
