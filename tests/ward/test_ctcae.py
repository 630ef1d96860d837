"""The official workbook: taken as it is, kept with its digest, refused when it is another file."""

from io import BytesIO
from pathlib import Path

import pytest

from bedside.app import open_ward
from bedside.rescue import open_copy
from bedside.store import workbooks
from bedside.store.copy_folders import check_copy, copies_in
from bedside.store.opening import BACKUPS
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.units.refusal import Refused
from bedside.ward import ctcae
from bedside.ward.backup import back_up
from bedside.ward.ctcae_workbook import MOST_BYTES, read_workbook
from bedside.ward.forms import NewToxicity
from bedside.ward.restoring import confirm, preview_closed, put_in_place
from bedside.ward.toxicities import record_toxicity, toxicities_page
from tests.ward.wards import Bench
from tests.ward.workbooks import HEAD, ROWS, workbook

KELLER = "M. Keller, pharmacist"


def put(folder: Path, content: bytes, name: str = "CTCAE_v5.0.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_names_grades_and_notes_are_read_and_nothing_else():
    official = read_workbook(workbook())
    assert (official.version, sorted(official.terms)) == ("5.0", ["Anemia", "Invented ache"])
    ache, anemia = official.terms["Invented ache"], official.terms["Anemia"]
    assert ache.grades == {1: "a little", 2: "more", 3: "much"}
    assert (ache.group, ache.definition, ache.note) == ("Organ one", "An ache.", "")
    assert (anemia.grades[5], anemia.definition, anemia.note) == ("Death", "", "See ache.")


def test_a_loaded_workbook_is_searched_with_the_wards_own_terms(bench: Bench, tmp_path: Path):
    ward = bench.ward
    assert "Invented ache" not in ctcae.term_names(ward, "5.0")
    assert ctcae.criteria_in(ward, "Anemia", "5.0").official is False
    loaded = ctcae.load_workbook(ward, put(tmp_path, workbook()), who=KELLER)
    assert ctcae.loaded_workbooks(ward) == (loaded,)
    assert loaded.name == "CTCAE_v5.0.xlsx"
    names = ctcae.term_names(ward, "5.0")
    assert {"Invented ache", "Anemia", "Diarrhea"} <= set(names)
    assert names == tuple(sorted(names, key=str.casefold))
    assert "Invented ache" not in ctcae.term_names(ward, "6.0")
    assert [term.name for term in ctcae.find_terms(ward, "ache inv", "5.0")] == ["Invented ache"]
    anemia = ctcae.criteria_in(ward, "Anemia", "5.0")
    assert (anemia.official, anemia.criteria[1]) == (True, "pale")
    assert ctcae.criteria_in(ward, "Diarrhea", "5.0").official is False
    assert ctcae.criteria_in(ward, "anything else", "5.0") is None


def test_a_term_of_the_workbook_alone_can_be_logged(bench: Bench, tmp_path: Path):
    infant = bench.enrol()
    ctcae.load_workbook(bench.ward, put(tmp_path, workbook()), who=KELLER)
    assert "Invented ache" in toxicities_page(bench.ward, infant).terms
    onset = bench.ward.today()
    ache = NewToxicity(
        term="Invented ache", grade=2, onset=onset, attribution="possible", comment=""
    )
    record_toxicity(bench.ward, infant, ache, who=KELLER)
    assert [row.term for row in toxicities_page(bench.ward, infant).rows] == ["Invented ache"]


def test_a_new_workbook_of_the_version_takes_the_place_of_the_old(bench: Bench, tmp_path: Path):
    ward = bench.ward
    ctcae.load_workbook(ward, put(tmp_path, workbook()), who=KELLER)
    ctcae.load_workbook(ward, put(tmp_path, workbook("6.0"), "six.xlsx"), who=KELLER)
    ctcae.load_workbook(ward, put(tmp_path, workbook(rows=ROWS[:1]), "new.xlsx"), who=KELLER)
    loaded = ctcae.loaded_workbooks(ward)
    assert [(one.version, one.name) for one in loaded] == [("5.0", "new.xlsx"), ("6.0", "six.xlsx")]
    assert list(ctcae.official_terms(ward, "5.0")) == ["Invented ache"]
    with ward.store.reading() as connection:
        every = all_of(connection, SiteSetting, include_void=True)
    assert len([row for row in every if row.key == "ctcae_workbook_5.0"]) == 2


def test_the_kept_file_is_read_again_at_the_next_start(bench: Bench, tmp_path: Path):
    ctcae.load_workbook(bench.ward, put(tmp_path, workbook()), who=KELLER)
    ctcae._READ.clear()
    assert len(ctcae.official_terms(bench.ward, "5.0")) == 2
    assert ctcae.trouble_with(bench.ward, "5.0") == ""


def test_the_same_workbook_twice_is_there_once(bench: Bench, tmp_path: Path):
    """H24: its terms are not doubled."""
    for _ in range(2):
        ctcae.load_workbook(bench.ward, put(tmp_path, workbook()), who=KELLER)
    assert len(ctcae.loaded_workbooks(bench.ward)) == 1
    assert len(ctcae.official_terms(bench.ward, "5.0")) == 2
    names = ctcae.term_names(bench.ward, "5.0")
    assert len(names) == len(set(names))


def test_a_kept_file_that_was_changed_or_lost_is_not_used(bench: Bench, tmp_path: Path):
    ward = bench.ward
    loaded = ctcae.load_workbook(ward, put(tmp_path, workbook()), who=KELLER)
    kept = ctcae._place(ward, loaded)
    ctcae._READ.clear()
    kept.write_bytes(workbook(rows=ROWS[:1]))
    assert "is not the file that was loaded" in ctcae.trouble_with(ward, "5.0")
    kept.unlink()
    assert "is gone from the ward's folder" in ctcae.trouble_with(ward, "5.0")
    assert "Anemia" in ctcae.term_names(ward, "5.0")
    assert ctcae.criteria_in(ward, "Anemia", "5.0").official is False


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no xlsx workbook"),
        (b"PK\x03\x04 broken", "no xlsx workbook"),
        (b"x" * (MOST_BYTES + 1), "too large"),
        (workbook("4.03"), "another workbook: its sheets are “CTCAE v4.03 Clean Copy”"),
        (workbook(name="Sheet1"), "another workbook: its sheets are “Sheet1”"),
        (workbook(head=()), "is empty"),
        (workbook(rows=ROWS[2:]), "holds no term"),
        (workbook(rows=(*ROWS, ROWS[0])), "“Invented ache” twice"),
        (workbook(head=("MedDRA Code", *HEAD[2:])), "lacks the column “SOC”"),
    ],
)
def test_another_file_is_refused_with_the_reason(
    bench: Bench, tmp_path: Path, content: bytes, why: str
):
    with pytest.raises(Refused, match=why):
        ctcae.load_workbook(bench.ward, put(tmp_path, content), who=KELLER)
    assert ctcae.loaded_workbooks(bench.ward) == ()
    assert not (bench.ward.store.folder / workbooks.FOLDER).exists()


def test_a_zip_that_is_no_workbook_and_one_that_unpacks_too_far_are_refused():
    import zipfile

    empty = BytesIO()
    with zipfile.ZipFile(empty, "w") as file:
        file.writestr("a.txt", "a")
    with pytest.raises(Refused, match="damaged"):
        read_workbook(empty.getvalue())
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", bytes(121_000_000))
    with pytest.raises(Refused, match="unpacks to far more"):
        read_workbook(bomb.getvalue())


def test_a_file_far_larger_than_the_workbook_is_not_even_unpacked(monkeypatch):
    monkeypatch.setattr("zipfile.ZipFile", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(Refused, match="too large for the NCI workbook"):
        read_workbook(bytes(MOST_BYTES + 1))


def test_a_file_that_is_not_there_is_refused(bench: Bench, tmp_path: Path):
    with pytest.raises(Refused, match=r"none\.xlsx cannot be read"):
        ctcae.load_workbook(bench.ward, tmp_path / "none.xlsx", who=KELLER)
    with pytest.raises(Refused):
        ctcae.load_workbook(bench.ward, put(tmp_path, workbook()), who=" ")


def test_a_workbook_that_cannot_be_kept_changes_nothing(bench: Bench, tmp_path: Path):
    (bench.ward.store.folder / workbooks.FOLDER).write_text("a file in the folder's place")
    with pytest.raises(Refused, match="could not be kept"):
        ctcae.load_workbook(bench.ward, put(tmp_path, workbook()), who=KELLER)
    assert ctcae.loaded_workbooks(bench.ward) == ()


def test_log_and_round_show_the_official_words_once_they_are_loaded(bench: Bench, tmp_path: Path):
    from bedside.ward.toxicity_round import round_of
    from bedside.ward.toxicity_terms import criteria

    infant = bench.enrol()
    onset = bench.ward.today()
    for term in ("Invented ache", "Mucositis oral"):
        record_toxicity(
            bench.ward,
            infant,
            NewToxicity(
                term=term,
                grade=2,
                onset=onset,
                attribution="",
                comment="",
                own_words=term == "Invented ache",  # no workbook is loaded yet
            ),
            who=KELLER,
        )
    assert criteria(bench.ward, "Invented ache", "5.0") == {}
    ours = criteria(bench.ward, "Mucositis oral", "5.0")
    assert set(ours) >= {1, 2, 3, 4}
    ctcae.load_workbook(bench.ward, put(tmp_path, workbook()), who=KELLER)
    shown = {item.toxicity.term: item.criteria for item in round_of(bench.ward, infant).items}
    assert shown == {
        "Invented ache": {1: "a little", 2: "more", 3: "much"},
        "Mucositis oral": ours,  # not in this workbook: our own words
    }


# ---- in copies


def copied(bench: Bench, tmp_path: Path) -> Path:
    """A ward with a loaded workbook, and its newest copy."""
    ctcae.load_workbook(bench.ward, put(tmp_path, workbook()), who=KELLER)
    back_up(bench.ward, "by hand")
    copy = copies_in(bench.ward.store.folder / BACKUPS)[0]
    assert sum(name.endswith(".xlsx") for name in check_copy(copy).files) == 1
    return copy.folder


def test_a_copy_takes_the_workbook_along_and_is_read_with_it(bench: Bench, tmp_path: Path):
    folder = copied(bench, tmp_path)
    ctcae._READ.clear()
    read = open_copy(folder, bench.clock)
    assert "Invented ache" in ctcae.term_names(read, "5.0")
    read.store.close()


def test_a_restore_into_an_empty_folder_brings_the_workbook_back(bench: Bench, tmp_path: Path):
    folder = copied(bench, tmp_path)
    empty = tmp_path / "new computer"
    empty.mkdir()
    seen = preview_closed(empty, folder, bench.clock())
    confirm(seen, bench.ward, bench.clock(), who=KELLER, second="A. Okonjo, physician")
    put_in_place(empty, seen.prepared, bench.clock())
    ctcae._READ.clear()
    restored = open_ward(empty, bench.clock, create=False)
    assert "Invented ache" in ctcae.term_names(restored, "5.0")
    assert len(list((empty / workbooks.FOLDER).iterdir())) == 1
    restored.store.close()


def test_a_workbook_that_cannot_be_read_never_stops_a_copy(
    bench: Bench, tmp_path: Path, monkeypatch
):
    ctcae.load_workbook(bench.ward, put(tmp_path, workbook()), who=KELLER)

    def fails(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(workbooks, "write_beside", fails)
    back_up(bench.ward, "by hand")
    copy = copies_in(bench.ward.store.folder / BACKUPS)[0]
    assert not [name for name in check_copy(copy).files if name.endswith(".xlsx")]
    read = open_copy(copy.folder, bench.clock)
    assert "gone" in ctcae.trouble_with(read, "5.0")  # it says so, and the ward's list works
    read.store.close()
