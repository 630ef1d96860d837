"""Reads the other conditions of a start as typed: limits of laboratory results, questions to a person.

One line holds all of them, so that a copy with none is answered in two words. Each condition has one
canonical spelling and they stand in one order: two people who read the same copy type the same.
"""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.protocol.result_rule import SIGNS, Sign, analyte_of, kept_figure, laboratory
from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS, shown

if TYPE_CHECKING:
    from bedside.clinical.laboratory import Analyte

CONDITIONS = (
    'each as in "sodium at least 111 mmol/L", "lipase at most 44 × ULN" or "ask no travel", with '
    "semicolons between"
)
_LIMIT = re.compile(r"(.+?) (at most|at least) (\S+) (.+)", re.IGNORECASE)
_ULN = ("× uln", "x uln", "uln")
_ASK = "ask "
MOST_LETTERS = 90  # of a question, so that it stands whole beside its answer


class Limit(Struct, frozen=True):
    """A limit as read: the figure in the analyte's kept unit, or times the upper limit of normal."""

    analyte: str
    sign: Sign
    figure: Decimal
    times_uln: bool

    @property
    def text(self) -> str:
        """The canonical spelling."""
        unit = "× ULN" if self.times_uln else analyte_of(self.analyte).unit.shown
        return f"{self.analyte} {self.sign} {self.figure.normalize():f} {unit}"


class Conditions(Struct, frozen=True):
    """All conditions of one line: limits of results, and questions in the copy's words."""

    limits: tuple[Limit, ...]
    questions: tuple[str, ...]

    @property
    def text(self) -> str:
        """The canonical spelling: limits by analyte, then questions, each once."""
        asked = (f"{_ASK}{question}" for question in self.questions)
        return "; ".join((*(limit.text for limit in self.limits), *asked))


def read_conditions(text: str, mark: str) -> Conditions:
    """Read one line of conditions.

    Args:
        text: as typed, conditions with semicolons between.
        mark: the station's decimal mark.

    Raises:
        Refused: one cannot be read; says what would be right.
    """
    limits: dict[tuple[str, str], Limit] = {}
    questions: set[str] = set()
    for part in text.split(";"):
        typed = " ".join(part.strip(BLANKS).split())
        if typed.casefold().startswith(_ASK):
            questions.add(_question(typed))
            continue
        limit = _limit(typed, mark)
        if (limit.analyte, limit.sign) in limits:
            raise Refused(f"{analyte_of(limit.analyte).title} {limit.sign} stands there twice.")
        limits[limit.analyte, limit.sign] = limit
    return Conditions(tuple(limits[key] for key in sorted(limits)), tuple(sorted(questions)))


def question_key(question: str) -> str:
    """The key under which an answer to a question is kept: "no-severe-infection"."""
    return "-".join(re.findall(r"[^\W_]+", question)) or "condition"


def _question(typed: str) -> str:
    question = typed[len(_ASK) :].strip(" ?.").casefold()
    if not question or len(question) > MOST_LETTERS:
        raise Refused(f"A question has 1 to {MOST_LETTERS} letters; {len(question)} are typed.")
    return question


def _limit(typed: str, mark: str) -> Limit:
    found = _LIMIT.fullmatch(typed)
    if found is None:
        raise Refused(f'"{shown(typed)}" is no condition: write {CONDITIONS}.')
    analyte, unit = _analyte(found[1]), found[4]
    times = unit.casefold() in _ULN
    sign = next(sign for sign in SIGNS if sign == found[2].casefold())
    figure = read_number(found[3], mark, unit=unit)
    return Limit(analyte.key, sign, kept_figure(analyte.key, figure, "" if times else unit), times)


def _analyte(typed: str) -> "Analyte":
    wanted = typed.casefold()
    for analyte in laboratory().analytes.values():
        if wanted in {name.casefold() for name in (analyte.key, analyte.title, analyte.short)}:
            return analyte
    raise Refused(f'"{shown(typed)}" is no analyte of the laboratory\'s list (Counts, Alt+G).')
