"""The usual reasons of a dose that was not given fit its route."""

import pytest

from bedside.ward.not_given import not_given_form
from bedside.ward.views.not_given import REASONS
from tests.ward.day_bench import (
    CYTARABINE_IT,
    DEXAMETHASONE,
    PREDNISOLONE,
    VINCRISTINE,
    in_induction,
)
from tests.ward.wards import Bench

MOUTH, LINE = "refused by mouth", "no line"


@pytest.mark.parametrize(
    ("day", "planned", "never"),
    [
        (15, VINCRISTINE, {MOUTH}),
        (15, CYTARABINE_IT, {MOUTH}),
        (3, PREDNISOLONE, {LINE}),
        (15, DEXAMETHASONE, set()),  # by mouth, by tube or by vein: any of them may be the reason
    ],
)
def test_a_reason_that_fits_another_route_is_not_offered(bench: Bench, day, planned, never) -> None:
    in_induction(bench, day)
    offered = not_given_form(bench.ward, bench.infant, planned).reasons
    assert offered == tuple(reason for reason in REASONS if reason not in never)
