"""The handover of a shift: who took which open task, and the list that two people signed off.

Decision: a signed handover keeps the list that both saw, frozen; what is open afterwards is read
anew. With it the tasks of who leaves are given back, and the marks of tasks that are not open any
more are struck out, so that no name stays behind on work that nobody does.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bedside.papers.handover import HandedTask, HandoverPaper
from bedside.store.handover_records import Handover, HandoverTaken
from bedside.store.queries import all_of
from bedside.store.ward_file import Reader
from bedside.units.dates import write_time
from bedside.units.refusal import Refused
from bedside.ward.handover_tasks import tasks_now
from bedside.ward.one_act import one_act
from bedside.ward.people import named, person_key
from bedside.ward.people_reading import person_of
from bedside.ward.roles import role_book
from bedside.ward.signatures import confirmed_signer, same_person, why_same
from bedside.ward.views.handover import HandoverView, OpenTask, SignedOff
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change


GIVEN_BACK = "given back"
NOT_OPEN = "no longer open at the handover"
Shown = tuple[
    int | str, str
]  # a person's number, or a typed name and role; her secret, "" for a name


def handover_view(ward: Ward) -> HandoverView:
    """The open tasks of the ward as of now, with who took them, and the last handover."""
    return who_took(ward, HandoverView(as_of=ward.now(), tasks=tasks_now(ward), last=None))


def who_took(ward: Ward, view: HandoverView) -> HandoverView:
    """The same tasks as of the same moment, with who has taken them by now, and the last handover."""
    with ward.store.reading() as connection:
        taken = _taken(connection)
        handovers = all_of(connection, Handover)
    return replace(
        view,
        tasks=tuple(_with(ward, task, taken.get(task.key)) for task in view.tasks),
        last=_signed_off(ward, handovers[-1]) if handovers else None,
    )


def _with(ward: Ward, task: OpenTask, row: HandoverTaken | None) -> OpenTask:
    """A task with who took it; with nobody where none has."""
    if row is None:
        return replace(task, taken_by="", taken_at=None, taken_id=None)
    at = ward.local(row.recorded_at)
    return replace(task, taken_by=row.recorded_by, taken_at=at, taken_id=row.id)


@one_act
def take(ward: Ward, tasks: Sequence[OpenTask], *, who: str) -> None:
    """Take open tasks.

    Raises:
        Refused: somebody took one of them since it was read; nothing is taken then.
    """
    who = named(who)
    words = tasks[0].words if len(tasks) == 1 else f"{len(tasks)} open tasks"
    with ward.store.change(who, f"took {words}", ward.now()) as change:
        taken = _taken(change.connection)
        for task in tasks:
            there = taken.get(task.key)
            if there is not None:
                at = write_time(ward.local(there.recorded_at))
                raise Refused(f"{task.words}: taken by {there.recorded_by} at {at} already.")
            change.add(HandoverTaken, infant_id=task.infant_id, task_key=task.key, words=task.words)


@one_act
def give_back(ward: Ward, task: OpenTask, *, who: str) -> None:
    """Give a task back, one's own or, when its owner has gone, another's.

    Raises:
        Refused: nobody has taken it, or it was given back since it was read.
    """
    who = named(who)
    if task.taken_id is None:
        raise Refused(f"{task.words}: nobody has taken it.")
    with ward.store.change(who, f"gave back {task.words}", ward.now()) as change:
        change.void(HandoverTaken, task.taken_id, GIVEN_BACK)


@one_act
def sign_off(ward: Ward, seen: HandoverView, left: Shown, came: Shown, *, who: str) -> int:
    """Sign a handover off: the list that both saw is kept, and what who leaves had taken is given back.

    Args:
        ward: the ward.
        seen: the list as it was shown.
        left: who leaves: a person's number with her secret, or a typed name with its role and "".
        came: who comes, likewise.
        who: who records.

    Returns:
        The handover's number.

    Raises:
        Refused: a secret is wrong, a name is missing, both are one person, a role hands nothing
            over, or something of the list has changed since it was shown.
    """
    for (typed, _), why in (
        (left, "Who leaves is not named: type the name and the role."),
        (came, "Who comes is not named: type the name and the role."),
    ):
        if isinstance(typed, str) and not typed.strip():
            raise Refused(why)
    who = named(who)
    leaves = confirmed_signer(ward, left[0], left[1], ward.now())
    comes = confirmed_signer(ward, came[0], came[1], ward.now())
    if same_person(leaves, comes):
        raise Refused(
            "A handover is between two people: who leaves and who comes are the same.",
            *why_same(leaves, comes),
        )
    _check_list(ward, seen)
    paper = _paper(ward, seen, leaves, comes)
    content = msgspec.json.encode(paper).decode()
    act = f"handed over to {comes.name}"
    with ward.store.change(who, act, ward.now()) as change:
        for signer in (leaves, comes):
            _check_role(change, signer)
        _let_go(change, seen, leaves)
        return change.add(
            Handover,
            as_of=seen.as_of,
            left_name=leaves.name,
            left_role=leaves.role,
            left_person_id=leaves.person_id,
            came_name=comes.name,
            came_role=comes.role,
            came_person_id=comes.person_id,
            tasks=len(seen.tasks),
            content=content,
            digest=hashlib.sha256(content.encode()).hexdigest(),
        )


def handovers(ward: Ward) -> tuple[SignedOff, ...]:
    """Every signed handover, newest first."""
    with ward.store.reading() as connection:
        rows = all_of(connection, Handover)
    return tuple(_signed_off(ward, row) for row in reversed(rows))


def _check_list(ward: Ward, seen: HandoverView) -> None:
    """Refuse a list that is not as it was shown: what came since was seen by nobody."""
    before = {task.key: (task.words, task.taken_id) for task in seen.tasks}
    now = {task.key: (task.words, task.taken_id) for task in handover_view(ward).tasks}
    if before != now:
        raise Refused(
            "The list has changed since it was shown: nothing was signed. Look at it again, then sign."
        )


def _check_role(change: "Change", signer: Signer) -> None:
    if signer.person_id is None:
        return
    why = role_book().why_not(person_of(change.connection, signer.person_id).roles, "handover")
    if why:
        raise Refused(why)


def _let_go(change: "Change", seen: HandoverView, leaves: Signer) -> None:
    """Strike out what who leaves had taken, and what is not open any more."""
    still_open = {task.key for task in seen.tasks}
    for key, row in _taken(change.connection).items():
        if person_key(row.recorded_by) == person_key(leaves.name):
            change.void(HandoverTaken, row.id, GIVEN_BACK)
        elif key not in still_open:
            change.void(HandoverTaken, row.id, NOT_OPEN)


def _taken(connection: Reader) -> dict[str, HandoverTaken]:
    return {row.task_key: row for row in all_of(connection, HandoverTaken)}


def _paper(ward: Ward, seen: HandoverView, leaves: Signer, comes: Signer) -> HandoverPaper:
    return HandoverPaper(
        ward=ward.site_title[0],
        as_of=seen.as_of,
        left=f"{leaves.name}, {leaves.role}",
        came=f"{comes.name}, {comes.role}",
        tasks=tuple(
            HandedTask(
                bed=task.bed,
                infant=task.infant,
                alike=task.alike,
                mark=task.mark,
                kind=task.kind,
                at=task.at,
                words=task.words,
                note=task.note,
                taken_by=task.taken_by,
                taken_at=task.taken_at,
            )
            for task in seen.tasks
        ),
        demonstration=ward.demonstration,
    )


def _signed_off(ward: Ward, row: Handover) -> SignedOff:
    """A handover as it was signed; whether its list still is, is said by its digest."""
    whole = hashlib.sha256(row.content.encode()).hexdigest() == row.digest
    paper = msgspec.json.decode(row.content, type=HandoverPaper)
    return SignedOff(row.id, ward.local(row.recorded_at), paper, whole)
