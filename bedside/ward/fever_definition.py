"""Which definition of febrile neutropenia this site works by: a public one, or its own."""

from bedside.clinical.fever_own import OWN_KEY
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.fever_state import DEFINITION, FeverSettings, settings_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.ward import Ward


@one_act
def choose_definition(ward: Ward, key: str, *, who: str) -> None:
    """Choose the site's definition; the value before it is voided, never lost.

    Args:
        ward: the ward.
        key: a key among the definitions in force.
        who: who chooses.

    Raises:
        Refused: there is no such definition, or CTCAE's was chosen.
    """
    who = named(who)
    with ward.store.change(who, "chose the definition of fever", ward.now()) as change:
        book = settings_of(change.connection).book
        if key not in book.choices():
            raise Refused(f"Choose one of {', '.join(book.choices())} as the site's definition.")
        kept = {row.key: row for row in all_of(change.connection, SiteSetting)}
        old = kept.get(DEFINITION)
        if old is not None and old.value == key:
            return
        if old is not None:
            change.void(SiteSetting, old.id, "a new value was entered")
        change.add(SiteSetting, key=DEFINITION, value=key)


def which_holds(ward: Ward, settings: FeverSettings) -> str:
    """Which definition holds here, and whose it is, in words."""
    definition = settings.definition
    if definition.key == OWN_KEY:
        return f"This site's own: {settings.book.cite(definition)}"
    chosen = settings.chosen
    by = (
        "the default"
        if chosen is None
        else f"chosen by {chosen.recorded_by}, {write_date(ward.local(chosen.recorded_at).date())}"
    )
    if settings.rule is not None:
        own = "stands unused"
    else:
        from bedside.ward.fever_rule import own_rule

        own = "waits for a second person" if own_rule(ward).waiting else "is not entered"
    return f"Shipped, {by}; this site's own {own}"
