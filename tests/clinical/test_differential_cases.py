"""Every worked case of differential.toml: slips among the parts of the differential are named."""

import tomllib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.clinical.differential_plausibility import judge_part

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "differential.toml").read_text(encoding="utf-8")
)["case"]
AT = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict) -> None:
    given, expect = case["given"], case["expect"]
    last = ()
    if "last" in given:
        last = ((AT - timedelta(days=given["days_ago"]), Decimal(given["last"])),)
    found = judge_part(
        given["noun"], Decimal(given["typed"]), last, AT, may_fall=given.get("may_fall", False)
    )
    assert found.level == expect["level"]
    assert expect["words"] in found.words if expect["words"] else found.words == ""
    assert found.compared.endswith(expect["compared"])
