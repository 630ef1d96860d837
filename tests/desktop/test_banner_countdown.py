"""The fever's countdown in the banner runs by seconds in its last two minutes, as the page's own does."""

from datetime import timedelta

from bedside.ward.facts import facts_of
from bedside.ward.fever_clock import fever_clock


def figure(window) -> str:
    how_long, _ = window.band._fever_said
    return how_long.text()


def test_the_last_two_minutes_run_by_seconds(window, ward, clock, infant_of):
    """The words "59 s left" stood there when eight seconds were left."""
    infant = infant_of("5")
    running = fever_clock(ward, facts_of(ward, infant))
    due = running.first_fever_at + timedelta(minutes=running.minutes)
    clock.now = due - timedelta(seconds=150)
    window.read_anew()
    window.open_infant(infant)
    assert figure(window) == "2 min left"
    for left in (119, 118, 61, 60, 59, 37, 8, 0):
        clock.now = due - timedelta(seconds=left)
        window.ticking.tick()
        assert figure(window) == f"{left} s left"
    clock.now = due + timedelta(seconds=5)
    window.ticking.tick()
    assert figure(window) == "5 s over"
