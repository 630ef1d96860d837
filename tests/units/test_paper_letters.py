"""What may be typed for a paper: letters that its typefaces have, and no more than it holds."""

import pytest

from bedside.units.paper_letters import paper_faults


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("李", "The bed: no paper can show U+674E"),
        ("a\nb", "The bed: no paper can show U+000A"),
        ("ł\nb", "The bed: no paper can show U+000A"),
        ("A" * 11, "The bed: 11 letters; the papers have room for 10."),
    ],
)
def test_what_no_paper_shows_or_holds_is_named(text: str, said: str) -> None:
    (reason,) = paper_faults("The bed", text, 10)
    assert reason.startswith(said)


@pytest.mark.parametrize("text", ["", "4 a", "Łódź", "e\u0301"])
def test_what_prints_is_taken(text: str) -> None:
    assert paper_faults("The bed", text, 10) == []
