"""Says whether a protocol file is sound: every fault on its own line, then notes and totals."""

from pathlib import Path
from typing import TextIO

from bedside.commands.answers import aligned, as_json, complain, write
from bedside.protocol.lint import Lint, examine_file

CLEAN, FAULTY = 0, 2


def check_file(path: Path, out: TextIO, err: TextIO, *, json: bool) -> int:
    """Examine a protocol file; 0 when it is sound (notes may stand), 2 with a fault."""
    found = examine_file(path)
    if json:
        write(out, as_json(in_json(path, found)))
        return FAULTY if found.faults else CLEAN
    if found.faults:
        for fault in found.faults:
            complain(err, fault)
        return FAULTY
    write(out, "\n".join(in_words(path, found)))
    return CLEAN


def in_json(path: Path, found: Lint) -> dict[str, object]:
    """Return what was found, for a program."""
    protocol = found.protocol
    return {
        "file": path.name,
        "sound": not found.faults,
        "protocol": None if protocol is None else protocol.key,
        "edition": None if protocol is None else protocol.edition,
        "digest": None if protocol is None else protocol.digest,
        "faults": list(found.faults),
        "notes": list(found.notes),
        "totals": [
            {"course": course or None, "drug": drug, "words": words}
            for course, drug, words in found.totals
        ],
    }


def in_words(path: Path, found: Lint) -> tuple[str, ...]:
    """Return what was found in a sound file, for a person."""
    protocol = found.protocol
    title = "" if protocol is None else f"{protocol.title}, {protocol.edition}"
    notes = [f"note: {note}" for note in found.notes] or ["no notes"]
    rows = [(course or "all courses", drug, words) for course, drug, words in found.totals]
    return (
        f"{path.name}: sound. {title}",
        "",
        *notes,
        "",
        *aligned([("totals", "drug", ""), *rows]),
    )
