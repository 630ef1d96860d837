"""Two things at once while a ward is opened: both are waited for, and no fault of either is lost."""

import threading

import pytest

from bedside.store.beside import beside
from bedside.store.opening import FILE, open_store
from bedside.store.troubles import Damaged
from tests.store.samples import NOW


def test_the_work_runs_beside_and_is_waited_for():
    begun, seen = threading.Event(), []

    def work() -> int:
        assert begun.wait(10)
        seen.append(threading.current_thread().name)
        return 7

    assert beside(work, begun.set) == 7
    assert seen == ["bedside-check"]


def test_without_anything_else_it_runs_here():
    assert beside(threading.current_thread, None) is threading.current_thread()


@pytest.mark.parametrize("both", [False, True])
def test_the_fault_of_the_work_comes_first(both):
    def work() -> None:
        raise ValueError("work")

    def meanwhile() -> None:
        if both:
            raise KeyError("meanwhile")

    with pytest.raises(ValueError, match="work"):
        beside(work, meanwhile)


def test_a_fault_of_the_rest_is_raised_when_the_work_has_ended():
    ended = []

    def meanwhile() -> None:
        raise KeyError("meanwhile")

    with pytest.raises(KeyError):
        beside(lambda: ended.append(True), meanwhile)
    assert ended == [True]


def test_damage_is_found_before_the_ward_is_opened_though_something_else_was_done(tmp_path):
    """Nothing of a damaged file is used, and the lock is given back."""
    open_store(tmp_path, now=NOW, create=True).close()
    whole = (tmp_path / FILE).read_bytes()
    spoilt = bytearray(whole)
    spoilt[4096 * 2 : 4096 * 2 + 64] = bytes(64)
    (tmp_path / FILE).write_bytes(spoilt)
    done = []
    with pytest.raises(Damaged):
        open_store(tmp_path, now=NOW, create=False, meanwhile=lambda: done.append(True))
    assert done == [True]
    (tmp_path / FILE).write_bytes(whole)
    open_store(tmp_path, now=NOW, create=False).close()


def test_what_cannot_be_loaded_leaves_the_ward_closed(tmp_path):
    open_store(tmp_path, now=NOW, create=True).close()

    def meanwhile() -> None:
        raise ImportError("no Qt on this workstation")

    with pytest.raises(ImportError):
        open_store(tmp_path, now=NOW, create=False, meanwhile=meanwhile)
    open_store(tmp_path, now=NOW, create=False).close()
