"""A ward that a restore put aside, and a ward whose bookmark is gone: neither opens as if it were the ward."""

import shutil
from datetime import UTC, datetime

import pytest

from bedside.store.bookmark import NAME as BOOKMARK
from bedside.store.copies import make_copy
from bedside.store.opening import FILE, open_store
from bedside.store.records import Measurement
from bedside.store.replaced import NAME as MARK
from bedside.store.replaced import is_replaced, replaced_at
from bedside.store.restoring import finish_restore, order_restore, prepare
from bedside.store.troubles import NoBookmark
from bedside.units.refusal import Refused
from tests.store.samples import NOW, add


@pytest.fixture
def lived(full_store):
    """A ward with a copy and a later save, closed."""
    copy = make_copy(full_store, NOW, "a")
    add(full_store, Measurement, measured_at=NOW.replace(hour=13), weight_g=7123)
    full_store.close()
    return full_store.folder, copy


def put_aside(folder, copy):
    """Let a copy take the ward's place at its next opening, as after its confirmation."""
    prepared = prepare(copy, folder, NOW)
    opened(prepared)
    return order_restore(folder, prepared, NOW)


def opened(folder):
    store = open_store(folder, now=NOW, create=True)
    told = store.read_only, store.replaced
    store.close()
    return told


def test_a_replaced_ward_is_read_only_under_every_name(lived, tmp_path):
    folder, copy = lived
    aside = put_aside(folder, copy)
    finish_restore(folder)
    assert (aside / MARK).stat().st_mode & 0o777 == 0o600
    assert opened(folder) == (False, False)
    moved = shutil.copytree(aside, tmp_path / "elsewhere" / "ward")
    for place in (aside, moved):
        assert opened(place) == (True, True)
        store = open_store(place, now=NOW, create=False)
        with pytest.raises(Refused):
            add(store, Measurement, measured_at=NOW.replace(hour=14), weight_g=7200)
        store.close()
        assert replaced_at(place) == NOW.astimezone(UTC).replace(microsecond=0)
    (moved / MARK).write_bytes(b"\xff")
    assert is_replaced(moved) and replaced_at(moved) is None
    (aside / MARK).unlink()  # put aside by an older program
    assert opened(aside) == (True, True) and isinstance(replaced_at(aside), datetime)


def test_an_unmerged_replaced_ward_says_so(lived):
    folder, copy = lived
    aside = put_aside(folder, copy)
    finish_restore(folder)
    (aside / f"{FILE}-wal").write_bytes(b"x")
    with pytest.raises(Refused, match="put aside by a restore before it was closed"):
        opened(aside)


@pytest.mark.parametrize("spoilt", [None, b""])
def test_a_lived_in_ward_without_its_bookmark_is_not_opened(lived, spoilt):
    folder, copy = lived
    if spoilt is None:
        (folder / BOOKMARK).unlink()
    else:
        (folder / BOOKMARK).write_bytes(spoilt)
    before = (folder / FILE).read_bytes()
    with pytest.raises(NoBookmark, match="older state of itself"):
        opened(folder)
    assert (folder / FILE).read_bytes() == before
    put_aside(folder, copy)  # two people put the last copy there
    assert opened(folder) == (False, False)
    assert opened(folder) == (False, False)


def test_a_copied_folder_and_a_copy_written_out_open_as_they_should(lived, tmp_path):
    folder, copy = lived
    assert opened(shutil.copytree(folder, tmp_path / "copied")) == (False, False)
    assert opened(prepare(copy, folder, NOW)) == (False, False)
    shutil.rmtree(folder / "backups")
    (folder / BOOKMARK).unlink()  # as after a power cut in its first minutes
    assert opened(folder) == (False, False)
