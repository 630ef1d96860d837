"""Nothing that is said is cut: every page of every infant, and every dialog, at 1366 by 768."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from bedside.desktop.band import BannerBand
from bedside.ward.board import board
from bedside.ward.infants import banner
from tests.desktop.cut_text import cut_in
from tests.desktop.infant_dialogs import OF_NO_INFANT, InfantDialogs, dialog_classes, shown

PAGES = 8
# made from nothing but the window; what else there is needs a state of its own to be shown in
PLAIN = ("AskedDialog", "BackupSettingsDialog", "CtcaeDialog", "EnrolDialog", "KeysDialog")
LISTED = "ExposureDialog: needs 75 px, has 71 high"  # four pixels between two notes, no letter
TALL, WIDE = 768 - 24, 1366  # below the window's own title


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_what_is_cut_is_found(qtbot, look):
    """The measure itself: too narrow, too low, and as it should be."""
    holder = QWidget()
    qtbot.addWidget(holder)
    label = QLabel("no risk groups", holder)
    label.resize(label.sizeHint())
    holder.show()
    assert cut_in(holder) == []
    label.resize(label.width() - 12, label.height())
    (found,) = cut_in(holder)
    assert "no risk groups" in found and "wide" in found
    label.setWordWrap(True)
    (found,) = cut_in(holder)
    assert "high" in found
    label.setText("<b>no</b> risk groups")
    label.setTextFormat(label.textFormat().RichText)
    assert len(cut_in(holder)) == 1


def test_nothing_is_cut_on_any_page(window):
    window.resize(WIDE, 768)
    found: list[str] = []
    settle()
    found += [f"ward list: {line}" for line in cut_in(window)]
    for row in board(window.ward).rows:
        window.open_infant(row.infant_id)
        for number in range(PAGES):
            window.show_page(number)
            settle()
            found += [f"bed {row.bed}, page {number + 1}: {line}" for line in cut_in(window)]
    for show in (window.show_commissioning, window.show_cohort):
        show()
        settle()
        found += [f"{show.__name__}: {line}" for line in cut_in(window)]
    assert found == []


@pytest.mark.parametrize("name", [*sorted(set(dialog_classes()) - OF_NO_INFANT), *PLAIN])
def test_nothing_is_cut_in_any_dialog(window, name: str):
    dialog, _ = InfantDialogs(window).make(name)
    with shown(dialog):
        dialog.adjustSize()
        settle()
        assert [line for line in cut_in(dialog) if not line.startswith(LISTED)] == []
        assert dialog.width() <= WIDE and dialog.height() <= TALL, dialog.size()


def test_a_long_name_with_an_open_dlt_period_is_not_cut(window, infant_of):
    """Beside WIŚNIEWSKA stood "no risk grou" and "no DLT recorde"."""
    window.resize(WIDE, 768)
    window.open_infant(infant_of("4"))
    (band,) = window.findChildren(BannerBand)
    named, opened, fevered = (banner(window.ward, infant_of(bed)) for bed in ("4", "3", "5"))
    for shows in (
        replace(named, dlt=opened.dlt),
        replace(named, dlt=fevered.dlt, fever=fevered.fever),
        replace(named, dlt=opened.dlt, family="VON HOHENZOLLERN-SIGMARINGEN", given="Maximiliane"),
        opened,
    ):
        band.show_banner(shows)
        settle()
        assert cut_in(band) == []
        said = [label.text() for label in band.findChildren(QLabel) if label.isVisible()]
        assert any("no DLT recorded" in text or "decisions due" in text for text in said)
    assert any("no risk groups" in text for text in said), "said where there is room"
