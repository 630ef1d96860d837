"""A field of the blood count: a bare number is in the unit beside it, another unit may be typed along."""

from typing import cast

from bedside.desktop.fields import NumberField, written
from bedside.desktop.look import Look
from bedside.units.bounds import Bound, Sign
from bedside.units.quantities import Anc, Platelets, WhiteCells
from bedside.units.quantity_reader import Quantity
from bedside.units.refusal import Refused
from bedside.ward.laboratory_counted import MEASURES, TypedCount, read_entered, unit_of


class CountField(NumberField):
    """Takes "84", "84 g/L", "8.4 g/dL" and "<10" alike; the read value is echoed as it is kept.

    Args:
        key: the measure: "wbc", "anc", "platelets", "haemoglobin"; a part of the differential else.
        kind: its kind of quantity.
        unit: the name of the unit beside the field ("10*9/L"), or "%".
        look: colours and fonts.
        mark: the station's decimal mark.
        name: what it is called when read out.
        width: in pixels.
    """

    def __init__(
        self,
        key: str,
        kind: str,
        unit: str,
        look: Look,
        mark: str,
        *,
        name: str,
        width: int = 96,
    ) -> None:
        self.key = key
        self.unit_name = unit
        self._typed: TypedCount | None = None
        shown = unit_of(key, unit).shown if key in MEASURES else unit
        super().__init__(kind, shown, look, mark, name=name, width=width)

    def set_unit(self, unit: str) -> None:
        """Take another unit; what is typed stays as typed and is read anew."""
        if unit == self.unit_name:
            return
        self.unit_name = unit
        self.unit = unit_of(self.key, unit).shown
        self.unit_label.setText(self.unit)
        self.set_name(self.name)
        self._text_changed(self.text())

    def typed(self) -> TypedCount | None:
        """What was read with its unit and sign; None while the field is empty or refused."""
        return None if self.value() is None else self._typed

    def comparator(self) -> str:
        """The sign before the number: "<", ">" or ""."""
        typed = self.typed()
        return "" if typed is None else typed.comparator

    def bound(self) -> Bound[int] | None:
        """The typed bound in cells per µL; None where nothing, a number or a haemoglobin is typed."""
        value, sign = self.value(), self.comparator()
        if not sign or not isinstance(value, Anc | Platelets | WhiteCells):
            return None
        return Bound(cast(Sign, sign), value.per_ul)

    def exact(self) -> Quantity | None:
        """The typed value, unless it is a bound."""
        return None if self.comparator() else self.value()

    def words(self) -> str:
        """The typed value as it is kept, with its sign; "" while there is none."""
        value = self.value()
        if value is None:
            return ""
        return f"{self.comparator()}{written(value, self.unit, self.mark)}"

    def says_the_same(self, other: "CountField") -> bool:
        """Whether two fields were read as the same value with the same sign."""
        mine = (self.value(), self.comparator())
        return mine == (other.value(), other.comparator())

    def _read(self, text: str) -> tuple[object, str]:
        self._typed = None
        if self.key not in MEASURES:
            return super()._read(text)
        try:
            self._typed = read_entered(self.key, text, self.unit_name, self.mark)
        except Refused as refused:  # in the words of the field: its unit stands beside it
            shown = (why.replace(self.unit_name, self.unit) for why in refused.reasons)
            raise Refused(*shown) from refused
        value = self._typed.value
        words = f"{self._typed.comparator}{written(value, self.unit, self.mark)}"
        return value, self.tr("read as {0}").format(words)
