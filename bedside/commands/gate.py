"""`calc gate`: may this course start? The protocol's start rule, part by part.

Decision: an unknown never passes a rule. A course whose start rule is not public, and a course
that follows the one before it without a count check of its own, are answered with ``open`` null
and one rule of kind ``not public`` that says so; no count given on the line can open them.
A count that is possible but hard to believe passes no part either, until it is given a second time
(``--again``), as the screen asks for a second typing (hazard H14).
"""

import argparse
from typing import cast

from bedside.commands.answers import Answer, aligned, with_notes_first
from bedside.commands.blood_counts import (
    doubts_of,
    notes_for_counts,
    or_bound,
    read_possible_anc,
    read_possible_platelets,
)
from bedside.commands.books import Books
from bedside.commands.gate_given import read_age, read_confirmations, read_results, settled
from bedside.commands.options import read_choice, read_if_given
from bedside.commands.parser import EachOnce, Once
from bedside.commands.protocols import (
    cited,
    find_course,
    find_protocol,
    find_site_values,
    parts_note,
    site_sources,
)
from bedside.commands.waits import gate_waits, in_json, waits_in_words
from bedside.protocol.eligibility import Kmt2a, gene_needed, judge_continuation
from bedside.protocol.model import Course, Protocol, StartRule
from bedside.protocol.site_plan import with_site_values
from bedside.protocol.start_rules import Observed, StartJudgement, judge_start
from bedside.units.bounds import Bound, per_ul

OPTIONS_EXAMPLE = (
    "--protocol aall15p1 --course epi-1 --anc '500 /uL' --platelets '50000 /uL' "
    "--confirm toxicity-resolved=yes"
)
OPEN_WORDS = {
    True: "OPEN: every part of the start rule is met",
    False: "CLOSED: a part of the start rule is not met",
    None: "NOT KNOWN: a part of the start rule is unknown, and an unknown never passes",
}
NO_COUNT_RULE = "no count rule of this course is public: enter it from your protocol"
KMT2A = ("rearranged", "germline", "not-evaluable", "unknown")
SAID_AS = {"age": "measure", "kmt2a": "confirm", "result": "measure"}  # the contract's two keys
Row = dict[str, str]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --protocol, --course, --anc, --platelets, --confirm and --site-values."""
    parser.add_argument("--protocol", metavar="P", required=True, action=Once, help="as aall15p1")
    parser.add_argument("--course", metavar="C", required=True, action=Once, help="as epi-1")
    parser.add_argument("--anc", metavar="Q", action=Once, help="as '500 /uL' or '<0.1 10^9/L'")
    parser.add_argument("--platelets", metavar="Q", action=Once, help="as '50000 /uL'")
    parser.add_argument(
        "--confirm",
        metavar="KEY=yes|no",
        action=EachOnce,
        help="a part that a person answers, as toxicity-resolved=yes; may be repeated",
    )
    parser.add_argument(
        "--again",
        metavar="COUNT=Q",
        action=EachOnce,
        help="a very unusual count a second time, as anc='60 10^9/L'; may be repeated",
    )
    parser.add_argument(
        "--result",
        metavar="ANALYTE=Q",
        action=EachOnce,
        help="a laboratory result, as creatinine='30 umol/L'; may be repeated",
    )
    parser.add_argument(
        "--uln",
        metavar="ANALYTE=Q",
        action=EachOnce,
        help="the upper limit of normal of a result, as bilirubin='17 umol/L'; may be repeated",
    )
    parser.add_argument("--birth", metavar="D", action=Once, help="where the rule asks for an age")
    parser.add_argument("--course-day-1", metavar="D", action=Once, help="day 1 of the course")
    parser.add_argument(
        "--kmt2a", metavar="R", action=Once, help="rearranged, germline, not-evaluable or unknown"
    )
    parser.add_argument(
        "--site-values", metavar="FILE", action=Once, help="the site's own start rules (TOML)"
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer whether the course may start; null while any part is unknown.

    Raises:
        Refused: protocol, course or confirmation is not known, a count cannot be read or no blood
            holds it.
    """
    protocol = find_protocol(args.protocol, books)
    site = find_site_values(args.site_values, protocol, books)
    protocol = with_site_values(protocol, site)
    course = find_course(protocol, args.course)
    observed = Observed(
        anc=read_if_given("--anc", or_bound(read_possible_anc), args.anc),
        platelets=read_if_given("--platelets", or_bound(read_possible_platelets), args.platelets),
        confirmations=read_confirmations(course, args.confirm or {}),
        age_days=read_age(args),
        kmt2a=None if args.kmt2a is None else read_choice("--kmt2a", args.kmt2a, KMT2A),
        results=read_results(course, args.result or {}, args.uln or {}),
    )
    counts = (
        ("--anc", observed.anc, args.anc),
        ("--platelets", observed.platelets, args.platelets),
    )
    doubted = {option[2:] for option, _ in doubts_of(counts)} - settled(observed, args.again or {})
    is_open, rules, table = judged_rows(course, observed, doubted)
    further = gene_row(protocol, course, observed.kmt2a)
    if further is not None:
        rules, table = [*rules, further], [*table, further]
        is_open = also(is_open, further["result"])
    notes = (*parts_note(protocol, args.course), *notes_for_counts(counts))
    if is_open:
        notes = (*notes, *gene_left_out(protocol, course, observed.kmt2a))
    values = {
        "protocol": protocol.key,
        "course": course.key,
        "open": is_open,
        "rules": rules,
        "notes": list(notes),
        "waits_for": in_json(gate_waits(course, rules)),
    }

    def words() -> tuple[str, ...]:
        return with_notes_first(notes, worded(protocol, course, is_open, table))

    return Answer(values, words, (*sources_of(protocol, course), *site_sources(site)))


def judged_rows(
    course: Course, observed: Observed, doubted: set[str]
) -> tuple[bool | None, list[Row], list[Row]]:
    """Return whether the course is open, its parts for a program, and the same for a person.

    Args:
        course: the course.
        observed: what was given on the line.
        doubted: the counts that nobody should believe yet.
    """
    if course.start_rule is None:
        return None, [not_public(course)], [not_public(course)]
    judgement = judge_start(course, observed)
    table = [doubtful(row) if row["key"] in doubted else row for row in rows_of(judgement)]
    is_open = judgement.open
    for row in table:
        is_open = also(is_open, row["result"])
    return is_open, [in_units(row, course.start_rule, observed) for row in table], table


def rows_of(judgement: StartJudgement) -> list[Row]:
    """Return each judged part with the keys of the contract."""
    return [
        {
            rule.kind: rule.key,
            SAID_AS.get(rule.kind, rule.kind): rule.key,
            "kind": rule.kind,
            "key": rule.key,
            "required": rule.required,
            "observed": rule.observed,
            "result": rule.result,
            "words": rule.words,
        }
        for rule in judgement.rules
    ]


def doubtful(row: Row) -> Row:
    """Return a part whose count nobody should believe yet: a part that was met is not known then."""
    if row["result"] != "met":
        return row
    count = row["words"].partition(";")[0]
    why = f"very unusual, so it opens nothing until it is given again, with --again {row['key']}=…"
    return {**row, "result": "unknown", "words": f"{count}: {why}"}


def in_units(row: Row, rule: StartRule, observed: Observed) -> Row:
    """Return a measured part with its counts as the command line takes them, e.g. "480 /uL"."""
    least: dict[str, int] = {part.measure: part.at_least_per_ul for part in rule.measures}
    if row["kind"] != "measure":
        return row
    count: int | Bound[int] | None
    if row["key"] == "anc":
        count = None if observed.anc is None else per_ul(observed.anc)
    else:
        count = None if observed.platelets is None else per_ul(observed.platelets)
    sign, figure = (count.sign, count.figure) if isinstance(count, Bound) else ("", count)
    return {
        **row,
        "required": f"at least {least[row['key']]} /uL",
        "observed": "unknown" if figure is None else f"{sign}{figure} /uL",
    }


def gene_row(protocol: Protocol, course: Course, kmt2a: str | None) -> Row | None:
    """Return whether a KMT2A result that was given lets the infant go on to this course.

    None where none was given, and where the protocol or the start rule itself says it already.
    """
    own = course.start_rule is not None and bool(course.start_rule.genes)
    judged = (
        None
        if kmt2a is None or own
        else judge_continuation(protocol, course.key, cast(Kmt2a, kmt2a))
    )
    if judged is None:
        return None
    return {
        "kmt2a": "kmt2a-to-continue",
        "confirm": "kmt2a-to-continue",
        "kind": "kmt2a",
        "key": "kmt2a-to-continue",
        "required": gene_needed(protocol, course.key),
        "observed": f"KMT2A {str(kmt2a).replace('-', ' ')}",
        "result": judged.result,
        "words": f"{judged.words} {judged.because[:1].upper()}{judged.because[1:]}: {judged.result}.",
    }


def gene_left_out(protocol: Protocol, course: Course, kmt2a: str | None) -> tuple[str, ...]:
    """Return that KMT2A was not given, where an infant goes on to this course by its result only."""
    row = gene_row(protocol, course, "unknown") if kmt2a is None else None
    if row is None:
        return ()
    return (
        f"KMT2A is not given, and this answer is not about it. {row['required']} is needed to go on to "
        f"{course.title}: add --kmt2a rearranged, germline, not-evaluable or unknown.",
    )


def also(is_open: bool | None, result: str) -> bool | None:
    """Return whether a course is open with one part more: closed goes before unknown."""
    if result == "not met":
        return False
    return None if result == "unknown" and is_open is not False else is_open


def not_public(course: Course) -> Row:
    """Return the one part of a start rule that no public source states."""
    if course.follows_directly:
        required = "follows the course before it directly; no count check of its own is public"
    else:
        required = "not public: ask; enter it from your protocol"
    words = course.start_words or f"The start rule of {course.title} is {required}."
    return {
        "kind": "not public",
        "key": "start-rule",
        "required": required,
        "observed": "cannot be judged",
        "result": "unknown",
        "words": words,
    }


def worded(
    protocol: Protocol, course: Course, is_open: bool | None, rules: list[Row]
) -> tuple[str, ...]:
    """Return the answer for a person: the verdict, then each part in a row."""
    head = f"{protocol.title}, {course.title}: {OPEN_WORDS[is_open]}"
    if course.start_rule is not None and course.start_origin.evidence == "absent":
        head += f"; {NO_COUNT_RULE}"
    titles = ("part", "required", "observed", "result")
    cells = [(row["key"], row["required"], row["observed"], row["result"]) for row in rules]
    needed = waits_in_words(gate_waits(course, rules))
    return (head, "", *aligned([titles, *cells]), "", *(row["words"] for row in rules), *needed)


def sources_of(protocol: Protocol, course: Course) -> tuple[str, ...]:
    """Return the edition and the full name of each source of the start rule."""
    rule = course.start_rule
    origins = [course.start_origin]
    if rule is not None:
        origins += rule.origins
    return cited(protocol, *(key for origin in origins for key in origin.sources))
