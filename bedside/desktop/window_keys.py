"""The keys that work in the whole window, by name; the palette and the page of shortcuts read them here."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

# what a key does, by the name under which `window_acts` has its words
KEYS = {
    "palette": "Ctrl+K",
    "search": "Ctrl+F",
    "filter": "Ctrl+Shift+F",
    "enrol": "Ctrl+N",
    "read again": "F5",
    "back": "Esc",
    "keys": "?",
    "ward round": "F4",
    "handover": "Ctrl+H",
    "verify paper": "Ctrl+Shift+P",
    "vial clock": "Ctrl+Shift+V",
    "take back": "Ctrl+Z",
    "text larger": "Ctrl++",
    "text smaller": "Ctrl+-",
    "text usual": "Ctrl+Shift+0",  # Ctrl+0 is the ward list
}
TEXT_STEPS = {"text larger": 1, "text smaller": -1, "text usual": 0}


def add_shortcuts(window: "BedsideWindow", pages: int) -> None:
    """Add the keys.

    Args:
        window: the window.
        pages: how many pages an infant has: Ctrl+1, Ctrl+2 … open them.
    """
    keys = KEYS | {str(number): f"Ctrl+{number + 1}" for number in range(pages)}
    for name, key in keys.items():
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setObjectName(name)
        if name == "text larger":  # the same key without Shift, where + needs Shift
            shortcut.setKeys([QKeySequence(key), QKeySequence("Ctrl+=")])
        shortcut.activated.connect(window.key_pressed)


def do_act(window: "BedsideWindow", name: str) -> None:
    """Do what a key of the window stands for.

    Args:
        window: the window.
        name: a name of `KEYS`, or the number of a page.
    """
    if name.isdecimal():
        from bedside.desktop.page_keys import to_page

        to_page(window, int(name))
    elif name == "palette":
        from bedside.desktop.palette_dialog import show_palette

        show_palette(window)
    elif name in TEXT_STEPS:
        from bedside.desktop.text_size import change_text_size

        change_text_size(window, TEXT_STEPS[name])
    elif name in _DOORS:
        _open(window, name)
    else:
        acts = {
            "search": window.to_search,
            "enrol": window.enrol,
            "read again": window.read_again,
            "keys": window.show_keys,
            "ward round": window.show_ward_round,
        }
        acts[name]()


_DOORS = ("back", "handover", "vial clock", "take back", "filter", "verify paper")


def _open(window: "BedsideWindow", name: str) -> None:
    """Open a door that is loaded when it is first asked for."""
    if name == "back":
        from bedside.desktop.way_back import go_back

        go_back(window)
    elif name == "handover":
        from bedside.desktop.handover_door import show_handover

        show_handover(window)
    elif name == "vial clock":
        from bedside.desktop.vial_full import show_full

        show_full(window)
    elif name == "take back":
        from bedside.desktop.take_back_door import ask_take_back

        ask_take_back(window)
    elif name == "filter":
        from bedside.desktop.board_filter import show_filter

        show_filter(window)
    elif name == "verify paper":
        from bedside.desktop.scan_door import show_verify

        show_verify(window)
