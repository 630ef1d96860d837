"""What the store keeps of a toxicity beside its term and grades, and of the rounds in which it was looked at."""

from datetime import datetime

from bedside.store.records import Record

AT_LEAST = '"grade":"at least"'  # in `ToxicityProposal.answered`


class ToxicityDetail(Record, frozen=True, kw_only=True):
    """What a person judges of a toxicity; a new judgement voids the one before it.

    ``expected`` and ``serious`` are "yes", "no" or "not assessed"; a serious one says why.
    ``course_key`` is "" before the first course; ``course_day`` is counted from 1.
    """

    infant_id: int
    toxicity_id: int
    term_key: str  # the catalogue's key, "" for a term in the ward's own words
    expected: str
    serious: str
    serious_why: str
    action: str
    course_key: str
    course_day: int | None
    comment: str


class ToxicityAttribution(Record, frozen=True, kw_only=True):
    """How likely a toxicity is due to one drug, one course or another cause, in five steps."""

    infant_id: int
    toxicity_id: int
    kind: str  # "drug", "course" or "other"
    cause: str
    step: str


class ToxicityGradeSource(Record, frozen=True, kw_only=True):
    """Where one grade comes from: the CTCAE version, and the laboratory result with its rule.

    ``at`` is the moment within the day, None where only the day is known. ``result`` is
    "blood_count:12" or "lab_result:7", "" where a person graded.
    """

    infant_id: int
    toxicity_id: int
    grade_id: int
    ctcae: str
    origin: str  # "by hand", "round" or "laboratory"
    at: datetime | None
    result: str
    measured: str
    rule: str


class ToxicityRound(Record, frozen=True, kw_only=True):
    """A round: one person looked at one infant's toxicities and finished."""

    infant_id: int
    began_at: datetime
    ended_at: datetime
    ctcae: str


class ToxicityRoundAnswer(Record, frozen=True, kw_only=True):
    """What a round said of one toxicity or one proposal; "not assessed" is an answer, too."""

    infant_id: int
    round_id: int
    toxicity_id: int | None
    term: str
    answer: str
    grade: int | None
    reason: str


class ToxicityProposal(Record, frozen=True, kw_only=True):
    """A person's decision on what one laboratory result means for one term."""

    infant_id: int
    term_key: str
    result: str
    taken_at: datetime
    answer: str  # "accepted" or "refused"
    grade: int | None
    measured: str
    rule: str
    reason: str
    answered: str  # what was asked and said, as JSON: {"symptoms": "no"}; "" where nothing was
    # with `AT_LEAST` in it, the grade is the least that is certain


class AnswerBasis(Record, frozen=True, kw_only=True):
    """What stood against an answer to "any toxicity resolved?" at the moment it was given."""

    infant_id: int
    answer_id: int
    open_count: int
    worst_grade: int  # of the open ones, now; 0 where none was open
    open_terms: str  # each with its grade, as it was shown; "" where none was open
    waiting: int  # laboratory proposals that nobody had answered
    not_assessed: str  # what the last round did not assess, as it was shown; "" for nothing
    reason: str  # why it was answered yes all the same


class RoundAsked(Record, frozen=True, kw_only=True):
    """A term of the site's list in one round; who and when stand in the row and in its round.

    ``answer`` is "absent" (looked for and not there), "present" (it is in the log) or "not assessed".
    """

    infant_id: int
    round_id: int
    term_key: str
    term: str
    answer: str
