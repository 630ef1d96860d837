"""How a station comes by the ward's key file: the ward on the server holds it, wrapped.

The key file holds nothing that is of use without the ward passphrase or the recovery code
(`bedside.store.key_file`), so it may lie where the ward lies. It is laid into the ward by the two people who move it
to the server, and anew with each new passphrase or recovery code; this workstation's keyring is its own
and stays out of it. A new station takes it from there and asks for the passphrase: which is typed at that
station, and never sent.

Before a station has the keys it can prove nothing of the ward. So what it takes is only a key file that
is whole; were it somebody else's, the passphrase would not open it. A station that has one takes another
only where that was recorded under the ward's own seals, and only where its own is one that the ward held
before: a change that was made here and not recorded is never undone.
"""

import json
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from bedside.store.audit import COLUMNS
from bedside.store.canonical import seal
from bedside.store.kept_files import keep_file, kept_files
from bedside.store.key_file import KeyFile, key_file_in, read_key_file, text_of, write_key_file
from bedside.store.keys import NAME, has_keys
from bedside.store.shapes import listed
from bedside.store.ward_file import Reader

if TYPE_CHECKING:
    from bedside.store.change import Change

_TRAIL_SQL = (
    f"SELECT {listed(COLUMNS)} FROM audit WHERE table_name = 'kept_file' AND operation = 'add' "  # noqa: S608 (own names only)
    "AND row_id = (SELECT max(id) FROM kept_file WHERE file = ? AND voided_at IS NULL)"
)


def share_keys(change: "Change", folder: Path) -> None:
    """Lay a folder's key file into the ward, for its stations; nothing where it lies there already.

    Args:
        change: the change under way, of two people who may change what opens the ward.
        folder: of the ward or the station.

    Raises:
        Refused: the key file is damaged; or the role of who is signed in may not.
    """
    if has_keys(folder):
        keep_file(change, NAME, _shared(read_key_file(folder)))


def join_by_server(reader: Reader, folder: Path) -> bool:
    """Take the ward's key file into a station that has none; whether it has one now.

    Raises:
        OSError: this disk did not take it.
    """
    found = next(iter(kept_files(reader, NAME)), None)
    content = None if found is None else key_file_in(found)
    if content is None:
        return False
    write_key_file(folder, content)
    return True


def take_newer_keys(reader: Reader, folder: Path, seal_key: bytes) -> None:
    """Take over a new passphrase, recovery code or key that the ward was given elsewhere.

    Args:
        reader: a reading of the ward.
        folder: the station's own; its key file has opened the ward.
        seal_key: what keys the ward's seals: only what was recorded with it is taken.

    Raises:
        OSError: this disk did not take it.
    """
    found = _newer(reader, folder)
    if found is None or not _sealed(reader, found[0], seal_key):
        return
    mine, content = read_key_file(folder), found[1]
    keyring = mine.keyring if content.ward == mine.ward else None  # of this workstation's own
    write_key_file(folder, replace(content, keyring=keyring))


def newer_elsewhere(reader: Reader, folder: Path) -> KeyFile | None:
    """The key file that the ward was given at another station; None where this one is the newest.

    It is not proved yet: only who knows what opens it can (`take_newer_keys`).
    """
    found = _newer(reader, folder)
    return None if found is None else found[1]


def _newer(reader: Reader, folder: Path) -> tuple[bytes, KeyFile] | None:
    kept = kept_files(reader, NAME)
    content = key_file_in(kept[0]) if kept and has_keys(folder) else None
    if content is None:
        return None
    mine = _shared(read_key_file(folder))
    return None if mine == kept[0] or mine not in kept else (kept[0], content)


def _sealed(reader: Reader, content: bytes, seal_key: bytes) -> bool:
    """Whether the newest key file was recorded by somebody who had the ward's keys."""
    row: Any = reader.exec_driver_sql(_TRAIL_SQL, (NAME,)).fetchone()
    if row is None or seal(tuple(row[:-1]), seal_key) != row[-1]:
        return False
    return bool(json.loads(row[7])["base64"] == b64encode(content).decode("ascii"))


def _shared(content: KeyFile) -> bytes:
    return text_of(replace(content, keyring=None))
