"""Says in words what differs between two protocol files, and for which infants of a ward it matters."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from bedside.commands.answers import as_json, write
from bedside.commands.protocol_commands import protocol_of
from bedside.commands.protocol_show import wrapped
from bedside.protocol.comparison import Comparison, CourseDifference, Difference, compare
from bedside.units.refusal import Refused
from bedside.ward.views.protocols import ConcernedInfant


def diff(args: argparse.Namespace, out: TextIO) -> int:
    """Compare, ask the ward where it was named, and print."""
    found = compare(protocol_of(args.a), protocol_of(args.b))
    if args.ward is not None and found.kind != "editions":
        raise Refused(
            "--ward asks for whom a new edition matters: name two editions of one protocol, "
            f"not {found.a.key} and {found.b.key}."
        )
    infants = None if args.ward is None else _concerned(args, found)
    if args.json:
        write(out, as_json(in_json(found, infants)))
    else:
        write(out, "\n".join(in_words(found, infants)))
    return 0


def _concerned(args: argparse.Namespace, found: Comparison) -> Sequence[ConcernedInfant]:
    from bedside.app import open_ward, system_clock, ward_folder
    from bedside.commands.terminal_sign_in import stay_blind
    from bedside.commands.ward_keys import ask_in_terminal
    from bedside.ward.protocol_changes import concerned

    ward = open_ward(ward_folder(args.ward), system_clock(), create=False, ask=ask_in_terminal)
    try:
        for key in {found.a.key, found.b.key} & set(ward.protocols):
            stay_blind(ward, key, args.by)
        return concerned(ward, found)
    finally:
        ward.store.close()


def in_words(found: Comparison, infants: Sequence[ConcernedInfant] | None) -> tuple[str, ...]:
    """Return the comparison for a person."""
    a, b = found.a, found.b
    lines = [
        f"A: {a.title}, {a.edition}, {a.digest[:16]}",
        f"B: {b.title}, {b.edition}, {b.digest[:16]}",
    ]
    if found.kind == "editions" and found.alike:
        lines += ["", "No fact differs."]
    else:
        lines += list(_body(found))
    if infants is not None:
        lines += ["", *_infants(infants)]
    return tuple(lines)


def _body(found: Comparison) -> Iterator[str]:
    if found.whole:
        yield from ("", "The whole protocol")
        yield from _lines(found.whole)
    unchanged = []
    for course in found.courses:
        if not course.lines:
            unchanged.append(course.title)
            continue
        yield from ("", course.title)
        if course.why:
            yield from wrapped(f"side by side: {course.why})", "  (", "   ")
        yield from _lines(course.lines)
    if unchanged:
        yield from ("", f"Without a change: {', '.join(unchanged)}.")
    yield from ("", "Dose days over the whole protocol (all arms together)")
    shown = [line for line in found.exposure if line.change != "same"]
    yield from _lines(shown or found.exposure)


def _lines(lines: Sequence[Difference]) -> Iterator[str]:
    for line in lines:
        words = line.words if line.treats else f"{line.words} [treatment unchanged]"
        yield from wrapped(words, "  ", "      ")


def _infants(infants: Sequence[ConcernedInfant]) -> Iterator[str]:
    yield "Infants of this ward for whom it matters"
    touched = [infant for infant in infants if infant.matters]
    for infant in touched:
        yield from wrapped(
            f"{infant.name}, {infant.hospital_number}: {infant.words}", "  ", "      "
        )
    if not touched:
        yield "  none"
    for infant in infants:
        if not infant.matters:
            yield from wrapped(
                f"not: {infant.name}, {infant.hospital_number}: {infant.words}", "  ", "      "
            )


def in_json(found: Comparison, infants: Sequence[ConcernedInfant] | None) -> Mapping[str, object]:
    """Return the comparison for a program."""
    answer: dict[str, object] = {
        "kind": found.kind,
        "a": _side(found, "a"),
        "b": _side(found, "b"),
        "whole": [_line(line) for line in found.whole],
        "courses": [_course(course) for course in found.courses],
        "exposure": [_line(line) for line in found.exposure],
    }
    if infants is not None:
        answer["infants"] = [
            {
                "hospital_number": infant.hospital_number,
                "name": infant.name,
                "matters": infant.matters,
                "courses": list(infant.courses),
                "words": infant.words,
            }
            for infant in infants
        ]
    return answer


def _side(found: Comparison, which: str) -> Mapping[str, str]:
    side = found.a if which == "a" else found.b
    return {
        "protocol": side.key,
        "title": side.title,
        "edition": side.edition,
        "digest": side.digest,
    }


def _course(course: CourseDifference) -> Mapping[str, object]:
    return {
        "a": list(course.keys_a),
        "b": list(course.keys_b),
        "title": course.title,
        "because": course.why,
        "differs": course.treats,
        "lines": [_line(line) for line in course.lines],
    }


def _line(line: Difference) -> Mapping[str, object]:
    return {
        "subject": line.subject,
        "aspect": line.aspect,
        "a": line.a,
        "b": line.b,
        "change": line.change,
        "treats": line.treats,
        "words": line.words,
    }
