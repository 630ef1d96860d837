"""What a person judges of a toxicity: each drug and course in five steps, expected, serious, what was done."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.choice import Choice
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit, PlainText
from bedside.desktop.segments import Segments
from bedside.ward.forms import Judgement
from bedside.ward.views.toxicity import STEPS, Attributed, Cause, Judged, LoggedToxicity

_NAME_WIDE, _LABEL_WIDE = 204, 150
_JUDGED: tuple[Judged, ...] = ("yes", "no")


class JudgementForm(QWidget):
    """The part of a form that judges a toxicity; nothing in it is chosen beforehand.

    Args:
        look: fonts and colours.
        causes: what it may be put down to, from the infant's plan.
        courses: key and title of the courses begun.

    Signals:
        course_chosen: a person chose another course (its key).
    """

    course_chosen = Signal(str)

    def __init__(
        self, look: Look, causes: Sequence[Cause], courses: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self._look = look
        self._causes = tuple(causes)
        self._shown: Judgement | None = None
        self._placing = False
        self.steps: list[Segments] = []
        self.other = PlainEdit(self.tr("Another cause"))
        self.other.setPlaceholderText(self.tr("an infection, a procedure…"))
        self.other_step = self._step(self.tr("Another cause"))
        self.expected = self._yes_no(self.tr("Expected"))
        self.serious = self._yes_no(self.tr("Serious"))
        self.why = PlainEdit(self.tr("Why it is serious"))
        self.why.setPlaceholderText(self.tr("why: admitted, life-threatening, lasting harm…"))
        self.action = PlainEdit(self.tr("Action taken on treatment"))
        self.action.setPlaceholderText(
            self.tr("none, dose held, reduced, stopped … in your own words")
        )
        options = (("", self.tr("before the first course")), *courses)
        self.course = Choice(self.tr("Course"), options, look)
        self.day = PlainEdit(self.tr("Day of the course"))
        self.day.setFixedWidth(look.px(64))
        self.comment = PlainText()
        self.comment.setAccessibleName(self.tr("Comment"))
        self.comment.setFixedHeight(look.px(44))
        self._fill()
        self.course.edited.connect(self._course_edited)
        self.other.textChanged.connect(self._tell_none_chosen)

    def show_place(self, course_key: str, day: int | None) -> None:
        """Fill course and day in, as the plan has them; they can be changed."""
        self._placing = True
        self.course.choose(course_key)
        self._placing = False
        self.day.setText("" if day is None else str(day))

    def offer(self, causes: Sequence[Cause]) -> None:
        """Offer these causes instead; one that a step was chosen for stays, with its step."""
        kept = {
            (cause.kind, cause.key): (cause, segments.value())
            for cause, segments in zip(self._causes, self.steps, strict=True)
            if segments.value() >= 0
        }
        offered = {(cause.kind, cause.key): cause for cause in causes}
        offered.update({key: cause for key, (cause, _) in kept.items()})
        if tuple(offered.values()) == self._causes:
            return
        self._causes = tuple(offered.values())
        self._fill_grid()
        self._tab_through()
        for key, segments in zip(offered, self.steps, strict=True):
            segments.show()  # at once: Tab comes through here next
            if key in kept:
                segments.choose(kept[key][1])
        self._tell_none_chosen()

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
        self._tell_none_chosen()

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
        if self.serious.value() == 0 and not self.why.text().strip():
            reasons.append(
                self.tr("Serious: say why (for example admitted, life-threatening, lasting harm).")
            )
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
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
        made.chosen.connect(self._tell_none_chosen)
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

    def _tell_none_chosen(self) -> None:
        """The words stay only while they are true."""
        self.none_chosen.setText("" if self._judged().causes else _t("none chosen: not assessed"))

    def _course_edited(self) -> None:
        if not self._placing:
            self.course_chosen.emit(self.course.value() or "")

    def _grid(self) -> QGridLayout:
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(3)
        self._rows.setColumnStretch(2, 1)
        self.other.setFixedWidth(self._look.px(_NAME_WIDE))
        self.keys = label(_t("1 to 5 choose, arrows move"), self._look, "small", colour="quiet")
        self.none_chosen = label(
            _t("none chosen: not assessed"), self._look, "small", colour="quiet"
        )
        self._fill_grid()
        return self._rows

    def _fill_grid(self) -> None:
        """A line for each cause offered; another cause, typed, stands last."""
        kept = (self.other, self.other_step, self.none_chosen, self.keys)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept:
                widget.hide()
                widget.deleteLater()
        self.steps = []
        self._rows.addWidget(self.keys, 0, 1)
        for at, cause in enumerate(self._causes, start=1):
            name = label(cause.name, self._look, "body", "medium")
            name.setFixedWidth(self._look.px(_NAME_WIDE))
            segments = self._step(cause.name)
            self.steps.append(segments)
            self._rows.addWidget(name, at, 0)
            self._rows.addWidget(segments, at, 1)
        under = len(self._causes) + 1
        self._rows.addWidget(self.other, under, 0)
        self._rows.addWidget(self.other_step, under, 1)
        self._rows.addWidget(self.none_chosen, under + 1, 1)

    def _tab_through(self) -> None:
        """Tab goes through the lines as they stand, also after they were made anew."""
        stops = [self.day, *(one for step in self.steps for one in step.buttons), self.other]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _line(self, text: str, buddy: QWidget, field: object) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        name = caption(text, buddy, self._look)
        name.setFixedWidth(self._look.px(_LABEL_WIDE))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(field, QWidget):
            row.addWidget(field, 1)
        elif isinstance(field, QHBoxLayout | QGridLayout):
            row.addLayout(field, 1)
        return row


def roomy(segments: Segments, high: int, wide: int) -> Segments:
    """Keep the buttons as high and wide as they must be, however tight a form is laid out."""
    style, px = segments.styleSheet(), segments.look.px
    style = style.replace("min-height: 0;", f"min-height: {px(high) - 2}px;")
    style = style.replace("padding: 0 10px", "padding: 0 4px").replace(
        "padding: 0 9px", "padding: 0 3px"
    )
    segments.setStyleSheet(style)
    for button in segments.buttons:  # never narrower than its words, in any language
        button.setMinimumWidth(max(button.minimumWidth() - px(12), px(wide)))
    segments.setMinimumHeight(px(high))
    return segments


def _t(text: str) -> str:
    return QCoreApplication.translate("JudgementForm", text)
