"""What a restore lost, as the band, the list and the printed list show it."""

from datetime import date, datetime

from msgspec import Struct

Planned = tuple[str, int, str, str]  # course key, course day, drug, route


class MissingAct(Struct, frozen=True):
    """Something done after the copy, or of which nobody knows whether it was done.

    Args:
        infant_id: in the restored ward; None for the ward's own, or an infant whom it does not know.
        infant: family and given name, "" for the ward's own.
        kind: one of `bedside.store.restored_tables.KINDS`.
        planned: the planned dose that it is about, None for none.
        content: what was recorded of a dose (JSON), "" for all else.
    """

    at: datetime
    who: str
    act: str
    words: str
    infant_id: int | None
    infant: str
    kind: str
    planned: Planned | None = None
    due_on: date | None = None
    content: str = ""


class OpenAct(Struct, frozen=True):
    """One act that is not settled yet.

    Args:
        can_take_over: what was recorded of it is at hand and can be recorded again as it was.
        asks: it is asked about, since nobody knows whether it was done.
    """

    act_id: int
    infant_id: int | None
    infant: str
    at: datetime
    who: str
    act: str
    words: str
    kind: str
    blocks: str  # "this dose", "every dose" or ""
    can_take_over: bool
    asks: bool


class RestoredView(Struct, frozen=True):
    """What is not settled of a restore: of the whole ward, or of one infant.

    Args:
        headline: "Restored 21-Nov-2026 18:02 from the copy of 17:52".
        short: what is not in it, in one line, for the band.
        by: who restored.
    """

    headline: str
    short: str
    by: str
    known: bool
    acts: tuple[OpenAct, ...]
