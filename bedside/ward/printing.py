"""Making a paper: filled, numbered, drawn, kept on record, and told apart from what is out of date."""

import hashlib
import json
import os
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from bedside.papers.values import DosingSheet, PaperHead, Roadmap
from bedside.protocol.model import Course
from bedside.store.records import Print
from bedside.units.refusal import Refused
from bedside.ward.audit_check import check_before_paper
from bedside.ward.facts import InfantFacts, facts_of, prints_of
from bedside.ward.paper_heads import ROADMAP, SHEET, paper_head
from bedside.ward.people import named
from bedside.ward.risk_facts import path_of_infant
from bedside.ward.roadmaps import check_roadmap, fill_roadmap
from bedside.ward.sheets import check_sheet, fill_sheet
from bedside.ward.views.pages import PaperChoice, PrintedPaper
from bedside.ward.ward import Ward
from bedside.ward.working import priming_plan

NOT_ON_RECORD = 0  # the number of a paper printed where nothing can be recorded
DATES_OVER = "its dates are over"
# what changes on a roadmap because it is a diary, in the words of `_out_of_date`
DIARY = ("what was given, counted or planned", "toxicities", "the DLT period", "dlt state")
_TITLES = {SHEET: "Dosing sheet", ROADMAP: "Roadmap"}
# what was given is a record, not an order: a sheet stays in date while its own days are given
_NOT_FACTS = ("head", "today", "decided_by", "settled", "order_steps")


def paper_choices(ward: Ward, facts: InfantFacts) -> tuple[PaperChoice, ...]:
    """Every paper of this infant's protocol that may be wanted now, each with its refusals."""
    choices = []
    for course in _near_courses(facts):
        if priming_plan(course) is not None:
            choices.append(
                PaperChoice(
                    f"{SHEET}:{course.key}",
                    f"{_TITLES[SHEET]}, {course.title}",
                    check_sheet(ward, facts, course),
                )
            )
        choices.append(
            PaperChoice(
                f"{ROADMAP}:{course.key}",
                f"{_TITLES[ROADMAP]}, {course.title}",
                check_roadmap(ward, facts, course),
            )
        )
    return tuple(choices)


def make_paper(
    ward: Ward,
    infant_id: int,
    paper_key: str,
    folder: Path | None,
    *,
    who: str,
    name: str = "",
    replace: bool = False,
) -> PrintedPaper:
    """Make one paper as a PDF file and keep it on record.

    Where the ward can only be read the paper says READ-ONLY, and is not on record.

    Args:
        ward: the ward.
        infant_id: the infant.
        paper_key: "dosing-sheet:COURSE" or "roadmap:COURSE".
        folder: where the file goes; it is made if it is missing. None for the printer: the paper
            is in the answer's ``pdf`` and nothing of it is written to any disk (H43).
        who: who prints.
        name: the file's name; by default made from the sheet number, never from a person's name.
        replace: a person has said that a file of this name may be replaced.

    Raises:
        Refused: with every reason; no file is left behind and nothing is recorded.
    """
    who = named(who)
    check_before_paper(ward, infant_id)
    facts = facts_of(ward, infant_id)
    kind, course = _paper(facts, paper_key)
    audit = ward.store.audit_head()
    head, content, drawn = _draw(ward, facts, kind, course, who)
    file_name = name or f"{kind}-{course.key}-{head.sheet_number}-copy-{head.copy}.pdf"
    target = None if folder is None else folder / file_name
    if target is not None:
        _check_target(target, replace=replace)
    columns = _columns(infant_id, kind, course, head, content)
    columns |= {
        "audit_head": audit,
        "file_name": file_name,
        "file_digest": hashlib.sha256(drawn).hexdigest(),
    }
    row = _place(ward, target, drawn, columns, who)
    return PrintedPaper(
        print_id=row,
        title=f"{_TITLES[kind]}, {course.title}",
        sheet_number=head.sheet_number,
        copy=head.copy,
        code=head.code,
        printed_at=head.printed_at,
        printed_by=who,
        out_of_date="",
        path="" if target is None else str(target),
        pdf=drawn if target is None else b"",
    )


def _columns(
    infant_id: int, kind: str, course: Course, head: PaperHead, content: str
) -> dict[str, object]:
    """What is kept of a paper."""
    return {
        "infant_id": infant_id,
        "kind": kind,
        "course_key": course.key,
        "sheet_number": head.sheet_number,
        "copy": head.copy,
        "code": head.code,
        "facts": content,
        "facts_digest": head.facts_digest,
        "valid_until": head.valid_until,
    }


def _check_target(target: Path, *, replace: bool) -> None:
    """Refuse a place that is no file of ours to write: a paper never overwrites another unasked."""
    if not target.exists():
        return
    if not target.is_file() or target.is_symlink():
        raise Refused(f"{target} is no ordinary file: choose another name. Nothing was printed.")
    if not replace:
        raise Refused(
            f"{target} is there already: choose another name, so that no earlier paper is lost. "
            "Nothing was printed."
        )


def _place(
    ward: Ward, target: Path | None, drawn: bytes, columns: dict[str, object], who: str
) -> int:
    """Put the file in place and on record, both or neither; what lay there before comes back."""
    act = f"printed {_TITLES[str(columns['kind'])].lower()}"
    if target is None:
        if ward.read_only:
            return NOT_ON_RECORD
        with ward.store.change(who, act, ward.now()) as change:
            return change.add(Print, **columns)
    part = _write_part(target.parent, target.name, drawn)
    if ward.read_only:
        part.replace(target)
        return NOT_ON_RECORD
    aside = target.with_name(f".{target.name}.before")
    moved = placed = False
    try:
        with ward.store.change(who, act, ward.now()) as change:
            row = change.add(Print, **columns)
            if target.exists():
                target.replace(aside)
                moved = True
            part.replace(target)
            placed = True
    except BaseException:
        (target if placed else part).unlink(missing_ok=True)
        if moved:
            aside.replace(target)
        raise
    aside.unlink(missing_ok=True)
    return row


def printed_papers(ward: Ward, facts: InfantFacts) -> tuple[PrintedPaper, ...]:
    """The papers printed for an infant, newest first, each still holding or out of date."""
    with ward.store.reading() as connection:
        rows = prints_of(connection, facts.infant.id)
    now_facts: dict[str, str] = {}
    papers = []
    for row in reversed(rows):
        key = f"{row.kind}:{row.course_key}"
        if key not in now_facts:
            now_facts[key] = _facts_now(ward, facts, row.kind, row.course_key)
        course = facts.protocol.course(row.course_key)
        papers.append(
            PrintedPaper(
                print_id=row.id,
                title=f"{_TITLES[row.kind]}, {course.title}",
                sheet_number=row.sheet_number,
                copy=row.copy,
                code=row.code,
                printed_at=ward.local(row.recorded_at),
                printed_by=row.recorded_by,
                out_of_date=_out_of_date(ward, row, now_facts[key]),
                path=row.file_name,
                order=row.kind == SHEET,
            )
        )
    return tuple(papers)


def draw_again(ward: Ward, infant_id: int, paper_key: str, *, who: str) -> bytes:
    """Draw a paper as it would be printed now, for the preview; nothing is recorded."""
    check_before_paper(ward, infant_id)
    facts = facts_of(ward, infant_id)
    kind, course = _paper(facts, paper_key)
    return _draw(ward, facts, kind, course, named(who))[2]


def paper_content(ward: Ward, infant_id: int, paper_key: str) -> str:
    """What a paper would say if it were made now; another text when anything on it has changed."""
    facts = facts_of(ward, infant_id)
    kind, course = _paper(facts, paper_key)
    return _facts_now(ward, facts, kind, course.key)


def _near_courses(facts: InfantFacts) -> tuple[Course, ...]:
    """The courses around the one that runs, on the infant's own path: no paper of the other arm."""
    path = path_of_infant(facts)
    left_out = () if path is None else path.left_out
    courses = tuple(
        course
        for course in facts.protocol.courses
        if not (course.arm and course.key in left_out) or facts.start_of(course.key) is not None
    )
    started = [index for index, course in enumerate(courses) if facts.start_of(course.key)]
    last = started[-1] if started else 0
    return courses[max(0, last - 1) : last + 3]


def _paper(facts: InfantFacts, paper_key: str) -> tuple[str, Course]:
    kind, _, course_key = paper_key.partition(":")
    if kind not in _TITLES:
        raise Refused(f"There is no paper called {kind}.")
    try:
        course = facts.protocol.course(course_key)
    except KeyError:
        known = ", ".join(course.key for course in facts.protocol.courses)
        raise Refused(f"There is no course {course_key}; the courses are {known}.") from None
    if kind == SHEET and priming_plan(course) is None:
        raise Refused(
            f"No dose of {course.title} is in public sources: only the azacitidine blocks "
            "have a dosing sheet. Print the roadmap, and dose from your own protocol."
        )
    return kind, course


def _draw(
    ward: Ward, facts: InfantFacts, kind: str, course: Course, who: str
) -> tuple[PaperHead, str, bytes]:
    content = _content(_fill(ward, facts, kind, course, paper_head(ward, facts, kind, course, who)))
    head = paper_head(ward, facts, kind, course, who, content)
    paper = _fill(ward, facts, kind, course, head)
    if isinstance(paper, DosingSheet):
        return head, content, ward.drawing.dosing_sheet(paper)
    return head, content, ward.drawing.roadmap(paper)


def _fill(
    ward: Ward, facts: InfantFacts, kind: str, course: Course, head: PaperHead
) -> DosingSheet | Roadmap:
    if kind == SHEET:
        return fill_sheet(ward, facts, course, head)
    return fill_roadmap(ward, facts, course, head)


def _content(paper: DosingSheet | Roadmap) -> str:
    kept = {key: value for key, value in asdict(paper).items() if key not in _NOT_FACTS}
    kept["edition"] = paper.head.edition  # a record names the edition it was made under
    return json.dumps(kept, default=_plain, sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> str | dict[str, Any]:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Struct):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} does not belong on a paper")


def _facts_now(ward: Ward, facts: InfantFacts, kind: str, course_key: str) -> str:
    course = facts.protocol.course(course_key)
    try:
        paper = _fill(ward, facts, kind, course, paper_head(ward, facts, kind, course, "nobody"))
    except Refused as refusal:
        return f"refused: {refusal}"
    return _content(paper)


def _out_of_date(ward: Ward, row: Print, now: str) -> str:
    if ward.now() > row.valid_until:
        return DATES_OVER
    if now == row.facts:
        return ""
    if now.startswith("refused: "):
        return now.removeprefix("refused: ")
    before, after = json.loads(row.facts), json.loads(now)
    changed = sorted(key for key in before if before.get(key) != after.get(key))
    if not before.get("order_signed"):  # a sheet with boxes holds also when it is signed on screen
        changed = [key for key in changed if key != "order_signed"]
    words = {
        "infant": "weight, length or patient details",
        "rules": "the counts or the toxicity answer",
        "dates": "the dates",
        "final": "the dose",
        "calculated": "the dose",
        "dose_words": "what is said of the doses",
        "drugs": "the doses",
        "undosed": "what is missing of a dose",
        "days": DIARY[0],
        "worst": DIARY[1],
        "dlt_words": DIARY[2],
        "edition": "the protocol's edition or the site values",
        "order_signed": "the signatures on the order",
        "since": "what a given dose was worked out with",
    }
    if not changed:
        return ""  # printed before papers kept their edition
    named_changes = list(dict.fromkeys(words.get(key, key.replace("_", " ")) for key in changed))
    return "changed since: " + ", ".join(named_changes)


def _write_part(folder: Path, name: str, drawn: bytes) -> Path:
    part = folder / f".{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            out.write(drawn)
            out.flush()
            os.fsync(out.fileno())
    except OSError as fault:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Refused(
            f"The paper could not be written to {folder}: {fault.strerror}. "
            "Nothing was printed or recorded; choose another folder."
        ) from fault
    return part
