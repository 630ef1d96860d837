"""Which edition of a protocol held on a day: its file is kept with the ward, letter by letter."""

from datetime import date
from pathlib import Path

import pytest

from bedside.places import place
from bedside.protocol.reader import ProtocolFileError, digest_of_file, read_kept, read_protocol
from bedside.protocol.shelf import Shelf
from bedside.protocol.therapy_end import TherapyEnd
from bedside.store.dose_records import ProtocolEdition
from bedside.store.queries import all_of
from bedside.ward.holding import save_hold
from bedside.ward.past_plan import past_plan
from bedside.ward.views.delay import NewHold
from tests.ward.wards import DOCTOR, Bench

FOLDER = place("resources", "protocols")
SHELF = Shelf(FOLDER)
KEY = "aall15p1"


def hold(bench: Bench, first: date, last: date) -> None:
    form = NewHold("consolidation", "", first, last, "count not recovered")
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)


def kept(bench: Bench) -> list[ProtocolEdition]:
    with bench.ward.store.reading() as connection:
        return all_of(connection, ProtocolEdition, include_void=True)


def bring(bench: Bench, folder: Path, old: str, new: str) -> None:
    """The program comes with another edition: one text of the file is another one."""
    folder.mkdir()
    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text.replace(old, new), encoding="utf-8")
    shelf = Shelf(folder)
    bench.ward.protocols, bench.ward.written = shelf, shelf.written


@pytest.fixture
def keeping(bench: Bench) -> Bench:
    """A ward that has the letters of its protocol files at hand, as the program gives them."""
    bench.ward.protocols, bench.ward.written = SHELF, SHELF.written
    return bench


@pytest.mark.parametrize("key", list(SHELF))
def test_a_kept_file_reads_back_as_the_protocol_it_was(key: str) -> None:
    content, below = SHELF.written(key)
    protocol = read_protocol(FOLDER / f"{key}.toml")
    assert read_kept(content, below, key) == protocol
    assert digest_of_file(content, below) == protocol.digest


def test_a_kept_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ProtocolFileError):
        read_kept("[protocol]", None, "broken")


def test_line_endings_of_another_system_keep_their_digest(tmp_path: Path) -> None:
    path = tmp_path / f"{KEY}.toml"
    path.write_bytes((FOLDER / f"{KEY}.toml").read_bytes().replace(b"\n", b"\r\n"))
    content, below = Shelf(tmp_path).written(KEY)
    assert read_kept(content, below, KEY) == read_protocol(path)


def test_an_edition_is_kept_once_when_it_is_first_used(keeping: Bench) -> None:
    keeping.open_epi_1()
    hold(keeping, date(2026, 10, 12), date(2026, 10, 17))
    (row,) = kept(keeping)
    assert (row.edition, row.protocol_digest) == (SHELF[KEY].edition, SHELF[KEY].digest)


def test_the_plan_of_then_is_worked_from_the_edition_of_then(
    keeping: Bench, tmp_path: Path
) -> None:
    keeping.open_epi_1()
    then, edition = keeping.clock().date(), SHELF[KEY].edition
    keeping.at(2026, 10, 20, 9, 0)
    bring(
        keeping,
        tmp_path / "new",
        "years-from-induction = 2",
        "years-from-induction = 3",
    )
    assert keeping.ward.protocols[KEY].therapy == TherapyEnd(3, "years", "induction")
    hold(keeping, date(2026, 10, 20), date(2026, 10, 25))
    assert len(kept(keeping)) == 2
    shown = past_plan(keeping.ward, keeping.infant, then)
    last = shown.rows[-1]
    assert last.course == "End of therapy"
    assert (last.then[-4:], last.now[-4:]) == ("2028", "2029")
    assert f"Then: AALL15P1, edition {edition}" in shown.notes[0]
    today = past_plan(keeping.ward, keeping.infant, keeping.ward.today())
    assert today.rows[-1].then == today.rows[-1].now
    assert "Both are read with" in today.notes[0]


def test_an_edition_that_comes_back_is_kept_anew_and_the_old_row_stays(
    keeping: Bench, tmp_path: Path
) -> None:
    keeping.open_epi_1()
    first = keeping.ward.protocols
    keeping.at(2026, 10, 20, 9, 0)
    bring(keeping, tmp_path / "new", "years-from-induction = 2", "years-from-induction = 3")
    hold(keeping, date(2026, 10, 20), date(2026, 10, 25))
    keeping.at(2026, 10, 21, 9, 0)
    keeping.ward.protocols, keeping.ward.written = first, SHELF.written
    hold(keeping, date(2026, 10, 26), date(2026, 10, 27))
    rows = kept(keeping)
    assert [row.voided_at is not None for row in rows] == [True, False, False]
    assert past_plan(keeping.ward, keeping.infant, date(2026, 10, 20)).rows[-1].then[-4:] == "2029"
    assert past_plan(keeping.ward, keeping.infant, date(2026, 10, 21)).rows[-1].then[-4:] == "2028"


def test_where_the_edition_of_then_was_not_kept_it_is_said(bench: Bench) -> None:
    bench.ward.written = lambda _key: None
    bench.open_epi_1()
    assert kept(bench) == []
    (first, *_) = past_plan(bench.ward, bench.infant, bench.clock().date()).notes
    assert "the edition of then was not kept on this ward" in first


def test_letters_that_are_not_those_in_force_are_not_kept(keeping: Bench) -> None:
    keeping.ward.written = lambda _key: ("[protocol]", None)
    keeping.open_epi_1()
    assert kept(keeping) == []


def test_a_kept_edition_that_this_program_cannot_read_is_said(keeping: Bench) -> None:
    keeping.ward.written = lambda _key: None
    keeping.open_epi_1()
    with keeping.ward.store.change(DOCTOR, "kept by another program", keeping.ward.now()) as change:
        change.add(
            ProtocolEdition,
            protocol_key=KEY,
            edition="of another program",
            protocol_digest="a" * 64,
            content="[protocol]",
            below=None,
        )
    shown = past_plan(keeping.ward, keeping.infant, keeping.clock().date())
    assert "cannot be read by this program" in shown.notes[0]
