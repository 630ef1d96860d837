"""A prescription taken back before it is given: by its author, or by another prescriber in her own name."""

import pytest

from bedside.units.refusal import Refused
from bedside.ward.giving import lose_vial, start_vial
from bedside.ward.order_striking import withdraw
from bedside.ward.signatures import Signer
from tests.ward.ordered import OKONJO, PHYSICIAN, ordered, rows
from tests.ward.ordering import ready
from tests.ward.wards import NURSE


@pytest.fixture
def ward(bench):
    """EPI #1 opened today; nothing is ordered."""
    bench.open_epi_1()
    return bench.ward


@pytest.mark.parametrize("upto", ["prescribed", "verified", "released"])
def test_a_prescription_is_withdrawn_with_everything_on_it(bench, ward, upto):
    ordered(ward, bench.infant, 1, upto=upto)
    taken = rows(ward, bench.infant, 1)
    withdraw(ward, bench.infant, taken, "wrong day", OKONJO, who=PHYSICIAN)
    (row,) = rows(ward, bench.infant, 1)
    assert row.state.stage == "void"
    assert row.state.why == ("withdrawn by A. Okonjo, who prescribed it: wrong day",)
    assert all(one.why for one in row.state.signed), "every signature falls with it"
    assert "withdrawn" in " ".join(row.state.blocks_giving)
    ordered(ward, bench.infant, 1)
    assert rows(ward, bench.infant, 1)[0].state.stage == "released"


def test_another_prescriber_withdraws_in_her_own_name(bench, ward):
    ordered(ward, bench.infant, 1)
    other = Signer(None, "B. Lund", "physician")
    withdraw(ward, bench.infant, rows(ward, bench.infant, 1), "allergy", other, who="B. Lund")
    (row,) = rows(ward, bench.infant, 1)
    assert row.state.why == ("withdrawn by B. Lund, prescribed by A. Okonjo: allergy",)


@pytest.mark.parametrize("who", ["nurse", "pharmacist", "role not stated"])
def test_who_may_not_prescribe_withdraws_nothing(bench, ward, who):
    ordered(ward, bench.infant, 1)
    taken = rows(ward, bench.infant, 1)
    with pytest.raises(Refused):
        withdraw(ward, bench.infant, taken, "mine", Signer(None, "A. Okonjo", who), who="A. Okonjo")
    with pytest.raises(Refused, match="Why is it withdrawn"):
        withdraw(ward, bench.infant, taken, " ", OKONJO, who=PHYSICIAN)
    with pytest.raises(Refused, match="Tick at least one"):
        withdraw(ward, bench.infant, [], "none", OKONJO, who=PHYSICIAN)
    assert rows(ward, bench.infant, 1)[0].state.stage == "released"


def test_no_order_is_withdrawn_under_a_running_vial(bench, ward):
    ready(ward, bench.infant)
    dose = start_vial(ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    taken = rows(ward, bench.infant, 1)
    with pytest.raises(Refused, match="discard it first"):
        withdraw(ward, bench.infant, taken, "wrong day", OKONJO, who=PHYSICIAN)
    assert rows(ward, bench.infant, 1)[0].state.stage == "released"
    lose_vial(ward, dose, "the order was wrong", who=NURSE)
    withdraw(ward, bench.infant, taken, "wrong day", OKONJO, who=PHYSICIAN)
    assert rows(ward, bench.infant, 1)[0].state.stage == "void"
