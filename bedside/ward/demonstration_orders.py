"""The demonstration's orders: one being given, one verified and not released, one void by a corrected weight."""

from datetime import timedelta

from bedside.units.quantities import BodyWeight
from bedside.ward.demonstration_today import Maker
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewSize
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.orders import order_board
from bedside.ward.signatures import Signer, confirmed_signer
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.views.orders import OrderRow, ReleasedAs
from bedside.ward.weighing import record_size, void_size

ALONE = ReleasedAs(alone=True)  # one pharmacist of the story verifies and prepares
_TYPED_WRONG = "digits changed places: the scale's slip says otherwise"


def orders_of_yesterday(maker: Maker) -> None:
    """The last day of the block prescribed on a weight that was typed wrongly, and put right at night."""
    told = maker.story.get("orders", {})
    if "wrong-g" not in told:
        return
    measured = maker.moment(maker.day(1), 16)
    maker.at(measured + timedelta(minutes=5))
    wrong = _weigh(maker, int(told["wrong-g"]))
    maker.at(maker.moment(maker.day(1), 16, 40))
    _prescribe(maker, _rows(maker)[-1:])
    maker.at(maker.moment(maker.day(1), 23, 20))
    void_size(maker.ward, wrong, _TYPED_WRONG, who=maker.nurse)
    _weigh(maker, int(told["right-g"]))


def orders_of_today(maker: Maker) -> None:
    """Today's dose released and tomorrow's verified, both on this morning's weight."""
    if "orders" not in maker.story:
        return
    now, today = maker.now, maker.now.date()
    begun = maker.moment(today, 0, 2)
    maker.at(max(now - timedelta(minutes=95), begun))
    rows = [row for row in _rows(maker) if not row.why_not][:2]
    _prescribe(maker, rows)
    pharmacist = maker.story["pharmacist"]
    signer = _signer(maker, pharmacist)
    maker.at(max(now - timedelta(minutes=60), begun))
    verify(maker.ward, maker.infant_id, _again(maker, rows), signer, who=pharmacist)
    maker.at(max(now - timedelta(minutes=25), begun))
    release(
        maker.ward, maker.infant_id, _again(maker, rows)[:1], signer, who=pharmacist, said=ALONE
    )
    maker.at(now)


def _weigh(maker: Maker, grams: int) -> int:
    measured = maker.moment(maker.day(1), 16)
    size = NewSize(BodyWeight(grams), None, measured, "typed a second time")
    return record_size(maker.ward, maker.infant_id, size, who=maker.nurse)


def _rows(maker: Maker) -> list[OrderRow]:
    return list(order_board(maker.ward, maker.infant_id).to_prescribe())


def _again(maker: Maker, rows: list[OrderRow]) -> list[OrderRow]:
    keys = {row.key for row in rows}
    return [row for row in order_board(maker.ward, maker.infant_id).rows if row.key in keys]


def _prescribe(maker: Maker, rows: list[OrderRow]) -> None:
    infant = facts_of(maker.ward, maker.infant_id).infant
    band = TwoIdentifiers(infant.hospital_number, infant.born)
    who = f"{maker.physician}, physician"
    prescribe(maker.ward, maker.infant_id, rows, band, _signer(maker, who), who=who)


def _signer(maker: Maker, who: str) -> Signer:
    return confirmed_signer(maker.ward, who, "", maker.ward.now())
