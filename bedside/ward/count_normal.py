"""The ward's usual units of a blood count, and the limits of normal its laboratory gave last.

Nothing of it is ever filled in unseen: limits of an earlier count are offered with the laboratory's
name and the day, and taken by a person; the usual units change only when a person says so.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from bedside.store.queries import all_of, of_infant
from bedside.store.records import BloodCount, SiteSetting
from bedside.units.writer import write_number
from bedside.ward.count_values import all_limits
from bedside.ward.laboratory_counted import MEASURES, PROGRAMS_OWN, read_normal, unit_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.ward import Ward

SETTING = "count_units"


class Normal(Struct, frozen=True):
    """Unit and limits of normal of one measure, as typed; the limits are in that unit."""

    unit: str
    low: str = ""
    high: str = ""


class NormalSet(Struct, frozen=True):
    """What goes with a count: whose laboratory, and unit and limits by measure."""

    laboratory: str
    by_measure: Mapping[str, Normal]

    @property
    def limited(self) -> tuple[str, ...]:
        """The measures that have a limit."""
        return tuple(name for name, one in self.by_measure.items() if one.low or one.high)


class ProposedNormal(Struct, frozen=True):
    """The limits that came with the last count of one laboratory, to be offered."""

    normal: NormalSet
    taken_at: datetime
    words: str


def usual_units(ward: Ward) -> dict[str, str]:
    """The unit that stands beside each measure when a form opens."""
    with ward.store.reading() as connection:
        kept = next((r.value for r in all_of(connection, SiteSetting) if r.key == SETTING), "")
    chosen = dict(part.split("=", 1) for part in kept.split(";") if "=" in part)
    return {name: chosen.get(name, PROGRAMS_OWN[name]) for name in MEASURES}


def usual_set(ward: Ward) -> NormalSet:
    """Usual units, no limits, no laboratory: what every new count begins with."""
    return NormalSet("", {name: Normal(unit) for name, unit in usual_units(ward).items()})


@one_act
def set_usual_units(ward: Ward, units: Mapping[str, str], *, who: str) -> None:
    """Record which units are the usual ones on this ward; the ones before are struck out.

    Raises:
        Refused: a unit that is none of the measure's.
    """
    who = named(who)
    value = ";".join(f"{name}={unit_of(name, units[name]).name}" for name in MEASURES)
    with ward.store.change(who, "set the usual units of blood counts", ward.now()) as change:
        for row in all_of(change.connection, SiteSetting):
            if row.key == SETTING:
                change.void(SiteSetting, row.id, "a new value was entered")
        change.add(SiteSetting, key=SETTING, value=value)


def check_normal(ward: Ward, normal: NormalSet) -> None:
    """Refuse limits that cannot be read or cannot be limits of normal.

    Raises:
        Refused: which, and what would be right.
    """
    for name, one in normal.by_measure.items():
        read_normal(name, one.low, one.high, one.unit, ward.decimal_mark)


def proposed_normals(ward: Ward, infant_id: int) -> tuple[ProposedNormal, ...]:
    """The limits of each laboratory's last count of this infant that had any, newest first."""
    with ward.store.reading() as connection:
        rows = of_infant(connection, BloodCount, infant_id)
    found: dict[str, ProposedNormal] = {}
    for row in sorted(rows, key=lambda one: one.taken_at, reverse=True):
        words = all_limits(row, ward.decimal_mark)
        place = row.laboratory or ""
        if words and place.casefold() not in found:
            found[place.casefold()] = ProposedNormal(
                _normal_of(ward, row), ward.local(row.taken_at), words
            )
    return tuple(found.values())


def _normal_of(ward: Ward, row: BloodCount) -> NormalSet:
    usual, mark = usual_units(ward), ward.decimal_mark
    by_measure = {}
    for name in MEASURES:
        low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
        unit = getattr(row, f"{name}_unit") if low is not None or high is not None else None
        by_measure[name] = Normal(
            unit or usual[name],
            "" if low is None else write_number(low, mark),
            "" if high is None else write_number(high, mark),
        )
    return NormalSet(row.laboratory or "", by_measure)
