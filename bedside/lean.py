"""Loads libraries without what they take where they find it but do not need.

- msgspec without `typing_extensions`: Python 3.11 and later have all of it in `typing`; found, it
  costs every start of the window some milliseconds. It lies there for SQLAlchemy.
- pint without `numpy`, which no workstation has and a developer's machine has for the tests: every
  quantity here is a decimal, and found it costs 12 MiB and a tenth of a second.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(name: str) -> Iterator[None]:
    """Let a module not be found while others are loaded; one that is loaded already stays.

    Args:
        name: a top-level module, e.g. "numpy".
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # Python's own sign for "not there"
    try:
        yield
    finally:
        del sys.modules[name]


if "msgspec" not in sys.modules:
    with without("typing_extensions"):
        import msgspec  # noqa: F401 (loading it here is the point)
