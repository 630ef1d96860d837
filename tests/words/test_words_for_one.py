"""A sentence that counts has words of its own for one: "1 earlier grades" is read as a slip of the program."""

import pytest

from tests.words.said import sentences, texts_of_desktop

SEVERAL = {
    "earlier grades not in the log": "earlier grade not in the log",
    "earlier grades": "1 earlier grade",
    "older ones, and": "1 older one, and",
    "temperatures in": "temperature in",
    "copies or replaced wards": "copy or replaced ward",
    "printed papers carry": "1 printed paper carries",
    "later acts are NOT": "1 later act is NOT",
    "numbers wait for": "number waits for",
    "numbers are commissioned": "number is commissioned",
    "planned doses before today": "1 planned dose before today is",
    "lines of the protocol have": "1 line of the protocol has",
}


@pytest.fixture(scope="module")
def said() -> tuple[str, ...]:
    return tuple(each.text for each in (*texts_of_desktop(), *sentences()))


@pytest.mark.parametrize("several", SEVERAL)
def test_what_counts_several_also_counts_one(said: tuple[str, ...], several: str) -> None:
    assert any(several in text for text in said)
    assert any(SEVERAL[several] in text for text in said)
