"""Names are found by plain letters, whatever accents the typist leaves out."""

import pytest

from bedside.units.folded import folded


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("TRẦN", "tran"),
        ("Đặng", "dang"),
        ("Sørensen", "sorensen"),
        ("Łukasz", "lukasz"),
        ("Weiß", "weiss"),
        ("Þórður", "thordur"),
        ("Œuvrard", "oeuvrard"),
        ("İnci", "inci"),
        ("O'Neill-Smith", "o'neill-smith"),
        ("", ""),
    ],
)
def test_a_name_is_folded_to_plain_small_letters(name: str, plain: str):
    assert folded(name) == plain
    assert folded(plain) == plain
