"""Which edition of a protocol held on a day: its file is kept with the ward when it is first used.

An edition is kept with the first act that plans or records under it (an enrolment, a course opened,
a hold, a shift, a dose given). From then on it holds, until another one is kept. What lies before
the first kept one is read with today's file, and that is said.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bedside.protocol.model import Protocol
from bedside.protocol.reader import ProtocolFileError, digest_of_file, read_kept
from bedside.store.dose_records import ProtocolEdition
from bedside.store.queries import all_of, all_of_then
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change


def keep_edition(change: "Change", ward: Ward, key: str) -> None:
    """Keep the file of a protocol with the change that uses it, unless it is the one in force.

    Args:
        change: the change that plans or records under it.
        ward: the ward.
        key: the protocol.
    """
    protocol = ward.protocols[key]
    kept = [row for row in all_of(change.connection, ProtocolEdition) if row.protocol_key == key]
    if kept and kept[-1].protocol_digest == protocol.digest:
        return
    written = ward.written(key)
    if written is None:
        return
    content, below = written
    if digest_of_file(content, below) != protocol.digest:
        return  # the file was exchanged while the program ran: these are not the letters in force
    for row in kept:
        if row.protocol_digest == protocol.digest:
            change.void(ProtocolEdition, row.id, "this edition is in force again, kept anew")
    change.add(
        ProtocolEdition,
        protocol_key=key,
        edition=protocol.edition,
        protocol_digest=protocol.digest,
        content=content,
        below=below,
    )


def edition_then(ward: Ward, key: str, moment: datetime) -> ProtocolEdition | None:
    """The edition that held at a moment; None where none was kept by then."""
    with ward.store.reading() as connection:
        rows = all_of_then(connection, ProtocolEdition, moment)
    return next((row for row in reversed(rows) if row.protocol_key == key), None)


class ProtocolsThen(Mapping[str, Protocol]):
    """The protocols as they held at a moment; one that was not kept by then is today's.

    Args:
        ward: the ward of now.
        moment: the moment.
    """

    def __init__(self, ward: Ward, moment: datetime) -> None:
        self._ward, self._moment = ward, moment
        self._read: dict[str, Protocol] = {}

    def __getitem__(self, key: str) -> Protocol:
        if key not in self._read:
            self._read[key] = self._of_then(key)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ward.protocols)

    def __len__(self) -> int:
        return len(self._ward.protocols)

    def _of_then(self, key: str) -> Protocol:
        now = self._ward.protocols[key]
        row = edition_then(self._ward, key, self._moment)
        if row is None or row.protocol_digest == now.digest:
            return now
        try:
            return read_kept(row.content, row.below, f"{key} of {row.edition}", self._ward.drugs)
        except ProtocolFileError:
            return (
                now  # an older program's way of writing: said by `past_plan`, as its digest tells
            )
