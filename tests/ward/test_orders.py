"""Orders: the chain of signatures, who may not, and what makes an order void, on a real store."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.places import place
from bedside.protocol.site_value_reader import read_site_values
from bedside.store.queries import all_of
from bedside.store.signature_records import DoseOrder, Signature
from bedside.units.quantities import BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewSize
from bedside.ward.holding import NewHold, save_hold
from bedside.ward.identity import correct_identity, identity_form
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.order_ending import (
    ends_by_identity,
    ends_by_reduction,
    ends_by_striking_weight,
    ends_by_weighing,
)
from bedside.ward.order_striking import send_back
from bedside.ward.orders import order_board, order_state
from bedside.ward.paper_heads import SHEET, paper_head
from bedside.ward.people_guard import guard_store
from bedside.ward.printing import make_paper, printed_papers
from bedside.ward.reductions import save_reduction
from bedside.ward.sheets import fill_sheet
from bedside.ward.signatures import Signer, confirmed_signer
from bedside.ward.two_identifiers import TwoIdentifiers
from bedside.ward.views.orders import ReleasedAs
from bedside.ward.views.reductions import NewReduction
from bedside.ward.weighing import void_size
from tests.ward.ordered import BAND, KELLER, OKONJO, PHARMACIST, PHYSICIAN, ordered, rows
from tests.ward.peopled import BERG, SECRETS, enter, peopled
from tests.ward.peopled import KELLER as MARA
from tests.ward.peopled import OKONJO as ADA
from tests.ward.wards import NURSE


@pytest.fixture
def ward(bench):
    """EPI #1 opened today; nothing is ordered."""
    bench.open_epi_1()
    return bench.ward


def state(bench, day=1):
    return order_state(bench.ward, bench.infant, "epi-1", day, "azacitidine", "IV")


def stages(bench):
    return [row.state.stage for row in order_board(bench.ward, bench.infant).rows]


def kept(bench, kind):
    with bench.ward.store.reading() as connection:
        return all_of(connection, kind, include_void=True)


def reasons(act, *typed, **more):
    with pytest.raises(Refused) as refused:
        act(*typed, **more)
    return " ".join(refused.value.reasons)


ALONE = ReleasedAs(alone=True)


# ---- the chain


def test_nothing_is_given_before_it_was_prescribed_verified_and_released(bench, ward):
    assert "not prescribed yet" in state(bench).blocks_giving[0]
    infant = bench.infant
    prescribe(ward, infant, rows(ward, infant, 1), BAND, OKONJO, who=PHYSICIAN)
    assert "not verified yet" in state(bench).blocks_giving[0]
    verify(ward, infant, rows(ward, infant, 1), KELLER, who=PHARMACIST)
    assert "not released yet" in state(bench).blocks_giving[0]
    release(ward, infant, rows(ward, infant, 1), KELLER, who=PHARMACIST, said=ALONE)
    found = state(bench)
    assert found.stage == "released" and found.blocks_giving == ()
    assert (found.amount, found.unit, found.weight_g) == (Decimal("15.5"), "mg", 6200)
    assert [one.meaning for one in found.signed] == ["prescribed", "verified", "released"]
    assert stages(bench) == ["released", *["not ordered"] * 4]


def test_a_whole_course_is_prescribed_with_one_signature_row_an_order(bench, ward):
    ordered(ward, bench.infant, upto="prescribed")
    assert stages(bench) == ["prescribed"] * 5
    assert len(kept(bench, DoseOrder)) == len(kept(bench, Signature)) == 5
    order = kept(bench, DoseOrder)[0]
    assert "2.5 mg per kg × 6.2 kg = 15.5 mg" in order.steps
    assert order.protocol_edition == facts_of(ward, bench.infant).protocol.edition
    assert reasons(prescribe, ward, bench.infant, rows(ward, bench.infant), BAND, OKONJO, who="X")


def test_who_prescribed_neither_verifies_nor_releases(bench, ward):
    ordered(ward, bench.infant, 1, upto="prescribed")
    both = Signer(None, "a  okonjo", "pharmacist")
    said = reasons(verify, ward, bench.infant, rows(ward, bench.infant, 1), both, who="X")
    assert "another person" in said
    verify(ward, bench.infant, rows(ward, bench.infant, 1), KELLER, who=PHARMACIST)
    said = reasons(release, ward, bench.infant, rows(ward, bench.infant, 1), both, who="X")
    assert "another person" in said
    assert stages(bench)[0] == "verified"


def test_the_chain_keeps_its_order(bench, ward):
    infant = bench.infant
    assert "does not stand" in reasons(verify, ward, infant, rows(ward, infant, 1), KELLER, who="X")
    ordered(ward, infant, 1, upto="prescribed")
    said = reasons(release, ward, infant, rows(ward, infant, 1), KELLER, who="X")
    assert "is not verified yet: nothing was signed" in said
    verify(ward, infant, rows(ward, infant, 1), KELLER, who=PHARMACIST)
    said = reasons(verify, ward, infant, rows(ward, infant, 1), KELLER, who="X")
    assert "is verified already: nothing was signed" in said
    for act in (verify, release):
        assert "Tick at least one" in reasons(act, ward, infant, [], KELLER, who="X")


def test_what_is_signed_is_what_was_shown(bench, ward):
    """The form was open while the infant was weighed: the dose on it is not signed."""
    shown = rows(ward, bench.infant, 1)
    bench.clock.now += timedelta(minutes=5)
    bench.weigh(6300)
    said = reasons(prescribe, ward, bench.infant, shown, BAND, OKONJO, who=PHYSICIAN)
    assert "not what was shown" in said
    assert kept(bench, DoseOrder) == []


@pytest.mark.parametrize(
    ("band", "said"),
    [
        (TwoIdentifiers("", None), "hospital number as it stands"),
        (TwoIdentifiers("T 002", date(2026, 5, 14)), "is not the hospital number of MUSTER, Ida"),
        (TwoIdentifiers("t001", date(2026, 5, 15)), "is not the day of birth of MUSTER, Ida"),
        (TwoIdentifiers("T 001", None), "day of birth as it stands"),
    ],
)
def test_two_identifiers_are_retyped_before_a_dose_is_prescribed(bench, ward, band, said):
    """H25."""
    found = reasons(prescribe, ward, bench.infant, rows(ward, bench.infant), band, OKONJO, who="X")
    assert said in found
    assert kept(bench, DoseOrder) == []


def test_an_order_that_is_not_verified_goes_back_with_the_reason(bench, ward):
    ordered(ward, bench.infant, 1, 2, upto="prescribed")
    shown = rows(ward, bench.infant, 1)
    assert "Why" in reasons(send_back, ward, bench.infant, shown, " ", KELLER, who="X")
    assert "for pharmacist" in reasons(send_back, ward, bench.infant, shown, "no", OKONJO, who="X")
    assert "Tick" in reasons(send_back, ward, bench.infant, [], "no", KELLER, who="X")
    send_back(ward, bench.infant, shown, "creatinine first", KELLER, who=PHARMACIST)
    found = state(bench)
    assert found.stage == "sent back"
    assert "creatinine first" in found.blocks_giving[0] and PHARMACIST in found.blocks_giving[0]
    assert stages(bench)[:2] == ["sent back", "prescribed"]
    ordered(ward, bench.infant, 1)
    assert state(bench).stage == "released"
    said = reasons(
        send_back, ward, bench.infant, rows(ward, bench.infant, 1), "late", KELLER, who="X"
    )
    assert "verified already" in said


def test_what_cannot_be_worked_out_is_told_and_not_ordered(bench, ward):
    bench.site(weight_age_days=2)
    bench.clock.now += timedelta(days=3)
    day = next(row for row in order_board(ward, bench.infant).rows if row.day == 4)
    assert "Weigh the infant again" in day.why_not[0]
    assert "Weigh" in reasons(prescribe, ward, bench.infant, [day], BAND, OKONJO, who="X")


def test_a_dose_that_no_source_states_is_ordered_on_paper(bench):
    bench.site()
    bench.enrol()
    bench.weigh()
    found = {row.state.stage for row in order_board(bench.ward, bench.infant).rows}
    assert found == {"on paper"}
    row = order_board(bench.ward, bench.infant).rows[0]
    assert row.state.blocks_giving == () and "order it on paper" in row.why_not[0]
    assert order_board(bench.ward, bench.infant).kept_here() == ()


# ---- void


def test_a_corrected_weight_voids_the_order_and_says_what_became_of_it(bench, ward):
    ordered(ward, bench.infant, 1, 2, upto="verified")
    weight = facts_of(ward, bench.infant).measurements[-1]
    told = ends_by_striking_weight(ward, bench.infant, weight.id)
    assert told == ("azaCITIDine day 1, 2, 15.5 mg: weight of 07-Oct-2026, 6.2 kg, was struck out",)
    void_size(ward, weight.id, "digits swapped", who=NURSE)
    orders, signatures = kept(bench, DoseOrder), kept(bench, Signature)
    assert {row.voided_by for row in (*orders, *signatures)} == {NURSE}
    assert all("digits swapped" in row.void_reason for row in (*orders, *signatures))
    bench.weigh(6020)
    found = state(bench)
    assert found.stage == "void"
    assert found.why == ("weight of 07-Oct-2026 was corrected: 6.2 kg became 6.02 kg",)
    assert "is void" in found.blocks_giving[0]
    ordered(ward, bench.infant, 1)
    assert state(bench).amount == Decimal("15.05") and state(bench).blocks_giving == ()


def test_the_strike_and_the_voiding_are_one_save(bench, ward):
    ordered(ward, bench.infant, 1)
    wrong = next(one for one in correctable(ward, bench.infant) if one.kind == "weight")
    strike_out(ward, bench.infant, "weight", wrong.record_id, "wrong infant", who=NURSE)
    with ward.store.reading() as connection:
        sql = "SELECT DISTINCT at, act FROM audit WHERE operation = 'void'"
        found = connection.exec_driver_sql(sql).fetchall()
    assert len(found) == 1
    ward.store.verify_audit()


def test_a_new_weight_with_another_dose_voids_and_with_the_same_does_not(bench, ward):
    ordered(ward, bench.infant, 1)
    bench.clock.now += timedelta(minutes=5)
    size = NewSize(BodyWeight(6300), None, ward.now(), "typed a second time")
    assert "15.75 mg is worked out now" in ends_by_weighing(ward, bench.infant, size)[0]
    same = replace(size, weight=BodyWeight(6200))
    assert ends_by_weighing(ward, bench.infant, same) == ()
    bench.weigh(6200)
    assert state(bench).stage == "released"
    bench.clock.now += timedelta(minutes=5)
    bench.weigh(6300)
    assert state(bench).stage == "void"


def test_a_stale_weight_blocks_and_voids_nothing(bench, ward):
    bench.site(weight_age_days=2)
    ordered(ward, bench.infant, 1, 5)
    bench.clock.now += timedelta(days=4)
    found = state(bench, 5)
    assert found.stage == "released" and "Weigh the infant again" in found.blocks_giving[0]
    bench.weigh(6200)
    assert state(bench, 5).blocks_giving == ()


def test_a_corrected_identity_voids(bench, ward):
    ordered(ward, bench.infant, 1)
    form = replace(identity_form(ward, bench.infant), hospital_number="T 010")
    told = ends_by_identity(ward, bench.infant, form)
    assert "hospital number was corrected: T 001 became T 010" in told[0]
    bed = replace(identity_form(ward, bench.infant), bed="9")
    assert ends_by_identity(ward, bench.infant, bed) == ()
    correct_identity(ward, bench.infant, bed, "moved", who=NURSE)
    assert state(bench).stage == "released"
    correct_identity(ward, bench.infant, replace(form, bed="9"), "misread", who=NURSE)
    assert state(bench).stage == "void"


def test_a_reduction_voids_the_doses_it_reduces(bench, ward):
    ordered(ward, bench.infant, 1, 3, upto="verified")
    form = NewReduction(
        "epi-1", "azacitidine", 2, None, Decimal(75), "standard", "cytopenia", "A. Okonjo"
    )
    told = ends_by_reduction(ward, bench.infant, form)
    assert len(told) == 1 and "day 3" in told[0] and "75 % holds now" in told[0]
    impossible = replace(form, percent=Decimal(0))
    assert ends_by_reduction(ward, bench.infant, impossible) == ()
    save_reduction(ward, bench.infant, form, who=PHYSICIAN)
    assert [stages(bench)[0], stages(bench)[2]] == ["verified", "void"]


def test_a_hold_of_the_course_voids(bench, ward):
    ordered(ward, bench.infant, 2, upto="verified")
    bench.site(block_days="later")
    on = ward.today() + timedelta(days=1)
    save_hold(ward, bench.infant, NewHold("epi-1", "", on, on, "fever"), who=PHYSICIAN)
    assert state(bench, 2).stage == "void"
    assert "moved from 08-Oct-2026 to 09-Oct-2026" in state(bench, 2).why[0]


def test_counts_struck_out_void_the_orders_of_the_block(bench, ward):
    ordered(ward, bench.infant, 1)
    count = facts_of(ward, bench.infant).counts[-1]
    void_counts(ward, count.id, "clotted", who=NURSE)
    assert state(bench).stage == "void"
    assert "start rule does not hold any more" in state(bench).why[0]


# ---- a ward with people


def test_in_a_ward_with_people_roles_and_secrets_decide(bench, ward):
    ids = peopled(ward)
    guard_store(ward)
    infant = bench.infant
    who = enter(ward, MARA)  # pharmacist and administrator
    mara = confirmed_signer(ward, ids[MARA], SECRETS[MARA], ward.now())
    said = reasons(prescribe, ward, infant, rows(ward, infant), BAND, mara, who=who)
    assert "sign “prescribed” is for physician" in said
    who = enter(ward, ADA)
    said = reasons(confirmed_signer, ward, ids[ADA], "not her passphrase at all", ward.now())
    assert "not the passphrase" in said
    bench.clock.now += timedelta(minutes=2)
    ada = confirmed_signer(ward, ids[ADA], SECRETS[ADA], ward.now())
    prescribe(ward, infant, rows(ward, infant, 1, 2), BAND, ada, who=who)
    said = reasons(verify, ward, infant, rows(ward, infant, 1), ada, who=who)
    assert "was prescribed by Ada Okonjo: another person verifies" in said
    who = enter(ward, MARA)
    verify(ward, infant, rows(ward, infant, 1, 2), mara, who=who)
    release(ward, infant, rows(ward, infant, 1), mara, who=who, said=ALONE)
    assert [one.person_id for one in state(bench).signed] == [ids[ADA], ids[MARA], ids[MARA]]
    who = enter(ward, BERG)  # a nurse corrects a weight: she may end orders, and signs none
    void_size(ward, facts_of(ward, infant).measurements[-1].id, "misread", who=who)
    assert stages(bench)[:2] == ["void", "void"]
    berg = Signer(ids[BERG], BERG, "nurse")
    assert "for physician" in reasons(
        prescribe, ward, infant, rows(ward, infant, 1), BAND, berg, who=who
    )


# ---- on paper


def test_the_dosing_sheet_prints_who_prescribed_and_verified(bench, ward):
    """Only where each date that is left is signed alike; else the boxes for a pen stay."""

    def signed():
        facts = facts_of(ward, bench.infant)
        course = facts.protocol.course("epi-1")
        head = paper_head(ward, facts, SHEET, course, NURSE)
        return fill_sheet(ward, facts, course, head).order_signed

    bench.ward.values = read_site_values(place("resources", "demo", "site_values.toml"))
    assert signed() == ()
    ordered(ward, bench.infant, 1, 2, 3, 4, upto="verified")
    assert signed() == ()
    ordered(ward, bench.infant, 5, upto="prescribed")
    assert signed() == ()
    verify(ward, bench.infant, rows(ward, bench.infant, 5), KELLER, who=PHARMACIST)
    assert signed() == (
        "“I order this”: A. Okonjo, physician, 07-Oct-2026 08:00, signed in Bedside",
        "“my own figures agree”: M. Keller, pharmacist, 07-Oct-2026 08:00, signed in Bedside",
    )


def test_a_printed_sheet_is_out_of_date_when_its_order_is_void(bench, ward, tmp_path):
    def standing():
        return [one.out_of_date for one in printed_papers(ward, facts_of(ward, bench.infant))]

    bench.ward.values = read_site_values(place("resources", "demo", "site_values.toml"))
    make_paper(ward, bench.infant, "dosing-sheet:epi-1", tmp_path, who=NURSE)
    ordered(ward, bench.infant, upto="verified")
    assert standing() == [""]  # signed by pen: it holds, too
    make_paper(ward, bench.infant, "dosing-sheet:epi-1", tmp_path, who=NURSE)
    assert standing() == ["", ""]
    void_size(ward, facts_of(ward, bench.infant).measurements[-1].id, "misread", who=NURSE)
    bench.weigh(6020)
    assert all("dose 15.5 mg became 15.1 mg" in why for why in standing())
    assert "I order this" in standing()[0]


def test_what_is_not_commissioned_is_neither_ordered_nor_signed_on_paper(bench):
    """Nobody signs what two people of the site have not confirmed, on screen or on paper."""
    bench.open_epi_1(confirmed=False)
    ward = bench.ward
    (first, *_) = rows(ward, bench.infant)
    assert "have not confirmed the numbers of EPI #1" in " ".join(first.why_not)
    assert "have not confirmed" in reasons(
        prescribe, ward, bench.infant, [first], BAND, OKONJO, who=PHYSICIAN
    )
    facts = facts_of(ward, bench.infant)
    course = facts.protocol.course("epi-1")
    sheet = fill_sheet(ward, facts, course, paper_head(ward, facts, SHEET, course, NURSE))
    assert not sheet.head.commissioned and sheet.order_signed == ()
