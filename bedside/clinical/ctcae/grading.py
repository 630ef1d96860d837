"""Proposes the CTCAE grade of a laboratory value, exactly at the edges, in three versions.

A proposal is for a person to accept: it says its rule, and where something is missing (a baseline,
a limit, whether there are symptoms) it asks for it and says which grade is certain already.
Source of every edge: the rule files in `resources/ctcae/`, from the text of the US National Cancer
Institute, read literally. Values of zero or more, in the units of `resources/ctcae/units.toml`.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from bedside.clinical.ctcae.catalogue import names_in
from bedside.clinical.ctcae.conditions import EXACT, NOT_WRITTEN, Facts, compare
from bedside.clinical.ctcae.rule_book import Column, Rule, rule_book
from bedside.clinical.ctcae.unit_table import Way
from bedside.clinical.ctcae.values import VERSIONS, Known, Lab, Proposal
from bedside.units.refusal import Refused
from bedside.units.writer import write_number

COMPARATORS = ("", "<", ">")
_ASKED = {
    "LLN": "the lower limit of normal (LLN)",
    "ULN": "the upper limit of normal (ULN)",
    "BASE": "the baseline value",
    EXACT: "an exact value",
    NOT_WRITTEN: "a person's decision: the text of this version leaves it open",
}


def propose(term_key: str, version: str, value: Lab, known: Known) -> Proposal:
    """Propose the grade of one value.

    Args:
        term_key: the term's key, e.g. "neutrophil-count-decreased".
        version: "4.03", "5.0" or "6.0".
        value: as the laboratory reported it.
        known: limits, baseline and answers; what is not there is not known.

    Returns:
        The proposal; its grade is None where what is missing could still change it.

    Raises:
        Refused: no such version, a term that is not graded by a number in this version, a unit
            that is not taken, a number that is none.
    """
    rule, unit = _rule_for(term_key, version, value.unit)
    _check(value)
    column = rule.column_for(unit.unit)
    facts = _facts(rule, column, unit, value, known)
    least, grade, open_parts = _judged(rule, column, facts)
    against_age = None if grade == 0 else _within_own_limit(rule, facts)
    needs = () if grade is not None else asked_for(open_parts)
    holes = tuple(words for hole, words in column.holes if hole.judge(facts))
    name = names_in(version).get(term_key, term_key)
    remarks = (*((rule.note,) if rule.note else ()), *holes)
    return Proposal(
        version,
        term_key,
        name,
        grade,
        least,
        " ".join((f"{column.rule}.", *remarks)) if remarks else column.rule,
        needs,
        against_age,
        _worded(name, version, value, grade, least, remarks, needs, against_age),
        () if grade is not None else tuple(n for n in dict.fromkeys(open_parts) if n not in _ASKED),
    )


def terms_of_analyte(analyte: str, version: str) -> tuple[str, ...]:
    """Return the keys of the terms that a result of this analyte may propose, in alphabetical order."""
    return _terms_by_analyte().get((analyte, version), ())


def gradable_terms(version: str) -> tuple[str, ...]:
    """Return the keys of every term graded by a number in this version."""
    return tuple(sorted(term for term, known in rule_book().rules if known == version))


def questions(term_key: str, version: str) -> Mapping[str, str]:
    """Return what a person may be asked for a term, by key, with its words."""
    book = rule_book()
    asked: dict[str, str] = {}
    for rule in book.rules.get((term_key, version), ()):
        keys = [rule.requires] if rule.requires else []
        for column in rule.columns.values():
            keys += [key for _, read in column.grades for key in read.asks]
        asked |= {key: book.questions[key] for key in keys}
    return asked


def asked_for(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return in words what is missing, each once."""
    spoken = rule_book().questions
    return tuple(
        _ASKED[name] if name in _ASKED else f"whether {spoken[name]}"
        for name in dict.fromkeys(names)
    )


@cache
def _terms_by_analyte() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], set[str]] = {}
    for (term, version), rules in rule_book().rules.items():
        for rule in rules:
            found.setdefault((rule.analyte, version), set()).add(term)
    found = {key: terms for key, terms in found.items() if key[0]}
    return {key: tuple(sorted(terms)) for key, terms in found.items()}


def _rule_for(term_key: str, version: str, unit: str) -> tuple[Rule, Way]:
    """Return the rule that takes this unit, with the unit's way."""
    rules = rule_book().rules.get((term_key, version), ())
    for rule in rules:
        way = rule.table.find(unit)
        if way is not None:
            return rule, way
    if version not in VERSIONS:
        raise Refused(f"CTCAE {version[:20]} is not known: {', '.join(VERSIONS)} are.")
    name = names_in(version).get(term_key)
    if name is None:
        raise Refused(f"CTCAE {version} has no term “{term_key[:80]}” among the ward's terms.")
    if not rules:
        raise Refused(f"{name} is not graded by a number in CTCAE {version}: a person grades it.")
    raise rules[0].table.refused(unit, name)


def _check(value: Lab) -> None:
    if not value.value.is_finite() or value.value < 0:
        raise Refused(f"{value.value} is no laboratory value: a number of zero or more is needed.")
    if value.comparator not in COMPARATORS:
        raise Refused(f"“{value.comparator[:20]}” is no comparator: < and > are.")


def _facts(rule: Rule, column: Column, unit: Way, value: Lab, known: Known) -> Facts:
    limits: dict[str, Decimal | None] = {
        "LLN": None if known.lln is None else _turned(rule, column, unit, known.lln),
        "ULN": None if known.uln is None else _turned(rule, column, unit, known.uln),
        "BASE": None if known.baseline is None else _turned(rule, column, unit, known.baseline),
    }
    number = rule.table.turned(value.value, unit, column.unit)
    return Facts(number, value.comparator, limits, known.answers)


def _turned(rule: Rule, column: Column, unit: Way, beside: Lab) -> Decimal | None:
    """Return a limit or a baseline in the unit of the column; a bound such as "<5" is not known."""
    if beside.comparator:
        return None
    own = rule.table.find(beside.unit)
    if own is None:
        raise rule.table.refused(beside.unit, f"a limit or baseline beside a value in {unit.unit}")
    return rule.table.turned(beside.value, own, column.unit)


def _judged(rule: Rule, column: Column, facts: Facts) -> tuple[int, int | None, tuple[str, ...]]:
    """Return the least certain grade, the grade or None, and what is missing for it."""
    if rule.requires and not facts.answers.get(rule.requires):
        return 0, None, (rule.requires,)
    missing: tuple[str, ...] = ()
    for grade, condition in column.grades:
        truth = condition.judge(facts)
        if truth:
            return grade, None if missing else grade, missing
        if truth is None:
            missing += condition.missing(facts)
    return 0, None if missing else 0, missing


def _within_own_limit(rule: Rule, facts: Facts) -> int | None:
    """Return 0 where the value is surely not beyond this infant's own limit, else None."""
    limit = facts.limits[rule.within] if rule.within else None
    if limit is None:
        return None
    return 0 if compare(">=" if rule.within == "LLN" else "<=", facts, limit) else None


def _worded(
    name: str,
    version: str,
    value: Lab,
    grade: int | None,
    least: int,
    remarks: tuple[str, ...],
    needs: tuple[str, ...],
    against_age: int | None,
) -> str:
    """Return the proposal in sentences."""
    reported = f"{value.comparator}{write_number(value.value)} {value.unit}".rstrip()
    if grade is None:
        certain = f"at least grade {least}" if least else "no grade is certain yet"
        verdict = f"{certain}; to say which, needed: {'; '.join(needs)}"
    else:
        verdict = f"grade {grade}"
    parts = [f"{name}, {reported}: {verdict} (CTCAE {version}).", *remarks]
    if against_age is not None:
        parts.append(
            "The value is within this infant's own limit: grade 0 if only values beyond it count."
        )
    return " ".join(parts)
