"""Lets a window follow what other stations record; nothing of it is loaded where the ward is a file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def follow_others(window: "BedsideWindow") -> None:
    """Follow what other stations record, where there are any."""
    if not window.ward.store.shared:
        return
    from bedside.desktop.others import OthersSaves
    from bedside.ward.others import follow

    if follow(window.ward):
        OthersSaves(window)
