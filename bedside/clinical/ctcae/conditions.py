"""Reads the conditions of a rule file, e.g. "> 5 ULN or (> 2 ULN and symptoms)", and judges them.

A condition is true, false or not known (None). What is not known never counts as met, and never as
not met: "and" is false as soon as one part is false, "or" is true as soon as one part is true,
whatever the others are (Kleene's logic), so only what could still change the grade is asked for.

Words of a condition: ``<``, ``<=``, ``>``, ``>=`` before a number with its unit (``< 0.5 10^9/L``,
further printed columns after a bar: ``< 100 g/L | 10 g/dL``) or before a multiple of ``LLN``,
``ULN`` or ``BASE`` (the baseline); the same with ``BASE`` in front compares the baseline;
``BASE normal`` is a baseline not above ULN, ``BASE raised`` one above it with the value above it too;
``fall >= 25 %`` is a fall from the baseline; ``symptoms`` or ``no symptoms`` is a question that a
person must answer; ``said transfusion`` counts only where a person said so and is never asked for;
``asked anticoagulation`` stands beside a multiple of the baseline: it is asked for only where the
baseline is known, so that its answer could change the grade;
``not-written`` marks what the text of CTCAE leaves open.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from msgspec import Struct

LIMITS = ("LLN", "ULN", "BASE")
NOT_WRITTEN = "not-written"
EXACT = "exact"
RATIO = "1"
_ONE = Decimal(1)
_TOKEN = re.compile(r"\s*(\(|\)|\||<=|>=|<|>|%|[^\s()|<>%]+)")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


class Facts(Struct):
    """One value with what is known beside it, all in one unit.

    Args:
        value: the value.
        comparator: "", "<" or ">".
        limits: LLN, ULN and BASE; None where not known.
        answers: what a person said.
    """

    value: Decimal
    comparator: str
    limits: Mapping[str, Decimal | None]
    answers: Mapping[str, bool]


Truth = bool | None
Judge = Callable[[Facts], Truth]
_Missing = Callable[[Facts], tuple[str, ...]]


class Condition(Struct, frozen=True):
    """One condition, ready to be judged.

    Args:
        judge: says whether it holds.
        missing: names what keeps it from being judged: LLN, ULN, BASE, EXACT or a question's key.
        words: the condition for people.
        asks: the keys of the questions that stand in it.
    """

    judge: Judge
    missing: _Missing
    words: str
    asks: tuple[str, ...] = ()


def columns_of(text: str) -> tuple[str, ...]:
    """Return the units in which a condition prints its numbers; empty where it prints none."""
    words = _TOKEN.findall(text)
    columns: list[str] = []
    for sign, number, unit in zip(words, words[1:], words[2:], strict=False):
        printed = sign in {*_COMPARED, "|"} and _NUMBER.fullmatch(number)
        if printed and unit not in {*LIMITS, "%", *columns}:
            columns.append(unit)
    return tuple(columns)


def read_condition(text: str, column: str, questions: Mapping[str, str]) -> Condition:
    """Read one condition.

    Args:
        text: as the rule file writes it.
        column: the unit whose printed numbers count.
        questions: the words of each question, by key.

    Raises:
        ValueError: the text is no condition, or asks what ``questions`` does not hold.
    """
    reader = _Reader(text, column, questions)
    condition = reader.either()
    if reader.left:
        raise ValueError(f"{reader.left[0]!r} is left over in the condition {text!r}")
    return condition


class _Reader:
    """Reads a condition word by word."""

    def __init__(self, text: str, column: str, questions: Mapping[str, str]) -> None:
        self.text = text
        self.column = column
        self.questions = questions
        self.left: list[str] = _TOKEN.findall(text)

    def next(self) -> str:
        """Take the next word."""
        if not self.left:
            raise ValueError(f"the condition {self.text!r} ends too early")
        return self.left.pop(0)

    def comes(self, word: str) -> bool:
        """Take the next word if it is this one."""
        if self.left[:1] != [word]:
            return False
        self.left.pop(0)
        return True

    def either(self) -> Condition:
        """Read parts joined by "or"."""
        parts = [self.both()]
        while self.comes("or"):
            parts.append(self.both())
        return _joined(parts, decides=True, word=" or ")

    def both(self) -> Condition:
        """Read parts joined by "and"."""
        parts = [self.one()]
        while self.comes("and"):
            parts.append(self.one())
        return _joined(parts, decides=False, word=" and ")

    def one(self) -> Condition:
        """Read one part."""
        word = self.next()
        if word == "(":
            inner = self.either()
            if not self.comes(")"):
                raise ValueError(f"a bracket stays open in the condition {self.text!r}")
            return Condition(inner.judge, inner.missing, f"({inner.words})", inner.asks)
        if word in _COMPARED:
            return self.value_compared(word)
        if word == "BASE":
            return self.baseline(self.next())
        if word == "fall":
            return self.fall()
        if word == NOT_WRITTEN:
            return Condition(_never_known, _unwritten, "as a person decides")
        return self.question(word)

    def number(self) -> Decimal:
        """Read a number."""
        word = self.next()
        if not _NUMBER.fullmatch(word):
            raise ValueError(f"{word!r} is no number in the condition {self.text!r}")
        return Decimal(word)

    def multiple(self) -> tuple[Decimal, str]:
        """Read a limit, or a multiple of one."""
        if self.left and self.left[0] in LIMITS:
            return _ONE, self.next()
        times = self.number()
        limit = self.next()
        if limit not in LIMITS:
            raise ValueError(f"{limit!r} is no limit in the condition {self.text!r}")
        return times, limit

    def value_compared(self, sign: str) -> Condition:
        """Read the rest of "< 0.5 10^9/L | 500 /uL" or of "> 3 ULN"."""
        if self.left[:1] and (
            self.left[0] in LIMITS or (self.left[1:2] and self.left[1] in LIMITS)
        ):
            return _against_limit(sign, *self.multiple())
        cuts = [(self.number(), self.next())]
        while self.comes("|"):
            cuts.append((self.number(), self.next()))
        for cut, unit in cuts:
            if unit == self.column:
                return _against_cut(sign, cut, unit)
        raise ValueError(f"the condition {self.text!r} prints nothing in {self.column}")

    def baseline(self, sign: str) -> Condition:
        """Read the rest of "BASE < LLN", "BASE normal" or "BASE raised"."""
        if sign == "normal":
            return _named(_baseline_against("<=", _ONE, "ULN"), "baseline up to ULN")
        if sign == "raised":
            both = [_against_limit(">", _ONE, "ULN"), _baseline_against(">", _ONE, "ULN")]
            return _named(_joined(both, decides=False, word=""), "baseline and value above ULN")
        if sign not in _COMPARED:
            raise ValueError(f"{sign!r} compares nothing in the condition {self.text!r}")
        return _baseline_against(sign, *self.multiple())

    def fall(self) -> Condition:
        """Read the rest of "fall >= 25 %"."""
        if [self.next(), self.left[1:2]] != [">=", ["%"]]:
            raise ValueError(f"a fall is written “fall >= 25 %”, not as in {self.text!r}")
        percent = self.number()
        self.next()
        if self.column == "%":
            return _against_cut(">=", percent, "%")
        return _fallen(percent)

    def question(self, word: str) -> Condition:
        """Read a question, "no" question, "said" question or "asked" question."""
        key = self.next() if word in {"no", "said", "asked"} else word
        if key not in self.questions:
            raise ValueError(f"{key!r} is no question of this rule file (in {self.text!r})")
        words = self.questions[key]
        if word == "said":
            return Condition(lambda facts: facts.answers.get(key, False), _nothing, words, (key,))
        if word == "asked":
            return Condition(_answered_beside_baseline(key), _unanswered(key), words, (key,))
        if word == "no":
            return Condition(_answered_no(key), _unanswered(key), f"not: {words}", (key,))
        return Condition(lambda facts: facts.answers.get(key), _unanswered(key), words, (key,))


def _joined(parts: list[Condition], *, decides: bool, word: str) -> Condition:
    """Join parts: one that comes out as ``decides`` settles it, else one unknown leaves it open."""
    if len(parts) == 1:
        return parts[0]
    judges = tuple(part.judge for part in parts)

    def judge(facts: Facts) -> Truth:
        unknown = False
        for one in judges:
            truth = one(facts)
            if truth is decides:
                return decides
            unknown = unknown or truth is None
        return None if unknown else not decides

    def missing(facts: Facts) -> tuple[str, ...]:
        open_parts = (part for part in parts if part.judge(facts) is None)
        return tuple(name for part in open_parts for name in part.missing(facts))

    asks = tuple(key for part in parts for key in part.asks)
    return Condition(judge, missing, word.join(part.words for part in parts), asks)


_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
}
_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_NAMES = {"LLN": "LLN", "ULN": "ULN", "BASE": "baseline"}


def compare(sign: str, facts: Facts, edge: Decimal) -> Truth:
    """Compare the value with an edge; None where "<" or ">" leaves it open.

    A value given as "<x" lies somewhere below x, one given as ">x" somewhere above it.
    """
    if not facts.comparator:
        return _COMPARED[sign](facts.value, edge)
    if facts.comparator == "<":
        return sign[0] == "<" if facts.value <= edge else None
    return sign[0] == ">" if facts.value >= edge else None


def _against_cut(sign: str, cut: Decimal, unit: str) -> Condition:
    exactly = _COMPARED[sign]

    def judge(facts: Facts) -> Truth:
        return compare(sign, facts, cut) if facts.comparator else exactly(facts.value, cut)

    words = f"{_SIGNS[sign]} {cut}" if unit == RATIO else f"{_SIGNS[sign]} {cut} {unit}"
    return Condition(judge, _inexact, words)


def _against_limit(sign: str, times: Decimal, limit: str) -> Condition:
    exactly = _COMPARED[sign]

    def judge(facts: Facts) -> Truth:
        edge = facts.limits[limit]
        if edge is None:
            return None
        if facts.comparator:
            return compare(sign, facts, times * edge)
        return exactly(facts.value, times * edge)

    def missing(facts: Facts) -> tuple[str, ...]:
        return (limit,) if facts.limits[limit] is None else (EXACT,)

    return Condition(judge, missing, f"{_SIGNS[sign]} {_multiple(times, limit)}")


def _baseline_against(sign: str, times: Decimal, limit: str) -> Condition:
    def judge(facts: Facts) -> Truth:
        baseline, edge = facts.limits["BASE"], facts.limits[limit]
        if baseline is None or edge is None:
            return None
        return _COMPARED[sign](baseline, times * edge)

    def missing(facts: Facts) -> tuple[str, ...]:
        return tuple(name for name in ("BASE", limit) if facts.limits[name] is None)

    return Condition(judge, missing, f"baseline {_SIGNS[sign]} {_multiple(times, limit)}")


def _fallen(percent: Decimal) -> Condition:
    left = (100 - percent) / 100

    def judge(facts: Facts) -> Truth:
        baseline = facts.limits["BASE"]
        return None if baseline is None else compare("<=", facts, left * baseline)

    def missing(facts: Facts) -> tuple[str, ...]:
        return ("BASE",) if facts.limits["BASE"] is None else (EXACT,)

    return Condition(judge, missing, f"fallen by {percent} % or more from the baseline")


def _multiple(times: Decimal, limit: str) -> str:
    return _NAMES[limit] if times == 1 else f"{times} × {_NAMES[limit]}"


def _named(condition: Condition, words: str) -> Condition:
    return Condition(condition.judge, condition.missing, words, condition.asks)


def _answered_no(key: str) -> Judge:
    def judge(facts: Facts) -> Truth:
        said = facts.answers.get(key)
        return None if said is None else not said

    return judge


def _answered_beside_baseline(key: str) -> Judge:
    def judge(facts: Facts) -> Truth:
        unsaid = False if facts.limits["BASE"] is None else None
        return facts.answers.get(key, unsaid)

    return judge


def _unanswered(key: str) -> _Missing:
    return lambda _: (key,)


def _nothing(_: Facts) -> tuple[str, ...]:
    return ()


def _never_known(_: Facts) -> Truth:
    return None


def _inexact(_: Facts) -> tuple[str, ...]:
    return (EXACT,)


def _unwritten(_: Facts) -> tuple[str, ...]:
    return (NOT_WRITTEN,)
