"""The site's settings that two people commission, and the settings in force: always the same.

What two people recorded is put in force at once. When somebody later enters another value by the
site's form, the commissioned one does not count any more and is asked for again.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bedside.protocol.site_numbers import CONTACTS, SETTINGS
from bedside.protocol.typed_choices import NOT_STATED
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.ward.site import SiteSettings

if TYPE_CHECKING:
    from bedside.store.change import Change

_KEYS = {
    f"{SETTINGS}/place": "kind",
    f"{SETTINGS}/weight-age": "weight_age_days",
    f"{SETTINGS}/count-age": "count_age_hours",
    f"{SETTINGS}/bsa-formula": "bsa_formula",
}
_TELEPHONE = f"{SETTINGS}/telephone/"


def agrees_with_settings(number_id: str, canonical: str, settings: SiteSettings) -> bool:
    """Whether a commissioned setting is the one in force; true for every other number."""
    if canonical == NOT_STATED or not number_id.startswith(f"{SETTINGS}/"):
        return True
    if number_id.startswith(_TELEPHONE):
        role = CONTACTS[number_id.removeprefix(_TELEPHONE)]
        return (role, canonical) in {(line[0], line[2]) for line in settings.contacts}
    if number_id not in _KEYS:
        return True
    in_force = {
        "kind": settings.kind,
        "weight_age_days": str(settings.weight_age_days),
        "count_age_hours": str(settings.count_age_hours),
        "bsa_formula": settings.bsa_formula,
    }
    return in_force[_KEYS[number_id]] == canonical.partition(" ")[0]


def put_in_force(change: "Change", number_id: str, canonical: str) -> None:
    """Put a setting that two people recorded in force, as part of their change."""
    if canonical == NOT_STATED:
        return
    rows = {row.key: row for row in all_of(change.connection, SiteSetting)}
    if number_id.startswith(_TELEPHONE):
        role = CONTACTS[number_id.removeprefix(_TELEPHONE)]
        old = rows.get("contacts")
        lines = "" if old is None else old.value
        _set(change, rows, "contacts", "\n".join(_contacts(lines, role, canonical)))
    elif number_id in _KEYS:
        _set(change, rows, _KEYS[number_id], canonical.partition(" ")[0])


def _contacts(lines: str, role: str, number: str) -> Iterator[str]:
    """The contacts with this role's number; its name stays, all others stay."""
    found = False
    for line in lines.splitlines():
        parts = line.split("\t")
        if parts[0] == role and not found:
            found = True
            yield "\t".join((role, parts[1], number))
        else:
            yield line
    if not found:
        yield f"{role}\t\t{number}"


def _set(change: "Change", rows: dict[str, SiteSetting], key: str, value: str) -> None:
    old = rows.get(key)
    if old is not None and old.value == value:
        return
    if old is not None:
        change.void(SiteSetting, old.id, "commissioned by two people")
    change.add(SiteSetting, key=key, value=value)
