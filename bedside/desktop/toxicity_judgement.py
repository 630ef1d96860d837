"""What a person judges of a toxicity: each drug and course in five steps, expected, serious, what was done."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from bedside.desktop.choice import Choice
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.segments import Segments
from bedside.ward.forms import Judgement
from bedside.ward.views.toxicity import STEPS, Attributed, Cause, Judged, LoggedToxicity

_NAME_WIDE, _LABEL_WIDE = 216, 150
_JUDGED: tuple[Judged, ...] = ("yes", "no")


class JudgementForm(QWidget):
    """The part of a form that judges a toxicity; nothing in it is chosen beforehand.

    Args:
        look: fonts and colours.
        causes: what it may be put down to, from the infant's plan.
        courses: key and title of the courses begun.
    """

    def __init__(
        self, look: Look, causes: Sequence[Cause], courses: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self._look = look
        self._causes = tuple(causes)
        self._shown: Judgement | None = None
        self.steps: list[Segments] = []
        self.other = PlainEdit(self.tr("Another cause"))
        self.other.setPlaceholderText(self.tr("an infection, a procedure …"))
        self.other_step = self._step(self.tr("Another cause"))
        self.expected = self._yes_no(self.tr("Expected"))
        self.serious = self._yes_no(self.tr("Serious"))
        self.why = PlainEdit(self.tr("Why it is serious"))
        self.why.setPlaceholderText(self.tr("why: admitted, life-threatening, lasting harm …"))
        self.action = PlainEdit(self.tr("Action taken on treatment"))
        self.action.setPlaceholderText(
            self.tr("none, dose held, reduced, stopped … in your own words")
        )
        options = (("", self.tr("before the first course")), *courses)
        self.course = Choice(self.tr("Course"), options, look)
        self.day = PlainEdit(self.tr("Day of the course"))
        self.day.setFixedWidth(64)
        self.comment = QPlainTextEdit()
        self.comment.setAccessibleName(self.tr("Comment"))
        self.comment.setFixedHeight(44)
        self.comment.setTabChangesFocus(True)
        self._fill()

    def show_place(self, course_key: str, day: int | None) -> None:
        """Fill course and day in, as the plan has them; they can be changed."""
        self.course.choose(course_key)
        self.day.setText("" if day is None else str(day))

    def show_logged(self, logged: LoggedToxicity) -> None:
        """Show what was judged before."""
        known = {(cause.kind, cause.cause): cause.step for cause in logged.causes}
        for cause, segments in zip(self._causes, self.steps, strict=True):
            step = known.pop((cause.kind, cause.key), None)
            if step is not None and step in STEPS:
                segments.choose(STEPS.index(step))
        for (_, words), step in list(known.items())[:1]:
            self.other.setText(words)
            self.other_step.choose(STEPS.index(step) if step in STEPS else -1)
        self.expected.choose(_JUDGED.index(logged.expected) if logged.expected in _JUDGED else -1)
        self.serious.choose(_JUDGED.index(logged.serious) if logged.serious in _JUDGED else -1)
        self.why.setText(logged.serious_why)
        self.action.setText(logged.action)
        self.comment.setPlainText(logged.comment)
        self.show_place(logged.course_key, logged.course_day)
        self._shown = self._judged()

    def is_dirty(self) -> bool:
        """Whether something was chosen or typed; course and day fill themselves."""
        if self._shown is not None:
            return self._judged() != self._shown
        chosen = [*self.steps, self.other_step, self.expected, self.serious]
        texts = (self.other.text(), self.why.text(), self.action.text())
        return (
            any(segments.value() >= 0 for segments in chosen)
            or any(text.strip() for text in texts)
            or bool(self.comment.toPlainText().strip())
        )

    def missing(self) -> tuple[str, ...]:
        """What cannot be read, in words."""
        reasons = []
        day = self.day.text().strip()
        if day and not (day.isascii() and day.isdecimal() and int(day) > 0):
            reasons.append(self.tr("The day of the course is a whole number from 1 on."))
        if self.other_step.value() >= 0 and not self.other.text().strip():
            reasons.append(self.tr("Another cause: say which."))
        return tuple(reasons)

    def judgement(self) -> Judgement:
        """What was judged; ask `missing` first."""
        return self._judged()

    def _judged(self) -> Judgement:
        causes = [
            Attributed(cause.kind, cause.key, STEPS[segments.value()])
            for cause, segments in zip(self._causes, self.steps, strict=True)
            if segments.value() >= 0
        ]
        other = self.other.text().strip()
        if other:
            step = self.other_step.value()
            causes.append(Attributed("other", other, STEPS[step] if step >= 0 else "not assessed"))
        day = self.day.text().strip()
        return Judgement(
            causes=tuple(causes),
            expected=self._said(self.expected),
            serious=self._said(self.serious),
            serious_why=self.why.text().strip(),
            action=self.action.text().strip(),
            comment=self.comment.toPlainText().strip(),
            course_key=self.course.value(),
            course_day=int(day) if day.isascii() and day.isdecimal() and int(day) > 0 else None,
        )

    def _said(self, segments: Segments) -> Judged:
        return _JUDGED[segments.value()] if segments.value() >= 0 else "not assessed"

    def _yes_no(self, name: str) -> Segments:
        words = (self.tr("yes"), self.tr("no"))
        return roomy(Segments(words, name, self._look, high=28, one_stop=True), 28, 40)

    def _step(self, name: str) -> Segments:
        steps = tuple(self.tr(step) for step in STEPS)
        words = self.tr("{0}, attribution").format(name)
        made = Segments(steps, words, self._look, high=26, one_stop=True, numbered=True)
        return roomy(made, 26, 84)

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.course, 1)
        day = caption(_t("&day"), self.day, self._look)
        place.addWidget(day)
        place.addWidget(self.day)
        words = label(
            _t("from the plan; change it if it is wrong"), self._look, "small", colour="quiet"
        )
        place.addWidget(words, 1)
        column.addLayout(self._line(_t("C&ourse"), self.course, place))
        grid = self._grid()
        first = self.steps[0].buttons[0] if self.steps else self.other
        column.addLayout(self._line(_t("&Put down to"), first, grid))
        expected = QHBoxLayout()
        expected.setSpacing(10)
        expected.addWidget(self.expected)
        expected.addSpacing(14)
        serious = caption(_t("Serio&us"), self.serious.buttons[0], self._look)
        expected.addWidget(serious)
        expected.addWidget(self.serious)
        expected.addWidget(self.why, 1)
        column.addLayout(self._line(_t("&Expected"), self.expected.buttons[0], expected))
        column.addLayout(self._line(_t("Act&ion taken"), self.action, self.action))
        column.addLayout(self._line(_t("&Comment"), self.comment, self.comment))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        keys = _t("1 to 5 choose, arrows move; none chosen: not assessed")
        grid.addWidget(label(keys, self._look, "small", colour="quiet"), 0, 1)
        for at, cause in enumerate(self._causes, start=1):
            name = label(cause.name, self._look, "body", "medium")
            name.setFixedWidth(_NAME_WIDE)
            segments = self._step(cause.name)
            self.steps.append(segments)
            grid.addWidget(name, at, 0)
            grid.addWidget(segments, at, 1)
        self.other.setFixedWidth(_NAME_WIDE)
        grid.addWidget(self.other, len(self._causes) + 1, 0)
        grid.addWidget(self.other_step, len(self._causes) + 1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _line(self, text: str, buddy: QWidget, field: object) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        name = caption(text, buddy, self._look)
        name.setFixedWidth(_LABEL_WIDE)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(field, QWidget):
            row.addWidget(field, 1)
        elif isinstance(field, QHBoxLayout | QGridLayout):
            row.addLayout(field, 1)
        return row


def roomy(segments: Segments, high: int, wide: int) -> Segments:
    """Keep the buttons as high and wide as they must be, however tight a form is laid out."""
    style = segments.styleSheet()
    for name, pixels in (("height", high - 2), ("width", wide - 22)):
        style = style.replace(f"min-{name}: 0;", f"min-{name}: {pixels}px;")
    segments.setStyleSheet(style)
    segments.setMinimumHeight(high)
    return segments


def _t(text: str) -> str:
    return QCoreApplication.translate("JudgementForm", text)
