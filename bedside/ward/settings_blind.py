"""The site's settings that two people type blind: kept from whoever types them, on every page that reads them.

Decision: what care needs stays in sight. The kind of centre stands in the header and the body surface
formula beside each surface worked out, also for her: nobody is refused what an infant's dose rests on.
"""

from bedside.protocol.numbers import SITE
from bedside.protocol.site_numbers import SETTINGS
from bedside.ward.commission_blind import open_passes
from bedside.ward.one_person import why_not_two
from bedside.ward.people import person_key
from bedside.ward.ward import Ward

TYPED_BLIND = ("kind", "weight_age_days", "count_age_hours", "bsa_formula", "contacts")
NOT_SHOWN = "not shown during your own blind pass"
SOMEBODYS = "not shown during a blind pass while nobody is named"
_OWN = (
    "The form of the site's settings is closed to you: it would show what your own blind pass of "
    "“{0}” is typed without. Complete that pass under Commission (F7), or give it up there with a "
    "reason; another person may change the settings at any time."
)
_NOBODY = (
    "The form of the site's settings is closed while nobody is named: a blind pass of “{0}” is begun "
    "and not complete. Say who records (F2); whoever does not type that pass may change them."
)


def settings_closed(ward: Ward, *, who: str) -> str:
    """Why a person may not read the settings that are typed blind; "" where she may.

    Args:
        ward: the ward.
        who: name and role of who reads. Nobody named is anybody: then no such pass may be open.
    """
    key = person_key(who)
    for facts, one in open_passes(ward, SITE):
        if facts.inventory.scope != SITE or facts.group.key != SETTINGS:
            continue
        if not key:
            return _NOBODY.format(facts.group.title)
        if one.row.person_key == key or why_not_two(ward, one.row.recorded_by, who):
            return _OWN.format(facts.group.title)
    return ""


def settings_not_shown(ward: Ward, *, who: str) -> str:
    """What stands in place of such a setting for this reader; "" where she may read it."""
    if not settings_closed(ward, who=who):
        return ""
    return NOT_SHOWN if person_key(who) else SOMEBODYS
