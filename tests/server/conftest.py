"""A PostgreSQL of the tests' own, started once, and wards on it that are copied from one another."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.server.postgres import OWNER, Postgres, programs
from tests.store.samples import NOW


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The running server; where this machine has none, what needs it is not asked for."""
    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("Debian's package postgresql is not installed here")
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def empty_ward(postgres) -> str:
    """The name of a database with a new ward that nobody opens: the others are copied from it."""
    from bedside.store.server_address import read_address
    from bedside.store.server_driver import connect_server
    from bedside.store.server_opening import make_on_server

    postgres.make_database("empty")
    with closing(connect_server(read_address(postgres.url("empty", OWNER)))) as driver:
        make_on_server(driver, now=NOW)
    return "empty"


@pytest.fixture
def database(postgres, request) -> str:
    """The name of a new database with nothing in it."""
    return _new(postgres, "")


@pytest.fixture
def ward(postgres, empty_ward) -> str:
    """The name of a new database with an empty ward."""
    return _new(postgres, empty_ward)


@pytest.fixture
def connected(postgres) -> Iterator[Callable]:
    """Connects to a database with a role; hangs up at the end."""
    from bedside.store.server_address import read_address
    from bedside.store.server_driver import connect_server

    made = []

    def connect(database: str, role: str = OWNER):
        made.append(connect_server(read_address(postgres.url(database, role))))
        return made[-1]

    yield connect
    for driver in made:
        driver.close()


@pytest.fixture
def station(postgres, ward, tmp_path) -> Iterator[Callable]:
    """Opens the ward as one more station; closes them at the end."""
    from bedside.store.opening import open_store

    opened = []

    def open_one(name: str = "station", database: str = ward):
        folder: Path = tmp_path / name
        opened.append(open_store(folder, now=NOW, create=False, server=postgres.url(database)))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


_NUMBERS = iter(range(1, 10_000))


def _new(server: Postgres, like: str) -> str:
    name = f"test{next(_NUMBERS)}"
    server.make_database(name, like)
    return name
