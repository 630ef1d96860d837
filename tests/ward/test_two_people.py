"""One person under two typed names is refused by every act that needs two; with her own words why."""

import pytest
from msgspec.structs import replace

from bedside.units.quantities import BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.commission_blind import own_open_pass
from bedside.ward.commissioning import begin_pass
from bedside.ward.forms import NewSize
from bedside.ward.giving_gate import check_paper
from bedside.ward.handover import handover_view, sign_off
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.people import people
from bedside.ward.people_acts import change_roles
from bedside.ward.second_check import record_first, record_second
from bedside.ward.weighing import record_size
from tests.ward.ordering import AZACITIDINE, PAPER, band, figures, measurable, order, row_of, signer
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, enter, peopled
from tests.ward.wards import Bench

DOCTOR = "Dr I. Halvorsen"
AS_PHARMACIST = "I Halvorsen, pharmacist"
PHARMACIST = "Pia Ruiz, pharmacist"
MAY_BE_ONE = "may be one person"


@pytest.fixture
def epi(bench: Bench) -> Bench:
    bench.open_epi_1()
    measurable(bench.ward)
    return bench


def test_who_prescribed_neither_verifies_nor_releases_under_another_spelling(epi: Bench) -> None:
    ward, infant = epi.ward, epi.infant
    rows = [row_of(ward, infant, AZACITIDINE)]
    prescribe(ward, infant, rows, band(ward, infant), signer(ward, DOCTOR), who=DOCTOR)
    again = signer(ward, AS_PHARMACIST)
    with pytest.raises(Refused, match="was prescribed by") as refused:
        verify(ward, infant, [row_of(ward, infant, AZACITIDINE)], again, who=AS_PHARMACIST)
    assert MAY_BE_ONE in refused.value.reasons[1]
    assert row_of(ward, infant, AZACITIDINE).state.stage == "prescribed"
    verify(
        ward, infant, [row_of(ward, infant, AZACITIDINE)], signer(ward, PHARMACIST), who=PHARMACIST
    )
    with pytest.raises(Refused, match=MAY_BE_ONE):
        release(ward, infant, [row_of(ward, infant, AZACITIDINE)], again, who=AS_PHARMACIST)


def test_one_person_does_not_count_twice_under_two_spellings(epi: Bench) -> None:
    ward, infant = epi.ward, epi.infant
    order(ward, infant)
    typed = figures(ward, infant)
    first, second = "E. Sørensen, RN", "Elin Sorensen, RN"
    record_first(ward, infant, AZACITIDINE, typed, signer(ward, first), who=first)
    with pytest.raises(Refused, match="cannot be the second") as refused:
        record_second(ward, infant, AZACITIDINE, typed, signer(ward, second), who=second)
    assert MAY_BE_ONE in refused.value.reasons[1]
    other = "Tora Sørensen, RN"
    found = record_second(ward, infant, AZACITIDINE, typed, signer(ward, other), who=other)
    assert found.matched  # two people of one family name, told apart in full


def test_a_handover_is_not_from_and_to_one_person(epi: Bench) -> None:
    seen = handover_view(epi.ward)
    with pytest.raises(Refused, match=MAY_BE_ONE):
        sign_off(epi.ward, seen, ("E. Berg, RN", ""), ("Else Berg", ""), who="E. Berg, RN")


def test_a_far_weight_is_not_read_by_one_person_twice(epi: Bench) -> None:
    tenth = NewSize(BodyWeight(560), None, epi.clock(), "typed twice", "Else Berg, nurse")
    with pytest.raises(Refused, match=MAY_BE_ONE):
        record_size(epi.ward, epi.infant, tenth, who="E. Berg, RN")


def test_commissioning_is_not_typed_twice_nor_looked_up_by_one_person(bench: Bench) -> None:
    begin_pass(bench.ward, "aall15p1", "epi-1", who="M. Keller, pharmacist")
    with pytest.raises(Refused, match=MAY_BE_ONE):
        begin_pass(bench.ward, "aall15p1", "epi-1", who="Mara Keller, physician")
    assert own_open_pass(bench.ward, "aall15p1", who="Mara Keller, physician")
    assert not own_open_pass(bench.ward, "aall15p1", who="A. Okonjo, physician")
    assert begin_pass(bench.ward, "aall15p1", "epi-1", who="Nils Keller, physician") == 2


def test_a_paper_check_names_two_people() -> None:
    with pytest.raises(Refused, match=MAY_BE_ONE):
        check_paper(replace(PAPER, first="T. Marchetti, RN", second="Tea Marchetti"))


def test_whose_roles_they_are_is_not_the_second_who_confirms_them(bench: Bench) -> None:
    """Else one administrator and one nurse make the nurse whatever the two like."""
    ward, ids = bench.ward, peopled(bench.ward)
    who = enter(ward, KELLER)
    asked = ward, ids[BERG], ("nurse", "physician")
    her = (ids[BERG], SECRETS[BERG])
    with pytest.raises(Refused, match="whose roles they are"):
        change_roles(*asked, who=who, second=her)
    assert {one.name: one.roles for one in people(ward)}[BERG] == ("nurse",)
    change_roles(*asked, who=who, second=(ids[OKONJO], SECRETS[OKONJO]))
    assert set({one.name: one.roles for one in people(ward)}[BERG]) == {"nurse", "physician"}
