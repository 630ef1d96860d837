"""The written walk-through: a line for each task with keys and seconds, then its steps."""

from collections.abc import Iterator, Sequence

from bedside.ward.ward import Ward
from tests.walkthrough.hand import KEY_S, MENTAL_S, Done
from tests.walkthrough.tasks import Task


def last_act(ward: Ward) -> tuple[int, str]:
    """Number and words of the last act on record."""
    with ward.store.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT seq, act FROM audit ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def page_of(done: Sequence[tuple[Task, Done]], *, seconds: bool = True) -> Iterator[str]:
    """The page, line by line; without the seconds of this machine, which differ from run to run."""
    if seconds:
        yield from (
            "# Twelve tasks, by keys alone",
            "",
            "Written by `python -m tests.walkthrough` on the demonstration ward; the test",
            "`tests/desktop/test_walkthrough.py` does the same with every change. A chord is one key.",
            f"A practised person: {KEY_S} s a key and {MENTAL_S} s of thought a step (keystroke-level",
            "model, Card, Moran and Newell 1980); reading a slip or a band is not in it. The program:",
            "all its work on the machine that wrote this page, drawing a picture of each step among it.",
            "",
            "| task | steps | keys | person, s | program, s |",
            "|---|---|---|---|---|",
        )
        for number, (task, told) in enumerate(done, 1):
            person, machine = f"{told.person_s:.0f}", f"{told.machine_s:.1f}"
            yield f"| {number}. {task.title} | {told.steps} | {told.keys} | {person} | {machine} |"
    for number, (task, told) in enumerate(done, 1):
        yield ""
        yield f"## {number}. {task.title}: {told.keys} keys"
        yield ""
        for step in task.steps:
            yield f"- {step.words}: `{step.keys}`"
