"""Doses by mouth in Maintenance: proposed from the site's rule, decided by a person, never erased."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.store.records import CourseStart
from bedside.units.refusal import Refused
from bedside.ward.signatures import Signer, confirmed_signer
from bedside.ward.titration import in_maintenance as has_begun
from bedside.ward.titration_decisions import record_decision, strike_out_decision
from bedside.ward.titration_page import maintenance_page
from bedside.ward.titration_rows import titrations_of
from bedside.ward.titration_signing import sign_decision, steps_by_mouth
from bedside.ward.views.maintenance import DrugLine, MaintenanceView, NewTitration
from bedside.ward.where import where_are_we
from tests.ward.maintenance_bench import DAY_1, in_maintenance
from tests.ward.wards import DOCTOR, NURSE, Bench

MP, MTX = "mercaptopurine", "methotrexate"


@pytest.fixture
def ruled(bench: Bench) -> Bench:
    in_maintenance(bench)
    bench.weigh(9000)
    bench.count(1200, 150_000)
    return bench


def page(bench: Bench) -> MaintenanceView:
    return maintenance_page(bench.ward, bench.infant)


def line(bench: Bench, drug: str = MP) -> DrugLine:
    (found,) = (one for one in page(bench).drugs if one.drug == drug)
    return found


def waits(words: str, signed: str = "no signed dose") -> str:
    return f"{signed}; decided {words}, NOT VERIFIED yet"


def by(bench: Bench, who: str = f"{DOCTOR}, physician") -> Signer:
    return confirmed_signer(bench.ward, who, "", bench.ward.now())


def accept(bench: Bench, drug: str = MP, **changed: object) -> int:
    seen = line(bench, drug)
    columns = {
        "decision": "accepted",
        "shown": seen.shown,
        "from_on": bench.ward.today(),
        **changed,
    }
    return record_decision(
        bench.ward, bench.infant, NewTitration(drug=drug, **columns), by(bench), who=DOCTOR
    )


def decide(bench: Bench, drug: str = MP, **changed: object) -> int:
    columns = {"decision": "recorded", "from_on": bench.ward.today(), **changed}
    return record_decision(
        bench.ward, bench.infant, NewTitration(drug=drug, **columns), by(bench), who=DOCTOR
    )


def signed(bench: Bench, row: int) -> int:
    """A decision with every further signature: in force from its day on."""
    pharmacist = by(bench, "M. Castellano, pharmacist")
    for meaning in steps_by_mouth()[1:]:
        sign_decision(bench.ward, row, meaning, pharmacist, who="M. Castellano", alone=True)
    return row


def test_the_starting_dose_goes_by_the_age_on_day_1(ruled: Bench) -> None:
    """12 completed months: 45 mg per m²; 62 cm and 9 kg give 0.3937 m²: 17.7 mg, rounded to 18."""
    shown = line(ruled)
    assert shown.headline == "START at 100 %: 18 mg each day"
    assert (shown.percent, shown.amount_mg, shown.in_force) == (
        Decimal(100),
        Decimal(18),
        "no dose so far",
    )
    accept(ruled)
    (row,) = titrations_of(ruled.ward, ruled.infant)
    assert (row.percent_tenths, row.amount_ug, row.decision) == (1000, 18_000, "accepted")
    assert row.proposal.startswith("START at 100 %")
    assert row.rule.startswith("DEMONSTRATION, invented")
    assert line(ruled).in_force == waits("100 %, 18 mg, from 01-Oct-2026")


def test_a_rule_of_another_trial_is_never_taken_unasked(bench: Bench) -> None:
    in_maintenance(bench, rule=False)
    shown = page(bench)
    assert "is not public" in shown.blocked_by[0]
    assert "Two people of this site" in shown.blocked_by[1]
    assert {drug.headline for drug in shown.drugs} == {"NOTHING PROPOSED"}
    assert (shown.rule, shown.rule_lines, shown.anc_lines, shown.platelet_lines) == ("", (), (), ())
    assert [drug.drug for drug in shown.drugs] == [MP, MTX]
    with pytest.raises(Refused, match="Nothing is proposed for this drug"):
        accept(bench)
    decide(bench, amount_mg=Decimal("17.5"))
    assert line(bench).in_force == waits("17.5 mg, from 01-Oct-2026")
    decide(bench, MTX, percent=Decimal(0))
    assert line(bench, MTX).in_force == waits("stopped, from 01-Oct-2026")


def test_values_of_another_protocol_carry_no_rule(bench: Bench) -> None:
    in_maintenance(bench)
    bench.ward.values = type(bench.ward.values)(
        protocol="interfant06", edition="1", maintenance=bench.ward.values.maintenance
    )
    assert page(bench).blocked_by


def test_deciding_against_the_proposal_needs_a_reason(ruled: Bench) -> None:
    with pytest.raises(Refused, match="needs its reason"):
        decide(ruled, decision="overridden", percent=Decimal(10))
    ten = {"percent": Decimal(10), "reason": "TPMT deficient"}
    signed(ruled, decide(ruled, decision="overridden", again=Decimal(10), **ten))  # typed twice
    (row,) = page(ruled).decisions
    assert (row.decision, row.reason, row.dose) == ("overridden", "TPMT deficient", "10 %")
    assert row.proposal.startswith("START at 100 %")
    assert line(ruled).headline == "KEEP 10 %"  # 1.77 mg to 2 mg is 13 % more: no milligrams
    assert any("the site allows 10 %" in words for words in line(ruled).missing)


def test_what_was_decided_is_recorded_without_argument(ruled: Bench) -> None:
    decide(ruled, percent=Decimal("62.5"), amount_mg=Decimal(11))
    assert line(ruled).in_force == waits("62.5 %, 11 mg, from 01-Oct-2026")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"decision": ""}, "Choose: accept"),
        ({}, "Type the dose that was decided"),
        ({"percent": Decimal(501)}, "More than 500 %"),
        ({"percent": Decimal("10.25")}, "at most one decimal"),
        ({"percent": Decimal(100), "reason": "x" * 401}, "The reason is too long"),
        ({"percent": Decimal(100), "from_on": date(2026, 9, 30)}, "before day 1"),
        ({"percent": Decimal(100), "from_on": date(2026, 10, 9)}, "more than 7 days ahead"),
        ({"drug": "thioguanine", "percent": Decimal(100)}, "is no drug by mouth"),
    ],
)
def test_what_cannot_be_right_is_refused(
    ruled: Bench, changed: dict[str, object], words: str
) -> None:
    form = {"drug": MP, "from_on": DAY_1, "decision": "recorded", **changed}
    with pytest.raises(Refused, match=words):
        record_decision(ruled.ward, ruled.infant, NewTitration(**form), by(ruled), who=DOCTOR)
    assert titrations_of(ruled.ward, ruled.infant) == ()


def test_a_proposal_that_changed_is_not_accepted(ruled: Bench) -> None:
    """H24: what the person saw is what is recorded, or nothing is."""
    seen = line(ruled).shown
    ruled.at(2026, 10, 1, 10, 0)
    ruled.count(300, 150_000)
    with pytest.raises(Refused, match="has changed since it was shown"):
        accept(ruled, shown=seen)
    with pytest.raises(Refused, match="clear the dose"):
        accept(ruled, percent=Decimal(50))
    accept(ruled)
    assert line(ruled).in_force == waits("stopped, from 01-Oct-2026")
    assert page(ruled).hold  # methotrexate is not begun while the counts ask for a stop
    assert page(ruled).drugs[1].headline == "DO NOT START"


def test_one_decision_a_day_for_each_drug(ruled: Bench) -> None:
    accept(ruled)
    with pytest.raises(Refused):
        decide(ruled, percent=Decimal(50))
    decide(ruled, MTX, percent=Decimal(100))


def test_a_wrong_decision_is_struck_out_and_stays_readable(ruled: Bench) -> None:
    row = accept(ruled)
    with pytest.raises(Refused, match="needs its reason"):
        strike_out_decision(ruled.ward, row, " ", by(ruled), who=NURSE)
    strike_out_decision(ruled.ward, row, "wrong infant", by(ruled), who=NURSE)
    assert titrations_of(ruled.ward, ruled.infant) == ()
    (shown,) = page(ruled).decisions
    assert (shown.voided, shown.dose) == ("wrong infant", "100 %, 18 mg")
    assert line(ruled).headline.startswith("START")
    accept(ruled)


def test_an_old_weight_carries_no_milligrams(ruled: Bench) -> None:
    ruled.at(2026, 10, 20, 9, 0)
    ruled.count(1200, 150_000)
    shown = line(ruled)
    assert shown.headline == "START at 100 %"
    assert shown.amount_mg is None
    assert any("Weigh the infant again" in words for words in page(ruled).missing)


def test_a_decision_for_the_coming_days_is_shown_as_such(ruled: Bench) -> None:
    accept(ruled)
    decide(ruled, percent=Decimal(75), from_on=date(2026, 10, 5))
    assert line(ruled).in_force == (
        waits("100 %, 18 mg, from 01-Oct-2026") + "; then 75 %, from 05-Oct-2026, NOT VERIFIED yet"
    )


def test_only_a_decision_with_every_signature_is_in_force(ruled: Bench) -> None:
    """The newer decision waits: the last one that is signed holds, and both are said."""
    signed(ruled, accept(ruled))
    held = "100 %, 18 mg, from 01-Oct-2026"
    assert line(ruled).in_force == held
    ruled.at(2026, 10, 2, 9, 0)
    decide(ruled, percent=Decimal(125), amount_mg=Decimal(22), reason="decided so")
    assert line(ruled).in_force == waits("125 %, 22 mg, from 02-Oct-2026", held)
    (told,) = [words for words in line(ruled).cautions if "NOT VERIFIED" in words]
    assert told == (
        f"Worked from the dose in force, {held}. Decided 125 %, 22 mg, from 02-Oct-2026 is "
        "NOT VERIFIED yet and is not counted."
    )
    assert line(ruled).headline.startswith("KEEP 100 %")
    assert [row.waiting for row in page(ruled).decisions] == ["VERIFIED", ""]


def test_the_chart_has_counts_and_the_rules_lines(ruled: Bench) -> None:
    shown = page(ruled)
    assert [(one.anc_per_ul, one.platelets_per_ul) for one in shown.checks] == [(1200, 150_000)]
    assert [(one.per_ul, one.words) for one in shown.anc_lines] == [
        (400, "stop at most"),
        (760, "50 % at most"),
        (900, "raise from"),
    ]
    assert [one.per_ul for one in shown.platelet_lines] == [40_000, 70_000]


def test_a_rule_with_fewer_parts_draws_fewer_lines(ruled: Bench) -> None:
    rule = ruled.ward.values.maintenance
    assert rule is not None
    bare = replace(rule, reduce=None, raising=None, check_every_days=None)
    ruled.ward.values = replace(ruled.ward.values, maintenance=bare)
    shown = page(ruled)
    assert [one.words for one in shown.anc_lines] == ["stop at most", "resume from"]
    assert [one.words for one in shown.platelet_lines] == ["stop at most", "resume from"]
    assert len(shown.rule_lines) == 5


def test_doses_that_contradict_the_start_are_said_not_hidden(ruled: Bench) -> None:
    signed(ruled, accept(ruled))
    start = maintenance_page(ruled.ward, ruled.infant)
    assert not start.blocked_by
    with ruled.ward.store.change(DOCTOR, "corrected", ruled.ward.now()) as change:
        change.void(CourseStart, 2, "wrong day")
        change.add(
            CourseStart, infant_id=ruled.infant, course_key="maintenance",
            day_1=date(2026, 10, 2), note="",
        )  # fmt: skip
    ruled.at(2026, 10, 2, 9, 0)
    assert "before day 1 of cycle 1" in page(ruled).blocked_by[0]


def test_before_maintenance_there_is_no_page(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    assert not has_begun(bench.ward, bench.infant)
    with pytest.raises(Refused, match="has not begun"):
        page(bench)


def test_a_pending_result_is_unknown_whatever_the_sample_before_said(ruled: Bench) -> None:
    signed(ruled, accept(ruled))
    ruled.at(2026, 10, 2, 9, 0)
    ruled.count(300, 150_000)
    signed(ruled, accept(ruled))
    ruled.at(2026, 10, 6, 8, 0)
    ruled.count(1200, 150_000)
    assert line(ruled).headline.startswith("RESUME at 100 %")
    ruled.at(2026, 10, 6, 9, 0)
    ruled.count(1300, None, platelets_state="pending")
    assert line(ruled).headline == "STAYS STOPPED"
    assert any("Platelets of 06-Oct-2026 pending" in words for words in page(ruled).missing)
    assert "a result is pending" in page(ruled).newest


def test_the_lowest_of_two_counts_is_never_called_one_count(ruled: Bench) -> None:
    ruled.at(2026, 10, 2, 2, 10)
    ruled.count(400, 142_000)
    ruled.at(2026, 10, 2, 6, 0)
    ruled.count(405, 141_000)
    said = "the two counts of 02-Oct-2026: ANC 400 per µL (02:10), platelets 141\u202f000 per µL (06:00)"
    assert page(ruled).newest == f"Lowest of {said}."


def test_an_infant_who_grew_since_the_decision_is_asked_for_a_new_one(ruled: Bench) -> None:
    """Doses by mouth stand for weeks: 5 % more weight is a new calculation (hazard H5)."""
    assert page(ruled).missing == ()  # nothing was decided yet
    accept(ruled)
    ruled.at(2026, 10, 3, 9, 0)
    ruled.weigh(9449)
    assert page(ruled).missing == ()
    ruled.at(2026, 10, 4, 9, 0)
    ruled.weigh(9450)
    (words,) = page(ruled).missing
    assert "Weight changed from 9 kg to 9.45 kg (+5 %)" in words and "new calculation" in words
    ruled.at(2026, 10, 5, 9, 0)
    ruled.weigh(9450)
    decide(ruled, percent=Decimal(100))
    assert page(ruled).missing == ()


# ---- verified and released, as every order


PHARMACIST, OTHER = "Pia Ruiz, pharmacist", "Nils Aas, pharmacist"


def sign_as(bench: Bench, row: int, meaning: str, who: str, *, alone: bool = False) -> None:
    sign_decision(bench.ward, row, meaning, by(bench, who), who=who, alone=alone)


def test_a_dose_more_than_twice_as_high_is_not_taken_for_a_decision(ruled: Bench) -> None:
    """450 for 45: no reason carries it; twice is the bound, of what is in force or begun with."""
    accept(ruled)
    for typed in ("450", "200.1"):
        with pytest.raises(Refused, match="more than twice 100 %"):
            decide(ruled, percent=Decimal(typed), reason="x")
    ruled.at(2026, 10, 3, 9, 0)
    ruled.weigh(9000)
    decide(ruled, percent=Decimal(200), reason="as the team decided")


def to_put_right(bench: Bench) -> list[str]:
    """What the first page says is to be put right."""
    return [item.headline for item in where_are_we(bench.ward, bench.infant).mend]


def test_a_decision_is_verified_and_released_by_others_in_this_order(ruled: Bench) -> None:
    assert steps_by_mouth() == ("prescribed", "verified", "released")
    row = accept(ruled)
    name = f"mercaptopurine from {page(ruled).decisions[0].from_on:%d-%b-%Y}"
    assert page(ruled).unsigned == (f"{name}: NOT VERIFIED yet (Decisions)",)
    assert f"not verified: {name}" in to_put_right(ruled)
    with pytest.raises(Refused, match="to be verified next"):
        sign_as(ruled, row, "released", PHARMACIST)
    with pytest.raises(Refused, match="sign “verified” is for pharmacist"):
        sign_as(ruled, row, "verified", NURSE)
    with pytest.raises(Refused, match="another person verifies"):
        sign_as(ruled, row, "verified", f"{DOCTOR}, pharmacist")
    sign_as(ruled, row, "verified", PHARMACIST)
    assert "NOT RELEASED yet" in page(ruled).unsigned[0]
    with pytest.raises(Refused, match="nobody else can now"):
        sign_as(ruled, row, "released", "P. Ruiz, pharmacist")
    sign_as(ruled, row, "released", OTHER)
    assert page(ruled).unsigned == ()
    assert not [words for words in to_put_right(ruled) if "not released" in words]
    signed = page(ruled).decisions[0].signed
    assert "prescribed" in signed and "verified" in signed and signed.endswith("Nils Aas")
    with pytest.raises(Refused, match="every step is signed"):
        sign_as(ruled, row, "released", OTHER)


def test_one_pharmacist_alone_says_so(ruled: Bench) -> None:
    row = accept(ruled)
    sign_as(ruled, row, "verified", PHARMACIST)
    sign_as(ruled, row, "released", PHARMACIST, alone=True)
    assert page(ruled).unsigned == ()


def test_a_new_decision_is_signed_anew_and_a_struck_out_one_is_not(ruled: Bench) -> None:
    row = accept(ruled)
    sign_as(ruled, row, "verified", PHARMACIST)
    strike_out_decision(ruled.ward, row, "wrong infant", by(ruled), who=DOCTOR)
    assert page(ruled).unsigned == ()
    with pytest.raises(Refused):
        sign_as(ruled, row, "released", OTHER)
    accept(ruled)
    assert "NOT VERIFIED" in page(ruled).unsigned[0]
