"""The ward's words for what the audit trail keeps, read from `resources/record/words.toml`."""

from functools import cache

import msgspec
import tomli

from bedside.places import place

_WORKBOOK = "ctcae_workbook"  # followed by its version; its value begins with a digest


class AuditBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by table, column, value and setting; what is hidden, and what two people count apart."""

    titles: dict[str, str]
    labels: dict[str, str]
    hidden: dict[str, list[str]]
    blind: dict[str, dict[str, list[str]] | str]
    own_labels: dict[str, dict[str, str]]
    values: dict[str, dict[str, str]]
    own_values: dict[str, dict[str, dict[str, str]]]
    as_they_stand: dict[str, list[str]]
    settings: dict[str, str]
    setting_values: dict[str, dict[str, str]]
    setting_units: dict[str, str]

    def label(self, table: str, column: str) -> str:
        """What a column is called; "" where nobody wrote it down."""
        return self.own_labels.get(table, {}).get(column) or self.labels.get(column, "")

    def value(self, table: str, column: str, kept: str) -> str:
        """What a kept word is called; "" where its own word does."""
        own = self.own_values.get(table, {}).get(column, {})
        return own.get(kept) or self.values.get(column, {}).get(kept, "")

    def setting(self, key: str) -> str:
        """What a setting of the site is called; a key that nobody wrote down stands in its own words."""
        if key.startswith(_WORKBOOK):
            version = key.removeprefix(_WORKBOOK).strip("_")
            return f"{self.settings[_WORKBOOK]}, CTCAE {version}"
        return self.settings.get(key) or key.replace("_", " ")

    def setting_value(self, key: str, value: str) -> str:
        """The value of a setting, with its unit; what is not a key of ours stands as it was typed."""
        if named := self.setting_values.get(key, {}).get(value):
            return named
        if key == "asked_terms":
            value = str(len(value.split()))
        if value.isdecimal() and key in self.setting_units:
            return f"{value} {self.setting_units[key]}"
        if key == "contacts":
            lines = (line.split("\t") for line in value.splitlines())
            return "; ".join(
                f"{role}: {', '.join(filter(None, more))}" if any(more) else role
                for role, *more in lines
            )
        if key == "shift_times":
            return ", ".join(value.split())
        return value.partition(" ")[2] if key.startswith(_WORKBOOK) else value


@cache
def audit_book() -> AuditBook:
    """Return the words; read once."""
    text = place("resources", "record", "words.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), AuditBook)
