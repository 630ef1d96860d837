"""Reads a DLT rule file, strictly: every fault is named with its place, nothing is guessed.

A definition needs the names of two different people who checked it against the controlled copy; the
screening rule needs none, and may say "counts" of nothing.
"""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from bedside.protocol.dlt_boundary import MOST_INFANTS, Method, StoppingRule
from bedside.protocol.dlt_rule import VERDICTS, DltRule, RulePart, Verdict
from bedside.protocol.dlt_toxicity import STEPS, WORST_GRADE
from bedside.protocol.model import Protocol
from bedside.protocol.toml_table import FileTable, read_toml
from bedside.units.refusal import Refused

KINDS = ("screening", "definition")
METHODS = ("pocock", "bayes")
MOST_DAYS = 365
MOST_BYTES = 200_000


class DltRuleError(Refused):
    """A rule file cannot be used; each reason names the file, the place and what is right."""


def read_dlt_rule_file(path: Path, protocol: Protocol) -> DltRule:
    """Read a rule file.

    Raises:
        DltRuleError: it is not there, is too large, is no UTF-8, or has a fault.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise DltRuleError(f"{path.name} cannot be read ({fault.strerror}).") from fault
    if len(content) > MOST_BYTES:
        raise DltRuleError(f"{path.name} is far too large for a DLT rule.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise DltRuleError(
            f"{path.name}: byte {fault.start} is not UTF-8: save the file as UTF-8."
        ) from fault
    return read_dlt_rule(text, path.name, protocol)


def read_dlt_rule(text: str, name: str, protocol: Protocol) -> DltRule:
    """Read a rule from its text.

    Args:
        text: the file's text.
        name: the file's name, for messages.
        protocol: the protocol that it must be for; its courses are those a part may name.

    Raises:
        DltRuleError: with every fault found.
    """
    top, faults = read_toml(text, name, DltRuleError)
    key = top.text("protocol")
    if key and key != protocol.key:
        top.fault("protocol", f"this rule is for {key!r}, not for {protocol.key!r}.")
    if protocol.dlt_window is None:
        top.fault("protocol", f"{protocol.title} has no DLT period: it needs no rule.")
    kind = top.choice("kind", KINDS)
    people, on = _confirmed(top, kind)
    rule = DltRule(
        protocol=key,
        edition=top.text("edition"),
        title=top.text("title"),
        kind="screening" if kind == "screening" else "definition",
        parts=_parts(top, protocol, kind),
        otherwise=_verdict(top, "otherwise", kind),
        sources=top.texts("source", needed=True),
        confirmed_by=people,
        confirmed_on=on,
        demonstration=top.flag("demonstration"),
        stopping=_stopping(top),
    )
    if not any(source.strip() for source in rule.sources):
        top.fault("source", 'say where this is read: ["controlled copy, section 9.9"].')
    top.done()
    if faults.found:
        raise DltRuleError(*faults.found)
    return replace(rule, digest=hashlib.sha256(text.encode()).hexdigest())


def _confirmed(top: FileTable, kind: str) -> tuple[tuple[str, str] | None, date | None]:
    table = top.table("confirmed", needed=kind == "definition")
    if table is None:
        return None, None
    names = tuple(" ".join(name.split()) for name in table.texts("by", needed=True))
    if len(names) != 2 or len({name.casefold() for name in names if name}) != 2:
        table.fault("by", "two different people confirm a rule: write both names with their roles.")
    on = None
    if not table.has("on"):
        table.fault("on", "the day is missing: write it as 2026-10-01, without quotes.")
    else:
        on = table.values["on"]
        if not isinstance(on, date) or isinstance(on, datetime):
            table.fault("on", f"a day is needed, as 2026-10-01 without quotes, not {on!r}.")
    table.done()
    return cast(tuple[str, str], names), on


def _parts(top: FileTable, protocol: Protocol, kind: str) -> tuple[RulePart, ...]:
    parts: list[RulePart] = []
    for table in top.tables("part", needed=True):
        part = _part(table, protocol, kind)
        if part.key in {other.key for other in parts}:
            table.fault("key", f"{part.key!r} stands there twice: give each part its own key.")
        parts.append(part)
    return tuple(parts)


def _part(table: FileTable, protocol: Protocol, kind: str) -> RulePart:
    key = table.text("key")
    table.place = f"part {key}" if key else table.place
    least, most = _grade(table, "least-grade"), _grade(table, "most-grade")
    if least is not None and most is not None and least > most:
        table.fault("most-grade", f"no grade is at least {least} and at most {most}.")
    days = table.whole("longer-than-days")
    if days is not None and days > MOST_DAYS:
        table.fault("longer-than-days", f"{days} days is too long: at most {MOST_DAYS}.")
    if days is not None and least is None:
        table.fault("longer-than-days", "say of which grade: least-grade is missing.")
    step = table.choice("attribution", STEPS[1:], "") if table.has("attribution") else ""
    to = table.texts("to")
    if to and not step:
        table.fault("to", 'say how far it must be related: attribution = "possible".')
    part = RulePart(
        key=key,
        verdict=_verdict(table, "verdict", kind),
        words=table.text("words", ""),
        terms=_keys(table, "terms"),
        except_terms=_keys(table, "except-terms"),
        groups=table.texts("groups"),
        haematological=table.flag("haematological") if table.has("haematological") else None,
        least_grade=least,
        most_grade=most,
        longer_than_days=days,
        attribution=step,
        to=to,
        courses=_courses(table, protocol),
    )
    table.done()
    return part


def _verdict(table: FileTable, key: str, kind: str) -> Verdict:
    verdict = table.choice(key, VERDICTS)
    if kind == "screening" and verdict == "counts":
        table.fault(key, 'a screening rule only sorts: write "ask"; "counts" needs a definition.')
    return cast(Verdict, verdict)


def _grade(table: FileTable, key: str) -> int | None:
    grade = table.whole(key)
    if grade is not None and grade > WORST_GRADE:
        table.fault(key, f"a grade is from 1 to {WORST_GRADE}, not {grade}.")
    return grade


def _keys(table: FileTable, key: str) -> tuple[str, ...]:
    """Keys of terms: small letters and hyphens, as the catalogue writes them."""
    keys = table.texts(key)
    for term in keys:
        if not term or term != "-".join(term.casefold().replace(",", "").split()):
            table.fault(key, f"{term!r} is no key of a term: write it as febrile-neutropenia.")
    return keys


def _courses(table: FileTable, protocol: Protocol) -> tuple[str, ...]:
    courses = table.texts("courses")
    known = [course.key for course in protocol.courses]
    for course in courses:
        if course not in known:
            table.fault("courses", f"{course!r} is no course: write one of {', '.join(known)}.")
    return courses


def _stopping(top: FileTable) -> StoppingRule | None:
    table = top.table("stopping")
    if table is None:
        return None
    method = cast(Method, table.choice("method", METHODS))
    infants = table.whole("infants", needed=True)
    if infants is not None and infants > MOST_INFANTS:
        table.fault("infants", f"{infants} infants is too many here: at most {MOST_INFANTS}.")
    acceptable, chance = _share(table, "acceptable-percent"), _share(table, "chance-percent")
    prior = _prior(table, method)
    table.done()
    if infants is None or acceptable is None or chance is None or infants > MOST_INFANTS:
        return None
    return StoppingRule(method, infants, acceptable, chance, prior)


def _share(table: FileTable, key: str) -> Fraction | None:
    percent = table.number(key, needed=True)
    if percent is not None and percent >= 100:
        table.fault(key, f"{percent} per cent is too much: write less than 100.")
        return None
    return None if percent is None else Fraction(percent) / 100


def _prior(table: FileTable, method: Method) -> tuple[Fraction, Fraction] | None:
    if method == "pocock":
        if table.has("prior"):
            table.fault("prior", "Pocock's boundary has no prior: leave it out.")
        return None
    given = table.values.get("prior") if table.has("prior") else None
    right = isinstance(given, list) and len(given) == 2
    if not right or not all(
        isinstance(each, int | Decimal) and not isinstance(each, bool) and each > 0
        for each in cast(list[object], given)
    ):
        table.fault("prior", "two numbers above 0 are needed, for example prior = [0.7, 2.1].")
        return None
    first, second = cast(list[Decimal], given)
    return Fraction(first), Fraction(second)
