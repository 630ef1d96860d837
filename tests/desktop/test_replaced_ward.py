"""A ward that a restore put aside, on the screen and on paper: it says what it is, and takes nothing."""

import shutil
from datetime import UTC

import pytest

from bedside import app
from bedside.desktop.read_only_strip import ReadOnlyStrip
from bedside.store.replaced import NAME as MARK
from bedside.units.refusal import Refused
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.ward import Ward


@pytest.fixture
def replaced(ward: Ward, tmp_path):
    """The ward's folder as a restore marks it, moved under another name."""
    ward.store.close()
    folder = shutil.copytree(ward.folder, tmp_path / "somewhere")
    (folder / MARK).write_text("20261120T094200Z\n", encoding="ascii")
    return folder


def test_every_page_and_paper_of_a_replaced_ward_says_so(
    replaced, ward: Ward, look, qtbot, monkeypatch
):
    pages = []
    monkeypatch.setattr(app, "show_page", lambda page: pages.append(page) or "go on")
    opened = app.open_on_screen(replaced, lambda: ward.clock().astimezone(UTC))
    assert opened is not None and opened.read_only
    words = "REPLACED WARD, put aside by a restore 20-Nov-2026 10:42, READ-ONLY"
    assert opened.emergency == words
    assert pages[0].title == "This is not the ward: a restore has replaced it"
    strip = ReadOnlyStrip(look, opened.emergency)
    qtbot.addWidget(strip)
    assert strip.accessibleName() == words
    assert downtime_sheets(opened, who="E. Berg").emergency == words
    with pytest.raises(Refused), opened.store.change("E. Berg", "recorded", opened.now()):
        pytest.fail("a replaced ward takes nothing")
    opened.store.close()
