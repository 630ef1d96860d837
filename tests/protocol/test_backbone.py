"""The blinatumomab pilot shares the backbone of Interfant-06: taken over whole, or refused."""

from pathlib import Path

import pytest

from bedside.places import place
from bedside.protocol.model import Protocol
from bedside.protocol.reader import ProtocolFileError, read_protocol
from tests.protocol.small_protocol import SMALL

PILOT = """
[backbone]
protocol = "small"
takes = ["weights", "conflict"]

[protocol]
key        = "pilot"
title      = "Pilot"
full-title = "A pilot"
edition    = "1"
registry   = "none"
therapy    = { evidence = "absent" }

[sources]
P1 = { short = "pilot", full = "the pilot" }

[[entry]]
key = "age"
check = "age-in-days"
words = "under 1 year"
limit = 364
evidence = "stated"
source = ["P1"]

[[course]]
key = "first"
from = "small"

[[course]]
key = "second"
from = "small"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def read(folder: Path, text: str) -> Protocol:
    path = folder / "pilot.toml"
    path.write_text(text, encoding="utf-8")
    return read_protocol(path)


def test_the_pilot_is_one_course_more(shelf: dict[str, Protocol]) -> None:
    base, pilot = shelf["interfant06"], shelf["interfant06-blinatumomab"]
    keys = [course.key for course in pilot.courses]
    assert keys[:2] == ["induction", "blinatumomab"]
    assert [key for key in keys if key != "blinatumomab"] == [c.key for c in base.courses]
    assert pilot.backbone == "interfant06"
    for course in base.courses:
        assert pilot.course(course.key).drugs == course.drugs
        assert pilot.course(course.key).protocol == pilot.key
    assert pilot.strata.risk == base.strata.risk
    assert pilot.strata.transplant == base.strata.transplant


def test_its_one_course_is_stated(shelf: dict[str, Protocol]) -> None:
    """15 micrograms per m² a day for 28 days: NEJM 2023;388:1572, abstract."""
    course = shelf["interfant06-blinatumomab"].course("blinatumomab")
    (plan,) = course.drugs
    assert course.length_days == 28
    assert plan.days.scheduled == tuple(range(1, 29))
    assert plan.dose.rate is not None
    assert (plan.dose.rate.value, plan.dose.rate.unit, plan.dose.rate.per) == (
        15,
        "micrograms",
        "m2",
    )
    assert plan.age_rule is None


def test_its_digest_names_both_files(folder: Path) -> None:
    first = read(folder, PILOT).digest
    (folder / "small.toml").write_text(SMALL.replace("days = 5", "days = 6"), encoding="utf-8")
    assert read(folder, PILOT).digest != first


def test_courses_are_taken_over_as_they_stand(folder: Path) -> None:
    taken = read(folder, PILOT)
    assert [course.key for course in taken.courses] == ["first", "second"]
    assert set(taken.sources) == {"S1", "P1"}
    assert [conflict.number for conflict in taken.conflicts] == [1]


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('key = "second"\nfrom', 'key = "third"\nfrom', "its courses are first, second"),
        ('from = "small"', 'title = "X"\nfrom = "small"', "its key and from"),
        ('from = "small"', 'from = "other"', 'from = "small" only'),
        ('"conflict"]', '"course"]', "cannot be taken over"),
        ("P1 = {", 'S1 = { short = "x", full = "y" }\nP1 = {', "another source"),
        ('protocol = "small"', 'protocol = "gone"', "does not lie beside"),
        ('protocol = "small"', 'protocol = "../small"', "does not lie beside"),
        ('protocol = "small"', "protocol = 3", "a text in quotes"),
    ],
)
def test_what_cannot_be_taken_over_is_refused(
    wrong: str, right: str, said: str, folder: Path
) -> None:
    with pytest.raises(ProtocolFileError, match=said):
        read(folder, PILOT.replace(wrong, right))


def test_a_backbone_that_is_no_table_or_no_text(folder: Path) -> None:
    with pytest.raises(ProtocolFileError, match="a table is needed"):
        read(folder, "backbone = 1\n" + PILOT.split("[protocol]")[1].join(["[protocol]", ""]))
    with pytest.raises(ProtocolFileError, match="cannot be read"):
        read(folder, "backbone = ")
    (folder / "small.toml").write_bytes(b"\xff")
    with pytest.raises(ProtocolFileError, match=r"small\.toml: byte 0 is not UTF-8"):
        read(folder, PILOT)


def test_weights_of_its_own_stay_its_own(folder: Path) -> None:
    own = "[weights]\npossible-kg = [1, 30]\nordinary-kg = [2, 20]\nsurface-m2 = [0.12, 0.8]\n"
    text = PILOT.replace("[sources]", own + 'evidence = "judgement"\nreason = "own"\n[sources]')
    found = read(folder, text).courses[0].weight_range
    assert found is not None
    assert found.reason == "own"


def test_no_course_is_copied_into_the_pilots_file() -> None:
    text = place("resources", "protocols", "interfant06-blinatumomab.toml").read_text("utf-8")
    assert "cyclophosphamide" not in text
    assert len(text.splitlines()) < 250
