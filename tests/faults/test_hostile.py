"""Hostile text in every field that a person fills (P15, P16, H32): kept letter by letter or refused.

Markup, formulas, control and right-to-left characters, scripts that no font of ours holds, and 5,000
letters go through the ward's doors into the store, out again after a new start, onto the ward list and
the page heads, and onto paper. What cannot be printed is refused with the field's name; nothing is cut,
hidden or turned on the way.
"""

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from bedside.store.queries import all_of, of_infant
from bedside.store.records import Enrolment, Infant
from bedside.store.tables import TABLES
from bedside.units.paper_letters import bare
from bedside.units.quantities import BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.downtime_sheets import downtime_sheets
from bedside.ward.forms import NewSize, NewToxicity
from bedside.ward.holding import save_hold
from bedside.ward.infants import banner
from bedside.ward.printing import make_paper
from bedside.ward.site import save_site, site_form
from bedside.ward.toxicities import log_of, record_toxicity
from bedside.ward.views.delay import NewHold
from bedside.ward.weighing import record_size
from tests.ward.wards import DOCTOR, NURSE, Bench

HOSTILE = {
    "markup": "<b>open",
    "hidden": '<font color="white">x</font><!-- y -->',
    "image": '<img src="file:///etc/passwd"/>',
    "entity": "&amp;&#0;&lt;",
    "formula": "=cmd|'/c calc'!A1",
    "sql": "'; DROP TABLE infant; --",
    "format": "%s %n {0} {infant}",
    "path": "../../etc/passwd",
    "turned": "ab\u202egnal",
    "unseen": "a\u200bb\ufeffc",
    "control": "a\x1b[2Jb\x07",
    "lines": "one\ntwo\ttab",
    "arabic": "محمد",
    "chinese": "李小龍",
    "combined": "Z\u0351\u036b\u0343a",
    "nul": "a\x00b",
    "lone surrogate": "a\ud800b",
    "long": "Aä" * 2500,
}
PAPERS = ("roadmap:induction", "transfer-summary", "counts-form", "toxicity-report")
FIELDS = ("family", "given", "hospital_number", "bed", "allergies", "line", "study_number",
          "diagnosis")  # fmt: skip
NEVER_KEPT = ("nul", "lone surrogate")


@pytest.fixture(params=HOSTILE)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A ward with its tables, to copy."""
    folder = tmp_path_factory.mktemp("hostile") / "ward"
    Bench(folder).ward.store.close()
    return folder


@pytest.fixture
def bench(begun, tmp_path):
    shutil.copytree(begun, tmp_path / "ward")
    made = Bench(tmp_path / "ward")
    yield made
    made.ward.store.close()


def attempt(bench: Bench, act):
    """What an act gave; None where it was refused: in words, and with nothing kept."""
    head = bench.ward.store.audit_head()
    try:
        return act()
    except Refused as refusal:
        reasons = refusal.reasons
    assert all(reason.strip() for reason in reasons)
    assert bench.ward.store.audit_head() == head
    return None


def test_every_field_of_an_infant(bench: Bench, tmp_path: Path, kind: str) -> None:
    """Kept as typed but for signs that nobody sees, and shown so, or refused in words with nothing kept."""
    bench.site()
    kept = {}
    for place, field in enumerate(FIELDS):
        form = {"family": f"FIELD {place}", "hospital_number": f"T {place}",
                "study_number": f"S {place}", field: HOSTILE[kind]}  # fmt: skip
        number = attempt(bench, lambda form=form: bench.enrol(elsewhere="seen", **form))
        if number is not None:
            kept[number] = field
    assert not (kept and kind in NEVER_KEPT)
    unprintable = ("long", "control", "lines", "turned", "unseen", "arabic", "chinese", "combined")
    assert kept or kind in (*NEVER_KEPT, *unprintable)  # H32: no paper could say who she is
    again = Bench_again(bench)
    assert {row.infant_id for row in board(again.ward).rows} == set(kept)
    for number, field in kept.items():
        shown = bare(HOSTILE[kind]).split()  # without the signs that nobody sees
        assert field_of(again, number, field).split() == shown
        head = banner(again.ward, number)
        if field in ("family", "given"):
            assert getattr(head, field).split() == shown
        on_paper(again, number, tmp_path / "papers")
    if kept:
        names = {number: banner(again.ward, number).family for number in kept}
        downtime_of(again, {number: "".join(name.split()) for number, name in names.items()})


def field_of(bench: Bench, number: int, field: str) -> str:
    """A field of an infant as it lies in the ward's file."""
    with bench.ward.store.reading() as connection:
        rows = [row for row in all_of(connection, Infant) if row.id == number]
        rows += of_infant(connection, Enrolment, number)
    return next(getattr(row, field) for row in rows if hasattr(row, field))


def on_paper(bench: Bench, number: int, folder: Path) -> None:
    """Each paper is refused and not on record, or holds nothing that is hidden or leads elsewhere."""
    for key in PAPERS:
        made = attempt(
            bench, lambda key=key: make_paper(bench.ward, number, key, folder, who=NURSE)
        )
        if made is not None:
            nothing_hidden(PdfReader(made.path))


def nothing_hidden(reader: PdfReader) -> None:
    words = "".join(page.extract_text() for page in reader.pages)
    assert all("/Annots" not in page for page in reader.pages)
    assert not any(hidden in words for hidden in ("\u202e", "\u200b", "\ufeff", "\x1b"))


def downtime_of(bench: Bench, shown: dict[int, str]) -> None:
    """Everybody has a sheet for paper hours: with the name as it is kept, or one that says it is missing."""
    reader = PdfReader(BytesIO(bench.ward.drawing.downtime(downtime_sheets(bench.ward, who=NURSE))))
    nothing_hidden(reader)
    words = "".join("".join(page.extract_text() for page in reader.pages).split())
    for name in shown.values():
        assert name in words or "THISSHEETISMISSING" in words


def Bench_again(bench: Bench) -> Bench:
    """The ward after a new start."""
    bench.ward.store.close()
    again = Bench(bench.folder)
    again.clock.now = bench.clock.now
    bench.ward.store = again.ward.store
    again.ward.store.verify_audit()
    return again


def test_texts_of_the_day(bench: Bench, kind: str) -> None:
    """A comment, a specimen, reasons, the ward's own name: the same."""
    text = HOSTILE[kind]
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    ward, today = bench.ward, date(2026, 10, 7)
    acts = {
        "comment": lambda: record_toxicity(
            ward, 1, NewToxicity("Vomiting", 2, today, "", text), who=NURSE
        ),
        "own words": lambda: record_toxicity(
            ward, 1, NewToxicity(text, 2, today, "", "", own_words=True), who=NURSE
        ),
        "specimen": lambda: bench.count(800, 90_000, specimen=text),
        "reason of a hold": lambda: save_hold(
            ward, 1, NewHold("consolidation", "", date(2026, 10, 12), date(2026, 10, 17), text),
            who=DOCTOR,
        ),
        "who": lambda: bench_weigh_as(bench, text),
        "ward's name": lambda: save_site(
            ward, replace(site_form(ward), ward_name=text), who=DOCTOR
        ),
        "reason struck out": lambda: strike_out(
            ward, 1, "weight", next(one.record_id for one in correctable(ward, 1)
                                    if one.kind == "weight"), text, who=NURSE,
        ),
    }  # fmt: skip
    kept = sum(attempt(bench, lambda act=act: (act(),)) is not None for act in acts.values())
    assert (kept == 0) or kind not in NEVER_KEPT
    again = Bench_again(bench)
    with again.ward.store.reading() as connection:
        found = [
            value
            for record in TABLES
            for row in all_of(connection, record, include_void=True)
            for value in (getattr(row, name) for name in row.__struct_fields__)
            if isinstance(value, str)
            and "".join(bare(value).split()) == "".join(bare(text).split())
        ]
    assert len(found) >= kept
    assert log_of(again.ward, 1) is not None
    assert banner(again.ward, 1).family == "MUSTER"


def bench_weigh_as(bench: Bench, who: str) -> int:
    size = NewSize(BodyWeight(6300), None, bench.ward.now(), "typed a second time")
    return record_size(bench.ward, 1, size, who=who)
