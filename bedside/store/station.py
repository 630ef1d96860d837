"""Whether a folder is one of a ward of this computer's own, or of a station whose ward lies on a server."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.store.keys import Keys
    from bedside.store.store import Store

SERVER = "ward.server"  # the address of the ward's server, where the folder is a station's
MOVE = (
    "ward.move"  # its ward is being moved to a server, or lies there: see `bedside.store.move_mark`
)


def opened_station(
    folder: Path, server: str | None, keys: "Keys | None", *, moving: bool
) -> "Store | None":
    """The ward on the server that a folder is a station of; None where it lies in the folder itself.

    Args:
        folder: the ward's folder, or the station's own.
        server: the address of the ward's server; None looks for it in the folder.
        keys: the ward's keys.
        moving: it is opened from its file to be moved to a server: no mark stops it.

    Raises:
        Refused: the server's ward is not opened, or this folder's own was moved to one.
    """
    address = None if moving else server or server_of(folder)
    if address is not None:
        from bedside.store.server_opening import open_station

        return open_station(address, folder, keys=keys)
    if not moving and (folder / MOVE).exists():
        from bedside.store.move_mark import refuse_moved

        refuse_moved(folder)
    return None


def server_of(folder: Path) -> str | None:
    """The address that stands in a station's folder; None where there is none."""
    try:
        return (folder / SERVER).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
