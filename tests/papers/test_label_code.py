"""The code on a preparation's label: what it says is what is read, and a slip is caught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.papers.check_signs import ALPHABET, check_signs, fits, folded, from_signs, in_signs
from bedside.papers.label_code import LabelCode, label_code, read_label_code

SIGNS = st.text(ALPHABET, min_size=10, max_size=14)


def test_a_label_is_read_as_it_was_written():
    code = label_code(" dem 004 118 ", "DEMO-2026-00412", 37)
    assert code.startswith("BEDSIDE L1/DEM 004 118/DEMO-2026-00412/37/")
    assert read_label_code(f"{code}\n") == LabelCode("DEM 004 118", "DEMO-2026-00412", 37)
    assert read_label_code(code.lower()) == LabelCode("DEM 004 118", "DEMO-2026-00412", 37)


@pytest.mark.parametrize(
    ("sheet", "copy"), [("BS-2026-00001", 2), ("A*2", 1), ("A*2", 3), ("B", 12)]
)
def test_a_further_copy_names_itself(sheet, copy):
    code = label_code("A", sheet, 7, copy)
    assert read_label_code(code) == LabelCode("A", sheet, 7, copy)


@pytest.mark.parametrize("part", ["H48", "T2", "H720"])
def test_a_label_of_one_of_several_doses_names_it(part):
    code = label_code("A", "B", 7, 2, part)
    assert f"/B*2/7*{part}/" in code
    assert read_label_code(code) == LabelCode("A", "B", 7, 2, part)


@given(
    st.text(min_size=1, max_size=30).filter(lambda text: text.strip() and text.isprintable()),
    st.integers(1, 10**9),
)
def test_any_study_number_comes_back(study, dose):
    read = read_label_code(label_code(study, "BS-2026-00001", dose))
    assert read == LabelCode(study.strip().upper(), "BS-2026-00001", dose)


def test_a_wrong_sign_is_no_label():
    code = label_code("DEM 004 118", "DEMO-2026-00412", 37)
    for at, sign in enumerate(code):
        other = "7" if sign != "7" else "8"
        assert read_label_code(code[:at] + other + code[at + 1 :]) is None


@pytest.mark.parametrize("text", ["", "DEM 004 118", "BEDSIDE 1/A/1/B/C", "BEDSIDE L1/A/B/0/00"])
def test_what_is_no_label_is_none(text):
    assert read_label_code(text) is None


@pytest.mark.parametrize(("study", "sheet", "dose"), [("", "A", 1), ("A", " ", 1), ("A", "B", 0)])
def test_a_label_needs_all_three(study, sheet, dose):
    with pytest.raises(ValueError, match="a label names"):
        label_code(study, sheet, dose)


@given(SIGNS, st.data())
def test_every_wrong_sign_and_every_swap_of_neighbours_is_caught(body, data):
    code = body + check_signs(body)
    assert fits(code)
    at = data.draw(st.integers(0, len(code) - 1))
    for sign in ALPHABET:
        assert fits(code[:at] + sign + code[at + 1 :]) == (sign == code[at])
    for one, other in zip(range(len(code) - 1), range(1, len(code)), strict=True):
        swapped = code[:one] + code[other] + code[one] + code[other + 1 :]
        assert fits(swapped) == (code[one] == code[other])


@given(st.integers(0, 2**50 - 1))
def test_a_number_comes_back_from_its_signs(number):
    assert from_signs(in_signs(number, 10)) == number


def test_letters_that_look_like_figures_are_read_as_such():
    assert folded(" 4i2k-7Q2m 9tX o") == "412K7Q2M9TX0"
