"""Enrolling an infant: eligibility checked item by item, each failure explained, identity kept apart."""

import re
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from bedside.protocol.eligibility import Candidate, judge_entry
from bedside.store.queries import all_of
from bedside.store.records import CourseStart, Enrolment, Infant
from bedside.units.dates import write_date
from bedside.units.paper_letters import bare
from bedside.units.refusal import Refused
from bedside.ward.ctcae_choices import ctcae_faults
from bedside.ward.editions import keep_edition
from bedside.ward.forms import NewInfant
from bedside.ward.identity import IdentityForm, infants_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.start_answers import keep_entry_answers
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

OLDEST_DAYS = 3 * 365
LONGEST_NAME = 120
# ICD-10, volume 2, "Perinatal period": it begins at 22 completed weeks (154 days) of gestation
LEAST_GESTATION_DAYS = 22 * 7
# [judgement] three weeks beyond post-term (ICD-10: 42 completed weeks, 294 days, or more): no one is
# carried so long, and weeks typed as days or with a slipped digit lie beyond it
MOST_GESTATION_DAYS = 45 * 7
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_ASKED = ("ask", "ask-exclusion")


class EntryLine(Struct, frozen=True):
    """One item of eligibility as shown; ``must`` items refuse the enrolment when not met.

    ``asks``: no record can tell, a person answers it.
    """

    key: str
    words: str
    result: Literal["met", "not met", "unknown"]
    because: str
    must: bool
    asks: bool = False


def protocol_choices(ward: Ward) -> tuple[tuple[str, str, str], ...]:
    """The protocols to choose from: key, title, and why it is closed ("" while open).

    Open ones come first, then by title: the first letter typed never takes a closed one before an
    open one, nor a longer title before the one it begins with.
    """
    choices = (
        (protocol.key, protocol.title, protocol.closed_to_entry)
        for protocol in ward.protocols.values()
    )
    return tuple(sorted(choices, key=lambda one: (bool(one[2]), one[1])))


def entry_items(ward: Ward, form: NewInfant) -> tuple[EntryLine, ...]:
    """Judge each item of eligibility on a form that need not be complete."""
    protocol = ward.protocols.get(form.protocol_key)
    if protocol is None or form.diagnosed_on < form.born:
        return ()
    asked = {rule.key for rule in protocol.entry_rules if rule.check in _ASKED}
    lines = [
        EntryLine(
            item.key,
            item.words,
            item.result,
            item.because,
            item.must and item.result == "not met",
            item.key in asked,
        )
        for item in judge_entry(protocol, _candidate(form))
    ]
    return tuple(lines)


def share_asked(ward: Ward, protocol_key: str, diagnosis: str) -> bool:
    """Whether a diagnosis enters a protocol only with a share of B lymphoblasts."""
    protocol = ward.protocols.get(protocol_key)
    return protocol is not None and any(
        diagnosis in rule.accepted_with_share for rule in protocol.entry_rules
    )


@one_act
def enrol(ward: Ward, form: NewInfant, *, who: str, registered_elsewhere: str = "") -> int:
    """Keep a new infant and her enrolment.

    Args:
        ward: the ward.
        form: the infant and the protocol she enters.
        who: who records it.
        registered_elsewhere: the reason for taking in an infant whose protocol is closed to entry
            (enrolled there before, now treated here).

    Raises:
        Refused: with every reason: identity missing or impossible, the hospital or the study
            number is taken, an item of eligibility is not met.
    """
    who = named(who)
    reasons = [
        *identity_reasons(form),
        *_dates(ward, form),
        *number_taken(ward, form.hospital_number),
        *study_number_taken(ward, form.study_number),
        *_entry(ward, form, registered_elsewhere),
        *ctcae_faults(form.ctcae or ward.site.ctcae),
    ]
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(who, "enrolled an infant", ward.now()) as change:
        infant_id = change.add(
            Infant,
            family=form.family.strip(),
            given=form.given.strip(),
            sex=form.sex,
            born=form.born,
            gestation_days=form.gestation_days,
            hospital_number=form.hospital_number.strip(),
            bed=form.bed.strip(),
            allergies=form.allergies.strip(),
            line=form.line.strip(),
        )
        _keep_enrolment(ward, change, infant_id, form)
    return infant_id


def _keep_enrolment(ward: Ward, change: "Change", infant_id: int, form: NewInfant) -> None:
    protocol = ward.protocols[form.protocol_key]
    keep_edition(change, ward, protocol.key)
    change.add(
        Enrolment,
        infant_id=infant_id,
        protocol_key=protocol.key,
        edition=protocol.edition,
        protocol_digest=protocol.digest,
        study_number=form.study_number.strip(),
        diagnosed_on=form.diagnosed_on,
        enrolled_on=ward.today(),
        diagnosis=form.diagnosis.strip(),
        kmt2a=form.kmt2a,
        kmt2a_on=None,  # the report's own date is not asked here, and none is invented
        arm="",
        ctcae=form.ctcae or ward.site.ctcae,
    )
    if form.induction_day_1 is not None:
        change.add(
            CourseStart,
            infant_id=infant_id,
            course_key=protocol.courses[0].key,
            day_1=form.induction_day_1,
            note="recorded at enrolment",
        )
    keep_entry_answers(change, ward, infant_id, (protocol.key, dict(form.answers)))


@one_act
def record_kmt2a(
    ward: Ward,
    infant_id: int,
    kmt2a: Literal["rearranged", "germline", "not-evaluable"],
    reported_on: date,
    *,
    who: str,
) -> None:
    """Keep the genetics result of an infant enrolled while it was pending."""
    who = named(who)
    if reported_on > ward.today():
        raise Refused(f"{write_date(reported_on)} lies in the future: give the report's own date.")
    with ward.store.change(who, "recorded the KMT2A result", ward.now()) as change:
        rows = [row for row in all_of(change.connection, Enrolment) if row.infant_id == infant_id]
        if not rows:
            raise Refused("This infant is not enrolled.")
        old = rows[-1]
        kept = {
            name: getattr(old, name)
            for name in (
                "protocol_key",
                "edition",
                "protocol_digest",
                "study_number",
                "diagnosed_on",
                "enrolled_on",
                "diagnosis",
                "arm",
                "ctcae",
            )
        }
        change.void(Enrolment, old.id, "the KMT2A result was recorded")
        change.add(Enrolment, infant_id=infant_id, kmt2a=kmt2a, kmt2a_on=reported_on, **kept)


def _candidate(form: NewInfant) -> Candidate:
    return Candidate(
        born=form.born,
        diagnosed_on=form.diagnosed_on,
        diagnosis=form.diagnosis,
        kmt2a=form.kmt2a,
        gestation_days=form.gestation_days,
        consent=form.consent,
        b_lymphoblastic_percent=form.b_lymphoblastic_percent,
        answers=dict(form.answers),
    )


def _entry(ward: Ward, form: NewInfant, elsewhere: str) -> list[str]:
    if form.protocol_key not in ward.protocols:
        return ["Choose the protocol this infant enters."]
    if elsewhere.strip():
        return _before_birth(form, elsewhere)
    return [f"{line.words}: {line.because}" for line in entry_items(ward, form) if line.must]


def _before_birth(form: NewInfant, elsewhere: str) -> list[str]:
    """That where and when an infant was enrolled before names a year before the birth."""
    years = [int(found) for found in _YEAR.findall(elsewhere)]
    if not any(year < form.born.year for year in years):
        return []
    return [
        f"“{elsewhere.strip()}” names {min(years)}, born on {write_date(form.born)}: nobody is enrolled "
        "before the birth. Look at both again."
    ]


def identity_reasons(form: NewInfant | IdentityForm) -> list[str]:
    """What is missing or impossible in who the infant is, the days apart."""
    reasons = []
    for title, text in (("family name", form.family), ("given name", form.given)):
        if not text.strip():
            reasons.append(f"The {title} is missing.")
        elif len(text) > LONGEST_NAME or not bare(text).isprintable():
            reasons.append(f"The {title} has signs that cannot be printed, or is too long.")
    if not form.hospital_number.strip():
        reasons.append("The hospital number is missing: it is the second identifier.")
    if form.sex not in ("f", "m"):
        reasons.append("The sex is missing: growth is judged by it.")
    days = form.gestation_days
    if days is not None and not LEAST_GESTATION_DAYS <= days <= MOST_GESTATION_DAYS:
        reasons.append("The gestation must lie between 22 and 45 weeks; leave it empty if unknown.")
    return reasons


def birth_reasons(today: date, born: date) -> list[str]:
    """What is impossible about a day of birth."""
    if born > today:
        return [f"Born on {write_date(born)} lies in the future."]
    if (today - born).days > OLDEST_DAYS:
        return [f"Born on {write_date(born)} is more than three years ago."]
    return []


def _dates(ward: Ward, form: NewInfant) -> list[str]:
    today = ward.today()
    reasons = birth_reasons(today, form.born)
    if not form.born <= form.diagnosed_on <= today:
        reasons.append(
            f"Diagnosed on {write_date(form.diagnosed_on)} must lie between the birth and today."
        )
    day_1 = form.induction_day_1
    if day_1 is not None and not form.diagnosed_on <= day_1 <= today:
        reasons.append(
            f"Induction day 1 on {write_date(day_1)} must lie between the diagnosis and today."
        )
    return reasons


def study_number_taken(ward: Ward, study_number: str) -> list[str]:
    """Whose study number this is already: a trial gives each out once (hazard H25)."""
    number = study_number.strip().casefold()
    with ward.store.reading() as connection:
        taken = {
            row.study_number.casefold(): row.infant_id for row in all_of(connection, Enrolment)
        }
        other = taken.get(number) if number else None
        named_there = [row for row in infants_of(connection) if row.id == other]
    return [
        f"The study number {study_number.strip()} is {row.family}, {row.given}'s: "
        "a trial gives each out once."
        for row in named_there
    ]


def number_taken(ward: Ward, hospital_number: str, but: int | None = None) -> list[str]:
    """Whose hospital number this is already; ``but`` is the infant it may belong to."""
    number = bare(hospital_number).strip().casefold()
    with ward.store.reading() as connection:
        for row in infants_of(connection):
            if number and row.id != but and row.hospital_number.casefold() == number:
                return [
                    f"The hospital number {row.hospital_number} is {row.family}, {row.given}: "
                    "an infant is enrolled once."
                ]
    return []
