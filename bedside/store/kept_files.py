"""The ward's own files, kept in the ward: laid down in a change, and read back whole or not at all."""

import binascii
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from bedside.store.kept_records import KeptFile
from bedside.store.ward_file import Reader

if TYPE_CHECKING:
    from bedside.store.change import Change

_ROWS_SQL = (
    "SELECT digest, base64 FROM kept_file WHERE file = ? AND voided_at IS NULL ORDER BY id DESC"
)


def keep_file(change: "Change", name: str, content: bytes) -> None:
    """Keep a file in the ward, as the newest of its name; nothing where that is this one already.

    Args:
        change: the change under way.
        name: the file's name.
        content: what is in it.

    Raises:
        Refused: the role of who is signed in may not.
    """
    if next(iter(kept_files(change.connection, name)), None) == content:
        return
    change.add(
        KeptFile,
        file=name,
        digest=sha256(content).hexdigest(),
        base64=b64encode(content).decode("ascii"),
    )


def kept_files(reader: Reader, name: str) -> list[bytes]:
    """Every file of a name that is kept, the newest first; one that does not fit its digest is left out."""
    found = []
    for digest, text in reader.exec_driver_sql(_ROWS_SQL, (name,)).fetchall():
        try:
            content = b64decode(str(text), validate=True)
        except (binascii.Error, ValueError):
            continue
        if sha256(content).hexdigest() == digest:
            found.append(content)
    return found
