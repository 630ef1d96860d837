"""Every test of the store works on a real file in a temporary folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bedside.store.records import Infant
from bedside.store.store import Store
from tests.store.samples import add, fill, new_store


@pytest.fixture(scope="session")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three closed wards to copy: making one by its migrations takes a fifth of a second."""
    made = tmp_path_factory.mktemp("wards")
    new_store(made / "empty").close()
    shutil.copytree(made / "empty", made / "one-infant")
    store = new_store(made / "one-infant", create=False)
    add(store, Infant)
    store.close()
    shutil.copytree(made / "empty", made / "full")
    store = new_store(made / "full", create=False)
    fill(store)
    store.close()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the ward of this test lies."""
    return tmp_path / "ward"


def _opened(source: Path, folder: Path) -> Iterator[Store]:
    shutil.copytree(source, folder)
    store = new_store(folder, create=False)
    yield store
    store.close()


@pytest.fixture
def store(wards: Path, folder: Path) -> Iterator[Store]:
    """A ward with one infant, number 1."""
    yield from _opened(wards / "one-infant", folder)


@pytest.fixture
def empty_store(wards: Path, folder: Path) -> Iterator[Store]:
    """A ward without an infant."""
    yield from _opened(wards / "empty", folder)


@pytest.fixture
def full_store(wards: Path, folder: Path) -> Iterator[Store]:
    """A ward with a row of each kind, one of them struck out."""
    yield from _opened(wards / "full", folder)


@pytest.fixture
def full_folder(wards: Path, folder: Path) -> Path:
    """The same, closed."""
    shutil.copytree(wards / "full", folder)
    return folder
