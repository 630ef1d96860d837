"""The first tables of a ward: its infants, what is recorded about them, the audit trail, the ward.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Every
constraint is named; no row can be erased or changed, only struck out once.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Check = tuple[str, str]  # short name, condition
AnyColumn = sa.Column[Any]

APPLICATION_ID = 0x42656473
STATES = ("done", "not done", "pending", "unusable")
CTCAE = ("4.03", "5.0", "6.0")
PERCENTS = tuple(
    f"{cell}_percent"
    for cell in ("neutrophils", "bands", "lymphocytes", "monocytes", "other", "blasts")
)
CELLS = ("wbc", "anc", "platelets")
TABLES = (
    "infant",
    "enrolment",
    "measurement",
    "blood_count",
    "toxicity",
    "toxicity_grade",
    "start_answer",
    "course_start",
    "hold",
    "dose_record",
    "print",
    "site_setting",
    "task",
)


def upgrade() -> None:
    """Make every table, index and trigger of an empty ward."""
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _infants()
    _measured()
    _toxicities()
    _courses()
    _doses()
    _papers_and_site()
    _audit()
    _ward()


def downgrade() -> None:
    """Take the whole ward away; only tests of the steps do this."""
    for table in ("ward", "audit", *reversed(TABLES)):
        op.drop_table(table)
    op.execute("PRAGMA application_id = 0")


def _infants() -> None:
    _clinical(
        "infant",
        "family given sex born gestation_days:whole? hospital_number bed allergies line",
        [
            _written("family"),
            _written("hospital_number"),
            _choice("sex", "f", "m"),
            _day("born"),
            _bounds("gestation_days", 140, 330),
        ],
        once=("hospital_number",),
    )
    _clinical(
        "enrolment",
        "infant_id:whole protocol_key edition protocol_digest study_number diagnosed_on "
        "enrolled_on diagnosis kmt2a kmt2a_on? arm ctcae",
        [
            _written("protocol_key"),
            _day("diagnosed_on"),
            _day("enrolled_on"),
            _day("kmt2a_on"),
            _choice("kmt2a", "rearranged", "germline", "not-evaluable", "unknown"),
            _choice("ctcae", *CTCAE),
        ],
    )


def _measured() -> None:
    _clinical(
        "measurement",
        "infant_id:whole measured_at weight_g:whole length_mm:whole? unusual_reason",
        [_utc("measured_at"), _bounds("weight_g", 500, 30000), _bounds("length_mm", 200, 1500)],
        once=("infant_id", "measured_at"),
        parent=True,
    )
    haemoglobin = "haemoglobin_tenths_g_per_l"
    _clinical(
        "blood_count",
        "infant_id:whole taken_at specimen wbc_state wbc_per_ul:whole? "
        + " ".join(f"{name}?" for name in PERCENTS)
        + " anc_state anc_per_ul:whole? anc_source platelets_state platelets_per_ul:whole? "
        f"haemoglobin_state {haemoglobin}:whole? unusual_reason",
        [
            _utc("taken_at"),
            *(_percent(name) for name in PERCENTS),
            *(_choice(f"{name}_state", *STATES) for name in (*CELLS, "haemoglobin")),
            _choice("anc_source", "worked out", "analyser", ""),
            ("anc_source_when_done", "(anc_state = 'done') = (anc_source <> '')"),
            *(_bounds(f"{name}_per_ul", 0, 10000000) for name in CELLS),
            *(_when_done(f"{name}_state", f"{name}_per_ul") for name in CELLS),
            _bounds(haemoglobin, 0, 4000),
            _when_done("haemoglobin_state", haemoglobin),
        ],
        once=("infant_id", "taken_at", "specimen"),
    )


def _toxicities() -> None:
    _clinical(
        "toxicity",
        "infant_id:whole term ctcae onset attribution comment",
        [_written("term"), _choice("ctcae", *CTCAE), _day("onset")],
        parent=True,
    )
    _clinical(
        "toxicity_grade",
        "toxicity_id:whole infant_id:whole grade:whole from_on",
        [_bounds("grade", 0, 5), _day("from_on")],
        same_infant=("toxicity_id", "toxicity"),
    )


def _courses() -> None:
    course = _written("course_key")
    _clinical(
        "start_answer",
        "infant_id:whole course_key question answer answered_at",
        [course, _written("question"), _choice("answer", "yes", "no"), _utc("answered_at")],
    )
    _clinical(
        "course_start",
        "infant_id:whole course_key day_1 note",
        [course, _day("day_1")],
        once=("infant_id", "course_key"),
    )
    order = ("hold_order", "until_on >= from_on")
    _clinical(
        "hold",
        "infant_id:whole course_key drug from_on until_on? reason",
        [course, _written("reason"), _day("from_on"), _day("until_on"), order],
    )


def _doses() -> None:
    running = "reconstituted_at IS NOT NULL AND infusion_minutes IS NOT NULL"
    _clinical(
        "dose_record",
        "infant_id:whole course_key course_day:whole due_on drug route state amount_ug:whole? "
        "measurement_id:whole? reconstituted_at? infusion_minutes:whole? started_at? "
        "finished_at? note",
        [
            *(_written(name) for name in ("course_key", "drug", "route")),
            _bounds("course_day", 1, 9999),
            _day("due_on"),
            _choice("state", "vial running", "given", "not given", "vial lost"),
            ("amount_ug_bounds", "amount_ug > 0"),
            _bounds("infusion_minutes", 1, 1440),
            *(_utc(name) for name in ("reconstituted_at", "started_at", "finished_at")),
            ("vial_clock", f"state <> 'vial running' OR ({running})"),
            ("dose_order", "started_at >= reconstituted_at AND finished_at >= started_at"),
        ],
        once=("infant_id", "course_key", "course_day", "drug", "route"),
        among="state NOT IN ('vial lost', 'not given')",
        same_infant=("measurement_id", "measurement"),
    )


def _papers_and_site() -> None:
    _clinical(
        "print",
        "infant_id:whole kind course_key sheet_number copy:whole code facts facts_digest "
        "audit_head valid_until file_name file_digest",
        [
            _choice("kind", "dosing-sheet", "roadmap"),
            _written("sheet_number"),
            _bounds("copy", 1, 9999),
            _digest("audit_head"),
            _utc("valid_until"),
        ],
        once=("sheet_number", "copy"),
    )
    _clinical("site_setting", "key value", [_written("key")], once=("key",))
    truth = ("site_value_bool", "site_value IN (0, 1)")
    _clinical(
        "task",
        "infant_id:whole due_at text site_value:whole done_at?",
        [_written("text"), _utc("due_at"), _utc("done_at"), truth],
    )


def _audit() -> None:
    _table(
        "audit",
        "seq",
        _columns("at who act table_name row_id:whole operation content previous_hash hash"),
        [
            ("seq_counted", "seq >= 1"),
            _utc("at"),
            _written("who"),
            _written("act"),
            _choice("operation", "add", "void", "upgrade"),
            _digest("previous_hash"),
            _digest("hash"),
        ],
    )
    _refuse("audit", "keep", "UPDATE", "the audit trail is never changed")
    _refuse("audit", "stay", "DELETE", "the audit trail is never cut")
    _refuse(
        "audit",
        "order",
        "INSERT",
        "the audit trail grows at its end only",
        "NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit) OR NEW.previous_hash IS NOT "
        "coalesce((SELECT hash FROM audit WHERE seq = NEW.seq - 1), NEW.previous_hash)",
    )


def _ward() -> None:
    _table(
        "ward",
        "id",
        _columns("ward_id created_at demonstration:whole schema_version schema_digest"),
        [
            ("one_ward", "id = 1"),
            _written("ward_id"),
            _utc("created_at"),
            ("demonstration_bool", "demonstration IN (0, 1)"),
            _digest("schema_digest"),
        ],
    )
    kept = ("id", "ward_id", "created_at", "demonstration")
    _refuse("ward", "keep", "UPDATE", "a ward stays the ward it is", _differs(kept))
    _refuse("ward", "stay", "DELETE", "a ward is never erased")
    _refuse("ward", "new", "INSERT", "a file holds one ward", "EXISTS (SELECT 1 FROM ward)")


def _clinical(
    table: str,
    own: str,
    checks: Sequence[Check],
    *,
    once: tuple[str, ...] = (),
    among: str = "",
    same_infant: tuple[str, str] | None = None,
    parent: bool = False,
) -> None:
    """Make a clinical table: who, when, its own columns, how it is struck out, and its guards."""
    columns = _columns(f"recorded_at recorded_by {own} voided_at? voided_by? void_reason?")
    about_infant = "infant_id:whole" in own
    constraints: list[sa.Constraint] = []
    if about_infant:
        name = op.f(f"fk_{table}_infant_id_infant")
        constraints.append(sa.ForeignKeyConstraint(["infant_id"], ["infant.id"], name=name))
    if same_infant is not None:
        column, other = same_infant
        name = op.f(f"fk_{table}_{column}_infant_id_{other}")
        target = [f"{other}.id", f"{other}.infant_id"]
        constraints.append(sa.ForeignKeyConstraint([column, "infant_id"], target, name=name))
    if parent:
        name = op.f(f"uq_{table}_id_infant_id")
        constraints.append(sa.UniqueConstraint("id", "infant_id", name=name))
    _table(table, "id", columns, [*_common_checks(), *checks], constraints)
    if about_infant:
        op.create_index(op.f(f"ix_{table}_infant_id"), table, ["infant_id"])
    if once:
        where = f"voided_at IS NULL AND {among}" if among else "voided_at IS NULL"
        op.create_index(
            op.f(f"uq_{table}_once"), table, list(once), unique=True, sqlite_where=sa.text(where)
        )
    _guard(table, [column.name for column in columns if not column.name.startswith("void")])


def _guard(table: str, kept: Sequence[str]) -> None:
    """Nothing is erased or replaced; a row changes once at most: it is struck out."""
    once = "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL"
    _refuse(
        table,
        "keep",
        "UPDATE",
        "a record is struck out, never changed",
        f"{once} OR {_differs(('id', *kept))}",
    )
    _refuse(table, "stay", "DELETE", "a record is struck out, never erased")
    replaced = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id) OR NEW.voided_at IS NOT NULL'
    _refuse(table, "new", "INSERT", "a record is struck out, never replaced", replaced)


def _differs(names: Sequence[str]) -> str:
    return " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in names)


def _refuse(table: str, name: str, event: str, words: str, when: str = "1") -> None:
    op.execute(
        f'CREATE TRIGGER tr_{table}_{name} BEFORE {event} ON "{table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, 'Bedside: {words}'); END"
    )


def _table(
    table: str,
    key: str,
    columns: list[AnyColumn],
    checks: Sequence[Check],
    constraints: Sequence[sa.Constraint] = (),
) -> None:
    op.create_table(
        table,
        sa.Column(key, sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
        *constraints,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in checks),
        sqlite_strict=True,
    )


def _common_checks() -> Iterator[Check]:
    yield _utc("recorded_at")
    yield _written("recorded_by")
    yield _utc("voided_at")
    yield (
        "void_whole",
        "(voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)",
    )
    yield (
        "void_written",
        "voided_at IS NULL OR (trim(voided_by) <> '' AND trim(void_reason) <> '')",
    )


def _columns(spec: str) -> list[AnyColumn]:
    """Columns from their names: text, or whole numbers; a question mark where one may be absent."""
    columns: list[AnyColumn] = []
    for word in spec.split():
        name, _, kind = word.removesuffix("?").partition(":")
        stored = sa.Integer() if kind == "whole" else sa.Text()
        columns.append(sa.Column(name, stored, nullable=word.endswith("?")))
    return columns


def _written(name: str) -> Check:
    return f"{name}_written", f"trim({name}) <> ''"


def _choice(name: str, *choices: str) -> Check:
    return f"{name}_choice", f"{name} IN ({', '.join(repr(choice) for choice in choices)})"


def _bounds(name: str, least: int, most: int) -> Check:
    return f"{name}_bounds", f"{name} BETWEEN {least} AND {most}"


def _day(name: str) -> Check:
    return f"{name}_day", f"{name} IS NULL OR {name} IS date({name}, '+0 days')"


def _utc(name: str) -> Check:
    seconds = f"substr({name}, 1, 19)"
    return f"{name}_utc", (
        f"{name} IS NULL OR ({seconds} IS strftime('%Y-%m-%dT%H:%M:%S', {seconds}, '+0 days') "
        f"AND substr({name}, 20) GLOB '.{'[0-9]' * 6}+00\\:00')"
    )


def _percent(name: str) -> Check:
    return f"{name}_percent", (
        f"{name} IS NULL OR ({name} NOT GLOB '*[^0-9.]*' AND {name} GLOB '[0-9]*' "
        f"AND {name} NOT GLOB '0[0-9]*' AND {name} NOT GLOB '*.*.*' "
        f"AND {name} NOT GLOB '*.' AND {name} NOT GLOB '*.*0' "
        f"AND length({name}) <= 12 AND ({name} = '100' OR CAST({name} AS REAL) < 100))"
    )


def _when_done(state: str, value: str) -> Check:
    return f"{value}_when_done", f"({state} = 'done') = ({value} IS NOT NULL)"


def _digest(name: str) -> Check:
    return f"{name}_digest", f"length({name}) = 64 AND {name} NOT GLOB '*[^0123456789abcdef]*'"
