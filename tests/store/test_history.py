"""Over any sequence of acts: no row is ever lost, and every earlier state can be told again (P10)."""

import itertools
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.store.records import (
    BloodCount,
    CourseStart,
    DoseRecord,
    Infant,
    Measurement,
    SiteSetting,
    Toxicity,
    ToxicityGrade,
)
from bedside.store.store import Store
from bedside.store.tables import TABLES
from bedside.units.refusal import Refused
from tests.store.samples import ACT, NOW, WHO, new_store, raw, row_of

KINDS = (Measurement, BloodCount, Toxicity, ToxicityGrade, CourseStart, DoseRecord, SiteSetting)
TABLE_NAMES = [table.name for table in TABLES.values()]
COUNTER = itertools.count()

minutes = st.integers(-3, 3)
adds = st.tuples(
    st.just("add"),
    st.sampled_from(KINDS),
    st.fixed_dictionaries(
        {"minutes": minutes, "number": st.integers(0, 4), "percent": st.decimals(0, 101, places=2)}
    ),
)
voids = st.tuples(st.just("void"), st.sampled_from((Infant, *KINDS)), st.integers(1, 4))
histories = st.lists(
    st.tuples(st.lists(st.one_of(adds, voids), min_size=1, max_size=3), minutes, st.booleans()),
    max_size=12,
)


def varied(kind, how):
    at = NOW + timedelta(minutes=how["minutes"])
    number = how["number"]
    change = {
        Measurement: {"measured_at": at, "weight_g": 498 + number},
        BloodCount: {"taken_at": at, "anc_per_ul": number, "bands_percent": how["percent"]},
        Toxicity: {"term": f"term {number}"},
        ToxicityGrade: {"toxicity_id": number, "grade": number + 2},
        CourseStart: {"course_key": f"course-{number}"},
        DoseRecord: {"course_day": number, "measurement_id": number or None},
        SiteSetting: {"key": f"key-{number}", "value": f"{how['minutes']}"},
    }
    return row_of(kind, **change[kind])


class GaveUp(Exception):
    """The person left the form without saving."""


def live(store, history, after) -> None:
    """Do what the history says; refusals are part of life."""
    for steps, when, given_up in history:
        try:
            with store.change(WHO, ACT, NOW + timedelta(hours=when)) as change:
                for what, kind, how in steps:
                    if what == "add":
                        change.add(kind, **varied(kind, how))
                    else:
                        change.void(kind, how, "was wrong")
                if given_up:
                    raise GaveUp
        except (Refused, GaveUp):
            pass
        after(store)


def counts(store):
    return {name: raw(store, f'SELECT count(*) FROM "{name}"')[0][0] for name in TABLE_NAMES}  # noqa: S608


def state(store) -> dict[tuple[str, int], str]:
    """Every row as the file holds it now."""
    found = {}
    for name in TABLE_NAMES:
        columns = [row[1] for row in raw(store, f'PRAGMA table_info("{name}")')]
        for row in raw(store, f'SELECT * FROM "{name}"'):  # noqa: S608
            found[name, row[0]] = dict(zip(columns, row, strict=True))
    return found


def told(store, seq) -> dict[tuple[str, int], str]:
    """The state after an audit row, told from the trail alone."""
    rows = raw(
        store,
        "SELECT table_name, row_id, content FROM audit WHERE seq <= ? AND table_name <> 'ward' "
        "ORDER BY seq",
        seq,
    )
    return {(table, number): json.loads(content) for table, number, content in rows}


@contextmanager
def a_ward(wards: Path) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above) / f"ward-{next(COUNTER)}"
        shutil.copytree(wards / "one-infant", folder)
        store = new_store(folder, create=False)
        try:
            yield store
        finally:
            store.close()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
def test_no_act_ever_lowers_the_number_of_rows(wards, history):
    """H29, P10: and the trail verifies after each of them."""
    with a_ward(wards) as store:
        last = [counts(store)]

        def never_fewer(now_store):
            now = counts(now_store)
            assert all(now[name] >= last[0][name] for name in now)
            last[0] = now

        live(store, history, never_fewer)
        store.verify_audit()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
def test_every_earlier_state_can_be_told_again(wards, history):
    """P10: the trail alone rebuilds what the ward held after any save."""
    with a_ward(wards) as store:
        moments = {raw(store, "SELECT max(seq) FROM audit")[0][0]: state(store)}
        live(
            store,
            history,
            lambda s: moments.update({raw(s, "SELECT max(seq) FROM audit")[0][0]: state(s)}),
        )
        for seq, held in moments.items():
            assert told(store, seq) == held


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
def test_a_ward_closed_and_opened_again_is_the_same(wards, history):
    with a_ward(wards) as store:
        live(store, history, lambda _: None)
        held, head = state(store), store.audit_head()
        folder = Path(raw(store, "PRAGMA database_list")[0][2]).parent
        store.close()
        again = new_store(folder, create=False)
        assert (state(again), again.audit_head()) == (held, head)
        again.close()


def test_the_values_of_a_history_are_within_reach(store):
    """The histories above do save, refuse and strike out: they are not empty play."""
    how = {"minutes": 0, "number": 2, "percent": Decimal("3.5")}
    for kind in KINDS:
        if kind is ToxicityGrade:
            how = {**how, "number": 1}
        with store.change(WHO, ACT, NOW) as change:
            row = varied(kind, how)
            if kind is DoseRecord:
                row["measurement_id"] = 1
            change.add(kind, **row)
    with pytest.raises(Refused), store.change(WHO, ACT, NOW) as change:
        change.add(Measurement, **varied(Measurement, {**how, "number": 1}))
