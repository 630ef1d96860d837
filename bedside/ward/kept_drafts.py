"""What somebody typed and did not record, kept over a crash: for her alone, for that infant and that form.

Nothing here is a record, and nothing of it is ever recorded by itself: it is offered again to the same
person, who looks at it in its form and records it or throws it away.
"""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from bedside.store.sealed_drafts import DraftsUnreadable, read_drafts, write_drafts
from bedside.units.refusal import Refused
from bedside.ward.ward import Ward

_VERSION = 1
OFFERED_FOR = timedelta(hours=24)  # what is older belongs to no round that is still going on


class KeptField(Struct, frozen=True):
    """One field of a form: which one, and what stands in it or whether it is chosen."""

    name: str
    typed: str | bool


class KeptDraft(Struct, frozen=True):
    """What one person typed into one form.

    Args:
        person: her number among the ward's people; 0 in a ward without accounts.
        who: her name and role as they were recorded then.
        form: which form or page of the program it is.
        title: its name as a person reads it.
        infant: whom it is about: name, day of birth and number; "" for nobody yet.
        about: what else the form is about, such as one dose.
        shape: digest of the fields that the form had when it was opened.
        at: when it was last changed (aware).
        fields: all that stood in its fields, secrets and identifiers left out.
        laid_by: whoever typed it left the form on purpose, and nothing broke off.
        unsure: it was being saved, and nobody can tell whether it was: it is perhaps on record.
    """

    person: int
    who: str
    form: str
    title: str
    infant: str
    about: str
    shape: str
    at: datetime
    fields: tuple[KeptField, ...]
    laid_by: bool = False
    unsure: bool = False

    def is_in(self, other: "KeptDraft") -> bool:
        """Whether it was typed by the same person, in the same form, for the same infant."""
        return _place(self) == _place(other)


class _Book(Struct, frozen=True):
    version: int
    drafts: tuple[KeptDraft, ...]


def keep_drafts(ward: Ward, drafts: tuple[KeptDraft, ...]) -> None:
    """Keep these in the place of all that was kept before; none takes the file away.

    Raises:
        OSError: the disk did not take it.
    """
    text = msgspec.json.encode(_Book(_VERSION, drafts)) if drafts else b""
    write_drafts(ward.store, text)


def drafts_left(ward: Ward) -> tuple[KeptDraft, ...]:
    """What the last session kept and did not record.

    Raises:
        Refused: something was kept and cannot be read: damaged, of another key, of another Bedside.
    """
    try:
        text = read_drafts(ward.store)
        if not text:
            return ()
        book = msgspec.json.decode(text, type=_Book)
        if book.version == _VERSION:
            return book.drafts
    except (DraftsUnreadable, msgspec.DecodeError, RecursionError):
        pass
    raise Refused(
        "Something was typed and not recorded when the last session broke off. It was kept, but it cannot "
        "be read any more. Look what is missing, and type it again."
    )


def is_offered(draft: KeptDraft, ward: Ward, who: str) -> bool:
    """Whether it is offered to whoever is at the screen now: its own person, within a day.

    Args:
        draft: what was kept.
        ward: the ward; in one with people its person must be signed in.
        who: who records; the person's own name where there are no accounts.
    """
    signed_in = ward.signed_in
    hers = (
        draft.person == signed_in.person_id
        if signed_in is not None
        else not draft.person and draft.who in ("", who)
    )
    return hers and not is_too_old(draft, ward)


def is_too_old(draft: KeptDraft, ward: Ward) -> bool:
    """Whether it is no more offered: it may be told, and is given up."""
    return not timedelta(0) <= ward.now() - draft.at < OFFERED_FOR


def _place(draft: KeptDraft) -> tuple[object, ...]:
    return draft.person, draft.who, draft.form, draft.title, draft.infant, draft.about
