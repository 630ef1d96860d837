"""H30 as a property: whatever a printed dose rests on, once it is another the sheet is out of date.

Each column of each record of the infant is made another in turn, and each record is struck out in
turn; what may be another without a word about the sheet stands in the lists below, by name, so that
a new column is judged before it is forgotten.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from msgspec.structs import fields, replace
from pypdf import PdfReader

from bedside.store.records import BloodCount, Record
from bedside.ward.count_bounds import exact_only
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.holding import save_hold
from bedside.ward.printing import make_paper, printed_papers
from bedside.ward.reductions import save_reduction
from bedside.ward.references import demonstration_values
from bedside.ward.views.delay import NewHold
from bedside.ward.views.reductions import NewReduction
from tests.ward.day_bench import VINCRISTINE, in_induction, sheet_key, sign
from tests.ward.wards import DOCTOR, NURSE, Bench

OF_ALL = {"infant_id", *Record.__struct_fields__}
ROWS = ("measurements", "counts", "answers", "starts")
WORDS = {"f": "m", "rearranged": "germline", "yes": "no", "done": "not done"}
# No dose rests on these and they are not printed: the bed she lies in, her gestation (shown, never
# used: H10), the words beside a value, what was measured beside ANC and platelets, how it was typed.
# The edition's own words go with its digest, which is not among them.
NEVER = {
    "infant.gestation_days", "infant.bed",
    *(f"enrolment.{one}" for one in (
        "protocol_key", "edition", "diagnosed_on", "enrolled_on", "kmt2a_on", "arm", "ctcae",
    )),
    "measurements.unusual_reason",
    *(f"counts.{one}" for one in ("unusual_reason", "laboratory", "anc_source", "blasts_percent")),
    *(f"counts.{one}_percent" for one in (
        "neutrophils", "bands", "lymphocytes", "monocytes", "other",
    )),
    *(f"counts.{measure}_{one}" for measure in ("wbc", "anc", "platelets", "haemoglobin")
      for one in ("typed", "unit", "reason", "low", "high")),
    *(f"counts.{one}" for one in ("wbc_state", "wbc_per_ul", "wbc_comparator")),
    *(f"counts.{one}" for one in ("haemoglobin_tenths_g_per_l", "haemoglobin_comparator")),
    "starts.note",
}  # fmt: skip
OF_A_BLOCK = {"counts.haemoglobin_state", "starts.day_1", "starts gone"}  # Induction, before it
OF_A_DAY = {"counts.specimen"}


def block(bench: Bench) -> str:
    bench.open_epi_1()
    return "dosing-sheet:epi-1"


def vinca(bench: Bench) -> str:
    sign(in_induction(bench, 15), VINCRISTINE)
    return sheet_key(VINCRISTINE)


@pytest.mark.parametrize(("made", "beside"), [(block, OF_A_BLOCK), (vinca, OF_A_DAY)])
def test_whatever_a_sheet_rests_on_makes_it_out_of_date(
    bench: Bench, tmp_path: Path, made: Callable[[Bench], str], beside: set[str]
) -> None:
    facts = printed(bench, made(bench), tmp_path)
    holds: dict[str, bool] = {}
    for where, changed in each_change(facts):
        holds[where] = holds.get(where, False) or not said(bench, changed)
    assert {where for where, still in holds.items() if still} - NEVER - beside == set()
    assert {*NEVER, *beside} <= set(holds), "a name that is no column any more"
    assert not holds["measurements.weight_g"] and not holds["infant.born"]
    assert said(bench, facts) == ""


def printed(bench: Bench, key: str, folder: Path) -> InfantFacts:
    make_paper(bench.ward, bench.infant, key, folder / "out", who=NURSE)
    facts = facts_of(bench.ward, bench.infant)
    assert said(bench, facts) == ""
    return facts


def said(bench: Bench, facts: InfantFacts) -> str:
    """Why the sheet is out of date if these were the facts; "" while it holds."""
    (paper,) = printed_papers(bench.ward, facts)
    return paper.out_of_date


def held(bench: Bench, drug: str, from_now: int, days: int) -> None:
    first = bench.ward.today() + timedelta(days=from_now)
    form = NewHold("epi-1", drug, first, first + timedelta(days=days - 1), "fever")
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)


def reduced(bench: Bench) -> None:
    order = ("epi-1", "azacitidine", 2, None, Decimal(75), "standard", "toxicity", "Dr B. Weiss")
    save_reduction(bench.ward, bench.infant, NewReduction(*order), who=DOCTOR)


def other_protocol(bench: Bench) -> None:
    known = bench.ward.protocols
    amended = replace(known["aall15p1"], edition="amended 2 of 01-Nov-2026")
    bench.ward.protocols = {**known, "aall15p1": amended}


ACTS: dict[str, Callable[[Bench], object]] = {
    "a hold of the drug from tomorrow": lambda bench: held(bench, "azacitidine", 1, 1),
    "a hold of the drug from today": lambda bench: held(bench, "azacitidine", 0, 1),
    "a reduction": reduced,
    "the site's values": lambda bench: setattr(bench.ward, "values", demonstration_values()),
    "an amended protocol": other_protocol,
    "no tertiary centre any more": lambda bench: bench.site("shared-care"),
    "a weight": lambda bench: bench.weigh(6300),
}


@pytest.mark.parametrize("what", ACTS)
def test_what_is_added_or_ruled_otherwise_makes_it_out_of_date(
    bench: Bench, tmp_path: Path, what: str
) -> None:
    printed(bench, block(bench), tmp_path)
    bench.at(2026, 10, 7, 9, 0)
    assert said(bench, facts_of(bench.ward, bench.infant)) == ""
    ACTS[what](bench)
    assert said(bench, facts_of(bench.ward, bench.infant))


def test_a_held_day_is_closed_on_the_sheet_and_the_sheet_before_it_never_holds_again(
    bench: Bench, tmp_path: Path
) -> None:
    """The sheet at the bed said 09-Oct, the physician holds that day alone: no line is left for it."""
    printed(bench, block(bench), tmp_path)
    held(bench, "azacitidine", 2, 1)
    facts = facts_of(bench.ward, bench.infant)
    assert (
        said(bench, facts) == "changed since: new: Held, nothing is given from this sheet: day 3."
    )
    page = make_paper(bench.ward, bench.infant, "dosing-sheet:epi-1", tmp_path / "new", who=NURSE)
    words = PdfReader(page.path).pages[0].extract_text().replace("\u2011", "-")
    assert "Fri 09-Oct-2026 HELD: fever" in " ".join(words.split())
    bench.at(2026, 10, 10, 9, 0)  # the hold is over: the first sheet is still another one
    papers = printed_papers(bench.ward, facts_of(bench.ward, bench.infant))
    assert [bool(paper.out_of_date) for paper in papers] == [False, True]


def test_a_hold_recorded_today_ends_tomorrows_sheet_today(bench: Bench, tmp_path: Path) -> None:
    """The sheet of tomorrow's vincristine was printed the evening before."""
    sign(in_induction(bench, 14), VINCRISTINE)
    printed(bench, sheet_key(VINCRISTINE), tmp_path)
    day = bench.ward.today() + timedelta(days=1)
    form = NewHold("induction", "vincristine", day, day, "ileus")
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    assert "ileus" in said(bench, facts_of(bench.ward, bench.infant))


def each_change(facts: InfantFacts) -> Iterator[tuple[str, InfantFacts]]:
    """The facts with one column of one row another, or without one row; and what that is."""
    for name in ("infant", "enrolment"):
        for column, row in changed(getattr(facts, name)):
            yield f"{name}.{column}", replace(facts, **{name: row})
    for name in ROWS:
        rows = getattr(facts, name)
        for at, one in enumerate(rows):
            before, after = rows[:at], rows[at + 1 :]
            yield f"{name} gone", replace(facts, **{name: (*before, *after)})
            for column, row in changed(one):
                yield f"{name}.{column}", replace(facts, **{name: (*before, row, *after)})


def changed(row: Record) -> Iterator[tuple[str, Record]]:
    """A row with each of its own columns another in turn, as rules read it."""
    kinds = get_type_hints(type(row))
    for field in fields(row):
        if field.name in OF_ALL:
            continue
        if field.name.endswith("_comparator"):
            yield field.name, as_a_bound(row, field.name.removesuffix("_comparator"))
            continue
        now = getattr(row, field.name)
        yield field.name, replace(row, **{field.name: other(now, kinds[field.name])})


def as_a_bound(row: Record, measure: str) -> BloodCount:
    """The count with "less than" before its number, as rules read it (H23)."""
    assert isinstance(row, BloodCount)
    value = getattr(row, f"{measure}_per_ul", None)
    if value is None:
        return row
    typed = {"comparator": "<", "typed": str(value), "unit": "/µL"}
    return exact_only(replace(row, **{f"{measure}_{key}": to for key, to in typed.items()}))


def other(value: Any, kind: Any) -> Any:
    """Another value of the same kind."""
    if value is None:
        (kind,) = [one for one in get_args(kind) if one is not type(None)]
        return {int: 7, str: "x", Decimal: Decimal(7), date: date(2026, 10, 6)}[kind]
    match value:
        case datetime():
            return value - timedelta(minutes=1)
        case date():
            return value - timedelta(days=1)
        case str():
            return WORDS.get(value, f"{value}x")
    return value + 1
