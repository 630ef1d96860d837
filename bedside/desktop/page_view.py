"""One page of a paper: whole, or as large as it takes to read it; then it is scrolled."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QSizePolicy

from bedside.desktop.look import Look
from bedside.desktop.paper_pages import MOST_DPI, POINTS_PER_INCH, opened, page_image, page_sizes

_AROUND = 8  # pixels beside a page
_LEAST_DPI = 20.0
_OF_WIDTH = (1.0, 1.75)  # how wide an enlarged page is, in widths of the room
_WORTH = 1.05  # a step that enlarges by less is none
_LARGER_KEYS = (
    Qt.Key.Key_Plus,
    Qt.Key.Key_Equal,
)  # the second is + without Shift on many keyboards
_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class PageView(QAbstractScrollArea):
    """A page fitted to the room there is, or enlarged by + and −, by two clicks; then the arrows, the wheel and the mouse move it.

    Args:
        look: colours and fonts.

    Signals:
        enlarged: the page is as large as one can have it, or whole (`can_enlarge`, `can_lessen`).
    """

    enlarged = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pdf = b""
        self._number = 0
        self._image: QImage | None = None
        self._across = self._empty = ""
        self._step = 0  # 0: the whole page
        self._held: QPoint | None = None  # where the mouse holds the page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Page of the paper"))
        self._bars()

    def sizeHint(self) -> QSize:
        """Room for a page."""
        return QSize(560, 440)

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(0, 0)

    def show_page(self, pdf: bytes, number: int) -> None:
        """Show a page of a PDF from its top, as large as the one before; an empty one shows nothing."""
        self._pdf, self._number = pdf, number
        if not pdf:
            self._step = 0
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.enlarged.emit()

    @property
    def empty_words(self) -> str:
        """What stands in the middle while no page is shown."""
        return self._empty

    def say_when_empty(self, title: str, words: str) -> None:
        """Say in the middle of the empty room what is not there, and how it comes there."""
        self._empty = f"{title}\n{words}"
        self.setAccessibleDescription(words)
        self.viewport().update()

    @property
    def across(self) -> str:
        """The words across the page; "" on one that holds."""
        return self._across

    def write_across(self, words: str) -> None:
        """Write words across the page, as on a paper that does not hold any more; "" takes them off."""
        self._across = words
        self.viewport().update()

    # ---- how large ----------------------------------------------------------------------------
    @property
    def can_enlarge(self) -> bool:
        """Whether there is a larger step."""
        return bool(self._pdf) and self._next() is not None

    @property
    def can_lessen(self) -> bool:
        """Whether it is enlarged."""
        return self._step > 0

    def enlarge(self) -> None:
        """Take the next larger step, at the middle of what is in sight; after the whole page, at its top."""
        step, whole = self._next() if self._pdf else None, not self._step
        if step is not None:
            self._take(step)
            if whole:
                self.verticalScrollBar().setValue(0)

    def lessen(self) -> None:
        """Take the step before; the first is the whole page."""
        if not self.can_lessen:
            return
        now, step = self._scale(self._step), self._step - 1
        while step and self._scale(step) * _WORTH >= now:
            step -= 1
        self._take(step)

    def _next(self) -> int | None:
        now = self._scale(self._step)
        steps = range(self._step + 1, len(_OF_WIDTH) + 1)
        return next((step for step in steps if self._scale(step) > now * _WORTH), None)

    def _take(self, step: int) -> None:
        self._step = step
        self._fit()
        self.enlarged.emit()

    def _scale(self, step: int) -> float:
        """Pixels for a point of the page."""
        wide, high = page_sizes(self._pdf)[self._number]
        room = self.maximumViewportSize()
        if step:
            beside = self.verticalScrollBar().sizeHint().width() + 2 * _AROUND
            sharpest = MOST_DPI / POINTS_PER_INCH / self.devicePixelRatioF()
            return min((room.width() - beside) / wide * _OF_WIDTH[step - 1], sharpest)
        return min((room.width() - 2 * _AROUND) / wide, (room.height() - 2 * _AROUND) / high)

    def _fit(self) -> None:
        """Draw the page at its size, and let it be scrolled as far as it takes."""
        self._image = None
        self._bars()
        self.viewport().update()

    def _bars(self) -> None:
        never, as_needed = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
            Qt.ScrollBarPolicy.ScrollBarAsNeeded,
        )
        policy = as_needed if self._step else never
        self.setVerticalScrollBarPolicy(policy)
        self.setHorizontalScrollBarPolicy(policy)
        wide, high = self._drawn_size()
        seen = self.viewport().size()
        for bar, whole, room in (
            (self.horizontalScrollBar(), wide, seen.width()),
            (self.verticalScrollBar(), high, seen.height()),
        ):
            _let_scroll(bar, whole, room)
        if self._step:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().unsetCursor()

    def _drawn_size(self) -> tuple[int, int]:
        """Width and height of what is drawn, with the ground around it, in pixels; 0 and 0 for a whole page."""
        if not self._pdf or not self._step:
            return 0, 0
        scale = self._scale(self._step)
        wide, high = page_sizes(self._pdf)[self._number]
        return round(wide * scale) + 2 * _AROUND, round(high * scale) + 2 * _AROUND

    # ---- keys and mouse -----------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − enlarge and lessen; the arrows scroll; at its end a page is turned by whoever holds it."""
        key = Qt.Key(event.key())
        bar = self.verticalScrollBar()
        if key in _LARGER_KEYS:
            self.enlarge()
        elif key == Qt.Key.Key_Minus:
            self.lessen()
        elif key in _TURNS and (bar.value() == (bar.maximum() if _TURNS[key] > 0 else 0)):
            event.ignore()
        elif self._step:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll an enlarged page; over a whole one the page behind it is scrolled."""
        if self._step:
            super().wheelEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Enlarge it where it was pressed, or see it whole again."""
        if self._step:
            self._take(0)
            return
        if not self.can_enlarge:
            return
        at = event.position().y() / max(self.viewport().height(), 1)
        self.enlarge()
        bar = self.verticalScrollBar()
        bar.setValue(round(at * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold an enlarged page."""
        if self._step and event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the page that is held."""
        if self._held is not None:
            at = event.position().toPoint()
            by, self._held = at - self._held, at
            for bar, moved in (
                (self.horizontalScrollBar(), by.x()),
                (self.verticalScrollBar(), by.y()),
            ):
                bar.setValue(bar.value() - moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._held = None
        self._bars()

    # ---- drawing ------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the page anew at the new size."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, in the middle, with a thin edge."""
        with QPainter(self.viewport()) as painter:
            seen = self.viewport().rect()
            painter.fillRect(seen, self._look.colour("band"))
            if self._pdf:
                image = self._fitted()
                ratio = self.devicePixelRatioF()
                wide, high = image.width() / ratio, image.height() / ratio
                left = max((seen.width() - wide) / 2, _AROUND) - self.horizontalScrollBar().value()
                top = max((seen.height() - high) / 2, _AROUND) - self.verticalScrollBar().value()
                box = QRectF(left, top, wide, high)
                painter.drawImage(box, image)
                painter.setPen(QPen(self._look.colour("edge"), 1))
                painter.drawRect(box)
                if self._across:
                    self._paint_across(painter, box)
            elif self._empty:
                self._paint_empty(painter)
            if self.hasFocus():
                painter.setPen(QPen(self._look.colour("accent"), 2))
                painter.drawRect(seen.adjusted(1, 1, -1, -1))

    def _paint_empty(self, painter: QPainter) -> None:
        """A bold line and a quiet one, in the middle, where the eye looks for the page."""
        look, middle = self._look, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        title, _, words = self._empty.partition("\n")
        seen = self.viewport().rect()
        high = look.line_height("body_strong_banner") + look.px(4)
        room = QRectF(seen).adjusted(16, seen.height() / 2 - high, -16, 0)
        painter.setFont(look.font("body_strong_banner", "strong"))
        painter.setPen(look.colour("ink"))
        painter.drawText(room, middle, title)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("quiet"))
        painter.drawText(room.adjusted(0, high, 0, 0), middle, words)

    def scrollContentsBy(self, by_x: int, by_y: int) -> None:
        """The ring stays while the page moves: all is drawn anew."""
        self.viewport().update()

    def _paint_across(self, painter: QPainter, box: QRectF) -> None:
        """Veil the page and write over it from corner to corner."""
        stop, ground = self._look.colour("stop"), self._look.colour("surface")
        veil = QColor(ground)
        veil.setAlphaF(0.55)
        painter.fillRect(box, veil)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = box.intersected(
            QRectF(self.viewport().rect())
        )  # of an enlarged page, in what is in sight
        painter.translate(seen.center())
        painter.rotate(-30)
        font = self._look.font("body", "bold")
        font.setPixelSize(max(18, round(min(box.width(), seen.width(), 2 * seen.height()) / 11)))
        painter.setFont(font)
        wide = QFontMetricsF(font).horizontalAdvance(self._across) + 28
        strip = QRectF(-wide / 2, -font.pixelSize(), wide, 2 * font.pixelSize())
        painter.fillRect(strip, ground)
        painter.setPen(QPen(stop, 3))
        painter.drawRect(strip)
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, self._across)
        painter.restore()

    def _fitted(self) -> QImage:
        if self._image is None:
            dots = self._scale(self._step) * POINTS_PER_INCH * self.devicePixelRatioF()
            with opened(self._pdf) as document:
                self._image = page_image(
                    document, self._number, min(max(dots, _LEAST_DPI), MOST_DPI)
                )
        return self._image


def _let_scroll(bar: QScrollBar, whole: int, room: int) -> None:
    """Let a bar reach all of it, and keep the middle of what is in sight there."""
    before = bar.maximum() + bar.pageStep()
    middle = (bar.value() + bar.pageStep() / 2) / before if before else 0
    bar.setRange(0, max(whole - room, 0))
    bar.setPageStep(room)
    bar.setSingleStep(max(room // 12, 1))
    bar.setValue(round(middle * max(whole, room) - room / 2))
