"""One line of the round: an open toxicity, its four keys, and the grades in words when it changed."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.death_dialog import grade_is_meant
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.round_keys import Keys
from bedside.desktop.round_parts import DltCell, in_two_lines, line_of
from bedside.desktop.round_press import OnePress, takes_back
from bedside.units.dates import write_date
from bedside.ward.views.round import Answer, OpenAnswer, RoundItem

WIDTHS = (186, 68, 56, 140)  # term, now, worst, since
KEYS_WIDE, ANSWER_WIDE = 336, 94
MARK_WIDE = 15
_ROOM = {"attribution": 1, "dlt": 1}  # how the room that is left is shared


class RoundLine(QFrame):
    """A line that has the keyboard as a whole; up and down go to its neighbours.

    Signals:
        moved: the person wants the next line (1) or the one before (-1).
        answered: something was answered or taken back.
    """

    moved = Signal(int)
    answered = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.name = ""  # what this line is about: the same after all was read again
        self.presses = OnePress()  # the panel gives all of its lines one
        self.setObjectName("roundline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tint, accent = look.colour("accent_tint").name(), look.colour("accent").name()
        line = look.colour("line").name()
        self.setStyleSheet(
            f"#roundline {{ border: 0; border-left: 4px solid transparent;"
            f" border-bottom: 1px solid {line}; background: transparent; }}"
            f'#roundline[current="true"] {{ background: {tint}; border-left-color: {accent}; }}'
        )

    def show_current(self, current: bool) -> None:
        """Show that keys act on this line, whether on itself or on a field in it."""
        if bool(self.property("current")) != current:
            self.setProperty("current", current)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move; every other key is the line's own or goes to the page.

        A key held down answers once: the next line must be read before it is answered. Backspace
        and Ctrl+Z take this line's answer back; where it has none, that of the line before.
        """
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.moved.emit(step)
        elif self.presses.is_repeat(event):
            event.accept()
        elif takes_back(event):
            self.presses.answered(event)
            if not self.take_back():
                self._back_before()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self._answer_by(event)

    def _back_before(self) -> None:
        """After an answer the keyboard has gone on: what is taken back stands one line above."""
        self.moved.emit(-1)
        there = self.window().focusWidget()
        if isinstance(there, RoundLine) and there is not self:
            there.take_back()

    def _answer_by(self, event: QKeyEvent) -> None:
        """Remembered before it answers: an answer may open a dialog, and what is held goes there."""
        was = self.presses.down
        self.presses.answered(event)
        if not self.take_key(Qt.Key(event.key()), event.text().upper()):
            self.presses.down = was
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the keyboard here."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def take_key(self, key: Qt.Key, text: str) -> bool:
        """Whether this line answers to a key; each kind of line says how."""
        return False

    def take_back(self) -> bool:
        """Take the answer back to "not yet"; whether there was one. Each kind of line says how."""
        return False

    def asks(self) -> bool:
        """Whether a question of this line stands open that Esc goes back from."""
        return False


class OpenLine(RoundLine):
    """An open toxicity: B better, S same, W worse, G gone, N not assessed; then the grade's figure."""

    def __init__(self, look: Look, item: RoundItem) -> None:
        super().__init__(look, item.toxicity.term)
        self.item = item
        self.name = f"open {item.toxicity.toxicity_id}"
        self._answer: Answer | None = None
        self._grade: int | None = None
        self.keys = Keys(
            (
                ("B", self.tr("better")),
                ("S", self.tr("same")),
                ("W", self.tr("worse")),
                ("G", self.tr("gone")),
                ("N", self.tr("not seen")),
            ),
            look,
        )
        self.keys.setFixedWidth(look.px(KEYS_WIDE))
        self.keys.pressed.connect(self._pressed)
        self.mark = MarkLabel("due", look, MARK_WIDE)
        self.said = label(self.tr("not yet"), look, "body", colour="quiet")
        self.asked = QWidget()
        self.asked.hide()
        self._grades: Keys | None = None
        for key in "BW":
            if not self._possible(key):
                self.keys.disable(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._line(look))
        column.addWidget(self.asked)
        self._asked_row = QHBoxLayout(self.asked)
        self._asked_row.setContentsMargins(8, 0, 8, 5)
        self._asked_row.setSpacing(8)

    @property
    def answer(self) -> OpenAnswer | None:
        """The person's answer; None while there is none, or its grade is missing."""
        if self._answer is None or (self._answer in ("better", "worse") and self._grade is None):
            return None
        return OpenAnswer(self.item.toxicity.toxicity_id, self._answer, self._grade)

    @property
    def touched(self) -> bool:
        """Whether a key was pressed here, even if its grade is still missing."""
        return self._answer is not None

    def restore(self, kept: OpenAnswer) -> None:
        """Show an answer given before, without moving on."""
        self._answer, self._grade = kept.answer, kept.grade
        self.keys.choose(next(key for key, answer in _ANSWERS.items() if answer == kept.answer))
        self._settle()

    def take_key(self, key: Qt.Key, text: str) -> bool:
        """The five keys; while a grade is asked, figures choose it and Esc goes back."""
        if self.asks() and key == Qt.Key.Key_Escape:
            return self.take_back()
        if self.asks() and self._grades is not None and self._grades.press(text):
            return True
        return self.keys.press(text)

    def asks(self) -> bool:
        """Whether the grade is being asked."""
        return self._grades is not None and self.asked.isVisibleTo(self)

    def _line(self, look: Look) -> QBoxLayout:
        logged = self.item.toxicity
        row, keys = QHBoxLayout(), QHBoxLayout()
        term = label(logged.term, look, "body", "strong", wrap=True)
        term.setToolTip(logged.term)
        since = f"{write_date(logged.onset)}"
        if logged.course_day is not None:
            since = self.tr("{0}, day {1}").format(since, logged.course_day)
        cells = (
            term,
            grade_label(logged.grade, look),
            label(self.tr("grade {0}").format(logged.worst), look, colour="quiet"),
            label(since, look),
        )
        for cell, wide in zip(cells, WIDTHS, strict=True):
            row.addWidget(held(cell, look.px(wide)))
        self.attribution = label(
            self.item.attribution or self.tr("not assessed"), look, "small", wrap=True
        )
        row.addWidget(self.attribution, _ROOM["attribution"])
        if self.item.dlt is not None:
            self.dlt = DltCell(self.item.dlt, look)
            row.addWidget(self.dlt, _ROOM["dlt"])
        keys.addWidget(self.keys)
        keys.addWidget(self.mark)
        self.said.setFixedWidth(look.px(ANSWER_WIDE))
        keys.addWidget(self.said)
        line = line_of(look, row, keys)
        line.setContentsMargins(4, 3, 0, 3)
        return line

    def _pressed(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grade = None
        self._answer = _ANSWERS[key]
        possible = self._possible(key) if key in "BW" else ()
        if len(possible) == 1 and key == "B":
            self._grade = possible[0]  # better than grade 2 can only be grade 1
        if not possible or self._grade is not None:
            self._settled()
            return
        self._ask(possible)

    def _possible(self, key: str) -> tuple[int, ...]:
        """The grades that better (B) or worse (W) can be; none that the term's criteria do not have."""
        now, has = self.item.toxicity.grade, self.item.criteria
        grades = range(1, now) if key == "B" else range(now + 1, 6)
        return tuple(grade for grade in grades if not has or grade in has)

    def _ask(self, grades: tuple[int, ...]) -> None:
        self._clear_asked()
        words = self.tr("how bad is it now?")
        asks = label(words, self._look, "small", colour="quiet")
        asks.setFixedWidth(self._look.px(WIDTHS[0] - 4))
        self._asked_row.addWidget(asks, 0, Qt.AlignmentFlag.AlignTop)
        names = tuple((str(grade), self._criterion(grade)) for grade in grades)
        self._grades = Keys((*names, ("Esc", self.tr("back"))), self._look, stacked=True)
        self._grades.pressed.connect(self._graded)
        self._asked_row.addWidget(self._grades, 1)
        self.asked.show()
        self._show(self.tr("which grade?"), "unknown", "hold")
        self.answered.emit()

    def _criterion(self, grade: int) -> str:
        plain = self.item.criteria.get(grade) or _GENERAL.get(grade, "")
        return self.tr("grade {0}: {1}").format(grade, plain)

    def _graded(self, key: str) -> None:
        if key == "Esc":
            self.take_back()
            return
        if not grade_is_meant(self, self._look, self.item.toxicity.term, int(key)):
            self.take_back()
            return
        self._grade = int(key)
        self._settled()

    def _settled(self) -> None:
        self._settle()
        self.moved.emit(1)

    def _settle(self) -> None:
        self._clear_asked()
        words = {
            "same": self.tr("grade {0}").format(self.item.toxicity.grade),
            "gone": self.tr("gone today"),
            "not assessed": self.tr("not assessed"),
        }.get(str(self._answer), self.tr("grade {0}").format(self._grade))
        unknown = self._answer == "not assessed"
        self._show(words, "unknown" if unknown else "recorded", "quiet" if unknown else "ink")
        self.answered.emit()

    def take_back(self) -> bool:
        """Back to "not yet", also while its grade is asked."""
        if self._answer is None:
            return False
        self._answer = self._grade = None
        self._clear_asked()
        self.keys.choose("")
        self._show(self.tr("not yet"), "due", "quiet")
        self.answered.emit()
        return True

    def _clear_asked(self) -> None:
        self.asked.hide()
        self._grades = None
        while (item := self._asked_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _show(self, words: str, mark: str, colour: str) -> None:
        self.said.setText(words)
        dress(self.said, self._look, "body", "medium", colour)
        self.mark.set_mark(mark)  # type: ignore[arg-type]  # one of the three marks above


def heads(dlt_rule: str, look: Look) -> tuple[tuple[str, int, int], ...]:
    """The heads of the open ones' columns: words, width, share of the room."""
    term, now, worst, since = WIDTHS
    facts = (
        (_t("Term"), term, 0),
        (_t("Now"), now, 0),
        (_t("Worst"), worst, 0),
        (_t("Since, day of course"), since, 0),
        (_t("Attribution"), 0, _ROOM["attribution"]),
        *(((_t("DLT, {0}").format(dlt_rule), 0, _ROOM["dlt"]),) if dlt_rule else ()),
    )
    if in_two_lines(look):
        return facts
    keys = (
        (_t("One key"), KEYS_WIDE, 0),
        ("", MARK_WIDE, 0),
        (_t("Answer"), ANSWER_WIDE, 0),
    )
    return (*facts, *keys)


def _t(text: str) -> str:
    return QCoreApplication.translate("RoundPanel", text)


def grade_label(grade: int, look: Look) -> QLabel:
    """A grade in its box; heavier from grade 3 on."""
    made = label(f"grade {grade}" if grade else "gone", look, "body", "strong")
    heavy = grade >= 3
    edge = look.colour("ink" if heavy else "edge").name()
    made.setStyleSheet(
        f"QLabel {{ border: {2 if heavy else 1}px solid {edge}; padding: 1px 5px; }}"
    )
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def held(cell: QWidget, wide: int) -> QWidget:
    """A cell in a column of a fixed width, itself no wider than its words."""
    holder = QWidget()
    holder.setFixedWidth(wide)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    if isinstance(cell, QLabel) and cell.wordWrap():
        row.addWidget(cell, 1)  # a stretch beside it would make it wrap before it has to
        return holder
    row.addWidget(cell)
    row.addStretch(1)
    return holder


_ANSWERS: dict[str, Answer] = {
    "B": "better",
    "S": "same",
    "W": "worse",
    "G": "gone",
    "N": "not assessed",
}
# the general scale, for a term in the ward's own words
_GENERAL = {1: "mild", 2: "moderate", 3: "severe", 4: "life-threatening", 5: "death"}
