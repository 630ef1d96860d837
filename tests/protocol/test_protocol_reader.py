"""The protocol reader refuses what could hurt, names file and place, and says all faults at once."""

import re
from pathlib import Path

import pytest

from bedside.places import place
from bedside.protocol.reader import ProtocolFileError, read_protocol, read_protocol_text
from bedside.protocol.shelf import Shelf, read_shelf
from bedside.units.refusal import Refused
from tests.protocol.small_protocol import SMALL

AZA = "course first > drug azacitidine IV"
MP = "course second > drug mercaptopurine PO"

# what is written, what stands there instead, the place named, and what is said
FAULTS = [
    # unknown and missing keys
    ('words    = "begins first"', 'words = "x"\n  wodrs = "y"', "course first > start > wodrs", "is words meant?"),
    ('registry   = "none"', 'registry = "none"\nqqqq = 1', "protocol > qqqq", "known here: "),
    ('title      = "Small"\n', "", "protocol > title", "missing"),
    ('title      = "Small"', 'title = "  "', "protocol > title", "a text in quotes"),
    ('title      = "Small"', "title = 5", "protocol > title", "a text in quotes"),
    ("[protocol]", "[protokol]", "protocol", "missing"),
    ("[sources]", "[sourcess]", "sources", "missing"),
    # days
    ("on = [1, 2],", "on = [0, 2],", f"{AZA} > days > on", "day 0 is impossible"),
    ("on = [1, 2],", "on = [-1, 2],", f"{AZA} > days > on", "day -1 is impossible"),
    ("on = [1, 2],", "on = [1, 1, 2],", f"{AZA} > days > on", "day 1 stands there twice"),
    ("on = [1, 2],", "on = [2, 1],", f"{AZA} > days > on", "write days in order"),
    ("on = [1, 2],", "on = [1, 2.0],", f"{AZA} > days > on", "2.0 is not a whole number"),
    ("on = [1, 2],", 'on = [1, "2"],', f"{AZA} > days > on", "'2' is not a whole number"),
    ("on = [1, 2],", "on = [1, true],", f"{AZA} > days > on", "True is not a whole number"),
    ("on = [1, 2],", "on = 2,", f"{AZA} > days > on", "a list is needed"),
    ("on = [1, 2],", "on = [1, 6],", "course first > drug 1 azacitidine IV > days", "after the course's end: it has 5 days"),
    ("{ on = [4], words", "{ on = [6], words", "course first > drug 1 azacitidine IV > days", "day 6 lies after"),
    ("on = [1, 2],", "on = [1, 3],", f"{AZA} > disputed", "day 3 is disputed and planned"),
    ("on = [1, 2],", "", f"{AZA} > days > on", "stated days must be listed"),
    ("on = [1, 2],", "on = [],", f"{AZA} > days > on", "stated days must be listed"),
    ('days     = { on = [1, 2], evidence = "stated"', 'days = { on = [1, 2], evidence = "related"', f"{AZA} > days > evidence", "not this protocol's days"),
    ('days     = { on = [1, 2], evidence = "stated"', 'days = { on = [1, 2], evidence = "conflict"', f"{AZA} > days > on", "may not be planned"),
    ("last-dosing-day = 2", "last-dosing-day = 29", "course first > last-dosing-day", "the lists of days end on day 2"),
    ("last-dosing-day = 2\n", "", "course first > last-dosing-day", "missing"),
    ("disputed = { conflict = 1,", "disputed = { conflict = 9,", f"{AZA} > disputed > conflict", "no [[conflict]] with number 9"),
    ("from-day = 8, every-days = 7, on = [1, 7]", "from-day = 8, every-days = 7, on = [1, 8]", f"{MP} > repeat > on", "outside a cycle of 7 days"),
    ("disputed = { conflict = 1, ", "disputed = { ", f"{AZA} > disputed > conflict", "missing"),
    (', readings = [{ on = [3], words = "a" }, { on = [4], words = "b" }]', "", f"{AZA} > disputed > readings", "missing"),
    ("{ on = [3], words", "{ words", f"{AZA} > disputed > readings 1 > on", "missing"),
    ("from-day = 8, ", "", f"{MP} > repeat > from-day", "missing"),
    ("every-days = 7, ", "", f"{MP} > repeat > every-days", "missing"),
    ("from-day = 8,", "from-day = 7,", f"{MP} > repeat > from-day", "day 7 is planned twice"),
    ('on = [1, 7], evidence = "stated", source = ["S1"] }\n  dose', 'on = [1, 7], evidence = "conflict", source = ["S1"] }\n  dose', f"{MP} > repeat > on", "may not be planned"),
    # sources and evidence
    ('days     = { on = [1, 2], evidence = "stated", source = ["S1"] }', 'days = { on = [1, 2], evidence = "stated" }', f"{AZA} > days > source", "no source is named"),
    ('days     = { on = [1, 2], evidence = "stated", source = ["S1"] }', 'days = { on = [1, 2], evidence = "stated", source = [] }', f"{AZA} > days > source", "no source is named"),
    ('days     = { on = [1, 2], evidence = "stated", source = ["S1"] }', 'days = { on = [1, 2], evidence = "stated", source = ["S9"] }', f"{AZA} > days > source", "'S9' is not in [sources]"),
    ('days     = { on = [1, 2], evidence = "stated", source = ["S1"] }', 'days = { on = [1, 2], evidence = "stated", source = "S1" }', f"{AZA} > days > source", "a list of texts"),
    ('days     = { on = [1, 2], evidence = "stated"', 'days = { on = [1, 2], evidence = "certain"', f"{AZA} > days > evidence", "'certain' is not known"),
    ('days     = { on = [1, 2], evidence = "stated", ', "days = { on = [1, 2], ", f"{AZA} > days > evidence", "missing"),
    ('related  = [{ text = "3 mg per kg elsewhere", source = "S1" }]', 'related = [{ text = "3 mg per kg", source = "S9" }]', f"{AZA} > related 1 > source", "not in [sources]"),
    ('related  = [{ text = "3 mg per kg elsewhere", source = "S1" }]', 'related = [{ text = "3 mg per kg" }]', f"{AZA} > related 1 > source", "missing"),
    ('related  = [{ text = "3 mg per kg elsewhere", source = "S1" }]', 'related = "3 mg"', f"{AZA} > related", "list of tables"),
    ('S1 = { short = "register", full = "the register" }', 'S1 = "register"', "sources > S1", "a table is needed"),
    # dose
    ("value = 2.5, ", "", f"{AZA} > dose > value", "missing"),
    ('value = 2.5, unit = "mg per kg", ', "", f"{AZA} > dose > value", "needs its value and unit"),
    ('unit = "mg per kg"', 'unit = "mcg per kg"', f"{AZA} > dose > unit", "'mcg per kg' is not known"),
    ('unit = "mg per kg", ', "", f"{AZA} > dose > unit", "missing"),
    ("value = 2.5", "value = 0", f"{AZA} > dose > value", "a number above 0"),
    ("value = 2.5", "value = -2.5", f"{AZA} > dose > value", "a number above 0"),
    ("value = 2.5", 'value = "2.5"', f"{AZA} > dose > value", "without quotes"),
    ("value = 2.5", "value = true", f"{AZA} > dose > value", "a number above 0"),
    ('unit = "mg per kg", evidence = "stated"', 'unit = "mg per kg", evidence = "related"', f"{AZA} > dose > evidence", "may never stand as the dose"),
    ('unit = "mg per kg", evidence = "stated"', 'unit = "mg per kg", evidence = "conflict"', f"{AZA} > dose > value", "may not carry a value"),
    ('unit = "mg per kg", evidence = "stated"', 'unit = "mg per kg", evidence = "absent"', f"{AZA} > dose > value", "may not carry a value"),
    ('  dose   = { evidence = "absent" }\n', "", f"{MP} > dose", "missing"),
    # drug and route
    ('drug     = "azacitidine"', 'drug = "azacitadine"', "drug azacitadine IV > drug", "not in the drug list"),
    ('route = "IV"', 'route = "IVV"', "drug azacitidine IVV > given > route", "'IVV' is not a known route"),
    ('route = "IV"', 'route = "IV or IT"', "drug azacitidine IV or IT > given > route", "intrathecal is never one of several"),
    ('route = "PO"', 'route = "per os"', "given > route", "'per os' is not a known route"),
    ('  given  = { route = "PO", frequency = "once daily", doses-per-day = 1, evidence = "stated", source = ["S1"] }\n', "", "course second > drug mercaptopurine > given", "missing"),
    ("doses-per-day = 1", "doses-per-day = 0", f"{MP} > given > doses-per-day", "a whole number from 1"),
    # infusion
    ("shortest-minutes = 10", "shortest-minutes = 41", f"{AZA} > infusion > shortest-minutes", "exchange them"),
    ("longest-minutes = 40", "longest-minutes = 400", f"{AZA} > infusion > finish-within-minutes", "cannot be finished within 45"),
    ("longest-minutes = 40, ", "", f"{AZA} > infusion > longest-minutes", "missing"),
    ('finish-within-minutes = 45, evidence = "stated"', 'finish-within-minutes = 45, evidence = "conflict"', f"{AZA} > infusion > conflict", "missing"),
    # age factor and stops
    ('factor = "2/3"', 'factor = "0.67"', f"{AZA} > age-factor > bands 1 > factor", "not an exact factor"),
    ('factor = "2/3"', 'factor = "20/3"', f"{AZA} > age-factor > bands 1 > factor", "not an exact factor"),
    ('factor = "2/3"', 'factor = "2/0"', f"{AZA} > age-factor > bands 1 > factor", "not an exact factor"),
    ('factor = "2/3"', 'factor = "two"', f"{AZA} > age-factor > bands 1 > factor", "not an exact factor"),
    ("from-month = 0", "from-month = 1", f"{AZA} > age-factor > bands", "begin at month 0"),
    ("from-month = 6", "from-month = 0", f"{AZA} > age-factor > bands", "each month once"),
    ("from-month = 6, ", "", f"{AZA} > age-factor > bands 2 > from-month", "missing"),
    ('[{ from-month = 0, factor = "2/3" }, { from-month = 6, factor = "1" }]', "[]", f"{AZA} > age-factor > bands", "this is empty"),
    ('evidence = "worked out", source = ["S1"], reason', 'evidence = "worked out", reason', f"{AZA} > safety > source", "names the source"),
    ('most = 25, unit = "mg"', 'most = 25, unit = "g"', f"{AZA} > safety > unit", "'g' is not known"),
    # course
    ('kind            = "priming"', 'kind = "primig"', "course first > kind", "'primig' is not known"),
    ("length          = { days = 5, ", "length = { ", "course first > length > days", "needs its days"),
    ('length          = { evidence = "absent" }', 'length = { days = 9, evidence = "absent" }', "course second > length > days", "may not carry days"),
    ('length          = { evidence = "absent" }\n', "", "course second > length", "missing"),
    ('origin          = { evidence = "stated", source = ["S1"] }\nlength          = { days', "length          = { days", "course first > origin", "missing"),
    ('  words    = "when counts allow"', '  follows-directly = true\n  words = "x"', "course second > start > follows-directly", "does not follow directly"),
    ('  words    = "begins first"', '  follows-directly = true\n  words = "x"', "course first > start > follows-directly", "whose length is stated"),
    ('  words    = "begins first"', '  follows-directly = "no"\n  words = "x"', "course first > start > follows-directly", "true or false"),
    ('measure = "anc", at-least-per-ul = 500, evidence = "stated"', 'measure = "anc", at-least-per-ul = 500, evidence = "related"', "course second > start > measures 1 > evidence", "only 'stated' fits"),
    ("at-least-per-ul = 500", "at-least-per-ul = 0.5", "measures 1 > at-least-per-ul", "a whole number from 1"),
    ('key             = "second"', 'key = "first"', "course", "the course first stands there twice"),
    # the rest of the file
    ("years-from-induction = 2, ", "", "protocol > therapy > years-from-induction", "needs its years"),
    ('opens-on-day-1-of     = "first"', 'opens-on-day-1-of = "zeroth"', "dlt > opens-on-day-1-of", "not a course of this file"),
    ('closes-when-may-start = "second"', 'closes-when-may-start = "first"', "dlt > closes-when-may-start", "has no start rule"),
    ('opens-on-day-1-of     = "first"', 'opens-on-day-1-of = "second"', "dlt > closes-when-may-start", "comes after second"),
    ('before   = "second"', 'before = "third"', "continue 1 > before", "not a course"),
    ('check    = "age-in-days"', 'check = "age"', "entry age > check", "'age' is not known"),
    ("limit    = 364\n", "", "entry age > limit", "missing"),
    ('readings = ["day 3", "day 4"]', 'readings = ["day 3"]', "conflict 1 > readings", "at least two readings"),
    ("[[conflict]]\nnumber   = 1", "[[conflict]]\nnumber = 2", f"{AZA} > disputed > conflict", "no [[conflict]] with number 1"),
    ("possible-kg = [0.5, 30]", "possible-kg = [0.5, 10]", "weights > ordinary-kg", "inside the possible"),
    ("possible-kg = [0.5, 30]", "possible-kg = [30, 0.5]", "weights > possible-kg", "smaller first"),
    ("possible-kg = [0.5, 30]", 'possible-kg = "0.5 to 30"', "weights > possible-kg", "smaller first"),
    ("possible-kg = [0.5, 30]", "possible-kg = [0.50001, 30]", "weights > possible-kg", "to the gram"),
    ("possible-kg = [0.5, 30]", "possible-kg = [true, 30]", "weights > possible-kg", "smaller first"),
    ("[weights]", "[waights]", "weights", "missing"),
    ('  [course.start]\n  words    = "begins first"\n  evidence = "absent"\n', "", "course first > start", "missing"),
    ('  days     = { on = [1, 2], evidence = "stated", source = ["S1"] }\n', "", f"{AZA} > days", "missing"),
]  # fmt: skip


def reasons(text: str) -> tuple[str, ...]:
    with pytest.raises(ProtocolFileError) as refused:
        read_protocol_text(text, "small.toml")
    return refused.value.reasons


def test_the_small_protocol_is_whole() -> None:
    protocol = read_protocol_text(SMALL, "small.toml")
    assert [course.key for course in protocol.courses] == ["first", "second"]
    assert protocol.course("first").plan("azacitidine", "IV").days.disputed == (3, 4)


@pytest.mark.parametrize(("written", "instead", "where", "said"), FAULTS)
def test_fault_names_file_place_and_cure(written: str, instead: str, where: str, said: str) -> None:
    """H39: a slip in a protocol file is refused with file, place and what would be right."""
    assert written in SMALL
    found = reasons(SMALL.replace(written, instead, 1))
    assert all(reason.startswith("small.toml: ") for reason in found)
    assert any(where in reason and said in reason for reason in found), found


def test_all_faults_at_once() -> None:
    broken = SMALL.replace('unit = "mg per kg"', 'unit = "mg per ton"').replace("[1, 7]", "[0, 7]")
    broken = broken.replace('kind            = "priming"', 'kind = "x"')
    found = reasons(broken)
    assert len(found) >= 4
    for words in ("mg per ton", "day 0", "kind"):
        assert any(words in reason for reason in found), words


def test_same_entry_conflict_or_drug_twice() -> None:
    entry = SMALL[SMALL.index("[[entry]]") : SMALL.index("[[continue]]")]
    assert any("entry rule age stands there twice" in r for r in reasons(SMALL + entry))
    conflict = SMALL[SMALL.index("[[conflict]]") : SMALL.index("[[entry]]")]
    assert any("conflict 1 stands there twice" in r for r in reasons(SMALL + conflict))
    drug = SMALL[SMALL.rindex("  [[course.drug]]") :]
    assert any("mercaptopurine PO stands twice" in r for r in reasons(SMALL + drug))


def test_vincristine_by_another_route_is_refused() -> None:
    """H19: a protocol file can never send vincristine into the spine."""
    for route in ("IT", "IV or SC"):
        broken = SMALL.replace('"azacitidine"', '"vincristine"').replace('"IV"', f'"{route}"', 1)
        assert any("vincristine is given IV only" in reason for reason in reasons(broken))


def test_rule_that_is_not_public_cannot_be_a_must() -> None:
    broken = SMALL.replace('check    = "age-in-days"', 'check = "not-public"')
    assert any("cannot be a must" in reason for reason in reasons(broken))


def test_a_key_written_twice_names_line_and_column() -> None:
    line = SMALL[: SMALL.index('edition    = "1"')].count("\n") + 2
    (reason,) = reasons(SMALL.replace('edition    = "1"', 'edition = "1"\nedition = "2"'))
    assert reason.startswith("small.toml: a key stands there twice")
    assert f"line {line}" in reason


def test_a_table_written_twice_names_the_line() -> None:
    (reason,) = reasons(SMALL.replace("[weights]", "[protocol]\n[weights]"))
    assert "twice" in reason
    assert re.search(r"line \d+", reason)


def test_text_that_is_not_toml_names_the_line() -> None:
    (reason,) = reasons(SMALL.replace("edition    =", "edition"))
    assert reason.startswith("small.toml: this cannot be read")
    assert re.search(r"line \d+", reason)


@pytest.mark.parametrize("number", ["2.5e1", "25e-1", "nan", "inf", "2_5.0"])
def test_numbers_that_invite_a_slip(number: str) -> None:
    """H1: an exponent or an underscore in a dose is refused, never read."""
    (reason,) = reasons(SMALL.replace("value = 2.5", f"value = {number}"))
    assert "not plain" in reason


def test_entry_without_key_and_course_without_key_are_placed_by_number() -> None:
    found = reasons(
        SMALL.replace('key      = "age"\n', "").replace('key             = "first"\n', "")
    )
    assert any("entry 1 > key" in reason for reason in found)
    assert any("course 1 > key" in reason for reason in found)


def test_reading_a_file_gives_the_digest_of_its_bytes(tmp_path: Path) -> None:
    """H39: any changed byte changes the digest that is recorded with every infant."""
    path = tmp_path / "small.toml"
    path.write_bytes(SMALL.encode())
    digest = read_protocol(path).digest
    assert len(digest) == 64
    path.write_bytes(SMALL.encode() + b"\n")
    assert read_protocol(path).digest != digest
    path.write_bytes(SMALL.replace("\n", "\r\n").encode())
    assert read_protocol(path).courses == read_protocol_text(SMALL, "small.toml").courses


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(SMALL.encode() + b"# \xff")
    with pytest.raises(ProtocolFileError, match="not UTF-8"):
        read_protocol(path)


def test_shelf_reports_the_faults_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text("a = ", encoding="utf-8")
    (tmp_path / "two.toml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(ProtocolFileError) as refused:
        read_shelf(tmp_path)
    assert len(refused.value.reasons) == 2
    assert "one.toml" in refused.value.reasons[0]
    assert "name the file small.toml" in refused.value.reasons[1]


def test_an_empty_shelf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no protocol file"):
        read_shelf(tmp_path)


def test_shipped_files_lie_under_their_keys() -> None:
    assert sorted(read_shelf(place("resources", "protocols"))) == [
        "aall15p1",
        "interfant06",
        "interfant06-blinatumomab",
    ]


def test_a_shelf_reads_a_file_when_its_protocol_is_asked_for(tmp_path: Path) -> None:
    shipped = place("resources", "protocols", "aall15p1.toml").read_text(encoding="utf-8")
    (tmp_path / "aall15p1.toml").write_text(shipped, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("not = [a protocol", encoding="utf-8")
    shelf = Shelf(tmp_path)
    assert (len(shelf), list(shelf)) == (2, ["aall15p1", "broken"])
    assert shelf["aall15p1"] is shelf["aall15p1"]
    with pytest.raises(Refused, match=r"broken\.toml"):
        shelf["broken"]
    assert shelf.get("no-such-protocol") is None
