"""Start rules beyond counts: laboratory limits and questions, from what two people typed."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bedside.clinical.laboratory_typed import read_entry
from bedside.protocol.in_words import book_of
from bedside.protocol.model import Protocol
from bedside.protocol.numbers import protocol_inventory
from bedside.protocol.reader import ProtocolFileError, read_protocol_text
from bedside.protocol.result_rule import SeenResult, analyte_of
from bedside.protocol.site_plan import filled_plan
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValuesError
from bedside.protocol.start_rules import Observed, judge_start, rule_words
from bedside.protocol.typed_kinds import read_kind
from bedside.units.bounds import bounded
from bedside.units.refusal import Refused
from tests.protocol.small_protocol import SMALL
from tests.protocol.test_cycle_cases import commissioned

FILE = Path(__file__).parents[1] / "cases" / "start_results.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
OPEN = {"yes": True, "no": False, "unknown": None}
NONE = dict.fromkeys(("anc", "platelets", "toxicity-resolved"), "not stated")


def kept(key: str, text: str) -> tuple[Decimal, str]:
    number, _, unit = text.partition(" ")
    entry = read_entry(analyte_of(key), number, analyte_of(key).find(unit))
    assert entry.kept is not None
    return entry.kept, entry.comparator


def seen(given: dict[str, Any]) -> dict[str, SeenResult]:
    found = {}
    for key, text in given.get("results", {}).items():
        value, sign = kept(key, text)
        uln = given.get("uln", {}).get(key)
        found[key] = SeenResult(bounded(sign, value), None if uln is None else kept(key, uln)[0])
    return found


def marma(protocol: Protocol, others: str) -> Protocol:
    typed = {f"marma/start/{key}": text for key, text in (NONE | {"others": others}).items()}
    text = read_kind("conditions", others).canonical if others != "not stated" else others
    filled, clashes = filled_plan(
        protocol, commissioned(protocol, typed | {"marma/start/others": text})
    )
    assert clashes == ()
    return filled


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_case(case: dict[str, Any], interfant06: Protocol) -> None:
    given, expect = case["given"], case["expect"]
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            read_kind("conditions", given["others"])
        return
    course = marma(interfant06, given["others"]).course("marma")
    judged = judge_start(
        course,
        Observed(None, None, confirmations=given.get("answers", {}), results=seen(given)),
    )
    assert judged.open is OPEN[expect["open"]], case["name"]
    assert [part.result for part in judged.rules] == expect["parts"]
    assert all(part.words.endswith(".") for part in judged.rules)


def test_two_people_may_type_them_in_any_order_and_unit() -> None:
    one = read_kind(
        "conditions", "ALT at most 5 × ULN; creatinine at most 0.5 mg/dL; ask No fever?"
    )
    other = read_kind(
        "conditions", "ask no  fever; Creatinine AT MOST 44.20 umol/L; alt at most 5 uln"
    )
    assert one.canonical == other.canonical
    assert one.canonical == "alt at most 5 × ULN; creatinine at most 44.2 µmol/L; ask no fever"
    assert read_kind("conditions", one.canonical) == one
    with pytest.raises(Refused, match="letters"):
        read_kind("conditions", "ask " + "x" * 91)
    signs = "sodium at least 130 mmol/L; sodium at most 150 mmol/L"
    assert read_kind("conditions", signs).canonical == signs
    assert read_kind("conditions", "ask ¿?").canonical == "ask ¿"


def test_nothing_but_not_stated_is_no_rule(interfant06: Protocol) -> None:
    assert marma(interfant06, "not stated").course("marma").start_rule is None


def test_the_rule_is_told_in_words(interfant06: Protocol) -> None:
    filled = marma(interfant06, "creatinine at most 50 µmol/L; ALT at most 5 × ULN; ask no fever")
    rule = filled.course("marma").start_rule
    assert rule is not None and rule_words(rule) == (
        "ALT at most 5 × the upper limit of normal, Creatinine at most 50 µmol/L, no fever"
    )
    assert {origin.evidence for origin in rule.origins} == {"site"}
    said = [
        line.words
        for course in book_of(filled, {}).courses
        if course.title == "MARMA"
        for line in course.facts
    ]
    assert "Creatinine at most 50 µmol/L" in said and "No fever" in said


STATED = 'evidence = "stated", source = ["S1"]'
GOOD = f'{{ analyte = "creatinine", at-most = 0.5, unit = "mg/dL", {STATED} }}'


def with_results(results: str) -> str:
    head, found, rest = SMALL.rpartition("  [course.start]\n")
    return f"{head}{found}  results = [{results}]\n{rest}"


def test_a_protocol_file_states_limits_with_their_source() -> None:
    protocol = read_protocol_text(with_results(GOOD), "x.toml")
    (course,) = [
        one for one in protocol.courses if one.start_rule is not None and one.start_rule.results
    ]
    assert course.start_rule is not None
    (part,) = course.start_rule.results
    assert (part.figure, part.origin.evidence) == (Decimal("44.2"), "stated")
    group = {one.id: one.public for one in protocol_inventory(protocol).group(course.key).numbers}
    asked = f"{course.key}/start/others"
    assert group[asked] == ("creatinine at most 44.2 µmol/L; ask well",)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (GOOD.replace("at-most = 0.5, ", ""), "a limit needs at-most or at-least"),
        (GOOD.replace("at-most = 0.5", "at-most = 0.5, at-least = 0.1"), "a limit needs"),
        (GOOD.replace('unit = "mg/dL", ', ""), "a limit needs"),
        (GOOD.replace('unit = "mg/dL"', 'unit = "mg/dL", times-uln = true'), "a limit needs"),
        (GOOD.replace("mg/dL", "furlong"), "Creatinine is taken in"),
        (GOOD.replace("creatinine", "phlogiston"), "is no analyte"),
        (GOOD.replace("stated", "absent"), "evidence"),
    ],
)
def test_limits_that_cannot_be_are_refused(wrong: str, words: str) -> None:
    with pytest.raises(ProtocolFileError, match=words):
        read_protocol_text(with_results(wrong), "x.toml")


def test_a_start_rule_of_the_site_without_any_part_is_refused() -> None:
    head = 'protocol = "interfant06"\nedition = "1"\n[[start]]\ncourse = "marma"\n'
    with pytest.raises(SiteValuesError, match="write at least one"):
        read_site_values_text(head, "x.toml")
    values = read_site_values_text(
        head + 'results = [{ analyte = "alt", at-most = 5, times-uln = true }]\n', "x.toml"
    )
    (part,) = values.starts["marma"].results
    assert part.times_uln and part.words == "ALT at most 5 × the upper limit of normal"


EPI = """protocol = "aall15p1"
edition = "1"
[[start]]
course = "epi-1"
anc-at-least-per-ul = {}
platelets-at-least-per-ul = 50000
results = [{{ analyte = "bilirubin", at-most = 40, unit = "umol/L" }}]
confirm = [
  {{ key = "toxicity-resolved", words = "Any toxicity has resolved" }},
  {{ key = "no-infection", words = "No infection" }},
]
"""


def test_a_site_adds_to_a_stated_rule_and_never_changes_it(aall15p1: Protocol) -> None:
    """ANC 500, platelets 50 000 and resolved toxicities stay stated; the rest is the site's."""
    values = read_site_values_text(EPI.format(500), "x.toml", protocol=aall15p1)
    filled, clashes = filled_plan(aall15p1, values)
    rule = filled.course("epi-1").start_rule
    assert clashes == () and rule is not None
    assert [part.origin.evidence for part in rule.measures] == ["stated", "stated"]
    assert [(one.words, one.origin.evidence) for one in rule.results] == [
        ("Bilirubin, total at most 40 µmol/L", "site")
    ]
    assert [part.key for part in rule.confirmations] == ["toxicity-resolved", "no-infection"]
    assert "adds conditions of its own" in filled.course("epi-1").start_words
    other = read_site_values_text(EPI.format(600), "x.toml", protocol=aall15p1)
    (clash,) = filled_plan(aall15p1, other)[1]
    assert clash.what == "start" and "another start rule" in clash.words
