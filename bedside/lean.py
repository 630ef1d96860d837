"""Loads msgspec without `typing_extensions`, which it takes where it finds it but does not need.

Python 3.11 and later have all of it in `typing`; found, it costs every start of the window some
milliseconds. It lies there for SQLAlchemy, which loads it with the first change.
"""

import sys

_NOT_NEEDED = "typing_extensions"

if "msgspec" not in sys.modules and _NOT_NEEDED not in sys.modules:
    sys.modules[_NOT_NEEDED] = None  # type: ignore[assignment]  # Python's own sign for "not there"
    try:
        import msgspec  # noqa: F401 (loading it here is the point)
    finally:
        del sys.modules[_NOT_NEEDED]
