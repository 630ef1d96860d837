"""Which definition of febrile neutropenia this site works by: a public one, or its own file."""

from bedside.clinical.fever_rules import read_fever_book
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.units.refusal import Refused
from bedside.ward.fever_state import DEFINITION, OWN_RULES, settings_of
from bedside.ward.people import named
from bedside.ward.ward import Ward


def choose_definition(ward: Ward, key: str, *, who: str, own_rules: str | None = None) -> None:
    """Choose the site's definition; the value before it is voided, never lost.

    Args:
        ward: the ward.
        key: a key among the definitions in force.
        who: who chooses.
        own_rules: the text of the site's own file; "" goes back to the shipped definitions, None
            leaves the file as it is.

    Raises:
        Refused: there is no such definition, CTCAE's was chosen, or the file is faulty.
    """
    who = named(who)
    with ward.store.reading() as connection:
        book, _ = settings_of(connection)
    if own_rules:
        book = read_fever_book(own_rules, "the site's own definitions")
    if key not in book.choices():
        raise Refused(f"Choose one of {', '.join(book.choices())} as the site's definition.")
    values = {DEFINITION: key}
    if own_rules is not None:
        values[OWN_RULES] = own_rules
    with ward.store.change(who, "chose the definition of fever", ward.now()) as change:
        kept = {row.key: row for row in all_of(change.connection, SiteSetting)}
        for name, value in values.items():
            old = kept.get(name)
            if old is not None and old.value == value:
                continue
            if old is not None:
                change.void(SiteSetting, old.id, "a new value was entered")
            change.add(SiteSetting, key=name, value=value)
