"""What was answered on the lines of a toxicity round: read off them, and given back when they are made anew."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from bedside.desktop.round_asked_line import AskedLine
from bedside.desktop.round_proposal import ProposalLine
from bedside.desktop.round_row import OpenLine
from bedside.ward.views.round import AskedAnswer, OpenAnswer, ProposalAnswer


class Answered(Struct, frozen=True):
    """The answers of a round that is not finished.

    Args:
        opens: of toxicities that are open, by their number.
        proposals: of what the laboratory proposes, by the key of the term.
        asked: of terms asked for by name, by their key.
    """

    opens: Mapping[int, OpenAnswer] = {}
    proposals: Mapping[str, ProposalAnswer] = {}
    asked: Mapping[str, AskedAnswer] = {}

    @classmethod
    def of(
        cls,
        opens: Sequence[OpenLine],
        proposals: Sequence[ProposalLine],
        asked: Sequence[AskedLine],
        present: Iterable[str],
    ) -> "Answered":
        """Read the lines.

        Args:
            opens: the open toxicities.
            proposals: what the laboratory proposes.
            asked: the terms asked for.
            present: keys of terms asked for that were entered during this round.
        """
        said = (line.answer for line in opens)
        taken = (row.answer for row in proposals)
        named = {one.term_key: one for line in asked if (one := line.answer) is not None}
        return cls(
            {one.toxicity_id: one for one in said if one is not None},
            {one.term_key: one for one in taken if one is not None},
            named | {key: AskedAnswer(key, "present") for key in present},
        )

    def give_back(
        self,
        opens: Sequence[OpenLine],
        proposals: Sequence[ProposalLine],
        asked: Sequence[AskedLine],
    ) -> None:
        """Give lines that were made anew the answers that they had."""
        for line in opens:
            kept = self.opens.get(line.item.toxicity.toxicity_id)
            if kept is not None:
                line.restore(kept)
        for row in proposals:
            answer = self.proposals.get(row.proposal.term_key)
            if answer is None or answer.seen != row.proposal.seen:
                continue  # another result, another question: it is asked anew
            if answer.accepted:
                row.take()
            else:
                row.restore(answer.reason)
        for one in asked:
            if one.item.term_key in self.asked:
                one.restore(self.asked[one.item.term_key])
