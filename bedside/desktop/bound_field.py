"""A field of one count that may be a bound: "400", ">400" and "<1" are taken, and echoed as they were read."""

from typing import cast

from bedside.desktop.fields import NumberField, written
from bedside.units.bounds import Bound, Sign
from bedside.units.quantity_reader import Quantity
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS
from bedside.ward.laboratory_counted import comparator_of


class BoundField(NumberField):
    """As `NumberField`, with the "<" or ">" of a laboratory slip before the number.

    A bound is never the number beside its sign: whoever reads the field asks for `seen`.
    """

    _sign = ""

    def seen(self) -> Quantity | Bound[Quantity] | None:
        """The typed value, or its bound; None while the field is empty or refused."""
        value = self.value()
        if value is None or not self._sign:
            return value
        return Bound(cast(Sign, self._sign), value)

    def _read(self, text: str) -> tuple[object, str]:
        typed = text.strip(BLANKS)
        self._sign = comparator_of(typed)
        value, echo = super()._read(typed[1:].strip(BLANKS) if self._sign else text)
        if self._sign == "<" and not getattr(value, "per_ul", value):
            raise Refused(
                self.tr("Nothing is less than 0: write the bound as it stands on the slip, or 0.")
            )
        return value, echo

    def _echoed(self, value: Quantity) -> str:
        return self.tr("read as {0}").format(f"{self._sign}{written(value, self._said, self.mark)}")
