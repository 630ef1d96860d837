"""Phoenix 2024: points of breathing, circulation, clotting and consciousness, with what was not measured.

What is missing counts 0, as the authors score it, and is named, because 0 is then no finding. Platelets
low from leukaemia or chemotherapy are shown apart: the total stands with and without their point.
A bound ("<5") scores where it lies wholly on one side of a limit; where it does not, the points stand
with the fewest and the most that they may be, and the criteria are met by the fewest only.
It is not a screening tool: below the criteria it says what was scored and never that there is no sepsis.
"""

from msgspec import Struct
from msgspec.structs import replace

from bedside.clinical.fever import NOT_EXCLUDED
from bedside.clinical.phoenix_facts import PhoenixFacts, SubScore, points_words
from bedside.clinical.phoenix_organs import cardiovascular, coagulation, neurological, respiratory
from bedside.clinical.phoenix_rules import PhoenixBook
from bedside.units.bounds import ASK_FOR_NUMBER


class PhoenixScore(Struct, frozen=True):
    """All points.

    Args:
        parts: respiratory, cardiovascular, coagulation, neurological.
        total: the points together, those that are certain.
        total_most: the most that it may be, where a bound does not decide.
        total_without_platelets: the total without the point for platelets.
        most_without_platelets: the most that it may be without it.
        criteria: True when the sepsis criteria are met; None otherwise, never False.
        criteria_without_platelets: the same without the point for platelets.
        shock: True when, with the criteria met, the circulation has a point; None otherwise.
        words: what it comes to.
    """

    parts: tuple[SubScore, SubScore, SubScore, SubScore]
    total: int
    total_most: int
    total_without_platelets: int
    most_without_platelets: int
    criteria: bool | None
    criteria_without_platelets: bool | None
    shock: bool | None
    words: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything that was not measured and counts 0."""
        return tuple(name for part in self.parts for name in part.missing)


def score_phoenix(book: PhoenixBook, facts: PhoenixFacts, *, mark: str = ".") -> PhoenixScore:
    """Score what was measured.

    Args:
        book: the table.
        facts: what was measured.
        mark: the station's decimal mark.
    """
    clotting, bare_clotting = coagulation(book, facts, mark)
    breathing = respiratory(book, facts, mark)
    circulation = cardiovascular(book, facts, mark)
    parts = (breathing, circulation, clotting, neurological(book, facts))
    total = sum(part.points for part in parts)
    most = sum(part.most for part in parts)
    apart = total - clotting.points + bare_clotting[0]
    reached = total >= book.criteria.points_from
    criteria = True if reached and facts.infection else None
    bare = True if apart >= book.criteria.points_from and facts.infection else None
    shock = True if criteria and circulation.points else None
    score = PhoenixScore(
        parts,
        total,
        most,
        apart,
        most - clotting.most + bare_clotting[1],
        criteria,
        bare,
        shock,
        "",
    )
    return replace(score, words=_words(book, facts, score))


def _words(book: PhoenixBook, facts: PhoenixFacts, score: PhoenixScore) -> str:
    """What it comes to; where a bound does not decide, with both scores and what to ask for."""
    told = points_words(score.total, score.total_most)
    points = f"{told} {'point' if told == '1' else 'points'}"
    if (score.total, score.total_most) != (
        score.total_without_platelets,
        score.most_without_platelets,
    ):
        bare = points_words(score.total_without_platelets, score.most_without_platelets)
        points += f", {bare} without the platelets"
    undecided = [words for part in score.parts for words in part.undecided]
    tail = f" Not decided: {'; '.join(undecided)}: {ASK_FOR_NUMBER}." if undecided else ""
    if score.criteria:
        found = "Phoenix criteria for sepsis met"
        if score.shock:
            found = "Phoenix criteria for septic shock met"
        only = "" if score.criteria_without_platelets else " only with the point for platelets"
        return f"{found}{only}: {points}.{tail}"
    if score.total >= book.criteria.points_from:
        asked = "is not answered" if facts.infection is None else "is answered no"
        return f"{points}; whether an infection is suspected {asked}.{tail} {NOT_EXCLUDED}"
    needed, may = book.criteria.points_from, ""
    if score.total_most >= needed:
        may = f"; the criteria for sepsis need {needed} and may be met"
    return f"{points} from what was measured{may}.{tail} {NOT_EXCLUDED}"
