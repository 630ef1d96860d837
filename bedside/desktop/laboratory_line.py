"""One line of the chemistry form: value, unit, limits of normal, and how it stands to the last one.

A value and its comparator are typed together ("<0.1"), a state is one letter. What is impossible or
cannot be read is refused beside the field; an unusual value is typed a second time from the slip.
"""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.choice import Choice
from bedside.desktop.fields import set_property
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.ward.laboratory_reading import NewResult, unit_in
from bedside.ward.views.laboratory import LabField, LabSeen

Standing = Literal["empty", "refused", "waiting", "ready"]
Judge = Callable[[NewResult], LabSeen]
VALUE_WIDE, UNIT_WIDE, LIMIT_WIDE = 82, 106, 62  # a limit of six figures stands whole
COLUMNS = 6
_PAUSE_MS = 700
_COMPACT = (
    "QLineEdit, QComboBox { min-height: 24px; }"
    # a thicker frame makes no row higher
    'QLineEdit[trouble="true"], QLineEdit[doubt="true"] { min-height: 22px; }'
)
_NOTE_WIDE, _NOTE_HIGH = 140, 26  # two lines of a caption
_NARROW = "QLineEdit { padding: 0 5px; }"


class LabLine(QObject):
    """The widgets of one analyte, set into a grid, and what they say.

    Signals:
        edited: something in this line changed.
        slip_shown: something stands against the value, said in this slip.
    """

    edited = Signal()
    slip_shown = Signal(QFrame)

    def __init__(
        self,
        field: LabField,
        look: Look,
        judge: Judge,
        grid: QGridLayout,
        row: int,
        slips: QVBoxLayout | None = None,
    ) -> None:
        super().__init__()
        self._slips = slips  # where the slip stands; in the row below where there is no such place
        self.field = field
        self._look, self._judge = look, judge
        self._quiet = False
        self._unit_before = ""  # the unit before one was typed along with the value
        self.seen: LabSeen | None = None
        self.value = self._edit(field.title, VALUE_WIDE)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.unit = Choice(self.tr("{0}, unit").format(field.title), field.units, look)
        self.low = self._edit(self.tr("{0}, lower limit of normal").format(field.title), LIMIT_WIDE)
        self.high = self._edit(
            self.tr("{0}, upper limit of normal").format(field.title), LIMIT_WIDE
        )
        self.again = self._edit(self.tr("{0}, second time").format(field.title), VALUE_WIDE)
        self.fasting = Choice(
            self.tr("{0}, fasting").format(field.title),
            (("yes", self.tr("fasting")), ("no", self.tr("not fasting"))),
            look,
            self.tr("not known"),
        )
        self.note = label("", look, "small", colour="quiet", wrap=True)  # never cut
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._place(grid, row)
        self.clear()
        self._connect()

    def typed(self) -> NewResult:
        """What is typed in this line, as text."""
        return NewResult(
            analyte=self.field.key,
            text=self.value.text(),
            unit=self.unit.value() or self.field.unit,
            low=self.low.text(),
            high=self.high.text(),
            fasting=self._fasting(),
            again=self.again.text(),
        )

    def standing(self) -> Standing:
        """Whether the line is empty, refused, waits for its second typing, or is ready."""
        if not self.value.text().strip():
            return "empty"
        if self.seen is None or self.seen.level == "impossible":
            return "refused"
        if self.seen.level == "unusual" and self.again.text().strip() != self.value.text().strip():
            return "waiting"
        return "ready"

    def clear(self) -> None:
        """Empty the line; unit and limits go back to what is remembered."""
        self._quiet = True
        self.value.clear()
        self.again.clear()
        self.fasting.choose(None)
        self._unit_before = ""
        self.unit.choose(self.field.unit)
        self.offer_limits(self.field.laboratory)
        self._quiet = False
        self.seen = None
        self._tell()

    def offer_limits(self, laboratory: str) -> None:
        """Offer the limits of the last result, where it came from this very laboratory."""
        same = laboratory.strip() == self.field.laboratory
        low, high = self.field.limits.get(self.unit.value() or "", ("", ""))
        before, self._quiet = self._quiet, True
        self.low.setText(low if same else "")
        self.high.setText(high if same else "")
        self._quiet = before

    def reveal(self) -> None:
        """Show at once what stands against the value."""
        self._pause.stop()
        self._show_slip()

    def judge_again(self) -> None:
        """Judge anew: the time of taking was typed, or another value was recorded."""
        self.seen = self._judge(self.typed()) if self.value.text().strip() else None
        self._tell()

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in this order."""
        return (self.value, self.again, self.fasting, self.unit, self.low, self.high)

    def let_return_go_on(self, following: QWidget) -> None:
        """Return goes to the next value, by way of a second typing where one is asked."""

        def after_value() -> QWidget:
            self.reveal()
            return self.again if self.again.isVisible() else following

        self.value.goes_on = after_value
        for edit in (self.again, self.low, self.high):
            edit.goes_on = lambda: following

    def _fasting(self) -> Literal["", "yes", "no"]:
        chosen = self.fasting.value()
        if chosen == "yes":
            return "yes"
        return "no" if chosen == "no" else ""

    def _edit(self, name: str, wide: int) -> PlainEdit:
        edit = PlainEdit(name)
        edit.setFont(self._look.font("body", "strong"))
        edit.setFixedWidth(self._look.px(wide))
        edit.setStyleSheet(_COMPACT)
        return edit

    def _place(self, grid: QGridLayout, row: int) -> None:
        title = label(self.field.title, self._look, "body", "strong")
        name_field(title, self.value)
        title.setContentsMargins(8, 0, 0, 0)
        self.unit.setFixedWidth(self._look.px(UNIT_WIDE))
        self.unit.setStyleSheet(_COMPACT)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if (
            self._look.percent == 100
        ):  # in larger text the form scrolls, and rows may be as high as they must
            self.note.setFixedHeight(_NOTE_HIGH)
        self.note.setAccessibleName(self.tr("{0}, read as").format(self.field.title))
        for limit in (self.low, self.high):
            limit.setStyleSheet(_COMPACT + _NARROW)
        for column, widget in enumerate(
            (title, self.value, self.unit, self.low, self.high, self.note)
        ):
            grid.addWidget(widget, row, column)
        self._build_slip()
        if self._slips is None:
            grid.addWidget(self.slip, row + 1, 0, 1, COLUMNS)
        else:
            self._slips.addWidget(self.slip)

    def _build_slip(self) -> None:
        self.slip = QFrame()
        self.slip.setObjectName("slip")  # its ground and edge are not those of its words
        self._words = label("", self._look, "small", "strong", wrap=True)
        self._words.setAccessibleName(
            self.tr("{0}, what stands against it").format(self.field.title)
        )
        self._again_row, self._fasting_row = QWidget(), QWidget()
        for row, field, text in (
            (self._again_row, self.again, self.tr("{0}, second time")),
            (self._fasting_row, self.fasting, self.tr("{0}: was the infant fasting?")),
        ):
            layout = QHBoxLayout(row)
            layout.setContentsMargins(0, 0, 0, 0)
            name = label(text.format(self.field.title), self._look, "small", colour="quiet")
            name_field(name, field)
            layout.addWidget(name)
            layout.addWidget(field)
            layout.addStretch(1)
        self.fasting.setFixedWidth(self._look.px(UNIT_WIDE))
        self.fasting.setStyleSheet(_COMPACT)
        column = QGridLayout(self.slip)
        column.setContentsMargins(12, 2, 8, 4)
        column.setVerticalSpacing(2)
        for number, widget in enumerate((self._words, self._again_row, self._fasting_row)):
            column.addWidget(widget, number, 0)
        self.slip.hide()

    def _connect(self) -> None:
        self.value.textChanged.connect(self._value_changed)
        self.value.editingFinished.connect(self.reveal)
        for edit in (self.low, self.high):
            edit.textChanged.connect(self._changed)
        self.again.textChanged.connect(self._changed)
        self.unit.edited.connect(self._unit_changed)
        self.fasting.edited.connect(self._changed)
        self._pause.timeout.connect(self._show_slip)

    def _value_changed(self) -> None:
        if not self._quiet:
            self._quiet = True
            self.again.clear()
            self._quiet = False
            self._take_typed_unit()
            self._changed()

    def _take_typed_unit(self) -> None:
        """A unit typed after the number is the unit, as on the slip; without it the one before is back."""
        named = unit_in(self.field.key, self.value.text())
        shown = self.unit.value() or self.field.unit
        if named and named != shown:
            self._unit_before = self._unit_before or shown
            self.unit.choose(named)
        elif self._unit_before and " " not in self.value.text().strip():
            before, self._unit_before = self._unit_before, ""
            self.unit.choose(before)

    def _unit_changed(self) -> None:
        """The laboratory's limits go along, converted into the unit."""
        if not self._quiet:
            self._quiet = True
            self.offer_limits(self.field.laboratory)
            self.again.clear()
            self._quiet = False
            self._changed()

    def _changed(self) -> None:
        if self._quiet:
            return
        self.judge_again()
        self._pause.start()
        self.edited.emit()

    def _tell(self) -> None:
        """The line's note: the last value, or how the typed one is read and stands."""
        seen = self.seen
        if seen is None or not seen.echo or seen.level == "impossible":
            last = self.tr("last {0}").format(self.field.last) if self.field.last else ""
            self._say(last, "text", "quiet", last)
        else:
            flags = {"high": self.tr("high"), "low": self.tr("low"), "": ""}
            now = seen.compared.rpartition(", now ")
            plain = "=" not in seen.echo and bool(now[1])
            _, converted, kept = seen.echo.partition(" = ")  # what was typed stands beside it
            parts = [
                flags[seen.flag],
                "" if plain else f"= {kept}" if converted else seen.echo,
                self.tr("now {0}").format(now[2]) if now[1] else "",
            ]
            text = ", ".join(part for part in parts if part)
            strong = bool(seen.flag) or seen.level == "unusual"
            weight, colour = ("strong", "hold") if strong else ("text", "ink")
            self._say(text, weight, colour, f"{text}\n{seen.echo}\n{seen.compared}")
        if self.standing() in ("empty", "ready"):
            self._show_slip()

    def _show_slip(self) -> None:
        seen, standing = self.seen, self.standing()
        asks = self.field.asks_fasting and standing == "ready" and self._is_value()
        unusual = seen is not None and seen.level == "unusual"
        words, colour = "", "hold"
        if standing == "refused" and seen is not None:
            words, colour = seen.words, "stop"
        elif unusual and seen is not None:
            words = self.tr("{0}. Read the slip and type it again.").format(seen.words.rstrip("."))
        elif seen is not None and seen.named:
            words = self.tr("{0}: look at the unit once more.").format(seen.named)
        self._words.setVisible(bool(words))
        self._mark(colour if words else "", words)
        if words and self._slips is not None and self.field.title not in words:
            words = f"{self.field.title}: {words}"
        self._words.setText(words)
        self._again_row.setVisible(unusual)
        self._fasting_row.setVisible(asks)
        self.slip.setVisible(bool(words) or asks)
        if words or asks:
            self.slip_shown.emit(self.slip)
        self.value.setAccessibleDescription(words or self.note.text())
        ground = self._look.colour(colour + "_tint").name() if words else "transparent"
        edge = self._look.colour(colour).name() if words else "transparent"
        self.slip.setStyleSheet(
            f"#slip {{ background: {ground}; border: none; border-left: 3px solid {edge}; }}"
        )

    def _mark(self, colour: str, words: str) -> None:
        """At the row itself: its field and, beside it in brief, why; the whole reason is in the slip."""
        set_property(self.value, "trouble", colour == "stop")
        set_property(self.value, "doubt", colour == "hold")
        if not colour or self.seen is None:
            return
        if colour == "stop":
            bare = self.value.text().strip().casefold() in ("n", "u")
            cannot = self.tr("reason missing") if bare else self.tr("cannot be read")
            unread = self.seen.compared or cannot
            why = self.tr("NOT TAKEN: {0}").format(
                self.tr("not possible") if self.seen.echo else unread
            )
        elif self.standing() == "waiting":
            why = self.tr("unusual: type it again")
        else:
            return
        self._say(why, "strong", colour, words)

    def _say(self, text: str, weight: str, colour: str, hint: str) -> None:
        """What stands beside the row: whole, on two smaller lines where one is too short."""
        room = self.note.width() if self.note.isVisible() else self._look.px(_NOTE_WIDE)
        wide = QFontMetrics(self._look.font("small", weight)).horizontalAdvance(text)
        dress(self.note, self._look, "small" if wide <= room else "caption", weight, colour)
        self.note.setText(text)
        self.note.setToolTip(hint)

    def _is_value(self) -> bool:
        return any(letter.isdecimal() for letter in self.value.text())
