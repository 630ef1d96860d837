"""Reads a value of a worked case that may be a bound: "<100 /uL", ">4", 26000."""

from collections.abc import Callable
from typing import Any

from bedside.units.bounds import bounded


def seen(value: Any, read: Callable[[Any], Any]) -> Any:
    """The value as read, or the bound of it where "<" or ">" stands before."""
    sign = value[0] if isinstance(value, str) and value[:1] in ("<", ">") else ""
    return bounded(sign, read(value[1:] if sign else value))
