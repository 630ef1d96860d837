"""Every worked case of laboratory.toml, and the two lists behind them."""

import tomllib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.clinical.laboratory import Analyte
from bedside.clinical.laboratory_plausibility import judge_result
from bedside.clinical.laboratory_reader import read_age_limits, read_catalogue
from bedside.clinical.laboratory_typed import read_entry
from bedside.clinical.unit_swap import NO_SWAP, named_swap
from bedside.places import place
from bedside.units.refusal import Refused
from tests.bounds_read import seen

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "laboratory.toml").read_text(encoding="utf-8")
)["case"]
TEXT = place("resources", "laboratory", "analytes.toml").read_text(encoding="utf-8")
LIST = read_catalogue(TEXT)
LIMITS = read_age_limits(
    place("resources", "laboratory", "age_limits.toml").read_text(encoding="utf-8"), LIST
)
AT = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
KEYS = [
    "white-cells",
    "neutrophils",
    "lymphocytes",
    "platelets",
    "haemoglobin",
    "alt",
    "ast",
    "ggt",
    "bilirubin",
    "bilirubin-direct",
    "creatinine",
    "albumin",
    "lipase",
    "amylase",
    "triglycerides",
    "glucose",
    "fibrinogen",
    "aptt",
    "inr",
    "d-dimer",
    "sodium",
    "potassium",
    "urate",
    "phosphate",
    "calcium",
    "ldh",
    "methotrexate",
    "asparaginase",
    "alkaline-phosphatase",
    "magnesium",
    "urea",
    "lactate",
    "crp",
    "pao2",
]


def _convert(given: dict) -> dict:
    unit = LIST.analyte(given["analyte"]).find(given["unit"])
    kept = unit.kept(Decimal(given["value"]))
    return {"kept": f"{kept.normalize():f}"}


def _read(given: dict) -> dict:
    analyte = LIST.analyte(given["analyte"])
    entry = read_entry(analyte, given["text"], analyte.find(given["unit"]), given.get("mark", "."))
    return {
        "state": entry.state,
        "reason": entry.reason,
        "comparator": entry.comparator,
        "value": None if entry.value is None else f"{entry.value:f}",
    }


def _limits(given: dict) -> dict:
    band = LIMITS.at(given["analyte"], given["born"], given["on"])
    if band is None:
        return {"none": True}
    return {
        "low": f"{band.low.normalize():f}",
        "high": f"{band.high.normalize():f}",
        "age": band.age,
    }


def _judge(given: dict) -> dict:
    analyte = LIST.analyte(given["analyte"])
    unit = analyte.find(given["unit"])
    last = []
    if "last" in given:
        last = [(AT - timedelta(days=given["days_ago"]), seen(given["last"], Decimal))]
    found = judge_result(analyte, read_entry(analyte, given["text"], unit), unit, last, AT)
    return {
        "level": found.level,
        "words": found.words,
        "compared": found.compared,
        "named": found.named,
    }


ASK = {"convert": _convert, "read": _read, "limits": _limits, "judge": _judge}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict) -> None:
    expect = dict(case["expect"])
    if "refused" in expect:
        with pytest.raises(Refused) as refused:
            ASK[case["ask"]](case["given"])
        assert expect["refused"] in str(refused.value)
        return
    answer = ASK[case["ask"]](case["given"])
    for name in ("words", "compared"):
        wanted = expect.pop(name, None)
        assert wanted is None or wanted in answer[name]
        assert wanted != "" or answer[name] == ""
    assert {name: answer[name] for name in expect} == expect


def test_no_two_cases_share_a_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_every_analyte_of_the_ward_is_listed_with_sources() -> None:
    assert set(LIST.analytes) == set(KEYS)
    for analyte in LIST.analytes.values():
        assert analyte.unit.factor == 1
        assert all(unit.source for unit in analyte.units[1:])
        assert analyte.loinc or analyte.note
        quick = not (analyte.rise and analyte.fall) or analyte.least or not analyte.anytime
        assert analyte.reason or not quick or analyte.group == "blood count"
        assert all("judgement" in band.reason for band in analyte.swaps)
    assert "judgement" in LIST.bounds_source
    assert all(band.source for band in LIMITS.bands)


def test_no_spelling_means_two_units() -> None:
    for analyte in LIST.analytes.values():
        names = [name for unit in analyte.units for name in {unit.name, unit.shown, *unit.also}]
        for name in names:
            assert sum(_means(analyte, unit.name, name) for unit in analyte.units) == 1


def _means(analyte: Analyte, unit: str, spelling: str) -> bool:
    return analyte.find(spelling).name == unit


def test_an_unknown_analyte_is_refused() -> None:
    with pytest.raises(Refused, match="no analyte"):
        LIST.analyte("gold")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('key = "ast"', 'key = "alt"', "listed twice"),
        ('group = "liver"\nloinc = "1742-6"', 'group = "x"\nloinc = "1742-6"', "no title"),
        ('usual = ["3", "3000"]', 'usual = ["3", "60000"]', "within the possible"),
        ('factor = ["1", "1.5"]', 'factor = ["1.5", "1"]', "bounds that cross"),
        ('agrees = ["0.95", "1.05"]', 'agrees = ["1.01", "1.05"]', "the last value"),
        ('{ name = "g/L" },\n  { name = "g/dL", times = "10"', '{ name = "g/dL", times = "10"', "first"),
    ],
)  # fmt: skip
def test_a_broken_list_is_not_read(old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(ValueError, match=words):
        read_catalogue(TEXT.replace(old, new, 1))


def test_units_further_apart_than_any_band_are_not_compared() -> None:
    narrow = replace(LIST.analyte("calcium"), swaps=LIST.analyte("calcium").swaps[:2])
    assert named_swap(narrow, narrow.find("mmol/L"), Fraction(4)) == NO_SWAP
