"""Each kind of paper, drawn from the demonstration ward, and what is kept of it as a reference.

Of each page two things are kept: its words, which must be the same to the last sign (a picture this
small does not show a decimal point), and a small picture, which shows where they stand. What differs
from one making of the ward to the next (codes, digests, numbers of the program) is set to one value.

Papers that the demonstration ward has no occasion for, since doses of theirs are not public, are
drawn from the invented infant of `tests/documents`.
"""

from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pypdfium2
from msgspec.structs import replace
from PIL import Image

from bedside.drawing import Papers
from bedside.papers.mark import PaperMark
from bedside.papers.recovery_sheet import RecoverySheet
from bedside.papers.values import PaperHead
from bedside.ward.board import board
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.printing import draw_again
from bedside.ward.protocol_books import draw_review_book
from bedside.ward.tertiary_card import draw_tertiary_card
from bedside.ward.ward import Ward
from tests.documents import day_examples
from tests.documents.test_restored import LINE, a_list
from tests.pictures.comparing import MOST, plain_differences

KEPT = Path(__file__).parent / "kept_papers"
DPI, COLOURS = 60, 32
MOST_LINES = 12  # of changed words of one paper that are told
PAGE_END = "\n---- next page ----\n"
WHO = "E. Sørensen, RN"
DIGEST, PROGRAM = "5d41a0c39be27f18" * 4, "Bedside"
SETTLED = {
    "code": "412K 7Q2M 9TXR",
    "audit_head": "7f3a9c21e0b455d8",
    "facts_digest": DIGEST,
    "digest": DIGEST,
    "program": PROGRAM,
}
MOST_PAGES = 2  # of a long paper: the others are made the same way
# bed, the paper's key, and what it is called here
OF_THE_WARD = (
    ("3", "dosing-sheet:epi-1", "dosing-sheet"),
    ("2", "label:epi-2:3:IV:azacitidine", "label-vial"),
    ("1", "roadmap:induction", "roadmap-induction"),
    ("2", "roadmap:epi-2", "roadmap-azacitidine"),
    ("7", "transfer-summary", "transfer-summary"),
    ("6", "whole-treatment", "whole-treatment"),
    ("7", "toxicity-report", "toxicity-report"),
    ("6", "dlt-report", "dlt-report"),
    ("7", "maintenance-chart", "maintenance-chart"),
    ("2", "counts-form", "counts-form"),
)


class SettledPapers(Papers):
    """Draws as always, once all that differs from ward to ward has been set to one value."""

    def dosing_sheet(self, sheet: Any) -> bytes:
        return super().dosing_sheet(settled(sheet))

    def roadmap(self, roadmap: Any) -> bytes:
        return super().roadmap(settled(roadmap))

    def label(self, label: Any) -> bytes:
        return super().label(settled(label))

    def infant_paper(self, paper: Any) -> bytes:
        return super().infant_paper(settled(paper))

    def tertiary_card(self, card: Any) -> bytes:
        return super().tertiary_card(settled(card))

    def review_book(self, book: Any, head: Any) -> bytes:
        return super().review_book(settled(book), settled(head))


def settled(value: Any) -> Any:
    """A paper, a head or a mark with one code, one digest and one program."""
    found: dict[str, Any] = {}
    for field in value.__struct_fields__:
        inner = getattr(value, field)
        if isinstance(inner, PaperHead | PaperMark):
            found[field] = settled(inner)
        elif field in SETTLED:
            found[field] = SETTLED[field]
    return replace(value, **found)


def papers(ward: Ward) -> Iterator[tuple[str, bytes]]:
    """Draw each kind of paper: its name, and the PDF.

    Args:
        ward: the demonstration ward of the fixed morning.
    """
    ward.drawing = SettledPapers()
    ids = {row.bed: row.infant_id for row in board(ward).rows}
    for bed, key, name in OF_THE_WARD:
        yield name, draw_again(ward, ids[bed], key, who=WHO)
    yield "tertiary-card", draw_tertiary_card(ward, ids["2"], who=WHO)
    yield "downtime", _downtime(ward, ids["2"])
    for key in ("aall15p1", "interfant06", "interfant06-blinatumomab"):
        yield f"review-book-{key}", draw_review_book(ward, key)
    for name, draw in _of_examples(ward.site.site_name).items():
        yield name, draw()


def _downtime(ward: Ward, infant_id: int) -> bytes:
    whole = downtime_sheets(ward, who=WHO)
    family = next(row.family for row in board(ward).rows if row.infant_id == infant_id)
    hers = tuple(settled(one) for one in whole.infants if one.family == family)
    return Papers().downtime(replace(settled(whole), infants=hers))


def _of_examples(site: str) -> dict[str, Callable[[], bytes]]:
    draw, examples = Papers(), day_examples
    code = " ".join(f"{number:02}{number + 1:02}" for number in range(8))
    at = examples.day_head().printed_at
    recovery = RecoverySheet(site, code, ("A. Ende, nurse", "N. Berg, nurse"), at, PROGRAM)
    return {
        "day-sheet-vinca": lambda: draw.day_sheet(examples.vinca_sheet()),
        "day-sheet-intrathecal": lambda: draw.day_sheet(examples.spinal_sheet()),
        "day-sheet-by-mouth": lambda: draw.day_sheet(examples.mouth_sheet()),
        "day-sheet-needle": lambda: draw.day_sheet(examples.needle_sheet()),
        "label-vinca": lambda: draw.label(examples.label()),
        "label-intrathecal": lambda: draw.label(examples.spinal_label()),
        "label-by-mouth": lambda: draw.label(examples.mouth_label()),
        "restored-list": lambda: draw.restored_list(a_list(LINE, LINE)),
        "recovery-sheet": lambda: draw.recovery_sheet(recovery),
    }


def read(pdf: bytes) -> tuple[str, tuple[Image.Image, ...]]:
    """The words of all pages of a paper, and pictures of the first ones."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = [page.get_textpage().get_text_bounded() for page in document]
        drawn = tuple(
            document[at].render(scale=DPI / 72).to_pil().convert("RGB")
            for at in range(min(len(document), MOST_PAGES))
        )
    finally:
        document.close()
    lines = (line.rstrip() for line in PAGE_END.join(words).replace("\r\n", "\n").split("\n"))
    return "\n".join(lines) + "\n", drawn


def differences(name: str, words: str, pages: tuple[Image.Image, ...]) -> tuple[str, ...]:
    """How a paper differs from what is kept of it, in words; empty where it is the same."""
    kept = KEPT / f"{name}.txt"
    if not kept.exists():
        return (f"{name}: nothing is kept of it",)
    before, now = kept.read_text("utf-8").splitlines(), words.splitlines()
    changed = list(unified_diff(before, now, "kept", "drawn", lineterm="", n=0))
    found = [f"{name}: {line}" for line in changed[2:MOST_LINES]]
    for at, page in enumerate(pages, 1):
        picture = KEPT / f"{name}-{at}.png"
        places = plain_differences(Image.open(picture), page) if picture.exists() else -1
        if not 0 <= places <= MOST:
            found.append(f"{name}, page {at}: {places} places differ")
    return tuple(found)


def keep(name: str, words: str, pages: tuple[Image.Image, ...]) -> None:
    """Keep a paper as it is now."""
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{name}.txt").write_text(words, "utf-8")
    for at, page in enumerate(pages, 1):
        kept = page.quantize(COLOURS, kmeans=2, dither=Image.Dither.NONE)
        kept.save(KEPT / f"{name}-{at}.png", optimize=True)


def keep_changed(ward: Ward) -> list[str]:
    """Keep every paper that differs from what is kept, drop what is drawn no more; say which."""
    changed, seen = [], set()
    for name, pdf in papers(ward):
        words, pages = read(pdf)
        seen |= {f"{name}.txt", *(f"{name}-{at}.png" for at in range(1, len(pages) + 1))}
        found = differences(name, words, pages)
        if found:
            keep(name, words, pages)
            changed += found
    for path in sorted(KEPT.iterdir()):
        if path.name not in seen:
            path.unlink()
            changed.append(f"{path.name}: no longer drawn")
    return changed
