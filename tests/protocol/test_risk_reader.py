"""Risk, arms and transplant in a protocol file: what is wrong is refused with what would be right."""

from decimal import Decimal

import pytest

from bedside.protocol.reader import ProtocolFileError, read_protocol_text
from bedside.protocol.risk_model import Strata
from tests.protocol.small_protocol import SMALL

RISK = """
[[ruling]]
key = "one"
question = "which?"
readings = ["this", "that"]
ruling = "this"
why = "tests"
evidence = "absent"

[[threshold]]
key = "wbc"
operator = ">="
value = 300
unit = "10^9/L"
words = "300 or more"
ruling = "one"
evidence = "stated"
source = ["S1"]

[[risk-group]]
key = "HIGH"
title = "high"
kmt2a = ["rearranged"]
all-of = ["wbc"]
words = "high"
evidence = "stated"
source = ["S1"]

[[risk-group]]
key = "REST"
title = "rest"
kmt2a = ["rearranged", "germline", "not-evaluable"]
words = "rest"
evidence = "stated"
source = ["S1"]

[[arm]]
key = "a"
title = "A"
also = []
allocated = ["HIGH"]
words = "arm A"
evidence = "stated"
source = ["S1"]

[transplant]
groups = ["HIGH"]
mrd-groups = ["REST"]
mrd = { operator = ">=", value = 0.0001, unit = "fraction of cells", words = "0.0001", ruling = "one", evidence = "stated", source = ["S1"] }
before = "second"
replaces = { courses = ["second"], evidence = "stated", source = ["S1"] }
words = "transplant"
evidence = "stated"
source = ["S1"]

[[mrd-point]]
key = "end"
title = "End"
after = ["first"]
evidence = "stated"
source = ["S1"]

[[partner]]
key = "AFF1"
title = "AFF1"
outcome = "worse"
evidence = "stated"
source = ["S1"]

[[outcome]]
about = "all"
measure = "survival"
figure = "1"
evidence = "stated"
source = ["S1"]
"""


def strata(text: str) -> Strata:
    """Read the small protocol with these tables before its courses."""
    return read_protocol_text(SMALL.replace("[dlt]", text + "\n[dlt]"), "small.toml").strata


def test_all_of_it_is_read() -> None:
    found = strata(RISK)
    assert found.risk is not None
    assert found.risk.threshold("wbc").holds(Decimal(300))
    assert not found.risk.threshold("wbc").holds(Decimal("299.9"))
    assert [group.key for group in found.risk.groups] == ["HIGH", "REST"]
    assert found.transplant is not None
    assert found.transplant.before == "second"
    assert (found.arm("a").title, found.mrd_points[0].key) == ("A", "end")
    assert found.mrd_points[0].after == ("first",)
    assert (found.partners[0].outcome, found.outcomes[0].figure) == ("worse", "1")


def test_a_file_without_risk_groups_has_none() -> None:
    assert read_protocol_text(SMALL, "small.toml").strata == Strata()


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('readings = ["this", "that"]', 'readings = ["this"]', "write both"),
        ('unit = "10^9/L"', 'unit = "/uL"', "is written in"),
        ('ruling = "one"\nevidence = "stated"', 'ruling = "two"\nevidence = "stated"', "'two'"),
        ('operator = ">="\nvalue', 'operator = ">"\nvalue', "write one of <, >="),
        ('key = "wbc"', 'key = "weight"', "write one of age, wbc, day8-blasts"),
        ('all-of = ["wbc"]', 'all-of = ["age"]', "no \\[\\[threshold\\]\\] 'age'"),
        ('kmt2a = ["rearranged"]', 'kmt2a = ["maybe"]', "'maybe' is no KMT2A result"),
        (', "germline"', "", "no group takes KMT2A germline"),
        ('allocated = ["HIGH"]', 'allocated = ["LOW"]', "'LOW' is not one of HIGH, REST"),
        ('before = "second"', 'before = "third"', "'third' is not one of first, second"),
        ('mrd-groups = ["REST"]', 'mrd-groups = ["X"]', "'X' is not one of"),
        ("value = 0.0001", "value = 1e-4", "without exponent"),
        ('after = ["first"]', 'after = ["none"]', "'none' is not one of first, second"),
        ("replaces = {", "replaced = {", "replaces: this is missing"),
        ("mrd = {", "mrds = {", "mrd: this is missing"),
    ],
)
def test_what_is_wrong_is_said(wrong: str, right: str, said: str) -> None:
    with pytest.raises(ProtocolFileError, match=said):
        strata(RISK.replace(wrong, right, 1))


def test_a_ruling_twice_and_limits_without_groups() -> None:
    one, _, rest = RISK.partition("[[threshold]]")
    with pytest.raises(ProtocolFileError, match="the ruling one stands there twice"):
        strata(one + RISK)
    limit, _, _ = rest.partition("[[risk-group]]")
    with pytest.raises(ProtocolFileError, match="limits without any"):
        strata(one + "[[threshold]]" + limit)


def test_an_arm_of_a_course_must_be_an_arm() -> None:
    text = SMALL.replace('title           = "First"', 'title = "First"\narm = "b"')
    with pytest.raises(ProtocolFileError, match=r"there is no \[\[arm\]\] 'b'"):
        read_protocol_text(text, "small.toml")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ('related-days = [{ on = [1], words = "w", source = "S1", part = 2 }]', "no part 2"),
        ('related-days = [{ on = [1], words = "w", source = "S9" }]', "'S9' is not in"),
        ('related-days = [{ on = [1], words = "w", source = "S1", drug = "x" }]', "'x' is not in"),
    ],
)
def test_related_days_are_checked(part: str, said: str) -> None:
    text = SMALL.replace("  dose   = {", f"  {part}\n  dose   = {{")
    with pytest.raises(ProtocolFileError, match=said):
        read_protocol_text(text, "small.toml")


def test_parts_are_numbered_in_order() -> None:
    part = 'part = [{ number = 2, title = "p", words = "w", evidence = "absent" }]\n'
    text = SMALL.replace('title           = "First"', f'title = "First"\n{part}')
    with pytest.raises(ProtocolFileError, match="parts are numbered"):
        read_protocol_text(text, "small.toml")


def test_an_entry_rule_on_a_course_that_is_not_there() -> None:
    entry = """[[entry]]
key = "later"
check = "age-at-course-start"
course = "third"
words = "older than 28 days"
limit = 28
evidence = "stated"
source = ["S1"]
"""
    with pytest.raises(ProtocolFileError, match="'third' is not a course"):
        read_protocol_text(SMALL.replace("[dlt]", entry + "[dlt]"), "small.toml")
