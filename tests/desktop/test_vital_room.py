"""The vital signs' columns have room for whole figures, and for the words in English and German."""

from PySide6.QtGui import QFontMetrics

from bedside.desktop.vital_table import WIDTHS

PADDING = 17  # what Qt keeps free beside a text: with 16 it cut the last letter
LONGEST = (
    ("22-Nov 20:48",),
    ("38.9 °C Achsel", "38.9 °C mouth"),
    ("! 220", "kein Wert"),
    ("! 68", "kein Wert"),
    ("! 108/68", "kein Wert"),
    ("! 98/100", "kein Wert"),
    ("nein",),
    ("4 weitere",),
)


def test_no_figure_of_a_vital_sign_is_cut(look):
    plain, bold = QFontMetrics(look.font("body")), QFontMetrics(look.font("body", "bold"))
    for texts, wide in zip(LONGEST, WIDTHS, strict=True):
        for text in texts:
            metrics = bold if text.startswith("!") else plain
            assert metrics.horizontalAdvance(text) + PADDING <= wide, text
    assert sum(WIDTHS) <= 650  # the room beside the scroll bar at 1366 pixels
