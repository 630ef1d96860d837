"""The days of a block: no date in them is cut, at any size of text and in any width of the window."""

from datetime import date

import pytest
from PySide6.QtGui import QFontMetricsF

from bedside.desktop.day_boxes import DayBoxes
from bedside.desktop.look import TEXT_SIZES, Look
from bedside.ward.views.pages import DoseDay

DAYS = tuple(
    DoseDay(
        day=day,
        on=date(2026, 11, 17 + day),
        state="later",
        words="later",
        may_start_vial=False,
        dose_id=None,
    )
    for day in range(1, 6)
)


@pytest.mark.parametrize("percent", TEXT_SIZES)
@pytest.mark.parametrize("room", [1258, 3700])
def test_a_box_has_room_for_its_day_and_date(qtbot, percent: int, room: int):
    """On a screen of 3840 pixels at 150 % the date of every day was cut to "18-No"."""
    look = Look("light", percent)
    boxes = DayBoxes(look)
    qtbot.addWidget(boxes)
    boxes.show_days(DAYS)
    boxes.fit_into(room)
    strong, plain = (QFontMetricsF(look.font("small", kind)) for kind in ("strong", "text"))
    for box in boxes.boxes:
        date_wide = plain.horizontalAdvance("20-Nov-2026")
        in_a_row = strong.horizontalAdvance("day 1") + date_wide
        assert box.width() >= (date_wide if box.height() > look.px(30) else in_a_row)
        assert box.height() >= look.px(30)
