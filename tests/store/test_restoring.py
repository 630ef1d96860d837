"""A copy takes a ward's place: wholly or not at all, wherever it is interrupted."""

import errno
import shutil
from contextlib import suppress

import pytest

from bedside.store import restoring
from bedside.store.copies import make_copy
from bedside.store.keys import NAME as KEYS
from bedside.store.opening import FILE, ORDER
from bedside.store.records import Measurement
from bedside.store.replaced import NAME as MARK
from bedside.store.restoring import finish_restore, order_restore, prepare
from bedside.store.troubles import Damaged, NotSaved
from tests.store.samples import NOW, add, contents, new_store


@pytest.fixture
def story(full_store):
    """A ward with a copy, and one save after it; what both hold."""
    copy = make_copy(full_store, NOW, "a")
    old = contents(full_store)
    add(full_store, Measurement, measured_at=NOW.replace(hour=13), weight_g=7123)
    new = contents(full_store)
    folder = full_store.folder
    full_store.close()
    return folder, copy, old, new


def held(folder):
    store = new_store(folder, create=False)
    found = contents(store)
    store.verify_audit()
    store.close()
    return found


def test_a_restored_ward_holds_the_copy_and_the_old_one_is_kept(story):
    """P7: equal content, and the ward as it was lies aside, openable."""
    folder, copy, old, new = story
    prepared = prepare(copy, folder, NOW)
    assert held(prepared) == old
    aside = order_restore(folder, prepared, NOW)
    assert (folder / ORDER).stat().st_mode & 0o777 == 0o600
    assert finish_restore(folder) == aside
    # a restored ward has no note of its closing: its whole trail is walked, as far as its bookmark
    assert {path.name for path in aside.iterdir()} >= {FILE, "ward.bookmark", "ward.rest", MARK}
    there = {path.name for path in folder.iterdir()}
    assert "ward.bookmark" in there and not there & {"ward.rest", MARK}
    assert held(folder) == old
    assert held(aside) == new
    assert not (folder / ORDER).exists() and not prepared.exists()
    add_again = new_store(folder, create=False)
    add(add_again, Measurement, measured_at=NOW.replace(hour=14))
    add_again.close()


def test_a_prepared_ward_changes_nothing(story):
    folder, copy, _, new = story
    first = prepare(copy, folder, NOW)
    prepare(copy, folder, NOW.replace(hour=20))
    assert not first.exists()  # nobody confirmed it
    assert held(folder) == new


def test_interrupted_at_every_step_it_is_finished_at_the_next_opening(story, monkeypatch):
    """P1: killed before the order the old ward is whole, after it the new one, never half."""
    folder, copy, old, new = story
    kept = folder.with_name("kept")
    prepared = prepare(copy, folder, NOW)
    (folder / f"{FILE}-wal").write_bytes(b"")  # a log of the old ward is not left to the new file
    aside = order_restore(folder, prepared, NOW)
    shutil.copytree(folder, kept)
    for stop_after in range(18):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        steps = iter(range(stop_after))

        def one_step(act, steps=steps):
            def done(*args):
                if next(steps, None) is None:
                    raise KeyboardInterrupt
                return act(*args)

            return done

        with monkeypatch.context() as patched:
            for name in ("_move", "_exchange", "flush_folder"):
                patched.setattr(restoring, name, one_step(getattr(restoring, name)))
            with suppress(KeyboardInterrupt):
                finish_restore(folder)
        assert held(folder) == old
        assert held(folder / aside.name) == new


@pytest.mark.parametrize("call", ["flush_file", "flush_folder", "_part"])
def test_an_order_that_the_disk_does_not_take_is_said_and_leaves_the_ward(story, monkeypatch, call):
    """P3: whichever step the disk refuses, it is said in words, and no order is left half way."""
    folder, copy, old, new = story
    prepared = prepare(copy, folder, NOW)
    assert held(prepared) == old  # opened, as by its confirmation
    for nth in range({"flush_folder": 3}.get(call, 1)):
        steps, real = iter(range(nth)), getattr(restoring, call)

        def refusing(*args, act=real, steps=steps):
            if next(steps, None) is None:
                monkeypatch.undo()
                raise OSError(errno.EIO, "Input/output error")
            return act(*args)

        monkeypatch.setattr(restoring, call, refusing)
        with pytest.raises(NotSaved, match="The ward is as it was"):
            order_restore(folder, prepared, NOW)
        assert not list(folder.glob("*restore.order*"))
        assert finish_restore(folder) is None and held(folder) == new
    order_restore(folder, prepared, NOW)
    assert finish_restore(folder) is not None and held(folder) == old


def test_a_spoilt_order_is_not_guessed(story):
    folder, _, _, _ = story
    (folder / ORDER).write_bytes(b'{"prepared":"../x","aside":"replaced-1"}')
    with pytest.raises(Damaged, match="restore"):
        new_store(folder, create=False)
    (folder / ORDER).write_bytes(b"{")
    with pytest.raises(Damaged, match="restore"):
        new_store(folder, create=False)


def test_a_damaged_copy_is_not_prepared(story):
    folder, copy, _, new = story
    content = bytearray((copy.folder / FILE).read_bytes())
    content[5000] ^= 1
    (copy.folder / FILE).write_bytes(content)
    with pytest.raises(Damaged, match="not as it was"):
        prepare(copy, folder, NOW)
    assert held(folder) == new


def test_a_lost_ward_is_restored_into_its_empty_folder(story):
    """H36: the disk died; only the copies are left."""
    folder, copy, old, _ = story
    (folder / FILE).unlink()
    order_restore(folder, prepare(copy, folder, NOW), NOW)
    assert held(folder) == old


def test_the_file_enters_once_what_it_needs_is_there_to_stay(story, monkeypatch):
    """P1: a power cut may keep a later move and lose an earlier one; found by simulated cuts."""
    folder, copy, _, _ = story
    prepared = prepare(copy, folder, NOW)
    (prepared / KEYS).write_text("of the copy")
    order_restore(folder, prepared, NOW)
    done: list[str] = []
    flush, exchange = restoring.flush_folder, restoring._exchange

    def flushed(path):
        done.append("ward" if path == folder else path.name.partition("-")[0])
        flush(path)

    def exchanged(here, aside, new):
        done.append(here.name)
        exchange(here, aside, new)

    monkeypatch.setattr(restoring, "flush_folder", flushed)
    monkeypatch.setattr(restoring, "_exchange", exchanged)
    monkeypatch.setattr(restoring, "heal", lambda _: done.append("spare"))
    finish_restore(folder)
    at = done.index(FILE)
    assert set(done[done.index(KEYS) : at]) >= {"restoring", "ward"}
    assert set(done[at : done.index("spare")]) >= {"restoring", "ward"}


def test_the_bookmark_is_on_the_disk_before_the_log_goes(full_store, monkeypatch):
    """P2: beside a log a line that a power cut spoilt is excused; without one the ward is not opened."""
    add(full_store, Measurement, measured_at=NOW.replace(hour=13), weight_g=7123)
    log, there = full_store.folder / f"{FILE}-wal", []
    close = full_store._bookmark.close
    monkeypatch.setattr(
        full_store._bookmark, "close", lambda: (there.append(log.stat().st_size > 0), close())
    )
    full_store.close()
    assert there == [True] and not log.exists()
