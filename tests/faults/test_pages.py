"""Damage greater than a bit is found before it is used, or changes nothing that is shown (P6).

A page full of noughts, two pages exchanged, an end that is missing, a write-ahead file that is lost
or of another day: what a failing disk, a copying program or a helpful colleague does to a file.
"""

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from bedside.store.opening import FILE
from tests.faults.flips import SAVES, crashed_copy, everything, outcome
from tests.faults.scene import KEYS, make_ward, opened, save

WAL = f"{FILE}-wal"
EACH = 8
HARMLESS = {"found_by_check", "found_by_trail", "harmless"}
FOUND = HARMLESS - {"harmless"}


@pytest.fixture(scope="module", params=[None, KEYS], ids=["plain", "encrypted"])
def wards(request, tmp_path_factory):
    """A ward that was closed and one that was not, as bytes, with all that they show."""
    above, keys = tmp_path_factory.mktemp("pages"), request.param
    make_ward(above / "closed", saves=SAVES, keys=keys)
    shutil.copytree(above / "closed", above / "again")
    crashed_copy(above / "again", above / "crashed", keys)
    found = {"keys": keys}
    for name in ("closed", "crashed"):
        files = {path.name: path.read_bytes() for path in (above / name).iterdir()}
        files.pop("ward.lock", None)
        store = opened(above / name, keys=keys)
        found[name] = (files, everything(store))
        store.close()
    return found


@pytest.fixture
def became(wards, tmp_path):
    """What became of a ward whose files were changed."""

    def lay(name, **changed):
        files, whole = wards[name]
        laid = {**files, **changed}
        laid = {name: content for name, content in laid.items() if content is not None}
        return outcome(laid, tmp_path / "ward", whole, wards["keys"])

    return lay


def page_bytes(content, encrypted):
    return 4096 if encrypted else int.from_bytes(content[16:18], "big")


def pages_of(wards, name, file):
    content = wards[name][0][file]
    if file == WAL:
        return content, 32 + 24, 24 + page_bytes(wards[name][0][FILE], wards["keys"] is not None)
    return content, 0, page_bytes(content, wards["keys"] is not None)


def numbers(content, start, size):
    every = range((len(content) - start) // size)
    return random.Random(7).sample(every, min(EACH, len(every)))


@pytest.mark.parametrize(("name", "file"), [("closed", FILE), ("crashed", WAL)])
@pytest.mark.parametrize("with_what", [b"\0", b"\xa5"])
def test_a_page_that_is_not_there_any_more(wards, became, name, file, with_what):
    content, start, size = pages_of(wards, name, file)
    outcomes = []
    for number in numbers(content, start, size):
        at = start + number * size
        spoilt = content[:at] + with_what * 4096 + content[at + 4096 :]
        outcomes.append(became(name, **{file: spoilt}))
    assert set(outcomes) <= HARMLESS
    assert set(outcomes) & FOUND


def test_two_pages_exchanged(wards, became):
    content, _, size = pages_of(wards, "closed", FILE)
    outcomes = []
    for one in numbers(content, 0, size):
        other = (one + 3) % (len(content) // size)
        if content[one * size : (one + 1) * size] == content[other * size : (other + 1) * size]:
            continue  # two empty tables of a plain ward look the same
        changed = bytearray(content)
        changed[one * size : (one + 1) * size] = content[other * size : (other + 1) * size]
        changed[other * size : (other + 1) * size] = content[one * size : (one + 1) * size]
        outcomes.append(became("closed", **{FILE: bytes(changed)}))
    assert set(outcomes) & FOUND
    assert set(outcomes) <= (HARMLESS if wards["keys"] is None else FOUND)


def test_an_index_that_points_at_another_row(wards, became, tmp_path):
    """Every record reads as it was written, and still a page would show another one: it is found."""
    content, _, size = pages_of(wards, "closed", FILE)
    if wards["keys"] is not None:  # where an index lies nobody can read; each page has its seal
        sealed = bytearray(content)
        sealed[len(content) // size // 2 * size - 1] ^= 64
        assert became("closed", **{FILE: bytes(sealed)}) in FOUND
        return
    (tmp_path / FILE).write_bytes(content)
    with closing(sqlite3.connect(tmp_path / FILE)) as driver:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_measurement_infant_id'"
        (page,) = driver.execute(sql).fetchone()
    changed = bytearray(content)
    changed[page * size - 1] ^= 64  # the row's number, at the end of its first entry
    assert became("closed", **{FILE: bytes(changed)}) == "found_by_check"


@pytest.mark.parametrize("left", [0.2, 0.5, 0.9])
def test_an_end_that_is_missing(wards, became, left):
    content, _, size = pages_of(wards, "closed", FILE)
    assert became("closed", **{FILE: content[: int(len(content) * left)]}) in FOUND
    whole_pages = int(len(content) * left) // size * size
    assert became("closed", **{FILE: content[:whole_pages]}) in FOUND
    wal = wards["crashed"][0][WAL]
    assert became("crashed", **{WAL: wal[: int(len(wal) * left)]}) in FOUND


def test_the_newest_saves_are_gone_or_of_another_day(wards, became, tmp_path):
    """The write-ahead file lost; and one of another state of the ward laid beside the file."""
    assert became("crashed", **{WAL: None}) in FOUND
    keys, files = wards["keys"], wards["closed"][0]
    for name in ("later", "other"):
        (tmp_path / name).mkdir()
    for name, content in files.items():
        (tmp_path / "later" / name).write_bytes(content)
    store = opened(tmp_path / "later", keys=keys)
    for number in range(50, 53):
        save(store, number)
    store.close()  # a ward with three saves more, and beside it the saves that it never knew
    later = {path.name: path.read_bytes() for path in (tmp_path / "later").iterdir()}
    later.pop("ward.lock", None)
    laid = {**later, WAL: wards["crashed"][0][WAL]}
    shown = shown_by(tmp_path / "later", keys)
    assert outcome(laid, tmp_path / "other", shown, keys) in HARMLESS


def shown_by(folder, keys):
    store = opened(folder, keys=keys)
    try:
        return everything(store)
    finally:
        store.close()
