"""The questions of a round as they stand on the screen: rows keep their places, and nothing is asked twice."""

from collections.abc import Sequence

from bedside.ward.views.round import LaboratoryProposal


def in_order(
    proposals: Sequence[LaboratoryProposal], before: Sequence[str]
) -> tuple[LaboratoryProposal, ...]:
    """The proposals in the order in which they stood: none moves under the reader's hand.

    Args:
        proposals: as they are read now, worst first.
        before: the terms as they stood; new ones come after them.
    """
    places = {key: at for at, key in enumerate(before)}
    return tuple(sorted(proposals, key=lambda one: places.get(one.term_key, len(places))))


def asked_above(proposals: Sequence[LaboratoryProposal]) -> dict[str, dict[str, str]]:
    """By term, the questions about a sample that a row above asks already, each with that row's term."""
    first: dict[tuple[str, str], str] = {}
    found: dict[str, dict[str, str]] = {}
    for one in proposals:
        for question in one.questions:
            if not question.of_sample:
                continue
            where = first.setdefault((one.newest, question.key), one.term)
            if where != one.term:
                found.setdefault(one.term_key, {})[question.key] = where
    return found
