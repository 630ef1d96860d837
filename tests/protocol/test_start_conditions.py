"""What a protocol asks of the infant before a course: the cases, and how a file may write it (H14, H22)."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bedside.clinical.age import age_on
from bedside.papers.protocol_book import FactLine
from bedside.places import place
from bedside.protocol.eligibility import gene_needed
from bedside.protocol.in_words import book_of
from bedside.protocol.model import MeasureRule, Origin, Protocol, StartRule
from bedside.protocol.reader import ProtocolFileError, read_protocol, read_protocol_text
from bedside.protocol.site_plan import with_site_values
from bedside.protocol.site_values import SiteValues
from bedside.protocol.start_rules import Observed, judge_start, rule_words

FILE = Path(__file__).parents[1] / "cases" / "start_conditions.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["case"]
OPEN = {"yes": True, "no": False, "unknown": None}
ASKED = ("cd19", "marrow", "no-transplant")
BLINA, BLINATUMOMAB = "interfant06-blinatumomab", "blinatumomab"
SITE = StartRule((MeasureRule("anc", 750, Origin("site", (), named="site values, 1")),), ())


def protocol_file(key: str) -> Path:
    return place("resources", "protocols", f"{key}.toml")


def pilot() -> Protocol:
    return read_protocol(protocol_file(BLINA))


def observed(given: dict[str, str]) -> Observed:
    age = None
    if {"birth", "day-1"} <= set(given):
        birth, day_1 = (date.fromisoformat(given[key]) for key in ("birth", "day-1"))
        age = age_on(birth, day_1).days
    answers: Any = {key: given[key] for key in ASKED if key in given}
    return Observed(None, None, answers, age, given.get("kmt2a"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    given = case["given"]
    course = read_protocol(protocol_file(given["protocol"])).course(given["course"])
    judged = judge_start(course, observed(given))
    assert judged.open is OPEN[case["expect"]["open"]]
    assert [part.result for part in judged.rules] == case["expect"]["parts"]


def test_each_part_carries_the_evidence_and_source_of_its_entry_rule() -> None:
    protocol = pilot()
    rule = protocol.course(BLINATUMOMAB).start_rule
    assert rule is not None and rule.has_conditions and rule.of_the_start() is None
    entries = {one.key: one for one in protocol.entry_rules}
    parts = (*rule.confirmations, *rule.ages, *rule.genes)
    assert [part.key for part in parts] == ["cd19", "marrow", "age-at-blinatumomab", "kmt2a"]
    for part in parts:
        assert (part.words, part.origin) == (entries[part.key].words, entries[part.key].origin)
        assert (part.origin.evidence, part.origin.sources) == ("stated", ("B2",))


def test_the_review_book_tells_each_condition() -> None:
    found = [
        (line.aspect, line.words)
        for course in book_of(pilot()).courses
        for line in course.facts
        if isinstance(line, FactLine) and line.aspect.startswith("start rule")
    ]
    assert found == [
        ("start rule, answered of the infant", "Leukaemic cells CD19-positive"),
        (
            "start rule, answered of the infant",
            "Marrow M1 or M2 at the end of Induction (about day 33)",
        ),
        ("start rule, judged of the infant", "More than 28 days old when blinatumomab begins"),
        ("start rule, judged of the infant", "MR or HR: KMT2A rearranged, or not evaluable"),
        ("start rule, by the transplant rule", "No transplant instead"),
    ]


def test_the_site_s_counts_stand_beside_the_public_conditions_and_replace_none() -> None:
    values = SiteValues(protocol=BLINA, edition="1", starts={BLINATUMOMAB: SITE})
    course = with_site_values(pilot(), values).course(BLINATUMOMAB)
    rule = course.start_rule
    assert rule is not None and rule.of_the_start() == SITE
    assert [part.key for part in rule.confirmations] == ["cd19", "marrow"]
    assert (len(rule.ages), len(rule.genes)) == (1, 1)
    assert course.start_origin.evidence == "site" and "beside it" in course.start_words
    assert rule_words(rule).startswith("Neutrophils (ANC) at least 750 per µL, leukaemic cells")


def test_words_say_what_was_seen() -> None:
    answers: Any = {"cd19": "yes", "marrow": "no"}
    judged = judge_start(pilot().course(BLINATUMOMAB), Observed(None, None, answers, 1, "germline"))
    assert [part.words for part in judged.rules] == [
        "Leukaemic cells CD19-positive: answered yes: met.",
        "Marrow M1 or M2 at the end of Induction (about day 33): answered no: not met.",
        "More than 28 days old when blinatumomab begins: 1 day old on day 1: not met.",
        "MR or HR: KMT2A rearranged, or not evaluable: KMT2A germline: not met.",
    ]
    unknown = judge_start(pilot().course(BLINATUMOMAB), Observed(None, None, {}, None, "unknown"))
    assert [part.observed for part in unknown.rules] == ["unknown"] * 4


TEXT = protocol_file("aall15p1").read_text("utf-8")
LINE = '  words            = "First course; no start rule is public."\n'


def with_entries(keys: str) -> str:
    assert LINE in TEXT
    return TEXT.replace(LINE, f"  entries = {keys}\n{LINE}", 1)


def test_a_course_may_ask_any_entry_rule_that_a_day_1_can_judge() -> None:
    rule = read_protocol_text(with_entries('["cns-sample"]'), "x.toml").courses[0].start_rule
    assert rule is not None
    assert [(part.key, part.passes, part.about) for part in rule.confirmations] == [
        ("cns-sample", "yes", "entry")
    ]


def test_an_exclusion_passes_with_no() -> None:
    text = protocol_file("interfant06").read_text("utf-8")
    assert LINE in text
    changed = text.replace(LINE, f'  entries = ["relapse"]\n{LINE}', 1)
    course = read_protocol_text(changed, "x.toml").courses[0]
    for said, is_open in (("no", True), ("yes", False), (None, None)):
        answers: Any = {} if said is None else {"relapse": said}
        judged = judge_start(course, Observed(None, None, answers))
        assert judged.open is is_open
    assert "Only an explicit no passes" in judged.rules[0].words


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('["cd20"]', "'cd20' is no [[entry]] of this file"),
        ('["age"]', "cannot be judged on day 1 of this course"),
        ('["gestation"]', "cannot be judged on day 1 of this course"),
    ],
)
def test_an_entry_that_no_day_1_can_judge_is_refused(keys: str, words: str) -> None:
    with pytest.raises(ProtocolFileError) as refused:
        read_protocol_text(with_entries(keys), "x.toml")
    assert any(words in reason for reason in refused.value.reasons)


def test_a_file_whose_courses_are_no_tables_is_refused_in_words() -> None:
    with pytest.raises(ProtocolFileError):
        read_protocol_text(TEXT.replace('key             = "epi-1"', "key = 3", 1), "x.toml")


def test_a_transplant_rule_adds_to_a_start_rule_that_stands_there() -> None:
    text = protocol_file("interfant06").read_text("utf-8")
    head, octadad = text.split('key             = "octadad-1"')
    rule = '  measures = [{ measure = "anc", at-least-per-ul = 750, evidence = "stated", source = ["S1"] }]\n'
    words = '  words            = "No start rule is public'
    changed = f'{head}key             = "octadad-1"' + octadad.replace(words, rule + words, 1)
    found = read_protocol_text(changed, "x.toml").course("octadad-1").start_rule
    assert found is not None and [part.measure for part in found.measures] == ["anc"]
    assert [part.about for part in found.confirmations] == ["transplant"]
    assert replace(found, measures=()) != found


@pytest.mark.parametrize(
    ("key", "course", "words"),
    [
        ("aall15p1", "induction", ""),
        ("aall15p1", "epi-1", "KMT2A rearranged"),
        ("aall15p1", "maintenance", "KMT2A rearranged"),
        (BLINA, "induction", ""),
        (BLINA, "ib", "KMT2A rearranged or not evaluable"),
        ("interfant06", "ib", ""),
    ],
)
def test_the_gene_needed_for_a_course_is_the_file_s_own(key: str, course: str, words: str) -> None:
    assert gene_needed(read_protocol(protocol_file(key)), course) == words
