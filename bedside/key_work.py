"""What is done to a ward's keys between two windows: the old one has closed, the new one opens with them."""

import sys

from bedside.app import open_on_screen
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up
from bedside.ward.ward import Ward


def do_closed_work(ward: Ward) -> Ward | None:
    """Do what was ordered to a ward that is closed now, and open it again.

    Returns:
        The ward, opened with its keys as they are now; None where the person closed the page.
    """
    from bedside.desktop.closed_work_dialog import show_closed_work
    from bedside.desktop.start import dress, make_application

    work = ward.closed_work
    if work is None:
        raise ValueError("nothing was ordered")
    application, look = make_application(sys.argv[:1])
    dress(application, look)
    done = show_closed_work(look, work)
    keys = ward.store.keys if done is None else done.keys
    opened = open_on_screen(ward.folder, ward.clock, keys)
    if opened is not None and done is not None:
        _copy(opened)
    return opened


def _copy(ward: Ward) -> None:
    """From now on there is a copy that the new keys open."""
    try:
        back_up(ward, "after a change of keys")
    except (Refused, NotSaved) as trouble:
        print(f"bedside: no copy was made. {trouble}", file=sys.stderr)  # noqa: T201 (no window yet)
