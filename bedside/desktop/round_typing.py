"""The answers of a round that is not finished, read off its lines and put back into the same lines.

An answer is put back only where its line asks the very same: the toxicity still open with the grade that
stood there, the proposal of the same results. What asks something else now is named, and asked anew. The
round that is put back begins when it is put back, since its lines are those of that moment.
"""

from typing import Literal

from bedside.desktop.round_row import OpenLine
from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.ward.kept_drafts import KeptField
from bedside.ward.views.round import (
    Answer,
    AskedAnswer,
    LaboratoryProposal,
    OpenAnswer,
    ProposalAnswer,
)

_ANSWERS: tuple[Answer, ...] = ("better", "same", "worse", "gone", "not assessed")
_LOOKED: tuple[Literal["absent", "not assessed"], ...] = ("absent", "not assessed")
_TAKEN, _LEAST, _REFUSED = "accepted", "accepted as at least", "refused: "
_GRADE = ", grade "
_OPEN, _ASKED, _PROPOSED, _QUESTION = "open", "asked", "proposed", "question"


class RoundTyping:
    """The answers of one infant's round.

    Args:
        page: her page of toxicities.
    """

    shape = "round 1"

    def __init__(self, page: ToxicitiesPage) -> None:
        self._page, self._round = page, page.round

    def typed(self) -> tuple[KeptField, ...]:
        """Each answer by its line and what the line asks; terms entered on the way are in the log."""
        said = self._round.said_so_far
        return (
            *(
                KeptField(_open_name(line), _open_words(line.answer))
                for line in self._round.opens
                if line.answer is not None
            ),
            *(
                KeptField(_question_name(row.proposal, key), answer)
                for row in self._round.proposals
                for key, answer in said.get(row.proposal.term_key, {}).items()
            ),
            *(
                KeptField(_proposal_name(row.proposal), _proposal_words(row.answer))
                for row in self._round.proposals
                if row.answer is not None
            ),
            *(
                KeptField(_asked_name(line.item.term, line.item.term_key), line.answer.answer)
                for line in self._round.asked
                if line.answer is not None
            ),
        )

    def put_back(self, kept: tuple[KeptField, ...]) -> list[str]:
        """Begin the round again and answer it so; return the terms whose lines ask something else now."""
        self._page.begin_round()
        waiting = {field.name: str(field.typed) for field in kept}
        self._say(waiting)
        for line in self._round.opens:
            words = waiting.pop(_open_name(line), "")
            answer = _open_answer(line.item.toxicity.toxicity_id, words)
            if answer is not None:
                line.restore(answer)
        for row in self._round.proposals:
            words = waiting.pop(_proposal_name(row.proposal), "")
            if words in (_TAKEN, _LEAST):
                row.take()
            elif words:
                row.restore(words.removeprefix(_REFUSED))
        for asked in self._round.asked:
            words = waiting.pop(_asked_name(asked.item.term, asked.item.term_key), "")
            looked = next((each for each in _LOOKED if each == words), None)
            if looked is not None:
                asked.restore(AskedAnswer(asked.item.term_key, looked))
                asked.answered.emit()  # so that it is counted
        self._round.take_focus()
        return [name.split("|")[1] for name in waiting]

    def _say(self, waiting: dict[str, str]) -> None:
        """Answer the questions first, one by one: each makes the lines anew, and may ask the next."""
        while True:
            found = next(
                (
                    (row, question.key, name)
                    for row in self._round.proposals
                    for question in row.proposal.questions
                    if (name := _question_name(row.proposal, question.key)) in waiting
                ),
                None,
            )
            if found is None:
                return
            row, key, name = found
            row.said.emit(key, waiting.pop(name))


def _open_name(line: OpenLine) -> str:
    one = line.item.toxicity
    return f"{_OPEN}|{one.term}|{one.toxicity_id}|{one.grade}"


def _open_words(answer: OpenAnswer) -> str:
    return answer.answer if answer.grade is None else f"{answer.answer}{_GRADE}{answer.grade}"


def _open_answer(toxicity_id: int, words: str) -> OpenAnswer | None:
    said, _, grade = words.partition(_GRADE)
    answer = next((each for each in _ANSWERS if each == said), None)
    if answer is None:
        return None
    return OpenAnswer(toxicity_id, answer, int(grade) if grade else None)


def _proposal_name(one: LaboratoryProposal) -> str:
    return f"{_PROPOSED}|{one.term}|{one.term_key}|{one.seen}"


def _proposal_words(answer: ProposalAnswer) -> str:
    if answer.accepted:
        return _LEAST if answer.at_least else _TAKEN
    return _REFUSED + answer.reason


def _question_name(one: LaboratoryProposal, key: str) -> str:
    return f"{_QUESTION}|{one.term}, {key}|{one.term_key}|{one.newest}"


def _asked_name(term: str, key: str) -> str:
    return f"{_ASKED}|{term}|{key}"
