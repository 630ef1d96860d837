"""A large file written out whole: what comes back from the medium is what was read, or there is no copy."""

import errno
import os
from hashlib import sha256
from types import SimpleNamespace

import pytest

from bedside.store import whole_copy
from bedside.store.parts import PART_BYTES, PartsWrong, digests_of
from bedside.store.whole_copy import copy_whole
from tests.spoilt_medium import flip, spoil_whole_copy

MB = 1024 * 1024
SIZE = (
    5 * MB + 3 * 4096 + 700
)  # three stretches, the last one neither a whole part nor a whole page


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_copy, "_FLUSHED", 2 * MB)
    block = b"".join(sha256(bytes([number])).digest() for number in range(256))
    (tmp_path / "a").write_bytes((block * (SIZE // len(block) + 1))[:SIZE])
    return tmp_path / "a"


def test_the_copy_is_the_file_byte_for_byte_and_for_its_user_alone(source, tmp_path):
    digests = copy_whole(source, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == source.read_bytes()
    assert digests == digests_of(source)
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600


def test_what_the_medium_does_not_take_straight_is_written_all_the_same(
    source, tmp_path, monkeypatch
):
    """Its odd end, a medium that takes nothing straight, a system that cannot: byte for byte alike."""
    direct = whole_copy._DIRECT
    for number, flag in enumerate((direct, 0, getattr(os, "O_DIRECTORY", 0))):
        monkeypatch.setattr(whole_copy, "_DIRECT", flag)
        assert copy_whole(source, tmp_path / f"b{number}") == digests_of(source)
        assert (tmp_path / f"b{number}").read_bytes() == source.read_bytes()


def test_a_medium_that_refuses_is_said(tmp_path):
    def refusing(*_):
        raise OSError(errno.EINVAL, "Invalid argument")

    (tmp_path / "a").write_bytes(b"a")
    with (tmp_path / "a").open("rb") as file:
        written = SimpleNamespace(write=refusing, fileno=file.fileno)
        with pytest.raises(OSError, match="Invalid"):
            whole_copy._put(written, memoryview(b"x"))


@pytest.mark.parametrize("place", [0, 2 * MB - 1, 2 * MB, 3 * MB + 77, 5 * MB + 4096, -1])
def test_one_bit_that_the_medium_keeps_otherwise_is_found(source, tmp_path, monkeypatch, place):
    """P6, P7: wherever it lies, at the joints of stretches and in the odd end, too."""
    spoil_whole_copy(monkeypatch, place)
    with pytest.raises(PartsWrong, match="something else"):
        copy_whole(source, tmp_path / "b")


@pytest.mark.parametrize("place", [100, 3 * MB, SIZE - 1])
def test_one_bit_that_flips_between_reading_and_writing_is_found(
    source, tmp_path, monkeypatch, place
):
    """In the computer's own memory: what was digested is not what lies on the medium."""
    usual = whole_copy._put

    def flipped(written, block):
        start = written.tell()
        if start <= place < start + len(block):
            block[place - start] ^= 4
        usual(written, block)

    monkeypatch.setattr(whole_copy, "_put", flipped)
    with pytest.raises(PartsWrong):
        copy_whole(source, tmp_path / "b")


@pytest.mark.parametrize("how", ["swapped", "cut", "longer"])
def test_blocks_in_each_others_place_and_a_wrong_length_are_found(
    source, tmp_path, monkeypatch, how
):
    """A sum belongs to its place: sound blocks in the wrong one do not pass."""
    source.write_bytes(b"".join(bytes([number]) * MB for number in range(6)))
    usual = whole_copy._Stretch

    def changed(start, digests, sums):
        if start == 4 * MB:
            with (tmp_path / "b").open("rb+") as file:
                if how == "swapped":
                    file.seek(4 * MB)
                    file.write(bytes([5]) * MB + bytes([4]) * MB)
                else:
                    file.truncate(6 * MB - 1 if how == "cut" else 6 * MB + 1)
        return usual(start, digests, sums)

    monkeypatch.setattr(whole_copy, "_Stretch", changed)
    with pytest.raises(PartsWrong):
        copy_whole(source, tmp_path / "b")


def test_the_digests_are_of_what_was_read(source, tmp_path):
    """One spoilt bit of the source gives one other digest, by which it is known as changed."""
    before = copy_whole(source, tmp_path / "b")
    flip(source, 3 * MB + 77)
    after = copy_whole(source, tmp_path / "c")
    other = [at // 32 for at in range(0, len(before), 32) if before[at : at + 32] != after[at : at + 32]]  # fmt: skip
    assert other == [(3 * MB + 77) // PART_BYTES]
