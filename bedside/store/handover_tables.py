"""The tables of the handover; each row is voided, never changed."""

from sqlalchemy import ForeignKeyConstraint, Table

from bedside.store.columns import at_time, clinical, infant, once, whole, words
from bedside.store.handover_records import Handover, HandoverTaken
from bedside.store.records import Record
from bedside.store.rules import digest, rule, utc, within, written

HANDOVER_TABLES: dict[type[Record], Table] = {
    HandoverTaken: clinical(
        "handover_taken",
        infant(),
        words("task_key"),
        words("words"),
        written("task_key", "Which task was taken?"),
        written("words", "A task that is taken is kept as it was read."),
        once("handover_taken", "task_key"),
    ),
    Handover: clinical(
        "handover",
        at_time("as_of"),
        words("left_name"),
        words("left_role"),
        whole("left_person_id", optional=True),
        words("came_name"),
        words("came_role"),
        whole("came_person_id", optional=True),
        whole("tasks"),
        words("content"),
        words("digest"),
        ForeignKeyConstraint(["left_person_id"], ["ward_person.id"]),
        ForeignKeyConstraint(["came_person_id"], ["ward_person.id"]),
        utc("as_of"),
        written("left_name", "Who leaves? A handover needs the name."),
        written("left_role", "A handover needs the role of who leaves."),
        written("came_name", "Who comes? A handover needs the name."),
        written("came_role", "A handover needs the role of who comes."),
        within("tasks", 0, 99_999, "The open tasks of a handover are counted."),
        rule(
            "two_people",
            "left_person_id IS NULL OR left_person_id IS NOT came_person_id",
            "A handover is between two people.",
        ),
        written("content", "A handover keeps the list that was handed over."),
        digest("digest"),
    ),
}
