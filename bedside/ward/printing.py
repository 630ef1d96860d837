"""Making a paper: filled, numbered, drawn, kept on record, and told apart from what is out of date."""

import hashlib
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bedside.papers.day_sheet import DaySheet, Label
from bedside.papers.values import DosingSheet, PaperHead, Roadmap
from bedside.protocol.model import Course
from bedside.store.records import Print
from bedside.units.refusal import Refused
from bedside.ward.audit_check import check_before_paper
from bedside.ward.day_papers import (
    RECORDED,
    by_other_route,
    day_choices,
    fill_of_a_day,
    is_recorded,
)
from bedside.ward.facts import InfantFacts, facts_of, prints_of
from bedside.ward.infant_papers import INFANT_PAPERS, check_infant_paper, fill_infant_paper
from bedside.ward.label_time import over_words
from bedside.ward.near_courses import near_courses
from bedside.ward.one_act import one_act
from bedside.ward.paper_changes import BEGINS, changed_words, identity_words, only_diary
from bedside.ward.paper_content import Drawn, content_of, numbered
from bedside.ward.paper_files import NOT_ON_RECORD, check_target, place
from bedside.ward.paper_heads import paper_head
from bedside.ward.paper_keys import (
    ORDERS,
    ROADMAP,
    SHEET,
    TITLES,
    PaperKey,
    key_of_print,
    read_key,
    title_of_paper,
)
from bedside.ward.people import named
from bedside.ward.reprints import reason_of_copy
from bedside.ward.roadmaps import check_roadmap, fill_roadmap
from bedside.ward.sheets import check_sheet, fill_sheet, identity_on_paper
from bedside.ward.views.pages import ALL_RECORDED, DATES_OVER, PaperChoice, PrintedPaper
from bedside.ward.void_papers import replaced_words, struck_words
from bedside.ward.ward import Ward
from bedside.ward.working import priming_plan

__all__ = ["NOT_ON_RECORD", "make_paper", "paper_choices", "printed_papers"]


def paper_choices(ward: Ward, facts: InfantFacts) -> tuple[PaperChoice, ...]:
    """Every paper of this infant's protocol that may be wanted now, each with its refusals."""
    choices = []
    for course in near_courses(facts):
        if priming_plan(course) is not None:
            choices.append(
                PaperChoice(
                    f"{SHEET}:{course.key}",
                    f"{TITLES[SHEET]}, {course.title}",
                    check_sheet(ward, facts, course),
                )
            )
        choices.append(
            PaperChoice(
                f"{ROADMAP}:{course.key}",
                f"{TITLES[ROADMAP]}, {course.title}",
                check_roadmap(ward, facts, course),
            )
        )
    choices += [
        PaperChoice(kind, paper.title, check_infant_paper(ward, facts, kind))
        for kind, paper in INFANT_PAPERS.items()
    ]
    of_days = day_choices(ward, facts)
    ready = [choice for choice in of_days if not choice.refused]
    return (*ready, *choices, *(choice for choice in of_days if choice.refused))


@one_act
def make_paper(
    ward: Ward,
    infant_id: int,
    paper_key: str,
    folder: Path | None,
    *,
    who: str,
    name: str = "",
    replace: bool = False,
    why: str = "",
) -> PrintedPaper:
    """Make one paper as a PDF file and keep it on record.

    Where the ward can only be read the paper says READ-ONLY, and is not on record.

    Args:
        ward: the ward.
        infant_id: the infant.
        paper_key: "dosing-sheet:COURSE", "roadmap:COURSE", "day-sheet:COURSE:DAY:ROUTE:DRUG",
            "label:COURSE:DAY:ROUTE:DRUG", or the kind of a paper of the whole infant, such as
            "transfer-summary".
        folder: where the file goes; it is made if it is missing. None for the printer: the paper
            is in the answer's ``pdf`` and nothing of it is written to any disk (H43).
        who: who prints.
        name: the file's name; by default made from the sheet number, never from a person's name.
        replace: a person has said that a file of this name may be replaced.
        why: it is printed again; needed for a further copy of a sheet, left aside for a first one.

    Raises:
        Refused: with every reason; no file is left behind and nothing is recorded.
    """
    who = named(who)
    check_before_paper(ward, infant_id)
    facts = facts_of(ward, infant_id)
    asked = _paper(facts, paper_key)
    audit = ward.store.audit_head()
    head, content, drawn = _draw(ward, facts, asked, who, why)
    file_name = name or _file_name(asked.key, head)
    target = None if folder is None else folder / file_name
    if target is not None:
        check_target(target, replace=replace)
    columns = _columns(infant_id, asked.key, head, content)
    digest = hashlib.sha256(drawn).hexdigest()
    columns |= {"audit_head": audit, "file_name": file_name, "file_digest": digest}
    row = place(ward, target, drawn, columns, who)
    return PrintedPaper(
        print_id=row,
        title=title_of_paper(ward, asked.key, asked.title),
        sheet_number=head.sheet_number,
        copy=head.copy,
        code=head.code,
        printed_at=head.printed_at,
        printed_by=who,
        out_of_date="",
        path="" if target is None else str(target),
        pdf=drawn if target is None else b"",
        reprinted=head.reprinted,
    )


class NextPaper(Struct, frozen=True):
    """What a paper would be called if it were made now."""

    file_name: str  # with its sheet number, never a person's name
    sheet_number: str
    copy: int  # from 2 on somebody has to say why


def next_paper(ward: Ward, infant_id: int, paper_key: str, *, who: str) -> NextPaper:
    """The number, the copy and the file's name of a paper if it were made now.

    Raises:
        Refused: the paper cannot be made now.
    """
    facts = facts_of(ward, infant_id)
    asked = _paper(facts, paper_key)
    head, _, _ = _filled(ward, facts, asked, who)
    return NextPaper(_file_name(asked.key, head), head.sheet_number, head.copy)


def _file_name(key: PaperKey, head: PaperHead) -> str:
    return f"{key.file_stem}-{head.sheet_number}-copy-{head.copy}.pdf"


def _columns(infant_id: int, key: PaperKey, head: PaperHead, content: str) -> dict[str, object]:
    """What is kept of a paper."""
    of = key.of
    return {
        "infant_id": infant_id,
        "kind": key.kind,
        "course_key": key.course_key,
        "course_day": None if of is None else of.day,
        "route": None if of is None else of.route,
        "drug": None if of is None else of.drug or None,
        "sheet_number": head.sheet_number,
        "copy": head.copy,
        "code": head.code,
        "facts": content,
        "facts_digest": head.facts_digest,
        "valid_until": head.valid_until,
        "reprint_reason": head.reprinted or None,
    }


def printed_papers(ward: Ward, facts: InfantFacts) -> tuple[PrintedPaper, ...]:
    """The papers printed for an infant, newest first, each still holding or out of date."""
    with ward.store.reading() as connection:
        rows = prints_of(connection, facts.infant.id)
    standing = [row for row in rows if row.voided_at is None]
    now_facts: dict[PaperKey, str] = {}
    papers = []
    for row in reversed(rows):
        key = key_of_print(row)
        if key not in now_facts:
            now_facts[key] = _facts_now(ward, facts, key)
        course = _course(facts, key)
        replaced = replaced_words(ward, row, rows)
        timed = over_words(ward, facts, row)
        changed = _out_of_date(ward, facts, row, now_facts[key]) if timed is None else timed
        changed = by_other_route(row, standing) or changed
        over = changed if changed in (DATES_OVER, ALL_RECORDED) else ""
        said = struck_words(ward, row) or over or replaced or changed
        papers.append(
            PrintedPaper(
                print_id=row.id,
                title=title_of_paper(ward, key, "" if course is None else course.title),
                sheet_number=row.sheet_number,
                copy=row.copy,
                code=row.code,
                replaced=replaced,
                also="" if over or changed == said else changed,
                reprinted=row.reprint_reason or "",
                printed_at=ward.local(row.recorded_at),
                printed_by=row.recorded_by,
                out_of_date=said,
                path=row.file_name,
                order=row.kind in ORDERS,
                record=row.kind in INFANT_PAPERS and INFANT_PAPERS[row.kind].record,
                void=row.voided_at is not None,
                diary=said.startswith(BEGINS)
                and only_diary(row.kind, row.facts, now_facts[key], ward.today()),
            )
        )
    return tuple(papers)


def draw_again(ward: Ward, infant_id: int, paper_key: str, *, who: str) -> bytes:
    """Draw a paper as it would be printed now, for the preview; nothing is recorded."""
    check_before_paper(ward, infant_id)
    facts = facts_of(ward, infant_id)
    with ward.one_moment():
        return _draw(ward, facts, _paper(facts, paper_key), named(who))[2]


def paper_content(ward: Ward, infant_id: int, paper_key: str) -> str:
    """What a paper would say if it were made now; another text when anything on it has changed."""
    facts = facts_of(ward, infant_id)
    return _facts_now(ward, facts, _paper(facts, paper_key).key)


class Asked(Struct, frozen=True):
    """A paper that somebody asks for: its key, read, and its course, None of the whole infant."""

    key: PaperKey
    course: Course | None

    @property
    def title(self) -> str:
        """The course's title; "" for a paper of the whole infant."""
        return "" if self.course is None else self.course.title


def _course(facts: InfantFacts, key: PaperKey) -> Course | None:
    """The course of a paper; None for one of the whole infant."""
    return facts.protocol.course(key.course_key) if key.course_key else None


def _paper(facts: InfantFacts, paper_key: str) -> Asked:
    key = read_key(paper_key)
    if key.kind in INFANT_PAPERS:
        return Asked(key, None)
    try:
        course = facts.protocol.course(key.course_key)
    except KeyError:
        known = ", ".join(course.key for course in facts.protocol.courses)
        raise Refused(f"There is no course {key.course_key}; the courses are {known}.") from None
    if key.kind == SHEET and priming_plan(course) is None:
        raise Refused(
            "Only the azacitidine blocks have a sheet for all their days, and "
            f"{course.title} is none: its doses are not in public sources. Once they are commissioned, "
            "prescribed and verified, each day has a sheet of its own: name day, route and drug."
        )
    return Asked(key, course)


def _draw(
    ward: Ward, facts: InfantFacts, asked: Asked, who: str, why: str | None = None
) -> tuple[PaperHead, str, bytes]:
    """Draw a paper; ``why`` None is a preview, which needs no reason for a further copy."""
    head, content, paper = _filled(ward, facts, asked, who, why)
    if isinstance(paper, DosingSheet):
        return head, content, ward.drawing.dosing_sheet(paper)
    if isinstance(paper, Roadmap):
        return head, content, ward.drawing.roadmap(paper)
    if isinstance(paper, DaySheet):
        return head, content, ward.drawing.day_sheet(paper)
    if isinstance(paper, Label):
        return head, content, ward.drawing.label(paper)
    return head, content, ward.drawing.infant_paper(paper)


def _filled(
    ward: Ward, facts: InfantFacts, asked: Asked, who: str, why: str | None = None
) -> tuple[PaperHead, str, Drawn]:
    """The paper if it were made now: its head, what of its content is kept, and all of it."""
    kind, course, of = asked.key.kind, asked.course, asked.key.of
    paper = _fill(ward, facts, asked, paper_head(ward, facts, kind, course, who, of=of))
    content = content_of(paper)
    head = paper_head(ward, facts, kind, course, who, numbered(content), of)
    if why is not None:
        head = replace(head, reprinted=reason_of_copy(head.copy, head.sheet_number, why) or "")
    whole = replace(paper, head=head) if course is None else _fill(ward, facts, asked, head)
    return head, content, whole


def _fill(ward: Ward, facts: InfantFacts, asked: Asked, head: PaperHead) -> Drawn:
    if asked.course is None:
        return fill_infant_paper(ward, facts, asked.key.kind, head)
    if asked.key.kind == SHEET:
        return fill_sheet(ward, facts, asked.course, head)
    if asked.key.of is not None:
        return fill_of_a_day(ward, facts, asked.course, asked.key, head)
    return fill_roadmap(ward, facts, asked.course, head)


def _facts_now(ward: Ward, facts: InfantFacts, key: PaperKey) -> str:
    course = _course(facts, key)
    if key.of is not None and is_recorded(facts, key.course_key, key.of):
        return RECORDED
    try:
        head = paper_head(ward, facts, key.kind, course, "nobody", of=key.of)
        return content_of(_fill(ward, facts, Asked(key, course), head))
    except Refused as refusal:
        return f"refused: {refusal}"


def _out_of_date(ward: Ward, facts: InfantFacts, row: Print, now: str) -> str:
    if ward.now() > row.valid_until:
        return DATES_OVER
    if now == RECORDED:
        return ALL_RECORDED
    if now == row.facts:
        return ""
    if now.startswith("refused: "):
        whose = identity_words(row.facts, identity_on_paper(facts.infant), ward.local)
        refusal = now.removeprefix("refused: ")
        return f"{refusal.removesuffix('.')}; {whose}" if whose else refusal
    return changed_words(row.kind, row.facts, now, ward.today(), ward.local)
