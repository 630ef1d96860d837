"""What is retyped before a print: the end of the hospital number, read off the band (hazard H25)."""

import pytest

from bedside.units.refusal import Refused
from bedside.ward.identity import check_retyped, last_signs
from tests.ward.wards import Bench


@pytest.mark.parametrize(
    ("number", "typed"),
    [
        ("DEM 004 131", "4131"),
        ("1234567", "4567"),
        ("AB-1234", "1234"),
        ("2026/0417-A", "0417"),
        ("T 001", "T001"),
        ("B7", "B7"),
    ],
)
def test_what_is_to_be_typed(number, typed):
    assert last_signs(number) == typed


@pytest.mark.parametrize("typed", ["T001", "t001", " T 001 "])
def test_the_right_end_passes(tmp_path, typed):
    bench = Bench(tmp_path / "ward")
    bench.open_epi_1()
    check_retyped(bench.ward, bench.infant, typed)
    bench.ward.store.close()


@pytest.mark.parametrize("typed", ["", "  ", "001", "T002", "0001", "T0011"])
def test_anything_else_is_refused_without_telling_the_number(tmp_path, typed):
    bench = Bench(tmp_path / "ward")
    bench.open_epi_1()
    with pytest.raises(Refused) as refused:
        check_retyped(bench.ward, bench.infant, typed)
    assert "Not printed" in refused.value.reasons[0]
    assert "letters and digits" in refused.value.reasons[-1]  # three digits only
    assert not any("T 001" in reason for reason in refused.value.reasons)
    bench.ward.store.close()
