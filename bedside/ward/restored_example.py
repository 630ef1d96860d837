"""A restored ward to draw in pictures: a copy of this one, as if nothing of the ward could be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from bedside.store.opening import open_to_read
from bedside.ward.copy_keys import keys_for
from bedside.ward.restoring import as_ward, confirm, preview
from bedside.ward.ward import Ward


@contextmanager
def restored_example(ward: Ward, copy_folder: Path) -> Iterator[Ward]:
    """Write a copy out beside the ward, and restore it there only; the ward itself stays as it is.

    Args:
        ward: the open ward.
        copy_folder: the folder of a copy of it.
    """
    seen = replace(preview(ward, copy_folder), relation="unknown")
    keys = keys_for(ward.store.keys, seen.prepared).keys
    who, second = "E. Sørensen, nurse", "T. Marchetti, nurse"
    confirm(seen, ward, ward.now(), who=who, second=second, keys=keys)
    store = open_to_read(seen.prepared, keys)
    try:
        yield as_ward(ward, store)
    finally:
        store.close()
