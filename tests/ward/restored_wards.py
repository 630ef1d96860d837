"""A ward that was put back to a copy although a dose was given after it."""

from datetime import timedelta

from bedside.store.opening import BACKUPS, open_store
from bedside.store.queries import all_of
from bedside.store.records import DoseRecord
from bedside.ward.backup import back_up
from bedside.ward.giving import finish_infusion, start_infusion, start_vial
from bedside.ward.restored_state import restored_view
from bedside.ward.restoring import confirm, preview, put_in_place
from bedside.ward.views.backup import Preview
from bedside.ward.views.restored import OpenAct
from tests.ward.ordering import by, ready
from tests.ward.wards import DOCTOR, NURSE, Bench


def minutes(bench: Bench, count: int) -> None:
    """Let time pass."""
    bench.clock.now += timedelta(minutes=count)


def give(bench: Bench, *, finish: bool = True) -> None:
    """Day 1 of EPI #1: ordered, checked, its vial made, started, and all in."""
    ready(bench.ward, bench.infant)
    start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 20, who=NURSE)
    minutes(bench, 2)
    start_infusion(
        bench.ward, last_dose(bench).id, bench.clock(), by(bench.ward, bench.infant), who=NURSE
    )
    if finish:
        minutes(bench, 20)
        finish_infusion(bench.ward, last_dose(bench).id, bench.clock(), who=NURSE)


def last_dose(bench: Bench) -> DoseRecord:
    """The dose record that stands."""
    with bench.ward.store.reading() as connection:
        return all_of(connection, DoseRecord)[-1]


def copied(bench: Bench) -> str:
    """Make a copy; five minutes later the next thing is done."""
    name = back_up(bench.ward, "5 minutes").name
    minutes(bench, 5)
    return name


def restore(bench: Bench, name: str) -> Preview:
    """Put the copy in the ward's place, and open that."""
    seen = preview(bench.ward, bench.folder / BACKUPS / name)
    confirm(seen, bench.ward, bench.ward.now(), who=NURSE, second=DOCTOR)
    bench.ward.store.close()
    put_in_place(bench.folder, seen.prepared, bench.ward.now())
    bench.ward.store = open_store(bench.folder, now=bench.ward.now(), create=False)
    bench.ward.kept_facts, bench.ward.kept_until = {}, 0
    return seen


def acts(bench: Bench, kind: str) -> list[OpenAct]:
    """What is open, of one kind."""
    view = restored_view(bench.ward)
    return [] if view is None else [act for act in view.acts if act.kind == kind]
