"""Two editions fact by fact, two protocols course by course; what is not public is said, never counted."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bedside.protocol.comparison import Comparison, CourseDifference, compare
from bedside.protocol.in_words import book_of
from bedside.protocol.model import Protocol
from bedside.protocol.reader import ProtocolFileError, read_protocol, read_protocol_text
from tests.protocol.small_protocol import SMALL

CASES = Path(__file__).parents[1] / "cases" / "protocol_diff.toml"
RESOURCES = Path(__file__).parents[2] / "resources" / "protocols"
LISTED = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]


def small(text: str = SMALL) -> Protocol:
    return read_protocol_text(text, "small.toml")


def lines(found: Comparison) -> list[str]:
    courses = [line for course in found.courses for line in course.lines]
    return [line.words for line in (*found.whole, *courses)]


def course(found: Comparison, key: str) -> CourseDifference:
    return next(one for one in found.courses if key in (*one.keys_a, *one.keys_b))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in LISTED])
def test_two_editions(case: dict[str, Any]):
    given, expect = case["given"], case["expect"]
    assert given["find"] in SMALL and case["source"]
    text = SMALL.replace(given["find"], given["put"], 1)
    if "also" in given:
        text = text.replace(given["also"], given["also-put"], 1)
    found = compare(small(), small(text))
    assert found.kind == "editions"
    touched = [key for one in found.courses if one.treats for key in (*one.keys_a, *one.keys_b)]
    assert list(dict.fromkeys(touched)) == expect["courses"]
    assert found.alike == expect.get("alike", False)
    if "words" in expect:
        assert expect["words"] in lines(found)
    if "exposure" in expect:
        assert expect["exposure"] in [line.words for line in found.exposure]


def test_a_course_that_goes_and_one_that_comes():
    before = replace(small(), dlt_window=None, continue_rules=())
    after = replace(before, courses=before.courses[:1])
    gone = course(compare(before, after), "second")
    assert (gone.keys_a, gone.keys_b, gone.treats) == (("second",), (), True)
    assert gone.lines[0].words.startswith("Course: gone: mercaptopurine: 2 dose days")
    come = course(compare(after, before), "second")
    assert (come.keys_a, come.keys_b) == ((), ("second",))
    assert come.lines[0].words.startswith("Course: new: mercaptopurine: 2 dose days")


def test_a_drug_that_goes():
    before = small()
    first = before.courses[0]
    after = replace(before, courses=(replace(first, drugs=()), before.courses[1]))
    words = lines(compare(before, after))
    assert "azaCITIDine, intravenous, days: gone: days 1, 2 (2 dose days) (stated)" in words


@pytest.fixture
def both(interfant06: Protocol, aall15p1: Protocol) -> Comparison:
    return compare(interfant06, aall15p1)


def test_consolidation_beside_ib(both: Comparison):
    """The slides: more total doses of cytarabine; the register: 16 days; Interfant-06: not public."""
    found = course(both, "ib")
    assert found.title == "IB (Interfant-06) beside Consolidation (AALL15P1)"
    assert "worked out" in found.why
    words = [line.words for line in found.lines]
    assert any("more total doses of cytarabine" in line and "slides" in line for line in words)
    (cytarabine,) = [line for line in words if line.startswith("cytarabine: ")]
    assert "Interfant-06: named, days not public in Interfant-06" in cytarabine
    assert (
        "AALL15P1: days 3, 4, 5, 6, 10, 11, 12, 13, 17, 18, 19, 20, 24, 25, 26, 27 (16 dose days)"
        in cytarabine
    )


def test_four_azacitidine_blocks_have_no_match(both: Comparison):
    alone = [one for one in both.courses if one.keys_b and one.keys_b[0].startswith("epi-")]
    assert [one.title for one in alone] == [f"EPI #{n}: only in AALL15P1" for n in (1, 2, 3, 4)]
    for one in alone:
        assert one.keys_a == () and one.treats
        assert [line.words for line in one.lines] == [
            "azaCITIDine: days 1, 2, 3, 4, 5 (5 dose days), once daily, 2.5 mg per kg"
        ]
    exposure = [line.words for line in both.exposure]
    assert (
        "azaCITIDine: Interfant-06: not named; AALL15P1: 20 dose days, 50 mg per kg in all"
        in exposure
    )


def test_each_part_of_octadad_stands_beside_one_course(both: Comparison):
    assert course(both, "octadad-1").keys_b == ("di-part-1",)
    assert course(both, "octadad-2").keys_b == ("di-part-2",)


PART = '{{ number = {0}, title = "part {0}", words = "x", evidence = "related", source = ["COG"] }}'


def test_a_course_in_one_piece_stands_beside_both_parts():
    """A file may keep the parts within one course, as kept editions do."""
    text = (RESOURCES / "interfant06.toml").read_text("utf-8")
    parts = f"part            = [{PART.format(1)}, {PART.format(2)}]\n"
    head, divided = text.split('formerly        = ["octadad"]')
    undivided = read_protocol_text(f"{head}{parts}{divided.partition(chr(10))[2]}", "x.toml")
    assert [part.number for part in undivided.course("octadad-1").parts] == [1, 2]
    (told,) = (one for one in book_of(undivided, {}).courses if one.title == "OCTADAD part 1")
    assert "part 2: x" in [one.words for one in told.facts]
    register = (RESOURCES / "aall15p1.toml").read_text("utf-8")
    for number in (1, 2):
        beside = f'with     = "octadad-1"\npart     = {number}\n'
        register = register.replace(f'with     = "octadad-{number}"\n', beside)
    found = course(compare(undivided, read_protocol_text(register, "y.toml")), "octadad-1")
    assert found.keys_b == ("di-part-1", "di-part-2")
    (thioguanine,) = [line.b for line in found.lines if line.subject == "thioguanine"]
    assert "part 1: days 1, 2" in thioguanine and "part 2: days 1, 2" in thioguanine
    assert "(28 dose days)" in thioguanine and "(14 dose days)" in thioguanine


def test_the_arms_of_interfant06_alone(both: Comparison):
    assert course(both, "ade").title == "ADE: only in Interfant-06"
    assert course(both, "mae").keys_b == ()


def test_an_unknown_day_is_never_counted_as_no_day(both: Comparison):
    for found in both.courses:
        for line in found.lines:
            assert "more than Interfant-06" not in line.words
            assert "fewer than Interfant-06" not in line.words


def test_the_other_way_round_matches_the_same(interfant06: Protocol, aall15p1: Protocol):
    found = compare(aall15p1, interfant06)
    assert course(found, "ib").keys_a == ("consolidation",)
    assert course(found, "octadad-1").keys_a == ("di-part-1",)


def test_a_backbone_is_compared_by_its_courses(shelf: dict[str, Protocol]):
    found = compare(shelf["interfant06"], shelf["interfant06-blinatumomab"])
    assert course(found, "ib").lines[0].a.startswith("the same in both")
    assert not course(found, "ib").treats
    assert course(found, "blinatumomab").keys_a == ()


def other(text: str) -> Protocol:
    """A second protocol whose course second stands where the small one's stands."""
    text = text.replace('key        = "small"', 'key        = "other"')
    text = text.replace('title      = "Small"', 'title      = "Other"')
    match = (
        '\n[[match]]\ncourse = "second"\nprotocol = "small"\nwith = "second"\n'
        'evidence = "related"\nsource = ["S1"]\nnote = "for tests"\n'
    )
    return small(text + match)


def test_public_days_of_both_are_counted_against_each_other():
    """By hand: days 1 and 7 against days 1, 3 and 7: one dose day more."""
    text = SMALL.replace("on = [1, 7],", "on = [1, 3, 7],", 1)
    words = [line.words for line in course(compare(small(), other(text)), "second").lines]
    assert (
        "mercaptopurine: Small: days 1, 7 (2 dose days), once daily; "
        "Other: days 1, 3, 7 (3 dose days), once daily (1 dose day more than Small)"
    ) in words
    fewer = [line.words for line in course(compare(other(text), small()), "second").lines]
    assert any("(1 dose day fewer than Other)" in line for line in fewer)


def test_the_same_days_are_said_to_be_the_same():
    same = course(
        compare(
            small(), other(SMALL.replace('title           = "Second"', 'title           = "Next"'))
        ),
        "second",
    )
    (line,) = [one for one in same.lines if one.subject == "mercaptopurine"]
    assert (
        line.change == "same"
        and line.words == "mercaptopurine: days 1, 7 (2 dose days), once daily"
    )


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ('course = "second"', 'course = "third"', "'third' is not a course of this file"),
        ('evidence = "related"', 'evidence = "maybe"', "'maybe' is not known"),
        ('note = "for tests"', 'note = "x"\n[[match]]\ncourse = "second"\nprotocol = "small"\nwith = "first"\nevidence = "absent"', "second is matched twice"),
    ],
)  # fmt: skip
def test_a_match_with_a_slip_is_refused(find: str, put: str, says: str):
    match = (
        '\n[[match]]\ncourse = "second"\nprotocol = "small"\nwith = "second"\n'
        'evidence = "related"\nsource = ["S1"]\nnote = "for tests"\n'
    )
    with pytest.raises(ProtocolFileError) as refused:
        small(SMALL + match.replace(find, put))
    assert says in str(refused.value)


def test_a_drug_of_a_related_source_is_not_called_named() -> None:
    """interfant06.toml: the public text of Interfant-06 does not name leucovorin."""
    found = compare(
        read_protocol(RESOURCES / "interfant06.toml"), read_protocol(RESOURCES / "aall15p1.toml")
    )
    said = [
        line.words for one in found.courses for line in one.lines if line.subject == "leucovorin"
    ]
    assert len(said) == 1
    assert "related (rescue after high-dose methotrexate" in said[0]
    assert "does not name it)" in said[0]
    assert ": named" not in said[0]
