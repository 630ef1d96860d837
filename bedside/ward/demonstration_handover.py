"""The demonstration's shifts: the handover of this morning, and who has taken what since."""

import hashlib
from datetime import datetime, time, timedelta

import msgspec

from bedside.papers.handover import HandedTask, HandoverPaper
from bedside.store.handover_records import Handover
from bedside.ward.demonstration_today import MovableClock
from bedside.ward.handover import take
from bedside.ward.handover_tasks import tasks_now
from bedside.ward.views.handover import OpenTask
from bedside.ward.ward import Ward

NIGHT = "T. Marchetti, RN"
_KINDS = ("due", "round")  # what the night could know of this morning
_AT = time(6, 40)
_AGO = timedelta(minutes=12)


def hand_over(
    ward: Ward, clock: MovableClock, now: datetime, *, nurse: str, physician: str
) -> None:
    """Write this morning's handover, then let the day's nurse and physician take some tasks.

    Args:
        ward: the demonstration ward, told up to now.
        clock: its clock; it is set back to now.
        now: the moment at which the demonstration begins.
        nurse: who came in the morning and takes the running clocks.
        physician: who takes a DLT decision.
    """
    tasks = tasks_now(ward)
    morning = datetime.combine(now.date(), _AT, tzinfo=ward.zone)
    clock.now = min(morning, now)
    _write_handover(ward, [task for task in tasks if task.kind in _KINDS and task.at], nurse)
    clock.now = now - _AGO
    clocks = [task for task in tasks if task.kind == "clock"]
    decisions = [task for task in tasks if task.kind == "DLT"][:1]
    if clocks:
        take(ward, clocks, who=nurse)
    if decisions:
        take(ward, decisions, who=physician)
    clock.now = now


def _write_handover(ward: Ward, tasks: list[OpenTask], came: str) -> None:
    paper = HandoverPaper(
        ward=ward.site_title[0],
        as_of=ward.now(),
        left=NIGHT,
        came=came,
        tasks=tuple(_handed(task) for task in tasks),
        demonstration=ward.demonstration,
    )
    content = msgspec.json.encode(paper).decode()
    (left_name, _, left_role), (came_name, _, came_role) = (
        NIGHT.partition(", "),
        came.partition(", "),
    )
    with ward.store.change(NIGHT, f"handed over to {came_name}", ward.now()) as change:
        change.add(
            Handover,
            as_of=ward.now(),
            left_name=left_name,
            left_role=left_role,
            came_name=came_name,
            came_role=came_role,
            tasks=len(tasks),
            content=content,
            digest=hashlib.sha256(content.encode()).hexdigest(),
        )


def _handed(task: OpenTask) -> HandedTask:
    return HandedTask(
        bed=task.bed,
        infant=task.infant,
        alike=task.alike,
        mark="due",
        kind=task.kind,
        at=task.at,
        words=task.words,
        note="",
        taken_by="",
        taken_at=None,
    )
