"""The `import` without PySide's `__feature__` switch, once Qt is loaded.

For that switch (snake_case names) PySide puts an import of its own in front: whatever is imported
after Qt, it then finds the source, reads it and keeps it in memory, to see whether the module names
PySide. Bedside has no use for the switch, so nothing is lost; on the way to the ward list that
reading took 9 ms, and 5 MiB that stayed. The sources that PySide itself looked through while it was
loaded are let go, too: a fifth of a megabyte.
"""

import builtins
import linecache

from bedside.desktop.qt_support import compiled_once


def import_plainly() -> None:
    """Load Qt and put the import back that stood before; where PySide left it, it stays as it is."""
    with compiled_once():
        import PySide6.QtCore  # noqa: F401 (its loading is what replaces `import`)

    linecache.clearcache()
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
