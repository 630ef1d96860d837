"""A ward that can only be read still prints: marked READ-ONLY, on no record, under a number of its own."""

import pytest

from bedside.app import open_ward
from bedside.store import opening
from bedside.store.queries import all_of
from bedside.store.records import Print
from bedside.units.refusal import Refused
from tests.ward.test_papers import make, text_of
from tests.ward.wards import NURSE, Bench

ROADMAP = "roadmap:consolidation"


@pytest.fixture
def bench(tmp_path, monkeypatch):
    made = Bench(tmp_path / "ward")
    made.ready_for_epi_1()
    make(made, tmp_path / "before", ROADMAP)
    made.ward.store.close()
    monkeypatch.setattr(opening, "is_read_only_medium", lambda _: True)
    made.ward = open_ward(made.folder, made.clock, create=False)
    yield made
    made.ward.store.close()


def test_a_paper_says_that_it_is_not_on_record(bench, tmp_path):
    before = (bench.folder / "ward.sqlite3").read_bytes()
    paper = make(bench, tmp_path / "papers", ROADMAP)
    text = text_of(paper.path)
    assert "READ-ONLY" in text
    assert "This paper is not on record" in text
    assert paper.standing == "READ-ONLY, not on record"
    assert paper.sheet_number == "RO-2026-00002"
    assert [file.name for file in (tmp_path / "papers").iterdir()] == [paper.path.split("/")[-1]]
    with bench.ward.store.reading() as reading:
        assert len(all_of(reading, Print)) == 1
    assert (bench.folder / "ward.sqlite3").read_bytes() == before


def test_nothing_else_is_recorded(bench):
    with pytest.raises(Refused, match="can only be read"):
        bench.weigh()


def test_where_it_may_be_written_a_paper_says_nothing_of_it(bench, tmp_path, monkeypatch):
    bench.ward.store.close()
    monkeypatch.setattr(opening, "is_read_only_medium", lambda _: False)
    bench.ward = open_ward(bench.folder, bench.clock, create=False)
    paper = make(bench, tmp_path / "papers", ROADMAP)
    assert "READ-ONLY" not in text_of(paper.path)
    assert paper.standing == "On record"
    assert paper.printed_by == NURSE


def test_a_number_that_nobody_can_enter_there_stops_no_paper(bench, tmp_path):
    assert not bench.ward.site.contacts
    text = text_of(make(bench, tmp_path / "papers", "transfer-summary").path)
    assert "This paper is not on record" in text
    assert "Nobody to ring was entered at this site" in text
    assert "write the number here by hand" in text and "Site (F9)" not in text
