"""Thinning over whole histories of copies: in any order, with a clock that jumps."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bedside.store.thinning import ALL_OF, DAYS, MONTHS, WEEKS, Kept, last_good, to_keep

START = datetime(2026, 1, 1, 7, 0, tzinfo=UTC)
minutes = st.integers(-60 * 24 * 400, 60 * 24 * 900)
histories = st.lists(st.tuples(minutes, st.booleans()), max_size=60)


def made(history):
    return [
        Kept(str(number), START + timedelta(minutes=at), number, good)
        for number, (at, good) in enumerate(history, start=1)
    ]


def test_a_year_of_copies_every_four_hours():
    """By hand: 13 of the last two days, 14 days, 8 weeks and 12 months, counted once each."""
    now = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
    copies, number, at = [], 0, START
    while at <= now:
        number += 1
        copies.append(Kept(at.isoformat(), at, number, good=True))
        at += timedelta(hours=4)
    kept = to_keep(copies, now)
    newest = copies[-1].made_at
    assert newest == datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
    recent = {copy.name for copy in copies if copy.made_at > now - ALL_OF}
    assert len(recent) == 12
    days = {f"2026-12-{day:02d}T23:00:00+00:00" for day in range(18, 31)}
    sundays = {f"2026-{day}T23:00:00+00:00" for day in ("12-27", "12-20", "12-13", "12-06")}
    sundays |= {f"2026-11-{day}T23:00:00+00:00" for day in ("29", "22", "15")}
    ends = ("01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30")
    months = {f"2026-{end}T23:00:00+00:00" for end in (*ends, "10-31", "11-30")}
    assert kept == recent | days | sundays | months


@given(histories, minutes)
def test_the_last_good_copy_is_always_kept(history, now):
    """H36: whatever the clock said when it was made."""
    copies = made(history)
    kept = to_keep(copies, START + timedelta(minutes=now))
    good = [copy for copy in copies if copy.good]
    if good:
        assert good[-1].name in kept
        assert last_good(copies) == good[-1]
    else:
        assert kept == frozenset()
        assert last_good(copies) is None


@given(histories, minutes, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(history, now, random):
    copies = made(history)
    other = copies.copy()
    random.shuffle(other)
    moment = START + timedelta(minutes=now)
    assert to_keep(copies, moment) == to_keep(other, moment)


@given(histories, minutes)
def test_thinning_twice_is_thinning_once(history, now):
    copies, moment = made(history), START + timedelta(minutes=now)
    kept = to_keep(copies, moment)
    assert to_keep([copy for copy in copies if copy.name in kept], moment) == kept


@given(histories, minutes)
def test_two_days_whole_then_bounded(history, now):
    """Every good copy of two days, and of what may come after now; before that a bounded number."""
    copies, moment = made(history), START + timedelta(minutes=now)
    kept = to_keep(copies, moment)
    recent = {copy.name for copy in copies if copy.good and copy.made_at > moment - ALL_OF}
    assert recent <= kept
    assert len(kept - recent) <= DAYS + WEEKS + MONTHS + 1
    assert not {copy.name for copy in copies if not copy.good} & kept


@given(st.lists(st.integers(1, 60 * 24 * 20), min_size=1, max_size=80))
def test_thinned_after_each_copy_nothing_kept_at_once_is_missed(steps):
    """Thinned after each copy, as the ward does it, the months are there as if thinned at the end."""
    at, copies, alive = START, [], []
    for number, step in enumerate(steps, start=1):
        at += timedelta(minutes=step)
        copies.append(Kept(str(number), at, number, good=True))
        alive.append(copies[-1])
        kept = to_keep(alive, at)
        alive = [copy for copy in alive if copy.name in kept]
    assert {copy.name for copy in alive} == to_keep(copies, at)
