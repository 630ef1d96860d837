"""The fevers of one infant on the timeline: from the first fever to its closing, with the antibiotic."""

from datetime import UTC, datetime, timedelta

from bedside.store.fever_records import FeverAct, FeverEpisode
from bedside.units.dates import write_date_time, write_time
from bedside.ward.facts import InfantFacts
from bedside.ward.fever_clock import first_dose_at, minutes_words
from bedside.ward.views.timeline import TimelineEvent
from bedside.ward.ward import Ward


def fever_events(ward: Ward, facts: InfantFacts) -> list[TimelineEvent]:
    """Every fever that has a clock; one that is open reaches to now."""
    return [_event(ward, facts, episode) for episode in facts.fevers]


def _event(ward: Ward, facts: InfantFacts, episode: FeverEpisode) -> TimelineEvent:
    acts = [act for act in facts.fever_acts if act.episode_id == episode.id]
    given = first_dose_at(facts, episode)
    closed = next((act for act in acts if act.kind == "closed"), None)
    began = ward.local(episode.first_fever_at)
    ended = max(began, ward.local(closed.at if closed is not None else ward.now()))
    return TimelineEvent(
        kind="fever",
        start=began.date(),
        end=ended.date(),
        words=_words(ward, episode, given, closed),
        began=began,
        ended=ended,
        given=None if given is None else ward.local(given),
        open=closed is None,
    )


def _words(
    ward: Ward, episode: FeverEpisode, given: datetime | None, closed: FeverAct | None
) -> str:
    began = ward.local(episode.first_fever_at)
    said = [f"Fever from {write_date_time(began)}: {episode.because.partition(',')[0]}"]
    if given is None:
        said.append("no antibiotic recorded")
    else:
        local, taken = ward.local(given), given.astimezone(UTC) - began.astimezone(UTC)
        at = write_time(local) if local.date() == began.date() else write_date_time(local)
        after = minutes_words(max(taken // timedelta(seconds=1), 0))
        late = ", late" if taken > timedelta(minutes=episode.minutes) else ""
        said.append(f"first antibiotic {at}, after {after}{late}")
    if closed is None:
        said.append("not closed")
    else:
        said.append(f"closed {write_date_time(ward.local(closed.at))}: {closed.words}")
    return "; ".join(said)
