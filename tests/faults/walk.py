"""A ward used at random: any order of acts, jumps of the clock, kills; what must never break (P10, P13, P17).

    BEDSIDE_WALK=2000x50 python -m pytest tests/faults/test_walk.py

Hypothesis chooses the acts and their values. A refusal is always allowed; any other error fails. After
each act the invariants are looked at: the trail verifies and only grows, no record ever loses a value,
every state since the beginning can be rebuilt, no dose is shown or begun without a fresh weight, the
DLT state is a pure function of what is on record, a printed paper is as the record says or is marked.
"""

import atexit
import os
import shutil
import signal
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bedside.app import assemble
from bedside.store.opening import BACKUPS, FILE
from bedside.store.ways import utc_text
from bedside.ward.backup import back_up, copies
from bedside.ward.dlt import evaluation_of
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.past_plan import plan_as_it_stood
from bedside.ward.restoring import confirm, preview, put_in_place
from bedside.ward.standing import projection_of
from tests.faults.power import images_above
from tests.faults.walk_acts import Acts
from tests.store.samples import BloodCount, Measurement, row_of
from tests.ward.wards import DOCTOR, NURSE, Bench

VOID = ("voided_at", "voided_by", "void_reason")
ZONES = ("Europe/Berlin", "UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati")
Rows = dict[tuple[str, int], dict[str, object]]


@cache
def template() -> Path:
    """A ward with an infant whose first EPI block was opened; made once."""
    above = Path(tempfile.mkdtemp(dir=images_above()))
    atexit.register(shutil.rmtree, above, ignore_errors=True)
    bench = Bench(above / "ward")
    bench.open_epi_1()
    bench.ward.store.close()
    return above / "ward"


def rows_of(bench: Bench) -> Rows:
    """Every record of the ward, field by field."""
    driver = bench.ward.store._file.driver
    tables = driver.execute("SELECT DISTINCT table_name FROM audit WHERE table_name <> 'ward'")
    found: Rows = {}
    for (table,) in tables.fetchall():
        cursor = driver.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        names = [column[0] for column in cursor.description]
        for row in cursor:
            values = dict(zip(names, row, strict=True))
            found[table, values["id"]] = values
    return found


class Walk(Acts):
    """One ward, used at random."""

    def __init__(self) -> None:
        super().__init__()
        self.above = Path(tempfile.mkdtemp(dir=images_above()))
        self.folder = self.above / "ward"
        shutil.copytree(template(), self.folder)
        self.bench = Bench(self.folder)
        self.bench.infant = 1
        self.bench.at(2026, 10, 7, 9, 0)
        self.rows: Rows = {}
        self.seals: list[str] = []
        self.at_copy: dict[str, int] = {}  # how far the trail reached when a copy was made
        self.printed: dict[int, tuple[str, int | None]] = {}
        self.plans: list[tuple[datetime, str]] = []
        self.refused = self.kills = 0
        self.page = None

    def teardown(self) -> None:
        """Close the ward and throw it away."""
        with suppress(RuntimeError):
            self.bench.ward.store.close()
        shutil.rmtree(self.above, ignore_errors=True)

    def _open(self) -> None:
        self.bench = Bench_at(self.folder, self.bench)

    # ---- what happens to a ward

    @rule()
    def copy(self):
        ward = self.bench.ward
        done = back_up(ward, "by hand")
        self.at_copy[done.name] = len(self._trail())

    @precondition(lambda self: self.at_copy)
    @rule(which=st.integers(0, 5))
    def restore(self, which):
        """P7: the ward is the copy again, with the restore on record."""
        ward = self.bench.ward
        there = [line for line in copies(ward) if line.folder.name in self.at_copy]
        if not there:
            return
        chosen = there[which % len(there)].folder
        seen = self._do(preview, ward, chosen)
        if seen is None:
            return
        confirm(seen, ward, ward.now(), who=NURSE, second=DOCTOR)
        ward.store.close()
        put_in_place(self.folder, seen.prepared, ward.now())
        until = self.at_copy[chosen.name]
        self._open()
        trail = self._trail()
        assert [row[-1] for row in trail[:until]] == [
            row[-1] for row in self._trail_of(self.folder / BACKUPS / chosen.name / FILE)
        ]
        assert len(trail) > until
        self._begin_anew()

    @rule()
    def close_and_open(self):
        self.bench.ward.store.close()
        self._open()

    @rule(keep=st.booleans())
    def kill(self, keep):
        """P1: killed in a save, or right after it; the save is not there, or wholly there."""
        self.bench.ward.store.close()
        before = len(self._trail_of(self.folder / FILE))
        self.kills += 1
        child = os.fork()
        if child == 0:
            self._die(keep)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), status
        self._open()
        assert len(self._trail()) - before == (2 if keep else 0)

    def _die(self, keep):
        try:
            self._open()
            at = datetime(2026, 9, 2, tzinfo=UTC) + timedelta(minutes=self.kills)
            with self.bench.ward.store.change(NURSE, "recorded", self.bench.ward.now()) as change:
                change.add(Measurement, **row_of(Measurement, measured_at=at))
                change.add(BloodCount, **row_of(BloodCount, taken_at=at))
                if not keep:
                    os.kill(os.getpid(), signal.SIGKILL)
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(9)

    @rule(jump=st.sampled_from([-1440, -60, -1, 1, 45, 60, 720, 1440, 4320, 11520]))
    def clock_jumps(self, jump):
        """P17: back and forward, up to eight days; over the nights when summer time ends, too."""
        self.bench.clock.now += timedelta(minutes=jump)
        if jump < 0:
            self.plans.clear()  # what is recorded now stands before them by the clock

    @rule(zone=st.sampled_from(ZONES))
    def another_zone(self, zone):
        """H45: the workstation is set to another zone; the ward's own stands."""
        self.bench.clock.now = self.bench.clock.now.astimezone(ZoneInfo(zone))

    @precondition(
        lambda self: max(row[1] for row in self._trail()) <= utc_text(self.bench.ward.now())
    )
    @rule()
    def remember_plan(self):
        ward = self.bench.ward
        self.bench.clock.now += timedelta(minutes=1)
        self.plans.append((ward.now(), repr(projection_of(ward, facts_of(ward, 1)))))
        self.bench.clock.now += timedelta(minutes=1)

    @precondition(lambda self: self.plans)
    @rule(which=st.integers(0, 9))
    def look_back(self, which):
        """P10: a plan that was remembered can be worked out again as it stood."""
        moment, plan = self.plans[which % len(self.plans)]
        assert repr(plan_as_it_stood(self.bench.ward, 1, moment)) == plan

    # ---- what must hold after each act

    @invariant()
    def the_trail_only_grows(self):
        """P10, P11."""
        self.bench.ward.store.verify_audit()
        seals = [row[-1] for row in self._trail()]
        assert seals[: len(self.seals)] == self.seals
        self.seals = seals

    @invariant()
    def no_value_is_ever_lost(self):
        """P10, H29: a record is struck out once, with who, when and why; nothing else changes."""
        now = rows_of(self.bench)
        for key, row in self.rows.items():
            here = now[key]
            for name, value in row.items():
                assert here[name] == value or (name in VOID and value is None), (key, name)
            void = [here.get(name) for name in VOID]
            assert all(part is None for part in void) or all(part is not None for part in void)
        self.rows = now

    @invariant()
    def no_dose_without_a_fresh_weight(self):
        """H5."""
        if self._page().dose_text:
            self._weight_is_fresh("a dose is shown")

    @invariant()
    def dlt_is_a_pure_function_of_the_record(self):
        """H27: the same from a ward that has read nothing before."""
        ward = self.bench.ward
        fresh = assemble(ward.store, ward.clock)
        assert self._dlt(ward) == self._dlt(fresh)
        assert repr(projection_of(ward, facts_of(ward, 1))) == repr(
            projection_of(fresh, facts_of(fresh, 1))
        )

    @invariant()
    def a_paper_says_what_holds_or_is_marked(self):
        """H30."""
        now = self._dose_now()
        for paper in self._page().printed:
            if paper.print_id in self.printed and not paper.out_of_date:
                assert self.printed[paper.print_id] == now, paper

    def _dlt(self, ward):
        found = evaluation_of(ward, facts_of(ward, 1))
        return "" if found is None else repr((found.period, found.review, found.log))

    def _page(self):
        """The page of doses; drawn once for one state of the ward and one moment."""
        ward = self.bench.ward
        key = (ward.store.audit_head(), ward.now(), id(ward))
        if self.page is None or self.page[0] != key:
            self.page = (key, doses_page(ward, 1))
        return self.page[1]

    def _dose_now(self):
        weight = self._weight()
        return self._page().dose_text, None if weight is None else weight[0]

    def _weight(self):
        """The newest standing weight until now: its number and moment, read past the program."""
        driver = self.bench.ward.store._file.driver
        rows = driver.execute(
            "SELECT id, measured_at FROM measurement WHERE voided_at IS NULL AND infant_id = 1"
        )
        now = self.bench.ward.now()
        there = [(datetime.fromisoformat(at), number) for number, at in rows]
        until = [(at, number) for at, number in there if at <= now]
        return max(until)[::-1] if until else None

    def _weight_is_fresh(self, what):
        weight = self._weight()
        assert weight is not None, f"{what} without a weight"
        age = self.bench.ward.today() - self.bench.ward.local(weight[1]).date()
        assert age.days <= self._limit_days(), f"{what} on {weight}"

    def _limit_days(self):
        return self.bench.ward.site.weight_age_days

    def _trail(self):
        driver = self.bench.ward.store._file.driver
        return driver.execute("SELECT * FROM audit ORDER BY seq").fetchall()

    def _trail_of(self, file):
        with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as driver:
            return driver.execute("SELECT * FROM audit ORDER BY seq").fetchall()

    def _begin_anew(self):
        """After a restore the ward is that of the copy: what was compared until now is another line."""
        self.rows, self.seals, self.printed, self.plans = {}, [], {}, []


def Bench_at(folder: Path, before: Bench) -> Bench:
    """The same ward opened again, with the clock as it is."""
    opened = Bench(folder)
    opened.clock.now, opened.infant = before.clock.now, before.infant
    return opened
