"""The second check drawn as pictures: a dose that waits for it, both counts, and what they come to."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from bedside.desktop.check_who import CheckWho
from bedside.desktop.second_check_page import SecondCheckPage
from bedside.desktop.window import BedsideWindow
from bedside.units.writer import write_number
from bedside.ward.board import board
from bedside.ward.check_reading import rows_of
from bedside.ward.check_sheet import order_figures
from bedside.ward.check_standing import check_state
from bedside.ward.facts import facts_of
from bedside.ward.orders import order_board
from bedside.ward.views.check_state import Planned
from bedside.ward.views.second_check import Counted

_DOSES = 6  # the page Doses and papers among an infant's
_FIRST, _SECOND = "E. Sørensen, RN", "T. Marchetti, RN"


def check_shots(window: BedsideWindow, *, match: bool) -> Iterator[tuple[str, QWidget]]:
    """Draw a check of the first dose that is released and not checked; it goes on record.

    Args:
        window: the window of a demonstration ward.
        match: both count as the order has it; else the second rounds the volume.
    """
    found = _waiting(window)
    if found is None:
        return
    infant_id, planned = found
    order = rows_of(window.ward, infant_id, planned).order
    if order is None:
        return
    right = order_figures(window.ward, facts_of(window.ward, infant_id), order).counted
    window.open_infant(infant_id)
    window.show_page(_DOSES)
    yield "second-check-waits", window
    yield from _first(window, infant_id, planned, right)
    yield from _second(window, infant_id, planned, right, match=match)
    window.frame.end_check()
    yield "second-check-told", window
    window.show_board()


def _waiting(window: BedsideWindow) -> tuple[int, Planned] | None:
    """The first released dose of today that nobody has checked."""
    today = window.ward.today()
    for row in board(window.ward).rows:
        for order in order_board(window.ward, row.infant_id).at("released"):
            state = check_state(window.ward, row.infant_id, *order.key)
            if order.on == today and state.stage != "matched":
                return row.infant_id, order.key
    return None


def _first(
    window: BedsideWindow, infant_id: int, planned: Planned, right: Counted
) -> Iterator[tuple[str, QWidget]]:
    page = _opened(window, infant_id, planned)
    yield "second-check-first", window
    _type(page, right, comma=False)
    _name(page.who, _FIRST)
    page.keep()


def _second(
    window: BedsideWindow, infant_id: int, planned: Planned, right: Counted, *, match: bool
) -> Iterator[tuple[str, QWidget]]:
    page = _opened(window, infant_id, planned)
    _type(page, right, comma=True)
    _name(page.who, _SECOND)
    yield "second-check-second", window
    _type(page, right, comma=False)
    if not match and page.count is not None:
        page.count.volume.field.set_text(write_number(round(right.volume_ml, 1)))
    page.keep()
    yield f"second-check-{'matched' if match else 'differs'}", window


def _opened(window: BedsideWindow, infant_id: int, planned: Planned) -> SecondCheckPage:
    window.frame.begin_check(infant_id, planned)
    if window.frame.blind is None:
        raise RuntimeError("the demonstration's dose may be checked")
    return window.frame.blind.page


def _type(page: SecondCheckPage, right: Counted, *, comma: bool) -> None:
    if page.count is None:
        return
    mark = "," if comma else "."
    page.count.weight.field.set_text(write_number(right.weight.kg))
    page.count.dose.field.set_text(write_number(right.dose.value, mark))
    if not comma:
        page.count.volume.field.set_text(write_number(right.volume_ml))
    field = page.count.dose.field.edit if comma else page.count.volume.field.edit
    field.setFocus()


def _name(who: CheckWho | None, name: str) -> None:
    if who is not None and who.name is not None:
        who.name.setText(name)
