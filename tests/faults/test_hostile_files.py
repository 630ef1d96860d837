"""A file from elsewhere that is nested too deep, or is no such file: refused in words, nothing else (P16).

A copy on a stick, a key file, an order to restore, a protocol or a list of site values: whatever lies
there, a copy is still made, the ward still opens, and no fault of the program's own is seen.
"""

import hashlib
import json
import shutil

import pytest

from bedside.protocol.reader import read_protocol
from bedside.protocol.site_value_reader import read_site_values
from bedside.store import tries
from bedside.store.copies import make_copy
from bedside.store.copy_folders import _LONGEST_NOTE, NOTE, check_copy, copies_in
from bedside.store.key_file import read_key_file
from bedside.store.keys import NAME as KEYS_NAME
from bedside.store.opening import BACKUPS, ORDER
from bedside.store.parts import PAGES, PartsWrong, put_together
from bedside.store.restoring import finish_restore
from bedside.store.troubles import Damaged
from bedside.units.refusal import Refused
from bedside.ward.signed_values import letters_of, read_signed
from tests.faults.scene import NOW, make_ward, opened

LEVELS = 100_000
LISTS = "[" * LEVELS + "]" * LEVELS
HOSTILE = [
    f'{{"x": {LISTS}}}',
    LISTS,
    '{"x": ' * LEVELS + "1" + "}" * LEVELS,
    '{"number": NaN}',
    '{"number": 1e999999}',
    '{"number": 3, "number": 32}',
    '{"files": {"../../elsewhere": "x"}}',
    "",
    "\0" * 100,
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
]
EACH = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "ward"
    make_ward(folder, 1)
    store = opened(folder)
    make_copy(store, NOW, "good")
    store.close()
    return folder


@pytest.fixture
def folder(base, tmp_path):
    shutil.copytree(base, tmp_path / "ward")
    return tmp_path / "ward"


@EACH
def test_a_note_of_a_copy(folder, text):
    """The copy that it lies in is never counted as good; the ward opens, and is copied again."""
    above = folder / BACKUPS
    (good,) = copies_in(above)
    (above / "20300101T000000Z").mkdir()
    (above / "20300101T000000Z" / NOTE).write_text(text, encoding="utf-8")
    strange = next(copy for copy in copies_in(above) if copy.name.startswith("2030"))
    assert strange.note is None
    with pytest.raises(Damaged, match="does not say what it holds"):
        check_copy(strange)
    store = opened(folder)
    assert make_copy(store, NOW, "next").note.number == good.note.number + 1
    store.close()


def test_a_note_that_is_far_too_long_is_not_read(folder):
    (good,) = copies_in(folder / BACKUPS)
    with (good.folder / NOTE).open("ab") as note:
        note.write(b" " * _LONGEST_NOTE)
    assert copies_in(folder / BACKUPS)[0].note is None


@EACH
def test_an_order_to_restore(folder, text):
    (folder / ORDER).write_text(text, encoding="utf-8")
    with pytest.raises(Damaged, match="cannot be read"):
        finish_restore(folder)
    with pytest.raises(Refused):
        opened(folder)


def test_an_order_to_restore_from_elsewhere(folder, tmp_path):
    """What it names lies in the ward's own folder, or it is no order of ours."""
    (tmp_path / "restoring-x").mkdir()
    order = {"prepared": "../restoring-x", "aside": "replaced-x", "keys": False}
    (folder / ORDER).write_text(json.dumps(order))
    with pytest.raises(Damaged, match="cannot be read"):
        finish_restore(folder)


@EACH
def test_a_key_file_and_the_count_of_wrong_tries(folder, text):
    (folder / KEYS_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="key file"):
        read_key_file(folder)
    (folder / tries.NAME).write_text(text, encoding="utf-8")
    assert tries.wait_s(folder, NOW) == 0


@EACH
def test_a_list_of_changed_parts(folder, text, tmp_path):
    (good,) = copies_in(folder / BACKUPS)
    head = text.encode()
    (tmp_path / PAGES).write_bytes(len(head).to_bytes(8, "big") + head)
    with pytest.raises(PartsWrong):
        put_together(good.file, tmp_path / PAGES, tmp_path / "whole")


@EACH
def test_a_list_of_site_values_with_a_seal_that_fits(text):
    body = "x = 1\n\n# Commissioned numbers, one a line; do not edit.\n#: "
    sealed = f"{body}{text}\n#! signed by A and B\n".encode()
    digest = hashlib.sha256(sealed).hexdigest()
    content = sealed + f"#! sha256 {digest} {letters_of(digest)}\n".encode()
    with pytest.raises(Refused):
        read_signed(content, "site.toml")


@pytest.mark.parametrize("text", [f"x = {LISTS}", f"a{'.a' * LEVELS} = 1", "x = {a = " * LEVELS])
@pytest.mark.parametrize("read", [read_protocol, read_site_values])
def test_a_protocol_and_a_file_of_site_values(tmp_path, text, read):
    (tmp_path / "file.toml").write_text(text)
    with pytest.raises(Refused, match="cannot be read"):
        read(tmp_path / "file.toml")
