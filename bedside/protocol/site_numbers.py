"""The numbers that only the site itself knows: its settings, and how its pharmacy makes each drug."""

from collections.abc import Container, Iterable

from bedside.protocol.drugs import display_name
from bedside.protocol.number_shape import Number, NumberGroup

FORMULARY = "formulary"
SETTINGS = "settings"
_TABLET = (
    ("tablet", "Strength of one tablet, where doses by mouth are given as tablets", "amount"),
    ("tablet-parts", "Into what a tablet may be cut", "tablet parts"),
)
CONTACTS = {
    "tertiary-team": "Tertiary team, on call",
    "pharmacy": "Cytotoxic pharmacy",
    "coordinator": "Trial coordinator",
}


def formulary_groups(
    drugs: Iterable[str], by_mouth: Container[str] = ()
) -> tuple[NumberGroup, ...]:
    """The formulary of each drug: strength, concentration, syringe, rounding step and its largest change.

    Args:
        drugs: keys of the drugs.
        by_mouth: those given by mouth somewhere, which may come as tablets.
    """
    return tuple(_formulary(drug, tablets=drug in by_mouth) for drug in drugs)


def formulary_key(drug: str) -> str:
    """The key of a drug's group: "formulary/azacitidine"."""
    return f"{FORMULARY}/{drug}"


def _formulary(drug: str, *, tablets: bool) -> NumberGroup:
    asked: tuple[tuple[str, str, str], ...] = (
        ("strength", "Strength: drug in one vial or container", "amount"),
        ("concentration", "Concentration as drawn up", "strength"),
        ("syringe-step", "Step of the syringe: one mark of it", "volume"),
        ("step", "Rounding step of a dose", "amount"),
        ("most-percent", "Largest change by rounding", "rounding percent"),
        ("minutes", "Planned length of an infusion", "minutes"),
    )
    if tablets:
        asked = (*asked, *_TABLET)
    name = display_name(drug)
    numbers = tuple(
        Number(f"{formulary_key(drug)}/{key}", name, words, kind, drug=drug)
        for key, words, kind in asked
    )
    return NumberGroup(formulary_key(drug), f"Formulary: {name}", numbers)


def settings_group() -> NumberGroup:
    """The site's settings that a dose or a paper rests on, and whom to ring."""
    asked = (
        ("place", "Kind of centre", "place"),
        ("weight-age", "How old a weight may be for a dose", "weight age"),
        ("count-age", "How old a count may be for a start rule", "count age"),
        ("bsa-formula", "Formula of the body surface", "formula"),
        ("age-anchor", "Age for factors and bands is taken on", "anchor"),
    )
    settings = [Number(f"{SETTINGS}/{key}", "Settings", words, kind) for key, words, kind in asked]
    settings += [
        Number(f"{SETTINGS}/telephone/{key}", "Telephone", words, "telephone")
        for key, words in CONTACTS.items()
    ]
    return NumberGroup(SETTINGS, "Settings of the site", tuple(settings))
