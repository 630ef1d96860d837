"""An edition is kept letter by letter, and reads as the very same protocol with the same digest."""

from pathlib import Path

import msgspec
import pytest

from bedside.places import place
from bedside.protocol.continuous_words import plan_route_words, unbroken_words
from bedside.protocol.drugs import DRUG_LIST, drug_names
from bedside.protocol.reader import (
    ProtocolFileError,
    digest_of_file,
    read_kept,
    read_protocol,
    written_file,
)
from bedside.protocol.shelf import Shelf

FOLDER = place("resources", "protocols")
KEYS = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("key", KEYS)
def test_what_is_kept_of_a_file_reads_as_the_file(key: str):
    content, below = Shelf(FOLDER).written(key)
    path = FOLDER / f"{key}.toml"
    assert content.encode() == path.read_bytes()
    assert (below is None) is (key != "interfant06-blinatumomab")
    read = read_protocol(path)
    assert read_kept(content, below, path.name) == read
    assert digest_of_file(content, below) == read.digest


def test_line_endings_of_another_system_change_the_digest_and_nothing_else():
    content, below = written_file(FOLDER / "aall15p1.toml")
    ends = content.replace("\n", "\r\n")
    kept, plain = (read_kept(one, below, "aall15p1.toml") for one in (ends, content))
    assert kept.digest != plain.digest
    assert msgspec.structs.replace(kept, digest=plain.digest) == plain


def test_a_file_that_is_not_utf_8_is_not_kept(tmp_path: Path):
    path = tmp_path / "small.toml"
    path.write_bytes(b'title = "\xff"')
    with pytest.raises(ProtocolFileError, match="byte 9 is not UTF-8"):
        written_file(path)


def test_the_drug_list_reads_the_same_where_nothing_was_kept(monkeypatch: pytest.MonkeyPatch):
    taken = drug_names()
    monkeypatch.setattr("bedside.protocol.drugs.read_once", lambda kind, files, read: read())
    read = drug_names.__wrapped__()
    assert read == taken and place(*DRUG_LIST).is_file()
    assert read.display_name("azacitidine")


def test_a_continuous_infusion_says_so_with_its_route_and_its_days():
    plans = [plan for key in KEYS for course in Shelf(FOLDER)[key].courses for plan in course.drugs]
    running = [plan for plan in plans if plan.continuous]
    assert running
    for plan in running:
        assert plan_route_words(plan, "IV").endswith(", continuous infusion")
    resting = next(plan for plan in plans if not plan.continuous)
    assert "continuous" not in plan_route_words(resting, "IV")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((1, 2, 3), "day 1 to day 3, both included, without a break"),
        ((1, 3), ""),
        ((4,), ""),
        ((), ""),
    ],
)
def test_only_days_without_a_gap_are_one_run(days: tuple[int, ...], words: str):
    assert unbroken_words(days) == words
