"""A DLT rule in words."""

from pathlib import Path

from bedside.places import place
from bedside.protocol.dlt_rule import RulePart
from bedside.protocol.dlt_rule_reader import read_dlt_rule_file
from bedside.protocol.dlt_words import part_in_words, rule_in_words
from bedside.protocol.reader import read_protocol

AALL15P1 = read_protocol(place("resources", "protocols", "aall15p1.toml"))


def test_the_screening_rule() -> None:
    rule = read_dlt_rule_file(place("resources", "dlt") / "aall15p1.toml", AALL15P1)
    assert rule_in_words(rule) == (
        "1. Ask: not haematological, grade 3 or more, at least possible.",
        "Otherwise: does not count.",
    )


def test_every_condition() -> None:
    rule = read_dlt_rule_file(Path(__file__).parent / "invented_dlt_rule.toml", AALL15P1)
    assert rule_in_words(rule) == (
        "1. Does not count: alopecia or fatigue (alopecia and fatigue never count).",
        "2. Counts: grade 5 or more.",
        "3. Counts: not lymphocyte count decreased, haematological, grade 4 or more, for more than "
        "9 days without a break.",
        "4. Does not count: haematological.",
        "5. Counts: grade 4 or more, at least possible to azacitidine or epi-1.",
        "6. Counts: grade 3 or more, for more than 7 days without a break, at least probable, begun "
        "in epi-1 or consolidation.",
        "7. Ask: infections, grade 3 or more.",
        "8. Does not count: grade 2 or less.",
        "Otherwise: ask.",
        "Pocock boundary (Ivanova 2005): acceptable share 20 %, 30 infants, chance to stop at most "
        "5 %.",
    )


def test_a_bare_part() -> None:
    assert part_in_words(RulePart(key="p", verdict="ask")) == "Ask: every toxicity."
