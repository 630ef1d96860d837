"""Drug names, routes in words and lanes; the drug list refuses what has no source."""

from pathlib import Path

import pytest

from bedside.places import place
from bedside.protocol.drug_list_reader import read_drug_names, read_drug_names_text
from bedside.protocol.drugs import (
    DrugFileError,
    by_needle,
    display_name,
    drug_names,
    route_words,
)
from bedside.protocol.model import Protocol
from bedside.units.refusal import Refused

SMALL = """
[sources]
A = "a list"

[[lane]]
key = "intrathecal"
title = "Intrathecal"
kind = "intrathecal"

[[lane]]
key = "one"
title = "One"
kind = "drug"

[[drug]]
key = "vincristine"
name = "vinCRIStine"
name-source = "A"
lane = "one"
only-by = ["IV"]
only-by-source = "A"
"""

LANES = {
    "azacitidine": ["azacitidine"],
    "intrathecal": ["cytarabine", "hydrocortisone", "methotrexate"],
    "steroid": ["dexamethasone", "prednisolone"],
    "vincristine": ["vincristine"],
    "daunorubicin": ["daunorubicin"],
    "pegaspargase": ["pegaspargase"],
    "cytarabine": ["cytarabine"],
    "cyclophosphamide": ["cyclophosphamide"],
    "methotrexate-24-h": ["methotrexate"],
    "leucovorin": ["leucovorin"],
    "thiopurine": ["mercaptopurine", "thioguanine"],
    "methotrexate-weekly": ["methotrexate"],
}


@pytest.mark.parametrize(
    ("route", "needle"),
    [
        ("IV", True),
        ("IT", True),
        ("IV or SC", True),
        ("PO, NG or IV", True),
        ("PO", False),
        ("PO or NG", False),
        ("not public", True),
    ],
)
def test_a_dose_by_needle_or_line_is_told_from_one_by_mouth(route: str, needle: bool) -> None:
    """One way by needle is enough, and a route that nobody published counts as by needle."""
    assert by_needle(route) is needle


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("azacitidine", "azaCITIDine"),
        ("daunorubicin", "DAUNOrubicin"),
        ("vincristine", "vinCRIStine"),
        ("prednisone", "predniSONE"),
        ("prednisolone", "prednisoLONE"),
        ("mitoxantrone", "mitoxantrone"),  # its tall-man form was in no list that could be read
        ("cytarabine", "cytarabine"),
        ("methotrexate", "methotrexate"),
    ],
)
def test_tall_man_only_where_sourced(key: str, name: str) -> None:
    assert display_name(key) == name


def test_every_tall_man_name_has_its_source() -> None:
    for drug in drug_names().drugs.values():
        tall = any(
            a.isupper() and b.isupper() for a, b in zip(drug.name, drug.name[1:], strict=False)
        )
        assert bool(drug.name_source) == tall, drug.key
        assert drug.key == drug.key.lower()


def test_drug_that_is_not_listed() -> None:
    with pytest.raises(KeyError):
        display_name("azaCITIDine")  # the printed name is never a key


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("IV", "intravenous"),
        ("IT", "intrathecal"),
        ("PO", "by mouth"),
        ("PO or NG", "by mouth or by nasogastric tube"),
        ("PO, NG or IV", "by mouth, by nasogastric tube or intravenous"),
        ("IV or IM", "intravenous or intramuscular"),
        ("IV or SC", "intravenous or subcutaneous"),
        ("not public", "route not public"),
    ],
)
def test_route_in_words(route: str, words: str) -> None:
    assert route_words(route) == words


@pytest.mark.parametrize("route", ["", "iv", "IVT", "IV/PO", "or"])
def test_route_that_is_not_known(route: str) -> None:
    with pytest.raises(Refused, match="is not known"):
        route_words(route)


def test_lanes_of_every_drug_of_aall15p1(aall15p1: Protocol) -> None:
    names = drug_names()
    found: dict[str, set[str]] = {}
    for course in aall15p1.courses:
        for plan in course.drugs:
            lane = names.lane(plan)
            found.setdefault(lane.key, set()).add(plan.drug)
            assert (lane.kind == "intrathecal") == (plan.route == "IT")
            assert (lane.kind == "priming") == (plan.drug == "azacitidine")
    assert {key: sorted(drugs) for key, drugs in found.items()} == LANES


def test_lanes_of_every_drug_of_interfant06(interfant06: Protocol) -> None:
    names = drug_names()
    for course in interfant06.courses:
        for plan in course.drugs:
            assert names.lane(plan) in names.lanes
            assert names.display_name(plan.drug)


def test_every_vinca_alkaloid_comes_in_a_bag_and_nothing_else_does() -> None:
    """Joint Commission Quick Safety 37: an infusion bag, 25 mL for a child, never a syringe."""
    bags = {
        drug.key: (drug.minibag_ml, drug.minibag_source) for drug in drug_names().drugs.values()
    }
    assert {key: bag for key, bag in bags.items() if bag != (None, "")} == {
        "vincristine": (25, "Joint Commission Quick Safety 37")
    }
    apart = {drug.key for drug in drug_names().drugs.values() if drug.apart_from_intrathecal}
    assert apart == {"vincristine"}


def test_order_of_lanes_begins_with_azacitidine_and_intrathecal() -> None:
    titles = [lane.title for lane in drug_names().lanes]
    assert titles[:3] == ["azaCITIDine", "Intrathecal", "Steroids"]


def test_small_list_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "drugs.toml"
    path.write_text(SMALL, encoding="utf-8")
    assert read_drug_names(path).display_name("vincristine") == "vinCRIStine"


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('name-source = "A"\n', "", "a tall-man name needs its source"),
        ('name-source = "A"', 'name-source = "B"', "'B' is not in [sources]"),
        ('only-by-source = "A"\n', "", "a rule on routes needs its source"),
        ('lane = "one"', 'lane = "one"\napart-from-intrathecal = true', "needs its source"),
        ('lane = "one"', 'lane = "one"\napart-source = "A"', "and only that"),
        ('lane = "one"', 'lane = "one"\nminibag-ml = 25', "a size of bag needs its source"),
        ('lane = "one"', 'lane = "one"\nminibag-source = "A"', "a size of bag needs its source"),
        ('lane = "one"', 'lane = "two"', "'two' is not known"),
        ('lane = "one"', 'lane = "one"\nlane-by-route = { PO = "two" }', "'two' is not known"),
        ('key = "intrathecal"', 'key = "spine"', "the lane intrathecal is missing"),
        ('kind = "drug"', 'kind = "drugs"', "'drugs' is not known"),
        ('name = "vinCRIStine"', 'name = ""', "a text in quotes"),
        ('key = "vincristine"', 'kee = "vincristine"', "is key meant?"),
        ("[sources]", "[source]", "missing"),
        ("[[drug]]", SMALL[SMALL.index("[[drug]]") :] + "[[drug]]", "stands there twice"),
    ],
)
def test_fault_in_the_drug_list(written: str, instead: str, said: str) -> None:
    with pytest.raises(DrugFileError) as refused:
        read_drug_names_text(SMALL.replace(written, instead, 1), "drugs.toml")
    assert any(said in reason for reason in refused.value.reasons), refused.value.reasons


def test_shipped_list_reads_from_its_place() -> None:
    path = place("resources", "formulary", "drugs.toml")
    assert read_drug_names(path).lanes == drug_names().lanes
