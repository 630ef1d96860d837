"""A new ward of a test is what the steps make: the same tables, rows and schema digest."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bedside.store.opening import FILE, open_store
from bedside.store.schema import schema_digest
from tests.new_wards import Made, made_in, make_new_wards_quickly

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def found(folder: Path) -> tuple[Made, str]:
    """What stands in a new ward, and the digest of its tables."""
    open_store(folder, now=NOW, create=True).close()
    with closing(sqlite3.connect(folder / FILE)) as driver:
        return made_in(driver), schema_digest(driver)


def test_wards_made_again_are_those_of_the_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    wanted, digest = found(tmp_path / "steps")
    monkeypatch.setattr("tests.new_wards.ALWAYS_BY_STEPS", "none")
    make_new_wards_quickly(monkeypatch)
    for name in ("noted", "again"):
        made, tables = found(tmp_path / name)
        assert tables == digest and made.application_id == wanted.application_id
        assert made.statements == wanted.statements and len(made.statements) > 100
        assert [table for table, _ in made.rows] == [table for table, _ in wanted.rows]
