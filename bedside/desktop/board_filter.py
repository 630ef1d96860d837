"""The filter of the ward list: by protocol, by course, by what waits for another person's check.

Decision: one door with a menu, not a row of fields: most hours of the day nobody filters, and a filter
that is forgotten hides an infant. So the band says in words what is chosen, how many infants are not
shown, and which of them are late or have a clock running; Esc shows everybody again.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from bedside.desktop.board_model import Limit
from bedside.desktop.word_menu import WordMenu
from bedside.ward.views.board import BoardRow

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def show_filter(window: "BedsideWindow") -> None:
    """Show the choices below their door; the keyboard is on the one in force."""
    if not window.show_board():
        return
    model = window.board_page.model
    menu = WordMenu(window.look, _t("Which infants are shown"), window)
    now, rows = model.limit, model.every_row
    take = partial(_take, window)
    every = menu.add_choice(
        _t("All infants"), partial(take, Limit()), chosen=now == Limit(), group=menu.one_of()
    )
    menu.setActiveAction(every)
    menu.add_heading(_t("Protocol"))
    _add(menu, _titles(row.protocol_title for row in rows), now, "protocol", take)
    menu.add_heading(_t("Course"))
    _add(menu, _titles(row.course_title for row in rows), now, "course", take)
    menu.add_heading(_t("Waiting for another person"))
    checks = partial(take, replace(now, checks=not now.checks))
    menu.add_choice(_t("Open checks and decisions"), checks, chosen=now.checks)
    menu.aboutToHide.connect(menu.deleteLater)
    door = window.summary.filter_button
    menu.popup(door.mapToGlobal(door.rect().bottomLeft()))


def _add(
    menu: WordMenu,
    titles: Iterable[str],
    now: Limit,
    part: str,
    take: Callable[[Limit], None],
) -> None:
    """A line for each title; the one in force is marked, and choosing it again takes it away."""
    group = menu.one_of(may_be_none=True)
    for title in titles:
        chosen = getattr(now, part) == title
        wanted = replace(now, **{part: "" if chosen else title})
        menu.add_choice(title, partial(take, wanted), chosen=chosen, group=group)


def _take(window: "BedsideWindow", wanted: Limit) -> None:
    window.board_page.model.limit_to(wanted)
    window.board_page.choose(None)
    window.show_counted()
    window.board_page.take_focus()


def _titles(titles: Iterable[str]) -> list[str]:
    return sorted(set(titles), key=str.casefold)


def limit_words(limit: Limit, hidden: Iterable[BoardRow]) -> tuple[str, str]:
    """What is chosen, and what the infants who are not shown have that cannot wait; "" for nothing.

    Args:
        limit: the filter in force.
        hidden: the infants that it leaves out.
    """
    parts = [limit.protocol, limit.course, _t("open checks and decisions") if limit.checks else ""]
    left_out = list(hidden)
    late = sum(row.late for row in left_out)
    clocks = sum(bool(row.clocks or row.fever) for row in left_out)
    urgent = []
    if late:
        urgent.append(_t("{0} late").format(late))
    if clocks:
        urgent.append(_t("{0} with a clock running").format(clocks))
    told = _t("not shown: {0}").format(", ".join(urgent)) if urgent else ""
    return ", ".join(part for part in parts if part), told


def _t(text: str) -> str:
    return QCoreApplication.translate("BoardFilter", text)
