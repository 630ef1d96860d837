"""Records a weight, with or without a length, set beside the infant's own last ones (hazards H1 to H5)."""

from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.ending_orders import EndingOrders
from bedside.desktop.fields import DateField, NumberField, set_property
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.save import saving
from bedside.desktop.second_reader import SecondReader
from bedside.desktop.session import Session
from bedside.desktop.time_field import TimeField
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.quantity_reader import Quantity
from bedside.ward.forms import NewSize
from bedside.ward.order_ending import ends_by_weighing
from bedside.ward.views.marks import Banner
from bedside.ward.views.pages import Judged
from bedside.ward.ward import Ward
from bedside.ward.weighing import judge_length, judge_weight, record_size


class Measured(QObject):
    """A value, its judgement, and the field for typing it a second time when it is unusual."""

    def __init__(
        self, dialog: FormDialog, kind: str, unit: str, titles: tuple[str, str], mark: str
    ) -> None:
        super().__init__(dialog)
        title, again = titles
        name = title.replace("&", "")
        self.name = name
        self.first = NumberField(kind, unit, dialog.look, mark, name=name)
        self.second = NumberField(
            kind, unit, dialog.look, mark, name=self.tr("{0}, second time").format(name)
        )
        self.judged: Judged | None = None
        self.again = QWidget()
        row = dialog.line(again, self.second)
        row.setContentsMargins(0, 0, 0, 0)
        self.again.setLayout(row)
        self.again.hide()
        dialog.body.addLayout(dialog.line(title, self.first))
        dialog.body.addWidget(self.again)

    def take(self, judged: Judged | None) -> None:
        """Show how the typed value looks."""
        self.judged = judged
        unusual = judged is not None and judged.level == "unusual"
        self.again.setVisible(self.is_typed_twice())
        if judged is None:
            self.first.set_note(self.first.refusal(), "impossible")
            return
        parts = [judged.words] if judged.words else [judged.compared]
        if unusual:
            parts.append(self.tr("Measure again, read the scale, and type it a second time"))
        self.first.set_note(". ".join(part.rstrip(".") for part in parts if part), judged.level)

    def by_two(self) -> bool:
        """Whether the value is refused to one person alone."""
        return self.judged is not None and self.judged.by_two

    def is_refused(self) -> bool:
        """Whether this value cannot be recorded by anybody."""
        impossible = self.judged is not None and self.judged.level == "impossible"
        return bool(self.first.refusal()) or (impossible and not self.by_two())

    def is_typed_twice(self) -> bool:
        """Whether the value is asked for a second time."""
        return self.judged is not None and (self.judged.level == "unusual" or self.judged.by_two)

    def reasons(self, *, needed: bool) -> list[str]:
        """Why this value cannot be recorded as it stands; empty when it can."""
        if self.first.is_empty():
            return [self.tr("{0} is missing.").format(self.name)] if needed else []
        if self.first.refusal():
            return [f"{self.name}: {self.first.refusal()}"]
        if self.judged is not None and self.judged.level == "impossible" and not self.by_two():
            return [self.judged.words]
        if self.is_typed_twice():
            if self.second.is_empty():
                return [self.tr("{0} is unusual: type it a second time.").format(self.name)]
            if self.second.refusal():
                return [f"{self.name}: {self.second.refusal()}"]
            if self.second.value() != self.first.value():
                return [self.tr("{0}: the two values differ. Measure again.").format(self.name)]
        return []

    def reason_kept(self) -> str:
        """What is kept beside an unusual value that was typed twice."""
        if self.judged is None or not self.is_typed_twice():
            return ""
        return self.tr("typed a second time: {0}").format(self.judged.words)


class WeightDialog(FormDialog):
    """Weight and length of one infant, with the time of measuring."""

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        banner: Banner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Record weight and length"),
            self.tr("&Record weight"),
            parent,
            infant=patient_line(banner),
            width=620,
        )
        self.ward = ward
        self.infant_id = banner.infant_id
        self._second = ""
        mark = ward.decimal_mark
        weight = (self.tr("&Weight"), self.tr("Weight &again"))
        length = (self.tr("&Length, lying"), self.tr("Length aga&in"))
        self.weight = Measured(self, "weight", "kg", weight, mark)
        self.length = Measured(self, "length", "cm", length, mark)
        self.date = DateField(self.tr("Measured on"), look)
        self.time = TimeField(self.tr("Measured at"), look)
        self.time.follow(self.date, ward.wall_clock)
        self.ending = EndingOrders(look)
        self.reader = SecondReader(ward, look)
        self.body.addWidget(self.reader)
        self.reader.hide()
        self._add_when()
        now = ward.now()
        self.date.set_value(now.date())
        self.time.set_now(now)
        for field in (self.weight.first, self.length.first, self.date, self.time):
            field.edited.connect(self._judge)
        self.weight.first.setFocus()

    def _add_when(self) -> None:
        row: QHBoxLayout = self.line(self.tr("&Measured on"), self.date)
        self.body.addLayout(row)
        self.body.addLayout(self.line(self.tr("a&t (HH:MM)"), self.time))
        words = self.tr("The length may stay empty: the last one counts on for the body surface.")
        self.body.addWidget(label(words, self.look, "small", colour="quiet", wrap=True))
        self.body.addWidget(self.ending)
        self.body.addStretch(1)

    def is_dirty(self) -> bool:
        """Whether a value was typed."""
        return not (self.weight.first.is_empty() and self.length.first.is_empty())

    def measured_at(self) -> datetime | None:
        """When she was measured; None while day or time cannot be read."""
        return self.time.moment().at

    def _judge(self) -> None:
        # until day and time can be read, as of now: no ten-fold slip waits for them to be seen
        at = self.measured_at() or self.ward.now()
        weight, length = self.weight.first.value(), self.length.first.value()
        self.weight.take(self._judged(weight, at))
        self.length.take(self._judged(length, at))
        self.reader.setVisible(self._by_two())
        self.refusals.show_reasons(())
        size = self._size()
        refused = self.weight.is_refused() or self.length.is_refused()
        set_property(self.act_button, "closed", refused)
        ended = () if size is None else ends_by_weighing(self.ward, self.infant_id, size)
        self.ending.show_lines(() if refused else ended)  # what cannot be recorded ends no order

    def _by_two(self) -> bool:
        return self.weight.by_two() or self.length.by_two()

    def _judged(self, value: Quantity | None, at: datetime) -> Judged | None:
        if isinstance(value, BodyWeight):
            return judge_weight(self.ward, self.infant_id, value, at)
        if isinstance(value, BodyLength):
            return judge_length(self.ward, self.infant_id, value, at)
        return None

    def record(self) -> None:
        """Record, or say why not; what was typed stays."""
        reasons = [*self.weight.reasons(needed=True), *self.length.reasons(needed=False)]
        reasons += [
            field.refusal() or self.tr("{0} is missing.").format(field.name)
            for field in (self.date, self.time)
            if field.value() is None
        ]
        moment = self.time.moment()
        if moment.at is None and moment.words:
            reasons.append(moment.words)
        self._second = ""
        if not reasons and self._by_two():
            self._second, trouble = self.reader.named(self.session.who)
            reasons += [trouble] if trouble else []
        if reasons:
            self.refusals.show_reasons(tuple(reasons))
            return
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _size(self) -> NewSize | None:
        """What is typed; None while weight or time cannot be read."""
        weight, length, at = (
            self.weight.first.value(),
            self.length.first.value(),
            self.measured_at(),
        )
        if not isinstance(weight, BodyWeight) or at is None:
            return None
        kept = "; ".join(
            reason for reason in (self.weight.reason_kept(), self.length.reason_kept()) if reason
        )
        return NewSize(
            weight, length if isinstance(length, BodyLength) else None, at, kept, self._second
        )

    def _keep(self) -> int:
        size = self._size()
        if size is None:
            raise TypeError("a weight and its time were checked before")
        return record_size(self.ward, self.infant_id, size, who=self.session.who)
