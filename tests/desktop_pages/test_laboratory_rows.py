"""Chemistry rows stay where they are while notes on the values appear."""

from PySide6.QtWidgets import QApplication

from tests.desktop_pages.page_driving import type_into
from tests.desktop_pages.test_laboratory_dialog import dialog, infant  # noqa: F401  (fixtures)


def test_no_row_moves_under_the_hand_while_slips_appear(qtbot, dialog):  # noqa: F811
    """Two values stand against the last ones, one is impossible: every field stays where it was."""
    lines = dialog.form.lines

    def places() -> list[tuple[int, int]]:
        QApplication.processEvents()
        spots = [one.value.mapTo(dialog.form, one.value.rect().topLeft()) for one in lines.values()]
        return [(spot.x(), spot.y()) for spot in spots]

    before = places()
    for name, text in (("alt", "400"), ("creatinine", "99999"), ("ast", "9,1"), ("glucose", "5")):
        type_into(lines[name].value, text)
        assert places() == before
    shown = [one.slip for one in lines.values() if one.slip.isVisible()]
    assert len(shown) >= 3
    newest = lines["ast"].slip
    area = dialog.form._board.viewport()
    qtbot.waitUntil(lambda: not area.rect().isEmpty())
    assert newest.mapTo(area, newest.rect().topLeft()).y() < area.height()


def test_a_value_typed_in_another_unit_keeps_its_high_mark(dialog):  # noqa: F811
    """Creatinine lost the laboratory's limits with its unit, and so its mark and its grade."""
    line = dialog.form.lines["creatinine"]
    assert (line.unit.value(), line.high.text()) == ("mg/dL", "0.5")
    type_into(line.value, "70 µmol/L")
    assert (line.unit.value(), line.high.text()) == ("umol/L", "44.2")  # 0.5 times 88.4
    assert line.seen.flag == "high" and line.note.text().startswith("high")
