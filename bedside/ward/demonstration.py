"""The demonstration ward: invented infants, made through the program's own doors.

Every telling act (enrolling, weighing, opening a course by its start rule, the running vial clock)
goes through the same function a nurse's click goes through, with the clock set to that moment; the
long history behind it (old counts, weights and doses given) is written in bulk. The seed is fixed,
so the same day gives the same ward.
"""

import random
import tomllib
from datetime import timedelta

from msgspec.structs import replace

from bedside.places import place
from bedside.store.records import BloodCount, CourseStart, DoseRecord, Measurement
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.ward.courses import open_course
from bedside.ward.demonstration_check import check_today
from bedside.ward.demonstration_commission import commission_in_part
from bedside.ward.demonstration_counts import history
from bedside.ward.demonstration_dlt import put_rule_in_force, tell_decisions
from bedside.ward.demonstration_fever import tell_fever
from bedside.ward.demonstration_handover import hand_over
from bedside.ward.demonstration_laboratory import tell_laboratory
from bedside.ward.demonstration_maintenance import doses_by_mouth
from bedside.ward.demonstration_orders import orders_of_today, orders_of_yesterday
from bedside.ward.demonstration_risk import tell_risk
from bedside.ward.demonstration_today import (
    Maker,
    MovableClock,
    given_columns,
    hold_course,
    hold_dose,
    hold_today,
    last_count,
    running_vial,
    tasks_today,
)
from bedside.ward.demonstration_toxicity import round_today, tell_toxicities
from bedside.ward.enrolling import enrol, record_kmt2a
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewInfant, NewSize
from bedside.ward.site import SHIPPED, save_site, site_form
from bedside.ward.standing import projection_of
from bedside.ward.toxicities import answer_resolved
from bedside.ward.ward import Ward, fixed
from bedside.ward.weighing import record_size

SEED = 15_106
_REASON = "enrolled while entry was open, treated on"
_ANSWERED_OVER = "no toxicity of the course before stands in the way"


def make_demonstration(ward: Ward, clock: MovableClock) -> None:
    """Write the demonstration ward into an empty store.

    Args:
        ward: a ward on an empty store, whose clock is ``clock``.
        clock: set to now; it is moved while the story is written and set back at the end.
    """
    now = clock.now
    told = tomllib.loads(place("resources", "demo", "infants.toml").read_text(encoding="utf-8"))
    people = told["people"]
    first = max(int(start[1]) for story in told["infant"] for start in story["starts"])
    clock.now = now - timedelta(days=first + 30)
    _write_site(ward, people["nurse"])
    put_rule_in_force(ward)
    commission_in_part(ward)
    for number, story in enumerate(told["infant"]):
        maker = Maker(
            ward, clock, fixed(now), story, people["nurse"], people["physician"], ward.zone
        )
        _tell(maker, random.Random(SEED + number))  # noqa: S311  # invented values, no secret
    clock.now = now
    hand_over(ward, clock, now, nurse=people["nurse"], physician=people["physician"])


def _write_site(ward: Ward, who: str) -> None:
    """The invented site, from the demonstration's site values."""
    values, unset = ward.values, site_form(ward)
    save_site(
        ward,
        replace(
            unset,
            site_name=values.site_name,
            ward_name=values.ward_name,
            kind=values.place,
            weight_age_days=values.weight_age_days or unset.weight_age_days,
            count_age_hours=values.count_age_hours or unset.count_age_hours,
            bsa_formula=values.bsa_formula,
            contacts=values.contacts,
            block_days="later",  # invented, as all of this site
        ),
        who=who,
        confirmed=SHIPPED,
    )


def _tell(maker: Maker, chance: random.Random) -> None:
    _enrol(maker)
    _history(maker, chance)
    _courses(maker)
    maker.at(maker.moment(maker.day(1), 16))
    tell_risk(maker.ward, maker.infant_id, maker.story, maker.now.date(), who=maker.physician)
    _dosesgiven_columns(maker)
    tell_toxicities(maker)
    tell_decisions(maker)
    doses_by_mouth(maker)
    tell_laboratory(maker)
    _today(maker)


def _enrol(maker: Maker) -> None:
    story = maker.story
    diagnosed = maker.day(int(story["starts"][0][1]) + 1)
    born = maker.day(int(story["age-days"]))
    maker.at(maker.moment(maker.day(int(story["starts"][0][1])), 7))
    known = story["kmt2a"] != "unknown"
    maker.infant_id = enrol(
        maker.ward,
        NewInfant(
            family=story["family"],
            given=story["given"],
            sex=story["sex"],
            born=born,
            gestation_days=None,
            hospital_number=story["hospital-number"],
            bed=story["bed"],
            allergies=story["allergies"],
            line=story["line"],
            protocol_key=story["protocol"],
            study_number=story["study-number"],
            diagnosed_on=diagnosed,
            diagnosis=story["diagnosis"],
            kmt2a="unknown",
            consent="yes",
            induction_day_1=maker.day(int(story["starts"][0][1])),
        ),
        who=maker.physician,
        registered_elsewhere=_REASON if story["protocol"] == "interfant06" else "",
    )
    if known:
        reported = diagnosed + timedelta(days=12)
        maker.at(maker.moment(reported, 15))
        record_kmt2a(maker.ward, maker.infant_id, story["kmt2a"], reported, who=maker.physician)


def _history(maker: Maker, chance: random.Random) -> None:
    story, ward = maker.story, maker.ward
    first = int(story["starts"][0][1])
    maker.at(maker.moment(maker.day(1), 8))
    with ward.store.change(maker.nurse, "wrote the demonstration's history", ward.now()) as change:
        for days_ago in range(first, 0, -3):
            weight = int(story["weight-g"]) - days_ago * int(story["gain-g-per-day"])
            length = int(story["length-mm"]) - days_ago * 8 // 10
            change.add(
                Measurement,
                infant_id=maker.infant_id,
                measured_at=maker.moment(maker.day(days_ago), 7, 40),
                weight_g=max(weight + chance.randrange(-4, 5) * 10, 2600),
                length_mm=length if days_ago % 2 else None,
                unusual_reason="",
            )
        for count in history(story, chance):
            change.add(
                BloodCount,
                infant_id=maker.infant_id,
                taken_at=maker.moment(maker.day(count.days_ago), 6, 10),
                specimen="central line",
                **count.columns(),
            )


def _courses(maker: Maker) -> None:
    story, ward = maker.story, maker.ward
    for key, days_ago in story["starts"][1:]:
        on = maker.day(int(days_ago))
        maker.at(maker.moment(on, 9))
        if story["protocol"] == "interfant06":
            act = "wrote the demonstration's history"
            with ward.store.change(maker.physician, act, ward.now()) as change:
                change.add(
                    CourseStart, infant_id=maker.infant_id, course_key=key, day_1=on, note=_REASON
                )
            continue
        if key.startswith("epi"):
            answer_resolved(
                ward, maker.infant_id, "yes", who=maker.physician, reason=_ANSWERED_OVER
            )
        open_course(ward, maker.infant_id, key, on, who=maker.physician)
        hold_course(maker, key)
        hold_dose(maker, key)


def _dosesgiven_columns(maker: Maker) -> None:
    """Every planned dose before today, as given on its day."""
    ward = maker.ward
    maker.at(maker.now)
    facts = facts_of(ward, maker.infant_id)
    started = {row.course_key for row in facts.starts}
    held = maker.story.get("hold")
    today = maker.now.date()
    with ward.store.change(maker.nurse, "wrote the demonstration's history", ward.now()) as change:
        for course in projection_of(ward, facts).courses:
            if course.key not in started:
                continue
            for dose in course.doses:
                if dose.on >= today or (held and dose.drug == held[0] and dose.on > today):
                    continue
                change.add(DoseRecord, **given_columns(maker, dose.on, dose))


def _today(maker: Maker) -> None:
    story, ward, now = maker.story, maker.ward, maker.now
    orders_of_yesterday(maker)
    early = max(now - timedelta(hours=2), maker.moment(now.date(), 0, 1))
    maker.at(early)
    record_size(
        ward,
        maker.infant_id,
        NewSize(BodyWeight(int(story["weight-g"])), BodyLength(int(story["length-mm"])), early),
        who=maker.nurse,
    )
    last_count(maker)
    if "answer" in story:
        maker.at(early + timedelta(minutes=30))
        answer_resolved(
            ward, maker.infant_id, story["answer"], who=maker.physician, reason=_ANSWERED_OVER
        )
    maker.at(now)
    hold_today(maker)
    tasks_today(maker)
    tell_fever(maker)
    orders_of_today(maker)
    check_today(maker)
    if "vial" in story:
        running_vial(maker)
    round_today(maker)
