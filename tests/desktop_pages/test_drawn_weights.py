"""What decides stands out: the letter of a key, two entries that disagree, the latest start that comes soon."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage

from bedside.desktop.commission_table import Column, CommissionTable
from bedside.desktop.look import Look
from bedside.desktop.round_keys import Keys
from bedside.desktop.text_table import TextTable
from bedside.desktop.vial_dial import VialDial
from bedside.desktop.vial_parts import VialTimes
from bedside.ward.views.commissioning import ComparedRow, Comparison, RowState
from bedside.ward.views.marks import VialClockView

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)


def colours(image: QImage, of: tuple[int, int, int, int]) -> set[int]:
    """Every colour within left, top, right and bottom."""
    left, top, right, bottom = of
    return {image.pixel(x, y) for x in range(left, right) for y in range(top, bottom)}


@pytest.mark.parametrize("stacked", [False, True])
def test_the_letter_of_a_key_is_stronger_than_its_word(qtbot, look: Look, stacked: bool) -> None:
    keys = Keys((("W", "worse"), ("S", "same")), look, stacked=stacked)
    qtbot.addWidget(keys)
    keys.setFixedWidth(260)
    keys.show()
    button = keys.buttons["W"]
    ink, quiet = look.colour("ink").rgb(), look.colour("quiet").rgb()
    drawn = button.grab().toImage()
    seen = {
        name: [
            x
            for x in range(drawn.width())
            if colour in colours(drawn, (x, 4, x + 1, drawn.height() - 4))
        ]
        for name, colour in (("ink", ink), ("quiet", quiet))
    }
    assert seen["ink"] and max(seen["ink"]) < min(seen["quiet"])
    keys.choose("W")
    drawn = button.grab().toImage()
    assert look.colour("surface").rgb() in colours(
        drawn, (4, 4, drawn.width() - 4, drawn.height() - 4)
    )


def test_two_entries_that_disagree_and_every_mark_are_strong(look: Look) -> None:
    table = CommissionTable(look)
    table.show_comparison(compared(row("disagree", "30"), row("commissioned", "25")))
    role = Qt.ItemDataRole.FontRole

    def strong(at: int) -> set[Column]:
        fonts = {one: table.data(table.index(at, one), role) for one in Column}
        return {one for one, font in fonts.items() if isinstance(font, QFont) and font.bold()}

    assert strong(0) == {Column.FIRST, Column.MARK, Column.SECOND}
    assert strong(1) == {Column.MARK}


def test_a_latest_start_that_comes_soon_has_the_colour_of_the_dial(qtbot, look: Look) -> None:
    """Violet beside a brown dial would say that there is time."""
    times, dial = VialTimes(look), VialDial(look)
    for one in (times, dial):
        qtbot.addWidget(one)
    dial.setFixedSize(480, 400)
    violet, hold = (look.colour(name).rgb() for name in ("priming", "hold"))
    for minutes, said in ((3, violet), (27, hold), (3, violet)):
        clock = vial(minutes)
        times.show_clock(clock, soon=said == hold)
        dial.show_clock(clock, NOW)
        latest = times.values[2].grab().toImage()
        other = violet if said == hold else hold
        seen = colours(latest, (0, 0, latest.width(), latest.height()))
        assert said in seen and other not in seen
        ring = dial.grab().toImage()
        seen = colours(ring, (0, 0, ring.width(), ring.height()))
        assert said in seen and other not in seen


def test_figures_of_a_table_stand_one_below_the_other_under_their_heading(qapp) -> None:
    table = TextTable(("Term", "Infants"), rows=(("Sepsis", "1"), ("Pain", "12")), figures=(1,))
    role, right = Qt.ItemDataRole.TextAlignmentRole, Qt.AlignmentFlag.AlignRight
    told = [table.data(table.index(at, 1), role) for at in (0, 1)]
    told.append(table.headerData(1, Qt.Orientation.Horizontal, role))
    assert all(Qt.AlignmentFlag(one) & right for one in told)
    assert table.data(table.index(0, 0), role) is None


def vial(minutes: int) -> VialClockView:
    """A vial that was reconstituted so many minutes ago."""
    start = NOW - timedelta(minutes=minutes)
    return VialClockView(
        dose_id=1,
        reconstituted_at=start,
        infusion_minutes=15,
        latest_start=start + timedelta(minutes=30),
        finish_by=start + timedelta(minutes=45),
        latest_start_shortest=start + timedelta(minutes=35),
        shortest_minutes=10,
        within_minutes=45,
    )


def row(state: RowState, second: str) -> ComparedRow:
    """One number, typed as 25 in the first pass."""
    return ComparedRow(
        number_id=second,
        section="DAUNOrubicin, intravenous",
        words="Dose",
        first="25",
        second=second,
        agree=second == "25",
        difference="",
        public=(),
        public_words="",
        related=(),
        source="",
        state=state,
        recorded="",
    )


def compared(*rows: ComparedRow) -> Comparison:
    """Both passes of one course."""
    return Comparison("site", "induction", "Induction", "A", "", "B", "", rows)
