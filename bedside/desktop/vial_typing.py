"""The time at which a vial was made up, typed and not recorded: on the page Doses and papers."""

from bedside.desktop.doses_paper import AZACITIDINE
from bedside.desktop.fields import DateField, NumberField
from bedside.desktop.time_field import TimeField
from bedside.desktop.vial_acts import VialPage
from bedside.ward.kept_drafts import KeptField


class VialTyping:
    """The form that starts a vial clock.

    Args:
        page: one infant's page of doses.
    """

    shape = "vial 1"

    def __init__(self, page: VialPage) -> None:
        self._page, self._vial = page, page.vial

    def typed(self) -> tuple[KeptField, ...]:
        """Date, time and planned minutes, once a time is typed."""
        if not self._vial.is_dirty():
            return ()
        return tuple(KeptField(name, field.edit.text()) for name, field in self._fields())

    def put_back(self, kept: tuple[KeptField, ...]) -> list[str]:
        """Type them again; return the names of all where a clock runs by now, or no dose waits for one."""
        if self._vial.clock is not None or self._vial.day is None:
            return [field.name.split("|")[1] for field in kept if field.typed]
        self._page.show_part(AZACITIDINE)
        there = {name.partition("|")[0]: field for name, field in self._fields()}
        for field in kept:
            edit = there[field.name.partition("|")[0]].edit
            edit.selectAll()
            edit.insert(str(field.typed))  # as if it were typed
        return []

    def _fields(self) -> list[tuple[str, DateField | TimeField | NumberField]]:
        vial = self._vial
        fields: tuple[DateField | TimeField | NumberField, ...] = (
            vial.date,
            vial.time,
            vial.minutes,
        )
        return [
            (f"{number}|{field.edit.accessibleName()}", field)
            for number, field in enumerate(fields, 1)
        ]
