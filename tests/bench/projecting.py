"""How long it takes to project the whole of AALL15P1 from its first day."""

from datetime import date

from tests.bench.measure import Measure, by_turns

NAME = "project all of AALL15P1"


def measure_projection(runs: int) -> Measure:
    """Project every course to the end of therapy."""
    from bedside.protocol.schedule import ScheduleFacts, project
    from bedside.ward.references import protocols

    protocol = protocols()["aall15p1"]
    facts = ScheduleFacts(
        induction_day_1=date(2026, 9, 1),
        actual={"induction": date(2026, 9, 1)},
        lengths={},
        holds=(),
    )
    ours, _ = by_turns(lambda _: project(protocol, facts), lambda _: None, runs)
    return Measure(NAME, "what it may take", "ms", ours, 5.0, 1.0)
