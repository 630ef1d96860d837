"""Which pages are kept as reference pictures, and how each is brought into sight."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop.look import Look, Theme
from bedside.desktop.window import BedsideWindow
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board

SIZE = (1366, 768)
LOOKS: dict[str, tuple[Theme, int]] = {
    "light": ("light", 100),
    "dark": ("dark", 100),
    "large": ("light", 150),
}
_INFANT_PAGES = (
    "where-are-we",
    "timeline",
    "counts",
    "toxicities",
    "dlt",
    "fever",
    "doses",
    "record",
)
_ORDERS, _OTHERS, _PAPERS = 1, 2, 3
_ROUNDS = 3  # a layout settles in two
# one infant with a running vial on every page; of others what theirs alone shows
_OF_BED = {"2": range(8), "4": (0, 3), "5": (0, 5), "7": (0, 6), "8": (0, 1)}


def pages(window: BedsideWindow) -> Iterator[tuple[str, QWidget]]:
    """Bring each page into sight, one after the other; yields its name and what to draw.

    The copies of the ward are left out: their page names the folder of this very run.
    """
    judge_board(window.ward)
    window.refresh_board(keep_order=False)
    window.show_board()
    # whichever theme was drawn before this one, the list begins at its first infant
    window.frame.board_page.choose(None)
    window.frame.board_page.table.scrollToTop()
    yield "ward-list", window
    ids = {row.bed: row.infant_id for row in board(window.ward).rows}
    for bed, numbers in _OF_BED.items():
        window.open_infant(ids[bed])
        for number in numbers:
            window.show_page(number)
            yield f"bed-{bed}-{_INFANT_PAGES[number]}", window
            if bed == "2" and _INFANT_PAGES[number] == "doses":
                yield from _parts(window)
    for name, show in _others(window).items():
        show()
        yield name, window


def _parts(window: BedsideWindow) -> Iterator[tuple[str, QWidget]]:
    page = window.pages.page
    for name, part in (("orders", _ORDERS), ("other-drugs", _OTHERS), ("papers", _PAPERS)):
        page.show_part(part)
        yield f"bed-2-doses-{name}", window
    page.show_part(0)


def _others(window: BedsideWindow) -> dict[str, Callable[[], object]]:
    return {
        "commissioning": window.show_commissioning,
        "cohort": window.show_cohort,
        "ward-record": window.frame.show_record,
        "protocols": partial(_protocols, window, view=0),
        "protocols-side-by-side": partial(_protocols, window, view=1),
        "people-and-site": window.show_site,
    }


def _protocols(window: BedsideWindow, view: int) -> None:
    """The first course of the first protocol: its facts, or beside the other protocol's."""
    window.show_protocols()
    page = window.stack.currentWidget()
    page.show_view(0)
    page.parts.selectRow(1)
    page.show_view(view)


def wear(window: BedsideWindow, name: str) -> None:
    """Give the window one of `LOOKS` at the size of the pictures."""
    window.resize(*SIZE)
    theme, percent = LOOKS[name]
    window.set_theme(Look(theme, percent))


def settle() -> None:
    """Let everything be laid out, and what was thrown away be gone."""
    for _ in range(_ROUNDS):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
