"""A result corrected after a decision: the decision stands, and is due again at once (by hand)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bedside.places import place
from bedside.protocol.dlt import DltPeriod
from bedside.protocol.dlt_review import Decision, DltReview, review
from bedside.protocol.dlt_rule_reader import read_dlt_rule_file
from bedside.protocol.dlt_toxicity import ToxicityHistory
from bedside.protocol.reader import read_protocol

AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))
RULE = read_dlt_rule_file(place("resources", "dlt") / "aall15p1.toml", AALL15P1)
CLOSED = DltPeriod("closed", date(2026, 9, 30), date(2026, 11, 20), "closed")
DECIDED = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
KEY = "toxicity:1"
ALT = ToxicityHistory(
    key=KEY,
    term="alanine-aminotransferase-increased",
    group="Investigations",
    haematological=False,
    version="5.0",
    onset=date(2026, 10, 19),
    grades=((date(2026, 10, 19), 4),),
    attributions=(),
    course="epi-1",
    name="Alanine aminotransferase increased",
)


def reviewed(verdict: str | None, corrected: dict[str, datetime]) -> DltReview:
    made = [] if verdict is None else [Decision(KEY, verdict, "Dr A, consultant", DECIDED, "seen")]
    return review(CLOSED, RULE, [ALT], made, None, date(2026, 11, 21), corrected)


@pytest.mark.parametrize(
    ("verdict", "state"), [("counts", "DLT"), ("does not count", "open")]
)  # a no that rests on a corrected result does not close the evaluation
def test_a_correction_after_the_decision_makes_it_due_and_undoes_nothing(verdict: str, state: str):
    found = reviewed(verdict, {KEY: DECIDED + timedelta(hours=2)})
    (row,) = found.due
    assert (row.shaken, row.stale, found.state) == (True, False, state)
    assert row.decided is not None and row.decided.verdict == verdict
    assert "One decision is due." in found.words


def test_a_correction_before_the_decision_or_of_another_toxicity_asks_nothing():
    for corrected in ({KEY: DECIDED - timedelta(hours=2)}, {"toxicity:2": DECIDED}):
        assert reviewed("counts", corrected).due == ()


def test_where_nothing_is_decided_the_rule_asks_as_ever():
    (row,) = reviewed(None, {KEY: DECIDED}).due
    assert not row.shaken
