"""What no file of the project may say: where packages come from, this machine's paths, loose ends."""

import re

import pytest

from tests.architecture.tree import texts

# One letter of each stands in brackets, so that this file does not say the words either.
PLACES = (
    r"pyp[i]\.org", "pythonh[o]sted", r"npmj[s]\.(org|com)", r"deb\.deb[i]an",
    r"security\.deb[i]an", "/w[o]rk/", r"\.l[i]brary", "/opt/p[y]pi", "/opt/wh[e]els", "/ro[o]t/",
    r"\.py[e]nv", "shar[e]d/",
)  # fmt: skip
PICTURES = ("m[o]ck-?ups?", "notes-scr[e]ens", "01-w[a]rd-board", "A-dosing-sh[e]et")
LOOSE_ENDS = (r"\bT[O]DO\b", r"\bFIXM[E]\b", r"\bX[X]X\b", "NotImplementedErr[o]r")


def lines_with(words: tuple[str, ...], flags: re.RegexFlag = re.IGNORECASE) -> list[str]:
    """Return each line of the project that says one of them."""
    said = re.compile("|".join(words), flags)
    return [
        f"{file}:{number}: {line.strip()[:100]}"
        for file, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if said.search(line)
    ]


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    found = lines_with(PLACES)
    assert not found, "\n".join(found)


def test_no_file_names_the_pictures_it_was_drawn_after():
    found = lines_with(PICTURES)
    assert not found, "\n".join(found)


def test_nothing_is_left_to_be_done():
    found = lines_with(LOOSE_ENDS, re.NOFLAG)
    assert not found, "\n".join(found)


def test_no_file_holds_a_conflict_mark():
    found = lines_with(("^<{7} ", "^>{7} "))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("word", PLACES + PICTURES + LOOSE_ENDS)
def test_each_word_would_be_found(word):
    """The check bites: the word without its brackets is found by its own pattern."""
    plain = re.sub(r"\[(.)\]", r"\1", word).replace("(org|com)", "org")
    plain = re.sub(r"\\b|\\|\?", "", plain)
    assert re.search(word, f"see {plain} there")
    assert not re.search(word, word)
