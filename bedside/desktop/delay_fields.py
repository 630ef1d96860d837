"""What is typed of a hold, a delay or a shift: the course, how, what of it, the two days, the reason."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from bedside.desktop.fields import Choice, DateField, PlainEdit
from bedside.desktop.form_dialog import caption
from bedside.desktop.look import Look
from bedside.ward.views.delay import DelayForm, NewHold, NewShift

_HOLD, _SHIFT = "hold", "shift"


class DelayFields(QWidget):
    """The fields; the parts are open, so that the dialog may listen to each of them.

    Args:
        form: what can be held or shifted.
        look: colours and fonts.
    """

    def __init__(self, form: DelayForm, look: Look) -> None:
        super().__init__()
        self.form, self.look = form, look
        courses = tuple((key, title) for key, title, _ in form.courses)
        ways = (
            (_HOLD, self.tr("not given until it goes on (hold)")),
            (_SHIFT, self.tr("one drug's doses given later (shift)")),
        )
        self.course = Choice(self.tr("Course"), courses, look)
        self.way = Choice(self.tr("How"), ways, look)
        self.way.choose(_HOLD)
        self.drug = Choice(self.tr("What is held"), (("", self.tr("the whole course")),), look)
        self.drug.choose("")
        self.from_on = DateField(self.tr("First held day"), look)
        self.goes_on = DateField(self.tr("Goes on, or new day 1"), look)
        self.reason = PlainEdit(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("cannot be empty; kept with the plan"))
        self._arrange()
        self._say_days()

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        parts: tuple[tuple[str, QWidget, int, int], ...] = (
            (self.tr("&Course"), self.course, 0, 1),
            (self.tr("&How"), self.way, 0, 3),
            (self.tr("&What"), self.drug, 1, 1),
            (self.tr("Rea&son"), self.reason, 1, 3),
            ("", self.from_on, 2, 1),
            ("", self.goes_on, 2, 3),
        )
        self._captions = [caption(words, field, self.look) for words, field, _, _ in parts]
        for name, (_, field, row, column) in zip(self._captions, parts, strict=True):
            grid.addWidget(name, row, column - 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, column)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)

    @property
    def is_shift(self) -> bool:
        """Whether one drug's doses are to be given later, instead of held."""
        return self.way.value() == _SHIFT

    def offer_drugs(self) -> None:
        """Offer what can be held, or shifted, in the chosen course; a drug chosen before stays."""
        key, kept = self.course.value(), self.drug.currentText()
        self._say_days()
        self.drug.clear()
        if self.is_shift:
            for course, drug, route, name in self.form.lines:
                if course == key:
                    self.drug.addItem(name, f"{drug}|{route}")
        else:
            self.drug.addItem(self.tr("the whole course"), "")
            for course, drug, name in self.form.drugs:
                if course == key:
                    self.drug.addItem(name, drug)
        self._choose_again(kept)

    def take_shift(self, drug: str, route: str) -> None:
        """Choose that one drug of the chosen course, by display name and route, is given later."""
        self.way.choose(_SHIFT)
        self.offer_drugs()
        named = [
            f"{key}|{way}"
            for course, key, way, name in self.form.lines
            if course == self.course.value() and way == route and name.startswith(drug)
        ]
        self.drug.choose(named[0] if named else None)

    def new_hold(self) -> NewHold | None:
        """The hold as typed; None while something is missing."""
        course, since, resumes = self.course.value(), self.from_on.value(), self.goes_on.value()
        if course is None or since is None or (resumes is None and not self.goes_on.is_empty()):
            return None
        until = None if resumes is None else resumes - timedelta(days=1)
        return NewHold(course, self.drug.value() or "", since, until, self.reason.text())

    def held(self) -> tuple[date, date] | None:
        """First and last day on which the whole course waits; None where that is not what is typed."""
        since, resumes = self.from_on.value(), self.goes_on.value()
        whole = not self.is_shift and not self.drug.value()
        if not whole or since is None or resumes is None or resumes <= since:
            return None
        return since, resumes - timedelta(days=1)

    def new_shift(self) -> NewShift | None:
        """The shift as typed; None while something is missing."""
        course, line = self.course.value(), self.drug.value()
        since, then = self.from_on.value(), self.goes_on.value()
        if course is None or not line or since is None or then is None:
            return None
        drug, _, route = line.partition("|")
        return NewShift(course, drug, route, since, then, self.reason.text())

    def missing(self) -> tuple[str, ...]:
        """What has to be typed before anything can be recorded; empty where all is there."""
        if (self.new_shift() if self.is_shift else self.new_hold()) is not None:
            return ()
        faults = tuple(field.refusal() for field in (self.from_on, self.goes_on) if field.refusal())
        if self.is_shift:
            return faults or (self.tr("Choose the course and the drug, and type both days."),)
        return faults or (self.tr("Choose the course and type the first held day."),)

    def _say_days(self) -> None:
        """What the two days are, for a hold and for a shift."""
        if self.is_shift:
            said = (self.tr("&From the dose of"), self.tr("It is &given on"))
        else:
            said = (self.tr("&First held day"), self.tr("&Goes on / day 1"))
        for name, words in zip(self._captions[-2:], said, strict=True):
            name.setText(words)
            name.setAccessibleName(words.replace("&", ""))

    def _choose_again(self, kept: str) -> None:
        """The drug that was chosen, where it is offered by this name or with its route behind it."""
        names = [self.drug.itemText(at) for at in range(self.drug.count())]
        whole = self.tr("the whole course")
        alike = [
            at
            for at, name in enumerate(names)
            if kept and name and (name.startswith(kept) or kept.startswith(name))
        ]
        if alike:
            self.drug.setCurrentIndex(alike[0])
        else:
            self.drug.setCurrentIndex(names.index(whole) if whole in names else -1)
