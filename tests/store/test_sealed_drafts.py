"""The file of drafts: sealed where the ward has a key, told where it is spoilt, whole or not at all."""

import pytest

from bedside.store.keys import Keys
from bedside.store.sealed_drafts import NAME, DraftsUnreadable, read_drafts, write_drafts
from tests.faults.scene import KEYS, make_ward, opened

KEYED = Keys(None, bytes(range(32, 64)))
TEXT = b"CANARYBIRD, 5.7 kg"


@pytest.fixture(params=[None, KEYED, KEYS], ids=["plain", "keyed", "encrypted"])
def store(request, tmp_path):
    make_ward(tmp_path / "ward", keys=request.param)
    made = opened(tmp_path / "ward", keys=request.param)
    yield made
    made.close()


def test_it_is_read_back_and_only_a_ward_without_any_key_has_it_readable(store):
    path = store.folder / NAME
    assert read_drafts(store) == b""
    write_drafts(store, TEXT)
    assert read_drafts(store) == TEXT
    assert (TEXT in path.read_bytes()) == (store.keys is None)
    assert path.stat().st_mode & 0o777 == 0o600
    write_drafts(store, b"")
    assert not path.exists() and read_drafts(store) == b""


def test_no_bit_of_it_can_be_other(store):
    write_drafts(store, TEXT)
    path = store.folder / NAME
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(DraftsUnreadable):
            read_drafts(store)
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(DraftsUnreadable):
            read_drafts(store)


def test_of_another_key_or_another_kind_of_ward_it_is_not_read(store, tmp_path):
    for number, keys in enumerate((None, KEYED, Keys(bytes(32), bytes(32)))):
        make_ward(tmp_path / str(number), keys=keys)
        other = opened(tmp_path / str(number), keys=keys)
        write_drafts(other, TEXT)
        if keys != store.keys:
            (store.folder / NAME).write_bytes((other.folder / NAME).read_bytes())
            with pytest.raises(DraftsUnreadable):
                read_drafts(store)
        other.close()
