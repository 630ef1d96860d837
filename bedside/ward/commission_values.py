"""The ward's own site values, assembled from what two people recorded, as every dose reads them.

The text is the file format of `bedside.protocol.site_value_reader`, so that what the ward doses
from is what it exports, line by line. Text that contradicts itself (a cap in another unit than its
dose) is not used at all: nothing of it is confirmed, and the reasons are said.
"""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from bedside.protocol.maintenance_text import rule_faults
from bedside.protocol.numbers import SITE
from bedside.protocol.rule_numbers import MAINTENANCE_RULE
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import NO_SITE_VALUES, SiteValues, SiteValuesError
from bedside.store.commission_records import CommissionValue
from bedside.store.queries import all_of_then
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.commission_facts import inventory_of, values_of
from bedside.ward.commission_state import not_commissioned
from bedside.ward.site import read_site
from bedside.ward.ward import Ward

NAME = "site values of this ward"
_OWN = "your entries"
Values = Mapping[str, CommissionValue]


def recorded_values(ward: Ward, protocol_key: str) -> SiteValues:
    """The ward's values for a protocol, said to be confirmed by nobody (`confirmed_for` says by whom)."""
    own, site = read_values(ward, protocol_key)
    if not own and not site:
        return NO_SITE_VALUES
    try:
        values = _read(ward, protocol_key)
    except SiteValuesError:
        return NO_SITE_VALUES
    return replace(values, confirmed_by=None, confirmed_on=None)


def confirmed_for(ward: Ward, values: SiteValues, protocol_key: str, course_key: str) -> SiteValues:
    """The same values, confirmed where every number of a course is commissioned.

    Args:
        ward: the ward.
        values: from `recorded_values`.
        protocol_key: the protocol.
        course_key: the course that is dosed or printed.
    """
    if not values.protocol:
        return values
    course = ward.protocols[protocol_key].course(course_key)
    people, on = _people(read_values(ward, protocol_key)[0], course_key)
    if len(people) != 2 or not_commissioned(ward, course):
        return values
    return replace(values, confirmed_by=(people[0], people[1]), confirmed_on=on)


def _read(ward: Ward, protocol_key: str) -> SiteValues:
    protocol = ward.protocols[protocol_key]
    return read_site_values_text(values_text(ward, protocol_key), NAME, protocol=protocol)


def read_values(ward: Ward, protocol_key: str) -> tuple[Values, Values]:
    """The values that count (or counted, for a ward as it stood): the protocol's, the site's."""
    then = ward.as_of
    with ward.store.reading() as connection:
        if not all_of_then(connection, CommissionValue, then):
            return {}, {}
        settings = read_site(connection, then)
        own = values_of(connection, inventory_of(ward, protocol_key), settings, then)
        site = values_of(connection, inventory_of(ward, SITE), settings, then)
    return own, site


def values_text(ward: Ward, protocol_key: str, *, to_keep: bool = False) -> str:
    """The file of site values for a protocol, as recorded now.

    Args:
        ward: the ward.
        protocol_key: the protocol.
        to_keep: it leaves this ward, and says which courses two people have commissioned whole.
    """
    courses = ward.protocols[protocol_key].courses
    own, site = read_values(ward, protocol_key)
    people, on = _people(own or site, "")
    settings = ward.site
    head = SiteHead(
        edition=_edition(ward, own, site),
        demonstration=ward.demonstration,
        people=people,
        on=on,
        site_name=settings.site_name,
        ward_name=settings.ward_name,
        courses=tuple(one.key for one in courses if not not_commissioned(ward, one))
        if to_keep
        else None,
        reasoned=frozenset(key for key, row in own.items() if row.reason),
    )
    return site_values_text(
        ward.protocols[protocol_key],
        inventory_of(ward, protocol_key),
        {key: row.canonical for key, row in own.items()},
        {key: row.canonical for key, row in site.items()},
        head,
    )


def check_entries(ward: Ward, scope: str, texts: dict[str, str]) -> None:
    """Refuse one person's entries that contradict each other or what is recorded already.

    Args:
        ward: the ward.
        scope: the protocol, or the site.
        texts: canonical texts of this person's entries, by number.

    Raises:
        Refused: for instance a cap in another unit than its dose.
    """
    protocol_key = next(iter(ward.protocols)) if scope == SITE else scope
    own, site = read_values(ward, protocol_key)
    recorded = {} if scope == SITE else {key: row.canonical for key, row in own.items()} | texts
    of_site = {key: row.canonical for key, row in site.items()}
    protocol = ward.protocols[protocol_key]
    text = site_values_text(
        protocol,
        inventory_of(ward, protocol_key),
        recorded,
        of_site | texts if scope == SITE else of_site,
        SiteHead(_OWN, False, (), None, "", ""),
    )
    typed = any(key.startswith(f"{MAINTENANCE_RULE}/") for key in texts)
    halves = rule_faults(recorded) if typed else ()
    if halves:
        raise Refused("Your own entries contradict each other.", *halves)
    try:
        read_site_values_text(text, _OWN, protocol=protocol)
    except SiteValuesError as refused:
        reasons = (reason.removeprefix(f"{_OWN}: ") for reason in refused.reasons)
        raise Refused("Your own entries contradict each other.", *reasons) from refused


def _edition(ward: Ward, own: Values, site: Values) -> str:
    rows = [*own.values(), *site.values()]
    newest = max((ward.local(row.second_at).date() for row in rows), default=None)
    of = "" if newest is None else f" of {write_date(newest)}"
    count = "1 number" if len(rows) == 1 else f"{len(rows)} numbers"
    return f"{count}{of}"


def _people(values: Values, course_key: str) -> tuple[tuple[str, ...], date | None]:
    """The two who recorded the newest value (of a course, where one is named), and the day."""
    rows = [row for row in values.values() if course_key in ("", row.group_key)]
    if not rows:
        return (), None
    newest = max(rows, key=lambda row: (row.second_at, row.id))
    return (newest.first_person, newest.second_person), newest.second_at.date()


def trouble_of(ward: Ward, protocol_key: str) -> tuple[str, ...]:
    """Why the recorded values contradict each other; empty where they do not."""
    own, site = read_values(ward, protocol_key)
    if not own and not site:
        return ()
    try:
        _read(ward, protocol_key)
    except SiteValuesError as refused:
        return refused.reasons
    return ()
