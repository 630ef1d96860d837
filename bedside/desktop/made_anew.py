"""Makes a page with typed text anew, in another theme, size or language, and puts back what was typed.

Decision: the new page stands in the old one's place only where it reads equal: every field, and what the
form makes of them. Else the old page is kept as it was begun (`bedside.desktop.carried_drafts`), so that
nothing typed can be lost. A draft whose save nobody can tell the fate of is never made anew.

Fields are met by their place on the page, not by their names: those are in the language of before.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from bedside.desktop.own_typing import own_typing
from bedside.desktop.page import Page
from bedside.desktop.tall_area import bring_into_sight
from bedside.desktop.typed_fields import fields_of, place_typed, type_at, typed_in
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from bedside.desktop.commissioning_page import CommissioningPage
    from bedside.desktop.counts_page import CountsPage
    from bedside.desktop.doses_page import DosesPage
    from bedside.desktop.fever_page import FeverPage
    from bedside.desktop.toxicities_page import ToxicitiesPage


def made_anew(old: Page, new: Page, infant_id: int) -> bool:
    """Put what is typed in one page into another of its kind, just made and empty.

    Args:
        old: the page with typed text; it is not changed.
        new: takes its place.
        infant_id: whose page it is.

    Returns:
        Whether the new one reads as the old one does; where it does not, it is to be thrown away.
    """
    kind = type(old).__name__
    if not old.keeps_typing or kind not in _SAYS or old in old.session.unsure:
        return False
    new.show_infant(infant_id)
    if new.is_dirty():
        return False
    new.opened_on = old.opened_on  # what she had seen when she began
    if new.session.kept is not None:
        new.session.kept.know_shape(new)
    before = _BEFORE.get(kind)
    if before is not None:
        before(old, new)
    own = own_typing(new)
    if own is not None:
        left = own.put_back(typed_in(old))
        if left:
            return False
    else:
        _put_by_place(old, new)
    after = _AFTER.get(kind)
    if after is not None:
        after(old, new)
    return new.is_dirty() and _SAYS[kind](old) == _SAYS[kind](new)


def commissioning_anew(old: "CommissioningPage", new: "CommissioningPage") -> bool:
    """Put the unrecorded rows of every pass into a page made anew, and go to the group in sight."""
    group = old.group()
    old.typing.close_pass()
    new.typing.take_drafts(old.typing)
    if old.state is not None and group is not None:
        new.choose(old.state.scope, group.key)
    return sorted(old.typing.unrecorded()) == sorted(new.typing.unrecorded())


class Held:
    """Where the keyboard was on a page: found again on the page that takes its place.

    Args:
        page: the page.
        focus: what has the keyboard; None or elsewhere for nothing.
    """

    def __init__(self, page: QWidget | None, focus: QWidget | None) -> None:
        self._kind: type[QWidget] | None = None
        self._at = -1
        if page is not None and focus is not None and page.isAncestorOf(focus):
            self._kind = type(focus)
            self._at = page.findChildren(type(focus)).index(focus)

    def give_to(self, page: QWidget) -> None:
        """Give the keyboard to what stands there now, and scroll to it once all is laid out."""
        if self._kind is None:
            return
        found = page.findChildren(self._kind)
        if self._at < len(found) and isValid(found[self._at]):
            there = found[self._at]
            there.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, there, lambda: bring_into_sight(there))


def _put_by_place(old: Page, new: Page) -> None:
    """Type into each field what stands in the one at its place; one value may let another appear."""
    for _ in range(2):
        pairs = zip(
            (field for _, field in fields_of(old)),
            (field for _, field in fields_of(new)),
            strict=False,  # another number of fields does not read equal
        )
        for before, field in pairs:
            if type(before) is type(field) and place_typed(before) != place_typed(field):
                type_at(field, place_typed(before))


def _places(page: Page) -> list[tuple[str, str | bool | int]]:
    return [(type(field).__name__, place_typed(field)) for _, field in fields_of(page)]


# ---- what a page makes of what is typed in it ---------------------------------------------------
def _counts(page: Page) -> object:
    form = cast("CountsPage", page).form
    try:
        made: object = form.new_counts()
    except Refused as refused:
        made = refused.reasons
    return _places(page), form.reading(), form.normal, made


def _fever(page: Page) -> object:
    form = cast("FeverPage", page).form
    return _places(page), form.signs(), form.taken()


def _doses(page: Page) -> object:
    vial = cast("DosesPage", page).vial
    return (
        [field.typed for field in typed_in(page)],
        vial.day,
        vial.reconstituted(),
        vial.typed_minutes(),
    )


def _round(page: Page) -> object:
    toxicities = cast("ToxicitiesPage", page)
    return typed_in(page), toxicities.round.answers(), toxicities.in_round


_SAYS: dict[str, Callable[[Page], object]] = {
    "CountsPage": _counts,
    "FeverPage": _fever,
    "DosesPage": _doses,
    "ToxicitiesPage": _round,
}


# ---- what is no field ------------------------------------------------------------------------------
def _units_of(old: Page, new: Page) -> None:
    """Units and limits of this count: a number is read in the unit it was typed in."""
    cast("CountsPage", new).form.set_normal(cast("CountsPage", old).form.normal)


def _counts_after(old: Page, new: Page) -> None:
    """What stands against a value is said as before; a red edge alone would leave her guessing."""
    _in_table(old, new)
    form = cast("CountsPage", new).form
    for line in form.lines.values():
        if not line.field.is_empty():
            line.reveal()


def _in_table(old: Page, new: Page) -> None:
    at, page = cast("CountsPage", old).stack.currentIndex(), cast("CountsPage", new)
    if at != page.stack.currentIndex():
        page.show_table(bool(at))


def _unfolded(old: Page, new: Page) -> None:
    form = cast("FeverPage", new).form
    if cast("FeverPage", old).form.more.isHidden() != form.more.isHidden():
        form.fold()


def _part_of(old: Page, new: Page) -> None:
    part, paper = cast("DosesPage", old).in_sight
    cast("DosesPage", new).show_again(part, paper)


def _began(old: Page, new: Page) -> None:
    """The round goes on: it began when it began, paused where it was paused."""
    before, page = cast("ToxicitiesPage", old), cast("ToxicitiesPage", new)
    page.round.began = before.round.began
    if not before.in_round:
        page.show_log()


_BEFORE: dict[str, Callable[[Page, Page], None]] = {
    "CountsPage": _units_of,
    "FeverPage": _unfolded,
}
_AFTER: dict[str, Callable[[Page, Page], None]] = {
    "CountsPage": _counts_after,
    "DosesPage": _part_of,
    "ToxicitiesPage": _began,
}
