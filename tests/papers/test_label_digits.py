"""The figures of a label's line code: year, number and copy, or none where they do not fit into ten."""

import pytest

from bedside.papers.label_digits import label_digits


@pytest.mark.parametrize(
    ("number", "copy", "figures"),
    [
        ("DEMO-2026-00412", 1, "2600412001"),
        ("BS-2027-00001", 23, "2700001023"),
        ("BS-2026-99999", 999, "2699999999"),
        ("BS-2026-100000", 1, ""),  # a ward of a hundred thousand papers
        ("BS-2026-00001", 1000, ""),
        ("BS-2026-00001", 0, ""),
        ("RO-2026-00001", 1, "2600001001"),
        ("COPY-1121-0310", 1, ""),  # printed in an emergency: no number of the ward's own
        ("", 1, ""),
    ],
)
def test_the_figures(number: str, copy: int, figures: str) -> None:
    assert label_digits(number, copy) == figures


@pytest.mark.parametrize(
    ("copy", "of_day", "figures"),
    [
        (1, 1, "2600412101"),
        (3, 12, "2600412312"),
        (10, 1, ""),
        (1, 100, ""),
    ],  # how many it has is not said
)
def test_one_of_several_doses_of_a_day_has_figures_of_its_own(
    copy: int, of_day: int, figures: str
) -> None:
    assert label_digits("DEMO-2026-00412", copy, of_day) == figures


@pytest.mark.parametrize("many", [2, 3, 4, 24])
def test_no_two_labels_of_a_day_bear_the_same_figures(many: int) -> None:
    """By hand, of two: copies 1 to 9 use 101, 102, 201 ...; 000 to 099 are free, then 100, 103."""
    found = [
        label_digits("BS-2026-00412", copy, number, many)
        for copy in range(1, 30)
        for number in range(1, many + 1)
    ]
    assert len(set(found)) == len(found) and all(len(each) == 10 for each in found)
    assert label_digits("BS-2026-00412", 10, 1, 2) == "2600412000"
    assert label_digits("BS-2026-00412", 60, 1, 2) == "2600412100"
    assert label_digits("BS-2026-00412", 60, 2, 2) == "2600412103"
    assert label_digits("BS-2026-00412", 999, 1, many) == ""  # none are left
