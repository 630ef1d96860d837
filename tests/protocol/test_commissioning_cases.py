"""Every worked case of commissioning, read as a pharmacist wrote it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bedside.protocol.number_compare import asked_about, compare, compare_public
from bedside.protocol.typed_kinds import KINDS, read_kind, refuse_new
from bedside.units.refusal import Refused

FILE = Path(__file__).parents[1] / "cases" / "commissioning.toml"
LISTED: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


def test_the_case_file_is_whole() -> None:
    names = [case["name"] for case in LISTED]
    assert len(LISTED) >= 55 and len(set(names)) == len(names)
    assert all(set(case) == {"name", "given", "expect", "source"} for case in LISTED)
    asked = {case["given"]["kind"] for case in LISTED}
    assert {"dose", "days", "length", "factors", "amount", "anc", "platelets"} <= asked


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in LISTED])
def test_case(case: dict[str, Any]) -> None:
    given, expect = case["given"], case["expect"]
    kind, mark = given["kind"], given.get("mark", ".")
    if "refused" in expect:
        with pytest.raises(Refused, match=expect["refused"]):
            [refuse_new(kind, read_kind(kind, given[key], mark)) for key in ("first", "second")]
        return
    first, second = (read_kind(kind, given[key], mark) for key in ("first", "second"))
    found = compare(first, second)
    assert (found.agreement == "equal") is expect["agree"]
    assert "kept" not in expect or first.canonical == second.canonical == expect["kept"]
    public = tuple(read_kind(kind, text) for text in given.get("public", ()))
    refuse_new(kind, first)
    asked = asked_about(kind, first)
    assert (asked is None or asked.needs_reason) and expect.get("asked", "") in (
        "" if asked is None else asked.words
    )
    assert (asked is None) is ("asked" not in expect)
    beside = compare_public(first, public, disputed=given.get("disputed", False))
    if "standing" in expect:
        assert beside.standing == expect["standing"]
    words = beside.words if expect["agree"] and public else found.words
    assert expect.get("words", "") in words
    assert beside.needs_reason is (beside.standing in ("different", "no reading"))


@pytest.mark.parametrize("case", [case for case in LISTED if "kept" in case["expect"]], ids=str)
def test_what_is_kept_reads_back_as_itself(case: dict[str, Any]) -> None:
    kept = case["expect"]["kept"]
    assert read_kind(case["given"]["kind"], kept).canonical == kept


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_refuses_nonsense_and_takes_not_stated(kind: str) -> None:
    assert read_kind(kind, " NOT stated ").canonical == "not stated"
    for text in ("", "   ", "?", "1e5 mg/kg", "x" * 2001):
        with pytest.raises(Refused):
            read_kind(kind, text)
