"""A plain ward's pages carry no seal: a bit that flips while it is open is found before it counts as sound."""

import os
import shutil
from datetime import timedelta

import pytest

from bedside.store import copies, opening, page_sums
from bedside.store.at_rest import NAME as REST
from bedside.store.at_rest import digest_of_file
from bedside.store.copies import WARD_WRONG, make_copy
from bedside.store.copy_folders import check_copy
from bedside.store.opening import BACKUPS, FILE
from bedside.store.page_sums import PageSums
from bedside.store.running import read_running
from bedside.store.troubles import AuditBroken, Damaged, NotSaved
from tests.faults.scene import NOW, make_ward, number_of, opened, save

SOON = timedelta(minutes=5)
PAGE = 4096


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base") / "ward"
    make_ward(folder, 30)
    return folder


@pytest.fixture
def ward(base, tmp_path):
    shutil.copytree(base, tmp_path / "ward")
    store = opened(tmp_path / "ward")
    yield store
    store.close()


@pytest.fixture
def large(monkeypatch):
    """Every ward is copied as a large one."""
    monkeypatch.setattr(copies, "LARGE_BYTES", 0)


@pytest.fixture
def walked(monkeypatch):
    """How often a copy's trail was walked."""
    usual, made = copies.proves_plain.__globals__["Walk"], []

    def counted(*given):
        made.append(1)
        return usual(*given)

    monkeypatch.setattr("bedside.store.plain_proof.Walk", counted)
    return made


def rot(store, what=b"TESTLING", bit=1):
    """One bit of the ward's own file on its medium; its time of change stays, as it does then."""
    file = store.folder / FILE
    times = file.stat()
    at = file.read_bytes().rindex(what)
    with file.open("rb+", buffering=0) as spoilt:
        spoilt.seek(at)
        spoilt.write(bytes([what[0] ^ bit]))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    with store.at_rest() as driver:
        driver.execute("PRAGMA shrink_memory").fetchall()  # it is read from the medium again


@pytest.mark.parametrize("saves", [0, 2])
def test_a_bit_that_flips_while_the_ward_is_open_is_found_at_the_next_start(ward, saves):
    """P6, P11: the close does not note it as what Bedside left."""
    for number in range(saves):
        save(ward, 100 + number)
    rot(ward)
    ward.close()
    assert not (ward.folder / REST).exists()
    with pytest.raises((AuditBroken, Damaged)):
        opened(ward.folder)


def test_what_bedside_wrote_itself_is_noted_and_not_walked_again(ward, monkeypatch):
    for number in range(160):  # beyond a thousand pages: moved into the file while it is open
        save(ward, 100 + number)
    ward.close()
    assert (ward.folder / REST).exists()
    monkeypatch.setattr(opening, "verify", lambda *_: pytest.fail("walked"))
    store = opened(ward.folder)
    assert number_of(store) == 190
    store.close()


def test_a_bit_that_flipped_before_saves_were_moved_into_the_file_is_found_after_a_kill(
    ward, tmp_path
):
    rot(ward)
    for number in range(160):
        save(ward, 100 + number)
    if ward._running._thread is not None:
        ward._running._thread.join()
    shutil.copytree(ward.folder, tmp_path / "killed")
    note = read_running(tmp_path / "killed" / FILE)
    assert note is None or note.head != ward.known_head, "the note of before the damage"
    with pytest.raises((AuditBroken, Damaged)):
        opened(tmp_path / "killed")


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("first", [True, False], ids=["whole", "changed"])
def test_no_large_copy_of_a_damaged_row_counts(ward, first):
    """P7: SQLite's own check knows no values."""
    if not first:
        make_copy(ward, NOW, "before")
    rot(ward)
    with pytest.raises(NotSaved) as said:
        make_copy(ward, NOW + SOON, "damaged")
    assert said.value.words == WARD_WRONG
    assert len(list((ward.folder / BACKUPS).iterdir())) == (0 if first else 1)


def test_no_small_copy_of_a_damaged_row_counts(ward):
    rot(ward)
    with pytest.raises(NotSaved) as said:
        make_copy(ward, NOW, "damaged")
    assert said.value.words == WARD_WRONG
    assert not list((ward.folder / BACKUPS).iterdir())


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_sound_copy_is_proved_by_its_pages_and_where_they_are_unknown_by_its_trail(
    ward, walked, request, size
):
    if size == "large":
        request.getfixturevalue("large")
    save(ward, 100)
    check_copy(make_copy(ward, NOW, "known"))
    assert walked == []
    ward.sums._written[-1] = []  # a write that was not followed
    save(ward, 101)
    check_copy(make_copy(ward, NOW + timedelta(days=1), "unknown"))
    assert walked == [1]
    ward.close()
    assert not (ward.folder / REST).exists(), "what is not known is checked at the next start"


def test_a_file_that_is_not_what_was_proved_has_no_sums(base, tmp_path):
    shutil.copy(base / FILE, tmp_path / FILE)
    sums = PageSums(tmp_path / FILE, "0" * 64)
    assert sums.agreed(closed=True) is None
    first = memoryview((tmp_path / FILE).read_bytes()[:PAGE])
    assert not sums.hold(first, 0)
    assert PageSums(tmp_path / FILE, None).hold(first, 0)
    assert not PageSums(tmp_path / FILE, None).hold(first, PAGE), "another page's place"
    sums.close()


def test_a_large_file_is_summed_beside_the_opening(base, tmp_path, monkeypatch):
    monkeypatch.setattr("bedside.store.page_sums._SMALL", 0)
    shutil.copytree(base, tmp_path / "ward")
    store = opened(tmp_path / "ward")
    save(store, 100)
    store.close()
    assert (tmp_path / "ward" / REST).exists()


def test_a_file_that_grows_while_it_is_summed_is_read_again_later(tmp_path, monkeypatch):
    path = tmp_path / FILE
    path.write_bytes(bytes(2 * PAGE))

    def read_late(path, each):
        with path.open("ab") as file:
            file.write(bytes(PAGE))  # SQLite moves a save into it
        return digest_of_file(path, each)

    monkeypatch.setattr(page_sums, "digest_of_file", read_late)
    sums = PageSums(path, digest=None)
    assert not sums.hold(memoryview(bytes(PAGE)), 0)  # nothing is known of it: it is walked
    sums.close()
