"""Begins to watch the server of a window's ward; what is shown of it is loaded only where there is one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def watch_server(window: "BedsideWindow") -> None:
    """Watch the server of a window's ward; nothing for a ward that has none."""
    if window.ward.store.watch(window.ward.clock):
        from bedside.desktop.server_strip import ServerSeen

        ServerSeen(window)
