"""The digest of the site values that a dose was worked out with: to tell later whether they changed.

The values are written in one way only: names in order, numbers as the exact text that the store
keeps, tables by their sorted keys. Python's own way of showing an object is no part of it.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from bedside.protocol.site_values import SiteValues
from bedside.store.ways import decimal_text

# fields that came later: left out while empty, so that what was worked out before them is not changed
_LATER = frozenset({"denied", "unsettled", "confirmed_courses", "later_cycles", "therapy", "hours"})
_LATER_SHOWN = re.compile(r", (?:denied=\(\)|unsettled=\(\)|confirmed_courses=None)")
_LATEST_SHOWN = re.compile(
    r", (?:therapy=None|(?:later_cycles|hours)=(?:mappingproxy\(\{\}\)|\{\}))"
)
Written = str | int | bool | None | list["Written"]


def values_digest(values: SiteValues) -> str:
    """The SHA-256 of site values in their canonical form; the maintenance rule is no part of them.

    Args:
        values: as they hold for one course.

    Raises:
        TypeError: a value is of a kind that has no canonical form yet.
    """
    return hashlib.sha256(encode(canonical(_without_rule(values)))).hexdigest()


def is_of(values: SiteValues, digest: str) -> bool:
    """Whether a kept digest is that of these values, in today's form or in that of older records.

    Until schema 0014 the digest came from Python's own way of showing the values.
    """
    shown = _LATEST_SHOWN.sub("", repr(_without_rule(values)))
    older = _LATER_SHOWN.sub("", shown)
    forms = (hashlib.sha256(text.encode()).hexdigest() for text in (shown, older))
    return digest in (values_digest(values), *forms)


def canonical(value: object) -> Written:
    """A value as JSON writes it in one way: lists of lists, exact texts, whole numbers, nothing.

    A struct is its name and its fields by name; a table is its sorted pairs.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Struct):
        named: list[tuple[str, object]] = [
            (name, part)
            for name in value.__struct_fields__
            if (part := getattr(value, name)) or name not in _LATER
        ]
        return [type(value).__name__, *([name, canonical(part)] for name, part in sorted(named))]
    if isinstance(value, Mapping):
        pairs: list[Written] = [[canonical(key), canonical(one)] for key, one in value.items()]
        return sorted(pairs, key=encode)
    if isinstance(value, tuple | list):
        return [canonical(one) for one in value]
    raise TypeError(f"a {type(value).__name__} has no canonical form")


def _without_rule(values: SiteValues) -> SiteValues:
    # a maintenance rule is read from its file when asked for and doses nothing here
    return replace(values, maintenance=None)
