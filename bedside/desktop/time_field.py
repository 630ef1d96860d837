"""The field a time of day is typed into; in the hour that comes twice it asks which one is meant."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from bedside.desktop.fields import DateField, TypedField
from bedside.desktop.look import Look
from bedside.desktop.segments import Segments
from bedside.desktop.typed_moment import TypedMoment, typed_moment
from bedside.units.dates import Half, half_of, read_time


class TimeField(TypedField):
    """A time of day, typed as 10:42; in the hour that comes twice it asks which one is meant.

    The form that holds it calls `follow` once, and reads `moment`.
    """

    def __init__(self, name: str, look: Look, *, width: int = 72) -> None:
        self._day: DateField | None = None
        self._wall: Callable[[], datetime] | None = None
        self._place: Callable[[QWidget], None] = self._below
        self._halves: Segments | None = None
        self._filled: Half = ""  # what was filled in by itself is no question later on
        super().__init__(name, look, width=width)
        self.edit.setPlaceholderText(self.tr("HH:MM"))

    def follow(
        self,
        day: DateField,
        wall: Callable[[], datetime],
        place: Callable[[QWidget], None] | None = None,
    ) -> None:
        """Belong to a day.

        Args:
            day: the field that the day is typed into.
            wall: aware time now, with the rules of the ward's zone.
            place: puts the question where the form has room for it; None: below the field.
        """
        self._day, self._wall, self._place = day, wall, place or self._below
        day.edited.connect(self._day_changed)

    def value(self) -> time | None:
        """Return the typed time of day; None while the field is empty or refused."""
        value = self._value
        return value if isinstance(value, time) else None

    def moment(self) -> TypedMoment:
        """What day and time mean together; without a moment while one cannot be read, or is to be chosen.

        The second of two like hours may come while the form stands open: it asks then, too.
        """
        found = self._found()
        if found.twice and (self._halves is None or self._halves.isHidden()):
            self._ask()
        return found

    def _found(self) -> TypedMoment:
        at, day = self.value(), None if self._day is None else self._day.value()
        if at is None or day is None or self._wall is None:
            return TypedMoment(None)
        return typed_moment(day, at, self._wall(), self._half())

    def set_value(self, moment: time) -> None:
        """Put a time of day in, as if it were typed."""
        self.set_text(f"{moment.hour:02d}:{moment.minute:02d}")

    def set_now(self, now: datetime) -> None:
        """Put in what the clock shows now, its half of the hour that comes twice said with it."""
        self.set_value(now.time())
        self._filled = "" if self._wall is None else half_of(now, self._wall().tzinfo)
        self._ask()
        if self._filled:
            self._said(0)

    def _half(self) -> Half:
        said: tuple[Half, ...] = ("summer", "winter", self._filled)
        return self._filled if self._halves is None else said[self._halves.value()]

    def _read(self, text: str) -> tuple[object, str]:
        return read_time(text), ""

    def _text_changed(self, text: str) -> None:
        self._choose("")
        super()._text_changed(text)
        self._ask()

    def _day_changed(self) -> None:
        self._choose("")
        self._ask()

    def _choose(self, half: Half) -> None:
        self._filled = half
        if self._halves is not None:
            self._halves.choose({"summer": 0, "winter": 1}.get(half, -1))

    def _ask(self) -> None:
        """Ask which one is meant, or say what is to be said of this time."""
        found = self._found()
        if found.twice and self._halves is None:
            words = (self.tr("summer time"), self.tr("winter time"))
            self._halves = Segments(words, self.tr("{0}, which").format(self.name), self.look)
            self._halves.setMinimumHeight(self._halves.buttons[0].height())
            self._place(self._halves)
            QWidget.setTabOrder(self.edit, self._halves.buttons[0])
            QWidget.setTabOrder(*self._halves.buttons)
            self._halves.chosen.connect(self._said)
        if self._halves is not None:
            if self._filled and self._halves.value() < 0:
                self._choose(self._filled)
            self._halves.setVisible(found.twice)
        if self.value() is not None:
            level = "usual" if found.at is not None else "unusual" if found.twice else "impossible"
            self.set_note(found.words, level)

    def _said(self, _: int) -> None:
        self._ask()
        self.edited.emit()

    def _below(self, question: QWidget) -> None:
        grid = self.layout()
        if isinstance(grid, QGridLayout):
            grid.addWidget(question, 2, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
