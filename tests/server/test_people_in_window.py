"""A window whose person another station changes or ends: it says who she is now, or shows nothing more."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.locking import Locking
from bedside.desktop.others_door import follow_others
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.start import dress, make_application
from bedside.desktop.window import BedsideWindow
from bedside.units.refusal import Refused
from bedside.ward.people_acts import change_roles, end_account
from bedside.ward.people_secrets import set_pin
from bedside.ward.signing_in import unlock
from tests.server.stations import ServerBench
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, cheap, enter, peopled

PIN = "8305"


@pytest.fixture
def stations(postgres, ward, tmp_path):
    made = [ServerBench(tmp_path / name, postgres.url(ward)) for name in ("one", "other")]
    made[0].at(2026, 9, 1, 9, 0)
    made[0].site()
    made[0].enrol()
    for bench in made:
        bench.at(2026, 10, 8, 12, 0)
    with cheap():
        made[0].ids = peopled(made[0].ward)
        set_pin(made[0].ward, SECRETS[BERG], (PIN, PIN), who=enter(made[0].ward, BERG))
    made[0].ward.signed_in = None
    yield made
    for bench in made:
        bench.ward.store.close()


@pytest.fixture
def window(qtbot, stations):
    application, look = make_application(["bedside"])
    dress(application, look)
    made = BedsideWindow(stations[0].ward, look, Session(""), every_door())
    qtbot.addWidget(made, before_close_func=_give_up)
    Locking(made, made.ward, made.session).begin()
    made.show()
    follow_others(made)
    sign_in(made, BERG)
    return made


def _give_up(window):
    window.locking.end()
    window.locking = None


def sign_in(window, name):
    page = window.locking.page
    QTest.keyClicks(page.person.edit, name[:3])
    QTest.keyClick(page.person.edit, Qt.Key.Key_Return)
    QTest.keyClicks(page.secret, SECRETS[name])
    QTest.keyClick(page.secret, Qt.Key.Key_Return)


def test_whose_account_is_ended_elsewhere_reads_no_more_and_another_gets_in(
    qtbot, stations, window
):
    one, other = stations
    who = enter(other.ward, KELLER)
    second = (one.ids[OKONJO], SECRETS[OKONJO])
    change_roles(other.ward, one.ids[BERG], ("coordinator",), who=who, second=second)
    qtbot.waitUntil(lambda: "coordinator" in window.session.who, timeout=3000)
    assert "coordinator" in window.topbar.who.text()
    assert window.session.why_not("weigh")
    end_account(other.ward, one.ids[BERG], "left the ward", who=who)
    qtbot.waitUntil(lambda: window.locking.locked, timeout=3000)
    page = window.locking.page
    assert page.choosing and f"The account of {BERG} has ended" in page.refusals.text()
    assert one.ward.signed_in is None and not window.frame.isVisible()
    sign_in(window, OKONJO)
    assert not window.locking.locked and "physician" in window.session.who


def test_a_pin_used_up_elsewhere_is_asked_for_no_more_at_this_lock(stations, window):
    one, other = stations
    window.locking.lock()
    page = window.locking.page
    assert "PIN" in page.secret_label.text()
    enter(other.ward, BERG)
    for wait in (1, 2, 4, 8, 0):
        with pytest.raises(Refused, match=r"PIN|Wrong 5 times"):
            unlock(other.ward, "9999", other.clock())
        other.at(2026, 10, 8, 12, 0, other.clock().second + wait)
    one.clock.now = other.clock.now
    page._tick()
    assert "PIN" not in page.secret_label.text()
    QTest.keyClicks(page.secret, SECRETS[BERG])
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    assert not window.locking.locked


def wrong_pin_at(bench, seconds):
    with pytest.raises(Refused, match="PIN"):
        unlock(bench.ward, "9999", bench.clock())
    bench.at(2026, 10, 8, 12, 0, bench.clock().second + seconds)


def test_the_tries_that_are_left_stay_true_when_another_station_counts_one_more(stations, window):
    one, other = stations
    window.locking.lock()
    page = window.locking.page
    QTest.keyClicks(page.secret, "9999")
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    assert "4 tries are left" in page.refusals.text()
    page._tick()
    assert "4 tries are left" in page.refusals.text(), "nothing changed"
    enter(other.ward, BERG)
    unlock(other.ward, PIN, other.clock())
    page._tick()
    assert not page.refusals.text(), "right elsewhere: all five are left again"
    one.clock.now = other.clock.now
    QTest.keyClicks(page.secret, "9999")
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    other.at(2026, 10, 8, 12, 0, 2)
    for seconds, left in ((2, "3 tries are"), (4, "2 tries are"), (8, "1 try is")):
        wrong_pin_at(other, seconds)
        page._tick()
        assert f"at another station, too: {left} left" in page.refusals.text()
