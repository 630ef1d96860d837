"""A rule in words: every number of it is said, with its unit and its source."""

from msgspec.structs import replace

from bedside.protocol.maintenance_words import no_rule_words, rule_in_words
from tests.protocol.titration_cases import example_rule, invented_rule


def test_the_worked_example_in_words() -> None:
    said = " ".join(rule_in_words(example_rule())).replace("\u202f", " ")
    for part in (
        "Stop: ANC at most 500 per µL, or platelets at most 50 000 per µL.",
        "50 % of the dose begun with: ANC at most 750 per µL, or platelets at most 75 000 per µL.",
        "Resume at 100 % of the dose before: ANC at least 750 per µL and platelets at least 75 000",
        "ANC at least 1 500 per µL in 2 of 3 checks within 42 days, after 42 days on the same dose",
        "For a raise, counts less than 14 days apart are one check, with the lowest of them.",
        "at most 14 days old",
        "mercaptopurine, each day: 60 mg per m² from 12 months; steps 100, 125, 150, 175 %.",
        "rises 14 or 28 days after mercaptopurine.",
        "Source: ICiCLe-ALL-14, thesis.",
    ):
        assert part in said, said


def test_what_a_rule_does_not_have_is_not_said() -> None:
    said = " ".join(rule_in_words(invented_rule()))
    assert "on the same dose" not in said
    assert "begun with" not in said


def test_a_rule_that_does_not_say_how_far_apart_checks_lie_says_nothing_of_it() -> None:
    rule = replace(invented_rule(), check_every_days=None)
    said = " ".join(rule_in_words(rule))
    assert "Raise by one step" in said
    assert "one check" not in said


def test_without_a_rule_it_says_who_can_supply_it_and_where() -> None:
    missing, supply = no_rule_words("AALL15P1", "Maintenance")
    assert "Maintenance of AALL15P1 is not public" in missing
    assert "Two people of this site" in supply
    assert "controlled copy" in supply


def test_a_rule_that_raises_nothing_and_asks_no_age_of_counts() -> None:
    rule = replace(example_rule(), raising=None, check_every_days=None)
    said = " ".join(rule_in_words(rule))
    assert "Raise" not in said
    assert "days old" not in said
