"""Who may be entered on a protocol, and who goes on after Induction: each item with its reason.

An item that is not public is shown as not public and stays unknown; nothing here guesses.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from bedside.clinical.age import age_on
from bedside.protocol.model import EntryRule, Origin, Protocol
from bedside.units.counted import so_many
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.units.writer import write_number

Result = Literal["met", "not met", "unknown"]
YesNo = Literal["yes", "no", "unknown"]
Kmt2a = Literal["rearranged", "germline", "not-evaluable", "unknown"]


class Candidate(Struct, frozen=True):
    """An infant to be entered. ``answers`` are yes or no by entry-rule key.

    ``b_lymphoblastic_percent``: share of B lymphoblasts where the lineage is ambiguous.
    ``gestation_days`` is shown and never used.
    """

    born: date
    diagnosed_on: date | None
    diagnosis: str
    kmt2a: Kmt2a
    gestation_days: int | None = None
    consent: YesNo = "unknown"
    b_lymphoblastic_percent: Decimal | None = None
    answers: Mapping[str, YesNo] = field(default_factory=dict)
    course_starts: Mapping[str, date] = field(default_factory=dict)  # known or planned day 1


class EntryItem(Struct, frozen=True):
    """One item of eligibility, judged; ``must`` items that are not met forbid entry."""

    key: str
    words: str
    result: Result
    because: str
    origin: Origin
    must: bool = True


def judge_entry(protocol: Protocol, candidate: Candidate) -> tuple[EntryItem, ...]:
    """Judge every item of a protocol's eligibility.

    Args:
        protocol: the protocol to be entered.
        candidate: what is known of the infant.

    Returns:
        One item each, in the file's order; a closed protocol begins with that.

    Raises:
        Refused: the dates contradict each other.
    """
    if candidate.diagnosed_on is not None and candidate.diagnosed_on < candidate.born:
        raise Refused(
            f"The diagnosis on {write_date(candidate.diagnosed_on)} is before the birth on "
            f"{write_date(candidate.born)}: correct one of them."
        )
    items = []
    if protocol.closed_to_entry:
        items.append(_closed(protocol))
    for rule in protocol.entry_rules:
        result, because = _CHECKS[rule.check](rule, candidate)
        items.append(EntryItem(rule.key, rule.words, result, because, rule.origin, rule.must))
    return tuple(items)


def judge_continuation(protocol: Protocol, course_key: str, kmt2a: Kmt2a) -> EntryItem | None:
    """Judge whether an infant goes on to a course and those after it.

    Args:
        protocol: the infant's protocol.
        course_key: the course to begin.
        kmt2a: the KMT2A result.

    Returns:
        The item, or None when the protocol has no such rule at or before this course.
    """
    order = [course.key for course in protocol.courses]
    for rule in protocol.continue_rules:
        if order.index(course_key) < order.index(rule.before):
            continue
        if kmt2a in rule.accepted:
            result, because = _met(f"KMT2A {kmt2a.replace('-', ' ')}")
        elif kmt2a == "unknown":
            result, because = _unknown("the KMT2A result is not entered yet")
        elif kmt2a == "not-evaluable":
            result, because = _unknown("KMT2A not evaluable: ask the trial's office")
        else:
            otherwise = rule.otherwise or "off protocol therapy after Induction"
            result, because = _not_met(f"KMT2A {kmt2a}: {otherwise}")
        return EntryItem("kmt2a-to-continue", rule.words, result, because, rule.origin)
    return None


def gene_needed(protocol: Protocol, course_key: str) -> str:
    """The KMT2A results with which an infant goes on to a course: "KMT2A rearranged"; "" for any."""
    order = [course.key for course in protocol.courses]
    for rule in protocol.continue_rules:
        if order.index(course_key) >= order.index(rule.before):
            return f"KMT2A {' or '.join(result.replace('-', ' ') for result in rule.accepted)}"
    return ""


def _closed(protocol: Protocol) -> EntryItem:
    origin = protocol.origins["closed-to-entry"]
    return EntryItem(
        "open-to-entry",
        f"{protocol.title} takes new infants",
        "not met",
        protocol.closed_to_entry,
        origin,
    )


def _met(because: str) -> tuple[Result, str]:
    return "met", because


def _not_met(because: str) -> tuple[Result, str]:
    return "not met", because


def _unknown(because: str) -> tuple[Result, str]:
    return "unknown", because


def _limit(rule: EntryRule) -> Decimal:
    if rule.limit is None:
        raise ValueError(f"the entry rule {rule.key} has no limit: its file was not checked")
    return rule.limit


def _age(rule: EntryRule, candidate: Candidate) -> tuple[Result, str]:
    if candidate.diagnosed_on is None:
        return _unknown("the day of diagnosis is not entered")
    days = age_on(candidate.born, candidate.diagnosed_on).days
    limit = int(_limit(rule))
    seen = f"{so_many(days, 'day')} old at diagnosis"
    if days <= limit:
        return _met(seen)
    if days in rule.ask_days:
        return _unknown(f"{seen}: the limit in days is not public, ask the trial's office")
    if rule.ask_days:  # no limit in days is public; this is beyond every reading of it
        return _not_met(f"{seen}, which no reading of the public text takes in")
    return _not_met(f"{seen}: {limit} days at most")


def _age_at_course_start(rule: EntryRule, candidate: Candidate) -> tuple[Result, str]:
    """Older than so many days on day 1 of a course."""
    limit = int(_limit(rule))
    start = candidate.course_starts.get(rule.course)
    first = candidate.born + timedelta(days=limit + 1)
    if start is None:
        return _unknown(f"not known until that course begins: from {write_date(first)} on it is")
    days = age_on(candidate.born, start).days
    seen = f"{so_many(days, 'day')} old on {write_date(start)}"
    return _met(seen) if start >= first else _not_met(f"{seen}: more than {limit} are needed")


def _diagnosis(rule: EntryRule, candidate: Candidate) -> tuple[Result, str]:
    diagnosis = candidate.diagnosis.strip()
    if not diagnosis or diagnosis == "unknown":
        return _unknown("the diagnosis is not entered")
    if diagnosis in rule.accepted:
        return _met(diagnosis)
    if diagnosis not in rule.accepted_with_share:
        return _not_met(f"{diagnosis} is not one of {', '.join(_accepted(rule))}")
    share = candidate.b_lymphoblastic_percent
    limit = _limit(rule)
    if share is None:
        return _unknown(f"{diagnosis}: the share of B lymphoblasts is not entered")
    if share >= limit:
        return _met(f"{diagnosis}, {write_number(share)} % B lymphoblastic")
    return _not_met(
        f"{diagnosis}, {write_number(share)} % B lymphoblastic: at least "
        f"{write_number(limit)} % is needed"
    )


def _accepted(rule: EntryRule) -> tuple[str, ...]:
    return (*rule.accepted, *rule.accepted_with_share)


def _kmt2a(rule: EntryRule, candidate: Candidate) -> tuple[Result, str]:
    """Entry is open before the result; what follows from it is said."""
    if candidate.kmt2a in rule.accepted:
        return _met(f"KMT2A {candidate.kmt2a}: goes on after Induction")
    if candidate.kmt2a == "germline":
        return _met("KMT2A germline: may take Induction, leaves protocol therapy after it")
    if candidate.kmt2a == "not-evaluable":
        return _met("KMT2A not evaluable: may take Induction; ask before EPI #1")
    return _met("not known yet: may take Induction; needed before EPI #1")


def _kmt2a_needed(rule: EntryRule, candidate: Candidate) -> tuple[Result, str]:
    """The result decides on entry itself."""
    if candidate.kmt2a == "unknown":
        return _unknown("the KMT2A result is not entered yet")
    seen = f"KMT2A {candidate.kmt2a.replace('-', ' ')}"
    return _met(seen) if candidate.kmt2a in rule.accepted else _not_met(seen)


def _consent(_rule: EntryRule, candidate: Candidate) -> tuple[Result, str]:
    if candidate.consent == "unknown":
        return _unknown("consent is not entered")
    return _met("given") if candidate.consent == "yes" else _not_met("consent was not given")


def _ask(rule: EntryRule, candidate: Candidate) -> tuple[Result, str]:
    answer = candidate.answers.get(rule.key, "unknown")
    if answer == "unknown":
        return _unanswered(rule)
    return _met("answered yes") if answer == "yes" else _not_met("answered no")


def _ask_exclusion(rule: EntryRule, candidate: Candidate) -> tuple[Result, str]:
    answer = candidate.answers.get(rule.key, "unknown")
    if answer == "unknown":
        return _unanswered(rule)
    return _not_met("answered yes: excluded") if answer == "yes" else _met("answered no")


def _unanswered(rule: EntryRule) -> tuple[Result, str]:
    if rule.unknown_counts_as == "met":
        return _met("not known; the source counts that as eligible")
    return _unknown("not answered")


def _not_public(rule: EntryRule, _candidate: Candidate) -> tuple[Result, str]:
    return _unknown(rule.origin.note or "not public")


_CHECKS = {
    "age-in-days": _age,
    "age-at-course-start": _age_at_course_start,
    "diagnosis": _diagnosis,
    "kmt2a-known-later": _kmt2a,
    "kmt2a": _kmt2a_needed,
    "consent": _consent,
    "ask": _ask,
    "ask-exclusion": _ask_exclusion,
    "not-public": _not_public,
}
