"""Draws every page of the desktop as a picture, from a ward, without opening a window on a screen."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bedside.desktop.look import Theme
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress, make_application
from bedside.desktop.window import BedsideWindow
from bedside.ward.board import board
from bedside.ward.views.board import BoardRow
from bedside.ward.ward import Ward

SIZE = (1366, 768)
_FILE_NAMES = ("where-are-we", "timeline", "counts", "toxicities", "doses-and-papers")
_ROUNDS = 3  # a layout settles in two


def draw_pages(ward: Ward, folder: Path, *, who: str) -> int:
    """Draw the ward list, every page of every infant and the forms; some of them dark, too.

    Qt must run off screen (``QT_QPA_PLATFORM=offscreen``, set before Qt is loaded).

    Args:
        ward: the open ward.
        folder: an existing folder for the PNG files.
        who: the name shown as recording.

    Returns:
        How many pictures were drawn.
    """
    before = qInstallMessageHandler(_without_the_platforms_own)
    try:
        themes: tuple[Theme, ...] = ("light", "dark")
        return sum(1 for theme in themes for _ in _theme(ward, folder, who, theme))
    finally:
        qInstallMessageHandler(before)


def _without_the_platforms_own(*said: object) -> None:
    """Say what Qt has to say (kind, place, text), but not that off screen there is no screen."""
    text = str(said[-1])
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)  # noqa: T201 - Qt's own words, where Qt writes them


def _theme(ward: Ward, folder: Path, who: str, theme: Theme) -> Iterator[Path]:
    application, look = make_application(["bedside"], theme)
    window = BedsideWindow(ward, look, Session(who), every_door())
    dress(application, look)
    window.resize(*SIZE)
    window.show()
    rows = board(ward).rows
    try:
        yield _grab(window, folder / f"ward-list-{theme}.png")
        for row in rows if theme == "light" else rows[:2]:
            yield from _infant(window, row, folder, theme)
        window.show_commissioning()
        yield _grab(window, folder / f"commissioning-{theme}.png")
        window.show_board()
        if theme == "light":
            yield from _forms(window, folder)
    finally:
        window.close()
        window.deleteLater()
        _settle(application)


def _infant(window: BedsideWindow, row: BoardRow, folder: Path, theme: Theme) -> Iterator[Path]:
    window.open_infant(row.infant_id)
    for number, name in enumerate(_FILE_NAMES):
        window.show_page(number)
        yield _grab(
            window, folder / f"bed-{row.bed or row.infant_id}-{number + 1}-{name}-{theme}.png"
        )
    window.show_board()


def _forms(window: BedsideWindow, folder: Path) -> Iterator[Path]:
    from bedside.desktop.delay_dialog import DelayDialog
    from bedside.desktop.enrol_dialog import EnrolDialog
    from bedside.desktop.exposure_dialog import ExposureDialog
    from bedside.desktop.keys_dialog import KeysDialog
    from bedside.desktop.protocols_dialog import ProtocolsDialog
    from bedside.desktop.risk_dialog import RiskDialog
    from bedside.desktop.site_dialog import SiteDialog
    from bedside.desktop.who_dialog import WhoDialog
    from bedside.ward.exposure import cumulative_doses
    from bedside.ward.infants import banner

    ward, look, session = window.ward, window.look, window.session
    makers: dict[str, Callable[[], QDialog]] = {
        "enrol": lambda: EnrolDialog(ward, look, session, window),
        "protocols": lambda: ProtocolsDialog(ward, look, session, window),
        "site-settings": lambda: SiteDialog(ward, look, session, window),
        "who-records": lambda: WhoDialog(look, session, window),
        "keys": lambda: KeysDialog(look, window),
        "hold-or-delay": lambda: DelayDialog(
            ward, look, session, board(ward).rows[0].infant_id, window
        ),
        "cumulative-doses": lambda: ExposureDialog(
            look, cumulative_doses(ward, board(ward).rows[0].infant_id), window
        ),
    }
    makers |= _dose_forms(window)
    for row in board(ward).rows:
        about = banner(ward, row.infant_id)
        name = f"risk-bed-{row.bed or row.infant_id}"
        makers[name] = partial(RiskDialog, ward, look, session, about, window)
    for name, make in makers.items():
        dialog = make()
        dialog.show()
        yield _grab(dialog, folder / f"form-{name}.png")
        dialog.hide()
        dialog.deleteLater()


def _dose_forms(window: BedsideWindow) -> dict[str, Callable[[], QDialog]]:
    """A reduced dose, and the doses by mouth of each infant in Maintenance."""
    from bedside.desktop.maintenance_dialog import MaintenanceDialog
    from bedside.desktop.reduction_dialog import ReductionDialog
    from bedside.ward.titration import in_maintenance

    ward, look, session = window.ward, window.look, window.session
    first = board(ward).rows[0].infant_id
    return {"reduce-a-dose": partial(ReductionDialog, ward, look, session, first, window)} | {
        f"doses-by-mouth-bed-{row.bed or row.infant_id}": partial(
            MaintenanceDialog, ward, look, session, row.infant_id, window
        )
        for row in board(ward).rows
        if in_maintenance(ward, row.infant_id)
    }


def _grab(widget: QWidget, path: Path) -> Path:
    application = QApplication.instance()
    if application is not None:
        _settle(application)
    if not widget.grab().save(str(path)):
        raise OSError(f"the picture {path.name} could not be written")
    return path


def _settle(application: QCoreApplication) -> None:
    for _ in range(_ROUNDS):
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
