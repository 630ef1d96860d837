"""What counts as fever here and by when an antibiotic is due: the site's own words, or the public ones."""

from bedside.clinical.fever_own import OWN_KEY
from bedside.clinical.fever_rules import FeverDefinition
from bedside.clinical.fever_temperature import SITE_WORDS, write_rule
from bedside.units.counted import so_many
from bedside.units.writer import write_number
from bedside.ward.fever_definition import which_holds
from bedside.ward.fever_state import FeverSettings, settings_of
from bedside.ward.ward import Ward

# "no temperature is taken rectally; dexamethasone may mask a fever": Vitalité, stated
# (resources/fever/definitions.toml); the same on every paper, whichever definition is in force
NEVER_RECTAL = "No rectal temperature: never. A steroid can hide a fever."


def fever_lines(ward: Ward) -> tuple[tuple[str, ...], str]:
    """The definition in force, a line for each thing it says, and whose it is."""
    with ward.store.reading() as connection:
        settings = settings_of(connection)
    definition, mark = settings.definition, ward.decimal_mark
    lines = [f"Count as fever: {_counted(definition, mark)}.", NEVER_RECTAL]
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
        within = "" if hours is None else f" within {so_many(hours, 'hour')}"
        fall = f", or expected to fall below it{within}"
    lines.append(f"Low neutrophils: below {limit} per microlitre{fall}.")
    minutes = settings.book.antibiotics.within_minutes
    lines.append(f"First antibiotic within {minutes} minutes of the first fever.")
    lines.append("Ring while the antibiotic is being drawn up.")
    return tuple(lines), _whose(ward, settings)


def fever_brief(ward: Ward) -> tuple[str, int]:
    """What counts as fever in one sentence, and in how many minutes an antibiotic is due."""
    with ward.store.reading() as connection:
        settings = settings_of(connection)
    definition, mark = settings.definition, ward.decimal_mark
    also = []
    if definition.low_below_celsius is not None:
        also.append(f"below {write_number(definition.low_below_celsius, mark)} °C")
    if definition.signs_alone:
        also.append("ill without fever")
    same = f"; {', or '.join(also)}: the same" if also else ""
    words = f"{_counted(definition, mark)}{same}. Never rectal."
    return words[:1].upper() + words[1:], settings.book.antibiotics.within_minutes


def _counted(definition: FeverDefinition, mark: str) -> str:
    """The limits by where the temperature is taken; never a rectal one, also where a rule counts it."""
    by_rule: dict[str, list[str]] = {}
    for rule in definition.temperature:
        sites = [SITE_WORDS[site] for site in rule.sites if site != "rectal"]
        if sites:
            by_rule.setdefault(write_rule(rule, mark), []).extend(sites)
    return "; ".join(
        f"{' or '.join(dict.fromkeys(sites))}: {words}" for words, sites in by_rule.items()
    )


def _whose(ward: Ward, settings: FeverSettings) -> str:
    if settings.definition.key == OWN_KEY:
        return which_holds(ward, settings)
    source = settings.book.cite(settings.definition)
    return f"A public definition ({source}); this site has entered none of its own: when in doubt, ring."
