"""The recovery sheet on paper: the code whole and in groups, nothing cut, hostile names as typed."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bedside.documents.page import PORTRAIT
from bedside.documents.recovery_sheet import compose, draw_recovery_sheet
from bedside.papers.recovery_sheet import RecoverySheet
from bedside.units.refusal import Refused
from tests.documents.reading import WatchedPaper, covered, outside, pages_of, struck

SHEET = RecoverySheet(
    site="North Quay Children's Hospital, Ward 4 North",
    code="7K3QD-91MXT-BB20F-ZJ4HP-0QW8E-NR5T2-KD6M3-V7YA9",
    people=("Mara Keller", "Erika Berg"),
    made_at=datetime(2026, 11, 20, 10, 42, tzinfo=UTC),
    program="Bedside 0.1.0",
)
LONG = replace(SHEET, site="Hospital " * 14, people=("W" * 36, "M" * 36))


@pytest.mark.parametrize("sheet", [SHEET, LONG], ids=["usual", "long"])
def test_nothing_is_cut_covered_or_crossed(sheet):
    paper = WatchedPaper(PORTRAIT)
    compose(paper, sheet)
    assert covered(paper) == []
    assert outside(paper) == []
    assert struck(paper) == []


def test_every_group_of_the_code_is_read_back():
    (text,) = pages_of(draw_recovery_sheet(replace(SHEET, people=("<b>Zoë</b>", "Łucja"))))
    for words in (*SHEET.code.split("-"), "<b>Zoë</b>", "Łucja", "Ward 4 North", "LOCK AWAY"):
        assert words in text


def test_a_code_that_does_not_fit_is_not_printed():
    with pytest.raises(Refused, match="recovery code"):
        draw_recovery_sheet(replace(SHEET, code="W" * 60))
