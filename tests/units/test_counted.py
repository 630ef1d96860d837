"""One is counted as one: "1 day", never "1 days"."""

import pytest

from bedside.units.counted import so_many


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("day",), "0 days"),
        (1, ("day",), "1 day"),
        (2, ("day",), "2 days"),
        (1, ("person", "people"), "1 person"),
        (3, ("person", "people"), "3 people"),
    ],
)
def test_a_number_has_the_word_that_fits_it(number: int, words: tuple[str, ...], said: str) -> None:
    assert so_many(number, *words) == said
