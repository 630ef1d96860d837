"""H16: the computer slept while a vial stood, or its clock was set back: no minute is given away."""

from datetime import timedelta

import pytest

from bedside.desktop import steady_now
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from tests.desktop_pages.page_driving import answering, read_the_band
from tests.desktop_pages.test_doses_page import (  # noqa: F401 (fixtures)
    demonstration_values,
    page,
    start_clock,
    view,
)

MINUTE_NS = 60 * 10**9


def states(bench) -> list[str]:
    with bench.ward.store.reading() as connection:
        return [row.state for row in of_infant(connection, DoseRecord, bench.infant)]


@pytest.fixture
def passed(monkeypatch) -> list[int]:
    """The real minutes that have passed, which a test sets."""
    minutes, begun = [0], steady_now.monotonic_ns()
    monkeypatch.setattr(steady_now, "monotonic_ns", lambda: begun + minutes[0] * MINUTE_NS)
    return minutes


def test_after_sleep_nothing_is_started_that_cannot_end_in_time(qtbot, page, bench):  # noqa: F811
    """Made 07:50, 15 minutes planned: 08:20 is the last start, 08:25 with the shortest infusion.

    The form that starts it was open; no timer ran while the computer slept, and it was signed at once.
    """
    start_clock(page)

    def sleep_and_sign(dialog) -> None:
        bench.clock.now += timedelta(minutes=21)
        read_the_band(dialog.giving)
        dialog.act_button.click()
        assert dialog.isVisible() and "Too late" in dialog.refusals.text()

    answering(qtbot, page.vial.infuse_button.click, sleep_and_sign)
    assert states(bench) == ["vial running"] and view(page).clock.started_at is None
    for slept, shorter in ((0, True), (5, False), (600, False)):
        bench.clock.now += timedelta(minutes=slept)
        page.vial.tick()
        assert not page.vial.infuse_button.isEnabled()
        assert page.vial.shorter_button.isVisible() is shorter
        assert page.vial.discard_button.isEnabled()


def test_a_clock_set_back_gives_the_vial_no_minute(page, bench, passed):  # noqa: F811
    """08:00 to 08:21 by real minutes, while the wall clock went back half an hour."""
    start_clock(page)
    page.vial.tick()
    assert "set back" not in page.vial.sentence.text()
    passed[0] = 21
    bench.clock.now += timedelta(minutes=21 - 30)
    page.vial.tick()
    assert not page.vial.infuse_button.isEnabled()
    assert page.vial.shorter_button.isVisible()
    assert "clock was set back" in page.vial.sentence.text()
    page.show_infant(bench.infant)
    assert not page.vial.infuse_button.isEnabled()


def test_a_clock_put_right_again_counts_again_and_one_that_stands_still_is_believed(bench, passed):
    steady, eight = steady_now.SteadyNow(bench.ward.now), bench.clock.now
    for minutes, wall, counted in (
        (5, 5, 5),
        (10, -20, 10),
        (12, -18, 12),
        (15, 15, 15),
        (90, 15, 15),
    ):
        passed[0], bench.clock.now = minutes, eight + timedelta(minutes=wall)
        assert abs(steady() - (eight + timedelta(minutes=counted))) < timedelta(seconds=30)
        assert steady.set_back() is (wall < 0)
