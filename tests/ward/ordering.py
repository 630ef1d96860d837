"""Short ways to a dose that may be given: prescribed, verified, released and checked, by the real use-cases."""

from decimal import Decimal

from msgspec.structs import replace

from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.ward.check_reading import rows_of
from bedside.ward.check_sheet import order_figures
from bedside.ward.facts import facts_of
from bedside.ward.identity import identity_form
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.orders import order_board
from bedside.ward.rest import Decision
from bedside.ward.rest_acts import decide_rest, rest_forms
from bedside.ward.second_check import record_first, record_second
from bedside.ward.signatures import confirmed_signer
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.views.check_state import Planned
from bedside.ward.views.given import GivenBy, PaperCheck
from bedside.ward.views.orders import OrderRow, ReleasedAs
from bedside.ward.views.second_check import CheckResult, Counted
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

PRESCRIBER = "Test Physician, physician"
PHARMACIST = "Pia Ruiz, pharmacist"
FIRST = "E. Sorensen, nurse"
SECOND = "T. Marchetti, nurse"
AZACITIDINE: Planned = ("epi-1", 1, "azacitidine", "IV")
EXPRESSLY = ReleasedAs(keeps=True, alone=True)
PAPER = PaperCheck("E. Sorensen, RN", "T. Marchetti, RN", "no power from 02:00 to 05:00")


def signer(ward: Ward, who: str) -> Signer:
    """A typed name that signs."""
    return confirmed_signer(ward, who, "", ward.now())


def band(ward: Ward, infant_id: int) -> TwoIdentifiers:
    """Both identifiers as they stand on this infant's band."""
    form = identity_form(ward, infant_id)
    return TwoIdentifiers(form.hospital_number, form.born)


def by(ward: Ward, infant_id: int, **changes: object) -> GivenBy:
    """The nurse who gives a dose now."""
    return replace(GivenBy(signer(ward, FIRST), band(ward, infant_id)), **changes)


def row_of(ward: Ward, infant_id: int, planned: Planned) -> OrderRow:
    """A dose as the orders show it now."""
    return next(row for row in order_board(ward, infant_id).rows if row.key == planned)


def order(ward: Ward, infant_id: int, planned: Planned = AZACITIDINE) -> None:
    """Prescribe, verify and release a dose."""
    rows = [row_of(ward, infant_id, planned)]
    doctor, pharmacist = signer(ward, PRESCRIBER), signer(ward, PHARMACIST)
    prescribe(ward, infant_id, rows, band(ward, infant_id), doctor, who=PRESCRIBER)
    verify(ward, infant_id, [row_of(ward, infant_id, planned)], pharmacist, who=PHARMACIST)
    rows = [row_of(ward, infant_id, planned)]
    release(ward, infant_id, rows, pharmacist, who=PHARMACIST, said=EXPRESSLY)


def decide(
    ward: Ward, infant_id: int, decision: Decision = "rest", reason: str = "a new line is in"
) -> None:
    """A physician decides on the broken-off infusion of this infant."""
    (form,) = rest_forms(ward, infant_id)
    doctor = signer(ward, PRESCRIBER)
    decide_rest(ward, infant_id, form, decision, reason, doctor, who=PRESCRIBER)


def figures(ward: Ward, infant_id: int, planned: Planned = AZACITIDINE) -> Counted:
    """The order's own figures: what two people who count rightly come to."""
    standing = rows_of(ward, infant_id, planned).order
    assert standing is not None
    return order_figures(ward, facts_of(ward, infant_id), standing).counted


def counted(weight: str, dose: str, volume: str) -> Counted:
    """Three figures as typed: kg, mg, mL."""
    grams = int(Decimal(weight) * 1000)
    return Counted(BodyWeight(grams), DrugAmount(Decimal(dose)), Decimal(volume))


def check(
    ward: Ward,
    infant_id: int,
    planned: Planned = AZACITIDINE,
    first: Counted | None = None,
    second: Counted | None = None,
) -> CheckResult:
    """Both people count; rightly where no figures are given."""
    right = figures(ward, infant_id, planned)
    record_first(ward, infant_id, planned, first or right, signer(ward, FIRST), who=FIRST)
    return record_second(
        ward, infant_id, planned, second or right, signer(ward, SECOND), who=SECOND
    )


def measurable(ward: Ward, drug: str = "azacitidine", mg_per_ml: int = 10) -> None:
    """The site enters a concentration and a syringe step (invented)."""
    values = ward.values
    if not values.protocol:
        both = (PHARMACIST, PRESCRIBER)
        values = replace(NO_SITE_VALUES, protocol="aall15p1", confirmed_by=both)
    ward.values = replace(
        values,
        edition=values.edition or "1",
        concentration_mg_per_ml={
            **values.concentration_mg_per_ml,
            drug: Decimal(mg_per_ml),
        },
        syringe_step_ml={**values.syringe_step_ml, drug: Decimal("0.05")},
    )


def ready(ward: Ward, infant_id: int, planned: Planned = AZACITIDINE) -> None:
    """A dose that may be given now."""
    measurable(ward, planned[2])
    order(ward, infant_id, planned)
    assert check(ward, infant_id, planned).matched
