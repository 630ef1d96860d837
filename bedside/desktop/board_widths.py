"""How wide the columns of the ward list are, and how large it is drawn, in the room there is."""

from collections.abc import Callable

from PySide6.QtCore import QSize

from bedside.desktop.board_words import COLUMNS
from bedside.desktop.grown import grown_sizes
from bedside.desktop.look import Look

_WIDER = {
    "course": 226,
    "clocks": 214,
    "dlt": 172,
}  # in a wider window: names and clocks in one line
_ROOMY = 1120  # pixels at 100 %: with less room the columns of `_NARROW` are as narrow as this
_NARROW = {
    "bed": 48,
    "infant": 142,
    "course": 132,
    "clocks": 142,
    "dlt": 140,
    "due": 150,
    "held": 176,
}
# with still less room, in large text: the course stands below the infant, the DLT period below the clocks
_FOLDED_BELOW = 900
FOLDED = {"bed": 44, "infant": 158, "course": 0, "clocks": 156, "dlt": 0, "due": 190, "held": 190}
_LAID_OUT_FOR, _AN_INFANT, _FEW = 1290, 56, 8  # pixels at 100 % wide, and high; infants


def grown_list(
    look: Look, room: QSize, infants: int, high_as: Callable[[Look, list[int]], int]
) -> Look:
    """Return the look that the list is drawn with: larger on a large screen that has room for every infant.

    Args:
        look: the look of the page.
        room: of the list, in pixels.
        infants: on the ward, whatever the search leaves of them: nothing grows while somebody types.
        high_as: how high all their rows are as a look draws them, in columns of these widths; pixels.
    """
    if not infants:
        return look
    for larger in grown_sizes(look, room, (_LAID_OUT_FOR, max(_FEW, infants) * _AN_INFANT)):
        if larger is look:
            break
        widths = widths_in(room.width(), larger)
        if (
            high_as(larger, [widths[name] for name in COLUMNS]) + larger.measure("list_header")
            <= room.height()
        ):
            return larger
    return look


def is_folded(room: int, look: Look) -> bool:
    """Whether course and DLT period stand below infant and clocks in a room of so many pixels."""
    return room < look.px(_FOLDED_BELOW)


def widths_in(room: int, look: Look) -> dict[str, int]:
    """The width of each column in pixels; what a wider window has goes to what is due and what is held."""
    widths, folded = dict(look.board_columns), is_folded(room, look)
    if folded:
        widths |= {name: look.px(wide) for name, wide in FOLDED.items()}
    elif room < look.px(_ROOMY):
        widths |= {name: look.px(wide) for name, wide in _NARROW.items()}
    spare = max(0, room - sum(widths.values()))
    for name, most in () if folded else _WIDER.items():  # first these, then what is due and held
        more = max(0, min(spare // 4, look.px(most) - widths[name]))
        widths[name] += more
        spare -= more
    widths["due"] += spare * 11 // 20
    widths["held"] += spare - spare * 11 // 20
    if room < sum(widths.values()):  # a scroll bar came: what is due gives way, nothing is cut
        widths["due"] -= sum(widths.values()) - room
    return widths
