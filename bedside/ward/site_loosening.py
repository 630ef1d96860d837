"""Which changes of the site's settings let more through than before: those need a second person.

Tightening takes effect by one person at once; nobody should wait for a second one to be safer.
"""

from typing import TYPE_CHECKING

from bedside.store.records import SiteSetting
from bedside.units.counted import so_many
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.people import confirm_secret, has_people
from bedside.ward.people_reading import person_of, who_text
from bedside.ward.roles import role_book

if TYPE_CHECKING:
    from bedside.ward.forms import SiteForm
    from bedside.ward.site import SiteSettings
    from bedside.ward.ward import Ward

_OWN_DAY_HOURS = 24  # a matched second check that holds "for its own day" holds a day at most


def loosened(before: "SiteSettings", form: "SiteForm") -> tuple[str, ...]:
    """What a change of the settings lets through that was stopped before, in words.

    Args:
        before: the settings in force.
        form: the settings as typed.
    """
    found = []
    if form.kind == "tertiary" != before.kind:
        found.append("this place becomes a tertiary centre: azaCITIDine may be given here")
    if form.weight_age_days > before.weight_age_days:
        found.append(
            f"a weight may be {so_many(form.weight_age_days, 'day')} old, not {before.weight_age_days}"
        )
    if form.count_age_hours > before.count_age_hours:
        found.append(
            f"a count may be {so_many(form.count_age_hours, 'hour')} old, not {before.count_age_hours}"
        )
    if form.bsa_formula != before.bsa_formula:
        found.append(f"the body surface is worked out by {form.bsa_formula}")
    if _hours(form.check_hours) > _hours(before.check_hours):
        found.append(f"a matched second check holds for {_check_words(form.check_hours)}")
    return tuple(found)


def _hours(check_hours: int) -> int:
    return check_hours or _OWN_DAY_HOURS


def _check_words(check_hours: int) -> str:
    return so_many(check_hours, "hour") if check_hours else "its own day"


def needs_second(ward: "Ward", form: "SiteForm") -> tuple[str, ...]:
    """What a second person has to confirm, in words; empty in a ward without people."""
    return loosened(ward.site, form) if has_people(ward) else ()


@one_act
def confirmed_words(ward: "Ward", form: "SiteForm", second: tuple[int, str] | None) -> str:
    """What the record of a change of settings says of the second person; "" where none is needed.

    Args:
        ward: the ward.
        form: the settings as typed.
        second: the second person, by number and secret; None where nobody confirmed.

    Raises:
        Refused: it is not hers to change, one is needed and nobody confirmed, it is the one who is signed in, her role may
            not confirm it, or the secret is wrong.
    """
    what = needs_second(ward, form)
    if not what:
        return ""
    signed_in = ward.signed_in
    if signed_in is not None and (
        why := role_book().why_not_write(signed_in.roles, SiteSetting.__name__)
    ):
        raise Refused(why)
    if second is None:
        raise Refused(
            f"A second person confirms this with the own passphrase: {'; '.join(what)}.",
            "The settings before hold.",
        )
    with ward.store.reading() as connection:
        person = person_of(connection, second[0])
    if signed_in is not None and person.id == signed_in.person_id:
        raise Refused("The second person is another than the one who is signed in.")
    if why := role_book().why_not(person.roles, "site-second"):
        raise Refused(why)
    who = who_text(confirm_secret(ward, person.id, second[1], ward.now()))
    return f", confirmed by {who}: {'; '.join(what)}"
