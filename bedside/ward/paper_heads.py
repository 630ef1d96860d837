"""The head of every paper: its number, its copy, its code, until when it holds, from which facts."""

import hashlib
from datetime import date, timedelta

from bedside.papers.values import PaperHead
from bedside.protocol.model import Course
from bedside.protocol.site_values import SiteValues
from bedside.store.queries import all_of
from bedside.store.records import Print
from bedside.ward.facts import InfantFacts, prints_of
from bedside.ward.infant_papers import INFANT_PAPERS
from bedside.ward.label_hold import labels_until
from bedside.ward.label_time import finish_by
from bedside.ward.paper_codes import recorded_code
from bedside.ward.paper_keys import (
    LABEL,
    ROADMAP,
    SHEET,
    Administration,
    PaperKey,
    key_of_print,
)
from bedside.ward.paper_topics import lapse_words
from bedside.ward.sheets import end_of
from bedside.ward.standing import projection_of
from bedside.ward.ward import Ward

__all__ = ["ROADMAP", "SHEET", "paper_head"]


def paper_head(
    ward: Ward,
    facts: InfantFacts,
    kind: str,
    course: Course | None,
    who: str,
    content: str = "",
    of: Administration | None = None,
) -> PaperHead:
    """Fill the head.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        kind: of the paper.
        course: its course; None for a paper of the whole infant.
        who: who prints.
        content: the paper's facts in canonical form, "" while they are gathered.
        of: what a paper of one day is for.
    """
    now = ward.now()
    key = "" if course is None else course.key
    values = ward.values_for(facts.protocol.key, key)
    digest = hashlib.sha256(content.encode()).hexdigest()
    audit = ward.store.audit_head()
    number, copy, replaces = _number(ward, facts, PaperKey(kind, key, of), digest)
    ends = end_of(_last_day(ward, facts, kind, course, of), ward)
    if kind == LABEL and of is not None:
        timed = finish_by(ward, facts, key, of)
        ends = timed or labels_until(ward, facts, key, of) or ends
    return PaperHead(
        site=", ".join(part for part in (ward.site.site_name, ward.site.ward_name) if part)
        or "Ward not named yet",
        sheet_number=number,
        copy=copy,
        replaces=replaces,
        edition=_edition(values, facts),
        audit_head=audit[:16],
        facts_digest=digest,
        code=recorded_code(ward, number, copy, digest),
        printed_at=now,
        printed_by=who,
        valid_until=ends,
        program=ward.program,
        demonstration=ward.demonstration,
        commissioned=values.confirmed_by is not None and values.protocol == facts.protocol.key,
        read_only=ward.read_only,
        emergency=ward.emergency,
        lapses=lapse_words(kind),
    )


def _last_day(
    ward: Ward, facts: InfantFacts, kind: str, course: Course | None, of: Administration | None
) -> date:
    """Until the end of which day a paper holds, where nothing changes; a record is of today."""
    if course is None:
        return ward.today() + timedelta(days=INFANT_PAPERS[kind].holds_days)
    if of is not None:
        return day_of(ward, facts, course, of.day)
    return ward.today() if kind != SHEET else _last_day_of_sheet(ward, facts, course)


def day_of(ward: Ward, facts: InfantFacts, course: Course, day: int) -> date:
    """The date of a course day as the plan has it now, today's for a day that is not planned."""
    planned = (
        dose.on
        for one in projection_of(ward, facts).courses
        if one.key == course.key
        for dose in one.doses
        if dose.course_day == day
    )
    return next(planned, ward.today())


def _last_day_of_sheet(ward: Ward, facts: InfantFacts, course: Course) -> date:
    """The last day of the block, or the last on which the weight may still carry a dose (H5)."""
    start, weight = facts.start_of(course.key), facts.weight(ward.now())
    first = ward.today() if start is None else start.day_1
    last = first + timedelta(days=(course.length_days or 1) - 1)
    if weight is None:
        return last
    weighed = ward.local(weight.measured_at).date()
    return min(last, weighed + timedelta(days=ward.site.weight_age_days))


def _edition(values: SiteValues, facts: InfantFacts) -> str:
    base = f"{facts.protocol.title} {facts.protocol.edition}"
    entered = facts.enrolment
    if entered.protocol_digest != facts.protocol.digest:
        base += f", infant entered under {entered.edition} (file {entered.protocol_digest[:8]})"
    if values.edition and values.protocol == facts.protocol.key:
        return f"{base}, site values {values.edition}"
    return base


def _number(ward: Ward, facts: InfantFacts, key: PaperKey, digest: str) -> tuple[str, int, str]:
    if ward.emergency:  # nothing is recorded: no number of the ward's own is used up
        return f"COPY-{ward.now():%m%d-%H%M}", 1, ""
    with ward.store.reading() as connection:
        count = len(all_of(connection, Print, include_void=True))
        if ward.read_only:  # a number of its own, since no record keeps it from being given again
            return f"RO-{ward.today().year}-{count + 1:05d}", 1, ""
        mine = [row for row in prints_of(connection, facts.infant.id) if key_of_print(row) == key]
    same = [row for row in mine if row.facts_digest == digest]
    if same:
        last = same[-1]
        return last.sheet_number, last.copy + 1, f"copy {last.copy}"
    prefix = "DEMO" if ward.demonstration else "BS"
    replaces = f"sheet {mine[-1].sheet_number}" if mine else ""
    return f"{prefix}-{ward.today().year}-{count + 1:05d}", 1, replaces
