"""What a blood count keeps beside its values: each as it was typed, and the laboratory's own limits.

All of it may be absent: a count of an older Bedside has none of it, and is not made up.
"""

from sqlalchemy import CheckConstraint
from sqlalchemy.schema import SchemaItem

from bedside.store.columns import exact, words
from bedside.store.rules import exact_number, rule

MEASURES = ("wbc", "anc", "platelets", "haemoglobin")
_CELLS = "'10*9/L', '10*3/uL', '/uL'"
_UNITS = dict.fromkeys(MEASURES, _CELLS) | {"haemoglobin": "'g/L', 'g/dL', 'mmol/L'"}
_TEXTS = ("typed", "unit", "comparator", "reason")
_LIMITS = ("low", "high")


def _columns(name: str) -> tuple[SchemaItem, ...]:
    texts = tuple(words(f"{name}_{part}", optional=True) for part in _TEXTS)
    return (*texts, *(exact(f"{name}_{part}") for part in _LIMITS))


def _rules(name: str) -> tuple[CheckConstraint, ...]:
    """The rules of one measure; each says nothing about what is absent."""
    typed, unit, reason = f"{name}_typed", f"{name}_unit", f"{name}_reason"
    comparator, low, high = f"{name}_comparator", f"{name}_low", f"{name}_high"
    return (
        rule(
            f"{typed}_number",
            f"{typed} IS NULL OR ({typed} NOT GLOB '*[^0-9.,]*' AND {typed} GLOB '[0-9]*' "
            f"AND {unit} IS NOT NULL AND {name}_state = 'done')",
            "A typed number stands with its unit, and only with the state done.",
        ),
        rule(f"{unit}_choice", f"{unit} IN ({_UNITS[name]})", "This is no unit of a blood count."),
        rule(
            f"{comparator}_choice",
            f"{comparator} IS NULL OR ({comparator} IN ('<', '>') AND {name}_state = 'done')",
            'A comparator is "<" or ">", and stands with a value.',
        ),
        rule(
            f"{reason}_written",
            f"{reason} IS NULL OR (trim({reason}) <> '' AND {name}_state <> 'done')",
            "Why there is no value is said only where there is none.",
        ),
        exact_number(low),
        exact_number(high),
        rule(
            f"{name}_limits_unit",
            f"({low} IS NULL AND {high} IS NULL) OR {unit} IS NOT NULL",
            "Limits of normal stand in a unit.",
        ),
    )


ENTERED_COLUMNS: tuple[SchemaItem, ...] = (
    words("laboratory", optional=True),
    *(column for name in MEASURES for column in _columns(name)),
)
ENTERED_RULES: tuple[SchemaItem, ...] = tuple(check for name in MEASURES for check in _rules(name))
