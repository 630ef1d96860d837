"""The doors to the pages of one infant: a title each, and the page only when it is first opened."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP

from bedside.desktop.page import Page

DLT_PAGE = 4  # the place of the page DLT among an infant's
RECORD_PAGE = 7


class PageDoor(Struct, frozen=True):
    """A page that is not there before somebody goes to it.

    Args:
        title: as on its tab.
        load: imports the page's module and returns its class.
    """

    title: str
    load: Callable[[], type[Page]]


def every_door() -> Sequence[PageDoor]:
    """The pages of an infant, in the order of Ctrl+1, Ctrl+2 …."""
    return (
        PageDoor(str(QT_TRANSLATE_NOOP("Pages", "Where are we")), _where),
        PageDoor(str(QT_TRANSLATE_NOOP("Pages", "Timeline")), _timeline),
        PageDoor(str(QT_TRANSLATE_NOOP("Pages", "Counts")), _counts),
        PageDoor(str(QT_TRANSLATE_NOOP("Pages", "Toxicities")), _toxicities),
        PageDoor(str(QT_TRANSLATE_NOOP("Pages", "DLT")), _dlt),
        PageDoor(str(QT_TRANSLATE_NOOP("Pages", "Fever")), _fever),
        PageDoor(str(QT_TRANSLATE_NOOP("Pages", "Doses and papers")), _doses),
        PageDoor(str(QT_TRANSLATE_NOOP("Pages", "Record")), _record),
    )


def _where() -> type[Page]:
    from bedside.desktop.where_page import WherePage

    return WherePage


def _timeline() -> type[Page]:
    from bedside.desktop.timeline_page import TimelinePage

    return TimelinePage


def _counts() -> type[Page]:
    from bedside.desktop.counts_page import CountsPage

    return CountsPage


def _toxicities() -> type[Page]:
    from bedside.desktop.toxicities_page import ToxicitiesPage

    return ToxicitiesPage


def _dlt() -> type[Page]:
    from bedside.desktop.dlt_page import DltPage

    return DltPage


def _fever() -> type[Page]:
    from bedside.desktop.fever_page import FeverPage

    return FeverPage


def _doses() -> type[Page]:
    from bedside.desktop.doses_page import DosesPage

    return DosesPage


def _record() -> type[Page]:
    from bedside.desktop.record_page import RecordPage

    return RecordPage
