"""The day on which the demonstration is made: what is held, due and running now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from bedside.store.records import Hold, Task
from bedside.units.quantities import Haemoglobin, Platelets, WhiteCells
from bedside.units.writer import write_number
from bedside.ward.counting import record_counts
from bedside.ward.facts import facts_of
from bedside.ward.forms import EnteredCount, NewCounts
from bedside.ward.giving import DRUG, start_vial
from bedside.ward.holding import end_hold, save_hold
from bedside.ward.laboratory_counted import PROGRAMS_OWN
from bedside.ward.shifting import save_shift
from bedside.ward.views.delay import NewHold, NewShift
from bedside.ward.ward import Ward


class MovableClock:
    """A clock that the maker of the demonstration sets; it never runs by itself."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time it was set to."""
        return self.now


@dataclass
class Maker:
    """One infant's story while it is being written."""

    ward: Ward
    clock: MovableClock
    now: datetime
    story: dict[str, Any]
    nurse: str
    physician: str
    zone: tzinfo
    infant_id: int = 0

    def day(self, days_ago: int) -> date:
        """The date so many days ago."""
        return self.now.date() - timedelta(days=days_ago)

    def moment(self, on: date, hour: int, minute: int = 0) -> datetime:
        """A time of that date, never later than now."""
        return min(datetime.combine(on, time(hour, minute), tzinfo=self.zone), self.now)

    def at(self, moment: datetime) -> None:
        """Set the clock."""
        self.clock.now = moment.astimezone(self.zone)


def last_count(maker: Maker) -> None:
    """The count of today, with its differential."""
    count = maker.story["last-count"]
    taken = maker.now - timedelta(hours=int(count["hours-ago"]))
    maker.at(max(taken + timedelta(minutes=50), taken))
    record_counts(
        maker.ward,
        maker.infant_id,
        NewCounts(
            taken_at=taken,
            specimen="central line",
            wbc=WhiteCells(int(count["wbc"])),
            wbc_state="done",
            neutrophils_percent=Decimal(count["neutrophils"]),
            bands_percent=Decimal(count["bands"]),
            lymphocytes_percent=Decimal(count["lymphocytes"]),
            monocytes_percent=Decimal(count["monocytes"]),
            other_percent=Decimal(count["other"]),
            blasts_percent=Decimal(count["blasts"]),
            anc=None,
            anc_state="done",
            platelets=Platelets(int(count["platelets"])),
            platelets_state="done",
            haemoglobin=Haemoglobin(int(count["haemoglobin-tenths"])),
            haemoglobin_state="done",
            unusual_reason="typed a second time",
            laboratory=maker.story.get("count-limits", {}).get("laboratory", ""),
            entered=_as_typed(maker),
        ),
        who=maker.nurse,
    )


def _as_typed(maker: Maker) -> dict[str, EnteredCount]:
    """The count of today in the units of the form; one infant's with her laboratory's limits."""
    count, limits = maker.story["last-count"], maker.story.get("count-limits", {})
    tenths = Decimal(int(count["haemoglobin-tenths"])) / 10
    typed = {
        "wbc": write_number(Decimal(int(count["wbc"])) / 1000),
        "anc": "",  # worked out
        "platelets": write_number(Decimal(int(count["platelets"])) / 1000),
        "haemoglobin": write_number(tenths),
    }
    found = {}
    for name, text in typed.items():
        low, high = (Decimal(limit) for limit in limits[name]) if limits else (None, None)
        unit = PROGRAMS_OWN[name]
        found[name] = EnteredCount(typed=text, unit=unit, low=low, high=high)
    return found


def hold_course(maker: Maker, key: str) -> None:
    """A hold of a whole course some days ago, with its end: all that came after it moved."""
    told = maker.story.get("course-hold")
    if told is None or told[0] != key:
        return
    _, since, until, reason = told
    maker.at(maker.moment(maker.day(int(since)), 8))
    form = NewHold(key, "", maker.day(int(since)), maker.day(int(until)), reason)
    save_hold(maker.ward, maker.infant_id, form, who=maker.physician)


def hold_dose(maker: Maker, key: str) -> None:
    """A dose of a drug that was held one morning, and given later, once its reason had gone."""
    told = maker.story.get("dose-hold")
    if told is None or told[0] != key:
        return
    _, drug, route, since, given, reason, why = told
    ward, infant, who = maker.ward, maker.infant_id, maker.physician
    first, then = maker.day(int(since)), maker.day(int(given))
    maker.at(maker.moment(first, 8))
    held = save_hold(ward, infant, NewHold(key, drug, first, None, reason), who=who)
    maker.at(maker.moment(then, 8))
    end_hold(ward, infant, held, maker.day(int(given) + 1), why, who=who)
    save_shift(ward, infant, NewShift(key, drug, route, first, then, reason), who=who)


def hold_today(maker: Maker) -> None:
    """A drug held today, with its reason."""
    if "hold" not in maker.story:
        return
    drug, since, reason = maker.story["hold"]
    ward = maker.ward
    running = facts_of(ward, maker.infant_id).starts[-1].course_key
    with ward.store.change(maker.physician, f"held {drug}", ward.now()) as change:
        change.add(
            Hold,
            infant_id=maker.infant_id,
            course_key=running,
            drug=drug,
            from_on=maker.day(int(since)),
            until_on=None,
            reason=reason,
        )


def tasks_today(maker: Maker) -> None:
    """What is due today beside the drugs."""
    ward, now = maker.ward, maker.now
    last = datetime.combine(now.date(), time(23, 55), tzinfo=maker.zone)
    first = datetime.combine(now.date(), time(0, 5), tzinfo=maker.zone)
    with ward.store.change(maker.nurse, "planned tasks", ward.now()) as change:
        for text, minutes, site_value in maker.story.get("tasks", []):
            due = (now + timedelta(minutes=int(minutes))).replace(second=0, microsecond=0)
            done = due + timedelta(minutes=12) if int(minutes) < -60 else None
            change.add(
                Task,
                infant_id=maker.infant_id,
                due_at=max(first, min(last, due)),
                text=text,
                site_value=bool(site_value),
                done_at=done,
            )


def running_vial(maker: Maker) -> None:
    """A vial reconstituted some minutes ago; its clock runs."""
    vial, now = maker.story["vial"], maker.now
    midnight = datetime.combine(now.date(), time(0, 0), tzinfo=maker.zone)
    made = max(now - timedelta(minutes=int(vial["minutes-ago"])), midnight)
    start_vial(
        maker.ward,
        maker.infant_id,
        "epi-2",
        3,
        made,
        int(vial["infusion"]),
        who=maker.nurse,
        reason="demonstration: made in the first minutes of a day",  # kept only then
    )
    maker.at(now)


def given_columns(maker: Maker, on: date, dose: Any) -> dict[str, Any]:
    """A planned dose as it was given on its day."""
    columns: dict[str, Any] = {
        "infant_id": maker.infant_id,
        "course_key": dose.course_key,
        "course_day": dose.course_day,
        "due_on": on,
        "drug": dose.drug,
        "route": dose.route,
        "state": "given",
        "amount_ug": None,
        "measurement_id": None,
        "reconstituted_at": None,
        "infusion_minutes": None,
        "started_at": None,
        "finished_at": None,
        "note": "",
    }
    if dose.drug != DRUG:
        return columns
    facts = facts_of(maker.ward, maker.infant_id)
    weight = facts.weight(maker.moment(on, 9))
    if weight is None:
        raise ValueError("the demonstration's infants are weighed before they are dosed")
    made = maker.moment(on, 10, 2)
    begun, ended = made + timedelta(minutes=9), made + timedelta(minutes=24)
    return columns | {
        "amount_ug": _dose_ug(weight.weight_g),
        "measurement_id": weight.id,
        "reconstituted_at": made,
        "infusion_minutes": 15,
        "started_at": begun,
        "finished_at": ended,
    }


def _dose_ug(weight_g: int) -> int:
    """2.5 mg per kg, to 0.1 mg half up, in micrograms (invented history only)."""
    return (weight_g * 25 // 10 + 50) // 100 * 100
