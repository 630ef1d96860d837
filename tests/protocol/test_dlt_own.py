"""The DLT rule with a site's own numbers: named as the site's once it is whole, and never before."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bedside.places import place
from bedside.protocol.dlt import DltPeriod
from bedside.protocol.dlt_own import TypedNumber, own_dlt, stopping_of, with_commissioned
from bedside.protocol.dlt_review import review
from bedside.protocol.dlt_rule import DltRule, RulePart
from bedside.protocol.dlt_rule_reader import read_dlt_rule_file
from bedside.protocol.dlt_words import rule_in_words, title_in_words
from bedside.protocol.reader import read_protocol
from bedside.protocol.typed_kinds import read_kind

AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))
INTERFANT = read_protocol(place("resources", "protocols", "interfant06.toml"))
SHIPPED = read_dlt_rule_file(place("resources", "dlt") / "aall15p1.toml", AALL15P1)
WHOLE = {
    "dlt/opens": "epi-1",
    "dlt/closes": "epi-4",
    "dlt/grade": "4 grade",
    "dlt/infants": "44 infants",
    "dlt/acceptable": "7 %",
    "dlt/chance": "7 %",
}
ONLY = "Screening rule only: AALL15P1's own definition is not public"


def typed(text: str, first: str = "Keller", minute: int = 12) -> TypedNumber:
    return TypedNumber(text, first, "Okonjo", datetime(2026, 11, 19, 10, minute, tzinfo=UTC))


def rule(numbers: dict[str, str]) -> DltRule:
    rows = [(key, typed(text)) for key, text in numbers.items()]
    return with_commissioned(SHIPPED, own_dlt(AALL15P1, [*rows, ("epi-1/length", typed("5 days"))]))


def test_a_whole_rule_is_the_sites_and_says_by_whom_and_when() -> None:
    held = rule(WHOLE)
    assert (held.kind, held.edition, held.lowest_grade) == ("commissioned", "6 of 6 numbers", 4)
    assert title_in_words(held, AALL15P1.title) == (
        "The site's DLT rule, 6 of 6 numbers commissioned by two people: Keller and Okonjo, "
        "19-Nov-2026 10:12"
    )
    lines = rule_in_words(held)
    assert lines[0] == "1. Ask: not haematological, grade 4 or more, at least possible."
    assert "Bedside's own sorting" in lines[2]
    assert held.digest != SHIPPED.digest


def test_two_pairs_of_people_are_both_named_newest_first() -> None:
    rows = [(key, typed(text)) for key, text in WHOLE.items()]
    rows[3] = ("dlt/infants", typed("30 infants", "Marek", 30))
    held = with_commissioned(SHIPPED, own_dlt(AALL15P1, rows))
    assert held.own == "Marek and Okonjo, 19-Nov-2026 10:30; Keller and Okonjo, 19-Nov-2026 10:12"


@pytest.mark.parametrize(
    ("left", "grade"), [({"dlt/grade": "4 grade"}, 4), ({"dlt/chance": "7 %"}, 3)]
)
def test_a_part_of_it_stays_the_screening_rule_and_says_how_far(
    left: dict[str, str], grade: int
) -> None:
    held = rule(left)
    assert (held.kind, held.lowest_grade, held.stopping) == ("screening", grade, None)
    assert title_in_words(held, AALL15P1.title) == (
        f"{ONLY}. 1 of 6 numbers of the site's DLT rule are commissioned (Keller and Okonjo, "
        "19-Nov-2026 10:12)"
    )


def test_none_of_it_and_no_period_at_all() -> None:
    assert title_in_words(rule({}), AALL15P1.title) == ONLY
    assert own_dlt(INTERFANT, [("dlt/grade", typed("4 grade"))]).typed == {}
    assert not own_dlt(INTERFANT, ()).complete


def test_a_copy_that_states_no_grade_leaves_the_screening() -> None:
    held = rule(WHOLE | {"dlt/grade": "not stated"})
    assert (held.kind, held.lowest_grade) == ("screening", 3)
    assert held.stopping is not None


@pytest.mark.parametrize(
    ("numbers", "known"),
    [
        ({"infants": "44 infants", "acceptable": "7 %", "chance": "7 %"}, True),
        ({"infants": "44 infants", "acceptable": "100 %", "chance": "7 %"}, False),
        ({"infants": "121 infants", "acceptable": "7 %", "chance": "7 %"}, False),
    ],
)
def test_a_boundary_only_from_numbers_that_make_one(numbers: dict[str, str], known: bool) -> None:
    assert (stopping_of(numbers) is not None) == known


def test_the_lowest_grade_that_is_asked_about() -> None:
    invented = read_dlt_rule_file(Path(__file__).parent / "invented_dlt_rule.toml", AALL15P1)
    assert invented.lowest_grade == 3
    every = RulePart(key="p", verdict="ask")
    of_five = RulePart(key="q", verdict="counts", least_grade=5)
    made = DltRule(
        protocol="aall15p1", edition="1", title="t", kind="definition", parts=(every, of_five),
        otherwise="ask", sources=(),
    )  # fmt: skip
    assert made.lowest_grade is None
    assert title_in_words(made, "AALL15P1").startswith("t, 1, confirmed by")


@pytest.mark.parametrize("text", ["4", "grade 4", "Grade 4", "4 grade"])
def test_a_grade_is_kept_as_ever_and_said_as_people_say_it(text: str) -> None:
    read = read_kind("grade", text)
    assert (read.canonical, read.shown) == ("4 grade", "grade 4")


def test_the_evaluation_says_by_whose_rule() -> None:
    period = DltPeriod("open", date(2026, 9, 30), None, "Open.")
    found = review(period, rule(WHOLE), [], [], None, date(2026, 11, 20))
    assert found.words.endswith("typed by two people: Keller and Okonjo, 19-Nov-2026 10:12.")
    assert "screening" not in found.words
