"""Small pieces of TOML made from canonical texts, for the writers of site values."""

import json

from bedside.protocol.typed_kinds import read_kind

_PER = {"kg": "per kg", "m2": "per m2"}


def quoted(text: str) -> str:
    """A text as a TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def dose_parts(text: str) -> tuple[str, str]:
    """A dose as value and unit of the file: "77 mg/m2" gives ("77", "mg per m2")."""
    value, unit = text.split(" ", 1)
    amount, _, per = unit.partition("/")
    return value, f"{amount} {_PER.get(per, 'per dose')}"


def number_of(kind: str, text: str) -> tuple[int, ...]:
    """The items of a canonical list: "1, 4 to 7" gives (1, 4, 5, 6, 7)."""
    return read_kind(kind, text).items
