"""The page People and site in lines: each setting with its value, by whom and when; what two people enter.

What waits for its second person is named without its value: the second person types it blind.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bedside.store.queries import all_of
from bedside.store.records import Record, SiteSetting
from bedside.units.counted import so_many
from bedside.units.dates import write_date
from bedside.ward.asked_terms import SETTING as ASKED
from bedside.ward.asked_terms import asked_list
from bedside.ward.backup_settings import backup_settings
from bedside.ward.commission_facts import scopes_of
from bedside.ward.commission_state import scope_state
from bedside.ward.ctcae import loaded_workbooks, workbook_key
from bedside.ward.fever_rule import own_rule
from bedside.ward.fever_state import DEFINITION, settings_of
from bedside.ward.roles import role_book
from bedside.ward.settings_blind import TYPED_BLIND, settings_not_shown
from bedside.ward.site import SiteSettings
from bedside.ward.views.commissioning import GroupState
from bedside.ward.ward import SITE_KINDS, Ward

_FORMULAS = {
    "mosteller": "Mosteller",
    "haycock": "Haycock",
    "dubois": "DuBois",
    "boyd": "Boyd",
}
_MARKS = {".": "point: 6.2 kg", ",": "comma: 6,2 kg"}
_RULED = {
    "": "not ruled: the public sources do not say",
    "later": "given later: the rest of the block moves",
    "left out": "left out: not given later",
}
_NOT_ENTERED = "not entered"
_SHIPPED = "nobody: as shipped"
_WAITING = ("passes", "to settle", "blocked")


class SiteLine(Struct, frozen=True):
    """One setting of the site.

    Args:
        key: its own name, the same whatever its value.
        name: what is set.
        value: what holds now.
        by: who entered it; that nobody of this site did, for a value as shipped.
        on: the day it was entered, "" where nobody did.
        form: which form changes it: "site", "asked", "terms", "fever" or "copies".
    """

    key: str
    name: str
    value: str
    by: str
    on: str
    form: str = "site"


class TwoLine(Struct, frozen=True):
    """Numbers that two people enter blind, or the definition of fever: never a value of them.

    Args:
        name: the protocol, or the site; with the group, where one waits.
        state: how far it is.
        waits: whom or what it waits for; "" where nothing waits.
        form: which form or page goes on with it: "commission" or "fever".
    """

    name: str
    state: str
    waits: str
    form: str = "commission"


class RoleLine(Struct, frozen=True):
    """What somebody may do, and with which roles.

    Args:
        words: the act.
        who: the titles of the roles.
        roles: their keys.
    """

    words: str
    who: str
    roles: tuple[str, ...]


def site_lines(ward: Ward, *, who: str = "") -> tuple[SiteLine, ...]:
    """Every setting of the site, in the order of its form, then those with forms of their own.

    Args:
        ward: the ward.
        who: who reads them; while she types her own blind pass of the settings, those that she types
            are not shown to her.
    """
    with ward.store.reading() as connection:
        rows = {row.key: row for row in all_of(connection, SiteSetting)}
    found = tuple(_in_form(ward, rows)) + tuple(_of_other_forms(ward, rows))
    instead = settings_not_shown(ward, who=who)
    if not instead:
        return found
    return tuple(replace(one, value=instead) if one.key in TYPED_BLIND else one for one in found)


def two_lines(ward: Ward) -> tuple[TwoLine, ...]:
    """How far what two people enter is, and what of it waits; no value of it."""
    found = []
    for scope in scopes_of(ward):
        state = scope_state(ward, scope)
        done = sum(group.done for group in state.groups)
        total = sum(group.total for group in state.groups)
        found.append(TwoLine(state.title, f"{done} of {total} numbers commissioned", ""))
        found += [
            TwoLine(f"{state.title}, {group.title}", group.words, _waits_for(group))
            for group in state.groups
            if group.stage in _WAITING
        ]
    own = own_rule(ward)
    held = "in force" if own.in_force else "none in force"
    found.append(TwoLine("This site's own definition of fever", held, own.waiting, "fever"))
    return tuple(found)


def role_lines() -> tuple[RoleLine, ...]:
    """What each role may do, in the order of the ward's file of roles."""
    book = role_book()
    return tuple(
        RoleLine(act.words, ", ".join(book.roles[role] for role in act.roles), act.roles)
        for act in book.acts.values()
    )


def _waits_for(group: GroupState) -> str:
    """Whom a group waits for; who typed how many, never what."""
    if group.stage == "to settle":
        return "both people settle it"
    if group.stage == "blocked":
        return "two people settle it"
    open_ones = [
        f"{one.person}: {one.typed} of {one.of} typed"
        for one in group.passes
        if one.completed_at is None
    ]
    if len(group.passes) == 1:
        open_ones.append("a second person types them, blind")
    return "; ".join(open_ones)


def _entered(ward: Ward, row: Record | None, default: str) -> tuple[str, str]:
    """Who entered a value, and on which day."""
    if row is None:
        return ("" if default == _NOT_ENTERED else default), ""
    return row.recorded_by, write_date(ward.local(row.recorded_at).date())


def _in_form(ward: Ward, rows: dict[str, SiteSetting]) -> Iterator[SiteLine]:
    site = ward.site
    for key, name, value in _plain(site):
        default = _SHIPPED if value and key not in _NO_DEFAULT else _NOT_ENTERED
        yield SiteLine(key, name, value or _NOT_ENTERED, *_entered(ward, rows.get(key), default))
    who = _entered(ward, rows.get("contacts"), _NOT_ENTERED)
    for role, name, number in site.contacts:
        said = ", ".join(part for part in (name, number) if part)
        yield SiteLine("contacts", f"Whom to ring: {role}", said or "no number entered", *who)
    if not site.contacts:
        yield SiteLine("contacts", "Whom to ring", "nobody entered", "", "")


_NO_DEFAULT = ("site_name", "ward_name", "kind", "block_days")


def _kind(site: SiteSettings) -> str:
    return "" if site.kind == "unknown" else SITE_KINDS[site.kind]


def _plain(site: SiteSettings) -> tuple[tuple[str, str, str], ...]:
    hold = so_many(site.check_hours, "hour") if site.check_hours else "its own day"
    return (
        ("site_name", "Hospital", site.site_name),
        ("ward_name", "Ward", site.ward_name),
        ("kind", "Kind of centre", _kind(site)),
        ("weight_age_days", "Oldest weight for a dose", so_many(site.weight_age_days, "day")),
        ("count_age_hours", "Oldest count for a start rule", so_many(site.count_age_hours, "hour")),
        ("block_days", "Days lost in an azacitidine block", _RULED[site.block_days]),
        ("bsa_formula", "Body surface formula", _FORMULAS.get(site.bsa_formula, site.bsa_formula)),
        ("decimal_mark", "Decimal mark", _MARKS[site.decimal_mark]),
        ("time_zone", "Time zone of the ward", site.time_zone or "the workstation's"),
        ("idle_minutes", "Lock the screen after", so_many(site.idle_minutes, "minute")),
        ("check_hours", "A matched second check holds", hold),
        ("ctcae", "Toxicities of new infants graded by", f"CTCAE {site.ctcae}"),
    )


def _of_other_forms(ward: Ward, rows: dict[str, SiteSetting]) -> Iterator[SiteLine]:
    own = _SHIPPED
    asked = asked_list(ward)
    names = ", ".join(asked.names) or "none asked by name"
    yield SiteLine(
        ASKED, "Terms asked in each round", names, *_entered(ward, rows.get(ASKED), own), "asked"
    )
    books = loaded_workbooks(ward)
    for book in books:
        row = rows.get(workbook_key(book.version))
        title = "Toxicity terms of the NCI"
        words = f"CTCAE {book.version}: {book.name}"
        yield SiteLine(title, title, words, *_entered(ward, row, own), "terms")
    if not books:
        title = "Toxicity terms of the NCI"
        yield SiteLine(title, title, "no workbook loaded: the ward's own list", own, "", "terms")
    with ward.store.reading() as connection:
        fever = settings_of(connection)
    title, held = fever.definition.title, fever.rule or fever.chosen
    yield SiteLine(DEFINITION, "Definition of fever", title, *_entered(ward, held, own), "fever")
    yield from _of_copies(ward, rows)


def _of_copies(ward: Ward, rows: dict[str, SiteSetting]) -> Iterator[SiteLine]:
    kept, own = backup_settings(ward), _SHIPPED
    medium = kept.second_medium or "none set: if this disk fails, the copies are gone with it"
    for key, name, value, default in (
        ("second_medium", "Second medium of the copies", medium, _NOT_ENTERED),
        ("shift_times", "Change of shifts", f"at {', '.join(kept.shifts)}", own),
        (
            "copy_warn_minutes",
            "Warn of an old copy after",
            so_many(kept.warn_minutes, "minute"),
            own,
        ),
    ):
        yield SiteLine(key, name, value, *_entered(ward, rows.get(key), default), "copies")
