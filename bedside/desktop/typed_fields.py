"""What stands in the fields of a form, by the field, and put back into the same form by the field.

Some pages say themselves what is typed in them (`bedside.desktop.own_typing`).

Never taken: what hides its letters, who signs, and the two identifiers that are read off a band. A form
that asks for these identifiers is not kept at all: it is short, and what proves something is typed anew.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from bedside.desktop.own_typing import own_typing
from bedside.desktop.segments import SegmentButton
from bedside.desktop.signer_fields import SignerFields
from bedside.ward.kept_drafts import KeptField

_CHOSEN = (QCheckBox, QRadioButton, SegmentButton)
_KINDS = (QLineEdit, QPlainTextEdit, QComboBox, *_CHOSEN)
_TICKED = "ticked"  # of a box or a button, which has no words typed in it
_WITHIN = (SignerFields, QComboBox)  # what lies in these is not a field of its own


def shape_of(form: QWidget) -> str:
    """A digest of which fields a form has: another one tells another form, or another Bedside."""
    own = own_typing(form)
    if own is not None:
        return own.shape
    names = "\n".join(name for name, _ in fields_of(form))
    return hashlib.sha256(names.encode()).hexdigest()[:16]


def typed_in(form: QWidget) -> tuple[KeptField, ...]:
    """What stands in each field now, what the form filled in itself (such as the time) included."""
    own = own_typing(form)
    if own is not None:
        return own.typed()
    return tuple(KeptField(name, _typed(field)) for name, field in fields_of(form))


def put_back(form: QWidget, kept: tuple[KeptField, ...]) -> list[str]:
    """Put into each field what stood in it, as if it were typed; return the names of those not taken.

    One value may let another field appear: what was not taken at first is tried once more.
    """
    own = own_typing(form)
    if own is not None:
        return own.put_back(kept)
    for _ in range(2):
        there = dict(fields_of(form))
        for field in kept:
            widget = there.get(field.name)
            if widget is not None and _typed(widget) != field.typed:
                _type(widget, field.typed)
    now = {name: _typed(field) for name, field in fields_of(form)}
    return [_spoken(field.name) for field in kept if field.typed not in (now.get(field.name), "")]


def told(kept: tuple[KeptField, ...], empty: QWidget) -> list[str]:
    """Each field that was typed in, chosen or ticked, with its words, to be read before it is put back.

    Args:
        kept: what stood in the fields.
        empty: the form anew; what it says of itself, as every choice does, is not told.
    """
    usual = {
        name: _typed(field)
        for name, field in fields_of(empty)
        if isinstance(field, (QComboBox, *_CHOSEN))
    }
    lines = []
    for field in kept:
        typed = _TICKED if field.typed is True else field.typed
        if isinstance(typed, str) and typed.strip() and usual.get(field.name) != field.typed:
            lines.append(f"{_spoken(field.name)}: {typed}")
    return lines


def fields_of(form: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Each field that is kept, by its kind, name and number, in the order of the form."""
    seen: Counter[str] = Counter()
    for widget in form.findChildren(QWidget):
        if not isinstance(widget, _KINDS) or not _is_kept(widget, form):
            continue
        own = widget.text() if isinstance(widget, QAbstractButton) else ""
        name = f"{type(widget).__name__}|{widget.accessibleName() or own}"
        seen[name] += 1
        yield f"{name}|{seen[name]}", widget


def _is_kept(widget: QWidget, form: QWidget) -> bool:
    if isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal:
        return False
    if isinstance(widget, QLineEdit | QPlainTextEdit) and widget.isReadOnly():
        return False
    above = widget.parentWidget()
    while above is not None and above is not form:
        if isinstance(above, _WITHIN):
            return False
        above = above.parentWidget()
    return True


def _typed(widget: QWidget) -> str | bool:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText() if widget.currentIndex() >= 0 else ""
    return isinstance(widget, QAbstractButton) and widget.isChecked()


def _type(widget: QWidget, typed: str | bool) -> None:
    if isinstance(widget, QLineEdit):
        widget.selectAll()
        widget.insert(str(typed))  # unlike setText it tells the form that somebody typed
        if not typed:
            widget.clear()
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(str(typed))
    elif isinstance(widget, QComboBox):
        at = _row_of(widget, str(typed)) if typed else -1
        if at >= 0:
            widget.setCurrentIndex(at)
            widget.activated.emit(at)
    elif isinstance(widget, QAbstractButton) and (typed or isinstance(widget, QCheckBox)):
        widget.click()


def _row_of(choice: QComboBox, typed: str) -> int:
    """The row of a choice; `findText` would look among the words of the screen's language."""
    rows = (row for row in range(choice.count()) if choice.itemText(row) == typed)
    return next(rows, -1)


def place_typed(widget: QWidget) -> str | bool | int:
    """What stands in a field, of a list its place: its words are in the language of the screen."""
    if isinstance(widget, QComboBox) and not widget.isEditable():
        return widget.currentIndex()
    return _typed(widget)


def type_at(widget: QWidget, typed: str | bool | int) -> None:
    """Put into a field what `place_typed` said of another of its kind, as if it were typed."""
    if isinstance(typed, str | bool):
        _type(widget, typed)
    elif isinstance(widget, QComboBox) and 0 <= typed < widget.count():
        widget.setCurrentIndex(typed)
        widget.activated.emit(typed)


def _spoken(name: str) -> str:
    return name.split("|")[1].replace("&", "")
