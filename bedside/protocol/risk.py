"""Which risk group an infant is in, and why; what is missing where that cannot be said yet.

The groups and their limits are read from the protocol file. Each limit is answered yes, no or not
known; a group is named only where it holds whatever the unknown turns out to be (hazard H13): an
infant of 7 completed months with KMT2A rearranged is MR before any count is known. An unknown
never passes, and never stands for "low".
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.clinical.age import age_on
from bedside.protocol.model import Protocol
from bedside.protocol.risk_model import RiskGroup, RiskRule, Threshold
from bedside.units.bounds import ASK_FOR_NUMBER, Bound, bounded, per_ul, write_seen
from bedside.units.dates import write_date
from bedside.units.quantities import Blasts, WhiteCells
from bedside.units.refusal import Refused
from bedside.units.writer import write_number

Kmt2a = Literal["rearranged", "germline", "not-evaluable", "unknown"]
KMT2A_WORDS = {
    "rearranged": "KMT2A rearranged",
    "germline": "KMT2A germline",
    "not-evaluable": "KMT2A not evaluable",
}
ASK = {
    "kmt2a": "the KMT2A result",
    "age": "the day of diagnosis",
    "wbc": "the white cells at diagnosis",
    "day8-blasts": "the blasts in blood on day 8",
}


class RiskFacts(Struct, frozen=True):
    """What is known of an infant; None and "unknown" are not known.

    ``white_cells`` at diagnosis and ``day8_blasts`` in blood on day 8 of the pre-phase, both in
    their own types, whole cells per µL, or bounds of them (">400 ×10⁹/L" is certainly 300 or more).
    """

    born: date
    diagnosed_on: date | None
    kmt2a: Kmt2a
    white_cells: WhiteCells | Bound[WhiteCells] | None
    day8_blasts: Blasts | Bound[Blasts] | None


class RiskJudgement(Struct, frozen=True):
    """The group's key, or None; every reason; the keys of what is missing, in the order to ask.

    ``possible`` are the groups that it can still be.
    """

    group: str | None
    because: tuple[str, ...]
    missing: tuple[str, ...]
    possible: tuple[str, ...]

    @property
    def ask(self) -> str:
        """What to ask for, in one sentence; "" where the group is known."""
        if not self.missing:
            return ""
        return f"Not yet known: enter {_listed([ASK[key] for key in self.missing])}."


class _Answer(Struct, frozen=True):
    """One limit, judged: True, False or None for not known, with the words."""

    holds: bool | None
    words: str


def judge_risk(protocol: Protocol, facts: RiskFacts) -> RiskJudgement:
    """Name the risk group by the protocol's rule.

    Args:
        protocol: a protocol with risk groups.
        facts: what is known.

    Raises:
        Refused: the protocol has no public risk groups, or the diagnosis is before the birth.
    """
    rule = protocol.strata.risk
    if rule is None:
        raise Refused(
            f"{protocol.title} has no public risk groups: every infant is treated alike there."
        )
    if facts.diagnosed_on is not None and facts.diagnosed_on < facts.born:
        raise Refused(
            f"The diagnosis on {write_date(facts.diagnosed_on)} is before the birth on "
            f"{write_date(facts.born)}: correct one of them."
        )
    answers: dict[str, _Answer] = {item.key: _answer(item, facts) for item in rule.thresholds}
    if facts.kmt2a == "unknown":
        return _unknown_gene(rule, answers)
    gene = KMT2A_WORDS[facts.kmt2a]
    open_keys: list[str] = []
    possible: list[str] = []
    for group in rule.groups:
        if facts.kmt2a not in group.kmt2a:
            continue
        holds = _fits(group, answers)
        if holds and not possible:
            return _decided(rule, group, gene, facts, answers)
        if holds is not False:
            possible.append(group.key)
        if holds is None:
            open_keys += _open(group, answers)
    because = (gene, *_worded(answers, _used(rule, facts.kmt2a)))
    return RiskJudgement(None, because, tuple(dict.fromkeys(open_keys)), tuple(possible))


def _decided(
    rule: RiskRule,
    group: RiskGroup,
    gene: str,
    facts: RiskFacts,
    answers: dict[str, _Answer],
) -> RiskJudgement:
    """Only what decided is a reason: a limit that holds, or one that a group before it lacked."""
    keys = [*group.all_of, *(key for key in group.any_of if answers[key].holds)]
    for above in rule.groups[: rule.groups.index(group)]:
        if facts.kmt2a in above.kmt2a:
            lacking = [key for key in above.all_of if answers[key].holds is False]
            keys += lacking or list(above.any_of)
    because = (gene, *_worded(answers, keys), f"{group.key}: {group.words}")
    return RiskJudgement(group.key, because, (), (group.key,))


def _unknown_gene(rule: RiskRule, answers: dict[str, _Answer]) -> RiskJudgement:
    """Without the gene no group is certain; what would be needed besides is asked with it."""
    missing = ["kmt2a"]
    for group in rule.groups:
        if _fits(group, answers) is None:
            missing += _open(group, answers)
    because = ("KMT2A result not known: every group begins with it", *_worded(answers, answers))
    possible = tuple(group.key for group in rule.groups if _fits(group, answers) is not False)
    return RiskJudgement(None, because, tuple(dict.fromkeys(missing)), possible)


def _fits(group: RiskGroup, answers: dict[str, _Answer]) -> bool | None:
    """All of, and one of the any-of; not known where an unknown could change it."""
    every = _all(answers[key].holds for key in group.all_of)
    some = _any(answers[key].holds for key in group.any_of) if group.any_of else True
    return _all((every, some))


def _all(answers: Iterable[bool | None]) -> bool | None:
    seen = list(answers)
    if any(answer is False for answer in seen):
        return False
    return None if None in seen else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    seen = list(answers)
    if any(seen):
        return True
    return None if None in seen else False


def _open(group: RiskGroup, answers: dict[str, _Answer]) -> list[str]:
    """The unknown limits of a group that would settle it."""
    unknown = [key for key in group.all_of if answers[key].holds is None]
    if not any(answers[key].holds for key in group.any_of):
        unknown += [key for key in group.any_of if answers[key].holds is None]
    return list(unknown)


def _used(rule: RiskRule, kmt2a: str) -> list[str]:
    """The limits that groups of this KMT2A result ask for, each once."""
    keys = [
        key
        for group in rule.groups
        if kmt2a in group.kmt2a
        for key in (*group.all_of, *group.any_of)
    ]
    return list(dict.fromkeys(keys))


def _worded(answers: dict[str, _Answer], keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(answers[key].words for key in dict.fromkeys(keys))


def _answer(threshold: Threshold, facts: RiskFacts) -> _Answer:
    value, seen = _VALUES[threshold.key](facts)
    if value is None:
        return _Answer(None, f"{seen} not known ({threshold.words}: not known)")
    holds = threshold.holds(value)
    return _Answer(holds, f"{seen} ({threshold.words}: {_SAID[holds]})")


_SAID = {True: "yes", False: "no", None: f"not known, {ASK_FOR_NUMBER}"}


def _age(facts: RiskFacts) -> tuple[Decimal | None, str]:
    if facts.diagnosed_on is None:
        return None, "Age at diagnosis"
    months = age_on(facts.born, facts.diagnosed_on).completed_months
    unit = "month" if months == 1 else "months"
    return Decimal(months), f"{months} completed calendar {unit} old at diagnosis"


def _white_cells(facts: RiskFacts) -> tuple[Decimal | Bound[Decimal] | None, str]:
    if facts.white_cells is None:
        return None, "White cells at diagnosis"
    cells = per_ul(facts.white_cells)
    sign, figure = (cells.sign, cells.figure) if isinstance(cells, Bound) else ("", cells)
    in_10_9 = Decimal(figure) / 1000
    words = f"White cells at diagnosis {sign}{write_number(in_10_9)} ×10⁹/L"
    return bounded(sign, in_10_9), words


def _blasts(facts: RiskFacts) -> tuple[Decimal | Bound[Decimal] | None, str]:
    if facts.day8_blasts is None:
        return None, "Blasts on day 8"
    blasts = per_ul(facts.day8_blasts)
    sign, figure = (blasts.sign, blasts.figure) if isinstance(blasts, Bound) else ("", blasts)
    return bounded(sign, Decimal(figure)), f"Blasts on day 8 {write_seen(blasts)}"


_VALUES: dict[str, Callable[[RiskFacts], tuple[Decimal | Bound[Decimal] | None, str]]] = {
    "age": _age,
    "wbc": _white_cells,
    "day8-blasts": _blasts,
}


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
