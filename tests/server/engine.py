"""The same tests on both engines: with `--engine server` every ward of a test lies on PostgreSQL.

A test opens its ward in a folder, as ever. The folder then is a station's: the ward itself is a
database of the tests' own server, named in it. Where a test copies a closed ward's folder, the
database is copied, too. A new ward is made by the real steps once, and then like that one.

What is about a ward's file itself (its copies, its keys, its lock, its damage) has nothing to do on a
server; such tests are not asked for there. `BOTH` names those that are: by hand, so that a new one is
thought about.
"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bedside.store import opening
from bedside.store.server_address import read_address
from bedside.store.server_driver import connect_server
from bedside.store.server_opening import make_on_server
from tests.server.postgres import OWNER, Postgres

NOTE = "database.json"
BOTH = frozenset(
    {
        "tests/store/test_change.py",
        "tests/store/test_changed.py",
        "tests/store/test_reading_back.py",
        "tests/store/test_threads.py",
        "tests/ward/test_audit_reader.py",
        "tests/ward/test_corrections.py",
        "tests/ward/test_counting.py",
        "tests/ward/test_dlt.py",
        "tests/ward/test_due_orders.py",
        "tests/ward/test_enrolling.py",
        "tests/ward/test_fever.py",
        "tests/ward/test_given_doses.py",
        "tests/ward/test_giving.py",
        "tests/ward/test_handover.py",
        "tests/ward/test_holding.py",
        "tests/ward/test_identity.py",
        "tests/ward/test_laboratory.py",
        "tests/ward/test_one_person.py",
        "tests/ward/test_orders.py",
        "tests/ward/test_people.py",
        "tests/ward/test_risk.py",
        "tests/ward/test_second_check.py",
        "tests/ward/test_signatures.py",
        "tests/ward/test_toxicities.py",
        "tests/ward/test_two_people.py",
        "tests/ward/test_weighing.py",
    }
)


class Databases:
    """Which database belongs to which folder.

    Args:
        server: the tests' own.
    """

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self.made: dict[tuple[str, bool], str] = {}
        self.number = 0

    def address_of(
        self, folder: Path, *, now: datetime, create: bool, demonstration: bool
    ) -> str | None:
        """The address of a folder's database, which is made or copied where it is not there yet."""
        note = folder / NOTE
        if note.exists():
            name, where = json.loads(note.read_text())
            if where != str(folder):
                name = self._copy(name)
        elif create:
            name = self._new(now, demonstration)
        else:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps([name, str(folder)]))
        return self.server.url(name)

    def _new(self, now: datetime, demonstration: bool) -> str:
        like = (now.isoformat(), demonstration)
        if like not in self.made:
            name = self._next()
            self.server.make_database(name)
            driver = connect_server(read_address(self.server.url(name, OWNER)))
            with closing(driver):
                make_on_server(driver, now=now, demonstration=demonstration)
            self.made[like] = name
        return self._copy(self.made[like])

    def _copy(self, name: str) -> str:
        new = self._next()
        self.server.make_database(new, like=name)
        return new

    def _next(self) -> str:
        self.number += 1
        return f"ward{self.number}"


@contextmanager
def wards_on_server(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within the block each ward that a test opens lies on a server of the tests' own."""
    server = Postgres()
    databases = Databases(server)
    in_files = opening.open_store

    def open_store(folder: Path, *, now, create, demonstration=False, server=None, **more):
        address = server or databases.address_of(
            folder, now=now, create=create, demonstration=demonstration
        )
        return in_files(
            folder, now=now, create=create, demonstration=demonstration, server=address, **more
        )

    try:
        _patch_everywhere(patch, in_files, open_store)
        yield
    finally:
        server.stop()


def _patch_everywhere(patch: pytest.MonkeyPatch, old: object, new: object) -> None:
    """Also where the name was imported already; what is imported later finds the new one."""
    import sys

    for module in list(sys.modules.values()):
        if getattr(module, "open_store", None) is old:
            patch.setattr(module, "open_store", new)


def of_both(item: pytest.Item) -> bool:
    """Whether a test is asked for on a server, too."""
    path = item.path.relative_to(item.config.rootpath).as_posix()
    return path in BOTH and item.get_closest_marker("file_only") is None
