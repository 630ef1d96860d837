"""Papers that are on no record tell of themselves: downtime sheets, the tertiary card, restore lists, books."""

from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from bedside.papers.check_signs import check_signs, folded
from bedside.units.refusal import Refused
from bedside.ward.downtime_sheets import downtime_sheets, draw_downtime
from bedside.ward.protocol_books import draw_review_book
from bedside.ward.snapshots import KINDS, read_snapshot, snapshot_mark
from bedside.ward.tertiary_card import tertiary_card
from bedside.ward.verifying import verify_paper
from tests.ward.wards import NURSE, Bench


@pytest.fixture
def open_block(bench: Bench) -> Bench:
    bench.open_epi_1()
    return bench


def downtime_code(bench: Bench) -> str:
    (sheet,) = downtime_sheets(bench.ward, who=NURSE).infants
    assert sheet.mark is not None
    return sheet.mark.code


def scanned(pdf: bytes, page: int = 0) -> str:
    picture = PdfDocument(pdf)[page].render(scale=300 / 72).to_pil()
    (code,) = [one.text for one in zxingcpp.read_barcodes(picture) if "BEDSIDE" in one.text]
    return str(code)


def test_a_downtime_sheet_holds_until_something_is_recorded(open_block: Bench) -> None:
    code = downtime_code(open_block)
    answer = verify_paper(open_block.ward, code)
    assert answer.verdict == "VALID" and answer.infant_id == open_block.infant
    assert dict(answer.lines)["Infant"] == "MUSTER, Ida; born 14-May-2026; T 001"
    open_block.clock.now += timedelta(minutes=5)
    open_block.weigh(6300)
    answer = verify_paper(open_block.ward, code)
    assert answer.verdict == "OUT OF DATE"
    assert "recorded since" in answer.reasons[0] and NURSE in answer.reasons[0]


def test_a_downtime_sheet_is_over_with_its_shift(open_block: Bench) -> None:
    code = downtime_code(open_block)
    open_block.clock.now += timedelta(hours=12)
    answer = verify_paper(open_block.ward, code)
    assert answer.verdict == "OUT OF DATE" and "change of shift" in answer.reasons[0]


def test_its_square_code_answers_and_belongs_to_its_facts(open_block: Bench) -> None:
    said = scanned(draw_downtime(open_block.ward, who=NURSE))
    assert verify_paper(open_block.ward, said).verdict == "VALID"
    parts = said.split("/")
    other = ("0" if parts[4][0] != "0" else "F") + parts[4][1:]
    assert verify_paper(open_block.ward, "/".join([*parts[:4], other])).verdict == "NOT OURS"
    assert verify_paper(open_block.ward, "/".join([*parts[:4], "Z" * 16])).verdict == "NOT OURS"


def test_the_card_holds_for_its_day(open_block: Bench) -> None:
    mark = tertiary_card(open_block.ward, open_block.infant, who=NURSE).mark
    assert mark is not None and mark.edition.startswith("AALL15P1")
    assert verify_paper(open_block.ward, mark.code).verdict == "VALID"
    open_block.clock.now += timedelta(days=1)
    answer = verify_paper(open_block.ward, mark.code)
    assert (answer.verdict, answer.reasons) == ("OUT OF DATE", ("its day is over",))


def test_a_review_book_holds_as_long_as_its_edition(open_block: Bench) -> None:
    said = scanned(draw_review_book(open_block.ward, "aall15p1"))
    answer = verify_paper(open_block.ward, said)
    assert answer.verdict == "VALID" and answer.infant_id is None
    other = snapshot_mark(open_block.ward, "B", "an older file", "a newer edition")
    answer = verify_paper(open_block.ward, other.code)
    assert answer.verdict == "OUT OF DATE" and "edition" in answer.reasons[0]


def test_a_list_of_a_restore_holds_until_a_line_is_settled(open_block: Bench) -> None:
    mark = snapshot_mark(open_block.ward, "R", "lines", "every line is settled")
    assert verify_paper(open_block.ward, mark.code).verdict == "VALID"


def test_a_made_up_code_of_a_snapshot_is_not_ours(open_block: Bench, tmp_path: Path) -> None:
    code = folded(downtime_code(open_block))
    body = code[:9] + ("0" if code[9] != "0" else "1") + code[10:14]
    assert verify_paper(open_block.ward, body + check_signs(body)).verdict == "NOT OURS"
    strange = snapshot_mark(open_block.ward, "D", "x", "y", infant_id=999)
    answer = verify_paper(open_block.ward, strange.code)
    assert answer.verdict == "OUT OF DATE" and answer.infant_id is None
    with pytest.raises(Refused, match="a sign is not as it was printed"):
        verify_paper(open_block.ward, code[:3] + code[4] + code[3] + code[5:])


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_says_kind_moment_and_infant(open_block: Bench, kind: str) -> None:
    mark = snapshot_mark(open_block.ward, kind, "facts", "later", infant_id=open_block.infant)
    read = read_snapshot(open_block.ward, folded(mark.code))
    assert read is not None and read.kind == kind and read.infant == open_block.infant
    assert read.printed_at == open_block.ward.now().replace(microsecond=0)
    assert mark.number.startswith(f"{KINDS[kind][1]}-2026-1007-0800")
