"""The record, read: who did what to this infant when, and how everything stood at any past moment.

Nothing is worked out anew here: what is shown is what the audit trail says, row by row, in words.
A row that was struck out stays, with who, when and why beside it (promise P10, hazard H29).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import cast

import msgspec

from bedside.store.audit_reading import (
    TrailRow,
    columns_in_order,
    find_seal,
    trail_of_infant,
    trail_of_ward,
)
from bedside.store.canonical import Stored
from bedside.store.people_records import WardPerson
from bedside.store.queries import all_of
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.audit_words import WHILE_IT_IS_TYPED, AuditWords
from bedside.ward.roles import role_book
from bedside.ward.views.record import HeadFound, RecordLine, RecordView
from bedside.ward.ward import Ward

_SETTING = "site_setting"
MOST = 5000  # acts of the ward's own that are listed at once
_SUMMARY = 4  # values
_LEAST_LETTERS, _MOST_LETTERS = 8, 64
_SHORT = 16
_PROGRAM_STEPS = "upgrade"
_TRIES = "secret_try"
_ORDER, _PLANNED = "dose_order", ("course_key", "course_day", "drug", "route")
_COMMISSIONED = "commission_value"
_OF_A_VALUE = (_COMMISSIONED, "commission_entry", "commission_end")


def record_of_infant(ward: Ward, infant_id: int, as_of: datetime | None = None) -> RecordView:
    """One infant's record.

    Args:
        ward: the ward.
        infant_id: the infant.
        as_of: aware; what stood then, one line for each record. None: every act until now.
    """
    with ward.store.reading() as reader:
        rows = trail_of_infant(reader, infant_id)
    return _view(ward, rows, as_of)


def record_of_ward(ward: Ward, as_of: datetime | None = None, *, who: str = "") -> RecordView:
    """What was done that is of no infant: settings, people, protocols; and every paper printed.

    Args:
        ward: the ward.
        as_of: aware; what stood then. None: every act until now.
        who: who reads it: what is public of a commissioned number is told to whoever types no blind
            pass of it or of a related protocol; to nobody named, while no such pass is open.

    Raises:
        Refused: this person's role may not read it.
    """
    why_not = may_read_ward(ward)
    if why_not:
        raise Refused(why_not)
    with ward.store.reading() as reader:
        rows = trail_of_ward(reader, MOST + 1)
    return _view(ward, rows[-MOST:], as_of, more=len(rows) > MOST, who=who)


def may_read_ward(ward: Ward) -> str:
    """Why the person who is signed in may not read the ward's own record; "" where she may."""
    if ward.signed_in is None:
        return ""
    return role_book().why_not(ward.signed_in.roles, "read-record")


def chosen(
    view: RecordView, *, text: str = "", who: str = "", kind: str = "", day: date | None = None
) -> tuple[RecordLine, ...]:
    """The lines of a record that a person asks for.

    Args:
        view: the record.
        text: words that stand somewhere in the line, in any order; case does not matter.
        who: a person; "" for everybody.
        kind: a kind of record; "" for all.
        day: a day in the ward's zone.
    """
    wanted = text.casefold().split()
    return tuple(
        line
        for line in view.lines
        if who in ("", line.who)
        and kind in ("", line.kind)
        and (day is None or line.at.date() == day)
        and all(word in _searched(line) for word in wanted)
    )


def find_head(ward: Ward, typed: str) -> HeadFound:
    """Whether the audit head on a paper stands in this ward's trail, and where.

    Args:
        ward: the ward.
        typed: the head as it is read off the paper, blanks or not; its first 8 letters suffice.

    Raises:
        Refused: this is no audit head.
    """
    letters = "".join(typed.split()).casefold()
    if not letters or set(letters) - set("0123456789abcdef"):
        raise Refused(
            "An audit head has only figures and the letters a to f: type it as it stands in the "
            "foot of the paper, e.g. 3f2a 90b1 77c4 08de."
        )
    if not _LEAST_LETTERS <= len(letters) <= _MOST_LETTERS:
        raise Refused("Type at least the first 8 letters of the audit head, and at most 64.")
    with ward.store.reading() as reader:
        row = find_seal(reader, letters)
    if row is None:
        return HeadFound(
            "NOT in this ward's trail: saves that this paper knew of are gone, or it is another "
            "ward's paper. Do not go on working: call whoever looks after Bedside here."
        )
    at = write_date_time(_local(ward, row))
    return HeadFound(
        f"In this ward's trail: act {row.seq}, {at}, {row.who}. The record of today goes on from "
        "what this paper was printed from.",
        row.seq,
    )


def _view(
    ward: Ward,
    rows: Sequence[TrailRow],
    as_of: datetime | None,
    *,
    more: bool = False,
    who: str = "",
) -> RecordView:
    with ward.store.reading() as reader:
        everybody = all_of(reader, WardPerson, include_void=True)
        people = {person.id: person.name for person in everybody}
        words = AuditWords(ward, columns_in_order(reader), people)
    read = _as_shown(ward, [(row, _content(row)) for row in rows], who)
    if as_of is not None:
        until = as_of.astimezone(UTC)
        read = [each for each in read if datetime.fromisoformat(each[0].at) <= until]
    seen = _Seen(_checks_over(read), _orders_waiting(ward, read), *_public_of(ward, read, who))
    lines = _acts(ward, words, read, seen) if as_of is None else _standing(ward, words, read, seen)
    return RecordView(
        lines=tuple(lines),
        people=tuple(sorted({line.who for line in lines})),
        kinds=tuple(sorted({line.kind for line in lines})),
        as_of=as_of,
        more=more,
    )


_Read = tuple[TrailRow, dict[str, Stored]]


class _Seen(msgspec.Struct, frozen=True):
    """What the reader may see: orders whose check is over, and scopes whose public values are open.

    ``waiting``: orders whose check waits now, each as `_planned` names it; ``closed``: at least one
    scope is not open.
    """

    over: frozenset[Stored]
    waiting: frozenset[tuple[Stored, ...]]
    public: frozenset[Stored]
    closed: bool


def _public_of(ward: Ward, read: Iterable[_Read], who: str) -> tuple[frozenset[Stored], bool]:
    """The protocols among commissioned numbers of which this reader may be told what is public."""
    scopes = {content.get("scope") for row, content in read if row.table == _COMMISSIONED}
    if not scopes:
        return frozenset(), False
    from bedside.ward.commission_blind import may_see_public

    public = frozenset(one for one in scopes if may_see_public(ward, str(one), who=who))
    return public, len(public) < len(scopes)


def _acts(ward: Ward, words: AuditWords, read: Sequence[_Read], seen: _Seen) -> list[RecordLine]:
    """Every act in its order; an addition that was struck out later says so."""
    struck = {
        (row.table, row.row_id): _struck_words(ward, row, content, seen)
        for row, content in read
        if row.operation == "void"
    }
    return [
        _line(
            ward,
            words,
            (row, content),
            seen,
            "" if row.operation == "void" else struck.get((row.table, row.row_id), ""),
        )
        for row, content in read
        if row.operation != _PROGRAM_STEPS
    ]


def _standing(
    ward: Ward, words: AuditWords, read: Sequence[_Read], seen: _Seen
) -> list[RecordLine]:
    """What stood, in the order in which it was recorded: of each record the newest that was known."""
    newest: dict[tuple[str, int], dict[str, Stored]] = {}
    added: dict[tuple[str, int], TrailRow] = {}
    for row, content in read:
        key = (row.table, row.row_id)
        newest[key] = content
        if row.operation == "add":
            added[key] = row
    lines = [
        _line(ward, words, (row, newest[key]), seen, "")
        for key, row in added.items()
        if not newest[key].get("voided_at")
    ]
    return sorted(lines, key=lambda line: line.seq)


def _line(ward: Ward, words: AuditWords, read: _Read, seen: _Seen, struck: str) -> RecordLine:
    row, content = read
    over = not words.is_blind(row.table) or _is_over(row, content, seen)
    public = content.get("scope") in seen.public
    fields = words.fields(row.table, content, over=over, public=public, in_pass=not public)
    striking = row.operation == "void"
    summary = "; ".join(f"{name} {value}" for name, value in fields[:_SUMMARY])
    if striking:
        summary = f"struck out: {_void_reason(row, content, seen)}. {summary}"
    return RecordLine(
        seq=row.seq,
        at=_local(ward, row),
        # at the lock Bedside itself records; the record is about who tried
        who=(words.person(content) or row.who) if row.table == _TRIES else row.who,
        act=row.act,
        kind=words.title(row.table),
        number=row.row_id,
        summary=summary,
        struck=struck,
        is_striking=striking,
        fields=fields,
        seal=row.seal,
    )


def _checks_over(read: Iterable[_Read]) -> frozenset[Stored]:
    """The orders whose blind second check has matched: only then are both people's figures shown."""
    return frozenset(
        content.get("order_id")
        for row, content in read
        if row.table == "second_check" and content.get("outcome") == "matched"
    )


def _is_over(row: TrailRow, content: dict[str, Stored], seen: _Seen) -> bool:
    if row.table == _ORDER:
        return _planned(content) not in seen.waiting
    return content.get("order_id") in seen.over


def _planned(content: dict[str, Stored]) -> tuple[Stored, ...]:
    """Which dose of whom an order is for."""
    return tuple(content.get(name) for name in ("infant_id", *_PLANNED))


def _orders_waiting(ward: Ward, read: Iterable[_Read]) -> frozenset[tuple[Stored, ...]]:
    """The doses whose blind second check waits: their figures would be copied from here (H1, H42)."""
    infants = {content.get("infant_id") for row, content in read if row.table == _ORDER}
    if not infants:
        return frozenset()
    from bedside.ward.check_waiting import waiting_checks
    from bedside.ward.orders import order_board

    return frozenset(
        (infant, *planned)
        for infant in infants
        if isinstance(infant, int)
        for planned in waiting_checks(ward, infant, order_board(ward, infant))
    )


def _struck_words(ward: Ward, row: TrailRow, content: dict[str, Stored], seen: _Seen) -> str:
    at = write_date_time(_local(ward, row))
    return f"struck out {at}, {row.who}: {_void_reason(row, content, seen)}"


def _void_reason(row: TrailRow, content: dict[str, Stored], seen: _Seen) -> str:
    """Why a row was struck out; of what was commissioned a reason may name the figure itself.

    A value that is withdrawn strikes out what both had typed as well, with the same reason.
    """
    scope = content.get("scope")
    if row.table in _OF_A_VALUE and (seen.closed if scope is None else scope not in seen.public):
        return WHILE_IT_IS_TYPED
    return str(content.get("void_reason") or "")


def _as_shown(ward: Ward, read: list[_Read], who: str) -> list[_Read]:
    """The same, without the site's settings that this reader types blind now."""
    if all(row.table != _SETTING for row, _ in read):
        return read
    from bedside.ward.settings_blind import TYPED_BLIND, settings_not_shown

    instead = settings_not_shown(ward, who=who)
    if not instead:
        return read
    return [
        (row, content | {"value": instead})
        if row.table == _SETTING and content.get("key") in TYPED_BLIND
        else (row, content)
        for row, content in read
    ]


def _content(row: TrailRow) -> dict[str, Stored]:
    return cast(dict[str, Stored], msgspec.json.decode(row.content, type=dict))


def _local(ward: Ward, row: TrailRow) -> datetime:
    return ward.local(datetime.fromisoformat(row.at))


def _searched(line: RecordLine) -> str:
    values = " ".join(f"{name} {value}" for name, value in line.fields)
    said = "struck out" if line.is_striking else line.struck
    parts = (line.who, line.act, line.kind, str(line.number), values, line.summary, said, line.seal)
    return " ".join(parts).casefold()
