"""What the store keeps of commissioning: passes, what each person typed, imports, recorded values.

Two people type every number of a controlled copy separately; only what both typed becomes a value
(`bedside.ward.commissioning`). The file itself refuses that one person is both.
"""

from datetime import datetime

from bedside.store.records import Record


class CommissionPass(Record, frozen=True, kw_only=True):
    """One person's pass over a group of numbers. ``turn`` is 1 or 2.

    ``person_key`` is the name without its role, in small letters, without blanks and points: the
    same person has the same key however the name is typed.
    """

    scope: str  # key of a protocol, or "site"
    edition: str
    protocol_digest: str
    group_key: str
    turn: int
    person_key: str


class CommissionEntry(Record, frozen=True, kw_only=True):
    """What a person typed for one number, and how it was read."""

    pass_id: int
    number_id: str
    typed: str
    canonical: str


class CommissionEnd(Record, frozen=True, kw_only=True):
    """A person has completed a pass."""

    pass_id: int


class CommissionImport(Record, frozen=True, kw_only=True):
    """A file of another ward's values that the first person has read in; kept as it came."""

    scope: str
    edition: str
    person_key: str
    file_name: str
    file_digest: str
    content: str


class CommissionValue(Record, frozen=True, kw_only=True):
    """A value of the site: who typed it when, both times, and what was public meanwhile.

    Either both entries are named, or the import that it came with.
    """

    scope: str
    edition: str
    protocol_digest: str
    group_key: str
    number_id: str
    canonical: str
    public: str  # canonical public texts, a line each
    first_entry_id: int | None
    second_entry_id: int | None
    import_id: int | None
    first_person: str
    first_key: str
    first_at: datetime
    second_person: str
    second_key: str
    second_at: datetime
    reason: str  # where it differs from the public sources, or how it came
