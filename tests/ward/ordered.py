"""Orders on the bench: who signs, and short ways along the chain."""

from datetime import date

from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.orders import order_board
from bedside.ward.signatures import Signer
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.views.orders import OrderRow, ReleasedAs
from bedside.ward.ward import Ward

BAND = TwoIdentifiers("T 001", date(2026, 5, 14))
PHYSICIAN, PHARMACIST = "A. Okonjo, physician", "M. Keller, pharmacist"
OKONJO = Signer(None, "A. Okonjo", "physician")
KELLER = Signer(None, "M. Keller", "pharmacist")


def rows(ward: Ward, infant_id: int, *days: int) -> list[OrderRow]:
    """The doses of the running course, of these days or all."""
    found = order_board(ward, infant_id).rows
    return [row for row in found if not days or row.day in days]


def ordered(ward: Ward, infant_id: int, *days: int, upto: str = "released") -> None:
    """Order doses of the running course as far as wanted: prescribed, verified or released."""
    prescribe(ward, infant_id, rows(ward, infant_id, *days), BAND, OKONJO, who=PHYSICIAN)
    if upto in ("verified", "released"):
        verify(ward, infant_id, rows(ward, infant_id, *days), KELLER, who=PHARMACIST)
    if upto == "released":
        found = rows(ward, infant_id, *days)
        said = ReleasedAs(keeps=True, alone=True)
        release(ward, infant_id, found, KELLER, who=PHARMACIST, said=said)
