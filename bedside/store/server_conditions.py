"""What a row must keep, said to PostgreSQL: the conditions of the steps, word for word.

Every rule of the tables is written once, in the few words of SQLite's that `bedside.store.rules` and
the steps use: a pattern, a day, a moment, "is not the same as". Each has one exact equal here. A word
that is not known is refused, so a rule is never lost on the way without a word; a test holds every
rule's judgement on both engines against the other.

Kept alike on both engines, so that a moved ward holds the very same values: texts and whole numbers
of 64 bits, nothing else. Amounts, days and moments are texts on a server, too (PostgreSQL's `numeric`,
`date` and `timestamptz` were rejected: the audit trail seals what a row holds letter by letter, and
1.50, 1.5 and a moment's offset would not come back as they were). Texts are compared by their bytes
(COLLATE "C"), as SQLite does, so that lists stand in the same order.
"""

import re

DAY, SECOND, NUMBER = "bedside_is_day", "bedside_is_second", "bedside_number"
SHORT, EXACT, PERCENT = "bedside_short", "bedside_is_exact", "bedside_is_percent"
MOMENT, TYPED = "bedside_is_moment", "bedside_is_typed"
_DAYS_OF = (
    "CASE substr({0}, 6, 2) WHEN '02' THEN CASE WHEN substr({0}, 1, 4)::int % 4 = 0 "
    "AND (substr({0}, 1, 4)::int % 100 <> 0 OR substr({0}, 1, 4)::int % 400 = 0) "
    "THEN '29' ELSE '28' END WHEN '04' THEN '30' WHEN '06' THEN '30' WHEN '09' THEN '30' "
    "WHEN '11' THEN '30' ELSE '31' END"
)
_IS_DAY = (
    "CASE WHEN {0} ~ '^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' "
    f'THEN substr({{0}}, 9, 2) COLLATE "C" <= ({_DAYS_OF}) ELSE {{0}} IS NULL END'
)
_IS_SECOND = (
    "CASE WHEN $1 ~ '^.{10}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$' "
    f"THEN {_IS_DAY.format('substr($1, 1, 10)')} ELSE $1 IS NULL END"
)
_IS_NUMBER = "CASE WHEN $1 ~ '^[0-9]+([.][0-9]+)?$' THEN $1::numeric END"
# PostgreSQL's indexes take some 2,600 bytes: of a longer text "recorded once" is held by its digest
_SHORT = (
    "CASE WHEN octet_length($1) > 200 "
    "THEN 'sha256 ' || encode(sha256(convert_to($1, 'UTF8')), 'hex') ELSE $1 END"
)
_IS_EXACT = "$1 ~ '^(0|[1-9][0-9]*)([.][0-9]*[1-9])?$' AND length($1) <= 12"
_IS_PERCENT = "$1 = '100' OR ($1 ~ '^[1-9]?[0-9]([.][0-9]*[1-9])?$' AND length($1) <= 12)"
_IS_TYPED = "$1 ~ '^[0-9][0-9.,]*$'"
_IS_MOMENT = (
    "CASE WHEN $1 ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])"
    ":[0-5][0-9]:[0-5][0-9][.][0-9]{6}[+]00:00$' "
    f'THEN substr($1, 9, 2) COLLATE "C" <= ({_DAYS_OF.format("$1")}) ELSE $1 IS NULL END'
)
# of plpgsql: plain SQL would be read and planned anew with each row; so would a long rule, which is why
# what is asked of a score of columns is a function's name and one pattern
FUNCTIONS = (
    (EXACT, "boolean", _IS_EXACT),
    (PERCENT, "boolean", _IS_PERCENT),
    (TYPED, "boolean", _IS_TYPED),
    (MOMENT, "boolean", _IS_MOMENT),
    (DAY, "boolean", _IS_DAY.format("$1")),
    (SECOND, "boolean", _IS_SECOND),
    (NUMBER, "numeric", _IS_NUMBER),
    (SHORT, "text", _SHORT),
)
_PLACE = r"(substr\(\w+, \d+(?:, \d+)?\)|\w+)"
_GLOB = re.compile(rf"{_PLACE} (NOT )?GLOB '([^']*)'")
_EXACT_WORDS = (
    r"(\w+) NOT GLOB '\*\[\^0-9\.\]\*' AND \1 GLOB '\[0-9\]\*' AND \1 NOT GLOB '0\[0-9\]\*' "
    r"AND \1 NOT GLOB '\*\.\*\.\*' AND \1 NOT GLOB '\*\.' AND \1 NOT GLOB '\*\.\*0' "
    r"AND length\(\1\) <= 12"
)
_MOMENT_WORDS = (
    r"substr\((\w+), 1, 19\) IS strftime\('%Y-%m-%dT%H:%M:%S', substr\(\1, 1, 19\), '\+0 days'\) "
    r"AND substr\(\1, 20\) GLOB '\.(?:\[0-9\]){6}\+00:00'"
)
_IDIOMS = (
    (
        re.compile(rf"{_EXACT_WORDS} AND \(\1 = '100' OR CAST\(\1 AS REAL\) < 100\)"),
        rf"{PERCENT}(\1)",
    ),
    (
        re.compile(_EXACT_WORDS),
        rf"{EXACT}(\1)",
    ),  # asked of a score of columns with each set of counts
    (
        re.compile(r"(\w+) NOT GLOB '\*\[\^0-9\.,\]\*' AND \1 GLOB '\[0-9\]\*'"),
        rf"{TYPED}(\1)",
    ),
    (re.compile(_MOMENT_WORDS), rf"{MOMENT}(\1)"),
    (re.compile(rf"{_PLACE} IS date\(\1, '\+0 days'\)"), rf"{DAY}(\1)"),
    (
        re.compile(rf"{_PLACE} IS strftime\('%Y-%m-%dT%H:%M:%S', \1, '\+0 days'\)"),
        rf"{SECOND}(\1)",
    ),
    (re.compile(r"CAST\((\w+) AS REAL\)"), rf"{NUMBER}(\1)"),
    (re.compile(r"\bIS NOT (?!NULL\b|DISTINCT\b)"), "IS DISTINCT FROM "),
)
_TEXTS = re.compile(r"'(?:[^']|'')*'")
_UNKNOWN = re.compile(
    r"\bGLOB\b|\bIS (?!NULL\b|NOT NULL\b|DISTINCT FROM\b)|\bREAL\b|RAISE\s*\(|\bPRAGMA\b|\bREPLACE\b"
    r"|\b(?:strftime|date|datetime|julianday|instr|typeof|ifnull|iif|printf|json\w*)\s*\(|sqlite"
)


_INDEX = re.compile(r"(CREATE UNIQUE INDEX \S+ ON \S+) \(([^()]*)\)")
FREE_TEXTS = frozenset({
    "analyte", "cause", "drug", "facts", "hospital_number", "name", "person_key", "physician",
    "reason", "result", "specimen", "title",
})  # fmt: skip


class NotSaidSo(ValueError):
    """A step uses a word of SQLite's that has no equal here yet: it is taken on neither engine."""


def condition_on_server(sql: str) -> str:
    """A rule's condition, or a statement that holds some, in PostgreSQL's words.

    Raises:
        NotSaidSo: it holds a word of SQLite's that is not known here.
    """
    sql = _INDEX.sub(_index_of_short_texts, sql)
    for idiom, words in _IDIOMS:
        sql = idiom.sub(words, sql)
    sql = _GLOB.sub(_as_pattern, sql)
    left = _UNKNOWN.search(_TEXTS.sub("''", sql))
    if left is not None:
        raise NotSaidSo(f"{left[0]!r} has no equal on a server yet: {sql}")
    return sql


def pattern_of(glob: str) -> str:
    """SQLite's GLOB as a regular expression of PostgreSQL's for the whole text."""
    found, rest = "^", glob
    while rest:
        if rest[0] == "[" and "]" in rest[2:]:
            end = rest.index("]", 2) + 1
            found, rest = found + rest[:end], rest[end:]
            continue
        sign, rest = rest[0], rest[1:]
        plain = sign.isalnum() or sign in "-:'="
        found += {"*": ".*", "?": "."}.get(sign, sign if plain else f"[{sign}]")
    return f"{found}$"


def _index_of_short_texts(found: re.Match[str]) -> str:
    """Texts that a person types as long as she likes are held once by what is short of them."""
    names = (name.strip() for name in found[2].split(","))
    listed = (f"{SHORT}({name})" if name.strip('"') in FREE_TEXTS else name for name in names)
    return f"{found[1]} ({', '.join(listed)})"


def _as_pattern(found: re.Match[str]) -> str:
    place, no, glob = found.groups()
    return f"{place} {'!~' if no else '~'} '{pattern_of(glob)}'"
