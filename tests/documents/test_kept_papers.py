"""H39: each kind of paper says, sign by sign, what it said when it was last looked at, and looks like it.

After a wanted change: ``python -m tests.pictures papers``, read what it names and look at the pictures,
then commit them with the change.
"""

from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from bedside.app import open_ward
from bedside.ward.demonstration_today import MovableClock
from bedside.ward.infant_papers import INFANT_PAPERS
from bedside.ward.paper_drawing import Drawing
from bedside.ward.paper_keys import TITLES
from tests.made_wards import copy_demonstration
from tests.pictures.comparing import MOST, plain_differences
from tests.pictures.papers import KEPT, OF_THE_WARD, differences, papers, read

MORNING = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Europe/Berlin"))


def test_every_paper_is_as_it_was_last_looked_at(tmp_path: Path):
    clock = MovableClock(MORNING)
    ward = open_ward(copy_demonstration(MORNING, tmp_path / "ward"), clock, create=False)
    found, drawn = [], set()
    try:
        for name, pdf in papers(ward):
            found += differences(name, *read(pdf))
            drawn.add(name)
    finally:
        ward.store.close()
    assert found == [], "read and look; if as wanted: python -m tests.pictures papers"
    assert {path.stem for path in KEPT.glob("*.txt")} == drawn
    assert sum(path.stat().st_size for path in KEPT.iterdir()) < 2_000_000


def test_units_of_counts_are_in_words_on_every_paper():
    """A slash is read as a one and a µ as an m; the counts form alone names what a laboratory writes."""
    for path in KEPT.glob("*.txt"):
        text = path.read_text("utf-8")
        assert "µL" not in text, path.name
        assert "g/L" not in text or path.stem == "counts-form", path.name


def test_not_met_and_not_given_are_never_parted():
    """A line that begins with "met" says the opposite."""
    for path in KEPT.glob("*.txt"):
        lines = path.read_text("utf-8").splitlines()
        for before, after in pairwise(lines):
            parted = before.casefold().endswith(" not") and after.startswith(("met", "given"))
            assert not parted, f"{path.name}: {before} / {after}"


def test_every_kind_of_paper_is_among_them():
    """A new kind of paper is kept, too."""
    kinds = {key.partition(":")[0] for _, key, _ in OF_THE_WARD}
    assert kinds | {"day-sheet"} == {*TITLES, *INFANT_PAPERS}
    names = {name for name in vars(Drawing) if not name.startswith("_")}
    assert names - {"load_next"} == {
        "dosing_sheet", "roadmap", "day_sheet", "label", "infant_paper", "review_book",
        "tertiary_card", "downtime", "recovery_sheet", "restored_list",
    }  # fmt: skip


def test_a_lost_decimal_point_and_a_lost_line_are_found():
    """The measure itself: one sign of the words, one line of the picture; the same is the same."""
    words = (KEPT / "dosing-sheet.txt").read_text("utf-8")
    page = Image.open(KEPT / "dosing-sheet-1.png").convert("RGB")
    assert differences("dosing-sheet", words, (page,)) == ()
    slipped = words.replace("13.5 mg", "135 mg", 1)
    assert any("+135 mg" in line for line in differences("dosing-sheet", slipped, (page,)))
    gone = page.copy()
    middle = page.height // 2
    ImageDraw.Draw(gone).rectangle((0, middle, page.width, middle + 8), fill="white")
    assert plain_differences(page, gone) > MOST
    (said,) = differences("dosing-sheet", words, (gone,))
    assert "page 1" in said
