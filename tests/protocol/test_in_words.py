"""Every fact of a protocol stands in its words, with evidence and sources; days are never drawn together by a dash."""

import re

import pytest

from bedside.papers.protocol_book import FactLine, ProtocolBook
from bedside.protocol.day_words import list_words, total_words
from bedside.protocol.drugs import display_name, route_words
from bedside.protocol.in_words import book_of
from bedside.protocol.model import Protocol
from bedside.protocol.reader import read_protocol_text
from tests.protocol.small_protocol import SMALL

DASHED_DAYS = re.compile(r"\b[Dd]ays?\b[^.;]{0,20}?[0-9]\s*[-\u2010-\u2015\u2212]\s*[0-9]")


def facts_of(book: ProtocolBook, course: str) -> list[FactLine]:
    return list(next(one for one in book.courses if one.key == course).facts)


def said(book: ProtocolBook, course: str, about: str, aspect: str) -> list[str]:
    return [
        fact.words
        for fact in facts_of(book, course)
        if (fact.about, fact.aspect) == (about, aspect)
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), "no day"),
        ((1,), "day 1"),
        ((1, 8, 15), "days 1, 8, 15"),
        (tuple(range(1, 29)), f"days {', '.join(map(str, range(1, 29)))}"),
        (tuple(range(1, 169)), "every day from day 1 to day 168, both included"),
        (tuple(range(1, 71, 2)), f"days {', '.join(map(str, range(1, 71, 2)))}"),
    ],
)
def test_days_in_words(days: tuple[int, ...], words: str):
    """H18: each day by itself; a long unbroken run by both its ends, in words."""
    assert list_words(days) == words


def test_every_drug_of_every_course_stands_there(shelf: dict[str, Protocol]):
    for protocol in shelf.values():
        book = book_of(protocol)
        for course in protocol.courses:
            found = {fact.about for fact in facts_of(book, course.key)}
            for plan in course.drugs:
                assert f"{display_name(plan.drug)}, {route_words(plan.route)}" in found


def test_every_sourced_fact_names_its_source(shelf: dict[str, Protocol]):
    for protocol in shelf.values():
        book = book_of(protocol)
        for fact in (*book.facts, *(one for course in book.courses for one in course.facts)):
            if fact.evidence in ("stated", "conflict", "related", "site"):
                assert fact.sources and fact.named, fact


def test_no_dash_between_days(shelf: dict[str, Protocol]):
    """H18: "days 4-11" has been read as 4 and 11."""
    for protocol in shelf.values():
        book = book_of(protocol)
        for fact in (*book.facts, *(one for course in book.courses for one in course.facts)):
            assert not DASHED_DAYS.search(f"{fact.words} {fact.note}"), fact


def test_the_azacitidine_block_by_hand(aall15p1: Protocol):
    """From the slides and the register."""
    book = book_of(aall15p1)
    about = "azaCITIDine, intravenous"
    assert said(book, "epi-1", about, "days") == ["days 1, 2, 3, 4, 5 (5 dose days)"]
    assert said(book, "epi-1", about, "dose") == ["2.5 mg per kg"]
    assert said(book, "epi-1", about, "infusion") == [
        "over 10 to 40 minutes; finished within 45 minutes of reconstitution"
    ]
    assert said(book, "epi-1", "Course", "start rule, ANC") == ["ANC 500 per µL or more"]
    assert said(book, "epi-1", "Course", "start rule, platelets") == [
        "platelets 50\u202f000 per µL or more"
    ]


def test_what_is_not_public_is_said_so(interfant06: Protocol):
    book = book_of(interfant06)
    assert book.closed_to_entry.startswith("closed to entry")
    doses = [fact for fact in facts_of(book, "ib") if fact.aspect == "dose"]
    assert doses and all((one.words, one.evidence) == ("not public", "absent") for one in doses)
    days = [fact for fact in facts_of(book, "ib") if fact.aspect == "days"]
    assert all(one.evidence == "absent" for one in days)


def test_days_of_the_related_protocol_are_marked(interfant06: Protocol):
    """Related days are shown, never as this protocol's own."""
    found = [one for one in facts_of(book_of(interfant06), "ib") if one.aspect == "days elsewhere"]
    assert found and all(one.evidence == "related" for one in found)
    assert any("days 3, 4, 5, 6, 10, 11, 12, 13" in one.words for one in found)


def test_both_readings_of_a_conflict_stand_there(aall15p1: Protocol):
    book = book_of(aall15p1)
    readings = said(book, "maintenance", "methotrexate, intrathecal", "days in conflict")
    assert [words.split(":")[0] for words in readings] == ["day 92", "day 99"]
    (first, *_) = book.conflicts
    assert len(first.readings) == 2 and first.ruling == "not planned until the site enters it"


def test_cycles_are_said(aall15p1: Protocol):
    book = book_of(aall15p1)
    (words,) = said(
        book, "maintenance", "mercaptopurine, by mouth or by nasogastric tube", "days repeated"
    )
    assert words == (
        "from day 169 on in cycles of 84 days, until the end of therapy; in each, every day from "
        "day 1 to day 84, both included (84 dose days)"
    )
    (weekly,) = said(book, "maintenance", "methotrexate, by mouth", "days repeated")
    assert weekly.endswith("the days of the cycle are open")


def test_the_risk_groups_and_rulings_of_interfant06(interfant06: Protocol):
    facts = {(one.about, one.aspect): one for one in book_of(interfant06).facts}
    assert facts["Limits", "wbc"].words == "300 ×10⁹/L or more (at least 300 ×10⁹/L)"
    assert facts["Limits", "age"].words.startswith(
        "fewer than 6 completed calendar months (below 6"
    )
    assert ("Risk groups", "HR, high risk") in facts
    assert any(about.startswith("Ruling: HR") for about, _ in facts)


def test_the_small_protocol_in_words():
    book = book_of(read_protocol_text(SMALL, "small.toml"))
    about = "azaCITIDine, intravenous"
    assert said(book, "first", about, "age factor") == [
        "from 0 completed months 2/3, from 6 completed months 1; age on day 1 of the course"
    ]
    assert said(book, "first", about, "stop of this program") == [
        "never more than 25 mg, never more than 1 vial"
    ]
    assert said(book, "second", "Course", "cycle") == ["7 days"]


@pytest.mark.parametrize(
    ("find", "put", "course", "about", "aspect", "words"),
    [
        ("most = 25, unit", "most-per-kg = 3, unit", "first", "azaCITIDine, intravenous",
         "stop of this program", "never more than 3 mg per kg, never more than 1 vial"),
        ("most-vials = 1, ", "", "first", "azaCITIDine, intravenous",
         "stop of this program", "never more than 25 mg"),
        ("most-vials = 1, ", "most-vials = 2, ", "first", "azaCITIDine, intravenous",
         "stop of this program", "never more than 25 mg, never more than 2 vials"),
        ("shortest-minutes = 10, longest-minutes = 40, finish-within-minutes = 45,",
         'shortest-minutes = 1, longest-minutes = 1, words = "by hand",', "first",
         "azaCITIDine, intravenous", "infusion", "over 1 minute, by hand"),
        ("shortest-minutes = 10, longest-minutes = 40, finish-within-minutes = 45,",
         "shortest-minutes = 30, longest-minutes = 30, conflict = 1,", "first",
         "azaCITIDine, intravenous", "infusion", "over 30 minutes (conflict 1)"),
        ('frequency = "once daily", doses-per-day = 1', "doses-per-day = 2", "second",
         "mercaptopurine, by mouth", "given", "by mouth, 2 doses a day"),
    ],
)  # fmt: skip
def test_each_fact_has_its_words(find, put, course, about, aspect, words):
    assert find in SMALL
    book = book_of(read_protocol_text(SMALL.replace(find, put, 1), "small.toml"))
    assert said(book, course, about, aspect) == [words]


def test_a_place_that_is_not_tertiary_only_and_a_second_label():
    text = SMALL.replace(
        'phase           = "One"',
        'phase           = "One"\nplace = { tertiary-only = false, evidence = "stated", source = ["S1"] }\n'
        'second-label = { add = 5, evidence = "stated", source = ["S1"] }\nalso = ["A"]\n',
        1,
    )
    book = book_of(read_protocol_text(text, "small.toml"))
    assert said(book, "first", "Course", "place") == ["also at a shared-care centre"]
    assert said(book, "first", "Course", "second day number") == [
        "the paper's own number of a day is 5 more"
    ]
    assert said(book, "first", "Course", "name and place in the order") == ["in the phase One"]


def test_an_arm_stands_with_the_course(interfant06: Protocol):
    assert said(book_of(interfant06), "ib", "Course", "name and place in the order") == [
        "in the phase Consolidation, standard arm only"
    ]


def test_a_total_with_a_route_whose_days_are_not_public():
    protocol = read_protocol_text(SMALL, "small.toml")
    (aza,), (merc,) = (course.drugs for course in protocol.courses)
    open_days = (
        read_protocol_text(
            SMALL.replace(
                'days     = { on = [1, 2], evidence = "stated", source = ["S1"] }',
                'days     = { evidence = "absent" }',
            ).replace("last-dosing-day = 2\n", ""),
            "small.toml",
        )
        .courses[0]
        .drugs[0]
    )
    assert total_words((merc, open_days)).endswith(
        "days of one route are not public and not counted"
    )
    assert total_words((open_days,)) == "days not public"
    assert total_words((aza,)).startswith("2 dose days")


def test_a_course_of_another_protocol_is_named_by_its_title(
    aall15p1: Protocol, interfant06: Protocol
):
    about = "Courses of another protocol"

    def beside(others: dict[str, Protocol]) -> dict[str, str]:
        book = book_of(aall15p1, others)
        return {one.aspect: one.words for one in book.facts if one.about == about}

    named = beside({"interfant06": interfant06})
    assert named["Delayed Intensification part 1"] == (
        "Delayed Intensification part 1 stands where Interfant-06 has OCTADAD part 1"
    )
    assert named["Induction"] == "Induction stands where Interfant-06 has Induction"
    assert "Consolidation, said" in named
    # a protocol that is not there can only be named by its key
    assert beside({})["Induction"] == "Induction stands where interfant06 has induction"


def test_no_key_of_the_file_stands_in_the_entry_rules(aall15p1: Protocol):
    aspects = [one.aspect for one in book_of(aall15p1).facts if one.about == "Entry"]
    assert aspects and not [one for one in aspects if "-" in one]
