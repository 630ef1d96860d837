"""Of two specimens of one minute, which result a toxicity is graded by: the one with the worse grade."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bedside.clinical.ctcae.values import Proposal
from bedside.ward.laboratory import Result
from bedside.ward.same_minute import minute_of, worse_last

Grades = Callable[[Result], Proposal]


def without_milder(
    results: Sequence[Result], decided: Collection[str], grade: Grades
) -> tuple[list[Result], list[Result]]:
    """The results of one term that count, in their order, and those that a worse one stands beside.

    What a person decided stays; a result that cannot be graded yet asks its question all the same.

    Args:
        results: in the order of their times.
        decided: the sources of those a person decided.
        grade: grades one result by the term's rule.
    """
    minutes = Counter(minute_of(one.taken_at) for one in results)
    if len(minutes) == len(results):
        return list(results), []
    grades: dict[str, int | None] = {}
    bad: dict[str, int] = {}
    worst = defaultdict[datetime, int](int)
    for one in results:
        minute = minute_of(one.taken_at)
        if minutes[minute] > 1:
            judged = grade(one)
            grades[one.source] = judged.grade
            bad[one.source] = max(judged.grade or 0, judged.least or 0)
            worst[minute] = max(worst[minute], bad[one.source])

    def is_milder(one: Result) -> bool:
        known = grades.get(one.source)
        milder = known is not None and known < worst[minute_of(one.taken_at)]
        return milder and one.source not in decided

    ordered = worse_last(results, lambda one: bad.get(one.source, 0))
    milder = [one for one in ordered if is_milder(one)]
    return [one for one in ordered if one not in milder], milder
