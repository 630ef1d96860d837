"""Every test of the ward works on a real store in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bedside.protocol.site_values import NO_SITE_VALUES
from tests.ward.wards import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "ward")
    assert made.ward.values is NO_SITE_VALUES
    yield made
    made.ward.store.close()
