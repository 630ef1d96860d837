"""The store's few statements as a server understands them.

Every statement of the store is written once, for SQLite. Only two things in them differ on
PostgreSQL: how a value's place is marked (`%s` for `?`), and who gives a new row its number. SQLite
counts on from the highest number in the table; on a server the same is asked for in words, so that a
record gets the same number on both engines, and none is jumped. (PostgreSQL's own sequences were
rejected: they leave holes, give numbers out of the order of the trail, and must be put right by hand
after a ward was moved.) It is safe because every change of a ward holds the trail's end first: see
`bedside.store.server_turn`.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count

_INSERT = re.compile(r'INSERT INTO "(\w+)" \((.+)\) VALUES \((.+)\)')
_PLACE = re.compile(r"\?")
_PARTS = re.compile(r"('(?:[^']|'')*'|\"[^\"]*\")")


@lru_cache(maxsize=1024)
def as_on_server(sql: str) -> str:
    """One statement of the store's, for psycopg.

    Args:
        sql: with `?` where a value goes, and no comments.
    """
    return _marked(_numbering(sql))


@lru_cache(maxsize=1024)
def as_prepared(sql: str) -> str:
    """One statement of the store's as PostgreSQL itself reads it: `$1` where the first value goes."""
    numbers = count(1)
    return _each_place(_numbering(sql), lambda: f"${next(numbers)}")


def _numbering(sql: str) -> str:
    """A new row with the number that it gets."""
    found = _INSERT.fullmatch(sql)
    if found is not None and '"id"' not in found[2] and '"seq"' not in found[2]:
        table, names, places = found.groups()
        number = f'(SELECT coalesce(max("id"), 0) + 1 FROM "{table}")'  # noqa: S608 (own names only)
        sql = f'INSERT INTO "{table}" ("id", {names}) VALUES ({number}, {places}) RETURNING "id"'  # noqa: S608 (own names only)
    return sql


def _marked(sql: str) -> str:
    return _each_place(sql.replace("%", "%%"), lambda: "%s")


def _each_place(sql: str, place: Callable[[], str]) -> str:
    parts = _PARTS.split(sql)
    # every second part stands in quotes: a question mark there is only a sign
    return "".join(
        part if quoted else _PLACE.sub(lambda _: place(), part)
        for part, quoted in zip(parts, [False, True] * len(parts), strict=False)
    )
