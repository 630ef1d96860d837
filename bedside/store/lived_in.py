"""A ward in which people have worked never opens without its bookmark as if nothing were amiss (hazard H36).

An older state of a ward, laid in its place by hand, differs from the ward only in how far its record
reaches; the bookmark says how far it did reach. Whoever lays an old file there and takes the bookmark
away would have an older ward without a word.

Decision: that a ward has lived is told by its copies. Every ward has some after its first closing, its
first locking or its twentieth save, none before that, and they are also the way out: two people put
the last good one in its place and see what it does not hold. What closing leaves beside the file
(`ward.rest`) and the downtime sheets prove the same, but lead nowhere. A new ward, a demonstration, a
ward being restored or brought up to date (its one copy may be of that), a copy written out to be tried, a folder copied whole, and a ward whose power
was cut all open as before.
"""

from pathlib import Path

from bedside.store.at_rest import unfinished
from bedside.store.bookmark import NAME, read_bookmark
from bedside.store.troubles import NoBookmark

_BACKUPS = "backups"
UPGRADE = "before an upgrade"  # why such a copy was made


def check_bookmark(folder: Path, path: Path) -> None:
    """Refuse a ward that has lived and whose bookmark is gone or cannot be read.

    Args:
        folder: the ward's folder; nothing in it is changed.
        path: the ward's file.

    Raises:
        NoBookmark: it may be an older state of the ward.
    """
    if not path.exists() or read_bookmark(folder) is not None:
        return
    if (folder / NAME).exists() and unfinished(path):
        return  # a power cut: the last saves lie beside the file, and it spoilt the line of the bookmark
    from bedside.store.copy_folders import copies_in  # hardly ever wanted

    notes = [copy.note for copy in copies_in(folder / _BACKUPS)]
    if any(note is not None and note.why != UPGRADE for note in notes):
        raise NoBookmark(NAME, folder)
