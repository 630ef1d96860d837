"""Another language on the screen changes what is read there, and nothing else: not one decision (H1, H25)."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.desktop.spoken import english_day, one_text, spoken, spoken_words
from tests.desktop.walked import MADE
from tests.made_wards import copy_demonstration
from tests.screen import small_screen

pytestmark = [pytest.mark.file_only, pytest.mark.timeout(180)]

# What stays in English: sources, and what the demonstration's people wrote among words of the program.
ENGLISH = (
    "Source: ",
    "Sources: ",
    "FDA label",
    "the newest consensus of the follow-up groups",
    "over that age and in adults",
    "in children under 2 years",
    "10:13  called: Dr I. Halvorsen",
    "Nach links",  # Qt's own words, in German already
    "Nach rechts",
)
SEALS = 16  # letters of the audit head that stands on a page, in one word or in four


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """The same ward in English and in German, each in a process of its own, at the same moment."""
    made = copy_demonstration(MADE, tmp_path_factory.mktemp("made") / "ward")
    walking = {
        name: _begin(made, tmp_path_factory.mktemp(name), *given)
        for name, given in (("en", ("en",)), ("de", ("de",)), ("large", ("de", "150")))
    }
    found = {}
    for name, process in walking.items():
        told, wrong = process.communicate(timeout=170)
        assert process.returncode == 0, wrong.decode()[-2000:]
        found[name] = json.loads(told)
    return found


def _begin(made: Path, folder: Path, *given: str) -> "subprocess.Popen[bytes]":
    ward = shutil.copytree(made, folder / "ward")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.walked", str(ward), *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": small_screen(folder)},
    )


def test_no_judgement_changes_with_the_language(walks):
    """Ward list, start rules, what is due, DLT, orders, checks, fever, handover, papers: byte for byte."""
    assert walks["de"]["judged"] == walks["en"]["judged"] != []


def test_what_is_recorded_is_the_same_row_by_row(walks):
    """A far weight is refused with the same reasons, another is kept; the file has the same content."""
    assert walks["de"]["typed"] == walks["en"]["typed"]
    assert any("ten times the weight" in told for told in walks["de"]["typed"])
    assert "False" in walks["de"]["typed"]  # a form that closed: it recorded
    assert walks["de"]["kept"] == walks["en"]["kept"]


def test_papers_are_the_same_byte_for_byte(walks):
    assert walks["de"]["papers"] == walks["en"]["papers"]
    assert len(walks["de"]["papers"]) > 5


def test_the_language_is_chosen_by_its_door_and_kept(walks):
    assert walks["de"]["chosen"] == "de"
    shown = walks["de"]["shown"]
    assert "Stationsliste: 9 Säuglinge" in shown
    assert "HOLMBERG," in shown and "LINDGREN," in shown


def test_what_is_typed_in_german_is_taken(walks):
    """The palette and lists are searched in the words that stand there; a day has months of both languages."""
    by_hand = walks["de"]["by hand"]
    assert by_hand["act"].startswith("Read what is in sight again")
    assert by_hand["entry"] == "1"
    assert by_hand["day"] == "2026-12-04 04-Dec-2026"
    assert by_hand["answer"] == "1"


def test_every_text_on_every_page_and_form_is_german(walks):
    gaps = [
        gap for gap in walks["de"]["gaps"] if not gap.startswith(ENGLISH) and not _is_a_seal(gap)
    ]
    assert gaps == [], "\n".join(gaps)


def _is_a_seal(gap: str) -> bool:
    letters = gap.replace(" ", "")
    return len(letters) == SEALS and set(letters) <= set("0123456789abcdef")


@pytest.mark.parametrize("walk", ["de", "large"])
def test_no_german_text_is_cut_or_out_of_sight(walks, walk: str):
    """Labels, buttons, headings and cells of every page and form, at 100 and at 150 %."""
    assert walks[walk]["cut"] == []


def test_no_two_german_letters_with_alt_are_alike(walks):
    """Two with the same letter, and Alt with it does nothing, or not what is written."""
    assert walks["de"]["alike"] == []


def test_in_english_nothing_is_done():
    assert spoken("held") == "held"
    assert spoken_words("not done") == ["not", "done"]
    assert one_text(["not", "done"]) == "not done"
    assert one_text([]) == ""
    assert english_day("20-Dez-2026") == "20-Dez-2026"
