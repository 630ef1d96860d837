"""A site's own definitions: what is taken, and what is refused with its reason."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from bedside.clinical.fever import Neutrophils, judge_fever
from bedside.clinical.fever_clock import steady_time
from bedside.clinical.fever_rules import read_fever_book, shipped_fever_book
from bedside.clinical.fever_temperature import TemperatureReading, write_reading
from bedside.clinical.phoenix_rules import shipped_phoenix_book
from bedside.clinical.vital_signs import judge_pressures
from bedside.clinical.vital_signs_bands import judge_usual, shipped_vital_book
from bedside.places import place
from bedside.units.refusal import Refused

SHIPPED = place("resources", "fever", "definitions.toml").read_text("utf-8")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_the_default_is_named_and_ctcae_is_no_choice() -> None:
    book = shipped_fever_book()
    assert book.find("").key == "cclg"
    assert book.choices() == ("cclg", "vitalite", "michigan")
    assert "CCLG" in book.cite(book.find(""))
    with pytest.raises(Refused, match="cclg, vitalite, michigan"):
        book.find("ours")


def test_a_site_can_write_its_own() -> None:
    text = SHIPPED.replace("neutrophils-below-per-ul = 500", "neutrophils-below-per-ul = 750", 1)
    text = text.replace("within-minutes = 60", "within-minutes = 45")
    book = read_fever_book(text, "ours.toml")
    assert book.antibiotics.within_minutes == 45
    reading = TemperatureReading(NOW, Decimal("38.2"), "oral")
    state = judge_fever(book, "", [reading], Neutrophils(700, at=NOW), NOW)
    assert state.site.verdict == "met"
    assert "20-Nov-2026 12:00" in state.site.neutropenia_words


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("edition =", "edition", "ours.toml"),
        ('default = "cclg"', 'default = "ours"', "no definition ours"),
        ('default = "cclg"', 'default = "ctcae"', "cannot be the site's own"),
        ('key = "vitalite"', 'key = "cclg"', "cclg stands in it twice"),
        ("within-minutes = 60", "within-minutes = 0", "1 to 240 minutes"),
        ("within-minutes = 60", 'within-minutes = "60"', "Expected `int`"),
        ('source = ["MICHIGAN"]', 'source = ["THERE"]', "THERE is not listed"),
        ('source = ["MICHIGAN"]', "source = []", "michigan: a definition needs its source"),
        ("celsius = 38.0", "celsius = 3.8", "from 37 to 40"),
        ("neutrophils-below-per-ul = 500", "neutrophils-below-per-ul = 0", "below 1 or more"),
        ("low-below-celsius = 36.0", "low-below-celsius = 33.0", "from 34 to 37"),
        ("  within-hours = 24", "", "need the hours"),
        ("  minutes = 60", "  minutes = 0", "minutes and readings are 1 or more"),
        ("signs-alone = true", "sings-alone = true", "unknown field"),
    ],
)
def test_a_faulty_file_is_refused(old: str, new: str, words: str) -> None:
    assert old in SHIPPED
    with pytest.raises(Refused) as refused:
        read_fever_book(SHIPPED.replace(old, new, 1), "ours.toml")
    assert words in str(refused.value)


def test_a_definition_without_a_temperature_is_refused() -> None:
    head = SHIPPED.partition("[[definition]]")[0].replace('"ctcae"', '"other"')
    with pytest.raises(Refused) as refused:
        read_fever_book(
            head
            + "".join(
                f'[[definition]]\nkey = "{key}"\ntitle = "t"\nevidence = "site"\n'
                'source = ["CCLG"]\nneutrophils-below-per-ul = 500\ntemperature = []\n'
                for key in ("cclg", "other")
            ),
            "ours.toml",
        )
    assert "cclg: a definition needs a temperature" in str(refused.value)


def test_every_figure_names_its_source() -> None:
    book = shipped_vital_book()
    for band in (*book.band, *book.other):
        assert band.evidence in {"stated", "conflict"}
        assert all(key in book.sources for key in band.source)
    assert all(band.note for band in book.band)


def test_a_reading_says_where_and_when() -> None:
    reading = TemperatureReading(NOW, Decimal("38.6"), "tympanic")
    assert write_reading(reading, ",") == "38,6 °C in the ear, 20-Nov-2026 12:00"


def test_swapped_pressures_are_named() -> None:
    assert judge_pressures(Decimal(80), Decimal(45)).level == "usual"
    judged = judge_pressures(Decimal(45), Decimal(80))
    assert judged.level == "impossible" and "swapped" in judged.words


def test_a_jump_is_said_in_words() -> None:
    back = steady_time(NOW, last_known=NOW.replace(hour=13), ran_seconds=0)
    assert "put back by 60 min" in back.words
    ahead = steady_time(NOW, last_known=NOW.replace(hour=11), ran_seconds=0)
    assert "forward by 60 min" in ahead.words


def test_one_source_alone_is_enough() -> None:
    book = msgspec.structs.replace(shipped_vital_book(), other=())
    found = judge_usual(book, "heart-rate", Decimal(170), date(2026, 5, 1), date(2026, 11, 20))
    assert (found.side, found.other) == ("usual", "")


def test_phoenix_names_its_source() -> None:
    assert "10.1001/jama.2024.0179" in shipped_phoenix_book().cited
