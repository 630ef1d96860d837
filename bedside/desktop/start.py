"""Starts the desktop on an open ward: the application, its look, the window, the last net."""

import gc
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from weakref import ref

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop.ahead import A_BREATH_MS, go_on, make_pages
from bedside.desktop.direction import face_as_language
from bedside.desktop.look import TEXT_SIZES, Look, Theme
from bedside.desktop.page_door import every_door
from bedside.desktop.save import LastNet
from bedside.desktop.session import Session
from bedside.desktop.window import BedsideWindow
from bedside.units.refusal import Refused
from bedside.ward.people import has_people
from bedside.ward.ward import Ward

_SMALL = (1400, 820)
_LARGE = (2400, 1300)  # from such a screen on the text is larger until somebody says otherwise
USUAL_PERCENT, _PERCENT_ON_LARGE = 100, 125
_SHARE_OF_SCREEN = 92  # per cent that the window takes of a screen that is not small
_SLICE_S = 0.03  # of such work at a time: a key pressed meanwhile is answered at once
_DONE = object()
LANGUAGE_KEY = "language"  # in what the workstation keeps of its own


def make_application(
    arguments: Sequence[str], look_theme: Theme = "light", percent: int | None = USUAL_PERCENT
) -> tuple[QApplication, Look]:
    """Make Qt's application and the look; an application that is there already is used.

    The style sheet is not set yet: see `dress`.

    Args:
        arguments: the program's name and Qt's own options.
        look_theme: the theme to begin with.
        percent: how large the text is; None for what this workstation keeps, else by its screen.
    """
    # else a label forgets its colour whenever a part around it takes another sheet
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
    there = QApplication.instance()
    if isinstance(there, QApplication):
        application = there
        application.setStyle("Fusion")
    else:  # named among Qt's options, the style costs no picture of all styles in Python
        application = QApplication([*arguments, "-style", "Fusion"])
    face_as_language(application)
    application.setApplicationName("Bedside")
    application.setApplicationDisplayName("Bedside")
    application.setDesktopFileName("bedside")
    look = Look(look_theme, percent or _station_percent(application))
    application.setFont(look.font("body"))
    application.setPalette(look.palette())
    language = station_language()
    if language != "en":  # English loads nothing
        from bedside.desktop.language import speak

        speak(application, language)
    return application, look


def station_language() -> str:
    """The language of this workstation's screen: asked for this start, or kept; English if neither is."""
    return os.environ.get("BEDSIDE_LANGUAGE") or str(station().value(LANGUAGE_KEY, "en"))


def station() -> QSettings:
    """What this workstation keeps of its own: never anything of a ward or an infant."""
    return QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, "bedside", "workstation"
    )


def _station_percent(application: QApplication) -> int:
    """The size of text kept here; where none is kept, larger on a large screen."""
    kept = str(station().value("text_percent", ""))
    if kept.isascii() and kept.isdecimal() and int(kept) in TEXT_SIZES:
        return int(kept)
    room = application.primaryScreen().availableSize()
    large = room.width() >= _LARGE[0] and room.height() >= _LARGE[1]
    return _PERCENT_ON_LARGE if large else USUAL_PERCENT


def dress(application: QApplication, look: Look) -> None:
    """Set the application's style sheet, where one page or dialog is all that is shown."""
    application.setPalette(look.palette())
    application.setStyleSheet(look.style_sheet())


def dress_window(window: QWidget, look: Look) -> None:
    """Give the program's window its style sheet; the application has none then.

    After the window is made: no widget is styled again and again while it is put into its place. Where
    the application has a sheet, Qt styles each part of a page anew every time it is put into a larger
    part, before the page is in sight; a window's sheet reaches a page once, when it comes into the window.
    """
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(look.palette())
        if application.styleSheet():
            application.setStyleSheet("")
    window.setStyleSheet(look.style_sheet())


def run(
    ward: Ward,
    arguments: Sequence[str],
    *,
    who: str = "",
    crash_folder: Path | Callable[[], Path] | None = None,
    theme: Theme = "light",
) -> int:
    """Open the window and stay until it is closed.

    Args:
        ward: the open ward; closed by the caller.
        arguments: for Qt.
        who: who records, "" to be asked before the first record.
        crash_folder: where fault notes go, or what finds it.
        theme: "light" or "dark".
    """
    collected = gc.isenabled()
    gc.disable()  # until the window's own thread collects
    application, look = make_application(arguments, theme, None)
    session = Session(who, crash_folder, ward.now)
    net = LastNet(session)
    net.install()
    window = BedsideWindow(ward, look, session, every_door())
    if has_people(ward):
        from bedside.desktop.locking import Locking

        Locking(window, ward, session).begin()
    dress_window(window, look)
    room = application.primaryScreen().availableSize()
    if room.width() <= _SMALL[0] or room.height() <= _SMALL[1]:
        window.showMaximized()  # with a title bar the frame would not fit
    else:
        share = _SHARE_OF_SCREEN / 100
        window.resize(round(room.width() * share), round(room.height() * share))
        window.show()
    there = ref(window)  # one that is closed at once is not held on to
    QTimer.singleShot(200, window, lambda: _settle(there()))
    try:
        return application.exec()
    finally:
        if session.backups is not None:
            session.backups.stop()
        net.remove()
        if collected:
            gc.enable()


def _settle(window: BedsideWindow | None) -> None:
    """What is early enough after the first paint: pages, icon, DLT states, Python's housekeeping."""
    if window is None or not window.isVisible():
        return
    from bedside.desktop.collecting import collect_here
    from bedside.desktop.others_door import follow_others
    from bedside.desktop.scan_door import watch_scans
    from bedside.desktop.server_door import watch_server

    window.frame.make_infant_parts()
    window.take_icon()
    window.drafts.begin_keeping(window)
    watch_scans(window)
    follow_others(window)
    watch_server(window)
    if window.locking is None:
        from bedside.desktop.vial_door import clock_again

        clock_again(window)
    gc.freeze()  # what a start made stays all night: it is not looked through again
    collect_here(window)
    _judge(window)


def _judge(window: BedsideWindow) -> None:
    """Judge DLT states and orders a few infants at a time, then show them; copies begin after it."""
    from bedside.ward.board_ahead import judging

    steps = judging(window.ward)
    there = ref(window)

    def judge_some() -> bool:
        window = there()
        if window is None:
            return False
        until = monotonic() + _SLICE_S
        while monotonic() < until:
            if next(steps, _DONE) is _DONE:
                window.refresh_board(keep_order=True)
                make_pages(window)
                QTimer.singleShot(1000, window, lambda: _begin_copies(there()))
                return False
        return True

    go_on(window, 0, judge_some)


def _begin_copies(window: BedsideWindow | None) -> None:
    """From now on copies are made; later than the rest, so that the window never waits for both."""
    if window is None or not window.isVisible():
        return
    from bedside.desktop.backup_clock import backups_of
    from bedside.desktop.broken_trail import begin_watch

    begin_watch(window, backups_of(window.ward, window.session))
    _count_ahead(window)


def _count_ahead(window: BedsideWindow) -> None:
    """Count for the toxicity round, one infant at a time, so that its list opens at once."""
    from bedside.ward.toxicity_ward_round import count_ahead

    there = ref(window)

    def one_more() -> bool:
        window = there()
        with suppress(Refused):  # whoever opens the list is told
            return window is not None and count_ahead(window.ward)
        return False

    go_on(window, A_BREATH_MS, one_more)
