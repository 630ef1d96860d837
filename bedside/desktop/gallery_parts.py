"""The parts of the design system as the gallery shows them: each made from its real class.

A test holds that every control of the desktop (button, field, list, label, tab) is here; a new class
that is not shown fails it.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from bedside.desktop.bound_field import BoundField
from bedside.desktop.choice import Choice
from bedside.desktop.commission_row import RowEdit
from bedside.desktop.count_field import CountField
from bedside.desktop.door_table import DoorTable
from bedside.desktop.fields import DateField, NumberField, TypedField
from bedside.desktop.gallery_states import State
from bedside.desktop.gloves import wear
from bedside.desktop.key_button import KeyButton
from bedside.desktop.look import Look
from bedside.desktop.navigation import Door, door_style
from bedside.desktop.order_cells import OrderView
from bedside.desktop.order_table import OrderTable
from bedside.desktop.palette_dialog import PaletteEdit
from bedside.desktop.person_choice import NameEdit
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.protocol_facts import FactsTable
from bedside.desktop.secret_edit import SecretEdit
from bedside.desktop.segments import Segments
from bedside.desktop.time_field import TimeField
from bedside.desktop.topbar import LockButton, SearchField
from bedside.desktop.trend_choice import TrendChoice
from bedside.desktop.unlock_page import SecretEdit as OpeningSecret
from bedside.desktop.whole_table import WholeTable
from bedside.desktop.word_menu import WordMenu
from bedside.ward.views.orders import OrderRow, OrderState

BUTTON: tuple[State, ...] = ("normal", "hover", "focus", "pressed", "disabled")
CHECKED: tuple[State, ...] = ("normal", "hover", "focus", "chosen", "disabled")
EDIT: tuple[State, ...] = (
    "normal", "focus", "disabled", "typed", "warning", "error", "read-only",
)  # fmt: skip
CHOICE: tuple[State, ...] = ("normal", "focus", "chosen", "disabled")
_FIELD = 250
_ORDER = ("epi-1", 1, "azacitidine", "IV")
_ORDER_WIDTHS = (174, 76, 120, 50, 50, 50, 0, 50)
TABLE: tuple[State, ...] = ("normal", "focus", "chosen")


class Part(Struct, frozen=True):
    """One widget of the gallery.

    Args:
        name: what the gallery calls it.
        shows: the names of the classes that it shows.
        make: makes it in a look.
        states: the states that it has.
        typed: what is typed into it.
        wide: how wide it is drawn, in pixels; 0 for as wide as it asks.
        wrong: what is typed for "error", where the field itself refuses it.
    """

    name: str
    shows: tuple[str, ...]
    make: Callable[[Look], QWidget]
    states: tuple[State, ...]
    typed: str = "4.2"
    wide: int = 0
    wrong: str = ""


def controls() -> tuple[Part, ...]:
    """Buttons, fields, choices and tables."""
    return (*_buttons(), *_fields(), *_choices(), *_tables())


def _buttons() -> tuple[Part, ...]:
    plain = ("QPushButton",)
    return (
        Part("Button", plain, partial(_button, "Record counts"), BUTTON),
        Part("Button, default (the safe one)", plain, _default, BUTTON),
        Part("Button that records", plain, partial(_button, "Sign", role="act"), BUTTON),
        Part("Button that stops", plain, partial(_button, "Discard vial…", role="stop"), BUTTON),
        Part("Button, closed, with its reason", plain, _closed, ("normal", "focus")),
        Part("Button where gloves go, 40 px", plain, _gloved, BUTTON),
        Part("Link", plain, partial(_button, "Show all", role="link"), BUTTON),
        Part("Button with its key", ("KeyButton",), _key_button, BUTTON),
        Part("Lock, with its padlock", ("LockButton",), LockButton, BUTTON),
        Part("Menu of analytes", ("TrendChoice",), TrendChoice, BUTTON),
        Part("Choice of few", ("Segments", "SegmentButton"), _segments, CHECKED),
        Part("Door of the navigation", ("Door",), _door, (*CHECKED, "pressed")),
    )


def _fields() -> tuple[Part, ...]:
    typed, words = EDIT, "Erika"
    return (
        _field("Number with unit", "NumberField", _number, "4.2", "4,2"),
        _field("Figure of a count", "CountField", _count, "84", "8,4"),
        _field("Figure with a sign", "BoundField", _bound, ">400", ">4,0"),
        _field("Day", "DateField", partial(DateField, "Day"), "20-Nov-2026", "31-Feb-2026"),
        _field("Time", "TimeField", partial(TimeField, "Time"), "10:42", "25:00"),
        _field("Text with echo and note", "TypedField", partial(TypedField, "Text"), "4.2", ""),
        Part("Plain field", ("PlainEdit",), _edit(PlainEdit), typed, words),
        Part("Field of a name", ("NameEdit",), _edit(NameEdit), typed, words),
        Part("Field of a row", ("RowEdit",), _edit(RowEdit), typed),
        Part("Field of the palette", ("PaletteEdit",), _edit(PaletteEdit), typed, "counts"),
        Part("Secret", ("SecretEdit",), _edit(SecretEdit), typed, "a passphrase"),
        Part(
            "Secret that opens the ward",
            ("SecretEdit",),
            lambda look: OpeningSecret("Passphrase", look),
            typed,
            "a passphrase",
            _FIELD,
        ),
        Part(
            "Search",
            ("SearchField",),
            SearchField,
            ("normal", "focus", "disabled", "typed"),
            "holm",
        ),
        Part("Text of several lines", ("QPlainTextEdit",), _several, ("normal", "focus")),
    )


def _field(name: str, shows: str, make: Callable[[Look], QWidget], typed: str, wrong: str) -> Part:
    return Part(name, (shows, "Echo"), make, EDIT, typed, _FIELD, wrong)


def _choices() -> tuple[Part, ...]:
    return (
        Part("List of choices", ("Choice",), _choice, CHOICE),
        Part("Menu", ("WordMenu",), _menu, ("normal", "focus")),
    )


def _tables() -> tuple[Part, ...]:
    return (
        Part("Table", ("PlainTable",), partial(_table, PlainTable), TABLE),
        Part("Table whose rows open", ("DoorTable",), partial(_table, DoorTable), TABLE),
        Part("Table of facts", ("FactsTable",), partial(_table, FactsTable), TABLE),
        Part("Table as high as its rows", ("WholeTable",), _whole, TABLE),
        Part("Orders", ("OrderView",), _orders, TABLE),
    )


def _button(words: str, look: Look, *, role: str = "") -> QWidget:
    made = QPushButton(words)
    made.setFont(look.font("body", "strong"))
    if role:
        made.setProperty("role", role)
    made.setAutoDefault(False)
    return made


def _default(look: Look) -> QWidget:
    made = QPushButton("Go back")
    made.setFont(look.font("body", "strong"))
    made.setDefault(True)
    return made


def _closed(look: Look) -> QWidget:
    made = _button("Open EPI #2", look)
    made.setProperty("closed", True)
    return made


def _gloved(look: Look) -> QWidget:
    made = _button("Record as given", look)
    wear(made)
    return made


def _key_button(look: Look) -> QWidget:
    return KeyButton("As table", "Alt+T", look, bound=False)


def _segments(look: Look) -> QWidget:
    made = Segments(("yes", "no", "not known"), "Fasting", look)
    made.setMinimumHeight(look.px(28))
    return made


def _door(look: Look) -> QWidget:
    made = Door("cohort", "F8", look)
    made.setText("Cohort")
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    made.setFixedSize(look.measure("nav_width") - 1, look.measure("nav_item"))
    made.setFont(look.font("body", "medium"))
    made.setStyleSheet(door_style(look))
    return made


def _number(look: Look) -> QWidget:
    return NumberField("weight", "kg", look, name="Weight")


def _bound(look: Look) -> QWidget:
    return BoundField("blasts", "/µL", look, ".", name="Blasts on day 8")


def _count(look: Look) -> QWidget:
    return CountField("haemoglobin", "haemoglobin", "g/L", look, ".", name="Haemoglobin")


def _edit(kind: type[PlainEdit]) -> Callable[[Look], QWidget]:
    def make(look: Look) -> QWidget:
        made = kind("Field")
        made.setFont(look.font("body"))
        made.setFixedWidth(look.px(150))
        return made

    return make


def _several(look: Look) -> QWidget:
    made = QPlainTextEdit()
    made.setFont(look.font("body"))
    made.setFixedSize(look.px(180), look.px(60))
    return made


def _choice(look: Look) -> QWidget:
    return Choice("Specimen", (("line", "central line"), ("vein", "vein")), look)


def _menu(look: Look) -> QWidget:
    made = WordMenu(look, "Which infants are shown")
    group = made.one_of()
    for words in ("All infants", "Interfant-06"):
        made.add_choice(words, made.close, chosen=words == "Interfant-06", group=group)
    made.add_heading("Waiting for another person")
    made.add_choice("Open checks", made.close, chosen=True)
    made.add_choice("Open decisions", made.close, chosen=False)
    return made


def _rows() -> QStandardItemModel:
    model = QStandardItemModel(3, 2)
    model.setHorizontalHeaderLabels(["Day", "What"])
    for row, words in enumerate(("azaCITIDine", "vinCRIStine", "pegaspargase")):
        model.setItem(row, 0, QStandardItem(str(row + 1)))
        model.setItem(row, 1, QStandardItem(words))
    return model


def _table(kind: type[PlainTable], look: Look) -> QWidget:
    made = kind("Doses", look)
    model = _rows()
    model.setParent(made)
    made.setModel(model)
    made.set_widths((40,))
    made.setFixedSize(look.px(190), look.px(112))
    return made


def _orders(look: Look) -> QWidget:
    model, day = OrderTable(look), date(2026, 10, 7)
    state, name = OrderState(_ORDER, None, "not ordered"), "azaCITIDine intravenous"
    rows = tuple(
        OrderRow(_ORDER, name, each, day, "15.5 mg", (), (), state, drug="azaCITIDine")
        for each in (1, 2)
    )
    model.show_rows(rows, day)
    made = OrderView("Orders", look, model, _ORDER_WIDTHS, mark=22)
    model.setParent(made)
    made.setFixedSize(look.px(640), look.px(130))
    return made


def _whole(look: Look) -> QWidget:
    model = _rows()
    made = WholeTable("Doses", look, model, (40, 0))
    model.setParent(made)
    made.setFixedSize(look.px(190), look.px(112))
    return made
