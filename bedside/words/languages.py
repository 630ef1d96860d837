"""Which languages the screen speaks, and who speaks each; loaded when one other than English is chosen."""

import re
import tomllib
from pathlib import Path

from bedside.places import place
from bedside.words.speaker import Speaker
from bedside.words.ts_file import finished_words

SOURCE_LANGUAGE = "en"
_FORMULAE = ("Mosteller", "Haycock", "DuBois", "Boyd")  # of the body surface, by their authors
_TITLE = re.compile(r'^(?:full-)?title\s*=\s*"([^"]+)"', re.MULTILINE)
_TERM = re.compile(r'^"[0-9.]+"\s*=\s*"([^"]+)"', re.MULTILINE)
LANGUAGES = {"en": "English", "de": "Deutsch"}  # each by its own name: it is never translated


def catalogue_file(language: str) -> Path:
    """Return the file with the translations into a language other than English.

    Args:
        language: a key of `LANGUAGES`.
    """
    return place("resources", "languages", f"bedside_{language}.ts")


def speaker_of(language: str) -> Speaker:
    """Return who speaks a language other than English.

    Args:
        language: a key of `LANGUAGES`.
    """
    speaker = Speaker(language, finished_words(catalogue_file(language)), drug_words())
    speaker.know(fact_words())
    return speaker


def fact_words() -> set[str]:
    """What is written the same in every language: courses, trials, and toxicities as CTCAE names them."""
    found: set[str] = set()
    for protocol in sorted(place("resources", "protocols").glob("*.toml")):
        found |= set(_TITLE.findall(protocol.read_text(encoding="utf-8")))
    found |= set(_FORMULAE)
    terms = place("resources", "ctcae", "terms.toml").read_text(encoding="utf-8")
    return found | set(_TERM.findall(terms))


def drug_words() -> frozenset[str]:
    """The words of the formulary's names: they are written the same in every language."""
    text = place("resources", "formulary", "drugs.toml").read_text(encoding="utf-8")
    names = (str(drug["name"]) for drug in tomllib.loads(text)["drug"])
    words = {name for name in names if name.isalpha()} | {"asparaginase"}
    kinds = (str.casefold, str.capitalize)  # as a key, and at the beginning of a line
    return frozenset(words | {kind(word) for word in words for kind in kinds})
