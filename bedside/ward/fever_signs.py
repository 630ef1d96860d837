"""Vital signs: judged on two bounds beside the infant's own last ones, kept with what was typed.

A temperature that is a fever by the site's definition starts the antibiotic clock in the same save,
unless the neutrophils are known not to be low: then a person may start it.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.clinical.judgement import Plausibility
from bedside.clinical.vital_signs import (
    CHOICES,
    NAMES,
    Kind,
    judge_degrees,
    judge_pressures,
    judge_sign,
    read_sign,
)
from bedside.store.fever_records import VitalSign
from bedside.store.queries import of_infant
from bedside.units.refusal import Refused
from bedside.units.temperature import read_degrees
from bedside.ward.facts import facts_of
from bedside.ward.fever_acts import follow_signs
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.views.fever import Recorded
from bedside.ward.views.pages import Judged
from bedside.ward.ward import Ward
from bedside.ward.weighing import check_moment

State = Literal["done", "not done", "unusable"]
LONGEST_REASON = 80


class NewSign(Struct, frozen=True):
    """One vital sign as typed.

    Args:
        kind: which one.
        text: as typed, in the unit beside the field; "" where a word is chosen or nothing was done.
        unit: "°C" or "°F" for a temperature.
        word: the site of a temperature, or the answer where a sign is a word.
        state: "done", or that there is no value; a vital sign is never pending.
        reason: why there is no value, e.g. "asleep", "movement".
    """

    kind: Kind
    text: str = ""
    unit: str = ""
    word: str = ""
    state: State = "done"
    reason: str = ""


class NewSigns(Struct, frozen=True):
    """The vital signs of one moment."""

    taken_at: datetime
    signs: tuple[NewSign, ...]
    unusual_reason: str = ""


class _Read(Struct, frozen=True):
    value: Decimal | None
    judged: Plausibility


def signs_of(ward: Ward, infant_id: int) -> tuple[VitalSign, ...]:
    """The standing vital signs of an infant, oldest first."""
    with ward.store.reading() as connection:
        rows = of_infant(connection, VitalSign, infant_id)
    return tuple(sorted(rows, key=lambda row: (row.taken_at, row.id)))


def judge_typed(ward: Ward, infant_id: int, sign: NewSign, at: datetime) -> Judged:
    """Judge one typed vital sign beside the infant's own last one.

    Raises:
        Refused: it cannot be read.
    """
    judged = _read(ward, signs_of(ward, infant_id), sign, at).judged
    return Judged(judged.level, judged.words, judged.compared)


@one_act
def record_signs(ward: Ward, infant_id: int, form: NewSigns, *, who: str) -> Recorded:
    """Keep the vital signs of one moment; a fever starts the antibiotic clock.

    Raises:
        Refused: nothing was typed, a value is impossible or unusual without a second typing, or
            the time cannot be right.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    reasons = check_moment(ward, facts.infant, form.taken_at, "Vital signs taken")
    if not form.signs:
        reasons.append("Nothing is typed: write a temperature or another vital sign first.")
    if reasons:
        raise Refused(*reasons)
    read = _read_all(ward, signs_of(ward, infant_id), form)
    with ward.store.change(who, "recorded vital signs", ward.now()) as change:
        for sign in form.signs:
            value = read[sign.kind]
            change.add(
                VitalSign,
                infant_id=infant_id,
                taken_at=form.taken_at,
                kind=sign.kind,
                state=sign.state,
                value_hundredths=None if value is None else int(value * 100),
                word=sign.word,
                typed=sign.reason.strip() or f"{sign.text} {sign.unit}".strip(),
                unusual_reason=form.unusual_reason.strip(),
            )
        return follow_signs(ward, change, facts)


@one_act
def void_sign(ward: Ward, sign_id: int, reason: str, *, who: str) -> None:
    """Strike one vital sign out, with the reason; it stays readable, and so does a clock it started.

    Raises:
        Refused: no reason, or it is struck out already.
    """
    with ward.store.change(named(who), "struck out a vital sign", ward.now()) as change:
        change.void(VitalSign, sign_id, reason.strip())


def _read_all(
    ward: Ward, before: Sequence[VitalSign], form: NewSigns
) -> dict[Kind, Decimal | None]:
    values: dict[Kind, Decimal | None] = {}
    reasons: list[str] = []
    unusual: list[str] = []
    for sign in form.signs:
        read = _read(ward, before, sign, form.taken_at)
        values[sign.kind] = read.value
        (reasons if read.judged.level == "impossible" else unusual).append(read.judged.words)
    systolic, diastolic = values.get("systolic"), values.get("diastolic")
    if systolic is not None and diastolic is not None:
        reasons.append(judge_pressures(systolic, diastolic, mark=ward.decimal_mark).words)
    reasons = [words for words in reasons if words]
    unusual = [words for words in unusual if words]
    if not reasons and unusual and not form.unusual_reason.strip():
        reasons = [f"{words} Measure again and type it a second time." for words in unusual]
    if reasons:
        raise Refused(*reasons)
    return values


def _read(ward: Ward, before: Sequence[VitalSign], sign: NewSign, at: datetime) -> _Read:
    plain = Plausibility("usual", "", "")
    if sign.state != "done":
        _check_no_value(sign)
        return _Read(None, plain)
    if sign.reason:
        raise Refused(f"{NAMES[sign.kind].capitalize()}: a value, or why there is none; not both.")
    if sign.kind in CHOICES:
        if sign.word not in CHOICES[sign.kind]:
            raise Refused(
                f"{NAMES[sign.kind].capitalize()}: choose {', '.join(CHOICES[sign.kind])}."
            )
        return _Read(None, plain)
    mark, last = ward.decimal_mark, _last(before, sign.kind, at)
    if sign.kind != "temperature":
        value = read_sign(sign.kind, sign.text, mark)
        return _Read(value, judge_sign(sign.kind, value, last, mark=mark))
    degrees = read_degrees(sign.text, mark, unit=sign.unit)
    judged = judge_degrees(degrees, last, mark=mark)
    if not sign.word:
        where = "Say where the temperature was taken: under the arm, mouth, ear or rectal."
        raise Refused(*(words for words in (judged.words, where) if words))
    return _Read(degrees.kept.celsius, judged)


def _check_no_value(sign: NewSign) -> None:
    name = NAMES[sign.kind]
    if sign.text or sign.word:
        raise Refused(f"{name.capitalize()}: a value, or {sign.state}; not both.")
    if not sign.reason.strip():
        raise Refused(f"Say why there is no value for {name} ({sign.state}): asleep, movement …")
    if len(sign.reason.strip()) > LONGEST_REASON:
        raise Refused(f"{name.capitalize()}: a reason is at most {LONGEST_REASON} letters.")


def _last(before: Sequence[VitalSign], kind: str, at: datetime) -> Decimal | None:
    values = [
        row.value_hundredths
        for row in before
        if row.kind == kind and row.value_hundredths is not None and row.taken_at <= at
    ]
    return Decimal(values[-1]) / 100 if values else None
