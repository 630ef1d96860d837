"""Every text that people typed into a ward, newly since it was asked last: no translation touches one."""

import re
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from msgspec import Struct

import bedside.store
from bedside.store.records import Record
from bedside.store.shapes import shape_of

if TYPE_CHECKING:
    from bedside.ward.ward import Ward

_KEY = re.compile(r"[a-z0-9_-]+")  # a word of the program, or one that says nothing by itself
_PEOPLE = ("recorded_by", "physician", "ordered_by", "left_name", "came_name", "name")
_OURS = frozenset({"voided_at", "void_reason", "recorded_at"})


class TypedTexts(Struct):
    """Up to which row each table was read.

    Args:
        read_to: the last number read, by table.
    """

    read_to: dict[str, int]

    def new_in(self, ward: "Ward") -> tuple[set[str], set[str]]:
        """Return who recorded since the last call, and what was typed: names, notes, reasons.

        Args:
            ward: the open ward.
        """
        people: set[str] = set()
        found: set[str] = set()
        with ward.store.reading() as connection:
            for kind in _kinds():
                shape = shape_of(kind)
                columns = _texts_of(kind)
                after = self.read_to.get(shape.table, 0)
                asked = f"SELECT id, {', '.join(columns)} FROM {shape.table} WHERE id > {after}"  # noqa: S608 (own names, and a number)
                for row in connection.exec_driver_sql(asked).fetchall():
                    self.read_to[shape.table] = max(after, int(str(row[0])))
                    after = self.read_to[shape.table]
                    for column, text in zip(columns, row[1:], strict=True):
                        if text and column in _PEOPLE:
                            people |= {str(text), str(text).partition(",")[0]}
                        elif text and not _KEY.fullmatch(str(text)):
                            found.add(str(text))
        return people, found


def _kinds() -> list[type[Record]]:
    """Every kind of record that is kept, also those that nothing here has asked for yet."""
    for module in iter_modules(bedside.store.__path__):
        if module.name.endswith("_records"):
            import_module(f"bedside.store.{module.name}")
    below: list[type[Record]] = []
    for kind in Record.__subclasses__():
        below += [kind, *kind.__subclasses__()]
    return [kind for kind in below if not kind.__name__.startswith("Judged")]


def _texts_of(kind: type[Record]) -> list[str]:
    """The columns of a kind of record that hold text."""
    kinds = {"str", "str | None", str, str | None}
    hints = {
        name: note
        for each in kind.__mro__
        for name, note in vars(each).get("__annotations__", {}).items()
    }
    return [name for name in shape_of(kind).names if hints.get(name) in kinds and name not in _OURS]
