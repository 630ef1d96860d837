"""Carries out `bedside protocol list|check|show|review|diff`: files in, words or paper out."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

import msgspec

from bedside.commands.answers import aligned, as_json, write
from bedside.commands.options import either
from bedside.commands.plain import brief
from bedside.commands.protocols import LARGEST_FILE, protocol_files
from bedside.papers.protocol_book import BookHead, ProtocolBook
from bedside.protocol.in_words import book_of
from bedside.protocol.model import Protocol
from bedside.protocol.reader import read_protocol
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Carry out one action; returns the exit code."""
    if args.action == "list":
        return list_protocols(args, out)
    if args.action == "check":
        from bedside.commands.protocol_check import check_file

        return check_file(protocol_file(args.file), out, err, json=args.json)
    if args.action == "show":
        return show(args, out)
    if args.action == "review":
        return review(args, out)
    from bedside.commands.protocol_diff import diff

    return diff(args, out)


def protocol_file(named: str) -> Path:
    """The file that was named: a path, or the name of one of the program's own protocols.

    Raises:
        Refused: there is neither, or it is no small file.
    """
    path, own = Path(named), protocol_files()
    if named in own and not path.is_file():
        return own[named]
    if not path.is_file():
        raise Refused(
            f"There is no protocol and no file “{brief(named)}”: "
            f"write {either(sorted(own))}, or name a protocol file."
        )
    if path.stat().st_size > LARGEST_FILE:
        raise Refused(f"“{brief(named)}” is far too large for a protocol file: name another.")
    return path


def protocol_of(named: str) -> Protocol:
    """Read the protocol that was named.

    Raises:
        Refused: it is not there, or has a fault.
    """
    return read_protocol(protocol_file(named))


def list_protocols(args: argparse.Namespace, out: TextIO) -> int:
    """List the program's own protocols."""
    found = [read_protocol(path) for _, path in sorted(protocol_files().items())]
    if args.json:
        write(out, as_json({"protocols": [_listed(protocol) for protocol in found]}))
        return 0
    head = ("name", "title", "edition", "courses", "entry", "digest")
    rows = [
        (
            protocol.key,
            protocol.title,
            protocol.edition,
            str(len(protocol.courses)),
            "closed" if protocol.closed_to_entry else "not stated as closed",
            protocol.digest[:16],
        )
        for protocol in found
    ]
    write(out, "\n".join(aligned([head, *rows])))
    return 0


def _listed(protocol: Protocol) -> Mapping[str, object]:
    return {
        "protocol": protocol.key,
        "title": protocol.title,
        "full_title": protocol.full_title,
        "edition": protocol.edition,
        "digest": protocol.digest,
        "closed_to_entry": protocol.closed_to_entry or None,
        "courses": [course.key for course in protocol.courses],
    }


def _book(named: str) -> ProtocolBook:
    """A protocol in words, the courses that stand beside its own by their titles."""
    protocol, files = protocol_of(named), protocol_files()
    beside = {match.protocol for match in protocol.matches} & set(files)
    return book_of(protocol, {key: read_protocol(files[key]) for key in beside})


def show(args: argparse.Namespace, out: TextIO) -> int:
    """Print every course of a protocol in words."""
    book = _book(args.name)
    if args.json:
        write(out, as_json(msgspec.to_builtins(book)))
        return 0
    from bedside.commands.protocol_show import book_in_words

    write(out, "\n".join(book_in_words(book)))
    return 0


def review(args: argparse.Namespace, out: TextIO) -> int:
    """Print the review book into the file asked for, of a ward or of none."""
    target = Path(args.output)
    if not target.absolute().parent.is_dir():
        raise Refused(f"The folder {target.parent} is not there: make it first, or choose another.")
    if target.exists():
        raise Refused(
            f"{target} is there already: choose another name, so that no earlier book is lost. "
            "Nothing was printed."
        )
    book, drawn = _of_no_ward(args.name) if args.ward is None else _of_ward(args)
    try:
        target.write_bytes(drawn)
    except OSError as fault:
        target.unlink(missing_ok=True)
        raise Refused(
            f"{target} could not be written: {fault.strerror}. Choose another."
        ) from fault
    write(out, f"Review book, {book.title}, {book.edition}, digest {book.digest[:16]}, in {target}")
    return 0


def _of_no_ward(named: str) -> tuple[ProtocolBook, bytes]:
    """A book that says on each page that no ward answers for it."""
    from bedside.app import PROGRAM, system_clock
    from bedside.documents.review_book import draw_review_book

    book = _book(named)
    return book, draw_review_book(book, BookHead(write_date_time(system_clock()()), PROGRAM))


def _of_ward(args: argparse.Namespace) -> tuple[ProtocolBook, bytes]:
    """A book with its number and its code, which the ward knows when it is scanned."""
    from bedside.app import open_ward, system_clock, ward_folder
    from bedside.commands.terminal_sign_in import stay_blind
    from bedside.commands.ward_keys import ask_in_terminal
    from bedside.ward.protocol_books import draw_review_book, protocol_book

    named = args.name
    ward = open_ward(ward_folder(args.ward), system_clock(), create=False, ask=ask_in_terminal)
    try:
        if named not in ward.protocols:
            known = ", ".join(sorted(ward.protocols))
            raise Refused(
                f"This ward has no protocol {named}; it has {known}. A protocol file is printed "
                "without --ward."
            )
        stay_blind(ward, named, args.by)
        return protocol_book(ward, named), draw_review_book(ward, named)
    finally:
        ward.store.close()
