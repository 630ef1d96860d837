"""What is said of the copies: what they lack, a medium that takes nothing, a damaged one."""

import os
from pathlib import Path

import pytest

from bedside.store.opening import BACKUPS
from bedside.store.troubles import Damaged, NotSaved
from bedside.ward import backup as backing_up
from bedside.ward import backup_medium
from bedside.ward.backup import back_up, back_up_newer, state
from bedside.ward.people_acts import add_person
from bedside.ward.restoring import preview
from tests.ward.peopled import BERG, KELLER, cheap, enter, new, peopled, second_of
from tests.ward.test_backup import ready, spoil, stick, with_stick
from tests.ward.wards import Bench

__all__ = ["ready", "stick"]


def test_a_sign_in_is_no_record_that_a_copy_lacks(ready: Bench) -> None:
    """The status line said "Last record saved 08:55. Last good copy 08:15, nothing newer"."""
    ready.ward.demonstration = False
    peopled(ready.ward)
    recorded = ready.ward.last_recorded
    back_up(ready.ward, "by hand")
    ready.at(2026, 9, 1, 9, 40)
    enter(ready.ward, BERG)
    assert ready.ward.last_saved != recorded == ready.ward.last_recorded
    assert state(ready.ward).line == "Last good copy 09:00, nothing newer"
    assert back_up_newer(ready.ward, "lock") is None
    enter(ready.ward, KELLER)
    with cheap():
        add_person(
            ready.ward,
            new("Nora Vogt", "nurse"),
            who=ready.ward.signed_in.who,
            second=second_of(ready.ward),
        )
    assert state(ready.ward).newer and "nothing newer" not in state(ready.ward).line
    assert ready.ward.last_recorded == ready.ward.last_saved != recorded


def test_a_medium_that_can_only_be_read_is_said_for_as_long_as_it_is(
    ready: Bench, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was said once, without what to do; from then on nothing told that no copy went there."""
    above = with_stick(ready, stick) / "copies"
    monkeypatch.setattr(
        backup_medium.os, "access", lambda path, mode: (path, mode) != (above, os.W_OK)
    )

    def refuse(_copy: object, _above: Path) -> None:
        raise NotSaved("The copy could not be written.")

    monkeypatch.setattr(backing_up, "carry", refuse)
    done = back_up(ready.ward, "by hand")
    assert "can only be read" in done.second and "write protection" in done.second
    found = state(ready.ward)
    assert found.short == "Second medium to read only" and "write protection" in found.warnings[0]


def test_a_damaged_copy_is_not_said_to_be_the_ward(ready: Bench) -> None:
    """It said that the ward's file is damaged, and not to work from it."""
    done = back_up(ready.ward, "a")
    spoil(ready.folder / BACKUPS / done.name)
    with pytest.raises(Damaged) as refused:
        preview(ready.ward, ready.folder / BACKUPS / done.name)
    said = " ".join(refused.value.reasons)
    assert f"The copy {done.name} is damaged" in said and "Choose another copy" in said
    assert "the ward's own file is as it was" in said and "Do not work" not in said
