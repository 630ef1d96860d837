"""The round: what one infant's round asks, what a person answers, and how the whole ward stands."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from bedside.ward.views.dlt import Verdict
from bedside.ward.views.marks import Banner
from bedside.ward.views.toxicity import LoggedToxicity

Answer = Literal["better", "same", "worse", "gone", "not assessed"]


class LabEvent(Struct, frozen=True):
    """A grade at a moment, from a laboratory result or from a person; grade 0 is normal or gone.

    ``new``: it is not in the log yet. ``origin`` as in `GradeStep`.
    """

    on: date
    at: datetime | None
    grade: int
    origin: str
    result: str
    measured: str
    rule: str
    ctcae: str
    new: bool = False


class Question(Struct, frozen=True):
    """Something a grade hangs on and no result tells: a person says it, the program never infers it.

    ``key`` is "symptoms", "baseline" …; ``kind`` says whether yes or no, or a value, is asked.
    ``offered`` is a value with its unit that a person may take by one key: the first result as the
    baseline, the limit of the last slip of the same laboratory; "" for none. Never taken by itself.
    ``analyte`` and ``kept_unit``: where the answer is kept in another unit than it is asked in.
    ``given`` is what a person answered on the screen to one that still stands ("yes", "no", "").
    ``of_sample``: it is about the sample itself: one answer holds for every term of that result.
    """

    key: str
    words: str
    kind: Literal["yes or no", "value"]
    unit: str = ""
    offered: str = ""
    analyte: str = ""
    kept_unit: str = ""
    given: Literal["", "yes", "no"] = ""
    of_sample: bool = False


class RoundDlt(Struct, frozen=True):
    """What a line of the round says of the DLT period: a mark, the words beside it, and the whole.

    ``verdict`` None: nothing is judged (the period has not begun, or the grade is not known).
    """

    verdict: Verdict | None
    words: str
    whole: str = ""


class LaboratoryProposal(Struct, frozen=True):
    """What the laboratory results say of one term, and a person has not said yet.

    ``grade`` None: it cannot be said (``needs``), ``least`` is certain all the same and may be taken
    as that. ``standing`` is the grade in the log now. ``against_age``: the grade if only values beyond this infant's own
    age limit count; None where it does not differ. ``episodes`` are the grades as they will stand.
    """

    infant_id: int
    term_key: str
    term: str
    ctcae: str
    grade: int | None
    least: int | None
    standing: int
    worst: int
    measured: str
    taken_at: datetime | None
    limit: str
    rule: str  # the whole rule
    short_rule: str  # what the proposed grade asks for
    needs: tuple[str, ...]
    questions: tuple[Question, ...]
    against_age: int | None
    corrected: bool
    ungraded: int
    earlier: int  # grades of earlier results that are not in the log
    events: tuple[LabEvent, ...]  # everything known of the term, in order
    newest: str = ""  # the newest result without a decision
    answered: Mapping[str, str] = {}
    barred: str = ""  # what a person's "no" means where the rule takes no other answer
    kept: str = (
        ""  # the value in the unit it is kept in, where it was entered in another: "23 µmol/L"
    )

    @property
    def seen(self) -> str:
        """What a person saw when she answered: another result or grade is another proposal."""
        results = ",".join(event.result for event in self.events if event.new)
        return f"{self.grade} {self.least} {self.worst} {self.newest} {results}"

    @property
    def takes_least(self) -> bool:
        """Whether it can be accepted with its least certain grade only."""
        return self.grade is None and bool(self.least)


class RoundItem(Struct, frozen=True):
    """One open toxicity in the round, with what each grade of it means."""

    toxicity: LoggedToxicity
    attribution: str
    criteria: Mapping[int, str]
    dlt: RoundDlt | None = None  # None: her protocol has no DLT period


class AskedItem(Struct, frozen=True):
    """A term that the round asks for by name and the log does not hold; what was last said of it."""

    term_key: str
    term: str
    before: str  # "absent 03:40 by E. Berg, RN", "" where nobody has looked


class RoundView(Struct, frozen=True):
    """One infant's round: open ones first, then what is asked for by name, then the laboratory."""

    banner: Banner
    infant_id: int
    ctcae: str
    course_text: str
    items: tuple[RoundItem, ...]
    proposals: tuple[LaboratoryProposal, ...]
    unchanged: tuple[str, ...]  # open ones of the laboratory that no result changes
    pending: tuple[str, ...]  # results that are not there yet, or could not be used
    last_round: str
    now: datetime
    asked: tuple[AskedItem, ...] = ()
    dlt_rule: str = (
        ""  # "screening rule": by which rule the DLT column judges; "" where there is none
    )
    proposed_dlt: Mapping[str, RoundDlt] = {}  # by term: what it would be once it is accepted


class OpenAnswer(Struct, frozen=True):
    """A person's answer to one open toxicity; ``grade`` with better and worse."""

    toxicity_id: int
    answer: Answer
    grade: int | None = None


class ProposalAnswer(Struct, frozen=True):
    """A person's answer to one proposal; a refusal carries its reason.

    ``seen`` is what the proposal said when it was answered (`LaboratoryProposal.seen`).
    ``at_least``: it was accepted with its least certain grade, said as such.
    """

    term_key: str
    seen: str
    accepted: bool
    reason: str = ""
    at_least: bool = False


class AskedAnswer(Struct, frozen=True):
    """A person's answer to one term asked for; a present one is in the log by then."""

    term_key: str
    answer: Literal["absent", "present", "not assessed"]


class RoundAnswers(Struct, frozen=True):
    """A whole round; what is not in it was not assessed.

    ``said`` are answers to questions, by term and question: ``{"hyponatremia": {"symptoms": "no"}}``.
    """

    began_at: datetime
    opens: tuple[OpenAnswer, ...] = ()
    proposals: tuple[ProposalAnswer, ...] = ()
    said: Mapping[str, Mapping[str, str]] = {}
    asked: tuple[AskedAnswer, ...] = ()


class WardRoundRow(Struct, frozen=True):
    """One infant in the ward's round."""

    infant_id: int
    bed: str
    name: str
    course_text: str
    open_words: tuple[str, ...]
    laboratory: str  # "3 to answer, 2 new results" since the last round, "" for nothing
    last_round: str
    round_words: str  # the same in short: "03:40, 2 not assessed"
    due: bool  # no round today, or results came or were corrected since
    proposals: int = 0  # as many as the infant's own round shows
    counted: bool = True  # False: they are not counted yet, and 0 here says nothing
