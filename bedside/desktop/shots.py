"""Draws every page of the desktop as a picture, from a ward, without opening a window on a screen."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bedside.desktop.backup_shots import backup_shots
from bedside.desktop.check_shots import check_shots
from bedside.desktop.handover_shots import handover_shots
from bedside.desktop.look import Theme
from bedside.desktop.page_door import every_door
from bedside.desktop.protocols_shots import protocols_shots
from bedside.desktop.record_shots import record_shots
from bedside.desktop.session import Session
from bedside.desktop.start import dress_window, make_application
from bedside.desktop.window import BedsideWindow
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.views.board import BoardRow
from bedside.ward.ward import Ward

SIZE = (1366, 768)
THEMES: tuple[Theme, ...] = ("light", "dark")
_FILE_NAMES = (
    "where-are-we",
    "timeline",
    "counts",
    "toxicities",
    "dlt",
    "fever",
    "doses-and-papers",
    "record",
)
_DAYS_BACK = 21  # before today: a plan with fewer courses begun
_ROUNDS = 3  # a layout settles in two


def draw_pages(
    ward: Ward,
    folder: Path,
    *,
    who: str,
    size: tuple[int, int] = SIZE,
    percent: int = 100,
    themes: tuple[Theme, ...] = THEMES,
) -> int:
    """Draw the ward list, every page of every infant and the forms.

    Qt must run off screen (``QT_QPA_PLATFORM=offscreen…``, set before Qt is loaded); forms are as large
    as on the screen that says.

    Args:
        ward: the open ward.
        folder: an existing folder for the PNG files.
        who: the name shown as recording.
        size: of the window, in pixels.
        percent: how large the text is.
        themes: the first draws everything, a second some of it.

    Returns:
        How many pictures were drawn.
    """
    before = qInstallMessageHandler(_without_the_platforms_own)
    try:
        count = 0
        for theme in themes:
            window, application = _window(ward, who, size, theme, percent)
            try:
                count += sum(1 for _ in _theme(window, folder, theme, whole=theme == themes[0]))
            finally:
                window.close()
                window.deleteLater()
                _settle(application)
        return count
    finally:
        qInstallMessageHandler(before)


def _without_the_platforms_own(*said: object) -> None:
    """Say what Qt has to say (kind, place, text), but not that off screen there is no screen."""
    text = str(said[-1])
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)  # noqa: T201 - Qt's own words, where Qt writes them


def _window(
    ward: Ward, who: str, size: tuple[int, int], theme: Theme, percent: int
) -> tuple[BedsideWindow, QApplication]:
    application, look = make_application(["bedside"], theme, percent)
    window = BedsideWindow(ward, look, Session(who), every_door())
    dress_window(window, look)
    window.resize(*size)
    window.show()
    judge_board(ward)
    window.refresh_board(keep_order=True)
    return window, application


def _theme(window: BedsideWindow, folder: Path, theme: Theme, *, whole: bool) -> Iterator[Path]:
    rows = board(window.ward).rows
    yield _grab(window, folder / f"ward-list-{theme}.png")
    for row in rows if whole else rows[:2]:
        yield from _infant(window, row, folder, theme)
    window.show_commissioning()
    yield _grab(window, folder / f"commissioning-{theme}.png")
    yield from _disagreement(window, folder, theme)
    window.show_site()
    yield _grab(window, folder / f"people-and-site-{theme}.png")
    window.show_cohort()
    yield _grab(window, folder / f"cohort-{theme}.png")
    for name, widget in protocols_shots(window):
        yield _grab(widget, folder / f"{name}-{theme}.png")
    for name, widget in record_shots(window):
        yield _grab(widget, folder / f"{name}-{theme}.png")
    for name, widget in handover_shots(window):
        yield _grab(widget, folder / f"{name}-{theme}.png")
    for name, widget in backup_shots(window):
        yield _grab(widget, folder / f"{name}-{theme}.png")
    window.show_board()
    for name, widget in check_shots(window, match=theme == "dark"):
        yield _grab(widget, folder / f"{name}-{theme}.png")
    yield from _laboratory(window, folder, theme)
    yield from _past_plan(window, folder, theme)
    yield from _opening(window, folder, theme)
    if whole:
        yield from _forms(window, folder)


def _infant(window: BedsideWindow, row: BoardRow, folder: Path, theme: Theme) -> Iterator[Path]:
    window.open_infant(row.infant_id)
    for number, name in enumerate(_FILE_NAMES):
        window.show_page(number)
        yield _grab(
            window, folder / f"bed-{row.bed or row.infant_id}-{number + 1}-{name}-{theme}.png"
        )
        if name == "toxicities":
            yield from _round(window, row, folder, theme)
        if name == "doses-and-papers":
            yield from _orders(window, row, folder, theme)
    window.show_board()


def _round(window: BedsideWindow, row: BoardRow, folder: Path, theme: Theme) -> Iterator[Path]:
    """The infant's toxicity round, with the first toxicity said to be worse."""
    from bedside.desktop.toxicities_page import ToxicitiesPage

    page = window.pages.page
    if not isinstance(page, ToxicitiesPage):
        return
    page.begin_round()
    for line in page.round.opens[:1]:
        line.keys.press("W")
    yield _grab(window, folder / f"bed-{row.bed or row.infant_id}-toxicity-round-{theme}.png")
    page.round.begin_anew()
    page.show_log()


def _orders(window: BedsideWindow, row: BoardRow, folder: Path, theme: Theme) -> Iterator[Path]:
    """The infant's orders, where she has any, and the forms that sign them."""
    from bedside.desktop.order_shots import order_pages

    for name, widget in order_pages(window, row.infant_id):
        yield _grab(widget, folder / f"bed-{row.bed or row.infant_id}-{name}-{theme}.png")


def _forms(window: BedsideWindow, folder: Path) -> Iterator[Path]:
    from bedside.desktop.ctcae_dialog import CtcaeDialog
    from bedside.desktop.delay_dialog import DelayDialog
    from bedside.desktop.enrol_dialog import EnrolDialog
    from bedside.desktop.exposure_dialog import ExposureDialog
    from bedside.desktop.key_sections import key_sections
    from bedside.desktop.keys_dialog import KeysDialog
    from bedside.desktop.risk_dialog import RiskDialog
    from bedside.desktop.site_dialog import SiteDialog
    from bedside.desktop.who_dialog import WhoDialog
    from bedside.ward.exposure import cumulative_doses
    from bedside.ward.infants import banner

    ward, look, session = window.ward, window.look, window.session
    makers: dict[str, Callable[[], QDialog]] = {
        "enrol": lambda: EnrolDialog(ward, look, session, window),
        "site-settings": lambda: SiteDialog(ward, look, session, window),
        "toxicity-terms": lambda: CtcaeDialog(ward, look, session, window),
        "who-records": lambda: WhoDialog(look, session, window),
        "keys": lambda: KeysDialog(look, key_sections(window), window),
        "hold-or-delay": lambda: DelayDialog(
            ward, look, session, board(ward).rows[0].infant_id, window
        ),
        "cumulative-doses": lambda: ExposureDialog(
            look, cumulative_doses(ward, board(ward).rows[0].infant_id), window
        ),
    }
    makers |= _dose_forms(window) | _toxicity_forms(window) | _dlt_forms(window)
    makers |= _fever_forms(window) | _people_forms(window) | _count_forms(window)
    for row in board(ward).rows:
        form = partial(RiskDialog, ward, look, session, banner(ward, row.infant_id), window)
        makers[f"risk-bed-{row.bed or row.infant_id}"] = form
    for name, make in makers.items():
        dialog = make()
        dialog.show()
        yield _grab(dialog, folder / f"form-{name}.png")
        dialog.hide()
        dialog.deleteLater()


def _count_forms(window: BedsideWindow) -> dict[str, Callable[[], QDialog]]:
    """Units and limits of a count, for each infant whose laboratory's limits are on record."""
    from bedside.desktop.counts_limits_dialog import CountLimitsDialog
    from bedside.ward.count_normal import proposed_normals, usual_set

    ward, look, session = window.ward, window.look, window.session
    return {
        f"count-limits-bed-{row.bed or row.infant_id}": partial(
            CountLimitsDialog, ward, look, session, row.infant_id, usual_set(ward), window
        )
        for row in board(ward).rows
        if proposed_normals(ward, row.infant_id)
    }


def _opening(window: BedsideWindow, folder: Path, theme: Theme) -> Iterator[Path]:
    """The pages that stand before the ward list."""
    from bedside.desktop.opening_shots import opening_forms

    for name, make in opening_forms(window.look, window.ward.now()).items():
        dialog = make()
        dialog.setStyleSheet(window.look.style_sheet())  # no window is above it
        dialog.show()
        yield _grab(dialog, folder / f"form-{name}-{theme}.png")
        dialog.hide()
        dialog.deleteLater()


def _fever_forms(window: BedsideWindow) -> dict[str, Callable[[], QDialog]]:
    """The site's own definition of fever."""
    from bedside.desktop.fever_rule_dialog import FeverRuleDialog

    form = partial(FeverRuleDialog, window.ward, window.look, window.session, window)
    return {"definition-of-fever": form}


def _dlt_forms(window: BedsideWindow) -> dict[str, Callable[[], QDialog]]:
    """Rule, card and decision of the DLT evaluation."""
    from bedside.desktop.dlt_shots import dlt_forms

    return dlt_forms(window)


def _people_forms(window: BedsideWindow) -> dict[str, Callable[[], QDialog]]:
    """The first start and the lock page, which a demonstration has not."""
    from bedside.desktop.people_shots import people_forms

    return people_forms(window)


def _disagreement(window: BedsideWindow, folder: Path, theme: Theme) -> Iterator[Path]:
    """Both passes of the first course that waits to be settled, side by side; none where none does."""
    page = window.frame.commissioning
    if page is None or page.state is None:
        return
    for group in page.state.groups:
        if group.stage == "to settle":
            page.choose(page.state.scope, group.key)
            page.overview.compare_button.click()
            yield _grab(window, folder / f"commissioning-two-passes-{theme}.png")
            page.choose(page.state.scope, page.state.groups[0].key)
            return


def _past_plan(window: BedsideWindow, folder: Path, theme: Theme) -> Iterator[Path]:
    """The first infant's plan as it stood some weeks ago, beside the plan now."""
    from bedside.desktop.past_plan_dialog import PastPlanDialog

    ward = window.ward
    dialog = PastPlanDialog(ward, window.look, board(ward).rows[0].infant_id, window)
    dialog.day.set_value(ward.today() - timedelta(days=_DAYS_BACK))
    dialog.show_plan()
    dialog.show()
    yield _grab(dialog, folder / f"form-plan-as-it-stood-{theme}.png")
    dialog.hide()
    dialog.deleteLater()


def _laboratory(window: BedsideWindow, folder: Path, theme: Theme) -> Iterator[Path]:
    """Chemistry and levels of each infant who has any: the form, and every result."""
    from bedside.desktop.laboratory_dialog import LaboratoryDialog

    for row in board(window.ward).rows:
        dialog = LaboratoryDialog(window.ward, window.look, window.session, row.infant_id, window)
        if dialog.view.rows:
            dialog.show()
            name = f"chemistry-bed-{row.bed or row.infant_id}"
            yield _grab(dialog, folder / f"{name}-form-{theme}.png")
            dialog.show_table(True)
            yield _grab(dialog, folder / f"{name}-results-{theme}.png")
            dialog.hide()
            yield _with_chemistry(window, row, folder / f"{name}-trend-{theme}.png")
        dialog.deleteLater()


def _with_chemistry(window: BedsideWindow, row: BoardRow, path: Path) -> Path:
    """The trend with the first analyte that this infant has results of."""
    from bedside.desktop.counts_page import CountsPage

    window.open_infant(row.infant_id)
    window.show_page(_FILE_NAMES.index("counts"))
    page = window.findChild(CountsPage)
    if page is not None:
        page.analytes.menu_of.actions()[0].trigger()
    drawn = _grab(window, path)
    window.show_board()
    return drawn


def _toxicity_forms(window: BedsideWindow) -> dict[str, Callable[[], QDialog]]:
    """A toxicity half entered, one being judged, what stands against a yes, and the ward's round."""
    from bedside.desktop.resolved_dialog import ResolvedDialog
    from bedside.desktop.round_list_dialog import RoundListDialog
    from bedside.desktop.toxicity_dialog import ToxicityDialog
    from bedside.desktop.toxicity_judge_dialog import ToxicityJudgeDialog
    from bedside.desktop.toxicity_model import is_open
    from bedside.ward.toxicities import toxicities_page
    from bedside.ward.toxicity_ward_round import ward_round

    ward, look, session = window.ward, window.look, window.session
    pages = {row.infant_id: toxicities_page(ward, row.infant_id) for row in board(ward).rows}
    infant, view = max(pages.items(), key=lambda pair: sum(map(is_open, pair[1].rows)))
    opened = tuple(row for row in view.rows if is_open(row))

    def entry() -> QDialog:
        dialog = ToxicityDialog(ward, infant, view, look, session, window)
        dialog.term.setText("Mucositis oral")
        dialog.grade.buttons[2].click()
        dialog.onset.set_value(view.today)
        return dialog

    makers: dict[str, Callable[[], QDialog]] = {
        "toxicity": entry,
        "ward-round": lambda: RoundListDialog(look, ward_round(ward), window),
        "any-toxicity-resolved": lambda: ResolvedDialog(
            look,
            view.asked_for,
            opened,
            window,
            waiting=view.waiting,
            last_round=view.last_round,
        ),
    }
    logged = opened[0].log if opened else None
    if logged is not None:
        makers["judge-toxicity"] = partial(ToxicityJudgeDialog, ward, logged, look, session, window)
    return makers


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
