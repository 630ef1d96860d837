"""Values that a round offers for its questions: the first result as baseline, limits of the last slip.

Decision: nothing is taken over by itself. A slip without limits is asked about; where the last slip
of the same laboratory gave them, they stand in the question with their date and source, one key away,
and what a person took from there is kept with the decision.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from msgspec.structs import replace

from bedside.clinical.ctcae.values import Lab
from bedside.units.dates import write_date
from bedside.units.writer import write_number
from bedside.ward.laboratory import Result
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.toxicity_questions import said_value
from bedside.ward.unit_words import kept_words, measured_words, written_unit
from bedside.ward.views.round import Question
from bedside.ward.ward import Ward

_ASKED = {"lln": "Lower limit of normal?", "uln": "Upper limit of normal?"}


def with_offer(
    ward: Ward, results: Sequence[Result], newest: Result, question: Question
) -> Question:
    """A question with the value that a person may take for it by one key, where there is one.

    Args:
        ward: the ward.
        results: every result of the term that counts, oldest first.
        newest: the one that is asked about.
        question: what is asked.
    """
    question = _with_kept_unit(newest, question)
    if question.key == "baseline":
        return _with_first(ward, results[0], question)
    slip = last_limit(results, newest, question.key) if question.key in _ASKED else None
    if slip is None:
        return question
    value = write_number(_limit(slip, question.key), ward.decimal_mark)
    shown = f"{value} {written_unit(question.unit)}, {slip_words(ward, slip)}"
    offered = f"{_limit(slip, question.key):f} {slip.unit}"
    return replace(question, words=f"{_ASKED[question.key]} ({shown})", offered=offered)


def last_limit(results: Sequence[Result], newest: Result, side: str) -> Result | None:
    """The last result before this one, of the same laboratory and unit, that came with a limit.

    Args:
        results: results of the term, oldest first.
        newest: the one without a limit.
        side: "lln" or "uln".
    """
    for one in reversed(results):
        if (
            one.limits_from == "laboratory"
            and one.source != newest.source
            and one.taken_at <= newest.taken_at
            and (one.analyte, one.unit) == (newest.analyte, newest.unit)
            and _named(one) == _named(newest)
            and (one.lln if side == "lln" else one.uln) is not None
        ):
            return one
    return None


def limits_taken(
    ward: Ward, results: Sequence[Result], newest: Result | None, said: Mapping[str, str]
) -> dict[str, str]:
    """Which of the limits said are those of an earlier slip, and of which: {"uln from": "slip of …"}."""
    found = {}
    for side in _ASKED:
        slip = None if newest is None or not said.get(side) else last_limit(results, newest, side)
        if slip is not None and said_value(said[side], slip.unit) == Lab(
            _limit(slip, side), slip.unit
        ):
            found[f"{side} from"] = slip_words(ward, slip)
    return found


def slip_words(ward: Ward, slip: Result) -> str:
    """A slip by laboratory and date: "slip of Central laboratory, 05-Oct-2026"."""
    whose = slip.laboratory.strip() or "a laboratory not named"
    return f"slip of {whose}, {write_date(ward.local(slip.taken_at).date())}"


def _with_first(ward: Ward, first: Result, question: Question) -> Question:
    """The question for a baseline, with the first result here beside it."""
    on = write_date(ward.local(first.taken_at).date())
    value, kept = measured_words(ward, first), kept_words(ward, first)
    if kept:
        value = f"{value} as entered, {kept} as kept"
    asked = f", in {written_unit(question.unit)}" if question.kept_unit or kept else ""
    words = f"Baseline before treatment{asked}? (first result here: {value}, {on})"
    exact = first.value is not None and not first.comparator
    offered = f"{first.value:f} {first.unit}" if exact else ""
    return replace(question, words=words, offered=offered)


def _with_kept_unit(newest: Result, question: Question) -> Question:
    """A number asked in a unit that is not the one it is kept in says both."""
    if question.kind != "value" or newest.unit == newest.kept_unit:
        return question
    kept = catalogue().analyte(newest.analyte).unit.shown
    return replace(question, analyte=newest.analyte, kept_unit=kept)


def _limit(slip: Result, side: str) -> Decimal:
    return cast(Decimal, slip.lln if side == "lln" else slip.uln)


def _named(result: Result) -> str:
    return " ".join(result.laboratory.casefold().split())
