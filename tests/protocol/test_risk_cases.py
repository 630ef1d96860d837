"""Risk, MRD and transplant: the worked cases, and every birthday of a leap year against an oracle."""

import itertools
import tomllib
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bedside.protocol.model import Protocol
from bedside.protocol.mrd import MrdResult, read_limit, read_mrd
from bedside.protocol.risk import Kmt2a, RiskFacts, judge_risk
from bedside.protocol.transplant import judge_transplant
from bedside.units.quantities import Blasts, WhiteCells
from bedside.units.quantity_reader import read_blasts, read_white_cells
from bedside.units.refusal import Refused
from tests.bounds_read import seen

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "risk.toml").read_text(encoding="utf-8")
)["case"]
ANSWERS = {True: "yes", False: "no", None: "not known"}


def cases(key: str) -> list[Any]:
    """The cases whose given has this key."""
    return [pytest.param(case, id=case["name"]) for case in CASES if key in case["given"]]


def test_the_file_is_whole() -> None:
    assert len(CASES) >= 85
    assert len({case["name"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert set(case) == {"name", "given", "expect", "source"}
        assert case["source"].strip() and case["expect"]


@pytest.mark.parametrize("case", cases("kmt2a"))
def test_risk(case: dict[str, Any], shelf: dict[str, Protocol]) -> None:
    given, expect = case["given"], case["expect"]
    facts = RiskFacts(
        born=given["born"],
        diagnosed_on=given["diagnosed"],
        kmt2a=given["kmt2a"],
        white_cells=None if given["wbc"] == "unknown" else seen(given["wbc"], read_white_cells),
        day8_blasts=None if given["blasts"] == "unknown" else seen(given["blasts"], read_blasts),
    )
    protocol = shelf[given["protocol"]]
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            judge_risk(protocol, facts)
        return
    judged = judge_risk(protocol, facts)
    assert judged.group == expect.get("group")
    assert list(judged.missing) == expect.get("missing", [])
    assert expect.get("because", "") in " ".join(judged.because)
    assert bool(judged.ask) == bool(judged.missing)


@pytest.mark.parametrize("case", [case for case in CASES if set(case["given"]) == {"mrd"}])
def test_mrd(case: dict[str, Any]) -> None:
    typed, expect = case["given"]["mrd"], case["expect"]
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            read_mrd(typed)
        return
    fraction = Decimal(expect["fraction"]) if "fraction" in expect else None
    assert read_mrd(typed) == MrdResult(expect["kind"], fraction)


@pytest.mark.parametrize("case", cases("group"))
def test_transplant(case: dict[str, Any], shelf: dict[str, Protocol]) -> None:
    given, expect = case["given"], case["expect"]
    result = read_mrd(given["mrd"]) if "mrd" in given else None
    seen = read_limit(given["seen"]) if "seen" in given else None
    found = judge_transplant(shelf[given["protocol"]], given["group"] or None, result, seen)
    if found is None:
        assert expect["indicated"] == "no rule"
        return
    assert ANSWERS[found.indicated] == expect["indicated"]
    assert bool(found.missing) == (found.indicated is None)
    assert found.replaces_words.startswith("replaces OCTADAD and Maintenance (worked out")


def sixth_birthday(born: date) -> date:
    """The day on which 6 calendar months are complete, found here once more by itself."""
    month, year = born.month + 6, born.year
    if month > 12:
        month, year = month - 12, year + 1
    if born.day <= monthrange(year, month)[1]:
        return date(year, month, born.day)
    return date(year, month, monthrange(year, month)[1]) + timedelta(days=1)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_birthday_of_a_leap_year(month: int, interfant06: Protocol) -> None:
    """H6: the day before, of and after 6 months, for births on each day of 2028."""
    for day in range(1, monthrange(2028, month)[1] + 1):
        born = date(2028, month, day)
        turns = sixth_birthday(born)
        for offset, group in ((-1, "HR"), (0, "MR"), (1, "MR")):
            on = turns + timedelta(days=offset)
            facts = RiskFacts(born, on, "rearranged", WhiteCells(300_000), None)
            assert judge_risk(interfant06, facts).group == group, (born, on)


GENES: tuple[Kmt2a, ...] = ("rearranged", "germline", "not-evaluable", "unknown")
CELLS = (None, WhiteCells(299_999), WhiteCells(300_000))
BLASTS = (None, Blasts(999), Blasts(1000))
AGES = (None, date(2026, 6, 1), date(2026, 9, 1))


def known_group(gene: str, young: bool, many: bool, poor: bool) -> str:
    """The rule as a person would say it, all being known."""
    if gene == "germline":
        return "LR"
    return "HR" if gene == "rearranged" and young and (many or poor) else "MR"


@pytest.mark.parametrize("gene", GENES)
def test_a_group_is_named_exactly_where_no_unknown_could_change_it(
    gene: Kmt2a, interfant06: Protocol
) -> None:
    """H13: every combination of known and unknown, against all ways to fill the unknown in."""
    for on, cells, blasts in itertools.product(AGES, CELLS, BLASTS):
        fills = itertools.product(
            GENES[:3] if gene == "unknown" else (gene,),
            (True, False) if on is None else (on == AGES[1],),
            (True, False) if cells is None else (cells == CELLS[2],),
            (True, False) if blasts is None else (blasts == BLASTS[2],),
        )
        groups = {known_group(*fill) for fill in fills}
        judged = judge_risk(interfant06, RiskFacts(date(2026, 1, 15), on, gene, cells, blasts))
        assert judged.group == (next(iter(groups)) if len(groups) == 1 else None)
        assert set(judged.possible) == groups
        assert bool(judged.missing) == (judged.group is None)


def test_what_is_said_when_nothing_is_known(interfant06: Protocol) -> None:
    judged = judge_risk(interfant06, RiskFacts(date(2026, 1, 15), None, "unknown", None, None))
    assert judged.ask == (
        "Not yet known: enter the KMT2A result, the day of diagnosis, the white cells at "
        "diagnosis and the blasts in blood on day 8."
    )


def test_one_month_is_written_in_the_singular(interfant06: Protocol) -> None:
    facts = RiskFacts(date(2026, 1, 15), date(2026, 2, 20), "rearranged", WhiteCells(1), None)
    assert any(reason.startswith("1 completed calendar month old") for reason in
               judge_risk(interfant06, facts).because)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "words"),
    [("1e-4", "0.01 % (0.0001)"), ("< 1e-4", "below 0.01 % (0.0001)"), ("negative", "negative")],
)
def test_results_are_written_without_an_exponent(typed: str, words: str) -> None:
    assert read_mrd(typed).words == words


def test_a_station_with_a_comma() -> None:
    assert read_mrd("0,01 %", ",") == MrdResult("level", Decimal("0.0001"))
    assert read_mrd("5,2e-5", ",") == MrdResult("level", Decimal("0.000052"))


@pytest.mark.parametrize("typed", ["negative", "< 1e-4"])
def test_a_limit_of_detection_is_a_level(typed: str) -> None:
    with pytest.raises(Refused, match="limit of detection"):
        read_limit(typed)
