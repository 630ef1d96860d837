"""The DLT rule: which toxicity counts, which does not, and which is put before the physician.

A rule is a list of parts, read from the top: the first part that fits decides. A condition that
cannot be judged (no attribution, a grade that still runs) never passes and never fails: the answer
is then "ask" wherever the missing fact could change it. The program proposes; a named physician
decides (`bedside.protocol.dlt_review`).
"""

from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from bedside.protocol.dlt_boundary import StoppingRule
from bedside.protocol.dlt_toxicity import (
    STEPS,
    ToxicityHistory,
    grade_before,
    runs_at,
    worst_grade,
)

Verdict = Literal["counts", "does not count", "ask"]
Fit = tuple[bool | None, str]  # fits, does not, or not known; and why, in words
_NONE_FITS = "no part of the rule fits"
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class RulePart(Struct, frozen=True, kw_only=True):
    """One part of a rule; a condition that is left out is not asked about.

    Args:
        key: its name in the file.
        verdict: what it says of a toxicity that fits.
        words: why, in the controlled copy's sense, for people; "" for a plain part.
        terms: keys of terms; any of them.
        except_terms: keys of terms that this part is not about.
        groups: system organ classes; any of them.
        haematological: whether the term must be one of the blood's.
        least_grade: worst grade in the period at least this.
        most_grade: worst grade in the period at most this.
        longer_than_days: at ``least_grade`` or worse without a break for more days than this.
        attribution: the least step of the five.
        to: attributed to one of these; empty: to anything.
        courses: keys of courses in which it began; any of them.
    """

    key: str
    verdict: Verdict
    words: str = ""
    terms: tuple[str, ...] = ()
    except_terms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    haematological: bool | None = None
    least_grade: int | None = None
    most_grade: int | None = None
    longer_than_days: int | None = None
    attribution: str = ""
    to: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()


class DltRule(Struct, frozen=True, kw_only=True):
    """A rule with the people who confirmed it; a screening rule only sorts what a physician reads.

    "commissioned" is the screening rule with the site's own numbers, each typed by two people: it
    only asks, too. ``own`` says who typed them and when, ``own_numbers`` how many of how many.
    """

    protocol: str
    edition: str
    title: str
    kind: Literal["screening", "commissioned", "definition"]
    parts: tuple[RulePart, ...]
    otherwise: Verdict
    sources: tuple[str, ...]
    confirmed_by: tuple[str, str] | None = None
    confirmed_on: date | None = None
    demonstration: bool = False
    digest: str = ""
    stopping: StoppingRule | None = None
    own: str = ""
    own_numbers: str = ""

    @property
    def lowest_grade(self) -> int | None:
        """The lowest grade that any part puts to somebody; None where a part asks of every grade."""
        grades = [part.least_grade for part in self.parts if part.verdict != "does not count"]
        stated = [grade for grade in grades if grade is not None]
        return min(stated) if stated and len(stated) == len(grades) else None


class Frame(Struct, frozen=True):
    """The days that count: the period from its first day to its last, and today for what still runs."""

    opened: date
    closed: date | None
    today: date

    @property
    def last(self) -> date:
        """The last day that counts so far."""
        return self.today if self.closed is None else self.closed


class Ruling(Struct, frozen=True):
    """What the rule says of one toxicity, which part said it, and what is missing."""

    verdict: Verdict
    part: str
    words: str
    missing: tuple[str, ...] = ()


def judge(rule: DltRule, toxicity: ToxicityHistory, frame: Frame) -> Ruling:
    """What a rule says of a toxicity inside the period.

    Args:
        rule: the rule in force.
        toxicity: its history.
        frame: the period and today.

    Returns:
        The verdict: "ask" without a grade, where a missing fact could change it, and where the
        rule would count what began before the period and grew no worse in it.
    """
    worst = worst_grade(toxicity, frame.opened, frame.last)
    if worst is None:
        return Ruling("ask", "", "not graded in the period", ("its grade",))
    fits = [(part, _conditions(part, toxicity, worst, frame)) for part in rule.parts]
    possible: list[tuple[Verdict, str, str]] = []
    missing: list[str] = []
    for part, conditions in fits:
        results = [fit for fit, _ in conditions]
        if False in results:
            continue
        unknown = [words for fit, words in conditions if fit is None]
        possible.append((part.verdict, part.key, _fitting(part, conditions)))
        if not unknown:
            break
        missing += unknown
    else:
        possible.append((rule.otherwise, "", _otherwise(fits)))
    return _earlier(_settled(possible, missing), toxicity, frame)


def _settled(possible: list[tuple[Verdict, str, str]], missing: list[str]) -> Ruling:
    """The one verdict that is left, or "ask" while a missing fact could lead to another."""
    if len({verdict for verdict, _, _ in possible}) == 1:
        verdict, part, words = possible[-1]
        return Ruling(verdict, part, words)
    part = possible[0][1]
    unknown = tuple(dict.fromkeys(missing))
    return Ruling("ask", part, f"not known: {', '.join(unknown)}", unknown)


def _earlier(ruling: Ruling, toxicity: ToxicityHistory, frame: Frame) -> Ruling:
    """A toxicity from before the period that grew no worse in it never counts by itself."""
    before = grade_before(toxicity, frame.opened)
    worst = worst_grade(toxicity, frame.opened, frame.last) or 0
    if ruling.verdict != "counts" or before < worst:
        return ruling
    words = f"{ruling.words}; but grade {before} already before the period opened, no worse in it"
    return Ruling("ask", ruling.part, words)


def _fitting(part: RulePart, conditions: list[Fit]) -> str:
    said = ", ".join(words for fit, words in conditions if fit is True and words)
    return part.words or said or "every toxicity"


def _otherwise(fits: list[tuple[RulePart, list[Fit]]]) -> str:
    """Why no part fits: for a rule of one part what fails in it, else that none does."""
    if len(fits) == 1:
        said = ", ".join(words for fit, words in fits[0][1] if fit is False)
        return said or _NONE_FITS
    first = [
        next(words for fit, words in conditions if fit is not True)
        for _, conditions in reversed(fits)
    ]
    return f"{'; '.join(dict.fromkeys(first))}: {_NONE_FITS}"


def _conditions(part: RulePart, toxicity: ToxicityHistory, worst: int, frame: Frame) -> list[Fit]:
    """Each condition of a part with its result, in the order in which people read them."""
    return [
        *_term(part, toxicity),
        *_grade(part, toxicity, worst),
        *_duration(part, toxicity, frame),
        *_attribution(part, toxicity),
        *_course(part, toxicity),
    ]


def _term(part: RulePart, toxicity: ToxicityHistory) -> list[Fit]:
    fits: list[Fit] = []
    if part.terms:
        named = toxicity.term in part.terms
        fits.append((named, toxicity.words if named else f"not about {toxicity.words}"))
    if toxicity.term in part.except_terms:
        fits.append((False, f"{toxicity.words} is excepted"))
    if part.groups:
        known = None if not toxicity.group else toxicity.group in part.groups
        fits.append((known, toxicity.group or "its system organ class"))
    if part.haematological is not None:
        blood = toxicity.haematological
        if blood is None:
            fits.append((None, "whether it is haematological"))
        else:
            words = "haematological" if blood else "not haematological"
            fits.append((blood == part.haematological, words))
    return fits


def _grade(part: RulePart, toxicity: ToxicityHistory, worst: int) -> list[Fit]:
    """Whether the grade fits; one that is certain only at least can be higher, and is not known."""
    fits: list[Fit] = []
    words = f"grade {worst}"
    open_above = f"its grade (at least {worst})"
    if part.least_grade is not None:
        enough = worst >= part.least_grade
        if not enough and toxicity.at_least:
            fits.append((None, open_above))
        else:
            fits.append((enough, words if enough else f"below grade {part.least_grade}"))
    if part.most_grade is not None:
        small = worst <= part.most_grade
        if small and toxicity.at_least:
            fits.append((None, open_above))
        else:
            fits.append((small, words if small else f"above grade {part.most_grade}"))
    return fits


def _duration(part: RulePart, toxicity: ToxicityHistory, frame: Frame) -> list[Fit]:
    """Whether the grade lasted long enough, counting the days of the period and what followed on.

    A run that began before the period is counted from its first day; one that began in it is
    counted to its end, also beyond the period. One that still runs may still grow longer.
    """
    most, least = part.longer_than_days, part.least_grade or 1
    if most is None:
        return []
    longest, running = 0, False
    for began, over in runs_at(toxicity, least):
        if began > frame.last or (over is not None and over <= frame.opened):
            continue
        first = max(began, frame.opened)
        days = (frame.today - first).days + 1 if over is None else (over - first).days
        longest, running = max(longest, days), running or over is None
    spent = f"grade {least} or more for {longest} {'day' if longest == 1 else 'days'}"
    if longest > most:
        return [(True, spent)]
    if toxicity.at_least:
        return [(None, f"its grade over time (at least; {spent})")]
    if running:
        return [(None, f"whether it lasts longer than {most} days ({spent} so far)")]
    return [(False, f"{spent}, not longer than {most}")]


def _attribution(part: RulePart, toxicity: ToxicityHistory) -> list[Fit]:
    """Whether it is related enough: yes by one that is, not known while one is not assessed."""
    if not part.attribution:
        return []
    least = STEPS.index(part.attribution)
    steps = {(to, step) for to, step in toxicity.attributions if not part.to or to in part.to}
    known = {(to, step) for to, step in steps if step in STEPS}
    enough = sorted(f"{to} {step}" for to, step in known if STEPS.index(step) >= least)
    if enough:
        return [(True, ", ".join(enough))]
    if known != steps or {to for to, _ in steps} < set(part.to) or not steps:
        to = f" to {' or '.join(part.to)}" if part.to else ""
        return [(None, f"its attribution{to}")]
    return [(False, f"related less than {part.attribution}")]


def _course(part: RulePart, toxicity: ToxicityHistory) -> list[Fit]:
    if not part.courses:
        return []
    if not toxicity.course:
        return [(None, "the course in which it began")]
    return [(toxicity.course in part.courses, f"began in {toxicity.course}")]
