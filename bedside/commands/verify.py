"""`bedside verify`: whether a printed paper still holds, by the code at its foot or on its label."""

import argparse
from typing import TextIO

from bedside.app import open_ward, system_clock, ward_folder
from bedside.commands.answers import aligned, as_json, write
from bedside.ward.verifying import verify_paper
from bedside.ward.views.verified import PaperAnswer


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Answer for one code; exit 0 for VALID, 1 for OUT OF DATE and NOT OURS."""
    from bedside.commands.ward_keys import ask_in_terminal

    ward = open_ward(ward_folder(args.ward), system_clock(), create=False, ask=ask_in_terminal)
    try:
        answer = verify_paper(ward, " ".join(args.code))
    finally:
        ward.store.close()
    write(out, as_json(_values(answer)) if args.json else "\n".join(_words(answer)))
    return 0 if answer.verdict == "VALID" else 1


def _words(answer: PaperAnswer) -> list[str]:
    said = [answer.since] if answer.since else []
    said.append(f"{answer.verdict}. {answer.words}")
    said += [f"Why: {reason}" for reason in answer.reasons]
    if answer.alike:
        said.append(f"Look twice: {answer.alike}")
    return [*said, *aligned(answer.lines), answer.todo]


def _values(answer: PaperAnswer) -> dict[str, object]:
    return {
        "verdict": answer.verdict,
        "words": answer.words,
        "since": answer.since,
        "reasons": list(answer.reasons),
        "todo": answer.todo,
        "alike": answer.alike,
        **{name.casefold().replace(" ", "_"): words for name, words in answer.lines},
    }
