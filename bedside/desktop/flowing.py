"""Text that flows over lines without a date or a figure being torn apart."""

import re

_DATE = re.compile(r"\b([0-9]{2})-([A-Z][^\W\d_]{2})-([0-9]{4})\b")
_UNIT = re.compile(r"([0-9]) (per\b|min\b|kg\b|cm\b|mg\b|h\b|g\b|days?\b|hours?\b|°C|%)")
_PER = re.compile(r"\bper (µL|kg|m²|min\b|hour\b)")

_COMMAND = re.compile(r"\bbedside --ward (?=[A-Z])")  # as the opening pages write it


def whole(text: str) -> str:
    """Return the text with dates, figures with their units, and a command to type, that no line break tears."""
    text = _DATE.sub("\\1\u2011\\2\u2011\\3", text)
    text = _COMMAND.sub("bedside\u00a0\u2011\u2011ward\u00a0", text)
    return _UNIT.sub("\\1\u00a0\\2", _PER.sub("per\u00a0\\1", text))
