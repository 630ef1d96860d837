"""`bedside ctcae`: the official workbook of toxicity terms, loaded into a ward and looked up."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bedside.app import open_ward, system_clock, ward_folder
from bedside.clinical.ctcae.values import VERSIONS
from bedside.commands.options import read_choice
from bedside.commands.plain import brief
from bedside.units.refusal import Refused
from bedside.ward.ctcae import (
    FoundTerm,
    find_terms,
    load_workbook,
    loaded_workbooks,
    official_terms,
    trouble_with,
)
from bedside.ward.ward import Ward

MOST_SHOWN = 20


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Carry out one action on the ward's toxicity terms.

    Raises:
        Refused: the workbook is another one, or no term fits.
    """
    from bedside.commands.ward_keys import ask_in_terminal

    clock = system_clock()
    ward = open_ward(ward_folder(args.ward), clock, create=False, ask=ask_in_terminal)
    try:
        lines = {"load": _load, "status": _status, "find": _find}[args.action](ward, args)
        for line in lines:
            print(line, file=out)
    finally:
        ward.store.close()
    return 0


def _load(ward: Ward, args: argparse.Namespace) -> Iterator[str]:
    from bedside.commands.terminal_sign_in import who_works

    who = who_works(ward, args.by, "commission")
    loaded = load_workbook(ward, Path(args.file), who=who)
    count = len(official_terms(ward, loaded.version))
    yield f"CTCAE {loaded.version}: {count} terms loaded from {loaded.name}."
    yield f"Digest (sha256): {loaded.digest}"


def _status(ward: Ward, args: argparse.Namespace) -> Iterator[str]:
    workbooks = loaded_workbooks(ward)
    if not workbooks:
        yield "No NCI workbook is loaded: the ward's own list of terms is used."
    for loaded in workbooks:
        trouble = trouble_with(ward, loaded.version)
        count = 0 if trouble else len(official_terms(ward, loaded.version))
        yield f"CTCAE {loaded.version}: {trouble or f'{count} terms from {loaded.name}'}"
        yield f"  sha256 {loaded.digest}"


def _find(ward: Ward, args: argparse.Namespace) -> Iterator[str]:
    version = "5.0" if args.ctcae is None else args.ctcae
    read_choice("--ctcae", version, VERSIONS)
    found = find_terms(ward, args.text, version)
    if not found:
        raise Refused(
            f"No term of CTCAE {version} holds “{brief(args.text)}”: write less of the word, or "
            "load the NCI workbook for all terms."
        )
    for term in found[:MOST_SHOWN]:
        yield from _told(term)
    if len(found) > MOST_SHOWN:
        yield f"{len(found) - MOST_SHOWN} more: write more of the word."


def _told(term: FoundTerm) -> Iterator[str]:
    whose = "official wording" if term.official else "in our words"
    yield f"{term.name} ({term.group}; {whose})"
    for grade, words in term.criteria.items():
        yield f"  {grade}  {words}"
