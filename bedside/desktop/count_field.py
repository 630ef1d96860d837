"""A field of the blood count: a bare number is in the unit beside it, another unit may be typed along."""

from bedside.desktop.fields import NumberField, written
from bedside.units.refusal import Refused
from bedside.ward.laboratory_counted import counted_in


class CountField(NumberField):
    """Takes "84", "84 g/L" and "8.4 g/dL" alike; the read value is echoed in the field's own unit."""

    def _read(self, text: str) -> tuple[object, str]:
        try:
            return super()._read(text)
        except Refused:
            value = counted_in(self.kind, text, self.mark)
            if value is None:
                raise
            return value, self.tr("read as {0}").format(written(value, self.unit, self.mark))
