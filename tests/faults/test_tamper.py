"""Whatever is changed in a ward's file from outside is found, before a byte of it is printed (P11)."""

import pytest

from tests.faults.tamper import INSIDE, KEYED, run

TAMPERINGS = 80


@pytest.mark.parametrize("keys", [None, KEYED], ids=["plain", "keyed"])
def test_every_tampering_is_found(tmp_path, keys):
    totals = run(TAMPERINGS, 20261121, tmp_path, keys)
    assert totals["missed_ones"] == []
    assert totals["harmless"] == 0
    found = sum(totals[name] for name in totals if name.startswith("found"))
    assert found == TAMPERINGS
    assert len(totals["ways"]) >= len(INSIDE)  # every way was tried
