"""Pages are tested on a real ward in a temporary folder, off screen, with real keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bedside.desktop.counts_page import CountsPage
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from tests.desktop_pages.page_driving import NURSE, in_frame
from tests.ward.wards import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A ward with its clock in the test's hand."""
    made = Bench(tmp_path / "ward")
    yield made
    made.ward.store.close()


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """The light theme, with its style sheet in force."""
    made = Look("light")
    qapp.setStyleSheet(made.style_sheet())
    qapp.setFont(made.font("body"))
    return made


@pytest.fixture
def session(qapp: QApplication) -> Session:
    """A nurse who has said her name."""
    return Session(NURSE)


@pytest.fixture
def counts(qtbot, bench, look, session) -> CountsPage:
    """Waiting for EPI #1 with an ANC of 640 and platelets of 41 000 of this morning."""
    bench.ready_for_epi_1(640, 41_000)
    bench.at(2026, 10, 8, 9, 30)
    made = CountsPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made
