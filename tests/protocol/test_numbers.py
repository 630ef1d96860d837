"""The list of numbers to commission: whole, stable, and without a word that leads the typist."""

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from bedside.protocol.model import Days, Origin, Protocol, Reading
from bedside.protocol.number_shape import Number
from bedside.protocol.numbers import Inventory, protocol_inventory, site_inventory
from bedside.protocol.rule_numbers import dlt_group, maintenance_group
from bedside.protocol.typed_kinds import KINDS, read_kind
from bedside.protocol.unnamed import asked_plans
from bedside.units.refusal import Refused


def numbers(inventory: Inventory) -> Iterator[Number]:
    for group in inventory.groups:
        yield from group.numbers


@pytest.fixture(params=["aall15p1", "interfant06"])
def inventory(request, shelf: dict[str, Protocol]) -> Inventory:
    return protocol_inventory(shelf[request.param])


def test_every_drug_of_every_course_is_asked_for(shelf: dict[str, Protocol]) -> None:
    for protocol in shelf.values():
        found = list(numbers(protocol_inventory(protocol)))
        for course in protocol.courses:
            for plan in asked_plans(course):
                kinds = {
                    number.kind
                    for number in found
                    if (number.course, number.drug, number.route)
                    == (course.key, plan.drug, plan.route)
                }
                assert {"dose", "days", "amount", "factors"} <= kinds


def test_ids_are_there_once(inventory: Inventory) -> None:
    ids = [number.id for number in numbers(inventory)]
    assert len(ids) == len(set(ids))
    assert all(inventory.number(one).id == one for one in ids)
    assert all(re.fullmatch(r"[a-z0-9/-]+", one) for one in ids)


def test_what_is_not_there_is_said(inventory: Inventory) -> None:
    with pytest.raises(KeyError):
        inventory.number("induction/colour")
    with pytest.raises(KeyError):
        inventory.group("nowhere")


def test_every_public_value_reads_back(inventory: Inventory) -> None:
    for number in numbers(inventory):
        assert tuple(one.canonical for one in number.public_read()) == number.public
        assert not number.public or number.evidence in ("stated", "conflict")
        assert not number.public or number.source


def test_what_is_asked_never_tells_the_answer(inventory: Inventory) -> None:
    """Blind: neither words nor examples hold a figure of a public or a related value."""
    for number in numbers(inventory):
        asked = f"{number.words} {KINDS[number.kind].how}"
        said = set(re.findall(r"[0-9]+", asked))
        told = set(re.findall(r"[0-9]+", " ".join((*number.public, *number.related))))
        assert not (said - {"0", "1"}) & told, number.id


def test_known_numbers_of_azacitidine(shelf: dict[str, Protocol]) -> None:
    found = protocol_inventory(shelf["aall15p1"])
    assert found.number("epi-1/dose/azacitidine/iv").public == ("2.5 mg/kg",)
    assert found.number("epi-1/days/azacitidine/iv").public == ("1 to 5",)
    assert found.number("epi-1/start/anc").public == ("500 /µL",)
    assert found.number("epi-1/start/platelets").public == ("50000 /µL",)
    assert found.number("epi-1/start/toxicity-resolved").public == ("yes",)
    assert found.number("epi-1/dose/azacitidine/iv").units[0] == "mg/m2"
    assert found.number("dlt/opens").read("EPI #1").canonical == "epi-1"
    assert found.number("dlt/opens").read("not stated").canonical == "not stated"


def test_each_reading_of_a_conflict_is_public(shelf: dict[str, Protocol]) -> None:
    found = protocol_inventory(shelf["aall15p1"])
    disputed = found.number("maintenance/days/methotrexate/it")
    assert disputed.disputed and disputed.public == ("1, 92", "1, 99")
    alone = found.number("induction/days/hydrocortisone/it")
    assert alone.public == ("15, 29", "1, 15, 29")


def test_a_dispute_without_readings_and_a_drug_twice(shelf: dict[str, Protocol]) -> None:
    protocol = shelf["aall15p1"]
    course = protocol.courses[0]
    plan = course.drugs[0]
    origin = Origin("stated", ("S1",), named="register")
    days = Days((1,), origin, disputed=(4,), words="day 4?")
    twice = replace(plan, days=replace(days, readings=(Reading((), "none"),)))
    changed = replace(course, drugs=(replace(plan, days=days), twice))
    found = protocol_inventory(replace(protocol, courses=(changed,)))
    ids = [number.id for number in numbers(found) if "/days/" in number.id]
    assert ids == ["induction/days/methotrexate/it", "induction/days/methotrexate/it/2"]
    assert found.number(ids[0]).public == ("1", "1, 4")


def test_the_site_is_asked_for_the_formulary_of_every_drug(shelf: dict[str, Protocol]) -> None:
    found = site_inventory(shelf.values())
    assert {"settings", "formulary/azacitidine", "formulary/vincristine"} <= {
        group.key for group in found.groups
    }
    assert not any(number.public or number.related for number in numbers(found))
    with pytest.raises(Refused, match="1 to 14"):
        found.number("settings/weight-age").read("15 days")


def test_protocols_without_these_rules_are_not_asked(shelf: dict[str, Protocol]) -> None:
    protocol = shelf["aall15p1"]
    assert dlt_group(replace(protocol, dlt_window=None)) is None
    assert maintenance_group(replace(protocol, courses=protocol.courses[:1])) is None


def test_days_are_read_back_one_by_one_and_never_as_a_range() -> None:
    """H18: "days 4-11" was read as 4 and 11; whoever types five days sees five days."""
    read = read_kind("days", "1 to 4, 8")
    assert (read.canonical, read.shown) == ("1 to 4, 8", "day 1, day 2, day 3, day 4, day 8")
    assert read_kind("days", "7").shown == "day 7"
    long = read_kind("days", "1 to 168")
    assert long.shown == "every day from day 1 to day 168, both included"
    assert read_kind("percents", "25, 50").shown == "25, 50"


@pytest.mark.parametrize("kind", ["factors", "days", "dose", "anc"])
def test_none_is_refused_with_the_words_that_are_right(kind: str) -> None:
    with pytest.raises(Refused) as refused:
        read_kind(kind, "None")
    assert refused.value.reasons[-1] == 'Where the copy states none, write "not stated".'
    with pytest.raises(Refused) as other:
        read_kind(kind, "noon")
    assert "not stated" not in " ".join(other.value.reasons)


def test_what_is_typed_now_is_held_against_what_can_be_meant() -> None:
    """An older value stays readable; a rounding of 90 % is refused when it is typed."""
    number = Number("formulary/rounding", "azacitidine", "largest change", "rounding percent")
    assert number.read_new("2 %").canonical == number.read("2 %").canonical
    assert number.read("90 %").value == 90
    with pytest.raises(Refused, match="no rounding"):
        number.read_new("90 %")


def test_a_drug_that_a_related_protocol_gives_by_mouth_is_asked_for_tablets() -> None:
    """Prednisone's own route is not public; AALL15P1 gives prednisolone by mouth or by tube."""
    from bedside.places import place
    from bedside.protocol.reader import read_protocol

    interfant = read_protocol(place("resources", "protocols", "interfant06.toml"))
    inventory = site_inventory([interfant])
    ids = {number.id for group in inventory.groups for number in group.numbers}
    assert "formulary/prednisone/tablet" in ids and "formulary/dexamethasone/tablet" in ids
    assert "formulary/daunorubicin/tablet" not in ids
