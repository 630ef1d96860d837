"""The fields that say who an infant is: name, birth, numbers, allergies, central line."""

from decimal import Decimal

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.fields import Choice, DateField, NumberField, PlainEdit
from bedside.desktop.look import Look

NO_ALLERGIES = "No known allergies"


class IdentityFields(QObject):
    """Who an infant is, each field made and named; laid out by a dialog."""

    def __init__(self, look: Look, mark: str) -> None:
        super().__init__()
        tr = self.tr
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
        for field in (self.weeks, self.days):
            field.echo.hide()

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

    def gestation_days(self) -> int | None:
        """The gestation in days; None while it is not (or not readably) typed."""
        weeks, days = self.weeks.value(), self.days.value()
        if not isinstance(weeks, Decimal):
            return None
        return int(weeks) * 7 + (int(days) if isinstance(days, Decimal) else 0)

    def allergy_words(self) -> str:
        """The allergies as they will stand in the banner; "" is shown as unknown."""
        chosen = self.allergies.value()
        return self.allergic_to.text().strip() if chosen == "typed" else chosen or ""

    def whole_reasons(self) -> list[str]:
        """What does not fit together: weeks and days of the gestation, allergic to what."""
        return self._gestation_reasons() + self._allergy_reasons()

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
