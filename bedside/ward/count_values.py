"""What a recorded blood count says of its entry: each value as entered, and the laboratory's limits."""

from decimal import Decimal

from bedside.store.records import BloodCount
from bedside.ward.laboratory_counted import MEASURES, TITLES, unit_of
from bedside.ward.laboratory_rows import limits_words


def typed_value(row: BloodCount, measure: str) -> Decimal | None:
    """The number as typed, in its unit; None where none was typed or none is known."""
    typed: str | None = getattr(row, f"{measure}_typed")
    return None if typed is None else Decimal(typed.replace(",", "."))


def entered_words(row: BloodCount, measure: str) -> str:
    """One value as entered: "<0.1 ×10⁹/L"; "" where that was not kept, or nothing was typed."""
    typed: str | None = getattr(row, f"{measure}_typed")
    if typed is None:
        return ""
    comparator: str | None = getattr(row, f"{measure}_comparator")
    shown = unit_of(measure, getattr(row, f"{measure}_unit")).shown
    return f"{comparator or ''}{typed} {shown}"


def all_entered(row: BloodCount) -> str:
    """Every value as entered, in one line."""
    told = ((TITLES[measure], entered_words(row, measure)) for measure in MEASURES)
    return ", ".join(f"{title} {words}" for title, words in told if words)


def all_limits(row: BloodCount, mark: str) -> str:
    """The laboratory's own limits of normal, in one line; "" where none were given."""
    found = []
    for measure in MEASURES:
        low, high = getattr(row, f"{measure}_low"), getattr(row, f"{measure}_high")
        shown = unit_of(measure, getattr(row, f"{measure}_unit")).shown
        words = limits_words(low, high, shown, mark)
        if words:
            found.append(f"{TITLES[measure]} {words}")
    return ", ".join(found)
