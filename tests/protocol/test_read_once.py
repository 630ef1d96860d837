"""What a protocol file was read as is taken again only where nothing that made it has changed."""

import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from bedside.places import place
from bedside.protocol import read_once as room
from bedside.protocol.drug_list_reader import read_drug_names
from bedside.protocol.drugs import DRUG_LIST
from bedside.protocol.model import Protocol
from bedside.protocol.read_once import code_stamp, read_once
from bedside.protocol.reader import ProtocolFileError, read_protocol
from bedside.protocol.shelf import Shelf

FOLDER = place("resources", "protocols")
KEYS = sorted(path.stem for path in FOLDER.glob("*.toml"))


class Small(Struct, frozen=True):
    """A reading of a few letters."""

    letters: str
    share: Fraction = Fraction(2, 3)
    dose: Decimal = Decimal("2.50")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file to read, where Python may keep bytecode."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "small.toml"
    path.write_text("abc", "utf-8")
    return path


def reading(path: Path, log: list[str]) -> Small:
    """Read a file through the room, noting when it is really read."""

    def read() -> Small:
        log.append(path.read_text("utf-8"))
        return Small(log[-1])

    return read_once(Small, (path,), read)


def kept(path: Path) -> Path:
    """Where a reading lies."""
    return path.parent / "__pycache__" / "small.read"


def test_a_second_reading_takes_what_was_kept(file: Path):
    log: list[str] = []
    assert reading(file, log) == reading(file, log) == Small("abc")
    assert log == ["abc"]


def test_one_other_letter_is_read_anew(file: Path):
    log: list[str] = []
    reading(file, log)
    file.write_text("abd", "utf-8")
    assert reading(file, log) == Small("abd")
    assert log == ["abc", "abd"]


def test_another_program_reads_anew(file: Path, monkeypatch: pytest.MonkeyPatch):
    log: list[str] = []
    reading(file, log)
    monkeypatch.setattr(room, "code_stamp", lambda: b"another reader")
    reading(file, log)
    assert log == ["abc", "abc"]


def test_the_stamp_knows_every_module_that_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    house = tmp_path / "bedside"
    for name in room.READERS:
        (house / name).mkdir(parents=True)
    module = house / "protocol" / "reader.py"
    module.write_text("a = 1\n", "utf-8")
    monkeypatch.setattr(room, "__file__", str(house / "protocol" / "read_once.py"))
    stamps = []
    for text in ("a = 1\n", "a = 10\n", "b = 10\n"):
        module.write_text(text, "utf-8")
        code_stamp.cache_clear()
        stamps.append(code_stamp())
    code_stamp.cache_clear()
    assert len(set(stamps)) == len(stamps)


@pytest.mark.parametrize("place_of_bit", [0, 40, -1])
def test_one_flipped_bit_is_read_anew(file: Path, place_of_bit: int):
    log: list[str] = []
    reading(file, log)
    content = bytearray(kept(file).read_bytes())
    content[place_of_bit] ^= 1
    kept(file).write_bytes(content)
    assert reading(file, log) == Small("abc")
    assert log == ["abc", "abc"]


def test_what_was_kept_as_another_kind_is_read_anew(file: Path):
    class Other(Struct, frozen=True):
        number: int

    log: list[str] = []
    reading(file, log)
    assert read_once(Other, (file,), lambda: Other(1)) == Other(1)


def test_nothing_is_kept_where_python_keeps_no_bytecode(
    file: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    log: list[str] = []
    reading(file, log)
    reading(file, log)
    assert log == ["abc", "abc"]
    assert not kept(file).exists()


def test_nothing_is_kept_of_what_does_not_come_back_as_it_was(file: Path):
    class Odd(Struct, frozen=True):
        things: list[int]

    comes_back_as_a_list, cannot_be_written, is_refused = (1,), [Path("x")], "letters"
    for things in (comes_back_as_a_list, cannot_be_written, is_refused):
        one = Odd(things)
        assert read_once(Odd, (file,), lambda one=one: one) is one
        assert not kept(file).exists()


def test_a_value_of_a_strange_type_is_no_reading(file: Path):
    class Asked(Struct, frozen=True):
        letters: Path

    log: list[str] = []
    reading(file, log)
    whole = kept(file).read_bytes()
    assert whole
    assert read_once(Asked, (file,), lambda: Asked(Path("y"))).letters == Path("y")


def test_a_file_that_is_not_there_is_told_by_who_reads_it(tmp_path: Path):
    def read() -> Small:
        raise ProtocolFileError("small.toml: it is not there.")

    with pytest.raises(ProtocolFileError, match="not there"):
        read_once(Small, (tmp_path / "small.toml",), read)


@pytest.mark.parametrize("key", KEYS)
def test_each_protocol_comes_back_fact_by_fact(key: str):
    fresh = read_protocol(FOLDER / f"{key}.toml")
    content = msgspec.msgpack.encode(fresh, enc_hook=room._written)
    assert msgspec.msgpack.decode(content, type=Protocol, dec_hook=room._made) == fresh
    assert Shelf(FOLDER)[key] == fresh


def test_a_shelf_reads_anew_when_a_backbone_or_the_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = Shelf(tmp_path)["interfant06-blinatumomab"]
    assert Shelf(tmp_path)["interfant06-blinatumomab"] == before
    backbone = tmp_path / "interfant06.toml"
    backbone.write_text(backbone.read_text("utf-8") + "\n# read once more\n", "utf-8")
    after = Shelf(tmp_path)["interfant06-blinatumomab"]
    assert after.digest != before.digest
    assert replace(after, digest=before.digest) == before


def test_a_shelf_with_a_list_of_its_own_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    key = KEYS[0]
    (tmp_path / f"{key}.toml").write_bytes((FOLDER / f"{key}.toml").read_bytes())
    names = read_drug_names(place(*DRUG_LIST))
    assert Shelf(tmp_path, names)[key].key == key
    assert not (tmp_path / "__pycache__").exists()
