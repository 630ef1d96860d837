"""The downtime sheets on paper: nothing cut, covered or crossed; no amount of a drug; one name costs no ward."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bedside.documents.downtime import compose, draw_downtime
from bedside.documents.page import PORTRAIT
from bedside.papers.downtime import (
    DowntimeCount,
    DowntimeDose,
    DowntimeInfant,
    DowntimeLine,
    DowntimeSheets,
)
from tests.documents.reading import WatchedPaper, covered, outside, pages_of, struck

NOW = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
INFANT = DowntimeInfant(
    family="MUSTER",
    given="Ida",
    sex="female",
    born=date(2026, 5, 14),
    age_words="27w 1d",
    bed="4",
    hospital_number="T 001",
    study_number="15P1-T001",
    weight="6.5 kg",
    weight_on="19-Nov-2026 07:40",
    length="64 cm",
    allergies="none known",
    line="2-lumen",
    gene="KMT2A rearranged; no risk groups",
    protocol="AALL15P1, single arm",
    where="Consolidation, day 26",
    standing=(
        DowntimeLine("stop", "Waiting for EPI #2.", "Held: ANC 480, needs 500."),
        DowntimeLine("clock", "Fever:", "first 20-Nov-2026 18:03; give by 19:03."),
        DowntimeLine(
            "unknown", "EPI #2, Any toxicity resolved:", "needs yes; not asked yet: unknown."
        ),
        DowntimeLine("go", "EPI #2, Platelets:", "needs at least 50 000 per µL; met."),
    ),
    dlt_open=True,
    doses=(
        DowntimeDose(DAY, "mercaptopurine", "by mouth, Consolidation day 27", "go", ""),
        DowntimeDose(
            DAY, "cytarabine", "intravenous, Consolidation day 27", "stop", "HELD: do not give"
        ),
        DowntimeDose(
            DAY, "azaCITIDine", "intravenous, EPI #2 day 1", "unknown", "Course not opened: ask"
        ),
    ),
    intrathecal=(DAY,),
    plan_note="No dose of EPI #2 before it is opened.",
    count=DowntimeCount(NOW, "600", "190", "46 000", "84"),
    toxicities=("Mucositis oral, grade 2", "4 of the laboratory, worst grade 4"),
    ctcae="5.0",
)
SHEETS = DowntimeSheets(
    site="North Quay Children's Hospital, Ward 4 North",
    begins=NOW,
    until=NOW + timedelta(hours=72),
    last_saved=NOW - timedelta(minutes=20),
    next_at=NOW + timedelta(hours=12),
    printed_at=NOW,
    printed_by="Bedside, by itself",
    audit_head="0123456789abcdef",
    program="Bedside 0.1.0",
    demonstration=False,
    emergency="",
    contacts=(("Leukaemia team, on call, Dr Ines Halvorsen", "extension 4417"),),
    infants=(INFANT,),
    fever="Under the arm: 38 °C or more; below 36 °C, or ill without fever: the same. Never rectal.",
    fever_minutes=60,
)
LONG = replace(
    INFANT,
    family="VON UND ZU LICHTENSTEIN-HOHENLOHE",
    given="Maximiliane Charlotte",
    allergies="penicillin (rash), vancomycin (red man), adhesive tape, chlorhexidine, latex",
    doses=INFANT.doses * 9,
    toxicities=INFANT.toxicities * 8,
    standing=INFANT.standing * 4,
)
VINCA = replace(
    INFANT,
    doses=(
        DowntimeDose(
            DAY,
            "vinCRIStine",
            "intravenous, Consolidation day 27",
            "go",
            "",
            "INTRAVENOUS ONLY. FATAL IF GIVEN BY OTHER ROUTES. In a 25 mL bag, never a syringe.",
        ),
        DowntimeDose(
            DAY,
            "dexamethasone",
            "by mouth, by nasogastric tube or intravenous, Delayed Intensification part 1 day 27",
            "go",
            "",
        ),
    ),
)
BARE = replace(
    INFANT,
    doses=(),
    intrathecal=(),
    plan_note="",
    count=None,
    toxicities=(),
    standing=(),
    weight_on="",
)


def sheets(*infants: DowntimeInfant, **changes: object) -> DowntimeSheets:
    return replace(SHEETS, infants=infants, **changes)


@pytest.mark.parametrize(
    "infant", [INFANT, VINCA, LONG, BARE], ids=["usual", "vinca", "long", "bare"]
)
@pytest.mark.parametrize("marked", [False, True])
def test_nothing_is_cut_covered_or_crossed(infant: DowntimeInfant, marked: bool) -> None:
    paper = WatchedPaper(PORTRAIT)
    emergency = "EMERGENCY COPY of 20-Nov-2026 07:00, READ-ONLY" if marked else ""
    compose(paper, sheets(infant, infant, demonstration=marked, emergency=emergency))
    assert covered(paper) == []
    assert outside(paper) == []
    assert struck(paper) == []


def test_a_usual_infant_has_one_page_with_all_of_it() -> None:
    (text,) = pages_of(draw_downtime(SHEETS))
    for words in (
        "DOWNTIME, 72 hours", "Fri 20-Nov 19:00 until Mon 23-Nov-2026 19:00", "NOT a dosing sheet",
        "MUSTER, Ida", "T 001", "15P1-T001", "6.5 kg", "19-Nov-2026 07:40", "Consolidation, day 26",
        "Held: ANC 480, needs 500.", "give by 19:03", "DLT period OPEN", "mercaptopurine",
        "Sat 21-Nov-2026", "HELD: do not give", "Course not opened: ask", "600 190 46 000 84", "per microlitre", "g per litre",
        "Mucositis oral, grade 2", "extension 4417", "Intrathecal due: Sat 21-Nov-2026",
        "CTCAE 5.0; open ones", "From its own sheet only", "0123 4567 89ab cdef", "the next: 21-Nov-2026 07:00", "Page 1 of 1",
    ):  # fmt: skip
        assert words in text


def test_a_real_ward_says_nothing_of_a_demonstration_nor_of_a_copy() -> None:
    (text,) = pages_of(draw_downtime(SHEETS))
    assert "DEMONSTRATION" not in text and "EMERGENCY" not in text


def test_an_emergency_copy_is_marked_on_each_page() -> None:
    """H44."""
    pages = pages_of(
        draw_downtime(
            sheets(LONG, INFANT, emergency="EMERGENCY COPY of 20-Nov-2026 07:00, READ-ONLY")
        )
    )
    assert len(pages) >= 3
    for text in pages:
        assert "EMERGENCY COPY of 20-Nov-2026 07:00, READ-ONLY" in text
        assert "recorded later is missing" in text


def test_every_page_says_whose_it_is_and_how_many_there_are() -> None:
    pages = pages_of(draw_downtime(sheets(LONG)))
    for number, text in enumerate(pages, start=1):
        assert "LICHTENSTEIN-HOHENLOHE" in text and "T 001" in text
        assert f"Page {number} of {len(pages)}" in text


def test_one_name_that_cannot_be_printed_costs_one_sheet_only() -> None:
    """H32: it is said by bed that it is missing; markup stays text."""
    strange = replace(INFANT, family="\u0639\u0644\u064a", bed="7", hospital_number="T 007")
    typed = replace(INFANT, family="<b>O'NEILL</b>")
    first, second, third = pages_of(draw_downtime(sheets(INFANT, strange, typed)))
    assert "MUSTER, Ida" in first
    assert "THIS SHEET IS MISSING" in second and "Bed 7, hospital number T 007" in second
    assert "<b>O'NEILL</b>, Ida" in third
    hidden = replace(strange, bed="\u202e7", hospital_number="\u202e")
    (text,) = pages_of(draw_downtime(sheets(hidden)))
    assert "number 1 of the list" in text and "not printable" in text


def test_many_toxicities_say_how_many_more_there_are() -> None:
    many = replace(INFANT, toxicities=("Vomiting, grade 1",) * 20)
    text = " ".join(pages_of(draw_downtime(sheets(many))))
    assert text.count("Vomiting, grade 1") == 14
    assert "and 6 more in the log" in text


def test_the_same_value_gives_the_same_bytes() -> None:
    assert draw_downtime(SHEETS) == draw_downtime(SHEETS)


def test_without_a_telephone_number_there_is_room_for_one() -> None:
    (text,) = pages_of(draw_downtime(sheets(INFANT, contacts=())))
    assert "No number is entered: write them here." in text


def test_a_vinca_says_what_kills_and_fever_by_when() -> None:
    """P15, H19: minibag and legend on the row itself; limit and the 60 minutes beside the box."""
    text = " ".join(pages_of(draw_downtime(sheets(VINCA)))[0].split())
    for said in (
        "FATAL IF GIVEN BY OTHER ROUTES. In a 25 mL bag, never a syringe.",
        "38 °C or more",
        "IN BY: + 60 min",
        "Where she is up to",
    ):
        assert said in text.replace("\u00a0", " "), said
    boy = sheets(replace(INFANT, sex="male"))
    assert "Where he is up to" in " ".join(pages_of(draw_downtime(boy))[0].split())


def test_a_long_route_takes_two_lines_and_is_never_set_smaller() -> None:
    paper = WatchedPaper(PORTRAIT)
    compose(paper, sheets(VINCA))
    told = [one for one in paper.placed if "nasogastric" in one.words.text]
    assert told and all(one.words.style.size >= 8 for one in told)


def test_a_last_page_with_room_has_lines_to_write_on() -> None:
    fewer = replace(LONG, toxicities=INFANT.toxicities * 3)
    pages = pages_of(draw_downtime(sheets(fewer)))
    assert "What else happened" in pages[-1] and "N3" in pages[-1]


def test_what_else_happened_is_typed_back_from_block_8_or_from_the_back() -> None:
    """Only a sheet that has block 8 speaks of N; any other one says where to write instead."""
    typing, back = "Type in D, C, F, T and N in turn", "What else happened: write it on the back"
    many = replace(INFANT, doses=INFANT.doses * 9)
    for infant in (INFANT, many):
        text = " ".join(" ".join(pages_of(draw_downtime(sheets(infant)))).split())
        noted = "seen, measured, given, decided" in text
        assert noted is (infant is many)
        assert (typing in text) is noted and (back in text) is not noted


def test_the_hour_that_comes_twice_says_which_in_its_cell_and_a_girl_is_one_as_everywhere() -> None:
    at = datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
    dose = replace(INFANT.doses[0], at=at, hour="hour 42", half="summer time")
    infant = replace(INFANT, doses=(dose,))
    paper = WatchedPaper(PORTRAIT)
    compose(paper, sheets(infant))
    assert (outside(paper), covered(paper), struck(paper)) == ([], [], [])
    words = " ".join(pages_of(draw_downtime(sheets(infant))))
    assert "summer time" in words and "Girl, born" in words


@pytest.mark.parametrize(
    "text",
    [
        "李小龍 嘔吐",
        "تقيأ",
        "vomit\u202ega",
        "q\u0307x\u0301",
        "vomited 🤢",
        "A" * 400,
        "Anna " * 300,
    ],
)
def test_no_text_that_people_typed_takes_a_sheet_away(text: str) -> None:
    """H32: what does not print or fit is said to stand on the screen; the telephone number stays."""
    dose = replace(INFANT.doses[1], note=f"HELD: {text}", on_record=f"NOT GIVEN: {text}")
    infant = replace(
        INFANT,
        bed=text,
        allergies=text,
        line=text,
        where=text,
        standing=(*INFANT.standing, DowntimeLine("stop", "Held:", text)),
        doses=(INFANT.doses[0], dose),
        plan_note=text,
        toxicities=(text, f"{text}, grade 2"),
    )
    value = replace(sheets(infant), contacts=((text, "extension 4417"),), site=text, fever=text)
    said = " ".join(" ".join(pages_of(draw_downtime(value))).split())
    assert "THIS SHEET IS MISSING" not in said and "MUSTER" in said and "extension 4417" in said
    assert "see the screen" in said and "HELD:" in said and "NOT GIVEN:" in said


def test_a_drug_that_cannot_be_printed_is_never_replaced() -> None:
    """H32: a drug's name and who the infant is are refused as before."""
    odd = replace(INFANT, doses=(replace(INFANT.doses[0], drug="李"),))
    assert "THIS SHEET IS MISSING" in pages_of(draw_downtime(sheets(odd)))[0]
