"""A station whose server's trail does not reach as far as it did: put back by two people, or by accident?

Two people who restore a copy say so in the restored ward itself, under its seals. So where the trail
tells of a restore that this station has never seen, what it misses is what that restore lists, and the
station goes on with it; its copy of the ward as it was is kept aside. In every other case the server was
put back without anybody's word (an old copy of its disk, a standby that had fallen behind), and the
station does not open it.
"""

from contextlib import suppress
from pathlib import Path

from bedside.store.keys import Keys
from bedside.store.restoring import RESTORED
from bedside.store.server_driver import ServerDriver
from bedside.store.station_copy import FOLDER, StationCopy

_RESTORED_SQL = "SELECT seq, hash FROM audit WHERE act = ? ORDER BY seq DESC LIMIT 1"
_STANDS_SQL = "SELECT 1 FROM audit WHERE seq = ? AND hash = ?"
_WARD_SQL = "SELECT ward_id FROM ward"
ASIDE = f"{FOLDER}.before-restore"


def was_restored(driver: ServerDriver, station: Path, keys: Keys | None) -> bool:
    """Whether two people restored the ward on the server since this station saw it last.

    Args:
        driver: a connection.
        station: the station's own folder; its copy is put aside where the answer is yes.
        keys: the ward's.
    """
    told = driver.execute(_RESTORED_SQL, (RESTORED,)).fetchone()
    if told is None:
        return False
    copy = StationCopy(station, keys)
    try:
        store = copy.store
        if store is None:
            return False  # nothing tells what this station has seen
        with store.reading() as reader:
            seen = reader.exec_driver_sql(_STANDS_SQL, tuple(told)).fetchone() is not None
            mine = reader.exec_driver_sql(_WARD_SQL).fetchone()
        same_ward = mine is not None and driver.execute(_WARD_SQL).fetchone() == tuple(mine)
    finally:
        copy.close()
    if seen or not same_ward:
        return False
    aside, number = station / ASIDE, 1
    while aside.exists():
        number += 1
        aside = station / f"{ASIDE}-{number}"
    with suppress(OSError):
        copy.folder.rename(aside)
    return True
