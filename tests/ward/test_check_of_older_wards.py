"""The second check on a ward where no order was ever made."""

from pathlib import Path

from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.ward.check_standing import check_state
from tests.ward.wards import Bench


def test_an_older_ward_has_no_check(tmp_path: Path) -> None:
    """No order was ever made: nothing is checked, and nothing breaks."""
    bench = Bench(tmp_path / "plain")
    bench.site()
    bench.enrol()
    assert (
        check_state(bench.ward, bench.infant, "epi-1", 1, "azacitidine", "IV").stage
        == "not checked"
    )
    assert bench.ward.values == NO_SITE_VALUES
    bench.ward.store.close()
