"""Change a closed ward's file from outside, in every way we know, and see that it is found (P11).

    python -m tests.faults.tamper --tamperings 20000
    python -m tests.faults.tamper --tamperings 20000 --keyed

One change each time: a value edited, a row dropped, added, swapped, doubled or replaced around the
triggers (with `INSERT OR REPLACE`; the triggers are dropped and put back letter by letter), the trail
edited, cut, closed up or sealed again as far as that goes without the ward's key, a guard dropped,
the whole file put back as it was some saves ago, with or without what lies beside it. Half of the
time bookmark and note are made to fit the changed file. Found is: at the opening, by the
verification before a print, or against the audit head on the newest paper. What reads the same
afterwards, head and all, is harmless. `--keyed` is a ward whose seals are keyed, in a plain file, so
that everything but the key can be forged.

What no trail can show without a key: a save that somebody adds at the end of a plain ward's trail,
sealed as everybody can seal there. So that is only tried with keys.
"""

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from bedside.store.at_rest import NAME as REST
from bedside.store.at_rest import write_rest
from bedside.store.audit import COLUMNS, Head
from bedside.store.bookmark import NAME as BOOKMARK
from bedside.store.bookmark import Bookmark
from bedside.store.canonical import NO_HASH, row_writer, seal
from bedside.store.keys import Keys
from bedside.store.opening import FILE
from bedside.store.records import BloodCount, Measurement
from bedside.store.troubles import AuditBroken
from bedside.units.refusal import Refused
from tests.faults.flips import everything
from tests.faults.scene import NOW, WHO, make_ward, opened, said, save

SAVES = 12
KEYED = Keys(None, bytes(range(32)))  # the file itself is plain, its seals are keyed
_CLINICAL = ("infant", "blood_count", "measurement")
OUTCOMES = ("found_at_opening", "found_before_print", "found_by_paper", "harmless", "missed")
_GUARDS = (
    "SELECT type, name, sql FROM sqlite_master WHERE type = 'trigger' "
    "OR (type = 'index' AND sql LIKE '%UNIQUE%')"
)
_NAMES = ", ".join(COLUMNS)
_PLACES = ", ".join("?" * len(COLUMNS))

Driver = sqlite3.Connection
Tampering = Callable[[Driver, random.Random], None]


def rows_of(driver: Driver, table: str) -> int:
    """How many rows a table has."""
    return int(driver.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608


def edit_record(driver: Driver, rng: random.Random) -> None:
    """Another value in a clinical row; the trail is left alone."""
    table = rng.choice(_CLINICAL)
    names = [row[1] for row in driver.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
    name, row = rng.choice(names), rng.randint(1, rows_of(driver, table))
    old = driver.execute(f"SELECT {name} FROM {table} WHERE id = ?", (row,)).fetchone()[0]  # noqa: S608
    new = f"{old}x" if isinstance(old, str) else (old or 0) + rng.randint(1, 99)
    try:
        driver.execute(f"UPDATE {table} SET {name} = ? WHERE id = ?", (new, row))  # noqa: S608
    except sqlite3.IntegrityError:  # a text column that was absent
        driver.execute(f"UPDATE {table} SET {name} = ? WHERE id = ?", (f"{new}", row))  # noqa: S608


def strike_out_record(driver: Driver, rng: random.Random) -> None:
    """A row struck out, or taken back, without an act."""
    table = rng.choice(_CLINICAL[1:])
    row = rng.randint(1, rows_of(driver, table))
    ((voided,),) = driver.execute(f"SELECT voided_at FROM {table} WHERE id = ?", (row,)).fetchall()  # noqa: S608
    at = None if voided else "2026-11-20T11:00:00.000000+00:00"
    who, why = (None, None) if voided else (WHO, "wrong")
    driver.execute(
        f"UPDATE {table} SET voided_at = ?, voided_by = ?, void_reason = ? WHERE id = ?",  # noqa: S608
        (at, who, why, row),
    )


def drop_record(driver: Driver, rng: random.Random) -> None:
    """A clinical row is gone."""
    table = rng.choice(_CLINICAL)
    driver.execute(f"DELETE FROM {table} WHERE id = ?", (rng.randint(1, rows_of(driver, table)),))  # noqa: S608


def double_record(driver: Driver, rng: random.Random) -> None:
    """A clinical row stands twice."""
    table = rng.choice(_CLINICAL)
    names = [row[1] for row in driver.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
    driver.execute(
        f"INSERT INTO {table} (id, {', '.join(names)}) SELECT ?, {', '.join(names)} FROM {table} "  # noqa: S608
        "WHERE id = ?",
        (rows_of(driver, table) + rng.randint(1, 5), rng.randint(1, rows_of(driver, table))),
    )


def swap_records(driver: Driver, rng: random.Random) -> None:
    """Two rows change their numbers."""
    table = rng.choice(_CLINICAL[1:])
    one, other = rng.sample(range(1, rows_of(driver, table) + 1), 2)
    for before, after in ((one, 10**6), (other, one), (10**6, other)):
        driver.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (after, before))  # noqa: S608


def replace_record(driver: Driver, rng: random.Random) -> None:
    """INSERT OR REPLACE over a row, with one value changed."""
    row = rng.randint(1, rows_of(driver, "measurement"))
    driver.execute(
        "INSERT OR REPLACE INTO measurement SELECT id, recorded_at, recorded_by, infant_id, "
        "measured_at, weight_g + ?, length_mm, unusual_reason, voided_at, voided_by, void_reason "
        "FROM measurement WHERE id = ?",
        (rng.randint(1, 500), row),
    )


def edit_trail(driver: Driver, rng: random.Random) -> None:
    """Another value in a row of the trail."""
    name = rng.choice(COLUMNS)
    seq = rng.randint(1, rows_of(driver, "audit"))
    ((old,),) = driver.execute(f"SELECT {name} FROM audit WHERE seq = ?", (seq,)).fetchall()  # noqa: S608
    new = old + 1000 if isinstance(old, int) else _other_letter(str(old), rng)
    driver.execute(f"UPDATE audit SET {name} = ? WHERE seq = ?", (new, seq))  # noqa: S608


def drop_trail_row(driver: Driver, rng: random.Random) -> None:
    """A row of the trail is gone, the later ones close up or not."""
    seq = rng.randint(1, rows_of(driver, "audit"))
    driver.execute("DELETE FROM audit WHERE seq = ?", (seq,))
    if rng.random() < 0.5:
        _close_up(driver, seq)


def swap_trail_rows(driver: Driver, rng: random.Random) -> None:
    """Two rows of the trail change places."""
    one, other = rng.sample(range(1, rows_of(driver, "audit") + 1), 2)
    for before, after in ((one, 10**6), (other, one), (10**6, other)):
        driver.execute("UPDATE audit SET seq = ? WHERE seq = ?", (after, before))


def double_trail_row(driver: Driver, rng: random.Random) -> None:
    """A row of the trail stands once more, at its end."""
    last = rows_of(driver, "audit")
    names = ", ".join(COLUMNS[1:])
    driver.execute(
        f"INSERT INTO audit ({_NAMES}) SELECT ?, {names} FROM audit WHERE seq = ?",  # noqa: S608
        (last + 1, rng.randint(1, last)),
    )


def cut_trail(driver: Driver, rng: random.Random) -> None:
    """The end of the trail is cut off, with or without the records that it told of."""
    last = rows_of(driver, "audit")
    first = last - rng.randint(0, min(8, last - 2))
    if rng.random() < 0.7:
        cut = driver.execute(
            "SELECT table_name, row_id FROM audit WHERE seq >= ? AND operation = 'add'", (first,)
        ).fetchall()
        for table, row in cut:
            driver.execute(f'DELETE FROM "{table}" WHERE id = ?', (row,))  # noqa: S608
    driver.execute("DELETE FROM audit WHERE seq >= ?", (first,))


def forge(driver: Driver, rng: random.Random) -> None:
    """A record and its audit row edited alike, and the whole trail sealed again without the key."""
    row = rng.randint(1, rows_of(driver, "measurement"))
    driver.execute(
        "UPDATE measurement SET weight_g = weight_g + ? WHERE id = ?", (rng.randint(1, 500), row)
    )
    names = [each[1] for each in driver.execute("PRAGMA table_info(measurement)")]
    now = driver.execute(f"SELECT {', '.join(names)} FROM measurement WHERE id = ?", (row,))  # noqa: S608
    driver.execute(
        "UPDATE audit SET content = ? WHERE table_name = 'measurement' AND row_id = ?",
        (row_writer(names)(now.fetchone()), row),
    )
    _seal_again(driver, rng.choice((None, rng.randbytes(32))))


def forge_addition(driver: Driver, rng: random.Random) -> None:
    """A record that nobody made, with an audit row at the end that hangs on the chain."""
    names = [each[1] for each in driver.execute("PRAGMA table_info(measurement)")]
    number = rows_of(driver, "measurement") + 1
    ((seq, head),) = driver.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    at = (NOW + timedelta(days=rng.randint(1, 400))).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    values = {
        **dict.fromkeys(names), "id": number, "recorded_at": at, "recorded_by": WHO,
        "infant_id": 1, "measured_at": at, "weight_g": rng.randint(3000, 9000),
        "unusual_reason": "",
    }  # fmt: skip
    row = tuple(values[name] for name in names)
    driver.execute(f"INSERT INTO measurement VALUES ({', '.join('?' * len(names))})", row)  # noqa: S608
    content = row_writer(names)(row)
    link = (seq + 1, at, WHO, "recorded a weight", "measurement", number, "add", content, head)
    key = rng.choice((None, rng.randbytes(32)))
    driver.execute(f"INSERT INTO audit ({_NAMES}) VALUES ({_PLACES})", (*link, seal(link, key)))  # noqa: S608


def edit_ward(driver: Driver, rng: random.Random) -> None:
    """The ward's own row: another ward, or a demonstration made a ward."""
    name, value = rng.choice((("demonstration", 1), ("ward_id", f"{rng.random()}")))
    driver.execute(f"UPDATE ward SET {name} = ?", (value,))  # noqa: S608


INSIDE: tuple[Tampering, ...] = (
    edit_record, strike_out_record, drop_record, double_record, swap_records, replace_record,
    edit_trail, drop_trail_row, swap_trail_rows, double_trail_row, cut_trail, forge,
    forge_addition, edit_ward,
)  # fmt: skip


def tamper(file: Path, act: Tampering, rng: random.Random) -> None:
    """Do it with triggers and unique indexes out of the way, and put them back letter by letter."""
    with closing(sqlite3.connect(file, isolation_level=None)) as driver:
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("PRAGMA ignore_check_constraints=ON")
        guards = driver.execute(_GUARDS).fetchall()
        driver.execute("BEGIN IMMEDIATE")
        for kind, name, _ in guards:
            driver.execute(f"DROP {kind} {name}")
        act(driver, rng)
        for _, _, sql in guards:
            with suppress(sqlite3.IntegrityError):  # two rows where one may stand: it stays away
                driver.execute(sql)
        driver.execute("COMMIT")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        driver.execute("PRAGMA journal_mode=DELETE").fetchall()


def drop_a_guard(file: Path, rng: random.Random) -> None:
    """A trigger or an index is dropped and not put back: nothing is changed yet."""
    with closing(sqlite3.connect(file, isolation_level=None)) as driver:
        kind, name, _ = rng.choice(driver.execute(_GUARDS).fetchall())
        driver.execute(f"DROP {kind} {name}")
        driver.execute("PRAGMA journal_mode=DELETE").fetchall()


def _seal_again(driver: Driver, key: bytes | None) -> None:
    """Make the whole trail hang together again."""
    previous = "0" * 64
    for row in driver.execute(f"SELECT {_NAMES} FROM audit ORDER BY seq").fetchall():  # noqa: S608
        sealed = seal((*row[:8], previous), key)
        driver.execute(
            "UPDATE audit SET previous_hash = ?, hash = ? WHERE seq = ?", (previous, sealed, row[0])
        )
        previous = sealed


def _close_up(driver: Driver, gap: int) -> None:
    for (seq,) in driver.execute("SELECT seq FROM audit WHERE seq > ? ORDER BY seq", (gap,)):
        driver.execute("UPDATE audit SET seq = ? WHERE seq = ?", (seq - 1, seq))


def _other_letter(text: str, rng: random.Random) -> str:
    at = rng.randrange(max(len(text), 1))
    return text[:at] + ("0" if text[at : at + 1] != "0" else "1") + text[at + 1 :]


Files = dict[str, bytes]


def states(folder: Path, keys: Keys | None) -> list[Files]:
    """The ward closed after each of some saves, a correction among them: its files, the newest last."""
    make_ward(folder, saves=SAVES, keys=keys)
    found = []
    for number in range(SAVES, SAVES + 4):
        store = opened(folder, keys=keys)
        save(store, number)
        with store.change(WHO, "struck out", NOW) as change:
            change.void((BloodCount, Measurement)[number % 2], number - SAVES + 1, "wrong infant")
        store.close()
        found.append({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()})
        found[-1].pop("ward.lock")
    return found


def spoil(folder: Path, kept: list[Files], keyed: bool, rng: random.Random) -> str:
    """Lay the ward there, changed in one way; say in which."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in kept[-1].items():
        (folder / name).write_bytes(content)
    way = rng.randrange(len(INSIDE) + 2)
    if way == len(INSIDE):
        older = rng.choice(kept[:-1])
        together = rng.choice(((FILE,), (FILE, REST), (FILE, REST, BOOKMARK)))
        for name in together:
            (folder / name).write_bytes(older[name])
        return f"older copy of {len(together)} files"
    if way == len(INSIDE) + 1:
        drop_a_guard(folder / FILE, rng)
        return "drop_a_guard"
    act = INSIDE[way]
    if act is forge_addition and not keyed:
        act = edit_record  # without a key anybody can go on with a trail: nothing can show it
    tamper(folder / FILE, act, rng)
    if rng.random() < 0.5:
        forge_notes(folder)
    return act.__name__


def forge_notes(folder: Path) -> None:
    """What lies beside the file is made to fit it, as far as it can be without the key."""
    with closing(sqlite3.connect(folder / FILE)) as driver:
        row = driver.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    if row is not None and len(str(row[1])) == len(NO_HASH):
        mark = Bookmark(folder)
        mark.set(Head(*row))
        mark.close()
        write_rest(folder / FILE, Head(*row))


def outcome(folder: Path, keys: Keys | None, paper: str, whole: list[object]) -> str:
    """Open the ward as a person would, then hold it against the newest paper."""
    try:
        store = opened(folder, keys=keys)
    except Refused:
        return "found_at_opening"
    try:
        store.verify_for_paper(1)
        store.verify_audit(paper)
    except AuditBroken as broken:
        return "found_by_paper" if "missing from its end" in str(broken) else "found_before_print"
    else:
        return "harmless" if everything(store) == whole else "missed"
    finally:
        store.close()


def run(tamperings: int, seed: int, above: Path, keys: Keys | None = None) -> dict[str, object]:
    """Tamper so often, each time with a fresh copy; count what became of it."""
    kept = states(above / "ward", keys)
    store = opened(above / "ward", keys=keys)
    paper, whole = store.audit_head(), everything(store)
    store.close()
    rng = random.Random(seed)
    totals: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
    ways: Counter[str] = Counter()
    missed = []
    for number in range(tamperings):
        way = spoil(above / "spoilt", kept, keys is not None, rng)
        became = outcome(above / "spoilt", keys, paper, whole)
        totals[became] += 1
        ways[way] += 1
        if became == "missed":
            missed.append(f"{number}: {way}")
    return {"tamperings": tamperings, **totals, "ways": dict(ways), "missed_ones": missed}


def main() -> int:
    """Run from the command line; exit 1 when a tampering was missed."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--tamperings", type=int, default=400)
    reader.add_argument("--seed", type=int, default=20261121)
    reader.add_argument("--keyed", action="store_true")
    wanted = reader.parse_args()
    with tempfile.TemporaryDirectory() as above:
        totals = run(wanted.tamperings, wanted.seed, Path(above), KEYED if wanted.keyed else None)
    said(**totals)
    return 1 if totals["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
