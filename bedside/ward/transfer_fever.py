"""What counts as fever here and by when an antibiotic is due: the site's own words, or the public ones."""

from bedside.clinical.fever_own import OWN_KEY
from bedside.clinical.fever_temperature import SITE_WORDS, write_rule
from bedside.units.writer import write_number
from bedside.ward.fever_definition import which_holds
from bedside.ward.fever_state import FeverSettings, settings_of
from bedside.ward.ward import Ward


def fever_lines(ward: Ward) -> tuple[tuple[str, ...], str]:
    """The definition in force, a line for each thing it says, and whose it is."""
    with ward.store.reading() as connection:
        settings = settings_of(connection)
    definition, mark = settings.definition, ward.decimal_mark
    by_rule: dict[str, list[str]] = {}
    for rule in definition.temperature:
        by_rule.setdefault(write_rule(rule, mark), []).extend(
            SITE_WORDS[site] for site in rule.sites
        )
    counted = [f"{' or '.join(dict.fromkeys(sites))}: {words}" for words, sites in by_rule.items()]
    lines = [f"Count as fever: {'; '.join(counted)}."]
    low = definition.low_below_celsius
    also = []
    if low is not None:
        also.append(f"below {write_number(low, mark)} °C")
    if definition.signs_alone:
        also.append("signs of sepsis at any temperature")
    if also:
        lines.append(f"Act the same: {'; '.join(also)}.")
    limit = write_number(definition.neutrophils_below_per_ul)
    fall = ""
    if definition.expected:
        hours = definition.expected_within_hours
        within = "" if hours is None else f" within {hours} hours"
        fall = f", or expected to fall below it{within}"
    lines.append(f"Low neutrophils: below {limit} per microlitre{fall}.")
    minutes = settings.book.antibiotics.within_minutes
    lines.append(f"First antibiotic within {minutes} minutes of the first fever. At: ________")
    lines.append("Ring while the antibiotic is being drawn up.")
    return tuple(lines), _whose(ward, settings)


def _whose(ward: Ward, settings: FeverSettings) -> str:
    if settings.definition.key == OWN_KEY:
        return which_holds(ward, settings)
    source = settings.book.cite(settings.definition)
    return f"A public definition ({source}); this site has entered none of its own: when in doubt, ring."
