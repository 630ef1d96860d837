"""The rules that a row must keep, each with the sentence a nurse sees when one is broken.

These are the outermost bounds, held by the file itself, whoever writes to it: a weight of 3500 kg
cannot be kept by any road (hazard H4). The ward's own, narrower judgements come before them.
"""

from sqlalchemy import CheckConstraint

_SIX_DIGITS = "[0-9]" * 6
_HEX = "0123456789abcdef"


def rule(name: str, condition: str, words: str) -> CheckConstraint:
    """A named CHECK with the sentence that is shown when it refuses a row.

    Args:
        name: short name; the table's name is put in front.
        condition: SQL that must not be false.
        words: what is wrong and what would be right.
    """
    return CheckConstraint(condition, name=name, info={"words": words})


def within(column: str, least: int, most: int, words: str) -> CheckConstraint:
    """A whole number lies between two bounds, both allowed."""
    return rule(f"{column}_bounds", f"{column} BETWEEN {least} AND {most}", words)


def one_of(column: str, *choices: str) -> CheckConstraint:
    """A text is one of a few."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    words = f"{column} is one of: {', '.join(choice or '(empty)' for choice in choices)}."
    return rule(f"{column}_choice", f"{column} IN ({listed})", words)


def written(column: str, words: str) -> CheckConstraint:
    """A text is not blank."""
    return rule(f"{column}_written", f"trim({column}) <> ''", words)


def utc(column: str) -> CheckConstraint:
    """A time is a real moment, written as `kinds.utc_text` writes it."""
    seconds = f"substr({column}, 1, 19)"
    # the colon is escaped: SQLAlchemy would read ":00" as the name of a value to fill in
    condition = (
        f"{column} IS NULL OR ({seconds} IS strftime('%Y-%m-%dT%H:%M:%S', {seconds}, '+0 days') "
        f"AND substr({column}, 20) GLOB '.{_SIX_DIGITS}+00\\:00')"
    )
    return rule(f"{column}_utc", condition, f"{column} is not a moment that exists.")


def day(column: str) -> CheckConstraint:
    """A day exists in the calendar and is written as in ISO 8601.

    (Adding no days makes SQLite work the date out: otherwise it takes 30 February as it stands.)
    """
    condition = f"{column} IS NULL OR {column} IS date({column}, '+0 days')"
    return rule(f"{column}_day", condition, f"{column} is not a day of the calendar.")


def exact_number(column: str) -> CheckConstraint:
    """An exact number of nought or more, written as `ways.decimal_text` writes it."""
    condition = (
        f"{column} IS NULL OR ({column} NOT GLOB '*[^0-9.]*' AND {column} GLOB '[0-9]*' "
        f"AND {column} NOT GLOB '0[0-9]*' AND {column} NOT GLOB '*.*.*' "
        f"AND {column} NOT GLOB '*.' AND {column} NOT GLOB '*.*0' "
        f"AND length({column}) <= 12)"
    )
    return rule(f"{column}_exact", condition, f"{column} is a number of nought or more.")


def percent(column: str) -> CheckConstraint:
    """An exact number from 0 to 100, written as `kinds.decimal_text` writes it."""
    condition = (
        f"{column} IS NULL OR ({column} NOT GLOB '*[^0-9.]*' AND {column} GLOB '[0-9]*' "
        f"AND {column} NOT GLOB '0[0-9]*' AND {column} NOT GLOB '*.*.*' "
        f"AND {column} NOT GLOB '*.' AND {column} NOT GLOB '*.*0' "
        f"AND length({column}) <= 12 AND ({column} = '100' OR CAST({column} AS REAL) < 100))"
    )
    return rule(f"{column}_percent", condition, "A percentage is from 0 to 100 %.")


def valued_when_done(state: str, value: str, words: str) -> CheckConstraint:
    """A value is there exactly when its state says done; 0 is a value (hazards H21, H22)."""
    return rule(f"{value}_when_done", f"({state} = 'done') = ({value} IS NOT NULL)", words)


def digest(column: str) -> CheckConstraint:
    """A SHA-256 as 64 small hexadecimal letters."""
    condition = f"length({column}) = 64 AND {column} NOT GLOB '*[^{_HEX}]*'"
    return rule(f"{column}_digest", condition, f"{column} is not a SHA-256.")
