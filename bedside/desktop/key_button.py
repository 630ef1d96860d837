"""A button that says its key: "As table [Alt+T]"."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from bedside.desktop.gloves import gloved_rule
from bedside.desktop.look import Look

_CAP_HIGH = 18


class KeyButton(QPushButton):
    """A push button with the cap of its key drawn at its right end.

    Args:
        text: a verb.
        key: the shortcut as typed, e.g. "Alt+T"; it works wherever the button can be seen.
        look: colours and fonts.
        cap: what the cap says; the key where it is left out.
        bound: False only draws the cap (the page itself answers to the key).
        quiet: without an edge of its own, where a line above and below it is edge enough.
    """

    def __init__(
        self,
        text: str,
        key: str,
        look: Look,
        *,
        cap: str = "",
        bound: bool = True,
        quiet: bool = False,
    ) -> None:
        super().__init__(text)
        self.setFont(look.font("body"))  # it is measured before a style has seen it
        self._look, self._quiet = look, quiet
        self.cap = cap or key
        self._key = QKeySequence(key) if bound else QKeySequence()
        self.setAutoDefault(False)
        self.setAccessibleDescription(self.key_words())
        self.setShortcut(self._key)
        self._dress(look)

    def setText(self, text: str) -> None:
        """Show another verb; the key stays (Qt forgets it with the old text)."""
        super().setText(text)
        self.setShortcut(self._key)

    def key_words(self) -> str:
        """How its key is read out."""
        return self.tr("key {0}").format(self.cap)

    def _dress(self, look: Look) -> None:
        """Take the colours of a theme."""
        self._look = look
        edge, surface = look.colour("edge").name(), look.colour("surface").name()
        ink, accent = look.colour("ink").name(), look.colour("accent").name()
        tint, sunk = look.colour("accent_tint").name(), look.colour("sunk").name()
        if self._quiet:
            edge = surface = "transparent"
        right = round(self._cap_wide()) + 14
        self.setStyleSheet(
            f"QPushButton {{ background: {surface}; color: {ink}; border: 1px solid {edge};"
            f" border-radius: 2px; padding: 0 {right}px 0 10px; text-align: left;"
            f" min-height: {look.px(32) - 4}px; }}"
            f"QPushButton:hover {{ background: {tint}; }}"
            f"QPushButton:pressed {{ background: {look.colour('band').name()}; }}"
            f"QPushButton:focus {{ border: 2px solid {accent}; padding: 0 {right - 1}px 0 9px; }}"
            f"QPushButton:disabled {{ background: {sunk}; color: {look.colour('quiet').name()};"
            f" border: 1px dashed {edge}; }}" + gloved_rule(look)
        )

    def sizeHint(self) -> QSize:
        """As wide as its words and its key."""
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text().replace("&", ""))
        return QSize(round(words + self._cap_wide() + 34), self._look.px(32))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words and its key."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, then the cap of its key."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            wide = self._cap_wide()
            high = self._look.px(_CAP_HIGH)
            box = QRectF(self.width() - wide - 7, (self.height() - high) / 2, wide, high)
            painter.setPen(QPen(self._look.colour("line"), 1))
            painter.setBrush(self._look.colour("sunk"))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(self._look.colour("quiet"))
            painter.setFont(self._look.font("caption"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.cap)

    def _cap_wide(self) -> float:
        return QFontMetricsF(self._look.font("caption")).horizontalAdvance(self.cap) + 12
