"""Laboratory proposals: what results say of a toxicity, by the rule of the infant's CTCAE version.

Nothing is kept before a person accepts it. Every result since the first course counts, not only the
newest one, so that none between two rounds is missed; a result that came late or was corrected leads
to a proposal that puts the log right. What a grade hangs on and no result tells (symptoms, baseline,
limits) is asked, never inferred.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import partial

from msgspec.structs import replace

from bedside.clinical.ctcae.catalogue import criteria_of, names_in
from bedside.clinical.ctcae.grading import terms_of_analyte
from bedside.store.queries import of_infant
from bedside.store.toxicity_records import ToxicityProposal
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.laboratory import Result, results_of
from bedside.ward.limits_offered import limits_taken
from bedside.ward.proposal_minute import without_milder
from bedside.ward.proposal_term import Term, TermRead, by_itself, read_term, undecided
from bedside.ward.same_minute import minute_of
from bedside.ward.toxicity_log import log_of
from bedside.ward.toxicity_questions import (
    OF_THE_SAMPLE,
    asks,
    needs_in_words,
    said_value,
    with_unit,
)
from bedside.ward.toxicity_series import episodes_of, rewritings
from bedside.ward.unit_words import kept_words, limit_words, measured_words, written_unit
from bedside.ward.views.round import LabEvent, LaboratoryProposal
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward

Said = Mapping[str, Mapping[str, str]]
NOTHING_SAID: Said = {}
_PLAIN = {"10^9/L": "× 10⁹/L", "LLN": "the low limit", "ULN": "the upper limit"}


def proposals_of(
    ward: Ward, infant_id: int, *, said: Said = NOTHING_SAID, facts: InfantFacts | None = None
) -> tuple[LaboratoryProposal, ...]:
    """The laboratory proposals that wait for a person's answer, worst first.

    Args:
        ward: the ward.
        infant_id: the infant.
        said: answers to questions given on the screen, by term and question.
        facts: what is on record, where it was read already.

    Raises:
        Refused: there is no such infant.
    """
    known = facts or facts_of(ward, infant_id)
    version = known.enrolment.ctcae
    with ward.store.reading() as connection:
        decisions = of_infant(connection, ToxicityProposal, infant_id)
    decided: dict[str, dict[str, ToxicityProposal]] = defaultdict(dict)
    for row in decisions:
        decided[row.term_key][row.result] = row
    by_term: dict[str, list[LoggedToxicity]] = defaultdict(list)
    for logged in log_of(ward, infant_id, facts=known):
        by_term[logged.term_key].append(logged)
    found = []
    graded, moments = _by_term(ward, known), dict[datetime, datetime]()
    for key, logs in by_term.items():
        if any(one.laboratory for one in logs):
            graded.setdefault(key, [])  # its results may all have been corrected
    milder: dict[str, list[Result]] = {}
    for key, results in graded.items():
        grade = partial(by_itself, key, version)
        graded[key], milder[key] = without_milder(results, decided.get(key, {}), grade)
    said = _of_samples(said, graded, decided, version)
    for key, results in graded.items():
        term = Term(
            ward,
            infant_id,
            key,
            version,
            results,
            by_term.get(key, ()),
            decided.get(key, {}),
            said.get(key, {}),
            moments,
            milder[key],
        )
        proposal = _proposal(term)
        if proposal is not None:
            found.append(proposal)
    return tuple(sorted(found, key=lambda one: (one.grade is None, -(one.grade or 0), one.term)))


def _of_samples(
    said: Said,
    graded: Mapping[str, Sequence[Result]],
    decided: Mapping[str, Mapping[str, ToxicityProposal]],
    version: str,
) -> Said:
    """The answers, each about a sample given to every term that asks it of the same newest result."""
    found = {key: dict(answers) for key, answers in said.items()}
    for key, answers in said.items():
        newest = undecided(graded.get(key, ()), decided.get(key, {}))[-1:]
        for question in OF_THE_SAMPLE & answers.keys():
            for other, results in graded.items():
                same = undecided(results, decided.get(other, {}))[-1:] == newest
                if newest and same and asks(other, version, question):
                    found.setdefault(other, {})[question] = answers[question]
    return found


def _beside(term: Term, newest: Result | None) -> str:
    """The newest result, and what milder one was measured in its minute."""
    if newest is None:
        return ""
    minute, words = minute_of(newest.taken_at), measured_words(term.ward, newest)
    beside = [
        measured_words(term.ward, one) for one in term.milder if minute_of(one.taken_at) == minute
    ]
    return (
        f"{words}; {' and '.join(beside)} in the same minute, the worse counts" if beside else words
    )


def counted_from(facts: InfantFacts) -> date:
    """The day from which results count: day 1 of the first course, or of enrolment if that came first."""
    days = [facts.enrolment.enrolled_on, *(row.day_1 for row in facts.starts)]
    return min(days)


def _by_term(ward: Ward, facts: InfantFacts) -> dict[str, list[Result]]:
    began = datetime.combine(counted_from(facts), time.min, ward.zone)
    found: dict[str, list[Result]] = defaultdict(list)
    for result in results_of(ward, facts.infant.id):
        if result.state != "done" or result.value is None:
            continue
        if result.taken_at < began:
            continue
        for key in terms_of_analyte(result.analyte, facts.enrolment.ctcae):
            found[key].append(result)
    for results in found.values():
        results.sort(key=lambda one: (one.taken_at, one.source))
    return found


def _proposal(term: Term) -> LaboratoryProposal | None:
    read = read_term(term)
    episodes = episodes_of(read.events)
    planned, left = rewritings(episodes, term.logged)
    changes = [one for one in planned if one.changes]
    unsaid = read.proposal is not None and read.proposal.grade is None
    said = bool(term.said) and read.newest is not None  # an answer is kept, even to a normal value
    if not (changes or left or unsaid or said):
        return None
    last = episodes[-1][-1] if episodes else None
    grade = last.grade if last is not None else 0
    standing = max((one.grade for one in term.logged), default=0)
    new = sum(event.new for episode in episodes for event in episode)
    shown = read.proposal
    return LaboratoryProposal(
        infant_id=term.infant_id,
        term_key=term.key,
        term=names_in(term.version).get(term.key, term.key),
        ctcae=term.version,
        grade=None if unsaid else grade,
        least=shown.least if shown is not None and unsaid else grade,
        standing=standing,
        worst=max((event.grade for episode in episodes for event in episode), default=0),
        measured=_beside(term, read.newest),
        taken_at=None if read.newest is None else term.ward.local(read.newest.taken_at),
        limit=_limit_words(term, read.newest),
        rule="" if shown is None else shown.rule,
        short_rule=_short_rule(term, None if unsaid else grade, read),
        needs=() if shown is None else needs_in_words(shown),
        questions=read.questions,
        against_age=None if shown is None else shown.against_age,
        corrected=any(step.corrected for one in term.logged for step in one.steps),
        ungraded=read.ungraded,
        earlier=max(new - (1 if last is not None and last.new else 0), 0),
        events=_measured(term, read.events),
        newest="" if read.newest is None else read.newest.source,
        answered=_answered(term, read.newest),
        barred=read.barred,
        kept="" if read.newest is None else kept_words(term.ward, read.newest),
    )


def _answered(term: Term, newest: Result | None) -> dict[str, str]:
    """What was said, each number with its unit, and of which slip a limit is."""
    if newest is None:
        return dict(term.said)
    taken = limits_taken(term.ward, term.results, newest, term.said)
    return {**with_unit(term.said, newest.unit), **taken}


def _limit_words(term: Term, newest: Result | None) -> str:
    """The limits of normal that came with a result, else those that a person said, and from where."""
    said = [name for name in ("lln", "uln") if term.said.get(name)]
    if newest is None or not said:
        return "" if newest is None else limit_words(term.ward, newest)
    taken = limits_taken(term.ward, term.results, newest, term.said)
    names = {"lln": "low limit", "uln": "upper limit"}
    mark = term.ward.decimal_mark
    values = {name: said_value(term.said[name], newest.unit) for name in said}
    return "; ".join(
        f"{names[name]} {write_number(value.value, mark)} "
        f"{written_unit(value.unit)}, {taken.get(f'{name} from', 'said by a person')}"
        for name, value in values.items()
    )


def _short_rule(term: Term, grade: int | None, read: TermRead) -> str:
    """What the proposed grade asks for; "" while the grade cannot be said."""
    if grade is None or term.key not in names_in(term.version):
        return ""
    if grade == 0:
        return "no grade fits"
    words = criteria_of(term.key, term.version).get(grade, "")
    unit = "" if read.newest is None else read.newest.unit
    own = re.search(f"rade {grade}: ([^;]*)", "" if read.proposal is None else read.proposal.rule)
    if own is not None and f" {unit}" in own[1] and f" {unit}" not in words:
        words = own[1]  # printed in two units: the column that it was graded in
    for name, plain in _PLAIN.items():
        words = words.replace(name, plain)
    return f"{words[:1].lower()}{words[1:]}"


def _measured(term: Term, events: Sequence[LabEvent]) -> tuple[LabEvent, ...]:
    """The events with their results written out."""
    results = {result.source: result for result in term.results}
    return tuple(
        replace(event, measured=measured_words(term.ward, results[event.result]))
        if event.result in results and not event.measured
        else event
        for event in events
    )
