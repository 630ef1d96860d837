"""From results in any order to episodes of a laboratory toxicity, and what that changes in the log.

Decision: what the log should say of a laboratory term follows from all its results in the order in
which they were taken, with what people graded in between. So a result that comes late, or one that
was corrected, gives the same log as if it had been right and in time; where that changes what stands
written, the wrong part is struck out and written again, in the open.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from msgspec import Struct

from bedside.ward.views.round import LabEvent
from bedside.ward.views.toxicity import LABORATORY, LEAST, GradeStep, LoggedToxicity

Episode = tuple[LabEvent, ...]


class Rewriting(Struct, frozen=True):
    """What to do with one toxicity of the log so that it tells an episode.

    ``logged`` None: a toxicity that is not there yet. ``kept``: so many grades stand as they are.
    """

    logged: LoggedToxicity | None
    episode: Episode
    kept: int = 0

    @property
    def changes(self) -> bool:
        """Whether anything has to be written."""
        return self.logged is None or self._steps != self.kept or len(self.episode) != self.kept

    @property
    def _steps(self) -> int:
        return 0 if self.logged is None else len(self.logged.steps)


def episodes_of(events: Iterable[LabEvent]) -> tuple[Episode, ...]:
    """The episodes that grades in any order make: each begins above 0 and ends with 0, or is open.

    "At least grade 0" says nothing: it neither begins nor ends one.
    """
    found: list[list[LabEvent]] = []
    running, sure = 0, LABORATORY
    for event in sorted(events, key=_moment):
        if event.origin == LEAST and event.grade == 0:
            continue
        measured = event.origin in (LABORATORY, LEAST)
        if measured and event.grade == running and (event.origin == sure or running == 0):
            continue
        if running == 0 and event.grade == 0:
            continue
        if running == 0:
            found.append([])
        found[-1].append(event)
        running, sure = event.grade, event.origin if measured else LABORATORY
    return tuple(tuple(episode) for episode in found)


def rewritings(
    episodes: Sequence[Episode], logged: Sequence[LoggedToxicity]
) -> tuple[tuple[Rewriting, ...], tuple[LoggedToxicity, ...]]:
    """What must be written so that the log tells these episodes, and which of its rows tell none."""
    left = sorted(logged, key=lambda one: (one.onset, one.toxicity_id))
    planned = []
    for episode in episodes:
        same = next((one for one in left if one.onset == episode[0].on), None)
        if same is None:
            planned.append(Rewriting(None, episode))
            continue
        left.remove(same)
        planned.append(Rewriting(same, episode, _alike(same.steps, episode)))
    return tuple(planned), tuple(left)


def as_event(step: GradeStep) -> LabEvent:
    """A grade of the log as an event."""
    return LabEvent(
        step.on,
        step.at,
        step.grade,
        step.origin,
        step.result,
        step.measured,
        step.rule,
        step.ctcae,
    )


def _alike(steps: Sequence[GradeStep], episode: Episode) -> int:
    """How many grades at the beginning are the same."""
    count = 0
    for step, event in zip(steps, episode, strict=False):
        if (step.on, step.words, step.result) != (event.on, _words(event), event.result):
            break
        count += 1
    return count


def _words(event: LabEvent) -> str:
    return f"at least grade {event.grade}" if event.origin == LEAST else f"grade {event.grade}"


def _moment(event: LabEvent) -> tuple[date, bool, datetime]:
    """When a grade begins: one without its hour at the beginning of its day."""
    if event.at is None:
        return event.on, False, datetime.min.replace(tzinfo=UTC)
    return event.on, True, event.at.astimezone(UTC)
