"""A site's own definition of fever: two people type it from the site's document, each without the other's.

The first entry waits and holds nothing. When a second person types the very same, it is in force;
where the two differ, every difference is named and nothing is in force until they agree.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.clinical.fever_own import (
    OwnDefinition,
    differences,
    digest_of,
    own_lines,
    read_own,
    with_own,
    write_own,
)
from bedside.store.fever_records import FeverRule
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.fever_rule_reading import NewFeverRule, read_typed_rule
from bedside.ward.fever_state import DEFINITION
from bedside.ward.one_act import one_act
from bedside.ward.one_person import why_not_two
from bedside.ward.people import named, person_key
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change


class OwnRule(Struct, frozen=True):
    """How the site's own definition stands.

    Args:
        words: which is in force, of whom, or that none is.
        lines: what it says, in words; empty where none is in force.
        waiting: whose entry waits for a second person; "" where none does.
        in_force: whether one is in force.
    """

    words: str
    lines: tuple[str, ...]
    waiting: str
    in_force: bool


def own_rule(ward: Ward) -> OwnRule:
    """The site's own definition; what waits is never shown before the second person typed it."""
    with ward.store.reading() as connection:
        rule, entry = _in_force(connection), _waiting(connection)
    waiting = (
        ""
        if entry is None
        else (
            f"{entry.first_person} typed a definition on "
            f"{write_date(ward.local(entry.recorded_at).date())}. It waits for a second person."
        )
    )
    if rule is None:
        return OwnRule("This site has entered no definition of its own.", (), waiting, False)
    own = read_own(rule.content, rule.title)
    words = (
        f"In force: {own.title} ({own.cited}), typed by {rule.first_person} and "
        f"{rule.second_person} on {write_date(ward.local(rule.recorded_at).date())}"
    )
    return OwnRule(words, own_lines(own, ward.decimal_mark), waiting, True)


@one_act
def enter_rule(ward: Ward, typed: NewFeverRule, *, who: str) -> bool:
    """Take one person's entry; return whether the definition is in force now.

    The same person typing again replaces the entry that waits.

    Raises:
        Refused: something cannot be read, the definition says something that cannot be, its document is of a day to come, or
            it differs from the first person's entry (each difference is named).
    """
    who = named(who)
    own = read_typed_rule(typed, ward.decimal_mark)
    with_own(own)
    if own.dated > ward.today():
        raise Refused(f"The document is of {write_date(own.dated)}, a day to come: read its date.")
    with ward.store.change(who, "typed the site's definition of fever", ward.now()) as change:
        entry = _waiting(change.connection)
        if entry is None or person_key(entry.first_person) == person_key(who):
            if entry is not None:
                change.void(FeverRule, entry.id, "typed anew by the same person")
            _add(change, own, who, "")
            return False
        if why := why_not_two(ward, entry.first_person, who):
            raise Refused(
                f"{entry.first_person} typed the entry that waits: another person confirms it.", why
            )
        found = differences(
            read_own(entry.content, entry.title),
            own,
            (entry.first_person, who),
            ward.decimal_mark,
        )
        if found:
            raise Refused(
                *found,
                "Nothing is in force. Read both the document: type again what you misread, or let "
                f"{entry.first_person} type anew.",
            )
        change.void(FeverRule, entry.id, f"confirmed by {who}")
        _take_out(change, "another definition was put in force")
        _add(change, own, entry.first_person, who)
    return True


@one_act
def withdraw_own_rule(ward: Ward, reason: str, *, who: str) -> None:
    """Take the site's own definition out of force; the shipped one holds again.

    Raises:
        Refused: no reason is given, or none is in force.
    """
    if not reason.strip():
        raise Refused("Say why the definition is taken out of force.")
    words = "took the site's definition of fever out of force"
    with ward.store.change(named(who), words, ward.now()) as change:
        if _in_force(change.connection) is None:
            raise Refused("No definition of the site's own is in force.")
        _take_out(change, reason.strip())


def write_rule_file(ward: Ward, path: Path) -> None:
    """Write the definition in force as a file that `bedside calc fever --rules` reads.

    Raises:
        Refused: none is in force, or the file cannot be written.
    """
    with ward.store.reading() as connection:
        rule = _in_force(connection)
    if rule is None:
        raise Refused("No definition of the site's own is in force.")
    try:
        path.write_text(rule.content, encoding="utf-8")
    except OSError as fault:
        raise Refused(f"{path} cannot be written: choose another folder.") from fault


def _add(change: "Change", own: OwnDefinition, first: str, second: str) -> None:
    change.add(
        FeverRule,
        title=own.title,
        edition=own.edition,
        source=own.source,
        dated=own.dated,
        content=write_own(own),
        digest=digest_of(own),
        first_person=first,
        second_person=second,
    )


def _take_out(change: "Change", reason: str) -> None:
    """Void the one in force, and what was chosen before: the newest definition holds by itself."""
    for row in all_of(change.connection, FeverRule):
        if row.second_person:
            change.void(FeverRule, row.id, reason)
    for setting in all_of(change.connection, SiteSetting):
        if setting.key == DEFINITION:
            change.void(SiteSetting, setting.id, reason)


def _in_force(connection: Reader) -> FeverRule | None:
    return next((row for row in all_of(connection, FeverRule) if row.second_person), None)


def _waiting(connection: Reader) -> FeverRule | None:
    return next((row for row in all_of(connection, FeverRule) if not row.second_person), None)
