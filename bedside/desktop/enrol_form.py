"""The fields of enrolling an infant: who she is, and the protocol she enters."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.fields import Choice, DateField, NumberField, PlainEdit, TypedField
from bedside.desktop.look import Look

NO_ALLERGIES = "No known allergies"
# the words of the protocol files; a test holds the two together
DIAGNOSES = (
    "B-ALL",
    "ambiguous lineage",
    "mixed phenotype",
    "biphenotypic",
    "T-ALL",
    "unknown",
)


class EnrolForm(QObject):
    """Every field of the form, made and named; laid out by the dialog."""

    def __init__(self, look: Look, mark: str, protocols: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        tr = self.tr
        self._mark = mark
        self.share_asked = False  # the diagnosis enters its protocol only with a share
        self.closed = {key: closed for key, _, closed in protocols}
        self.family = PlainEdit(tr("Family name"))
        self.given = PlainEdit(tr("Given name"))
        self.sex = Choice(tr("Sex"), (("f", tr("female")), ("m", tr("male"))), look)
        self.born = DateField(tr("Born"), look)
        self.weeks = NumberField("number", tr("weeks"), look, mark, name=tr("Gestation"), width=56)
        self.days = NumberField(
            "number", tr("days"), look, mark, name=tr("Gestation, days over"), width=56
        )
        self.hospital_number = PlainEdit(tr("Hospital number"))
        self.bed = PlainEdit(tr("Bed"))
        allergies = (
            (NO_ALLERGIES, tr("No known allergies")),
            ("typed", tr("allergic to:")),
            ("", tr("unknown")),
        )
        self.allergies = Choice(tr("Allergies"), allergies, look)
        self.allergic_to = PlainEdit(tr("Allergic to, with the reaction"))
        self.allergic_to.setPlaceholderText(tr("for instance penicillin: rash"))
        self.line = PlainEdit(tr("Central line"))
        self._make_protocol(protocols, look)
        for field in (self.weeks, self.days):
            field.echo.hide()

    def _make_protocol(self, protocols: Sequence[tuple[str, str, str]], look: Look) -> None:
        tr = self.tr
        titles = [
            (key, tr("{0} (closed to entry)").format(title) if closed else title)
            for key, title, closed in protocols
        ]
        self.protocol = Choice(tr("Protocol"), titles, look)
        self.protocol.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )  # both columns stay as wide as each other; the open list shows whole titles
        self.study_number = PlainEdit(tr("Study number"))
        self.diagnosed_on = DateField(tr("Diagnosed on"), look)
        self.diagnosis = Choice(tr("Diagnosis"), [(key, key) for key in DIAGNOSES], look)
        genes = (
            ("rearranged", tr("rearranged")),
            ("germline", tr("germline")),
            ("not-evaluable", tr("not evaluable")),
            ("unknown", tr("unknown, not reported yet")),
        )
        self.b_share = NumberField("percent", "%", look, self._mark, name=tr("B lymphoblasts"))
        self.b_share.echo.hide()
        self.kmt2a = Choice(tr("KMT2A"), genes, look)
        answers = (("yes", tr("yes")), ("no", tr("no")), ("unknown", tr("unknown")))
        self.consent = Choice(tr("Consent"), answers, look)
        self.induction_day_1 = DateField(tr("Induction day 1"), look)
        self.elsewhere = PlainEdit(tr("Enrolled before at"))
        self.elsewhere.setPlaceholderText(tr("another centre, and since when"))

    def gestation(self) -> QWidget:
        """The two fields of the gestation, side by side."""
        holder = QWidget()
        holder.setAccessibleName(self.tr("Gestation"))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.weeks, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.days, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        holder.setFocusProxy(self.weeks.edit)
        return holder

    def everything(self) -> tuple[PlainEdit | TypedField | Choice, ...]:
        """All fields in their order."""
        return (
            self.family,
            self.given,
            self.sex,
            self.born,
            self.weeks,
            self.days,
            self.hospital_number,
            self.bed,
            self.allergies,
            self.allergic_to,
            self.line,
            self.protocol,
            self.study_number,
            self.diagnosed_on,
            self.diagnosis,
            self.b_share,
            self.kmt2a,
            self.consent,
            self.induction_day_1,
            self.elsewhere,
        )

    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen."""
        return not any(
            field.value() is not None if isinstance(field, Choice) else field.text().strip()
            for field in self.everything()
        )

    def gestation_days(self) -> int | None:
        """The gestation in days; None while it is not (or not readably) typed."""
        weeks, days = self.weeks.value(), self.days.value()
        if not isinstance(weeks, Decimal):
            return None
        return int(weeks) * 7 + (int(days) if isinstance(days, Decimal) else 0)

    def b_percent(self) -> Decimal | None:
        """The share of B lymphoblasts in per cent; None while it is not (or not readably) typed."""
        share = self.b_share.value() if self.share_asked else None
        return share if isinstance(share, Decimal) else None

    def allergy_words(self) -> str:
        """The allergies as they will stand in the banner; "" is shown as unknown."""
        chosen = self.allergies.value()
        return self.allergic_to.text().strip() if chosen == "typed" else chosen or ""

    def unreadable(self) -> list[str]:
        """Why the form cannot be handed in yet: what cannot be read, what must be chosen."""
        typed = [field for field in self.everything() if isinstance(field, TypedField)]
        if not self.share_asked:
            typed.remove(self.b_share)  # not in sight: what was typed there waits
        reasons = [f"{field.name}: {field.refusal()}" for field in typed if field.refusal()]
        reasons += [
            self.tr("{0}: the day is missing.").format(day.name)
            for day in (self.born, self.diagnosed_on)
            if day.is_empty()
        ]
        choices = (
            self.sex,
            self.allergies,
            self.protocol,
            self.diagnosis,
            self.kmt2a,
            self.consent,
        )
        reasons += [
            self.tr("{0}: choose one; unknown is an answer.").format(choice.accessibleName())
            for choice in choices
            if choice.value() is None
        ]
        return reasons + self._gestation_reasons() + self._allergy_reasons()

    def _gestation_reasons(self) -> list[str]:
        weeks, days = self.weeks.value(), self.days.value()
        whole = all(
            value is None or value == int(value)
            for value in (weeks, days)
            if value is None or isinstance(value, Decimal)
        )
        if not whole or (isinstance(days, Decimal) and days > 6):
            return [self.tr("Gestation: write whole weeks, and 0 to 6 days over.")]
        if weeks is None and days is not None:
            return [self.tr("Gestation: the weeks are missing.")]
        return []

    def _allergy_reasons(self) -> list[str]:
        if self.allergies.value() == "typed" and not self.allergic_to.text().strip():
            return [self.tr("Allergies: type to what, and the reaction.")]
        return []
