"""How everything looks: colours, type and measures from one file, for the light or the dark theme.

Decision: the tokens are data (`resources/style/tokens.json`), so that a test can measure the
contrast of every pair that meets on the screen; the style sheet is filled in from them once.
"""

from typing import Literal, cast

from msgspec.json import decode
from PySide6.QtGui import QColor, QFont, QGuiApplication

from bedside.places import place

Theme = Literal["light", "dark"]


class Look:
    """The look of one theme, passed to every widget that draws.

    Args:
        theme: "light" (the ward's usual one) or "dark".
    """

    def __init__(self, theme: Theme = "light") -> None:
        tokens = decode(place("resources", "style", "tokens.json").read_bytes())
        self.theme: Theme = theme
        self._colours = {name: QColor(code) for name, code in tokens["colour"][theme].items()}
        self._sizes = cast(dict[str, list[int]], tokens["sizes_px"])
        self._weights = cast(dict[str, int], tokens["weights"])
        self._measures = cast(dict[str, int], tokens["measures"])
        self._grid = cast(int, tokens["grid"])
        self._families = _families(tokens["families"])
        self._fonts: dict[tuple[str, str], QFont] = {}
        self.board_columns = cast(dict[str, int], tokens["board_columns_px"])

    def colour(self, name: str) -> QColor:
        """Return a colour by its name in the tokens, e.g. "ink"."""
        return QColor(self._colours[name])

    def colours(self) -> tuple[str, ...]:
        """The names of all colours."""
        return tuple(self._colours)

    def font(self, size: str, weight: str = "text") -> QFont:
        """Return a font with tabular figures.

        Args:
            size: "caption", "small", "body" … "clock_primary".
            weight: "text", "medium", "strong", "bold" or "title".
        """
        key = (size, weight)
        if key not in self._fonts:
            font = QFont()
            font.setFamilies(self._families)
            font.setPixelSize(self._sizes[size][0])
            # a face between two installed ones takes the heavier: 650 reads as bold, not as text
            font.setWeight(QFont.Weight(_drawn_weight(self._weights[weight])))
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def line_height(self, size: str) -> int:
        """Return the line height in pixels of a font size."""
        return self._sizes[size][1]

    def measure(self, name: str) -> int:
        """Return a measure of the frame in pixels, e.g. "top_bar"."""
        return self._measures[name]

    def space(self, steps: int) -> int:
        """Return so many steps of the grid, in pixels."""
        return steps * self._grid

    def style_sheet(self) -> str:
        """Return Qt's style sheet for this theme."""
        text = place("resources", "style", "bedside.qss").read_text("utf-8")
        # longest names first: $accent must not eat the head of $accent_tint
        for name in sorted(self._colours, key=len, reverse=True):
            text = text.replace(f"${name}", self._colours[name].name())
        return text


def _families(names: list[str]) -> list[str]:
    system = QGuiApplication.font().family() if QGuiApplication.instance() is not None else ""
    return [name for name in (system if name == "system" else name for name in names) if name]


def _drawn_weight(weight: int) -> int:
    return 700 if weight == 650 else weight
