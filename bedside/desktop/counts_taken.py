"""When the specimen was taken, and from where; how long ago that is stands beside it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.fields import Choice, DateField
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.time_field import TimeField
from bedside.desktop.typed_moment import TypedMoment


class TakenRow(QWidget):
    """The first line of the counts form.

    Signals:
        edited: something in it changed.
    """

    edited = Signal()

    def __init__(self, look: Look, wall: Callable[[], datetime]) -> None:
        super().__init__()
        self._look = look
        self.date = DateField(self.tr("Taken, date"), look, width=118)
        self.time = TimeField(self.tr("Taken, time"), look, width=78)
        self.time.follow(self.date, wall, self._ask_beside)
        names = (
            self.tr("central line"),
            self.tr("vein"),
            self.tr("heel or finger"),
            self.tr("artery"),
            self.tr("not said"),
        )
        self.specimen = Choice(
            self.tr("Specimen from"),
            tuple((name, name) for name in names),
            look,
            self.tr("from where?"),
        )
        self.specimen.figures_words = self.tr(
            "“{0}” is not taken: here you choose from where the specimen is. Figures belong into the fields below."
        )
        # its words are never cut: they take a second line, and the row has the room for it
        self.age = label("", look, "small", colour="quiet", wrap=True)
        self.age.setAccessibleName(self.tr("How long ago it was taken"))
        self._build()

    def taken(self) -> TypedMoment:
        """When the specimen was taken."""
        return self.time.moment()

    def missing(self) -> tuple[str, ...]:
        """What is missing of day and time, or how it is typed; and which of two like hours is meant."""
        found = [
            field.refusal().rstrip(".") or words
            for field, words in (
                (self.date, self.tr("the date of taking is not typed")),
                (self.time, self.tr("the time of taking is not typed")),
            )
            if field.value() is None
        ]
        taken = self.taken()
        if taken.twice and not taken.at:
            found.append(self.tr("which of the two hours is not chosen"))
        return tuple(found)

    def clear(self) -> None:
        """Empty the line."""
        self.time.clear()
        self.date.clear()
        self.specimen.choose(None)

    def show_age(self, now: datetime) -> None:
        """Say how long ago the specimen was taken."""
        taken = self.taken()
        trouble = self.date.refusal() or self.time.refusal()
        colour, text = ("stop", trouble) if trouble else ("quiet", taken.words)
        if taken.at is None and taken.twice:
            colour, text = "hold", self.tr("which of the two?")
        elif taken.at is None:
            colour = "stop" if text else "quiet"
        elif taken.at.astimezone(UTC) > now.astimezone(UTC):
            colour, text = "stop", self.tr("lies in the future")
        else:
            past = now.astimezone(UTC) - taken.at.astimezone(UTC)
            ago = self.tr("{0} ago").format(_span(past // timedelta(minutes=1)))
            told = taken.words and not self.time.note.isVisibleTo(self)  # once is enough
            text = f"{ago}; {taken.words}" if told else ago
        dress(self.age, self._look, "small", colour=colour)
        self.age.setText(text)
        self.age.setToolTip(text)

    def _ask_beside(self, question: QWidget) -> None:
        """A line of its own: beside the time there is no room for the words."""
        self._which.addWidget(self.time.note, 1)
        self._which.addWidget(question)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row, self._which = QHBoxLayout(), QHBoxLayout()
        column.addLayout(row)
        column.addLayout(self._which)
        row.setSpacing(8)
        taken = label(self.tr("Ta&ken"), self._look, "body", colour="quiet")
        name_field(taken, self.date.edit)
        source = label(self.tr("&from"), self._look, "body", colour="quiet")
        name_field(source, self.specimen)
        for made in (taken, source):
            made.setTextFormat(Qt.TextFormat.AutoText)
        self.specimen.setFixedWidth(self._look.px(140))
        row.addWidget(taken)
        row.addWidget(self.date.edit)
        row.addWidget(self.time.edit)
        row.addWidget(source)
        row.addWidget(self.specimen)
        row.addWidget(self.age, 1)
        for field in (
            self.date,
            self.time,
        ):  # their parts stand in this row, they themselves do not
            field.setParent(self)
            field.hide()
            field.edited.connect(self.edited)
        self.specimen.edited.connect(self.edited)


def _span(minutes: int) -> str:
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // (24 * 60)} days"
