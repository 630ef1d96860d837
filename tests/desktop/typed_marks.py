"""Types a decimal mark into every field of a form or page, in every locale a ward may run in (H1)."""

from PySide6.QtCore import QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from bedside.desktop.fields import NumberField

LOCALES = ("C", "en_GB", "de_DE", "fr_FR", "pt_BR", "ar_EG", "hi_IN")
WRONG, RIGHT = "3,5", "3.5"  # at a station with a point
READ_IN = ("C", "de_DE", "ar_EG")  # what is right is read in these: point, comma and Arabic marks


def misread_in(holder: QWidget, *, in_turn: bool = False) -> tuple[list[str], set[str]]:
    """What fields made of a typed number, where it is not what was typed; and the fields tried.

    A line keeps every key. Of a number the other mark is refused, and its own is read as one
    number whatever the system's locale. What stood there before stands there again.

    Args:
        holder: the form or page, shown.
        in_turn: each number in two of the locales, so that all have their turn: a page of many
            fields of one kind judges all of them at every key.
    """
    found: list[str] = []
    numbers = [one for one in holder.findChildren(NumberField) if _takes_keys(one.edit)]
    of_numbers = {one.edit for one in numbers}
    before = holder.locale(), QLocale(), [one.text() for one in numbers]
    for turn, locale in enumerate(LOCALES):
        holder.setLocale(QLocale(locale))
        QLocale.setDefault(QLocale(locale))
        for at, field in enumerate(numbers):
            if in_turn and (at - turn) % len(LOCALES) not in (0, 3):
                continue
            found += [f"{locale}, {one}" for one in _of_a_number(field, locale)]
    for line in holder.findChildren(QLineEdit):
        if line not in of_numbers and line.isVisible() and _takes_keys(line) and not line.text():
            found += [] if _kept(line, WRONG) else [f"{line.accessibleName()!r} lost of {WRONG}"]
            line.clear()
    for field, text in zip(numbers, before[2], strict=True):
        field.set_text(text)
    holder.setLocale(before[0])
    QLocale.setDefault(before[1])
    return found, {one.name for one in numbers}


def _takes_keys(line: QLineEdit) -> bool:
    return line.isEnabled() and not line.isReadOnly()


def _kept(line: QLineEdit, text: str) -> bool:
    line.clear()
    QTest.keyClicks(line, text)
    return line.text() == text


def _of_a_number(field: NumberField, locale: str) -> list[str]:
    found = []
    if not _kept(field.edit, WRONG) or field.value() is not None or not field.refusal():
        found.append(f"{field.name!r}: {WRONG} is {field.text()!r}, read as {field.value()}")
    if locale in READ_IN:
        kept, echo = _kept(field.edit, RIGHT), field.echo.text()
        if not kept or "35" in echo.replace("3.5", "").replace("3\u202f500", ""):
            found.append(f"{field.name!r}: {RIGHT} is {field.text()!r}, {echo}")
    return found
