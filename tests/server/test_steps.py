"""The same steps on both engines: up and down, and what they made held against each other."""

import os
import re
import sqlite3

import pytest

from bedside.store.catalogue import columns_of, tables_of
from bedside.store.opening import FILE
from bedside.store.server_conditions import FUNCTIONS, NotSaidSo, condition_on_server, pattern_of
from bedside.store.server_fault import ServerFault
from bedside.store.tables import AUDIT
from tests.store.samples import fill, new_store
from tests.store.test_day_doses_step import ANEW as OF_A_DAY
from tests.store.test_reprint_step import AGAIN

_RULE = re.compile(r"CONSTRAINT \"?(\w+)\"? (CHECK|UNIQUE|FOREIGN KEY|PRIMARY KEY)")
_KINDS = {"c": "CHECK", "u": "UNIQUE", "f": "FOREIGN KEY", "p": "PRIMARY KEY"}
FAR = "base" if os.environ.get("BEDSIDE_EXAMPLES") == "long" else "0025"
TEXTS = [
    None, "", " ", "0", "1", "7", "00", "01", "0.5", "0.50", "1.", ".5", "1.5.2", "100", "100.5",
    "99.9", "99.999999999", "99.9999999999", "1,,.5", ",5", "5,", "1 ", "1000000000000", "1e3", "-1", "+1", "1,5", "nan", "NaN", "½", "٣", "2026-11-20",
    "2026-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2026-02-30", "2026-04-31", "2026-13-01",
    "2026-00-10", "2026-11-00", "0000-01-01", "9999-12-31", "2026-1-2", "20261120", "2026-11-20 ",
    "2026-11-20\n", "2026-11-20T12:42:00.000000+00:00", "2026-11-20T24:00:00.000000+00:00",
    "2026-11-20T12:60:00.000000+00:00", "2026-11-20T12:42:60.000000+00:00",
    "2026-02-30T12:42:00.000000+00:00", "2026-11-20T12:42:00.000000+01:00",
    "2026-11-20T12:42:00+00:00", "2026-11-20T12:42:00.000000Z", "2026-11-20 12:42:00.000000+00:00",
    "2026-11-20T12:42:00.000000+00:00\n", "a" * 64, "A" * 64, "0" * 63, "g" * 64, "0" * 65,
    "yes", "done", "YES", "f", "$argon2id$v=19$m=1", "x$argon2id$v=19$", "a\nb", "é", "\u3000",
]  # fmt: skip


def of_text(condition: str) -> list[str]:
    """The only column that a rule speaks of, where it is one of texts."""
    names = {column.name for table in AUDIT.metadata.tables.values() for column in table.c}
    return sorted(set(re.findall(r"\b[a-z_]\w*\b", re.sub(r"'[^']*'", "", condition))) & names)


def test_what_the_steps_make_is_the_same(connected, ward, tmp_path):
    new_store(tmp_path / "ward").close()
    file = sqlite3.connect(tmp_path / "ward" / FILE)
    server = connected(ward)
    assert tables_of(server) == tables_of(file)
    for table in ("audit", *tables_of(file)):
        assert columns_of(server, table) == columns_of(file, table)
        assert _columns(server, table) == _file_columns(file, table)
        assert _rules(server, table) == _file_rules(file, table)
        assert _indexes(server, table) == _file_indexes(file, table)
        assert _guards(server, table) == _file_guards(file, table)
    file.close()


def test_the_steps_go_down_and_up_again(connected, ward):
    """Each way in one transaction; the long run goes all the way down and up with them."""
    from bedside.store.server_upgrade import downgrade_server, upgrade_server

    driver = connected(ward)
    before = {table: _rules(driver, table) for table in tables_of(driver)}
    downgrade_server(driver, to=FAR)
    assert len(tables_of(driver)) < len(before)
    upgrade_server(driver)
    assert {table: _rules(driver, table) for table in tables_of(driver)} == before


def test_each_rule_judges_alike_on_both_engines(connected, database):
    """Every rule of one text column, asked of every text that is easily taken for a right one."""
    driver = connected(database)
    for name, gives, words in FUNCTIONS:
        driver.plain(
            f"CREATE FUNCTION {name}(text) RETURNS {gives} LANGUAGE sql IMMUTABLE AS $i$ SELECT {words} $i$"
        )
    file = sqlite3.connect(":memory:")
    asked = set()
    for table in AUDIT.metadata.tables.values():
        for rule in table.constraints:
            condition = str(getattr(rule, "sqltext", "")).replace("\\:", ":")
            names = of_text(condition)
            if len(names) != 1 or not re.search(r"GLOB|date\(|strftime|trim|length\(", condition):
                continue
            asked.add(re.sub(rf"\b{names[0]}\b", "value", condition))
    asked.add(
        "value NOT GLOB '*[^0-9.,]*' AND value GLOB '[0-9]*'"
    )  # part of a rule of three columns
    assert len(asked) >= 9
    for condition in sorted(asked):
        theirs = condition_on_server(condition)
        for text in TEXTS:
            asked_here = f"SELECT {condition} FROM (SELECT ? AS value)"  # noqa: S608 (our own rules)
            asked_there = f"SELECT {theirs} FROM (SELECT ?::text AS value) AS given"  # noqa: S608
            (here,) = file.execute(asked_here, (text,)).fetchone()
            (there,) = driver.execute(asked_there, (text,)).fetchone()
            # a rule that cannot say passes, on both
            assert (here in (None, 1)) == (there in (None, True)), (condition, text)
    file.close()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x (a TEXT CHECK (instr(a, 'b') > 0))",
        "CREATE TABLE x (a TEXT CHECK (a IS b))",
        "ALTER TABLE x ADD CONSTRAINT y CHECK (julianday(a) > 1)",
        "INSERT OR REPLACE INTO x VALUES (1)",
    ],
)
def test_a_word_that_is_not_known_is_refused(sql):
    with pytest.raises(NotSaidSo):
        condition_on_server(sql)


@pytest.mark.parametrize(
    ("glob", "pattern"),
    [
        ("*[^0-9.]*", "^.*[^0-9.].*$"),
        (".[0-9]+00:00", "^[.][0-9][+]00:00$"),
        ("$argon2id$v=19$*", "^[$]argon2id[$]v=19[$].*$"),
    ],
)
def test_a_pattern_is_said_in_postgresqls_words(glob, pattern):
    assert pattern_of(glob) == pattern


def _columns(driver, table):
    rows = driver.execute(
        "SELECT a.attname, format_type(a.atttypid, -1), a.attnotnull FROM pg_attribute a "
        "WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
        (f'"{table}"',),
    )
    kinds = {"text": "TEXT", "bigint": "INTEGER"}
    return [(name, kinds[kind], needed) for name, kind, needed in rows]


def _file_columns(file, table):
    rows = file.execute(
        "SELECT name, type, [notnull] FROM pragma_table_info(?) ORDER BY cid", (table,)
    )
    return [(name, kind, bool(needed)) for name, kind, needed in rows]


def _rules(driver, table):
    rows = driver.execute(
        "SELECT conname, contype::text FROM pg_constraint WHERE conrelid = ?::regclass",
        (f'"{table}"',),
    )
    return {(name, _KINDS[kind]) for name, kind in rows if kind in _KINDS}


def _file_rules(file, table):
    (sql,) = file.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    return set(_RULE.findall(sql))


def _indexes(driver, table):
    rows = driver.execute(
        "SELECT x.relname, i.indisunique, i.indpred IS NOT NULL FROM pg_index i "
        "JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = ?::regclass "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))",
        (f'"{table}"',),
    )
    return {tuple(row) for row in rows}


def _file_indexes(file, table):
    rows = file.execute(
        "SELECT name, [unique], partial, origin FROM pragma_index_list(?)", (table,)
    )
    return {(name, bool(once), bool(some)) for name, once, some, origin in rows if origin == "c"}


def _guards(driver, table):
    rows = driver.execute(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = ?::regclass AND NOT tgisinternal "
        "AND tgenabled = 'O'",
        (f'"{table}"',),
    )
    return {name for (name,) in rows if not name.endswith("_whole")}


def _file_guards(file, table):
    return {
        name for (name,) in file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        )
    }  # fmt: skip


def test_papers_with_and_without_a_reason_outlive_step_0030_here_too(connected, ward, station):
    """Up with data, down refused while a reason is on record, and down and up without one."""
    from bedside.store.server_upgrade import downgrade_server, upgrade_server

    store = station()
    fill(store)
    store.close()
    driver = connected(ward)
    sql = "SELECT * FROM print ORDER BY id"
    before = [tuple(row) for row in driver.execute(sql).fetchall()]
    assert before
    downgrade_server(driver, to="0029")
    assert "reprint_reason" not in columns_of(driver, "print")
    upgrade_server(driver)
    assert [tuple(row) for row in driver.execute(sql).fetchall()] == before
    numbered = "SELECT (SELECT max(id) + 1 FROM print),"  # rows are numbered by the program here
    again = AGAIN.replace("(kind", "(id, kind").replace("SELECT", numbered, 1)
    with pytest.raises(ServerFault, match="23514"):  # a rule of the table refuses it
        driver.execute(again, (1, "jammed in the printer"))
    driver.execute(again, (2, "jammed in the printer"))
    with pytest.raises(RuntimeError, match="would be lost"):
        downgrade_server(driver, to="0029")


def test_doses_of_a_day_outlive_step_0032_here_too(connected, ward, station):
    """Up with data, once for each hour, and down refused while one is on record."""
    from bedside.store.server_upgrade import downgrade_server, upgrade_server

    store = station()
    fill(store)
    store.close()
    driver = connected(ward)
    sql = "SELECT * FROM dose_record ORDER BY id"
    before = [tuple(row) for row in driver.execute(sql).fetchall()]
    assert before
    downgrade_server(driver, to="0031")
    assert "hour" not in columns_of(driver, "dose_record")
    upgrade_server(driver)
    assert [tuple(row) for row in driver.execute(sql).fetchall()] == before
    numbered = "SELECT (SELECT max(id) + 1 FROM dose_record),"  # the program numbers them here
    anew = OF_A_DAY.replace("(recorded_at", "(id, recorded_at").replace("SELECT", numbered, 1)
    for of in ((48, None), (54, None), (None, 1)):
        driver.execute(anew, of)
        with pytest.raises(ServerFault, match="23505"):  # it stands once already
            driver.execute(anew, of)
    with pytest.raises(ServerFault, match="23514"):
        driver.execute(anew, (48, 1))
    with pytest.raises(RuntimeError, match="would be lost"):
        downgrade_server(driver, to="0031")
