"""The first start loses nothing unasked and leaves no secret about: closing, an idle screen, a full disk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop import covered_code
from bedside.desktop.paper_out import keep_pdf
from bedside.first_start import first_start
from bedside.units.refusal import Refused
from tests.desktop.test_founding import CODE, founding, walk

__all__ = ["founding"]


def test_leaving_makes_nothing(qapp, tmp_path, clock, answer):
    said = answer(lambda dialog: dialog.step_back())
    assert not first_start(tmp_path / "ward", clock)
    assert said.asked == 1 and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", ["Esc", "close"])
def test_closing_the_page_over_typed_words_asks_first(founding, answer, act):
    """One Esc on the last step lost two people, their passphrases and the ward's."""
    walk(founding)
    leave = founding.reject if act == "Esc" else founding.close
    said = answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    leave()
    assert said.asked == 1 and founding.isVisible() and founding.second.is_dirty()
    said = answer(lambda dialog: dialog.leave_button.click())
    leave()
    assert said.asked == 1 and not founding.isVisible() and founding.made == []


def test_the_code_is_covered_when_nobody_is_there(qtbot, founding, monkeypatch):
    """It stood on an unattended screen for as long as the page was open."""
    monkeypatch.setattr(covered_code, "COVER_MS", 300)
    walk(founding)
    founding.go_on()
    covered, plain = founding.sheet.covered, CODE.replace("-", " ")
    assert founding.sheet.code.text() == plain and covered.show_button.isHidden()
    for _ in range(6):  # somebody moves about: it stays
        QTest.qWait(100)
        QTest.keyClick(founding, Qt.Key.Key_Shift)
        assert founding.sheet.code.text() == plain
    qtbot.waitUntil(lambda: covered.is_covered)
    assert founding.sheet.code.text() == "••••• ••••• ••••• •••••"
    assert covered.show_button.isVisible() and not founding.sheet.is_read()
    QTest.mouseClick(covered.show_button, Qt.MouseButton.LeftButton)
    assert founding.sheet.code.text() == plain
    QTest.keyClicks(founding.sheet.last, "V")
    assert covered.is_covered, "the last group is read from the paper"


def test_a_sheet_that_cannot_be_written_leaves_no_half_of_it(founding, tmp_path, monkeypatch):
    """On a full disk the first half of it stayed there, over what had lain there before."""
    walk(founding)
    founding.go_on()
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"before")

    def full(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bedside.desktop.paper_pages.os.fsync", full)
    founding.sheet.keep(target)
    assert "Nothing was kept; print the sheet" in founding.refusals.text()
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]
    assert target.read_bytes() == b"before"
    with pytest.raises(Refused, match="Nothing was kept"):
        keep_pdf(target, b"%PDF")
    assert target.read_bytes() == b"before"


def test_a_paper_that_is_read_back_otherwise_is_told_in_words(tmp_path, monkeypatch):
    """A medium that keeps less than it took gives no reason of its own: "None" was said."""
    monkeypatch.setattr("bedside.desktop.paper_pages.Path.read_bytes", lambda _path: b"%P")
    with pytest.raises(Refused, match=r"written: it was not written whole. Nothing was kept"):
        keep_pdf(tmp_path / "card.pdf", b"%PDF")
    assert list(tmp_path.iterdir()) == []
