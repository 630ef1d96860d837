"""Every worked case of fever.toml, read as a nurse or pharmacist wrote it."""

import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.clinical.fever import Neutrophils, judge_fever
from bedside.clinical.fever_clock import antibiotic_clock, steady_time
from bedside.clinical.fever_rules import shipped_fever_book
from bedside.clinical.fever_temperature import TemperatureReading
from bedside.clinical.vital_signs import judge_degrees, judge_sign, read_sign
from bedside.clinical.vital_signs_bands import judge_usual, shipped_vital_book
from bedside.units.bounds import per_ul
from bedside.units.quantity_reader import read_anc
from bedside.units.refusal import Refused
from bedside.units.temperature import read_degrees
from tests.bounds_read import seen

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "fever.toml").read_text(encoding="utf-8")
)["case"]
YES_NO = {"yes": True, "no": False}


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"2026-11-20T{text}Z")


def _reading(text: str) -> TemperatureReading:
    at, degrees, site = text.split()
    return TemperatureReading(_at(at), Decimal(degrees), site)


def _fever(given: dict) -> dict:
    anc = None if given["anc"] == "unknown" else per_ul(seen(given["anc"], read_anc))
    state = judge_fever(
        shipped_fever_book(),
        given["definition"],
        [_reading(text) for text in given["temperatures"]],
        Neutrophils(anc, expected_low=YES_NO.get(given.get("expected_low"))),
        _at(given["now"]),
        signs=("looks ill",) if given.get("unwell") == "yes" else (),
        steroids=YES_NO.get(given.get("steroids")),
    )
    again, since = state.site.fever.again_at, state.since
    words = [state.site.words, state.site.fever.words, state.site.neutropenia_words]
    return {
        "site": state.site.verdict,
        "ctcae": state.ctcae.verdict,
        "clock": state.starts_clock,
        "since": since and f"{since:%H:%M}",
        "again": again and f"{again:%H:%M}",
        "words": " ".join([*words, *state.act, *state.notes]),
    }


def _usual(given: dict) -> dict:
    book, value = shipped_vital_book(), Decimal(given["value"])
    found = judge_usual(book, given["kind"], value, given["born"], given["on"])
    return {"side": found.side, "other": bool(found.other)}


def _typed(given: dict) -> dict:
    last = Decimal(given["last"]) if "last" in given else None
    if given["kind"] == "temperature":
        judged = judge_degrees(read_degrees(given["text"]), last)
    else:
        judged = judge_sign(given["kind"], read_sign(given["kind"], given["text"]), last)
    return {"level": judged.level, "words": judged.words}


def _clock(given: dict) -> dict:
    started = _at(given["given"]) if "given" in given else None
    clock = antibiotic_clock(_at(given["first"]), given["minutes"], _at(given["now"]), started)
    return {"state": clock.state, "left": clock.seconds_left, "taken": clock.minutes_taken}


def _steady(given: dict) -> dict:
    last = _at(given["last"]) if "last" in given else None
    found = steady_time(_at(given["wall"]), last_known=last, ran_seconds=given.get("ran"))
    assert bool(found.words) == bool(found.jump_seconds)
    return {"jump": found.jump_seconds, "now": found.now}


ASK = {"fever": _fever, "usual": _usual, "typed": _typed, "clock": _clock, "steady": _steady}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict) -> None:
    ask, expect = ASK[case["ask"]], dict(case["expect"])
    if "refused" in expect:
        with pytest.raises(Refused) as refused:
            ask(case["given"])
        assert expect["refused"] in str(refused.value)
        return
    answer = ask(case["given"])
    if case["ask"] == "fever":
        assert expect.pop("words", "") in answer["words"]
        assert {key: answer[key] for key in expect} == expect
    elif case["ask"] == "usual":
        assert answer == {"other": False, **expect}
    elif case["ask"] == "typed":
        assert answer["level"] == expect["level"]
        assert expect["words"] in answer["words"]
        assert (answer["words"] == "") == (expect["level"] == "usual")
    elif case["ask"] == "clock":
        assert answer == {"taken": None, **expect}
    else:
        assert answer["jump"] == expect["jump"]
        assert answer["now"] == _at(expect["now"])


def test_no_answer_ever_says_that_there_is_no_sepsis() -> None:
    asked = [case for case in CASES if case["ask"] == "fever"]
    for case in asked:
        words = _fever(case["given"])["words"].casefold()
        assert "not sepsis" not in words and "no sepsis" not in words
        if case["expect"]["site"] != "met":
            assert "this does not exclude sepsis" in words
    assert len(asked) >= 50


def test_cases_are_whole_and_named_once() -> None:
    assert all(set(case) == {"name", "ask", "given", "expect", "source"} for case in CASES)
    assert len({(case["ask"], case["name"]) for case in CASES}) == len(CASES) >= 150
