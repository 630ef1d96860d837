"""The steps of the schema: equal to the tables, up and down with rows in them, wholly or not at all."""

import ast
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bedside.places import place
from bedside.store import opening, schema
from bedside.store import upgrade as upgrading
from bedside.store.copy_folders import check_copy, copies_in
from bedside.store.engine import connect, driver_of, ward_engine
from bedside.store.opening import BACKUPS, FILE
from bedside.store.records import Infant, Measurement
from bedside.store.schema import SCHEMA, look_at
from bedside.store.tables import AUDIT, TABLES
from bedside.store.troubles import AuditBroken
from bedside.store.upgrade import UpgradeFailed, downgrade, upgrade
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add, contents, new_store, tamper

HERE = Path(__file__).resolve().parents[2]
NEXT, AFTER = (f"{int(SCHEMA) + more:04d}" for more in (1, 2))
HEAD = """
import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"
branch_labels = None
depends_on = None
"""
REBUILD = """
def _keep_triggers(table):
    rows = op.get_bind().exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    )
    return [row[0] for row in rows]

def upgrade():
    for table in ("measurement", "infant", "toxicity"):
        triggers = _keep_triggers(table)
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("scale", sa.Text(), nullable=True))
        for trigger in triggers:
            op.execute(sa.text(trigger.replace(":", "\\\\:")))

def downgrade():
    for table in ("measurement", "infant", "toxicity"):
        triggers = _keep_triggers(table)
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.drop_column("scale")
        for trigger in triggers:
            op.execute(sa.text(trigger.replace(":", "\\\\:")))
"""


@pytest.fixture
def steps(tmp_path):
    """A copy of the program's own steps, to which a test adds one."""
    copied = tmp_path / "steps"
    shutil.copytree(place("migrations"), copied, ignore=shutil.ignore_patterns("__pycache__"))
    return copied


def add_step(steps, body, number=NEXT, before=SCHEMA):
    text = HEAD.format(number=number, before=before) + body
    (steps / "versions" / f"{number}_a_test.py").write_text(text)
    return number


@contextmanager
def connected(folder):
    engine = ward_engine(lambda: connect(folder / FILE))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def everything(folder):
    """Every table with its rows, as SQL text."""
    driver = sqlite3.connect(folder / FILE)
    try:
        return list(driver.iterdump())
    finally:
        driver.close()


def rows_of(folder):
    driver = sqlite3.connect(folder / FILE)
    try:
        return {
            table.name: driver.execute(
                f'SELECT {", ".join(c.name for c in table.c)} FROM "{table.name}" ORDER BY id'  # noqa: S608
            ).fetchall()
            for table in TABLES.values()
        }
    finally:
        driver.close()


# ---- the steps and the tables say the same


def test_there_is_one_newest_step():
    config = Config()
    config.set_main_option("script_location", str(place("migrations")))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [SCHEMA]
    for step in script.walk_revisions():
        assert Path(step.path).name.startswith(f"{step.revision}_")


def test_the_tables_are_those_of_the_newest_step(folder):
    """What the program believes and what lies in the file are the same, rule by rule."""
    new_store(folder).close()
    plain = create_engine("sqlite://")
    with plain.connect() as described:
        AUDIT.metadata.create_all(described)
        expected = spelled(driver_of(described))
    plain.dispose()
    with connected(folder) as connection:
        made = spelled(driver_of(connection))
        made.pop("alembic_version")
        assert made == expected
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, AUDIT.metadata)
    assert differences == []


def spelled(driver):
    """Each table's columns and rules, and each index, whatever their order."""
    rows = driver.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')")
    return {
        name: sorted(line.strip().rstrip(",").rstrip() for line in sql.splitlines() if line.strip())
        for name, sql in rows
        if sql is not None
    }


def test_a_step_stands_for_itself():
    for path in place("migrations", "versions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            assert not any(name.startswith("bedside") for name in names), path.name


# ---- up and down, with rows in the tables


def test_down_to_nothing_and_up_again(full_folder):
    with connected(full_folder) as connection:
        downgrade(connection, to="base")
        names = driver_of(connection).execute("SELECT name FROM sqlite_master").fetchall()
        assert {name for (name,) in names if not name.startswith("sqlite_")} == {"alembic_version"}
    with connected(full_folder) as connection:
        upgrade(connection)
    assert look_at(full_folder / FILE).step == SCHEMA


def test_a_rebuilt_table_keeps_every_row(full_folder, steps):
    """Finding 6: rebuilding a table to which others refer loses none of theirs."""
    before, guards = rows_of(full_folder), guards_of(full_folder)
    add_step(steps, REBUILD)
    with connected(full_folder) as connection:
        upgrade(connection, steps=steps)
        scales = driver_of(connection).execute("SELECT scale FROM measurement").fetchall()
        assert scales == [(None,)]
    assert rows_of(full_folder) == before
    with connected(full_folder) as connection:
        downgrade(connection, to=SCHEMA, steps=steps)
    assert rows_of(full_folder) == before
    assert guards_of(full_folder) == guards


def guards_of(folder):
    driver = sqlite3.connect(folder / FILE)
    try:
        return sorted(driver.execute("SELECT name FROM sqlite_master WHERE type <> 'table'"))
    finally:
        driver.close()


def test_references_are_checked_again_after_a_step(full_folder, steps):
    add_step(steps, REBUILD)
    with connected(full_folder) as connection:
        upgrade(connection, steps=steps)
        assert driver_of(connection).execute("PRAGMA foreign_keys").fetchone() == (1,)
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            driver_of(connection).execute("DELETE FROM measurement")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (
            "def upgrade():\n    op.execute('DROP TABLE hold')\n    raise ValueError('half-way')\n",
            ValueError,
        ),
        (
            "def upgrade():\n    op.execute('CREATE TABLE more (id)')\n    op.execute('nonsense')\n",
            Exception,
        ),
        (
            "def upgrade():\n    op.execute('DROP TRIGGER tr_task_stay')\n"
            "    op.execute('DELETE FROM task')\n",
            UpgradeFailed,
        ),
        (
            "def upgrade():\n    op.execute('DROP TABLE infant')\n"
            "    op.execute('CREATE TABLE infant (id INTEGER PRIMARY KEY) STRICT')\n",
            UpgradeFailed,
        ),
    ],
    ids=["raises", "bad SQL", "loses rows", "orphans rows"],
)
def test_a_step_that_fails_changes_nothing(full_folder, steps, body, error):
    """Finding 5: by itself Alembic leaves half of a failed step behind."""
    before = everything(full_folder)
    add_step(steps, body)
    with connected(full_folder) as connection, pytest.raises(error):
        upgrade(connection, steps=steps)
    assert everything(full_folder) == before
    store = new_store(full_folder)
    add(store, Measurement, measured_at=NOW.replace(hour=20))
    store.close()


def test_two_steps_are_one_transaction(full_folder, steps):
    before = everything(full_folder)
    add_step(steps, "def upgrade():\n    op.execute('CREATE TABLE more (id INTEGER) STRICT')\n")
    add_step(steps, "def upgrade():\n    op.execute('nonsense')\n", AFTER, NEXT)
    with connected(full_folder) as connection, pytest.raises(Exception, match="nonsense"):
        upgrade(connection, steps=steps)
    assert everything(full_folder) == before


# ---- opening an older ward


@pytest.fixture
def newer_program(monkeypatch, steps):
    """This program, one step further: a new column, which older rows have none of."""
    add_step(steps, REBUILD)
    monkeypatch.setattr(upgrading, "place", lambda *parts: steps)
    for module in (schema, opening):
        monkeypatch.setattr(module, "SCHEMA", NEXT)


def test_an_older_ward_is_copied_then_brought_up(full_folder, newer_program):
    """P9: every earlier ward opens, with a proved copy of it beside it."""
    before, rows = everything(full_folder), rows_of(full_folder)
    store = new_store(full_folder)
    store.verify_audit()
    assert store.audit_head()
    store.close()
    assert rows_of(full_folder) == rows
    (copy,) = (full_folder / BACKUPS).iterdir()
    (listed,) = copies_in(full_folder / BACKUPS)
    note = check_copy(listed)
    assert (copy.name, note.why, note.schema) == ("20261120T104200Z", "before an upgrade", SCHEMA)
    assert note.records == 1 + sum(len(each) for name, each in rows.items() if name != "audit")
    restored = full_folder.with_name("restored")
    restored.mkdir()
    shutil.copy(copy / FILE, restored / FILE)
    assert everything(restored) == before
    new_store(full_folder).close()


def test_the_trail_tells_of_the_step(full_folder, newer_program):
    new_store(full_folder).close()
    driver = sqlite3.connect(full_folder / FILE)
    told = driver.execute(
        "SELECT table_name, who, act FROM audit WHERE operation = 'upgrade' ORDER BY seq"
    ).fetchall()
    driver.close()
    assert {row[0] for row in told} == {"infant", "measurement", "toxicity", "ward"}
    assert {row[1:] for row in told} == {("Bedside", "brought this ward up to date")}


def test_an_older_ward_that_was_tampered_with_is_not_brought_up(full_folder, newer_program):
    """P11: a step never washes a changed value clean."""
    tamper(full_folder / FILE, "UPDATE measurement SET weight_g = 9000")
    before = everything(full_folder)
    with pytest.raises(AuditBroken, match="measurement number 1"):
        new_store(full_folder)
    assert everything(full_folder) == before


def test_an_older_ward_whose_step_fails_stays_as_it_was(full_folder, newer_program, steps):
    add_step(steps, "def upgrade():\n    raise ValueError('half-way')\n")
    before = everything(full_folder)
    with pytest.raises(Refused, match="Nothing in it was changed"):
        new_store(full_folder)
    assert everything(full_folder) == before


# ---- killed half-way

KILLED = """
import sys
from pathlib import Path
from bedside.store.engine import connect, ward_engine
from bedside.store.upgrade import upgrade
engine = ward_engine(lambda: connect(Path(sys.argv[1])))
with engine.connect() as connection:
    print("begins", flush=True)
    upgrade(connection, steps=Path(sys.argv[2]))
print("done", flush=True)
"""


def test_a_step_killed_half_way_is_whole_or_not_there(full_folder, steps, tmp_path):
    """P1 on steps: killed at a random moment, the ward is at the old step or at the new one."""
    add_step(steps, REBUILD)
    before = rows_of(full_folder)
    rng = random.Random(417)
    seen = set()
    for number in range(int(os.environ.get("BEDSIDE_UPGRADE_KILLS", "4"))):
        killed = tmp_path / f"killed-{number}"
        shutil.copytree(full_folder, killed)
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(killed / FILE), str(steps)],
            stdout=subprocess.PIPE,
            cwd=HERE,
        )
        assert child.stdout.readline() == b"begins\n"
        time.sleep(rng.uniform(0.1, 0.5))
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=30)
        child.stdout.close()
        seen.add(look_at(killed / FILE).step)
        assert rows_of(killed) == before
    assert seen <= {SCHEMA, NEXT}
    assert contents_readable(full_folder)


CREATED = """
import sys
from pathlib import Path
from tests.store.samples import new_store
import alembic.command
print("begins", flush=True)
new_store(Path(sys.argv[1]))
"""


def test_a_ward_whose_making_is_killed_can_be_made_again(tmp_path):
    """P1: a new ward is there wholly, or can simply be made anew."""
    rng = random.Random(417)
    for number in range(int(os.environ.get("BEDSIDE_UPGRADE_KILLS", "4"))):
        folder = tmp_path / f"ward-{number}"
        child = subprocess.Popen(
            [sys.executable, "-c", CREATED, str(folder)], stdout=subprocess.PIPE, cwd=HERE
        )
        assert child.stdout.readline() == b"begins\n"
        time.sleep(rng.uniform(0, 0.2))
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=30)
        child.stdout.close()
        store = new_store(folder)
        add(store, Infant)
        store.close()


def contents_readable(folder):
    store = new_store(folder)
    kept = contents(store)
    store.close()
    return len(kept["Infant"]) == 1
