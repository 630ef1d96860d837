"""A day's dose typed where each dose is asked: named after both passes, and never used without a reason."""

from bedside.protocol.numbers import protocol_inventory
from bedside.store.commission_records import CommissionValue
from bedside.store.queries import all_of
from bedside.ward.commission_compare import accept, comparison
from bedside.ward.commission_values import recorded_values
from tests.ward.commissioned import ANSWERS, KELLER, OKONJO, commission, type_all
from tests.ward.wards import Bench

P, DI = "aall15p1", "di-part-1"
DOSE = "di-part-1/dose/dexamethasone/po-ng-or-iv"
TAPER = "di-part-1/taper/dexamethasone/po-ng-or-iv"
KEY = (DI, "dexamethasone", "PO, NG or IV")
REASON = "our copy has ten for each dose, page 61"


def values(bench: Bench) -> dict[str, CommissionValue]:
    with bench.ward.store.reading() as connection:
        return {row.number_id: row for row in all_of(connection, CommissionValue)}


def typed(number_id: str) -> str:
    return number_id.replace("/", "__")


def test_the_dose_of_a_day_is_named_and_needs_the_reason_of_both(bench: Bench) -> None:
    """Register: three times a day; the related 10 mg per m² is the dose of a day."""
    for who in (KELLER, OKONJO):
        type_all(bench.ward, P, DI, who, **{typed(DOSE): "10 mg/m2"})
    assert DOSE not in values(bench)
    rows = comparison(bench.ward, P, DI, who="A. Looker, physician").rows
    row = next(one for one in rows if one.number_id == DOSE)
    assert row.state == "needs reason"
    assert "this is the dose of a whole day" in row.public_words
    assert "per dose about 3.333 mg per m², 3 times a day" in row.related[0]
    accept(bench.ward, P, DOSE, REASON, who=KELLER, other=OKONJO)
    assert recorded_values(bench.ward, P).doses[KEY].above_public


def test_a_taper_is_commissioned_by_two_people(bench: Bench) -> None:
    commission(bench.ward, P, DI)
    assert values(bench)[TAPER].canonical == ANSWERS["taper"]
    dose = recorded_values(bench.ward, P).doses[KEY]
    assert dose.taper_days == (15, 16, 17, 18, 19, 20, 21)
    assert not dose.above_public


def test_where_how_often_is_not_public_the_times_typed_beside_it_count(bench: Bench) -> None:
    """Interfant-06, prednisone: 60 mg per m² a day in 3 doses is related, how often is not public."""
    protocol = "interfant06"
    numbers = protocol_inventory(bench.ward.protocols[protocol]).group("induction").numbers
    dose, times = (
        next(one.id for one in numbers if one.drug == "prednisone" and f"/{what}/" in one.id)
        for what in ("dose", "times")
    )
    for who, often in ((KELLER, "3"), (OKONJO, "3")):
        changed = {typed(dose): "60 mg/m2", typed(times): often}
        type_all(bench.ward, protocol, "induction", who, **changed)
    rows = comparison(bench.ward, protocol, "induction", who="A. Looker, physician").rows
    row = next(one for one in rows if one.number_id == dose)
    assert row.state == "needs reason" and "3 times a day: say why" in row.public_words


def test_how_often_is_not_known_where_the_two_differ(bench: Bench) -> None:
    """Once by one and three times by the other: nothing is multiplied until they agree."""
    protocol = "interfant06"
    numbers = protocol_inventory(bench.ward.protocols[protocol]).group("induction").numbers
    dose, times = (
        next(one.id for one in numbers if one.drug == "prednisone" and f"/{what}/" in one.id)
        for what in ("dose", "times")
    )
    for who, often in ((KELLER, "1"), (OKONJO, "3")):
        changed = {typed(dose): "60 mg/m2", typed(times): often}
        type_all(bench.ward, protocol, "induction", who, **changed)
    assert dose in values(bench) and times not in values(bench)
    assert (
        not recorded_values(bench.ward, protocol)
        .doses["induction", "prednisone", "IV"]
        .above_public
    )
