"""The antibiotic clock: started by a fever or by a person, and closed only by a person, with what was done.

The clock is a matter of recorded UTC times, so it survives a restart. Where the workstation's clock
was put back, nothing that was recorded is undone: the later of the two times holds (hazard H16).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from bedside.clinical.fever_clock import SteadyTime, steady_time
from bedside.clinical.fever_temperature import write_reading
from bedside.store.fever_records import FeverAct, FeverEpisode, VitalSign
from bedside.store.queries import of_infant
from bedside.units.dates import write_date_time, write_time
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.fever_clock import before_fever, fever_clock
from bedside.ward.fever_expected import fall_answer
from bedside.ward.fever_state import readings_of, settings_of, state_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.views.fever import Recorded
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

ActKind = Literal["antibiotics", "blood culture", "culture result", "called", "closed"]
_ASKED = {
    "antibiotics": "Say which antibiotic was started.",
    "blood culture": "Say from where the blood culture was taken.",
    "culture result": "Say what the blood culture grew, or that it grew nothing so far.",
    "called": "Say who was called.",
    "closed": "Say what was done, or why the clock is closed.",
}
NO_ALLERGIES = "No known allergies"  # as the enrol form keeps it
MOST_BACK = timedelta(hours=24)
RAN_BEFORE = "ran already before the fever"


class DrugAnswers(Struct, frozen=True):
    """What is answered beside an antibiotic's name.

    Args:
        ran_before: it ran already before the fever; it is kept, and the clock asks on.
        despite: why it is right although the infant has an allergy on record.
    """

    ran_before: bool = False
    despite: str = ""


NO_ANSWERS = DrugAnswers()


def steady_now(ward: Ward, ran_since: tuple[datetime, int] | None = None) -> SteadyTime:
    """The time that holds: the workstation's, unless it was put back behind what is recorded.

    Args:
        ward: the ward.
        ran_since: a moment that was seen before, and the seconds that ran since (`desktop`).
    """
    now, saved = ward.now(), ward.last_saved
    if ran_since is not None:
        looked = steady_time(now, last_known=ran_since[0], ran_seconds=ran_since[1])
        if looked.jump_seconds:
            return looked
    return steady_time(now, last_known=saved)


def follow_signs(ward: Ward, change: "Change", facts: InfantFacts) -> Recorded:
    """After vital signs were recorded: start the clock, or move it to an earlier first fever."""
    rows = of_infant(change.connection, VitalSign, facts.infant.id)
    settings = settings_of(change.connection)
    now = steady_now(ward).now
    episode = _open(facts)
    since = _closed_last(facts)
    counted = [row for row in rows if since is None or row.taken_at > since]
    fall = fall_answer(ward, change.connection, facts, settings.definition, now)
    state = state_of(ward, facts, counted, settings, now, fall)
    if not state.starts_clock or state.since is None:
        return Recorded("nothing", None if episode is None else episode.id, state.site.words)
    if episode is not None and episode.first_fever_at <= state.since:
        return Recorded("nothing", episode.id, state.site.words)
    first = [row for row in counted if row.kind == "temperature" and row.taken_at == state.since]
    because = write_reading(readings_of(ward, first)[0], ward.decimal_mark)
    minutes = settings.book.antibiotics.within_minutes
    if episode is not None:
        moved = _move(change, facts, episode, state.since, because, first[0].id)
        return Recorded("clock moved", moved, f"earlier first fever: {because}")
    started = change.add(
        FeverEpisode,
        infant_id=facts.infant.id,
        first_fever_at=state.since,
        because=because,
        definition=settings.definition.key,
        minutes=minutes,
        vital_sign_id=first[0].id,
    )
    return Recorded("clock started", started, because)


@one_act
def start_clock(ward: Ward, infant_id: int, at: datetime, because: str, *, who: str) -> int:
    """Start the clock by hand: for signs without a fever, or a count that does not hold.

    Raises:
        Refused: a clock runs already, no reason, or the time cannot be right.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    running = fever_clock(ward, facts)
    reasons = _time_faults(ward, at, "The first fever")
    if running is not None:
        started = write_time(running.first_fever_at)
        reasons.append(f"A clock runs already, since {started}: close that one first.")
    if not because.strip():
        reasons.append("Say why the clock is started.")
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(who, "started an antibiotic clock", ward.now()) as change:
        settings = settings_of(change.connection)
        return change.add(
            FeverEpisode,
            infant_id=infant_id,
            first_fever_at=at,
            because=because.strip(),
            definition=settings.definition.key,
            minutes=settings.book.antibiotics.within_minutes,
            vital_sign_id=None,
        )


@one_act
def record_act(
    ward: Ward,
    infant_id: int,
    kind: ActKind,
    at: datetime,
    words: str,
    answers: DrugAnswers = NO_ANSWERS,
    *,
    who: str,
) -> int:
    """Record what was done in the open fever.

    Args:
        ward: the ward.
        infant_id: the infant.
        kind: what kind of act.
        at: when, aware.
        words: which antibiotic, who was called, what was done.
        answers: of an antibiotic, what was asked beside its name.
        who: who records it.

    Raises:
        Refused: no fever is open, the words are missing, the time cannot be right, or of an
            antibiotic: a time before the fever, or an allergy on record, without its answer.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    episode = _open(facts)
    reasons = _time_faults(ward, at, kind.capitalize())
    if episode is None:
        reasons.append("No fever is open: start the clock first.")
    if not words.strip():
        reasons.append(_ASKED[kind])
    if episode is not None and kind == "closed" and at < episode.first_fever_at:
        reasons.append("The closing lies before the first fever: check the time.")
    if episode is not None and kind == "antibiotics":
        reasons += _drug_faults(ward, facts, episode, at, answers)
    if reasons or episode is None:
        raise Refused(*reasons)
    told = words.strip() if kind != "antibiotics" else _with_answers(facts, words, answers)
    with ward.store.change(who, f"fever: {kind}", ward.now()) as change:
        return change.add(
            FeverAct,
            episode_id=episode.id,
            infant_id=infant_id,
            kind=kind,
            at=at,
            words=told,
        )


@one_act
def void_act(ward: Ward, act_id: int, reason: str, *, who: str) -> None:
    """Strike out what was recorded wrongly; without its antibiotics the clock runs on, from the same fever.

    Raises:
        Refused: no reason, or it is struck out already.
    """
    with ward.store.change(named(who), "struck out an act in a fever", ward.now()) as change:
        change.void(FeverAct, act_id, reason.strip())


def acts_of(facts: InfantFacts, episode_id: int) -> tuple[FeverAct, ...]:
    """What was done in one fever, in the order of its times."""
    return tuple(act for act in facts.fever_acts if act.episode_id == episode_id)


def asks_allergy(allergies: str) -> bool:
    """Whether an allergy is on record, so that every antibiotic needs its reason.

    The program knows no drug classes: it only asks. An unknown allergy is shown, and not asked here.
    """
    return allergies.strip() not in ("", "unknown", NO_ALLERGIES)


def _drug_faults(
    ward: Ward, facts: InfantFacts, episode: FeverEpisode, at: datetime, answers: DrugAnswers
) -> list[str]:
    early, reasons = before_fever(episode, at), []
    typed, fever = (write_date_time(ward.local(one)) for one in (at, episode.first_fever_at))
    if early and not answers.ran_before:
        reasons.append(
            f"{typed} lies before the first fever, {fever}: it does not stop the clock. Type when "
            "the first dose after the fever was started, or answer that this one ran already."
        )
    if answers.ran_before and not early:
        reasons.append(f"{typed} does not lie before the first fever, {fever}: check the time.")
    if asks_allergy(facts.infant.allergies) and not answers.despite.strip():
        reasons.append(
            f"Allergies: {facts.infant.allergies}. Say why this antibiotic is right all the same, "
            "or name another."
        )
    return reasons


def _with_answers(facts: InfantFacts, words: str, answers: DrugAnswers) -> str:
    """The antibiotic with what was answered beside it, as it is kept."""
    told = [words.strip()]
    if answers.ran_before:
        told.append(RAN_BEFORE)
    if answers.despite.strip():
        told.append(f"allergies ({facts.infant.allergies}): {answers.despite.strip()}")
    return "; ".join(told)


def _open(facts: InfantFacts) -> FeverEpisode | None:
    closed = {act.episode_id for act in facts.fever_acts if act.kind == "closed"}
    for episode in facts.fevers:
        if episode.id not in closed:
            return episode
    return None


def _closed_last(facts: InfantFacts) -> datetime | None:
    times = [act.at for act in facts.fever_acts if act.kind == "closed"]
    return max(times) if times else None


def _move(
    change: "Change",
    facts: InfantFacts,
    episode: FeverEpisode,
    at: datetime,
    because: str,
    sign_id: int,
) -> int:
    """Replace an episode by one that began earlier; what was done in it goes with it."""
    acts: Sequence[FeverAct] = acts_of(facts, episode.id)
    reason = f"an earlier fever was recorded: {because}"
    for act in acts:
        change.void(FeverAct, act.id, reason)
    change.void(FeverEpisode, episode.id, reason)
    moved = change.add(
        FeverEpisode,
        infant_id=facts.infant.id,
        first_fever_at=at,
        because=because,
        definition=episode.definition,
        minutes=episode.minutes,
        vital_sign_id=sign_id,
    )
    for act in acts:
        change.add(
            FeverAct,
            episode_id=moved,
            infant_id=facts.infant.id,
            kind=act.kind,
            at=act.at,
            words=act.words,
        )
    return moved


def _time_faults(ward: Ward, at: datetime, what: str) -> list[str]:
    now = steady_now(ward).now
    shown = write_date_time(ward.local(at))
    if at > now + timedelta(minutes=1):
        return [f"{what} at {shown} lies in the future; it is {write_date_time(now)} now."]
    if at < now - MOST_BACK:
        return [f"{what} at {shown} is more than a day ago: check the day."]
    return []
