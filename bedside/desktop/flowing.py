"""Text that flows over lines without a date or a figure being torn apart."""

import re

_DATE = re.compile(r"\b([0-9]{2})-([A-Z][^\W\d_]{2})-([0-9]{4})\b")
_UNIT = re.compile(r"([0-9]) (per\b|min\b|kg\b|cm\b|mg\b|h\b|g\b|days?\b|hours?\b|°C|%)")


def whole(text: str) -> str:
    """Return the text with dates, and figures with their units, that no line break tears apart."""
    text = _DATE.sub("\\1\u2011\\2\u2011\\3", text)
    return _UNIT.sub("\\1\u00a0\\2", text)
