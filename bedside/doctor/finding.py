"""What the doctor says of one thing: fit, worth a look, or not fit, and one sentence why."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["fit", "look", "not fit"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        name: what was looked at, in a few words.
        verdict: "fit"; "look" (Bedside works, a person should see to it); "not fit" (do not use).
        sentence: what was found and, unless all is well, what would put it right.
    """

    name: str
    verdict: Verdict
    sentence: str


def fit(name: str, sentence: str) -> Finding:
    """All is well."""
    return Finding(name, "fit", sentence)


def look(name: str, sentence: str) -> Finding:
    """Bedside works, but somebody should see to it."""
    return Finding(name, "look", sentence)


def not_fit(name: str, sentence: str) -> Finding:
    """Bedside must not be used here until this is put right."""
    return Finding(name, "not fit", sentence)
