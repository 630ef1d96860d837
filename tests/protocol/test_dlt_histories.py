"""The DLT evaluation: every worked history, in any order of entry, under two rules."""

import random
import tomllib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bedside.commands.dlt_file import history_of_table
from bedside.places import place
from bedside.protocol.dlt import DltPeriod, dlt_period
from bedside.protocol.dlt_review import (
    Decision,
    DltReview,
    NotEvaluable,
    facts_of_decision,
    review,
)
from bedside.protocol.dlt_rule import DltRule, Frame, RulePart, judge
from bedside.protocol.dlt_rule_reader import read_dlt_rule_file
from bedside.protocol.dlt_toxicity import ToxicityHistory, facts_digest
from bedside.protocol.reader import read_protocol
from bedside.protocol.toml_table import Faults, FileTable

HERE = Path(__file__).parent
AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))
RULES = {
    "screening": read_dlt_rule_file(place("resources", "dlt") / "aall15p1.toml", AALL15P1),
    "invented": read_dlt_rule_file(HERE / "invented_dlt_rule.toml", AALL15P1),
}
CASES = tomllib.loads(
    (HERE.parent / "cases" / "dlt_histories.toml").read_text(encoding="utf-8"), parse_float=Decimal
)["case"]
OPENED = date(2026, 9, 30)
OPEN = DltPeriod("open", OPENED, None, "open")
CLOSED = DltPeriod("closed", OPENED, date(2026, 11, 20), "closed")


def found_for(case: dict[str, Any]) -> DltReview:
    told = dict(case["given"])
    rule = RULES[told.pop("rule")]
    faults = Faults(case["name"])
    history = history_of_table(FileTable(told, "", faults), faults, AALL15P1)
    return review(
        dlt_period(AALL15P1, history.facts),
        rule,
        history.toxicities,
        history.decisions,
        history.not_evaluable,
        history.on,
    )


def test_the_case_file_is_whole() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) >= 50
    assert len(set(names)) == len(names)
    assert all(case["source"].strip() for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_history(case: dict[str, Any]) -> None:
    expect, found = case["expect"], found_for(case)
    assert found.state == expect["state"]
    assert {each.toxicity.key: each.ruling.verdict for each in found.reviewed} == expect["verdicts"]
    if "due" in expect:
        assert [each.toxicity.key for each in found.due] == expect["due"]
    if "order" in expect:
        assert [each.toxicity.key for each in found.reviewed] == expect["order"]
    if "closed" in expect:
        assert found.closed == expect["closed"]
    said = {each.toxicity.key: each.words for each in found.reviewed}
    for key, words in expect.get("says", {}).items():
        assert words in said[key]


# ---- any order of entry ---------------------------------------------------------------------
spans = st.lists(st.tuples(st.integers(-20, 160), st.integers(0, 5)), max_size=5)
steps = st.sampled_from(["unrelated", "unlikely", "possible", "probable", "definite", ""])
attributed = st.dictionaries(st.sampled_from(["azacitidine", "epi-1", "cytarabine"]), steps)
one = st.tuples(
    st.sampled_from(["nausea", "alopecia", "seizure", "sepsis"]),
    st.integers(-20, 160),
    spans,
    attributed,
    st.sampled_from([True, False, None]),
    st.sampled_from(["", "epi-1", "consolidation", "di-part-1"]),
)
decided = st.tuples(
    st.integers(0, 5), st.booleans(), st.integers(0, 170), st.sampled_from(["", "now", "earlier"])
)


def toxicity(number: int, told: Any) -> ToxicityHistory:
    term, onset, grades, attributions, blood, course = told
    return ToxicityHistory(
        key=str(number),
        term=term,
        group="infections" if term == "sepsis" else "",
        haematological=blood,
        version="5.0",
        onset=OPENED + timedelta(days=onset),
        grades=tuple((OPENED + timedelta(days=onset + on), grade) for on, grade in grades),
        attributions=tuple(attributions.items()),
        course=course,
    )


def shuffled(chance: random.Random, each: ToxicityHistory) -> ToxicityHistory:
    return replace(
        each,
        grades=tuple(chance.sample(each.grades, len(each.grades))),
        attributions=tuple(chance.sample(each.attributions, len(each.attributions))),
    )


@given(
    st.lists(one, max_size=6),
    st.lists(decided, max_size=6),
    st.none() | st.integers(0, 150),
    st.booleans(),
    st.sampled_from(sorted(RULES)),
    st.integers(0, 10**6),
)
@settings(deadline=None, max_examples=250)
def test_any_order_of_entry_gives_the_same(
    told: list[Any],
    decisions: list[Any],
    closes: int | None,
    off: bool,
    rule_name: str,
    seed: int,
) -> None:
    rule = RULES[rule_name]
    closed = None if closes is None else OPENED + timedelta(days=closes)
    period = DltPeriod("open" if closed is None else "closed", OPENED, closed, "")
    today = OPENED + timedelta(days=175)
    histories = [toxicity(number, each) for number, each in enumerate(told)]
    first = review(period, rule, histories, (), None, today)
    facts = {each.toxicity.key: each.facts for each in first.reviewed}
    made = [
        Decision(
            str(number),
            "counts" if counts else "does not count",
            "Dr A, consultant",
            datetime(2026, 9, 30, 12, tzinfo=UTC) + timedelta(days=day),
            "r",
            facts.get(str(number), "x") if bound == "now" else bound,
        )
        for number, counts, day, bound in decisions
    ]
    unable = NotEvaluable("Dr A", datetime(2026, 12, 1, tzinfo=UTC), "left") if off else None
    seen = review(period, rule, histories, made, unable, today)
    chance = random.Random(seed)
    again = review(
        period,
        rule,
        [shuffled(chance, each) for each in chance.sample(histories, len(histories))],
        chance.sample(made, len(made)),
        unable,
        today,
    )
    assert (again.state, again.words, again.due != ()) == (seen.state, seen.words, seen.due != ())
    assert told_of(again) == told_of(seen)
    check_sense(seen)


def told_of(found: DltReview) -> list[object]:
    return [
        (each.toxicity.key, each.place, each.ruling, each.facts, each.decided, each.due)
        for each in found.reviewed
    ]


def check_sense(found: DltReview) -> None:
    """What holds whatever was told."""
    for each in found.reviewed:
        if each.worst is None and each.place == "in the period":
            assert each.ruling.verdict == "ask"  # without a grade nothing is ruled out
        if each.due:
            assert each.decided is None
    if found.state == "DLT":
        assert found.counted
    if found.state == "closed without DLT":
        assert found.closed is not None
        assert not found.due
        assert not found.counted


# ---- what a decision is bound to ---------------------------------------------------------------
BASE = ToxicityHistory(
    key="1",
    term="nausea",
    group="Gastrointestinal",
    haematological=False,
    version="5.0",
    onset=date(2026, 10, 31),
    grades=((date(2026, 10, 31), 3),),
    attributions=(("azacitidine", "possible"),),
    course="consolidation",
)


def decided_on(each: ToxicityHistory, rule: DltRule) -> DltReview:
    """What stands of a decision that was made on ``BASE`` under the screening rule."""
    first = RULES["screening"]
    today = date(2026, 11, 20)
    ruling = judge(first, BASE, Frame(OPENED, None, today))
    facts = facts_of_decision(BASE, first, ruling)
    made = Decision("1", "counts", "Dr A", datetime(2026, 11, 5, tzinfo=UTC), "as discussed", facts)
    return review(OPEN, rule, [each], [made], None, today)


def test_a_decision_holds_on_the_facts_it_was_made_on() -> None:
    found = decided_on(BASE, RULES["screening"])
    assert (found.state, found.due) == ("DLT", ())
    assert "DLT: nausea." in found.words


@pytest.mark.parametrize(
    "changed",
    [
        replace(BASE, grades=((date(2026, 10, 31), 4),)),
        replace(BASE, grades=(*BASE.grades, (date(2026, 11, 2), 0))),
        replace(BASE, attributions=(("azacitidine", "probable"),)),
        replace(BASE, onset=date(2026, 10, 30)),
        replace(BASE, term="vomiting"),
    ],
    ids=["grade", "later grade", "attribution", "onset", "term"],
)
def test_a_correction_opens_the_question_again(changed: ToxicityHistory) -> None:
    found = decided_on(changed, RULES["screening"])
    assert found.state == "open"
    assert [(each.stale, each.due, each.decided) for each in found.reviewed] == [(True, True, None)]
    assert found.reviewed[0].decisions[0].verdict == "counts"  # still there to be read
    assert "One decision is due." in found.words


@pytest.mark.parametrize("day", [5, 6, 20], ids=["of that very day", "next day", "later"])
@pytest.mark.parametrize("grade", [0, 2, 3], ids=["gone", "milder", "the same"])
def test_an_infant_who_gets_better_after_the_decision_has_the_dlt_all_the_same(
    day: int, grade: int
) -> None:
    """Else each round that says better would take a DLT out of the cohort and its stopping rule."""
    found = decided_on(
        replace(BASE, grades=(*BASE.grades, (date(2026, 11, day), grade))), RULES["screening"]
    )
    assert (found.state, found.due, found.reviewed[0].stale) == ("DLT", (), False)


@pytest.mark.parametrize(
    "later",
    [((6, 4),), ((6, 2), (9, 4)), ((4, 2),), ((6, 2), (4, 2))],
    ids=["worse", "better, then worse", "of a day before", "late entry of a day before"],
)
def test_worse_later_or_another_grade_before_asks_again(later: tuple[tuple[int, int], ...]) -> None:
    grades = (*BASE.grades, *((date(2026, 11, day), grade) for day, grade in later))
    found = decided_on(replace(BASE, grades=grades), RULES["screening"])
    assert (found.state, found.reviewed[0].stale) == ("open", True)


def test_an_end_that_changes_what_the_rule_says_asks_again() -> None:
    """Grade 4 of the blood counts from 10 days on: its end after 5 takes the rule's verdict back."""
    blood = replace(
        BASE,
        term="platelet-count-decreased",
        haematological=True,
        grades=((date(2026, 10, 31), 4),),
    )
    rule = RULES["invented"]
    frame = Frame(date(2026, 9, 30), None, date(2026, 11, 20))
    ruling = judge(rule, blood, frame)
    assert ruling.verdict == "counts"
    facts = facts_of_decision(blood, rule, ruling)
    made = Decision("1", "counts", "Dr A", datetime(2026, 11, 15, tzinfo=UTC), "r", facts)
    for over, state in ((date(2026, 11, 16), "DLT"), (date(2026, 11, 5), "open")):
        ended = replace(blood, grades=(*blood.grades, (over, 0)))
        found = review(OPEN, rule, [ended], [made], None, date(2026, 11, 20))
        assert found.state == state


def test_another_rule_opens_the_question_again() -> None:
    found = decided_on(BASE, RULES["invented"])
    assert (found.state, found.reviewed[0].stale) == ("open", True)


def test_a_decision_on_what_was_struck_out_since_is_kept_apart() -> None:
    made = Decision("9", "counts", "Dr A", datetime(2026, 11, 5, tzinfo=UTC), "r")
    found = review(OPEN, RULES["screening"], [], [made], None, date(2026, 11, 20))
    assert (found.state, found.orphans) == ("open", (made,))


def test_a_closed_period_stays_open_while_a_decision_that_counted_is_not_settled() -> None:
    """Closed without DLT would be said of an infant with a physician's standing DLT."""
    made = Decision("9", "counts", "Dr A", datetime(2026, 11, 5, tzinfo=UTC), "r")
    found = review(CLOSED, RULES["screening"], [], [made], None, date(2026, 11, 30))
    assert found.state == "open" and "takes it back or decides anew" in found.words
    other = replace(made, verdict="does not count")
    found = review(CLOSED, RULES["screening"], [], [other], None, date(2026, 11, 30))
    assert found.state == "closed without DLT" and "not in the log" not in found.words


def test_words_say_what_is_due_and_by_which_rule() -> None:
    two = [BASE, replace(BASE, key="2")]
    found = review(OPEN, RULES["screening"], two, [], None, date(2026, 11, 20))
    assert "2 decisions are due." in found.words
    assert "screening rule only" in found.words
    by_site = review(OPEN, RULES["invented"], [], [], None, date(2026, 11, 20))
    assert "screening" not in by_site.words


def test_dlt_and_not_evaluable_together_are_said() -> None:
    off = NotEvaluable("Dr A", datetime(2026, 11, 6, tzinfo=UTC), "left.")
    made = Decision("1", "counts", "Dr A", datetime(2026, 11, 5, tzinfo=UTC), "r")
    found = review(OPEN, RULES["screening"], [BASE], [made], off, date(2026, 11, 20))
    assert "settle which holds" in found.words
    alone = review(OPEN, RULES["screening"], [], [], off, date(2026, 11, 20))
    assert alone.words.startswith("Not evaluable: left. ")


def test_a_day_before_the_period_is_read_as_its_first() -> None:
    found = review(OPEN, RULES["screening"], [], [], None, date(2026, 9, 1))
    assert found.state == "open"


def test_what_begins_after_today_lies_outside() -> None:
    later = replace(BASE, onset=date(2026, 12, 1), grades=((date(2026, 12, 1), 3),))
    found = review(OPEN, RULES["screening"], [later], [], None, date(2026, 11, 20))
    assert found.reviewed[0].words == "does not count: began after today"


# ---- single conditions ---------------------------------------------------------------------
def one_part(part: RulePart, each: ToxicityHistory = BASE) -> tuple[str, str]:
    rule = replace(RULES["invented"], parts=(part,))
    ruling = judge(rule, each, Frame(OPENED, None, date(2026, 11, 20)))
    return ruling.verdict, ruling.words


def test_conditions_that_are_not_known() -> None:
    part = RulePart(key="p", verdict="counts", groups=("Skin",), courses=("epi-1",))
    bare = replace(BASE, group="", course="")
    verdict, words = one_part(part, bare)
    assert verdict == "ask"
    assert words == "not known: its system organ class, the course in which it began"


def test_a_part_without_conditions_fits_all() -> None:
    assert one_part(RulePart(key="p", verdict="does not count")) == (
        "does not count",
        "every toxicity",
    )


def test_unknown_but_without_consequence() -> None:
    part = RulePart(key="p", verdict="ask", groups=("Skin",))
    assert one_part(part, replace(BASE, group="")) == ("ask", "no part of the rule fits")


def test_names_are_read_from_the_key_where_there_is_none() -> None:
    assert BASE.words == "nausea"
    assert replace(BASE, term="mucositis-oral").words == "mucositis oral"
    assert replace(BASE, name="Nausea").words == "Nausea"


def test_digest_forgets_the_order() -> None:
    two = replace(BASE, grades=((date(2026, 11, 2), 1), (date(2026, 10, 31), 3)))
    other = replace(BASE, grades=((date(2026, 10, 31), 3), (date(2026, 11, 2), 1)))
    assert facts_digest(two) == facts_digest(other) != facts_digest(BASE)


@pytest.mark.parametrize(
    ("part", "verdict", "words"),
    [
        ({"most_grade": 2}, "ask", "its grade (at least 2)"),
        ({"most_grade": 1}, "does not count", "above grade 1"),
        ({"least_grade": 2, "longer_than_days": 90}, "ask", "its grade over time"),
        ({"least_grade": 2, "longer_than_days": 5}, "counts", "grade 2 or more for"),
    ],
)
def test_a_grade_that_may_be_higher_is_asked_where_it_matters(part, verdict, words) -> None:
    """At least grade 2 from 05-Oct to 20-Nov-2026: unknown never passes and never fails a rule."""
    rule = replace(
        RULES["screening"],
        parts=(RulePart(key="p", verdict="counts", **part),),
        otherwise="does not count",
    )
    open_above = ToxicityHistory(
        "a", "nausea", "Gut", False, "5.0", date(2026, 10, 5),
        grades=((date(2026, 10, 5), 2),), at_least=True,
    )  # fmt: skip
    ruling = judge(rule, open_above, Frame(OPENED, None, date(2026, 11, 20)))
    assert ruling.verdict == verdict and words in ruling.words
    sure = replace(open_above, at_least=False)
    assert facts_digest(sure) != facts_digest(open_above)
