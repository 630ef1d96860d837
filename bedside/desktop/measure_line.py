"""One line of the counts form: what was typed, how it is read, how it stands to the last value.

An unusual value must be typed a second time from the slip before it can be recorded; an impossible
one is refused. What was typed stays as it was typed, whatever is thought of it.
"""

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.count_field import CountField
from bedside.desktop.count_states import (
    asks_why,
    reason_of,
    state_of,
    state_of_letter,
    state_options,
)
from bedside.desktop.fields import Choice
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.measure import COMPACT, Measure
from bedside.desktop.measure_slip import MeasureSlip
from bedside.desktop.plain_edit import PlainEdit
from bedside.units.quantity_reader import Quantity
from bedside.ward.forms import State
from bedside.ward.views.pages import Judged

Standing = Literal["empty", "refused", "waiting", "ready"]
FIELD_WIDE, STATE_WIDE = 80, 114
MOST_LAST = 16  # letters of a last value that leave room for "now 1.1 times" behind it
_PAUSE_MS = 700
_LAST_HIGH = 28  # two lines, so that no row grows while somebody types
_LONG_READING = 14  # letters of a reading from which it is set smaller


class MeasureLine(QObject):
    """The widgets of one line, set into the form's grid, and what they say.

    Signals:
        edited: something in this line changed.
    """

    edited = Signal()
    _last_text: str
    _last_entered: str

    def __init__(
        self, measure: Measure, unit: str, look: Look, mark: str, grid: QGridLayout, row: int
    ) -> None:
        super().__init__()
        self.measure = measure
        self._look = look
        self.judged: Judged | None = None
        key, kind, name = measure.key, measure.kind, measure.name
        self.field = CountField(key, kind, unit, look, mark, name=name, width=FIELD_WIDE)
        again = self.tr("{0}, second time").format(name)
        self.second = CountField(key, kind, unit, look, mark, name=again)
        self.state = Choice(self.tr("{0}, state").format(name), state_options(), look)
        self.why = PlainEdit(self.tr("{0}, why there is no value").format(name))
        self.title = label(measure.title, look, "body", "strong" if measure.stated else "text")
        self.title.setTextFormat(Qt.TextFormat.AutoText)
        name_field(self.title, self.field.edit)
        self.read_as = label("", look, "body")
        self.last = label("", look, "small", colour="quiet")
        self.slip = MeasureSlip(look, name, self.second, self.why)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._place(grid, row)
        self._connect()
        for field in (
            self.field,
            self.second,
        ):  # their parts stand in the grid, they themselves do not
            field.setParent(self.slip)
            field.hide()

    def value(self) -> Quantity | None:
        """The typed value, whether it may be recorded yet or not."""
        return self.field.value()

    def ready_value(self) -> Quantity | None:
        """The typed value, once nothing stands against it."""
        return self.field.value() if self.standing() == "ready" else None

    def state_value(self) -> State:
        """The state said; "done" where the line has none."""
        return state_of(self.state.value())

    def reason(self) -> str:
        """Why there is no value, as chosen or typed."""
        return reason_of(self.state.value()) or (
            self.why.text().strip() if asks_why(self.state.value()) else ""
        )

    def lacks_reason(self) -> bool:
        """Whether "not done" or "unusable" is said and not why."""
        return asks_why(self.state.value()) and not self.why.text().strip()

    def set_unit(self, unit: str) -> None:
        """Take another unit for this line; what is typed is read anew."""
        self.field.set_unit(unit)
        self.second.set_unit(unit)

    def show_unusual_unit(self, unusual: bool) -> None:
        """A unit that is not the usual one stands out."""
        weight, colour = ("strong", "hold") if unusual else ("text", "quiet")
        dress(self.field.unit_label, self._look, "body", weight, colour)

    def standing(self) -> Standing:
        """Whether the line is empty, refused, waits for its second typing, or is ready."""
        if self.field.is_empty():
            return "empty"
        if self.trouble():
            return "refused"
        if self._is_unusual() and not self.second.says_the_same(self.field):
            return "waiting"
        return "ready"

    def was_typed_twice(self) -> bool:
        """Whether an unusual value was confirmed by typing it again."""
        return self._is_unusual() and self.standing() == "ready"

    def trouble(self) -> str:
        """Why the line is refused; "" when it is not."""
        if self.field.refusal():
            return self.field.refusal()
        if self.judged is not None and self.judged.level == "impossible":
            return self.judged.words
        if self.state_value() != "done" and not self.field.is_empty():
            return self.tr("A value is typed and it is said to be {0}: choose one.").format(
                self.state_value()
            )
        return ""

    def set_judged(self, judged: Judged | None) -> None:
        """Take the ward's judgement of the typed value."""
        self.judged = judged
        colour, weight, text = "quiet", "text", self._last_text
        if judged is not None:
            text = self._beside_last(judged.compared)
            if judged.level != "usual":
                colour, weight = ("hold" if judged.level == "unusual" else "stop"), "strong"
        dress(self.last, self._look, "small", weight, colour)
        self._tell_last()
        if judged is not None:
            self.last.setText(text)
            entered = f"; {self._last_entered}" if self._last_entered else ""
            self.last.setToolTip(judged.compared + entered)
        settled = self.standing() not in ("waiting", "refused") and not self._is_unusual()
        if settled and not asks_why(self.state.value()) and not self._named():
            self._hide_slip()

    def set_last(self, text: str, entered: str = "") -> bool:
        """Show the child's own last value, as entered beside it; whether it is another than before."""
        before = self._last_text, self._last_entered
        self._last_text, self._last_entered = text, entered
        if self.judged is None:
            self._tell_last()
        else:
            self.set_judged(self.judged)  # beside a kept draft it goes on saying how many times
        return before != (text, entered)

    def _tell_last(self) -> None:
        told = ", ".join(part for part in (self._last_text, self._last_entered) if part)
        self.last.setText(told)
        self.last.setToolTip(told)

    def set_echo(self, text: str) -> None:
        """Show another reading than the value itself, e.g. cells for a percentage."""
        self.read_as.setText(text)

    def clear(self) -> None:
        """Empty the line."""
        self.field.clear()
        self.second.clear()
        self.state.choose("done")
        self.why.setText("")  # unlike clear() it forgets what could be undone
        self.judged = None
        self._hide_slip()
        self.read_as.setText("")
        self._tell_last()

    def reveal(self) -> None:
        """Show at once what stands against the value, without waiting for a pause."""
        self._pause.stop()
        self._show_slip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before Tab or Return leaves the field, its slip is there to go to; a letter says a state."""
        leaving = (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in leaving:
            self.reveal()
        return self._says_state(event)

    def _place(self, grid: QGridLayout, row: int) -> None:
        self._last_text = self._last_entered = ""
        self.read_as.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.read_as.setAccessibleName(self.tr("{0}, read as").format(self.measure.name))
        self.last.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if self.measure.stated:
            self.last.setWordWrap(True)
            self.last.setFixedHeight(self._look.px(_LAST_HIGH))
        self.last.setAccessibleName(self.tr("{0}, last value").format(self.measure.name))
        grid.addWidget(self.slip.ground, row, 0, 2, 6)
        self.slip.ground.lower()
        grid.addWidget(self.title, row, 0)
        grid.addWidget(self.field.edit, row, 1)
        grid.addWidget(self.field.unit_label, row, 2)
        grid.addWidget(self.read_as, row, 4)
        grid.addWidget(self.last, row, 5)
        self.field.edit.setStyleSheet(COMPACT)
        self.title.setContentsMargins(8, 0, 0, 0)
        self.state.setParent(self.slip)
        self.state.hide()
        if self.measure.stated:
            self.state.show()
            self.state.setStyleSheet(COMPACT)
            self.state.setFixedWidth(self._look.px(STATE_WIDE))
            grid.addWidget(self.state, row, 3)
            self.state.choose("done")
        grid.addWidget(self.slip, row + 1, 0, 1, 6)
        self.slip.take_away()

    def _connect(self) -> None:
        self.field.edited.connect(self._typed)
        self.field.edit.editingFinished.connect(self.reveal)
        self.field.edit.installEventFilter(self)
        self.second.edited.connect(self._typed_again)
        self.state.edited.connect(self._said)
        self.state.passes_to = self._typed_on_state
        self.why.textChanged.connect(self.edited)
        self._pause.timeout.connect(self._show_colour)

    def after_value(self) -> QWidget | None:
        """Where Return goes from the value while this line still asks; None when it is done."""
        for asked in (self.second.edit, self.why):
            if asked.isVisible():
                return asked
        return None

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through in this line: the value, its second typing, its state, and why."""
        state = (self.state, self.why) if self.measure.stated else ()
        return (self.field.edit, self.second.edit, *state)

    def _says_state(self, event: QKeyEvent) -> bool:
        """A letter in the empty field says why there is no value; Backspace takes it back."""
        if not self.measure.stated or not self.field.is_empty():
            return False
        if event.key() == Qt.Key.Key_Backspace:
            self.state.choose("done")
            return True
        chosen = state_of_letter(event.text())
        if chosen is None or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        self.state.choose(chosen)
        return True

    def _typed_on_state(self, text: str) -> QWidget | None:
        """What is typed on the list of states is meant for the value, while that is empty."""
        meant = text[0] in "<>" or text.isdecimal() or state_of_letter(text) is not None
        return self.field.edit if meant and self.field.is_empty() else None

    def _beside_last(self, compared: str) -> str:
        """The last value as shown, and how many times it is what is typed now."""
        now = compared.rpartition(", ")[2]
        last = (self.judged.last if self.judged is not None else "") or self._last_text
        if last and now.startswith("now "):
            # where it is too long for its place, how it moved is not what is cut
            return f"{last}, {now}" if len(last) <= MOST_LAST else f"{now}; {last}"
        return last or compared

    def _named(self) -> str:
        """A slip that is named although nothing is asked; "" for none."""
        named = "" if self.judged is None else self.judged.named
        return self.tr("{0}: look at the unit once more.").format(named) if named else ""

    def _is_unusual(self) -> bool:
        return self.judged is not None and self.judged.level == "unusual"

    def _typed(self) -> None:
        self.field.note.hide()
        self.second.clear()
        self._read(self.field.words())
        self.judged = None
        self.edited.emit()
        self._pause.start()

    def _read(self, words: str) -> None:
        long = len(words) > _LONG_READING
        dress(self.read_as, self._look, "small" if long else "body")
        self.read_as.setText(words)

    def _typed_again(self) -> None:
        self.second.note.hide()
        differs = self.second.refusal()
        if self.second.value() is not None and not self.second.says_the_same(self.field):
            differs = self.tr("not the same: read the slip")
        self.slip.differs.setText(differs)
        self.edited.emit()

    def _said(self) -> None:
        if self.field.is_empty():
            self.read_as.setText(self.state_value() if reason_of(self.state.value()) else "")
        self.edited.emit()
        self._show_slip()

    def _show_colour(self) -> None:
        """After a pause only the field's edge says it: nothing moves under a hand that aims."""
        level = "impossible" if self.trouble() else "unusual" if self._is_unusual() else ""
        if level:
            words = self.trouble() or ("" if self.judged is None else self.judged.words)
            self.field.set_note(words, level)
            self.field.note.hide()

    def _show_slip(self) -> None:
        if self.trouble():
            self._dress_slip("stop", self.trouble())
        elif self._is_unusual() and self.judged is not None:
            named = self.judged.words.rstrip(".")
            words = self.tr("{0}. Read the slip and type it again.").format(named)
            self._dress_slip("hold", words)
        elif asks_why(self.state.value()):
            self._dress_slip("hold", self.tr("Why is there no value? Type it as on the slip."))
        elif self._named():
            self._dress_slip("hold", self._named())
        else:
            self._hide_slip()

    def _dress_slip(self, colour: str, words: str) -> None:
        asks = bool(self.trouble()) or self._is_unusual()
        why = not asks and asks_why(self.state.value())
        self.slip.open(colour, words, again=colour == "hold" and asks, why=why)
        if asks:
            self.field.set_note(words, "impossible" if colour == "stop" else "unusual")
        self.field.note.hide()

    def _hide_slip(self) -> None:
        if self.slip.isHidden():
            return
        self.slip.take_away()
        self.field.set_note("")
