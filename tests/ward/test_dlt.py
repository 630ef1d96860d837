"""The DLT evaluation on a real ward: log, decisions that stay, corrections that ask again, the rule."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bedside.store.dlt_records import DltDecision
from bedside.store.queries import of_infant
from bedside.store.records import Toxicity
from bedside.units.refusal import Refused
from bedside.ward.dlt import day_by_day, evaluation_of
from bedside.ward.dlt_deciding import (
    decide,
    record_not_evaluable,
    take_back_decision,
    take_back_not_evaluable,
)
from bedside.ward.dlt_page import dlt_page
from bedside.ward.dlt_rules import (
    load_rule,
    offered_rule,
    rule_in_force,
    withdraw_rule,
)
from bedside.ward.facts import facts_of
from bedside.ward.forms import Judgement, NewToxicity
from bedside.ward.infants import banner
from bedside.ward.people import sign_in
from bedside.ward.people_acts import add_person, change_roles
from bedside.ward.timeline import timeline
from bedside.ward.toxicities import (
    correct_grade,
    judge_toxicity,
    log_of,
    record_toxicity,
    regrade,
    resolve,
    void_toxicity,
)
from bedside.ward.views.dlt import DltToxicity
from bedside.ward.views.toxicity import Attributed
from tests.ward.commissioned import commission
from tests.ward.peopled import KELLER, cheap, new, peopled, second_of
from tests.ward.peopled import enter as sign
from tests.ward.wards import DOCTOR, NURSE, Bench

INVENTED = Path(__file__).resolve().parents[1] / "protocol" / "invented_dlt_rule.toml"
CONSULTANT = "Dr Ines Halvorsen, consultant"
AZA = Judgement(causes=(Attributed("drug", "azacitidine", "possible"),))


@pytest.fixture
def ward(bench: Bench) -> Bench:
    """EPI #1 opened on 07-Oct-2026; it is 20-Oct-2026."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    return bench


def enter(bench: Bench, grade: int = 3, term: str = "Mucositis oral", **more: object) -> int:
    onset = more.pop("onset", date(2026, 10, 18))
    judged = more.pop("judged", AZA)
    toxicity = NewToxicity(term, grade, onset, "", "", judged=judged, **more)
    return record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)


def row(bench: Bench, toxicity_id: int) -> DltToxicity:
    page = dlt_page(bench.ward, bench.infant)
    return next(each for each in page.rows if each.toxicity_id == toxicity_id)


def decided(bench: Bench, toxicity_id: int, verdict: str = "does not count") -> int:
    return decide(
        bench.ward,
        bench.infant,
        toxicity_id,
        verdict,
        physician=CONSULTANT,
        reason="as discussed",
        facts=row(bench, toxicity_id).facts,
        who=DOCTOR,
    )


def test_the_page_asks_and_says_by_which_rule(ward: Bench) -> None:
    toxicity = enter(ward)
    page = dlt_page(ward.ward, ward.infant)
    assert (page.state, page.headline) == ("open", "DLT period open, day 14.")
    assert page.due_words == "One decision is due."
    assert page.screening
    assert "own definition is not public" in page.rule_title
    (shown,) = page.rows
    assert (shown.toxicity_id, shown.verdict, shown.due) == (toxicity, "ask", True)
    assert "azaCITIDine possible" in shown.rule_words
    assert shown.spans == ((date(2026, 10, 18), None, 3),)
    assert page.courses[0].title == "EPI #1"


def test_neutrophils_do_not_count_and_febrile_neutropenia_asks(ward: Bench) -> None:
    blood = enter(ward, 4, "Neutrophil count decreased")
    fever = enter(ward, 3, "Febrile neutropenia")
    own = enter(ward, 3, "something without a name", own_words=True)
    assert row(ward, blood).verdict == "does not count"
    assert row(ward, fever).verdict == "ask"
    assert "whether it is haematological" in row(ward, own).rule_words


def test_not_assessed_asks(ward: Bench) -> None:
    toxicity = enter(ward, judged=Judgement())
    assert row(ward, toxicity).rule_words == "not known: its attribution"
    assert row(ward, toxicity).attribution == "not assessed"


def test_a_physician_decides_and_the_banner_and_timeline_say_it(ward: Bench) -> None:
    toxicity = enter(ward)
    assert "decision due" in banner(ward.ward, ward.infant).dlt.details[0]
    decided(ward, toxicity, "counts")
    page = dlt_page(ward.ward, ward.infant)
    assert (page.state, page.headline, page.due_words) == ("DLT", "DLT: Mucositis oral.", "")
    line = page.rows[0].decisions[0]
    assert (line.physician, line.recorded_by, line.holds) == (CONSULTANT, DOCTOR, True)
    assert line.proposal.startswith("ask: ")
    assert line.rule == "Screening rule, 1"
    told = banner(ward.ward, ward.infant).dlt
    assert (told.state, told.details[0]) == ("DLT", "Mucositis oral")
    assert timeline(ward.ward, ward.infant).dlt.state == "DLT"


def test_a_second_decision_stands_beside_the_first(ward: Bench) -> None:
    toxicity = enter(ward)
    decided(ward, toxicity, "counts")
    ward.at(2026, 10, 20, 9, 0)
    second = decided(ward, toxicity)
    lines = row(ward, toxicity).decisions
    assert [(each.verdict, each.holds) for each in lines] == [
        ("does not count", True),
        ("counts", False),
    ]
    take_back_decision(ward.ward, second, "mistaken row", who=DOCTOR)
    lines = row(ward, toxicity).decisions
    assert [(each.struck_out, each.holds) for each in lines] == [
        ("mistaken row", False),
        ("", True),
    ]
    with ward.ward.store.reading() as connection:
        assert len(of_infant(connection, DltDecision, ward.infant, include_void=True)) == 2


@pytest.mark.parametrize("change", ["grade", "attribution", "resolved"])
def test_what_changes_a_toxicity_asks_again(ward: Bench, change: str) -> None:
    toxicity = enter(ward)
    decided(ward, toxicity)
    assert not row(ward, toxicity).due
    if change == "grade":
        (logged,) = log_of(ward.ward, ward.infant)
        correct_grade(ward.ward, toxicity, logged.steps[0].grade_id, 4, "slip", who=NURSE)
    elif change == "attribution":
        judged = Judgement(causes=(Attributed("drug", "azacitidine", "probable"),))
        judge_toxicity(ward.ward, toxicity, judged, who=NURSE)
    else:
        resolve(ward.ward, toxicity, date(2026, 10, 19), who=NURSE)  # told late: it was over
    shown = row(ward, toxicity)
    assert (shown.stale, shown.due, shown.decided) == (True, True, None)
    assert shown.decisions[0].verdict == "does not count"


def test_an_infant_who_gets_better_keeps_the_dlt_and_a_worse_grade_asks_again(ward: Bench) -> None:
    toxicity = enter(ward)
    decided(ward, toxicity, "counts")
    regrade(ward.ward, toxicity, 2, date(2026, 10, 20), who=NURSE)
    assert dlt_page(ward.ward, ward.infant).state == "DLT"
    ward.at(2026, 10, 22, 8, 0)
    resolve(ward.ward, toxicity, date(2026, 10, 22), who=NURSE)
    assert (dlt_page(ward.ward, ward.infant).state, row(ward, toxicity).due) == ("DLT", False)
    other = enter(ward, 3, "Vomiting")
    decided(ward, other)
    ward.at(2026, 10, 24, 8, 0)
    regrade(ward.ward, other, 4, date(2026, 10, 23), who=NURSE)
    assert row(ward, other).due


def test_a_toxicity_that_was_decided_on_is_struck_out_only_after_its_decision(ward: Bench) -> None:
    """Whoever corrects the log must not undo a physician's DLT, and the cohort's rate, by the way."""
    toxicity = enter(ward)
    decision = decided(ward, toxicity, "counts")
    with pytest.raises(Refused, match="a physician takes that decision back first") as caught:
        void_toxicity(ward.ward, toxicity, "wrong infant", who=NURSE)
    assert CONSULTANT in str(caught.value) and "Nothing was struck out" in str(caught.value)
    assert dlt_page(ward.ward, ward.infant).state == "DLT"
    take_back_decision(ward.ward, decision, "another infant's", who=DOCTOR)
    void_toxicity(ward.ward, toxicity, "wrong infant", who=NURSE)
    page = dlt_page(ward.ward, ward.infant)
    assert (page.state, page.rows) == ("open", ())
    (kept,) = page.gone
    assert (kept.verdict, kept.struck_out) == ("counts", "another infant's")


def test_a_decision_whose_toxicity_went_with_its_result_stays_to_be_settled(ward: Bench) -> None:
    toxicity = enter(ward)
    decision = decided(ward, toxicity, "counts")
    with ward.ward.store.change(NURSE, "corrected a result", ward.ward.now()) as change:
        change.void(Toxicity, toxicity, "its result was corrected")
    page = dlt_page(ward.ward, ward.infant)
    (kept,) = page.gone
    assert (page.state, kept.verdict, kept.struck_out) == ("open", "counts", "")
    assert kept.gone and "not in the log any more" in page.words
    take_back_decision(ward.ward, decision, "no toxicity", who=DOCTOR)
    assert "not in the log" not in dlt_page(ward.ward, ward.infant).words


def test_refused_decisions(ward: Bench) -> None:
    toxicity = enter(ward)
    before = enter(ward, 2, "Vomiting", onset=date(2026, 9, 20))
    resolve(ward.ward, before, date(2026, 9, 22), who=NURSE)

    def ask(toxicity_id: int = toxicity, verdict: str = "counts", **texts: str) -> str:
        told = {"physician": CONSULTANT, "reason": "r", "facts": row(ward, toxicity).facts} | texts
        with pytest.raises(Refused) as caught:
            decide(ward.ward, ward.infant, toxicity_id, verdict, who=DOCTOR, **told)
        return " ".join(caught.value.reasons)

    assert "Which physician" in ask(physician=" ")
    assert "needs its reason" in ask(reason=" ")
    assert "too long" in ask(reason="x" * 401)
    assert "Choose" in ask(verdict="perhaps")
    assert "has changed since it was shown" in ask(facts="0" * 64)
    assert "before the period" in ask(before, facts=row(ward, before).facts)
    assert "struck out" in ask(999)
    with pytest.raises(Refused, match="needs its reason"):
        take_back_decision(ward.ward, decided(ward, toxicity), " ", who=DOCTOR)


def test_not_evaluable_needs_its_reason_and_can_be_taken_back(ward: Bench) -> None:
    off = {"physician": CONSULTANT, "who": DOCTOR}
    with pytest.raises(Refused, match="needs its reason"):
        record_not_evaluable(ward.ward, ward.infant, reason="", **off)
    record_not_evaluable(ward.ward, ward.infant, reason="left the trial", **off)
    page = dlt_page(ward.ward, ward.infant)
    assert page.state == "not evaluable"
    assert page.not_evaluable is not None
    assert page.not_evaluable.reason == "left the trial"
    assert banner(ward.ward, ward.infant).dlt.details[0] == "left the trial"
    with pytest.raises(Refused, match="recorded already"):
        record_not_evaluable(ward.ward, ward.infant, reason="again", **off)
    with pytest.raises(Refused, match="say what changed"):
        take_back_not_evaluable(ward.ward, ward.infant, " ", who=DOCTOR)
    take_back_not_evaluable(ward.ward, ward.infant, "stayed", who=DOCTOR)
    assert dlt_page(ward.ward, ward.infant).state == "open"
    with pytest.raises(Refused, match="is not recorded"):
        take_back_not_evaluable(ward.ward, ward.infant, "again", who=DOCTOR)


def test_before_the_period_and_without_one_nothing_is_decided(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 8, 0)
    assert dlt_page(bench.ward, bench.infant).headline == "DLT period not started."
    with pytest.raises(Refused, match="has not begun"):
        record_not_evaluable(bench.ward, bench.infant, physician="A", reason="r", who=DOCTOR)
    other = bench.enrol(
        study_number="2",
        protocol_key="interfant06",
        hospital_number="T 2",
        bed="2",
        elsewhere="open then",
    )
    assert evaluation_of(bench.ward, facts_of(bench.ward, other)) is None
    with pytest.raises(Refused, match="has no DLT period"):
        dlt_page(bench.ward, other)
    with pytest.raises(Refused, match="has no DLT period"):
        record_not_evaluable(bench.ward, other, physician="A", reason="r", who=DOCTOR)
    assert banner(bench.ward, other).dlt.state == "not in this protocol"


# ---- the rule in force -----------------------------------------------------------------------
def test_the_sites_own_rule_is_the_one_that_is_used(ward: Bench) -> None:
    protocol = facts_of(ward.ward, ward.infant).protocol
    toxicity = enter(ward, 4)
    decided(ward, toxicity)
    load_rule(ward.ward, protocol, INVENTED, who="Ines Halvorsen, consultant")
    page = dlt_page(ward.ward, ward.infant)
    assert page.rule_title == (
        "Invented definition, invented 1, confirmed by Ines Halvorsen, consultant and Petra Marek, "
        "pharmacist on 01-Oct-2026"
    )
    assert not page.screening
    assert (page.rows[0].verdict, page.rows[0].stale) == ("counts", True)
    load_rule(ward.ward, protocol, INVENTED, who="Petra Marek, pharmacist")
    withdraw_rule(ward.ward, protocol, "new edition", who=DOCTOR)
    assert dlt_page(ward.ward, ward.infant).screening
    assert not row(ward, toxicity).stale  # the very facts and rule it was decided on
    with pytest.raises(Refused, match="No rule of the site's own"):
        withdraw_rule(ward.ward, protocol, "again", who=DOCTOR)
    with pytest.raises(Refused, match="Say why"):
        withdraw_rule(ward.ward, protocol, " ", who=DOCTOR)


def test_who_may_put_a_rule_in_force(ward: Bench, tmp_path: Path) -> None:
    protocol = facts_of(ward.ward, ward.infant).protocol
    text = INVENTED.read_text(encoding="utf-8")
    file = tmp_path / "rule.toml"
    with pytest.raises(Refused, match="neither of the two"):
        load_rule(ward.ward, protocol, INVENTED, who=NURSE)
    file.write_text(text.replace("Petra Marek, pharmacist", "INES HALVORSEN, RN"))
    with pytest.raises(Refused, match="Two different people confirm"):
        load_rule(ward.ward, protocol, file, who="Ines Halvorsen")
    file.write_text(text.replace('otherwise = "ask"', 'otherwise = "ask"\ndemonstration = true'))
    with pytest.raises(Refused, match="not for treatment"):
        load_rule(ward.ward, protocol, file, who="Ines Halvorsen")
    shipped = Path(__file__).resolve().parents[2] / "resources" / "dlt" / "aall15p1.toml"
    with pytest.raises(Refused, match="confirmed by nobody"):
        load_rule(ward.ward, protocol, shipped, who=DOCTOR)


def test_with_people_both_who_checked_a_rule_show_that_it_is_they(ward: Bench) -> None:
    protocol = facts_of(ward.ward, ward.infant).protocol
    named = {"Ines Halvorsen": "physician", "Petra Marek": "pharmacist", "Tom Okafor": "nurse"}
    with cheap():
        ids = peopled(ward.ward)
        who = sign(ward.ward, KELLER)
        ids |= {
            one: add_person(ward.ward, new(one, named[one]), who=who, second=second_of(ward.ward))
            for one in named
        }
    secret = {one: new(one, named[one]).passphrase for one in named}
    sign_in(ward.ward, ids["Ines Halvorsen"], secret["Ines Halvorsen"], ward.ward.now())
    ines = ward.ward.signed_in.who
    offered = offered_rule(ward.ward, protocol, INVENTED, who=ines)
    assert offered.other_than(ines) == "Petra Marek, pharmacist"
    refused = {
        "Petra Marek, pharmacist confirms": None,
        "not Tom Okafor": (ids["Tom Okafor"], secret["Tom Okafor"]),
        "not the passphrase": (ids["Petra Marek"], "other words than hers"),
    }
    for says, second in refused.items():
        with pytest.raises(Refused, match=says):
            load_rule(ward.ward, protocol, INVENTED, who=ines, second=second)
    ward.clock.now += timedelta(minutes=1)
    petra = (ids["Petra Marek"], secret["Petra Marek"])
    load_rule(ward.ward, protocol, INVENTED, who=ines, second=petra)
    assert rule_in_force(ward.ward, protocol).recorded_by == ines
    change_roles(
        ward.ward,
        ids["Petra Marek"],
        ("nurse",),
        who=sign(ward.ward, KELLER),
        second=second_of(ward.ward),
    )
    sign_in(ward.ward, ids["Ines Halvorsen"], secret["Ines Halvorsen"], ward.ward.now())
    with pytest.raises(Refused, match="to enter the DLT rule"):
        load_rule(ward.ward, protocol, INVENTED, who=ines, second=petra)


def test_commissioned_numbers_are_used_and_never_contradicted(ward: Bench) -> None:
    protocol = facts_of(ward.ward, ward.infant).protocol
    assert rule_in_force(ward.ward, protocol).stopping is None
    commission(ward.ward, "aall15p1", "dlt")
    held = rule_in_force(ward.ward, protocol)
    assert held.rule.parts[0].least_grade == 3
    assert held.stopping is not None
    assert (held.stopping.infants, str(held.stopping.acceptable)) == (44, "7/100")
    with pytest.raises(Refused, match="44 infants: settle which holds"):
        load_rule(ward.ward, protocol, INVENTED, who="Ines Halvorsen")


def test_numbers_and_file_that_part_later_are_said_and_no_boundary_is_drawn(ward: Bench) -> None:
    protocol = facts_of(ward.ward, ward.infant).protocol
    load_rule(ward.ward, protocol, INVENTED, who="Ines Halvorsen")
    assert rule_in_force(ward.ward, protocol).stopping is not None
    commission(ward.ward, "aall15p1", "dlt")
    held = rule_in_force(ward.ward, protocol)
    assert held.stopping is None
    assert len(held.troubles) == 3
    assert dlt_page(ward.ward, ward.infant).troubles == held.troubles


def test_a_days_worst_grade_and_what_it_was_left_at() -> None:
    first, second = date(2026, 10, 18), date(2026, 10, 19)
    assert day_by_day([(first, 3), (first, 0)]) == ((first, 3), (second, 0))
    assert day_by_day([(first, 2), (first, 3)]) == ((first, 3),)
    assert day_by_day([(first, 3), (first, 1), (second, 2)]) == ((first, 3), (second, 2))
