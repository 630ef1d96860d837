"""A lost toxicity round in words: one act with all its answers, so that it can be entered again whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bedside.ward.views.backup import LostRow

ROUND = "toxicity_round"
_ANSWER, _ASKED = "toxicity_round_answer", "round_asked"
_ORDER = ("better", "worse", "gone", "accepted", "refused", "same")  # what changed stands first


def holds_round(rows: Iterable[LostRow]) -> bool:
    """Whether lost rows of one act are those of a toxicity round."""
    return any(row.table == ROUND for row in rows)


def round_words(rows: Sequence[LostRow]) -> str:
    """Every answer of a lost round; nothing is left out, however long it is.

    Args:
        rows: every lost row of the act that recorded it.

    Returns:
        As "Toxicity round, 3 answers: worse: Pain grade 3; same: Anemia grade 2; absent: Rash".
    """
    answers: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.table in (_ANSWER, _ASKED):
            answers[str(row.content["answer"])].append(_term(row))
    last = [said for said in answers if said not in _ORDER]
    count = sum(map(len, answers.values()))
    told = [f"{said}: {', '.join(answers[said])}" for said in (*_ORDER, *last) if said in answers]
    head = "Toxicity round, 1 answer" if count == 1 else f"Toxicity round, {count} answers"
    struck = next((row.content.get("void_reason") for row in rows if row.table == ROUND), "")
    head += f", struck out ({struck})" if struck else ""
    return f"{head}: {'; '.join(told)}" if told else head


def _term(row: LostRow) -> str:
    term, grade = str(row.content["term"]), row.content.get("grade")
    reason = str(row.content.get("reason") or "")
    words = f"{term} grade {grade}" if grade else term  # none, or gone
    return f"{words} ({reason})" if reason else words
