"""What the round says of the DLT period beside each line: in words, from the log, in the moment it is read."""

from datetime import date

import pytest

from bedside.units.refusal import Refused
from bedside.ward import round_dlt
from bedside.ward.dlt_page import dlt_page
from bedside.ward.forms import Judgement
from bedside.ward.toxicities import regrade
from bedside.ward.toxicity_round import round_of
from bedside.ward.views.round import RoundDlt, RoundView
from bedside.ward.views.toxicity import Attributed
from tests.ward.test_dlt import CONSULTANT, decided, enter
from tests.ward.wards import NURSE, Bench

BOTH = Judgement(
    causes=(
        Attributed("drug", "azacitidine", "possible"),
        Attributed("drug", "cytarabine", "unlikely"),
    )
)


@pytest.fixture
def ward(bench: Bench) -> Bench:
    """EPI #1 opened on 07-Oct-2026; it is 20-Oct-2026."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    return bench


def read(bench: Bench) -> RoundView:
    return round_of(bench.ward, bench.infant)


def said(bench: Bench, toxicity: int) -> RoundDlt:
    items = {one.toxicity.toxicity_id: one for one in read(bench).items}
    return items[toxicity].dlt


def test_each_open_one_says_whether_it_counts_and_by_which_rule(ward: Bench) -> None:
    severe = enter(ward, judged=BOTH)
    mild = enter(ward, 2, "Nausea")
    unjudged = enter(ward, 3, "Vomiting", judged=Judgement())
    assert read(ward).dlt_rule == "screening rule"
    # the attribution stands beside it in the row already; the whole is there all the same
    told = said(ward, severe)
    assert (told.verdict, told.words) == ("ask", "ask: not haematological, grade 3")
    assert "azaCITIDine possible" in told.whole
    assert (said(ward, mild).verdict, said(ward, mild).words) == (
        "does not count",
        "does not count: below grade 3",
    )
    assert said(ward, unjudged).words == "ask: not known: its attribution"


def test_what_was_decided_is_said_and_what_changed_since_asks_again(ward: Bench) -> None:
    toxicity = enter(ward)
    decided(ward, toxicity, "counts")
    told = said(ward, toxicity)
    assert (told.verdict, told.words) == ("counts", "counts: decided")
    assert CONSULTANT in told.whole and "20-Oct-2026: as discussed" in told.whole
    ward.at(2026, 10, 20, 9, 0)
    decided(ward, toxicity)
    assert said(ward, toxicity).words == "does not count: decided"
    ward.at(2026, 10, 21, 9, 0)
    regrade(ward.ward, toxicity, 4, date(2026, 10, 21), who=NURSE)
    told = said(ward, toxicity)
    assert (told.verdict, told.words) == (
        "ask",
        "ask: it changed after the decision: decide again",
    )
    shown = dlt_page(ward.ward, ward.infant).rows[0]
    assert shown.due and shown.verdict == "ask"


def test_what_was_over_before_the_period_does_not_count(ward: Bench) -> None:
    before = enter(ward, 3, "Nausea", onset=date(2026, 9, 20))
    assert said(ward, before).verdict == "ask"  # it is open still: it reaches into the period
    later = enter(ward, 3, "Pain", onset=date(2026, 10, 19))
    assert said(ward, later).words.startswith("ask: ")


def test_a_proposal_is_judged_as_it_will_stand(ward: Bench) -> None:
    ward.count(620, 41_000)
    view = read(ward)
    said_of = view.proposed_dlt["neutrophil-count-decreased"]
    assert (said_of.verdict, said_of.words) == ("does not count", "does not count: haematological")
    assert set(view.proposed_dlt) == {one.term_key for one in view.proposals if one.grade}


def test_before_the_period_nothing_is_judged(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 2, 8, 0)
    toxicity = enter(bench, onset=date(2026, 10, 1), judged=Judgement())
    assert said(bench, toxicity) == RoundDlt(
        None, "period not begun", "The DLT period has not begun."
    )


def test_a_rule_that_cannot_be_read_gives_no_verdict(
    ward: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    toxicity = enter(ward)

    def broken(*_: object, **__: object) -> None:
        raise Refused("The rule file is broken.")

    monkeypatch.setattr(round_dlt, "evaluation_of", broken)
    told = said(ward, toxicity)
    assert (told.verdict, told.words) == (None, "not known: see the page DLT")
    assert told.whole == "The rule file is broken."
