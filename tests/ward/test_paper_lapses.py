"""H30: whatever a paper prints puts it out of date when it changes, and its foot names just these kinds of change."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import asdict, fields, replace

from bedside.papers.whole_treatment import StartLine
from bedside.ward.facts import facts_of
from bedside.ward.paper_changes import changed_words, only_diary
from bedside.ward.paper_content import BY_ITSELF, content_of
from bedside.ward.paper_parts import CONSEQUENCES, LABELS
from bedside.ward.paper_topics import EDITION, WEIGHT, lapse_words, topic_of, topics_of
from bedside.ward.printing import make_paper
from bedside.ward.references import demonstration_values
from bedside.ward.verifying import verify_paper
from bedside.ward.weighing import void_size
from tests.documents import day_examples, examples, report_examples
from tests.documents.reading import text_of
from tests.ward.wards import NURSE, Bench

TODAY = date(2026, 11, 20)
PAPERS = {
    "dosing-sheet": examples.dosing_sheet(order_signed=("I order this: Dr Ott",)),
    "roadmap": examples.roadmap(),
    "day-sheet": day_examples.vinca_sheet(),
    "label": day_examples.vial_label(),
    "whole-treatment": report_examples.whole_treatment(),
    "transfer-summary": report_examples.transfer(),
    "toxicity-report": report_examples.toxicity_report(),
    "dlt-report": report_examples.dlt_report(),
    "maintenance-chart": report_examples.maintenance_chart(),
    "counts-form": report_examples.counts_form(),
}
# by time alone, or after printing: with the reason in paper_content and paper_turning
_NOT_COMPARED = {*BY_ITSELF, "head", "today", "as_of.age_words", "as_of.today", "steps", "settled"}
_TURNS = {"days", "until", "cells"}  # of the transfer summary only: its grid of days moves on


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value} other".replace(", day ", " other, day ", 1)
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    return "other"


def altered(
    value: Any, path: tuple[str, ...] = (), *, inside: bool = False
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value that differs in one leaf, with the way to that leaf."""
    if isinstance(value, Struct):
        for name, inner in asdict(value).items():
            for way, changed in altered(inner, (*path, name)):
                yield way, replace(value, **{name: changed})
    elif isinstance(value, tuple):
        for at, inner in enumerate(value[:2]):
            for way, changed in altered(inner, path, inside=True):
                yield way, (*value[:at], changed, *value[at + 1 :])
        if not inside:  # a pair stays a pair
            yield path, value[1:] if value else ("other",)
    else:
        yield path, other(value)


def compared(kind: str, way: tuple[str, ...]) -> bool:
    if way[0] in _NOT_COMPARED or "steps" in way or ".".join(way) in _NOT_COMPARED:
        return False
    return kind != "transfer-summary" or not _TURNS & set(way)


@pytest.mark.parametrize("kind", PAPERS)
def test_any_change_of_what_is_printed_puts_it_out_of_date(kind: str) -> None:
    paper = PAPERS[kind]
    printed = content_of(paper)
    tried = 0
    for way, changed in altered(paper):
        if not compared(kind, way):
            continue
        words = changed_words(kind, printed, content_of(changed), TODAY, lambda at: at)
        assert words.startswith("changed since: ") and len(words) > 20, way
        plain = re.sub("_{5,}", "", words)  # a line to write on
        assert "_" not in plain and "words" not in plain.split(), (way, words)
        topic = WEIGHT if way[0] == "infant" else topic_of(kind, way[0])
        assert (topic or EDITION) in topics_of(kind), way
        tried += 1
    assert tried > 10
    assert changed_words(kind, printed, printed, TODAY, lambda at: at) == ""


@pytest.mark.parametrize("kind", PAPERS)
def test_every_field_has_a_topic_that_the_foot_names(kind: str) -> None:
    foot = lapse_words(kind)
    for field in fields(PAPERS[kind]):
        topic = topic_of(kind, field.name)
        assert not topic or topic in foot, field.name


def test_every_part_has_a_name_or_follows_from_another() -> None:
    """None is ever told by its name in the program, such as "rounding words"."""
    for paper in PAPERS.values():
        kept = json.loads(content_of(paper))
        for name, value in kept.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                parts = set(value[0])
                assert any(part in LABELS or part in CONSEQUENCES for part in parts), name


def test_what_time_alone_changes_does_not_put_a_transfer_summary_out_of_date() -> None:
    """Its days move on; what was due on the day of printing is past on the next."""
    paper = report_examples.transfer(
        next_words="Sat 21-Nov-2026, day 27; EPI #2 expected 07-Dec-2026"
    )
    moved = replace(
        paper,
        as_of=replace(
            paper.as_of, today=TODAY + timedelta(days=2), where="Consolidation, day 28 of 29"
        ),
        days=tuple(day + timedelta(days=2) for day in paper.days),
        given=tuple(replace(line, cells=(*line.cells[2:], "", "")) for line in paper.given),
        next_words="Mon 23-Nov-2026, day 29; EPI #2 expected 07-Dec-2026",
    )
    until = TODAY + timedelta(days=2)
    assert (
        changed_words("transfer-summary", content_of(paper), content_of(moved), until, _same) == ""
    )
    later = replace(moved, next_words="Mon 23-Nov-2026, day 29; EPI #2 expected 09-Dec-2026")
    words = changed_words("transfer-summary", content_of(paper), content_of(later), until, _same)
    assert "EPI #2 expected 07-Dec-2026 became EPI #2 expected 09-Dec-2026" in words


def _same(at: datetime) -> datetime:
    return at


def test_old_and_new_are_said() -> None:
    sheet = examples.dosing_sheet()
    lighter = replace(sheet, infant=replace(sheet.infant, weight_kg=Decimal("5.6")), final="14 mg")
    words = changed_words("dosing-sheet", content_of(sheet), content_of(lighter), TODAY, _same)
    assert words == "changed since: weight 6.2 kg became 5.6 kg; dose 15.5 mg became 14 mg"
    drawn = [replace(sheet, volume_words=f"Draw {ml} mL of 10 mg per mL") for ml in ("1.55", "1.4")]
    words = changed_words("dosing-sheet", *map(content_of, drawn), TODAY, _same)
    assert words.endswith("volume 1.55 mL of 10 mg per mL became 1.4 mL of 10 mg per mL")


def test_a_start_rule_and_a_long_text_are_told_by_what_differs() -> None:
    paper = PAPERS["whole-treatment"]
    long = "needs ANC 500, platelets 50 000, any toxicity resolved yes; today "
    before = StartLine("EPI #4", "not met", f"{long}ANC 308, needs 500")
    after = StartLine("EPI #4", "met", f"{long}ANC 640, needs 500")
    both = [content_of(replace(paper, starts=(one,))) for one in (before, after)]
    assert changed_words("whole-treatment", *both, TODAY, lambda at: at) == (
        "changed since: EPI #4: not met became met; EPI #4: today ANC 308 became today ANC 640"
    )


def test_a_day_given_since_holds_and_one_that_was_struck_out_does_not() -> None:
    sheet = examples.dosing_sheet()
    from bedside.papers.values import SettledDay

    given = replace(sheet, settled=(SettledDay(1, "GIVEN 15.5 mg, 10:05 to 10:35, T. Brandt"),))
    assert changed_words("dosing-sheet", content_of(sheet), content_of(given), TODAY, _same) == ""
    words = changed_words("dosing-sheet", content_of(given), content_of(sheet), TODAY, _same)
    assert "is not there any more" in words


@pytest.fixture
def printed(bench: Bench, tmp_path: Path) -> dict[str, Any]:
    """Every paper of an infant that prints a weight."""
    bench.ward.values = demonstration_values()
    bench.open_epi_1()
    bench.site(contacts=(("On call", "I. Halvorsen", "01632 960 142"),))
    kinds = ("transfer-summary", "whole-treatment", "dlt-report", "counts-form", "roadmap:epi-1")
    return {
        kind: make_paper(bench.ward, bench.infant, kind, tmp_path, who=NURSE)
        for kind in (*kinds, "dosing-sheet:epi-1")
    }


def test_a_struck_weight_leaves_no_paper_valid_that_prints_it(bench: Bench, printed) -> None:
    row = facts_of(bench.ward, bench.infant).measurements[-1]
    void_size(bench.ward, row.id, "wrong infant on the scale", who=NURSE)
    bench.clock.now += timedelta(minutes=20)
    bench.weigh(5600)
    for kind, paper in printed.items():
        answer = verify_paper(bench.ward, paper.code)
        assert answer.verdict == "OUT OF DATE", kind
        assert "6.2 kg" in answer.reasons[0] and "became 5.6 kg" in answer.reasons[0], (
            answer.reasons
        )


def test_a_count_ends_just_the_papers_whose_foot_says_so(bench: Bench, printed) -> None:
    bench.clock.now += timedelta(hours=1)
    bench.count(700, 90_000)
    for kind, paper in printed.items():
        foot = " ".join(text_of(Path(paper.path).read_bytes()).split())
        promised = lapse_words(kind.partition(":")[0])
        if kind not in ("whole-treatment", "roadmap:epi-1"):  # landscape: flowed among the numbers
            assert promised in foot.replace("\u00a0", " "), kind
        ended = verify_paper(bench.ward, paper.code).verdict == "OUT OF DATE"
        assert ended == ("count" in promised), kind


@pytest.mark.parametrize("kind", ["counts-form", "transfer-summary", "whole-treatment"])
def test_a_print_of_which_an_earlier_program_kept_less_is_out_of_date(kind: str) -> None:
    """H30: the weight on it may have been struck out since; nobody can tell, so it is taken away."""
    paper = PAPERS[kind]
    kept = json.loads(content_of(paper))
    kept.pop("as_of")
    for now in (paper, replace(paper, as_of=replace(paper.as_of, weight="5.6 kg"))):
        said = changed_words(kind, json.dumps(kept), content_of(now), TODAY, _same)
        assert said.startswith("printed by an earlier Bedside") and "(weight, length)" in said
        assert not only_diary(kind, json.dumps(kept), content_of(now), TODAY)


def test_a_field_that_came_later_and_says_nothing_ends_no_paper() -> None:
    sheet = examples.dosing_sheet(age_factor="")
    kept = json.loads(content_of(sheet))
    kept.pop("age_factor")
    assert changed_words("dosing-sheet", json.dumps(kept), content_of(sheet), TODAY, _same) == ""
    asks = replace(sheet, age_factor="2/3")
    assert "earlier" in changed_words(
        "dosing-sheet", json.dumps(kept), content_of(asks), TODAY, _same
    )


def test_an_old_print_is_told_out_of_date_by_its_code(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a ward has it that printed before: its code answers, and the list says to take it away."""
    bench.ward.values = demonstration_values()
    bench.open_epi_1()

    def as_before(paper: Any) -> str:
        kept = json.loads(content_of(paper))
        kept.pop("as_of")
        return json.dumps(kept, sort_keys=True, ensure_ascii=False)

    with monkeypatch.context() as earlier:
        earlier.setattr("bedside.ward.printing.content_of", as_before)
        paper = make_paper(bench.ward, bench.infant, "counts-form", tmp_path, who=NURSE)
    answer = verify_paper(bench.ward, paper.code)
    assert answer.verdict == "OUT OF DATE" and "earlier Bedside" in answer.reasons[0]
