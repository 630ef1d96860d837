"""Site values are told apart by a canonical form, not by the way in which Python shows an object."""

import hashlib
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec import Struct
from msgspec.structs import replace

from bedside.places import place
from bedside.protocol.site_value_reader import read_site_values
from bedside.protocol.site_values import SiteValues
from bedside.ward.values_digest import canonical, is_of, values_digest

VALUES = read_site_values(place("resources", "demo", "site_values.toml"))


def test_the_digest_does_not_depend_on_how_python_shows_anything(monkeypatch) -> None:
    before = values_digest(VALUES)
    for kind in (SiteValues, *{type(one) for one in VALUES.doses.values()}):
        monkeypatch.setattr(kind, "__repr__", lambda self: "shown otherwise", raising=False)
    assert repr(VALUES) == "shown otherwise"
    assert values_digest(VALUES) == before


def test_neither_order_nor_trailing_zeros_nor_the_kind_of_table_change_it() -> None:
    turned = dict(reversed(list(VALUES.lengths.items())))
    assert list(turned) != list(VALUES.lengths)
    drugs = {drug: number * Decimal("1.00") for drug, number in VALUES.vial_mg.items()}
    assert values_digest(replace(VALUES, lengths=turned, vial_mg=drugs)) == values_digest(VALUES)


def test_every_changed_value_changes_it() -> None:
    key = next(iter(VALUES.lengths))
    changed = (
        replace(VALUES, lengths={**VALUES.lengths, key: VALUES.lengths[key] + 1}),
        replace(VALUES, weight_age_days=99),
        replace(VALUES, demonstration=not VALUES.demonstration),
        replace(VALUES, confirmed_on=date(2031, 1, 1)),
        replace(VALUES, edition=f"{VALUES.edition} "),
    )
    assert len({values_digest(VALUES), *map(values_digest, changed)}) == 6


def test_the_maintenance_rule_is_no_part_of_it() -> None:
    assert values_digest(replace(VALUES, maintenance=None)) == values_digest(VALUES)


def test_a_digest_of_older_records_is_still_recognised() -> None:
    shown = repr(replace(VALUES, maintenance=None))
    assert ", therapy=None" in shown  # nor could they say when therapy ends
    shown = shown.replace(", therapy=None", "").replace(", later_cycles=mappingproxy({})", "")
    for empty in (", later_cycles={}", ", hours=mappingproxy({})", ", hours={}"):
        shown = shown.replace(empty, "")
    old = hashlib.sha256(shown.encode()).hexdigest()
    assert is_of(VALUES, old)
    # as it was shown before the values could say what a copy denies and which courses are whole
    before = shown
    assert ", denied=()" in before and ", confirmed_courses=None" in before
    before = before.replace(", denied=()", "").replace(", confirmed_courses=None", "")
    assert is_of(VALUES, hashlib.sha256(before.encode()).hexdigest())
    assert is_of(VALUES, values_digest(VALUES))
    assert not is_of(replace(VALUES, weight_age_days=99), old)
    assert not is_of(VALUES, "0" * 64)


def test_the_form_by_hand() -> None:
    class Part(Struct):
        b: Decimal
        a: Fraction

    assert canonical({"k": (Part(Decimal("1.50"), Fraction(2, 4)), None, True, 3)}) == [
        ["k", [["Part", ["a", "1/2"], ["b", "1.5"]], None, True, 3]]
    ]
    assert canonical(date(2026, 11, 21)) == "2026-11-21"
    with pytest.raises(TypeError, match="a float has no canonical form"):
        canonical(1.5)
