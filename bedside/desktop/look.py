"""How everything looks: colours, type and measures from one file, for a theme and a size of text.

Decision: the tokens are data (`resources/style/tokens.json`), so that a test can measure the
contrast of every pair that meets on the screen; the style sheet is filled in from them once.
Larger text enlarges every measure with it, so that what fits at 100 % fits at 150 %: whatever is
told in pixels goes through `Look.px`, and a widget drawn by hand is drawn by the look of 100 %
(`Look.drawn`) under a painter that enlarges. Qt's own device scale is another thing, left alone.
"""

import re
from typing import TYPE_CHECKING, Literal, cast

from msgspec.json import decode
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette

from bedside.places import place

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Theme = Literal["light", "dark"]
TEXT_SIZES = (100, 110, 125, 150)  # per cent
_FRAME = (20, 44)  # beside a form, and the window's own title over it
_MOST_FORM = (1346, 724)  # within 1366 by 768
_HEIGHTS = re.compile(r"((?:min-)?(?:height|width): )(\d{2,})px")


class Look:
    """The look of one theme, passed to every widget that draws.

    Args:
        theme: "light" (the ward's usual one) or "dark".
        percent: how large the text is, one of `TEXT_SIZES`.
    """

    def __init__(self, theme: Theme = "light", percent: int = 100) -> None:
        tokens = decode(place("resources", "style", "tokens.json").read_bytes())
        self.theme: Theme = theme
        self.percent = percent
        self._drawn: Look | None = None
        self._colours = {name: QColor(code) for name, code in tokens["colour"][theme].items()}
        self._sizes = cast(dict[str, list[int]], tokens["sizes_px"])
        self._weights = cast(dict[str, int], tokens["weights"])
        self._measures = cast(dict[str, int], tokens["measures"])
        self._grid = cast(int, tokens["grid"])
        self._families = _families(tokens["families"])
        self._fonts: dict[tuple[str, str], QFont] = {}
        self._palettes: dict[tuple[QPalette.ColorRole, str], QPalette] = {}
        columns = cast(dict[str, int], tokens["board_columns_px"])
        self.board_columns = {name: self.px(wide) for name, wide in columns.items()}

    @property
    def scale(self) -> float:
        """How much larger than drawn everything is, e.g. 1.5."""
        return self.percent / 100

    @property
    def drawn(self) -> "Look":
        """The same theme at 100 %, for what is drawn under a painter that enlarges."""
        if self.percent == 100:
            return self
        if self._drawn is None:
            self._drawn = type(self)(self.theme)
        return self._drawn

    def px(self, pixels: float) -> int:
        """Return a measure of the drawing board in pixels of the screen."""
        return round(pixels * self.percent / 100)

    def enlarge(self, painter: QPainter) -> None:
        """Let a painter enlarge what is drawn on the drawing board of 100 %."""
        if self.percent != 100:
            painter.scale(self.scale, self.scale)

    def enlarged(self, wide: int, high: int) -> QSize:
        """Return a size of the drawing board in pixels of the screen."""
        return QSize(self.px(wide), self.px(high))

    def board(self, widget: "QWidget") -> QRectF:
        """Return a widget's own room in pixels of the drawing board."""
        return QRectF(0, 0, widget.width() / self.scale, widget.height() / self.scale)

    def on_board(self, at: QPointF) -> QPointF:
        """Return where a point of a widget lies on the drawing board."""
        return at / self.scale

    def colour(self, name: str) -> QColor:
        """Return a colour by its name in the tokens, e.g. "ink"."""
        return QColor(self._colours[name])

    def palette(self) -> QPalette:
        """Return the palette of the application: what no rule of the style sheet says is of the theme, too."""
        roles, made = QPalette.ColorRole, QPalette()
        for name, role in (
            ("ink", roles.WindowText),
            ("ink", roles.Text),
            ("ink", roles.ButtonText),
            ("ink", roles.ToolTipText),
            ("on_accent", roles.HighlightedText),
            ("quiet", roles.PlaceholderText),
            ("accent", roles.Link),
            ("accent", roles.Highlight),
            ("ground", roles.Window),
            ("surface", roles.Base),
            ("surface", roles.AlternateBase),
            ("surface", roles.Button),
            ("surface", roles.ToolTipBase),
        ):
            made.setColor(role, self._colours[name])
        return made

    def ink(self, colour: str) -> QPalette:
        """Return what gives the words of a label a colour; one for all labels, which share it."""
        return self._of_role(QPalette.ColorRole.WindowText, colour)

    def ground(self, colour: str) -> QPalette:
        """Return what gives a widget that fills its ground a colour."""
        return self._of_role(QPalette.ColorRole.Window, colour)

    def _of_role(self, role: QPalette.ColorRole, colour: str) -> QPalette:
        key = (role, colour)
        if key not in self._palettes:
            self._palettes[key] = QPalette()
            self._palettes[key].setColor(role, self._colours[colour])
        return self._palettes[key]

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
            font.setPixelSize(self.px(self._sizes[size][0]))
            # a face between two installed ones takes the heavier: 650 reads as bold, not as text
            font.setWeight(QFont.Weight(_drawn_weight(self._weights[weight])))
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def line_height(self, size: str) -> int:
        """Return the line height in pixels of a font size."""
        return self.px(self._sizes[size][1])

    def measure(self, name: str) -> int:
        """Return a measure of the frame in pixels, e.g. "top_bar"."""
        return self.px(self._measures[name])

    def space(self, steps: int) -> int:
        """Return so many steps of the grid, in pixels."""
        return self.px(steps * self._grid)

    def fitting(self, wide: int, high: int) -> tuple[int, int]:
        """Return the size of a form, enlarged as far as the smallest screen allows; then it scrolls."""
        room = _room_for_forms()
        most = max(wide, room[0]), max(high, room[1])
        return min(self.px(wide), most[0]), min(self.px(high), most[1])

    def style_sheet(self) -> str:
        """Return Qt's style sheet for this theme."""
        text = place("resources", "style", "bedside.qss").read_text("utf-8")
        # longest names first: $accent must not eat the head of $accent_tint
        for name in sorted(self._colours, key=len, reverse=True):
            text = text.replace(f"${name}", self._colours[name].name())
        if self.percent == 100:
            return text
        return _HEIGHTS.sub(lambda found: f"{found[1]}{self.px(int(found[2]))}px", text)


def _room_for_forms() -> tuple[int, int]:
    """What every screen of this workstation has room for; never less than the smallest one Bedside is for."""
    rooms = [screen.availableSize() for screen in QGuiApplication.screens()]
    wide = min((room.width() for room in rooms), default=0) - _FRAME[0]
    high = min((room.height() for room in rooms), default=0) - _FRAME[1]
    larger = wide > _MOST_FORM[0] and high > _MOST_FORM[1]
    return (wide, high) if larger else _MOST_FORM


def _families(names: list[str]) -> list[str]:
    system = QGuiApplication.font().family() if QGuiApplication.instance() is not None else ""
    return [name for name in (system if name == "system" else name for name in names) if name]


def _drawn_weight(weight: int) -> int:
    return 700 if weight == 650 else weight
