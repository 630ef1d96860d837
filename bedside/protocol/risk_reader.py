"""Reads risk groups, arms, transplant, MRD time points, fusion partners, published outcome and rulings.

Every limit carries its operator, its source and the ruling that settled it; a limit without one
of them is refused, because a threshold read the wrong way round moves an infant to another treatment.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from bedside.protocol.fact_reader import Book, read_origin
from bedside.protocol.model import Course
from bedside.protocol.origin import NOT_PUBLIC
from bedside.protocol.risk_model import (
    Arm,
    MrdPoint,
    Operator,
    Outcome,
    Partner,
    RiskGroup,
    RiskRule,
    Ruling,
    Strata,
    Threshold,
    ThresholdKey,
    TransplantRule,
)
from bedside.protocol.toml_table import FileTable

KMT2A = ("rearranged", "germline", "not-evaluable")
THRESHOLDS: tuple[ThresholdKey, ...] = ("age", "wbc", "day8-blasts")
UNITS = {
    "age": "completed calendar months at diagnosis",
    "wbc": "10^9/L",
    "day8-blasts": "/uL",
    "mrd": "fraction of cells",
}


def read_strata(top: FileTable, book: Book, courses: Sequence[Course]) -> Strata:
    """Read all of it; every fault is noted in its table."""
    rulings = _rulings(top, book)
    settled = [ruling.key for ruling in rulings]
    risk = _risk(top, book, settled)
    groups = () if risk is None else tuple(group.key for group in risk.groups)
    return Strata(
        risk=risk,
        arms=_arms(top, book, courses, groups),
        transplant=_transplant(top, book, courses, groups, settled),
        mrd_points=tuple(_mrd_point(table, book, courses) for table in top.tables("mrd-point")),
        partners=tuple(_partner(table, book) for table in top.tables("partner")),
        outcomes=tuple(_outcome(table, book) for table in top.tables("outcome")),
        rulings=rulings,
    )


def _rulings(top: FileTable, book: Book) -> tuple[Ruling, ...]:
    found: list[Ruling] = []
    for table in top.tables("ruling"):
        ruling = Ruling(
            key=table.text("key"),
            question=table.text("question"),
            readings=table.texts("readings", needed=True),
            ruling=table.text("ruling"),
            why=table.text("why"),
            origin=read_origin(table, book),
        )
        if len(ruling.readings) == 1:
            table.fault("readings", "a ruling chooses between readings: write both.")
        if ruling.key in [known.key for known in found]:
            table.fault("key", f"the ruling {ruling.key} stands there twice: keep one.")
        found.append(ruling)
        table.done()
    return tuple(found)


def _risk(top: FileTable, book: Book, settled: Sequence[str]) -> RiskRule | None:
    thresholds = tuple(
        _threshold(table, book, settled, THRESHOLDS) for table in top.tables("threshold")
    )
    known = [threshold.key for threshold in thresholds]
    groups = tuple(_group(table, book, known) for table in top.tables("risk-group"))
    if not groups:
        if thresholds:
            top.fault("threshold", "limits without any [[risk-group]] that needs them: add it.")
        return None
    covered = {result for group in groups for result in group.kmt2a}
    for result in KMT2A:
        if result not in covered:
            top.fault("risk-group", f"no group takes KMT2A {result}: say which.")
    return RiskRule(groups, thresholds)


def _threshold(
    table: FileTable, book: Book, settled: Sequence[str], keys: Sequence[str]
) -> Threshold:
    key = cast(ThresholdKey, table.choice("key", keys, keys[0] if len(keys) == 1 else None))
    unit = table.text("unit")
    if unit != UNITS[key]:
        table.fault("unit", f"the limit {key} is written in {UNITS[key]!r}, not {unit!r}.")
    ruling = table.text("ruling")
    if ruling not in settled:
        table.fault("ruling", f"{ruling!r} is not the key of a [[ruling]] of this file.")
    found = Threshold(
        key=key,
        operator=cast(Operator, table.choice("operator", ("<", ">="))),
        value=table.number("value", needed=True) or Decimal(1),
        unit=unit,
        words=table.text("words"),
        ruling=ruling,
        origin=read_origin(table, book),
    )
    table.done()
    return found


def _group(table: FileTable, book: Book, known: Sequence[str]) -> RiskGroup:
    found = RiskGroup(
        key=table.text("key"),
        title=table.text("title"),
        kmt2a=table.texts("kmt2a", needed=True),
        all_of=cast(tuple[ThresholdKey, ...], table.texts("all-of")),
        any_of=cast(tuple[ThresholdKey, ...], table.texts("any-of")),
        words=table.text("words"),
        origin=read_origin(table, book),
    )
    for result in found.kmt2a:
        if result not in KMT2A:
            table.fault("kmt2a", f"{result!r} is no KMT2A result: write {', '.join(KMT2A)}.")
    for key in (*found.all_of, *found.any_of):
        if key not in known:
            table.fault("all-of", f"there is no [[threshold]] {key!r}.")
    table.done()
    return found


def _arms(
    top: FileTable, book: Book, courses: Sequence[Course], groups: Sequence[str]
) -> tuple[Arm, ...]:
    arms = []
    for table in top.tables("arm"):
        arm = Arm(
            key=table.text("key"),
            title=table.text("title"),
            also=table.texts("also"),
            allocated=table.texts("allocated", needed=True),
            without_allocation=table.texts("without-allocation"),
            words=table.text("words"),
            origin=read_origin(table, book),
        )
        _check_names(table, "allocated", (*arm.allocated, *arm.without_allocation), groups)
        table.done()
        arms.append(arm)
    named = [arm.key for arm in arms]
    for course in courses:
        if course.arm and course.arm not in named:
            top.fault(f"course {course.key} > arm", f"there is no [[arm]] {course.arm!r}.")
    return tuple(arms)


def _transplant(
    top: FileTable,
    book: Book,
    courses: Sequence[Course],
    groups: Sequence[str],
    settled: Sequence[str],
) -> TransplantRule | None:
    table = top.table("transplant")
    if table is None:
        return None
    mrd = table.table("mrd", needed=True) or FileTable({}, table.where("mrd"), table.faults)
    replaced = table.table("replaces", needed=True)
    keys = () if replaced is None else replaced.texts("courses", needed=True)
    origin = NOT_PUBLIC if replaced is None else read_origin(replaced, book)
    if replaced is not None:
        replaced.done()
    found = TransplantRule(
        groups=table.texts("groups", needed=True),
        mrd_groups=table.texts("mrd-groups", needed=True),
        mrd=_threshold(mrd, book, settled, ("mrd",)),
        before=table.text("before"),
        replaces=keys,
        replaces_origin=origin,
        words=table.text("words"),
        origin=read_origin(table, book),
        mrd_point=table.text("mrd-point", f"before-{table.text('before')}"),
    )
    _check_names(table, "groups", (*found.groups, *found.mrd_groups), groups)
    _check_names(
        table, "replaces", (found.before, *found.replaces), [course.key for course in courses]
    )
    table.done()
    return found


def _check_names(table: FileTable, key: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            table.fault(key, f"{name!r} is not one of {', '.join(known) or 'none'} of this file.")


def _mrd_point(table: FileTable, book: Book, courses: Sequence[Course]) -> MrdPoint:
    found = MrdPoint(
        table.text("key"), table.text("title"), read_origin(table, book), table.texts("after")
    )
    _check_names(table, "after", found.after, [course.key for course in courses])
    table.done()
    return found


def _partner(table: FileTable, book: Book) -> Partner:
    found = Partner(
        table.text("key"), table.text("title"), table.text("outcome"), read_origin(table, book)
    )
    table.done()
    return found


def _outcome(table: FileTable, book: Book) -> Outcome:
    found = Outcome(
        table.text("about"),
        table.text("measure"),
        table.text("figure"),
        read_origin(table, book),
    )
    table.done()
    return found
