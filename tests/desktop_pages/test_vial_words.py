"""The vial clock's words and dial, at every edge and in the night the clock goes back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from bedside.desktop.board_words import clock_left, clock_texts
from bedside.desktop.look import Look
from bedside.desktop.status_line import StatusLine
from bedside.desktop.typed_moment import typed_moment
from bedside.desktop.vial_dial import VialDial
from bedside.desktop.vial_words import in_units, seconds_until, spoken, vial_words
from bedside.ward.views.backup import BackupState
from bedside.ward.views.marks import VialClockView
from tests.desktop_pages.page_samples import vial_clock

START = datetime(2026, 11, 20, 10, 18, tzinfo=UTC)
CLOCK = vial_clock(START, 15)  # latest start 10:48, finish by 11:03, with 10 min until 10:53


def at(minutes: int, seconds: int = 0) -> datetime:
    return START + timedelta(minutes=minutes, seconds=seconds)


def begun(clock: VialClockView, minute: int) -> VialClockView:
    """The same vial, its infusion started so many minutes after it was reconstituted."""
    ends = at(minute + clock.infusion_minutes)
    return replace(clock, started_at=at(minute), planned_end=ends)


@pytest.mark.parametrize(
    ("now", "state", "figure"),
    [
        (at(0), "running", "30 min"),
        (at(14), "running", "16 min"),
        (at(15), "running", "15 min"),
        (at(15, 1), "running", "14 min"),  # 14 min 59 s: rounded down
        (at(24), "running", "6 min"),
        (at(24, 1), "soon", "5 min"),  # 5 min 59 s is shown as 5, and 5 is soon
        (at(25), "soon", "5 min"),
        (at(29), "soon", "1 min"),
        (at(29, 1), "soon", "59 s"),
        (at(29, 59), "soon", "1 s"),
        (at(30), "soon", "0 s"),  # it may still start in this very second
        (at(30, 1), "too late", "too late"),
        (at(35), "too late", "too late"),
        (at(35, 1), "discard", "too late"),
        (at(60), "discard", "too late"),
    ],
)
def test_states_at_their_edges(now, state, figure):
    """H16: figures round down, and a state never lasts a second longer than it is true."""
    told = vial_words(CLOCK, now)
    assert (told.state, told.figure) == (state, figure)


def test_a_part_of_a_second_past_the_latest_start_is_too_late():
    late = at(30) + timedelta(microseconds=1)
    assert vial_words(CLOCK, late).state == "too late"


def test_too_late_names_the_shorter_allowed_infusion_and_until_when():
    told = vial_words(CLOCK, at(31))
    assert "10 min" in told.sentence and "10:53" in told.sentence
    assert "discard" not in told.sentence


def test_after_that_only_discarding_is_left():
    told = vial_words(CLOCK, at(36))
    assert told.second == "discard" and "discard the vial" in told.sentence


def test_the_shortest_infusion_has_no_shorter_one_to_offer():
    shortest = vial_clock(START, 10)
    assert vial_words(shortest, at(35)).state == "soon"
    assert vial_words(shortest, at(35, 1)).state == "discard"


def test_a_running_infusion_counts_to_the_end_of_the_forty_five_minutes():
    running = begun(CLOCK, 27)
    told = vial_words(running, at(33))
    assert (told.state, told.figure) == ("infusing", "12 min")
    assert "planned end 11:00" in told.second_under
    assert vial_words(running, at(45)).state == "infusing"
    over = vial_words(running, at(46, 30))
    assert (over.state, over.figure) == ("over time", "1 min")
    assert "not public: ask the prescriber" in over.sentence


def test_the_night_the_clock_goes_back():
    """H16, H45: reconstituted 02:40 summer time; real minutes count, not those of the wall clock."""
    zone = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 25, 2, 40, tzinfo=zone, fold=0)

    def later(minutes: int) -> datetime:
        return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)

    clock = replace(
        vial_clock(start, 30),
        latest_start=later(15),
        finish_by=later(45),
        latest_start_shortest=later(35),
    )
    assert vial_words(clock, later(0)).figure == "15 min"
    twenty_past = later(40)
    assert (twenty_past.hour, twenty_past.minute, twenty_past.fold) == (2, 20, 1)
    assert seconds_until(clock.finish_by, twenty_past) == 5 * 60
    assert vial_words(clock, twenty_past).state == "discard"


def test_typed_time_in_the_hour_that_comes_twice():
    """H45: a person says which 02:40 is meant; before the second one, it is the first, and this is said."""
    zone = ZoneInfo("Europe/Berlin")
    night = datetime(2026, 10, 25, tzinfo=zone).date()
    clock_time = datetime(2026, 10, 25, 2, 40).time()  # noqa: DTZ001  # a time of day
    after = typed_moment(night, clock_time, datetime(2026, 10, 25, 2, 50, tzinfo=zone, fold=1))
    assert after.at is None and after.twice
    assert "02:40 summer time, or 02:40 winter time" in after.words
    before = typed_moment(night, clock_time, datetime(2026, 10, 25, 2, 50, tzinfo=zone, fold=0))
    assert before.at.utcoffset() == timedelta(hours=2)
    assert "02:40 winter time has not come yet" in before.words
    for half, hours in (("summer", 2), ("winter", 1)):
        wall = datetime(2026, 10, 25, 2, 50, tzinfo=zone, fold=1)
        said = typed_moment(night, clock_time, wall, half)
        assert (said.at.utcoffset(), said.words) == (timedelta(hours=hours), "")


def test_a_time_that_the_clock_jumps_over_is_no_time():
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 29, 4, 0, tzinfo=zone)
    typed = typed_moment(now.date(), datetime(2026, 3, 29, 2, 30).time(), now)  # noqa: DTZ001
    assert typed.at is None and "no such time" in typed.words


def test_units_are_whole():
    assert [in_units(seconds) for seconds in (0, 59, 60, 119, 3600)] == [
        "0 s",
        "59 s",
        "1 min",
        "1 min",
        "60 min",
    ]


def test_dial_runs_clockwise_from_the_gap_true_to_the_minutes(qapp, look):
    dial = VialDial(look)
    angles = [dial.angle_of(minutes, 45) for minutes in range(46)]
    steps = {round(second - first, 6) for first, second in pairwise(angles)}
    assert len(steps) == 1
    assert angles[0] == pytest.approx(360 - angles[-1])
    assert dial.angle_of(-3, 45) == angles[0] and dial.angle_of(99, 45) == angles[-1]
    dial.deleteLater()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dial_has_a_text_twin_and_draws_every_state(qtbot, theme):
    dial = VialDial(Look(theme))
    qtbot.addWidget(dial)
    dial.resize(540, 400)
    dial.show()
    running = begun(CLOCK, 20)
    for clock, now in (
        (CLOCK, at(3)),
        (CLOCK, at(27)),
        (CLOCK, at(31)),
        (CLOCK, at(40)),
        (running, at(22)),
        (running, at(50)),
    ):
        dial.show_clock(clock, now)
        assert dial.accessibleDescription() == spoken(clock, now)
        assert dial.state() in dial.accessibleDescription() or dial.state() in {
            "running",
            "infusing",
            "over time",
        }
        assert "Reconstituted at 10:18" in dial.accessibleDescription()
        dial.grab()
    dial.show_clock(None, at(0))
    assert dial.state() == "" and dial.accessibleDescription() == ""
    dial.grab()


@pytest.mark.parametrize("minute", [0, 1, 3, 43, 44])
def test_words_of_an_early_or_late_start_stand_clear_of_those_at_the_top(qapp, look, minute):
    """The words "started 17:56" stood over "reconstituted 17:55"."""
    dial = VialDial(look)
    clock = begun(CLOCK, minute)
    assert 36 <= dial._words_at(clock) <= 324
    bar = dial.angle_of(dial._bar_minute(clock), 45)
    assert bar < 36 or bar > 324  # the bar itself stays where the minute is
    dial.deleteLater()


@pytest.mark.parametrize("high", [374, 270, 220, 180])
def test_no_word_of_the_dial_is_cut_or_stands_over_another(qtbot, look, high):
    """At 1366 by 768 "latest start" was cut at the foot; below a red bar the inner words met."""
    dial = VialDial(look)
    qtbot.addWidget(dial)
    dial.resize(540, high)
    long = replace(CLOCK, latest_start=at(25), infusion_minutes=20)
    started = [(begun(long, minute), at(minute + 2)) for minute in (3, 22)]
    for clock, now in (*((long, at(minute)) for minute in (0, 23, 31, 47)), *started):
        dial.show_clock(clock, now)
        dial.grab()
        words = [text for text, _ in dial.written]
        assert vial_words(clock, now).figure in words and "finish by 11:03" in words
        if clock is long:
            assert "latest start 10:43" in words
        for number, (text, box) in enumerate(dial.written):
            assert QRectF(dial.rect()).contains(box), text
            over = [other for other, taken in dial.written[number + 1 :] if taken.intersects(box)]
            assert not over, (text, over)


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=900)])
def test_a_clock_put_back_gives_a_vial_no_minute_back(qtbot, look, back):
    """P17, H16: time before the last record has certainly passed, on dial, words and ward list."""
    known = replace(CLOCK, known_at=at(20))
    assert vial_words(known, at(20) - back) == vial_words(CLOCK, at(20))
    assert spoken(known, at(20) - back) == spoken(CLOCK, at(20))
    assert clock_texts(known, at(20) - back) == clock_texts(CLOCK, at(20))
    assert clock_left(known, at(20) - back) == clock_left(CLOCK, at(20))
    late = replace(CLOCK, known_at=at(40))
    assert late.standing(at(40) - back) == "discard"
    dial = VialDial(look)
    qtbot.addWidget(dial)
    dial.show_clock(late, at(40) - back)
    assert dial.state() == "discard"


def test_the_hour_told_twice_counts_on_in_a_vial():
    """In the night the clock goes back the later of two times is the later one in UTC."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 25, 0, 40, tzinfo=UTC).astimezone(berlin)  # 02:40, summer time
    known = replace(vial_clock(start, 30), known_at=start)
    later = (start.astimezone(UTC) + timedelta(minutes=21)).astimezone(berlin)  # 02:01 once more
    assert known.standing(later) == "too late"


def test_a_clock_behind_the_last_record_is_said_on_the_status_line(qtbot, look):
    """P17: while the window is open, too; a minute of a time server's is none."""
    line = StatusLine(look)
    qtbot.addWidget(line)
    line.show_saved(START, START - timedelta(minutes=1))
    assert not line.behind.isVisibleTo(line)
    line.show_saved(START, START - timedelta(minutes=1, seconds=1))
    assert line.behind.isVisibleTo(line)
    assert "clock is behind the last record" in line.behind.text()
    line.show_saved(START, START)
    assert not line.behind.isVisibleTo(line)


def test_a_copy_never_holds_what_was_saved_after_it(qtbot, look):
    """A print is saved without a form: for half a minute the old copy was said to hold it."""
    line = StatusLine(look)
    qtbot.addWidget(line)
    made = BackupState("Last good copy 09:00, nothing newer", (), "", START, 0, "not set", "", None)
    line.show_copies(made)
    line.show_saved(START, START)
    assert line.saved.text().endswith("Last good copy 09:00, nothing newer")
    line.show_saved(START + timedelta(seconds=1), START + timedelta(seconds=1))
    assert line.saved.text().endswith("Last good copy 09:00")
