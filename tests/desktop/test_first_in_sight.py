"""What a page opens with: the clock that runs, the first rows of a table, what this infant has."""

import pytest
from PySide6.QtWidgets import QApplication

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import AZACITIDINE, OTHERS
from bedside.desktop.fever_page import FeverPage
from bedside.desktop.look import Look
from bedside.desktop.paper_doors import DOSES_PAGE
from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.desktop.window import BedsideWindow

TOXICITIES, FEVER = 3, 5
MAINTENANCE_BED, BLOCK_BED, FEVER_BED = "7", "2", "5"


def shown(window: BedsideWindow, infant: int, number: int):
    window.open_infant(infant)
    window.show_page(number)
    QApplication.processEvents()
    return window.pages.page


def test_doses_open_with_what_the_infant_has(window: BedsideWindow, infant_of):
    page = shown(window, infant_of(MAINTENANCE_BED), DOSES_PAGE)
    assert isinstance(page, DosesPage) and page.stack.currentIndex() == OTHERS
    page.views.buttons[AZACITIDINE].click()
    page.refresh()
    assert page.stack.currentIndex() == AZACITIDINE  # chosen by hand it stays
    page.views.buttons[OTHERS].click()
    page = shown(window, infant_of(BLOCK_BED), DOSES_PAGE)
    assert page.stack.currentIndex() == AZACITIDINE


@pytest.mark.parametrize("percent", [100, 150])
def test_a_running_antibiotic_clock_is_in_sight(window: BedsideWindow, infant_of, percent):
    window.resize(1366, 768)
    window.show()
    if percent != window.look.percent:
        window.set_theme(Look("light", percent))
        QApplication.processEvents()
    page = shown(window, infant_of(FEVER_BED), FEVER)
    assert isinstance(page, FeverPage)
    assert not page.clock.figure.visibleRegion().isEmpty()
    wanted = page.form.temperature.edit if percent == 100 else page.clock.buttons["antibiotics"]
    assert page.focusWidget() is wanted
    page = shown(window, infant_of(FEVER_BED), TOXICITIES)
    assert isinstance(page, ToxicitiesPage)
    assert not page.round_button.visibleRegion().isEmpty()
