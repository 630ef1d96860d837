"""No paper leaves a record that does not hold: no bytes, no file, no record; and the ward takes nothing more."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bedside.ward
from bedside.demonstration import make_demonstration_ward
from bedside.store.troubles import AuditBroken
from bedside.ward.board import board
from bedside.ward.demonstration_today import MovableClock
from bedside.ward.downtime_sheets import draw_downtime, make_downtime, print_downtime
from bedside.ward.facts import facts_of
from bedside.ward.printing import draw_again, make_paper, paper_choices
from bedside.ward.protocol_books import draw_review_book
from bedside.ward.restored_paper import draw_open
from bedside.ward.tertiary_card import draw_tertiary_card
from tests.made_wards import copy_demonstration

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
WHO = "E. Berg, RN"
DRAWN = {
    "dosing_sheet", "roadmap", "day_sheet", "label", "infant_paper", "review_book",
    "tertiary_card", "downtime", "restored_list",
}  # fmt: skip


@pytest.fixture
def ward(tmp_path):
    copy_demonstration(NOW, tmp_path / "ward")
    made = make_demonstration_ward(tmp_path / "ward", MovableClock(NOW))
    yield made
    made.store.close()


def change_outside(ward):
    """A weight is changed through the ward's own connection: nobody else can have the file."""
    driver = ward.store._file.driver
    driver.execute("DROP TRIGGER tr_measurement_keep")
    driver.execute("UPDATE measurement SET weight_g = weight_g + 500 WHERE id = 1")


def infant_with(ward, start):
    """An infant and one of her papers that can be printed now."""
    for row in board(ward).rows:
        for choice in paper_choices(ward, facts_of(ward, row.infant_id)):
            if choice.key.startswith(start) and not choice.refused:
                return row.infant_id, choice.key
    raise LookupError(start)


def papers(ward, folder):
    """Every paper of a ward, as something that makes it."""
    sheet, roadmap = infant_with(ward, "dosing-sheet"), infant_with(ward, "roadmap")
    carded = next(row.infant_id for row in board(ward).rows if row.dlt.state == "open")
    return {
        "sheet": lambda: make_paper(ward, *sheet, folder, who=WHO),
        "roadmap": lambda: make_paper(ward, *roadmap, folder, who=WHO),
        "preview": lambda: draw_again(ward, *sheet, who=WHO),
        "of the whole infant": lambda: make_paper(
            ward, roadmap[0], "transfer-summary", folder, who=WHO
        ),
        "card": lambda: draw_tertiary_card(ward, carded, who=WHO),
        "downtime": lambda: draw_downtime(ward, who=WHO),
        "downtime file": lambda: print_downtime(ward, folder / "downtime.pdf", who=WHO),
        "downtime by itself": lambda: make_downtime(ward, who=""),
        "review book": lambda: draw_review_book(ward, "aall15p1"),
        "restored list": lambda: draw_open(ward, who=WHO),
    }


@pytest.mark.parametrize(
    "name",
    ["sheet", "roadmap", "of the whole infant", "preview", "card", "downtime", "downtime file", "downtime by itself",
     "review book", "restored list"],
)  # fmt: skip
def test_nothing_of_a_paper_is_made(ward, tmp_path, name):
    folder = tmp_path / "papers"
    folder.mkdir()
    make = papers(ward, folder)[name]
    told = []
    ward.on_broken = told.append
    change_outside(ward)
    with pytest.raises(AuditBroken) as caught:
        make()
    said = caught.value.reasons
    assert "measurement number 1 was changed outside Bedside" in said[0]
    assert said[1].startswith("Nothing was printed")
    assert "the last good copy" in said[2] and "bedside restore" in said[2]
    assert told == [caught.value]
    assert list(folder.iterdir()) == []
    assert not list((tmp_path / "ward").glob("downtime/*.pdf"))
    with pytest.raises(AuditBroken):
        ward.store.change(WHO, "recorded a weight", NOW).__enter__()


def test_every_paper_is_drawn_behind_the_verification():
    """A new paper must be verified before it is drawn, and stand in the test above."""
    drawn = {}
    for path in Path(bedside.ward.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Attribute)
                and node.func.value.attr == "drawing"
            ):
                drawn[node.func.attr] = path
    assert set(drawn) == DRAWN
    for path in drawn.values():
        assert "check_before_paper(ward" in path.read_text("utf-8"), path


def test_every_paper_carries_the_head(ward, tmp_path):
    """P11: the head on each paper is the anchor outside the computer."""
    import io

    from pypdf import PdfReader

    head = ward.store.audit_head()[:16]
    spaced = " ".join(head[at : at + 4] for at in range(0, 16, 4))
    made = papers(ward, tmp_path)
    for name in ("preview", "card", "downtime", "review book"):
        text = PdfReader(io.BytesIO(made[name]())).pages[0].extract_text().replace("\n", " ")
        assert spaced in " ".join(text.split()), name
