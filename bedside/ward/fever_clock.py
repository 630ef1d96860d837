"""The open fever of an infant, for the board, the banner and the page.

Kept small: the ward list needs it before anything else is loaded.
"""

from datetime import UTC, datetime, timedelta

from bedside.store.fever_records import FeverEpisode
from bedside.units.dates import write_times
from bedside.ward.facts import InfantFacts
from bedside.ward.views.fever import ClockLines, FeverClockView
from bedside.ward.ward import Ward

_BY_SECONDS = 120  # as long as that is left, a countdown runs by seconds


def fever_clock(ward: Ward, facts: InfantFacts) -> FeverClockView | None:
    """The open fever with its clock; None where every fever is closed."""
    closed = {act.episode_id for act in facts.fever_acts if act.kind == "closed"}
    for episode in facts.fevers:
        if episode.id in closed:
            continue
        given = first_dose_at(facts, episode)
        return FeverClockView(
            episode_id=episode.id,
            first_fever_at=ward.local(episode.first_fever_at),
            due_at=ward.local(episode.first_fever_at + timedelta(minutes=episode.minutes)),
            minutes=episode.minutes,
            because=episode.because,
            given_at=None if given is None else ward.local(given),
            known_at=ward.last_saved,
        )
    return None


def before_fever(episode: FeverEpisode, at: datetime) -> bool:
    """Whether a time lies before the first fever; times are typed to the minute."""
    return at < episode.first_fever_at.replace(second=0, microsecond=0)


def first_dose_at(facts: InfantFacts, episode: FeverEpisode) -> datetime | None:
    """When the first antibiotic of a fever was started; one that ran before it stops no clock (H45)."""
    given = (
        act.at
        for act in facts.fever_acts
        if act.episode_id == episode.id
        and act.kind == "antibiotics"
        and not before_fever(episode, act.at)
    )
    return min(given, default=None)


def seconds_left(clock: FeverClockView, now: datetime) -> int:
    """Real seconds until antibiotics are due, rounded down; a clock put back gives none back."""
    known = now if clock.known_at is None else clock.known_at
    holds = max(now.astimezone(UTC), known.astimezone(UTC))
    return (clock.due_at.astimezone(UTC) - holds) // timedelta(seconds=1)


def minutes_words(seconds: int) -> str:
    """A duration for people: seconds in the last minute, minutes to two hours, then hours, days."""
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 120:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h {minutes % 60} min" if hours < 48 else f"{hours // 24} days"


def countdown_words(seconds: int) -> str:
    """A duration that runs before one's eyes: the last two minutes are told by seconds."""
    return f"{seconds} s" if seconds < _BY_SECONDS else minutes_words(seconds)


def figure_words(seconds: int) -> str:
    """The same for the large figure: one number and its unit."""
    words = countdown_words(seconds)
    return f"{words.partition(' h ')[0]} h" if " h " in words else words


def clock_lines(clock: FeverClockView, now: datetime) -> ClockLines:
    """The clock in three short lines.

    Args:
        clock: an open fever.
        now: aware time.
    """
    due, first_fever, _ = write_times(clock.due_at, clock.first_fever_at, now)
    seen = f"fever {first_fever}"
    if clock.given_at is not None:
        taken = clock.given_at.astimezone(UTC) - clock.first_fever_at.astimezone(UTC)
        after = minutes_words(max(taken // timedelta(seconds=1), 0))
        late = taken > timedelta(minutes=clock.minutes)
        given, first_fever = write_times(clock.given_at, clock.first_fever_at)
        first, seen = f"antibiotics {given}", f"fever {first_fever}"
        second = f"after {after}, late" if late else f"after {after}"
        return ClockLines(first, second, f"{seen}, not closed", "hold" if late else "ink", 0)
    left = seconds_left(clock, now)
    if left < 0:
        over = f"{countdown_words(-left)} over"
        return ClockLines(f"give now, due {due}", over, f"{seen}, no antibiotic", "stop", 0)
    tone = "hold" if left <= clock.minutes * 60 // 4 else "accent"
    share = min(100 * left // (clock.minutes * 60), 100)
    return ClockLines(f"give by {due}", f"{countdown_words(left)} left", seen, tone, share)
