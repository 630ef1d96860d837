"""In the hour that comes twice every form asks which one is meant, and nothing is chosen silently (H16, H45)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.counts_page import CountsPage
from bedside.desktop.fever_act_dialog import FeverActDialog
from bedside.desktop.fever_page import FeverPage
from bedside.desktop.fields import DateField
from bedside.desktop.segments import SegmentButton
from bedside.desktop.time_field import TimeField
from bedside.desktop.weight_dialog import WeightDialog
from bedside.store.fever_records import VitalSign
from bedside.store.queries import of_infant
from bedside.store.records import BloodCount
from bedside.ward.fever_clock import clock_lines
from bedside.ward.infants import banner
from bedside.ward.views.fever import FeverClockView
from bedside.ward.ward import fixed
from tests.desktop_pages.page_driving import fill_count, in_frame, retype, type_into
from tests.desktop_pages.test_counts_page import FULL
from tests.ward.wards import BERLIN

DESKTOP = Path(__file__).parents[2] / "bedside" / "desktop"
NIGHT = date(2026, 10, 25)  # 03:00 summer time becomes 02:00 winter time
AFTER = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN, fold=1)


@pytest.fixture
def field(qtbot, look):
    """A day and a time; the wall clock is the last item of ``field.now``."""
    made, day = TimeField("Given, time", look), DateField("Given, date", look)
    made.now = [AFTER]
    made.follow(day, lambda: made.now[-1])
    made.day = day
    for widget in (made, day):
        qtbot.addWidget(widget)
        widget.show()
    day.set_value(NIGHT)
    return made


def halves(widget) -> list[SegmentButton]:
    return [one for one in widget.findChildren(SegmentButton) if "which" in one.accessibleName()]


def test_the_field_asks_and_takes_what_is_chosen(field) -> None:
    type_into(field.edit, "02:40")
    assert field.moment().at is None
    assert "02:40 summer time, or 02:40 winter time" in field.note.text().replace("\xa0", " ")
    summer, winter = halves(field)
    assert (summer.text(), winter.text()) == ("summer time", "winter time")
    assert not summer.isChecked() and not winter.isChecked() and summer.isVisible()
    QTest.mouseClick(summer, Qt.MouseButton.LeftButton)
    assert field.moment().at.astimezone(UTC) == datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
    QTest.keyClick(summer, Qt.Key.Key_W)
    assert field.moment().at.astimezone(UTC) == datetime(2026, 10, 25, 1, 40, tzinfo=UTC)
    assert field.note.isHidden()


def test_a_choice_holds_for_its_own_time_only(field) -> None:
    """Another time or another day asks again; an ordinary hour asks nothing."""
    type_into(field.edit, "02:40")
    halves(field)[0].click()
    retype(field.edit, "02:41")
    assert field.moment().at is None and field.moment().twice
    halves(field)[1].click()
    field.day.set_value(NIGHT - timedelta(days=1))
    assert field.moment().at is not None and not halves(field)[0].isVisible()
    field.day.set_value(NIGHT)
    assert field.moment().at is None


def test_before_the_second_one_the_first_is_meant_and_this_is_said(field) -> None:
    field.now.append(AFTER.replace(fold=0))
    type_into(field.edit, "02:40")
    assert field.moment().at.utcoffset() == timedelta(hours=2)
    assert "winter time has not come yet" in field.note.text().replace("\xa0", " ")
    assert halves(field) == []
    field.now.append(AFTER)  # the form stayed open over the change
    assert field.moment().at is None
    assert [half.isVisible() for half in halves(field)] == [True, True]  # nothing is typed again
    assert "02:40 summer time, or 02:40 winter time" in field.note.text().replace("\xa0", " ")
    assert "not come yet" not in field.note.text()
    halves(field)[1].click()
    assert field.moment().at.astimezone(UTC) == datetime(2026, 10, 25, 1, 40, tzinfo=UTC)


def test_what_was_filled_in_before_the_second_one_is_no_question_after_it(field) -> None:
    """Opened at 02:50 summer time, recorded an hour later: the program knew which one it filled in."""
    field.now.append(AFTER.replace(fold=0))
    field.set_now(AFTER.replace(fold=0))
    field.now.append(AFTER)
    assert field.moment().at.astimezone(UTC) == datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    summer, winter = halves(field)
    assert summer.isVisible() and summer.isChecked()
    winter.click()
    assert field.moment().at.astimezone(UTC) == datetime(2026, 10, 25, 1, 50, tzinfo=UTC)
    retype(field.edit, "02:49")
    assert field.moment().at is None and field.moment().twice


def test_a_time_that_does_not_exist_is_refused_in_words(field) -> None:
    field.day.set_value(date(2026, 3, 29))
    type_into(field.edit, "02:30")
    assert field.moment().at is None
    assert "there is no such time" in field.note.text().replace("\xa0", " ")


@pytest.mark.parametrize("fold", [0, 1])
def test_now_knows_its_own_half(field, fold: int) -> None:
    """What the program fills in itself is no question, and can be changed."""
    now = AFTER.replace(fold=fold)
    field.now.append(AFTER)
    field.set_now(now)
    assert field.moment().at.astimezone(UTC) == now.astimezone(UTC)
    assert field.text() == f"{time(2, 50):%H:%M}"


def test_new_york(qtbot, look) -> None:
    """The clocks of another zone: 01-Nov-2026 01:40 comes twice."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("America/New_York")
    made, day = TimeField("Taken, time", look), DateField("Taken, date", look)
    made.follow(day, lambda: datetime(2026, 11, 1, 1, 50, tzinfo=zone, fold=1))
    for widget in (made, day):
        qtbot.addWidget(widget)
    day.set_value(date(2026, 11, 1))
    made.set_value(time(1, 40))
    assert made.moment().at is None and made.moment().twice
    halves(made)[0].click()
    assert made.moment().at.astimezone(UTC) == datetime(2026, 11, 1, 5, 40, tzinfo=UTC)


def test_a_fever_of_that_hour_starts_its_clock_where_the_nurse_says(
    qtbot, bench, look, session
) -> None:
    """38.9 typed at 02:50 winter time as of 02:40: not recorded until she says which; then 60 min from there."""
    bench.site()
    bench.enrol()
    bench.clock.now = AFTER - timedelta(hours=8)
    bench.count(88, 26_000)
    bench.clock.now = AFTER
    page = FeverPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    form = page.form
    type_into(form.temperature.edit, "38.9")
    form.temperature.site.buttons[0].click()
    retype(form.time.edit, "02:40")
    QTest.mouseClick(form.record_button, Qt.MouseButton.LeftButton)
    assert "02:40 summer time, or 02:40 winter time" in page.refusals.text()
    assert halves(form)[0].height() >= look.px(28) and form.time.note.isVisible()
    with bench.ward.store.reading() as connection:
        assert of_infant(connection, VitalSign, bench.infant) == []
    halves(form)[0].click()
    QTest.mouseClick(form.record_button, Qt.MouseButton.LeftButton)
    with bench.ward.store.reading() as connection:
        (kept,) = of_infant(connection, VitalSign, bench.infant)
    assert kept.taken_at == datetime(2026, 10, 25, 0, 40, tzinfo=UTC)


def test_an_antibiotic_of_that_hour(qtbot, look, session) -> None:
    kept = []
    dialog = FeverActDialog(
        look, session, "First antibiotic started", "&Which antibiotic", "&Record",
        AFTER, lambda: AFTER, lambda at, words, answers: kept.append(at), allergies="No known allergies",
    )  # fmt: skip
    qtbot.addWidget(dialog)
    dialog.show()
    type_into(dialog.words, "pip/taz")
    retype(dialog.time.edit, "02:45")
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert kept == [] and "comes twice" in dialog.refusals.text()
    halves(dialog)[0].click()
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert kept[0].astimezone(UTC) == datetime(2026, 10, 25, 0, 45, tzinfo=UTC)


def test_a_weight_of_that_hour(qtbot, bench, look, session) -> None:
    bench.site()
    bench.enrol()
    bench.clock.now = AFTER
    dialog = WeightDialog(bench.ward, look, session, banner(bench.ward, bench.infant))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.measured_at().astimezone(UTC) == AFTER.astimezone(UTC)
    type_into(dialog.weight.first.edit, "6.2")
    retype(dialog.time.edit, "02:40")
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert "02:40 summer time, or 02:40 winter time" in dialog.refusals.text()


def test_a_count_of_that_hour(qtbot, bench, look, session) -> None:
    """The row of the counts says it, asks it, and then how long ago that was."""
    bench.site()
    bench.enrol()
    bench.clock.now = datetime(2026, 10, 25, 3, 10, tzinfo=BERLIN)
    page = CountsPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    when = page.form.when
    retype(when.date.edit, "25-Oct-2026")
    type_into(when.time.edit, "02:40")
    assert "comes twice" in when.time.note.text() and when.time.note.isVisible()
    assert when.age.text() == "which of the two?" and when.taken().at is None
    summer, winter = halves(when)
    winter.click()
    assert when.taken().at.fold == 1 and when.age.text() == "30 min ago"
    summer.click()
    assert when.age.text() == "1 h 30 min ago"


def test_a_form_left_open_over_the_change_asks_when_it_is_recorded(
    qtbot, bench, look, session
) -> None:
    """02:56 typed at 02:54 winter time: recorded two minutes later it is refused, and asked there."""
    bench.site()
    bench.enrol()
    bench.clock.now = AFTER
    page = CountsPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    fill_count(page, **{**FULL, "time": "02:56"})
    assert "winter time has not come yet" in page.form.when.age.text().replace("\xa0", " ")
    bench.clock.now = AFTER.replace(minute=56)
    page.record_button.click()
    assert halves(page)[1].isVisible() and "comes twice" in page.form.when.time.note.text()
    assert page.form.when.age.text() == "which of the two?"
    assert not page.record_button.isEnabled() and "which of the two" in page.state_words.text()
    halves(page)[1].click()
    page.record_button.click()
    with bench.ward.store.reading() as connection:
        (kept,) = of_infant(connection, BloodCount, bench.infant)
    assert kept.taken_at == datetime(2026, 10, 25, 1, 56, tzinfo=UTC)


def test_no_form_reads_a_typed_time_by_another_way() -> None:
    """Every field for a time belongs to a day; nobody but it turns the two into a moment."""
    for path in DESKTOP.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name in ("time_field.py", "typed_moment.py", "gallery_parts.py"):
            continue
        assert not re.search(r"\btyped_moment\(", text), path.name
        if re.search(r"\bTimeField\(", text):
            assert ".follow(" in text, path.name


def test_two_times_on_either_side_of_the_change_say_which_they_are() -> None:
    """First fever at the first 02:35, 60 min: due at the second one; a clock of before says it, too."""
    first = fixed(datetime(2026, 10, 25, 2, 35, tzinfo=BERLIN))
    due = fixed((first + timedelta(minutes=60)).astimezone(BERLIN))
    clock = FeverClockView(1, first, due, 60, "38.9")
    told = clock_lines(clock, fixed(first))
    assert (told.first, told.third) == ("give by 02:35 winter time", "fever 02:35 summer time")
