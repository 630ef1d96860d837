"""The door to the page Cohort; the page and its band are made when they are first wanted."""

from functools import partial
from typing import TYPE_CHECKING

from bedside.desktop.cohort_band import CohortBand
from bedside.desktop.cohort_page import CohortPage
from bedside.desktop.page_door import DLT_PAGE
from bedside.desktop.tall_area import begin_at_top

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def show_cohort(window: "BedsideWindow") -> bool:
    """Bring the cohort into sight; False when the person stays where she is."""
    if not window.frame.may_leave():
        return False
    page = window.stack.findChild(CohortPage)
    band = window.bands.findChild(CohortBand)
    if page is None or band is None:
        page, band = _made(window)
    window.frame.bring(page, band, cohort=True)
    page.refresh()
    window.show_drafts()
    page.take_focus()
    begin_at_top(page)
    return True


def _made(window: "BedsideWindow") -> tuple[CohortPage, CohortBand]:
    page, band = CohortPage(window.ward, window.look, window.session), CohortBand(window.look)
    page.titled.connect(band.show_title)
    page.opened.connect(partial(_open_dlt, window))
    page.recorded.connect(window.note_saved)
    window.stack.addWidget(page)
    window.bands.addWidget(band)
    return page, band


def _open_dlt(window: "BedsideWindow", infant_id: int) -> None:
    if window.open_infant(infant_id):
        window.show_page(DLT_PAGE)
