"""A DLT rule file is read strictly: every fault is named with its place."""

from pathlib import Path

import pytest

from bedside.places import place
from bedside.protocol.dlt_rule_reader import DltRuleError, read_dlt_rule, read_dlt_rule_file
from bedside.protocol.reader import read_protocol

AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))
INTERFANT = read_protocol(place("resources", "protocols", "interfant06.toml"))
INVENTED = Path(__file__).parent / "invented_dlt_rule.toml"
TEXT = INVENTED.read_text(encoding="utf-8")
SHIPPED = place("resources", "dlt") / "aall15p1.toml"


def refusal(old: str, new: str, text: str = TEXT) -> str:
    assert old in text
    with pytest.raises(DltRuleError) as caught:
        read_dlt_rule(text.replace(old, new, 1), "rule.toml", AALL15P1)
    return " | ".join(caught.value.reasons)


def test_the_shipped_rule_is_a_screening_rule_and_nothing_more() -> None:
    rule = read_dlt_rule_file(SHIPPED, AALL15P1)
    assert (rule.kind, rule.otherwise, rule.confirmed_by) == ("screening", "does not count", None)
    assert rule.stopping is None
    (part,) = rule.parts
    assert (part.verdict, part.haematological, part.least_grade, part.attribution) == (
        "ask",
        False,
        3,
        "possible",
    )
    assert "not public" in rule.sources[0]


def test_a_definition_carries_its_two_people() -> None:
    rule = read_dlt_rule_file(INVENTED, AALL15P1)
    assert rule.confirmed_by == ("Ines Halvorsen, consultant", "Petra Marek, pharmacist")
    assert str(rule.confirmed_on) == "2026-10-01"
    assert rule.stopping is not None
    assert len(rule.digest) == 64


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('protocol  = "aall15p1"', 'protocol = "interfant06"', "not for 'aall15p1'"),
        ('["Ines Halvorsen, consultant", "Petra Marek, pharmacist"]', '["A, RN", " a, rn"]', "two different people"),
        ('["Ines Halvorsen, consultant", "Petra Marek, pharmacist"]', '["A, RN"]', "two different people"),
        ("on = 2026-10-01", "", "confirmed > on: the day is missing"),
        ("on = 2026-10-01", 'on = "yesterday"', "a day is needed"),
        ("on = 2026-10-01", "on = 2026-10-01T10:00:00Z", "a day is needed"),
        ("[confirmed]", "[confirmation]", "confirmed: this is missing"),
        ('otherwise = "ask"', 'otherwise = "perhaps"', "otherwise"),
        ('source    = ["invented for the tests"]', 'source = [" "]', "say where this is read"),
        ('key         = "death"', 'key = "excepted"', "stands there twice"),
        ("least-grade = 5", "least-grade = 6", "part death > least-grade: a grade is from 1 to 5"),
        ("least-grade = 5", "least-grade = 5\nmost-grade = 4", "no grade is at least 5 and at most 4"),
        ("longer-than-days = 9", "longer-than-days = 900", "too long"),
        ("least-grade      = 4\n", "", "say of which grade"),
        ('attribution = "possible"\nto', "to", "say how far it must be related"),
        ('attribution = "possible"', 'attribution = "unrelated"', "attribution"),
        ('["alopecia", "fatigue"]', '["Alopecia"]', "is no key of a term"),
        ('["alopecia", "fatigue"]', '[""]', "is no key of a term"),
        ('["epi-1", "consolidation"]', '["epi-9"]', "'epi-9' is no course"),
        ("most-grade = 2", "most-grades = 2", "is most-grade meant?"),
        ("infants            = 30", "infants = 121", "too many here"),
        ("infants            = 30", "", "infants: this is missing"),
        ("acceptable-percent = 20", "acceptable-percent = 100", "too much"),
        ("chance-percent     = 5", "chance-percent = 0", "above 0"),
        ('"pocock"', '"pocock"\nprior = [1, 2]', "has no prior"),
        ('"pocock"', '"bayes"', "two numbers above 0"),
        ('"pocock"', '"bayes"\nprior = [0.6]', "two numbers above 0"),
        ('"pocock"', '"bayes"\nprior = [0.6, 0]', "two numbers above 0"),
        ('"pocock"', '"bayes"\nprior = [true, 1]', "two numbers above 0"),
    ],
)  # fmt: skip
def test_each_fault_is_named(old: str, new: str, said: str) -> None:
    assert said in refusal(old, new)


def test_a_screening_rule_may_not_say_counts() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert "only sorts" in refusal('verdict        = "ask"', 'verdict = "counts"', text)
    assert "only sorts" in refusal('otherwise = "does not count"', 'otherwise = "counts"', text)


def test_every_fault_at_once() -> None:
    said = refusal("least-grade = 5", 'least-grade = 9\ncourses = ["x"]')
    assert said.count(" | ") == 1


def test_a_bayesian_rule_has_its_prior() -> None:
    text = TEXT.replace('"pocock"', '"bayes"\nprior = [0.6, 2.4]')
    rule = read_dlt_rule(text, "rule.toml", AALL15P1)
    assert rule.stopping is not None
    assert [str(each) for each in rule.stopping.prior or ()] == ["3/5", "12/5"]


def test_a_protocol_without_the_period_needs_no_rule() -> None:
    with pytest.raises(DltRuleError, match="no DLT period"):
        read_dlt_rule(TEXT, "rule.toml", INTERFANT)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DltRuleError, match="cannot be read"):
        read_dlt_rule_file(tmp_path / "none.toml", AALL15P1)
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"title = \xff")
    with pytest.raises(DltRuleError, match="byte 8 is not UTF-8"):
        read_dlt_rule_file(bad, AALL15P1)
    bad.write_bytes(b"#" * 200_001)
    with pytest.raises(DltRuleError, match="far too large"):
        read_dlt_rule_file(bad, AALL15P1)
    bad.write_text("a = = 1")
    with pytest.raises(DltRuleError, match="cannot be read"):
        read_dlt_rule_file(bad, AALL15P1)
