"""Everything about the dose in focus, in words: date, course, day, both numberings, state."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bedside.desktop.labels import unbroken
from bedside.desktop.look import Look
from bedside.desktop.timeline_layout import (
    Focus,
    certainty_words,
    course_of,
    course_words,
    dose_at,
)
from bedside.units.dates import write_date, write_weekday_date
from bedside.ward.views.timeline import (
    TimelineCourse,
    TimelineDose,
    TimelineEvent,
    TimelineView,
    UndatedCourse,
)


class TimelineDetails(QWidget):
    """The words beside the close-up."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The dose in focus, in words"))
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._title.setWordWrap(
            True
        )  # a route may be "by mouth, by nasogastric tube or intravenous"
        self._title.setAccessibleName(self.tr("Drug, route and state"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0, 1, 2)
        self._lines: list[tuple[QLabel, QLabel]] = []
        names = (
            self.tr("Date"),
            self.tr("Course"),
            self.tr("First plan"),
            self.tr("Certainty"),
            self.tr("In words"),
        )
        for row, name in enumerate(names, 1):
            left, right = QLabel(name), QLabel()
            right.setAccessibleName(name)
            right.setWordWrap(True)
            right.setTextFormat(Qt.TextFormat.PlainText)
            left.setAlignment(Qt.AlignmentFlag.AlignTop)
            right.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(left, row, 0)
            self._grid.addWidget(right, row, 1)
            self._lines.append((left, right))
        self._grid.setRowStretch(len(names) + 1, 1)
        self._dress(look)

    def _dress(self, look: Look) -> None:
        """Take fonts and colours of a theme."""
        self._look = look
        self._title.setFont(look.font("course_day"))
        for left, right in self._lines:
            left.setFont(look.font("small"))
            right.setFont(look.font("small"))
            left.setPalette(look.ink("quiet"))

    def show_focus(self, view: TimelineView, focus: Focus | None) -> None:
        """Say everything about a dose."""
        dose = dose_at(view, focus)
        if dose is None or focus is None:
            self._title.setText(self.tr("No dose is planned or recorded."))
            self._say(("", "", "", "", ""))
            return
        lane = view.lanes[focus.lane]
        colour = {"priming": "priming", "intrathecal": "it"}.get(lane.kind, "ink")
        name = self._look.colour(colour).name()
        self._title.setText(
            f'<span style="color: {name}; font-weight: 600;">{_plain(dose.drug)}</span> '
            f"{_plain(dose.way)}<b>, {_plain(self._state(dose, view))}</b>"
        )
        course = course_of(view, dose)
        moved = ""
        if course is not None and course.first_plan is not None:
            moved = self._moved(dose.on + (course.first_plan - course.start), dose.on)
        certainty = "" if course is None else certainty_words(course)
        self._say(
            (
                self._day(dose.on, view.today),
                self.tr("{0}, day {1}").format(dose.course_title, dose.course_day),
                moved,
                certainty,
                dose.words,
            )
        )

    def show_event(self, event: TimelineEvent) -> None:
        """Say everything about a fever, MRD or a transplant, in the words of its row in the table."""
        name = self._look.colour("stop" if event.kind == "fever" else "ink").name()
        titles = {"fever": self.tr("Fever"), "transplant": self.tr("Transplant")}
        title = _plain(titles.get(event.kind, self.tr("MRD")))
        self._title.setText(f'<span style="color: {name}; font-weight: 600;">{title}</span>')
        self._say((write_weekday_date(event.start), "", "", "", event.words))

    def show_course(self, course: TimelineCourse | UndatedCourse) -> None:
        """Say everything about a course, one without a date too."""
        title = _plain(course.title)
        self._title.setText(f'<span style="font-weight: 600;">{title}</span>')
        if isinstance(course, UndatedCourse):
            first = self.tr("goes on") if course.goes_on else self.tr("no date is known")
            self._say((first, "", "", "", course.words))
            return
        first = write_weekday_date(course.start)
        planned = "" if course.first_plan is None else self._moved(course.first_plan, course.start)
        self._say(
            (
                first,
                self.tr("began") if course.basis == "actual" else self.tr("projected"),
                planned,
                "",
                course_words(course),
            )
        )

    def _say(self, texts: tuple[str, ...]) -> None:
        for (left, right), text in zip(self._lines, texts, strict=True):
            right.setText(unbroken(text))
            left.setVisible(bool(text))
            right.setVisible(bool(text))

    def _state(self, dose: TimelineDose, view: TimelineView) -> str:
        if dose.state == "given":
            return self.tr("given")
        if dose.state == "held":
            return self.tr("held")
        if dose.state == "in part":
            return self.tr("given in part")
        if dose.state == "broken off":
            return self.tr("infusion broken off")
        if dose.state == "not given":
            return self.tr("not given")
        if dose.state == "missed":
            return self.tr("not recorded as given")
        course = course_of(view, dose)
        begun = course is not None and course.basis == "actual"
        return self.tr("due today") if begun and dose.on == view.today else self.tr("planned")

    def _day(self, on: date, today: date) -> str:
        """The date, and how far it is away: one sentence, since not every language counts at its end."""
        written, days = write_weekday_date(on), (on - today).days
        if days == 0:
            return self.tr("{0}, today").format(written)
        if days == 1:
            return self.tr("{0}, tomorrow").format(written)
        if days == -1:
            return self.tr("{0}, yesterday").format(written)
        if days > 0:
            return self.tr("{0}, in {1} days").format(written, days)
        return self.tr("{0}, {1} days ago").format(written, -days)

    def _moved(self, planned: date, on: date) -> str:
        days = (on - planned).days
        if days == 0:
            return self.tr("{0}, unchanged").format(write_date(planned))
        if days > 0:
            late = self.tr("1 day") if days == 1 else self.tr("{0} days").format(days)
            return self.tr("{0}, now {1} later").format(write_date(planned), late)
        early = self.tr("1 day") if days == -1 else self.tr("{0} days").format(-days)
        return self.tr("{0}, now {1} earlier").format(write_date(planned), early)


def _plain(text: str) -> str:
    """Text for a rich label, with its special letters made harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
