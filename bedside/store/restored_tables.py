"""The tables of a restore and of the acts that it lost; each row is voided, never changed."""

from sqlalchemy import ForeignKeyConstraint, Table

from bedside.store.columns import at_time, clinical, on_day, once, whole, words
from bedside.store.records import Record
from bedside.store.restored_records import RestoredAct, RestoredSettling, WardRestore
from bedside.store.rules import day, one_of, rule, utc, within, written

KINDS = ("dose", "maybe given", "unknown", "bearing", "order", "record", "ward")

RESTORED_TABLES: dict[type[Record], Table] = {
    WardRestore: clinical(
        "ward_restore",
        at_time("copy_at"),
        words("copy_why"),
        words("first"),
        words("second"),
        words("reading"),
        utc("copy_at"),
        written("first", "A restore needs two people."),
        written("second", "A restore needs two people."),
        one_of("reading", "read", "not read"),
    ),
    RestoredAct: clinical(
        "restored_act",
        whole("restore_id"),
        whole("infant_id", optional=True),
        words("infant"),
        at_time("done_at"),
        words("done_by"),
        words("act"),
        words("words"),
        words("kind"),
        words("course_key"),
        whole("course_day", optional=True),
        words("drug"),
        words("route"),
        on_day("due_on", optional=True),
        words("content"),
        ForeignKeyConstraint(["restore_id"], ["ward_restore.id"]),
        ForeignKeyConstraint(["infant_id"], ["infant.id"]),
        utc("done_at"),
        written("act", "What was done? An act that was lost is kept in words."),
        one_of("kind", *KINDS),
        within("course_day", 1, 9999, "A course begins with day 1."),
        day("due_on"),
        rule(
            "dose_named",
            "kind NOT IN ('dose', 'maybe given') OR (trim(course_key) <> '' AND "
            "course_day IS NOT NULL AND trim(drug) <> '' AND trim(route) <> '' AND "
            "due_on IS NOT NULL)",
            "A dose that was lost names its course, day, drug and route.",
        ),
    ),
    RestoredSettling: clinical(
        "restored_settling",
        whole("act_id"),
        whole("infant_id", optional=True),
        words("outcome"),
        words("reason"),
        words("name"),
        words("role"),
        ForeignKeyConstraint(["act_id"], ["restored_act.id"]),
        ForeignKeyConstraint(["infant_id"], ["infant.id"]),
        one_of("outcome", "entered again", "not so"),
        rule(
            "said_why",
            "outcome <> 'not so' OR trim(reason) <> ''",
            "Not so: say why.",
        ),
        written("name", "Who settles this? It needs a name."),
        written("role", "Who settles this? It needs a role."),
        once("restored_settling", "act_id"),
    ),
}
