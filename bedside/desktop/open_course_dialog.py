"""Opens a course: its day 1 is typed, and every reason against it is said before and after (hazard H11)."""

from datetime import timedelta

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from bedside.desktop.fields import DateField, PlainEdit
from bedside.desktop.flowing import whole
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.dates import write_weekday_date
from bedside.ward.courses import is_late_entry, open_course, opening_refusals
from bedside.ward.facts import facts_of
from bedside.ward.views.where import WhereView
from bedside.ward.ward import Ward


class OpenCourseDialog(FormDialog):
    """Day 1 of the next course."""

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        view: WhereView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Open {0}").format(view.open_title),
            self.tr("&Open {0}").format(view.open_title),
            parent,
            infant=patient_line(view.banner),
            width=620,
        )
        self.ward = ward
        self.infant_id = view.banner.infant_id
        self.course_key = view.open_key
        self._days = max((len(item.days) for item in view.next_items), default=0)
        self.day_1 = DateField(self.tr("Day 1"), look)
        self.today_button = QPushButton(self.tr("&Today"))
        self.today_button.setAccessibleDescription(write_weekday_date(ward.today()))
        self.today_button.setAutoDefault(False)
        self.note = PlainEdit(self.tr("Why it is entered late"))
        self.late = QWidget()
        self.outlook = QVBoxLayout()
        self.outlook.setSpacing(3)
        self._fill()
        self.day_1.edited.connect(self._look_again)
        self.note.textChanged.connect(self._look_again)
        self.today_button.clicked.connect(self._take_today)
        self.day_1.setFocus()

    def _fill(self) -> None:
        row = self.line(self.tr("&Day 1 is"), self.day_1, wide=160)
        row.addWidget(self.today_button)
        self.body.addLayout(row)
        late = self.line(self.tr("&Why entered late"), self.note, wide=160)
        late.setContentsMargins(0, 0, 0, 0)
        self.late.setLayout(late)
        self.late.hide()
        self.body.addWidget(self.late)
        self.body.addLayout(self.outlook)
        self.body.addStretch(1)

    def _take_today(self) -> None:
        self.day_1.set_value(self.ward.today())

    def is_dirty(self) -> bool:
        """Whether a note was typed; a day is quickly typed again."""
        return bool(self.note.text().strip())

    def _look_again(self) -> None:
        day = self.day_1.value()
        self._clear_outlook()
        self.refusals.show_reasons(())
        if day is None:
            self.late.hide()
            return
        facts = facts_of(self.ward, self.infant_id)
        course = facts.protocol.course(self.course_key)
        self.late.setVisible(is_late_entry(self.ward, facts, course, day))
        against = opening_refusals(self.ward, facts, course, day, self.note.text())
        for words in against:
            self.outlook.addWidget(label(whole(words), self.look, colour="hold", wrap=True))
        if against or not self._days:
            return
        self.outlook.addWidget(label(self.tr("azaCITIDine on"), self.look, "body", "strong"))
        for number in range(self._days):
            on = write_weekday_date(day + timedelta(days=number))
            words = self.tr("day {0}: {1}").format(number + 1, on)
            self.outlook.addWidget(label(words, self.look))

    def record(self) -> None:
        """Open the course, or say why not."""
        if self.day_1.value() is None:
            words = self.day_1.refusal() or self.tr("Type the date of day 1.")
            self.refusals.show_reasons((words,))
            return
        if saving(self, self._keep, button=self.act_button):
            self.accept()
        elif self.refusals.text():
            self._clear_outlook()  # the same reasons stand below now: once is enough

    def _clear_outlook(self) -> None:
        while (item := self.outlook.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _keep(self) -> int:
        day = self.day_1.value()
        if day is None:
            raise TypeError("the day was checked before")
        return open_course(
            self.ward,
            self.infant_id,
            self.course_key,
            day,
            who=self.session.who,
            note=self.note.text(),
        )
