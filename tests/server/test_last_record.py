"""The time of the last record is told of what is shown: of the copy while the server is away, of the ward after."""

from contextlib import closing, suppress
from datetime import timedelta

from bedside.app import assemble
from bedside.store.records import BloodCount, Infant
from bedside.store.troubles import Hindered
from bedside.ward.demonstration_today import MovableClock
from tests.server.test_away import _until, _watched, wire
from tests.store.samples import NOW, add, contents

__all__ = ["wire"]  # a fixture
LATER = NOW + timedelta(minutes=20)


def test_it_is_true_again_as_soon_as_the_server_is_back(
    postgres, ward, wire, tmp_path, monkeypatch
):
    """The time that the older copy had told stayed in the window after the server was back."""
    line = wire()
    store, _ = _watched(postgres, ward, tmp_path / "s", line.port)
    with closing(store):
        add(store, Infant)
        _until(lambda: not store.saved_since_copy, within=20)
        monkeypatch.setattr(type(store.copy), "catch_up", lambda *_: None)  # the copy lags behind
        add(store, BloodCount, at=LATER)
        shown = assemble(store, MovableClock(LATER))
        assert shown.last_recorded == LATER
        line.cut()
        with suppress(Hindered):
            contents(store)  # it waits on the dead line, and is let go
        _until(lambda: store.away is not None, within=20)
        assert shown.last_recorded == NOW, "of the copy, which is all that can be read"
        line.mend()
        _until(lambda: store.away is None, within=30)
        assert shown.last_recorded == LATER
