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
from bedside.ward.sheets import end_of
from bedside.ward.ward import Ward

SHEET, ROADMAP = "dosing-sheet", "roadmap"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U


def paper_head(
    ward: Ward, facts: InfantFacts, kind: str, course: Course | None, who: str, content: str = ""
) -> PaperHead:
    """Fill the head; ``content`` is the paper's facts in canonical form, "" while they are gathered."""
    now = ward.now()
    key = "" if course is None else course.key
    values = ward.values_for(facts.protocol.key, key)
    digest = hashlib.sha256(content.encode()).hexdigest()
    audit = ward.store.audit_head()
    number, copy, replaces = _number(ward, facts, kind, key, digest)
    last_day = _last_day(ward, facts, kind, course)
    return PaperHead(
        site=", ".join(part for part in (ward.site.site_name, ward.site.ward_name) if part)
        or "Ward not named yet",
        sheet_number=number,
        copy=copy,
        replaces=replaces,
        edition=_edition(values, facts),
        audit_head=audit[:16],
        facts_digest=digest,
        code=_code(number, copy, digest, audit),
        printed_at=now,
        printed_by=who,
        valid_until=end_of(last_day, ward),
        program=ward.program,
        demonstration=ward.demonstration,
        commissioned=values.confirmed_by is not None and values.protocol == facts.protocol.key,
        read_only=ward.read_only,
        emergency=ward.emergency,
    )


def _last_day(ward: Ward, facts: InfantFacts, kind: str, course: Course | None) -> date:
    """Until the end of which day a paper holds, where nothing changes."""
    if course is None:
        return ward.today() + timedelta(days=INFANT_PAPERS[kind].holds_days)
    return _last_day_of_sheet(ward, facts, course) if kind == SHEET else ward.today()


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


def _number(
    ward: Ward, facts: InfantFacts, kind: str, course_key: str, digest: str
) -> tuple[str, int, str]:
    if ward.emergency:  # nothing is recorded: no number of the ward's own is used up
        return f"COPY-{ward.now():%m%d-%H%M}", 1, ""
    with ward.store.reading() as connection:
        count = len(all_of(connection, Print, include_void=True))
        if ward.read_only:  # a number of its own, since no record keeps it from being given again
            return f"RO-{ward.today().year}-{count + 1:05d}", 1, ""
        mine = [
            row
            for row in prints_of(connection, facts.infant.id)
            if (row.kind, row.course_key) == (kind, course_key)
        ]
    same = [row for row in mine if row.facts_digest == digest]
    if same:
        last = same[-1]
        return last.sheet_number, last.copy + 1, f"copy {last.copy}"
    prefix = "DEMO" if ward.demonstration else "BS"
    replaces = f"sheet {mine[-1].sheet_number}" if mine else ""
    return f"{prefix}-{ward.today().year}-{count + 1:05d}", 1, replaces


def _code(number: str, copy: int, digest: str, audit: str) -> str:
    seed = hashlib.sha256(f"{number}|{copy}|{digest}|{audit}".encode()).digest()
    value = int.from_bytes(seed[:8], "big")
    letters = "".join(_ALPHABET[(value >> (5 * place)) & 31] for place in range(12))
    return " ".join(letters[start : start + 4] for start in (0, 4, 8))
