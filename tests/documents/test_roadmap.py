"""The roadmap read back from its PDF: a record that cannot be taken for an order, on any number of pages."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from bedside.documents.roadmap import draw_roadmap
from bedside.documents.roadmap_columns import SETTINGS, lay_columns
from bedside.documents.roadmap_opening import stretches
from bedside.units.refusal import Refused
from tests.documents import examples
from tests.documents.reading import codes_in, pages_of, picture, plain, text_of
from tests.documents.test_layout import ROADMAPS
from tests.documents.test_layout import draw_roadmap as draw_watched

FACTS = (
    "CONSOLIDATION", "AALL15P1, roadmap, day 1 = Mon 19-Oct-2026", "WRÓBEL, Łucja", "14-May-2026",
    "DEMO-00417", "15P1-D017", "6.5 kg", "none known", "DLT period OPEN since 14-Oct-2026",
    "cyclophosphamide", "mercaptopurine", "220 mg", "1 000 mg per m²", "by mouth, daily", "13 mg",
    "INTRATHECAL", "own sheet", "cytarabine 15 mg", "methotrexate 7.5 mg", "hydrocortisone 7.5 mg",
    "980", "142 000", "TB KN", "HELD 7 days, 04-Nov-2026 to 10-Nov-2026: infection",
    "Wed 04-Nov-2026", "Wed 11-Nov-2026", "today", "neutrophils decreased", "CTCAE 5.0",
    "febrile neutropenia", "EPI #2: not before 07-Dec-2026", "NQ-2026-00571",
    "3, replaces copy 2 of 18-Nov-2026", "Sat 21-Nov-2026 08:00", "571M 3RZ8 K2QY",
    "held 7 days", "7 days", "infection",
)  # fmt: skip


def test_a_roadmap_that_is_not_commissioned_asks_for_no_initials():
    """Finding: NOT COMMISSIONED stood across a page with a column for who gave and who witnessed."""
    whole = examples.roadmap()
    bare = replace(whole, head=replace(whole.head, commissioned=False))
    assert "given, witnessed" in text_of(draw_roadmap(whole))
    told = "".join(text_of(draw_roadmap(bare)).split())
    assert "given,witnessed" not in told and "none:nottobesigned" in told


def test_every_fact_is_on_the_roadmap():
    """P15: what is read from the paper is what was entered."""
    text = text_of(draw_roadmap(examples.roadmap()))
    assert [fact for fact in FACTS if fact not in text] == []


@pytest.mark.parametrize("name", ROADMAPS)
def test_every_page_says_whose_it_is_and_that_it_is_no_order(name):
    """H19: both routes stand on a roadmap, so each page says that nothing is given from it."""
    pages = pages_of(draw_roadmap(ROADMAPS[name]))
    for number, page in enumerate(pages, 1):
        assert "A record, not an order: give only from a dosing sheet" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "DEMO-00417" in page and "14-May-2026" in page
        assert page.count("DEMONSTRATION") >= 1


@pytest.mark.parametrize("name", ROADMAPS)
def test_the_head_of_the_table_is_repeated_and_no_day_is_lost(name):
    roadmap = ROADMAPS[name]
    paper = draw_watched(roadmap)
    days: dict[int, list[str]] = {}
    for each in paper.placed:
        if each.words.field == "course day":
            days.setdefault(each.page, []).append(each.words.text)
    printed = [day for page in sorted(days) for day in days[page]]
    assert printed == [str(row.day) for row in roadmap.days]
    for page in days:
        heads = {each.words.text for each in paper.placed if each.page == page}
        assert {drug.drug for drug in roadmap.drugs if not drug.intrathecal} <= heads
        assert ("INTRATHECAL" in heads) is any(drug.intrathecal for drug in roadmap.drugs)


def test_a_count_of_zero_is_printed():
    """H21: 0 is a value, not a blank."""
    paper = draw_watched(examples.roadmap())
    counts = [each.words.text for each in paper.placed if each.words.field == "ANC"]
    assert counts == ["980", "860", "540", "420", "120", "310", "0", "190"]


def test_a_moved_day_shows_both_plans_and_strikes_the_first():
    paper = draw_watched(examples.roadmap())
    first = [each for each in paper.placed if each.words.field == "first plan"]
    due = [each for each in paper.placed if each.words.field == "date due"]
    moved = [row for row in examples.roadmap().days if row.first_plan != row.due]
    plans = [each for each in first if each.words.text.count(" ") == 1]
    assert len(plans) == len(moved) == 13
    for each in plans:
        assert any(
            line.page == each.page and line.level and each.y - 1.6 < line.start[1] < each.y - 0.6
            and abs(line.start[0] - each.x) < 1
            for line in paper.ruled
        )  # fmt: skip
    bold = {plain(each.words.text) for each in due if "Bold" in each.words.style.face.value}
    assert bold == {f"{row.due:%a %d-%b-%Y}" for row in moved}


def test_a_hold_stays_with_the_day_it_delays():
    roadmap = examples.roadmap()
    for day in range(2, len(roadmap.days)):
        days = [replace(row, held="") for row in roadmap.days]
        days[day] = replace(days[day], held="HELD: infection")
        paper = draw_watched(replace(roadmap, days=tuple(days)))
        (hold,) = [each for each in paper.placed if each.words.text == "HELD: infection"]
        (number,) = [
            each
            for each in paper.placed
            if each.words.field == "course day" and each.words.text == str(days[day].day)
        ]
        assert hold.page == number.page and hold.y < number.y < hold.y + 9


def test_planned_stands_above_given_and_a_pen_has_room():
    paper = draw_watched(examples.roadmap())
    doses = [each for each in paper.placed if plain(each.words.text) == "13 mg"]
    in_grid = [each for each in doses if each.words.field.startswith(("dose of", "mercaptopurine"))]
    assert len(in_grid) > 50
    open_rows = [each for each in paper.placed if each.words.text in {"27", "28"}]
    assert open_rows[1].y - open_rows[0].y >= 11  # 7.4 mm below the dotted line


def test_a_course_without_public_doses_says_due_not_a_dose():
    text = text_of(draw_roadmap(ROADMAPS["maintenance, 84 days"]))
    assert "dose not public" in text
    assert "due" in text
    assert not re.search(r"\d mg", text)
    assert "day 1 expected Mon 05-Apr-2027" in text
    assert "What the sources leave open in this course" in text
    assert "Intrathecal methotrexate on day 92 or on day 99" in text


def test_no_dash_stands_between_days():
    """H18."""
    for name, roadmap in ROADMAPS.items():
        text = text_of(draw_roadmap(roadmap))
        found = re.search(r"\bdays?\b[^.]{0,20}?\d+\s*[-\u2010-\u2015]\s*\d+\b(?!-)", text)
        assert found is None, (name, found)


def test_a_dose_given_on_a_day_without_one_is_shown():
    roadmap = examples.roadmap()
    days = list(roadmap.days)
    days[1] = replace(days[1], given=((0, "220 mg given in error"), *days[1].given))
    assert "220 mg given in error" in text_of(draw_roadmap(replace(roadmap, days=tuple(days))))


def test_few_drugs_leave_room_for_comments_and_many_make_narrow_columns():
    one = lay_columns(ROADMAPS["one drug"])
    assert one.comment is not None and one.setting is SETTINGS[0]
    six = lay_columns(ROADMAPS["six drugs"])
    assert six.given is None and not six.setting.upright
    eight = lay_columns(ROADMAPS["eight drugs"])
    assert eight.setting.upright
    for grid in (one, six, eight):
        last = grid.comment or grid.initials
        assert last.right == pytest.approx(287)


def test_more_drugs_than_a_page_is_wide_are_refused():
    with pytest.raises(Refused, match="no room side by side"):
        draw_roadmap(examples.blank_roadmap(tuple(f"drug{n:012}" for n in range(12)), (), 5))


def test_a_course_without_days_is_refused():
    with pytest.raises(Refused, match="no days yet"):
        draw_roadmap(examples.roadmap(days=()))


def test_a_dose_in_no_column_is_a_fault_of_the_program():
    days = (replace(examples.roadmap().days[0], given=((9, "13 mg"),)),)
    with pytest.raises(ValueError, match="no column"):
        draw_roadmap(examples.roadmap(days=days))


def test_a_hold_taller_than_its_room_is_said_to_stand_on_the_screen():
    days = (replace(examples.roadmap().days[0], held="HELD: " + "infection " * 300),)
    said = " ".join(text_of(draw_roadmap(examples.roadmap(days=days))).split())
    assert "HELD: too long for this paper: see the screen" in said


def test_the_course_as_a_line_of_time():
    parts = stretches(examples.roadmap().days)
    assert [(part.label, part.held) for part in parts] == [
        ("days 1 to 16", False),
        ("held 7 days", True),
        ("days 17 to 29", False),
    ]
    assert parts[1].begins == date(2026, 11, 4) and parts[1].ends == date(2026, 11, 11)
    for before, after in pairwise(parts):
        assert before.ends == after.begins
    single = stretches(examples.roadmap().days[:1])
    assert [(part.label, part.ends - part.begins) for part in single] == [
        ("day 1", timedelta(days=1))
    ]


def test_only_an_open_dlt_period_is_hatched():
    def hatching(state):
        paper = draw_watched(examples.roadmap(dlt_state=state))
        return sum(not line.upright and not line.level for line in paper.ruled)

    assert hatching("open") > 50
    assert hatching("closed") == hatching("") == 0


def test_the_same_value_gives_the_same_bytes():
    assert draw_roadmap(examples.roadmap()) == draw_roadmap(examples.roadmap())


def test_every_page_carries_the_code():
    pdf = draw_roadmap(examples.roadmap())
    for page in range(len(pages_of(pdf))):
        assert codes_in(picture(pdf, page, dpi=150)) == [
            "BEDSIDE 1/NQ-2026-00571/3/571M 3RZ8 K2QY/5D41A0C39BE27F18"
        ]


def test_a_held_dose_is_never_called_due():
    """What is held on a day says HELD in its own cell, without room for a pen."""
    roadmap = examples.roadmap()
    at = next(number for number, row in enumerate(roadmap.days) if row.day == 27)
    days = list(roadmap.days)
    (column,) = [n for n, drug in enumerate(roadmap.drugs) if drug.drug == "mercaptopurine"]
    days[at] = replace(days[at], held_columns=(column,))
    paper = draw_watched(replace(roadmap, days=tuple(days)))
    held = [each for each in paper.placed if each.words.text == "HELD"]
    assert len(held) == 1 and "Bold" in held[0].words.style.face.value
    row = [
        each for each in paper.placed if each.page == held[0].page and abs(each.y - held[0].y) < 0.1
    ]
    assert "13 mg" not in [plain(each.words.text) for each in row]
