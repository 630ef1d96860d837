"""The label of a preparation read back: its words, both its codes off the rendered page, nothing cut (H25, H32)."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.documents.label import LABEL, LEAST, compose, draw_label
from bedside.documents.words import MM
from bedside.papers.day_sheet import Label, SettledDose
from bedside.papers.label_code import LabelCode, read_label_code
from bedside.papers.label_digits import label_digits
from bedside.units.refusal import Refused
from tests.documents import day_examples as days
from tests.documents.reading import (
    WatchedPaper,
    codes_in,
    covered,
    outside,
    pages_of,
    picture,
    reader,
    struck,
    text_of,
)

LABELS = {
    "vinca": days.label(),
    "vial clock": days.vial_label(),
    "vial clock, hour twice": days.vial_label(finish_hour="winter time"),
    "vial clock, first hour": days.vial_label(finish_hour="summer time"),
    "intrathecal": days.spinal_label(),
    "by mouth, three": days.mouth_label(),
    "by mouth, at its hours": days.mouth_label(hours=("02:30 summer", "at 08:30", "at 14:30")),
    "at its hours, a long course": days.mouth_label(
        hours=("02:30 winter", "at 08:30"),
        count=2,
        course="Delayed Intensification part 1",
        day=168,
    ),
    "no volume": days.mouth_label(volume=""),
    "not a demonstration": days.label(head=days.day_head(demonstration=False)),
    "a copy": days.spinal_label(head=days.day_head(copy=12, replaces="copy 11")),
    "long drug and route": days.mouth_label(
        drug="asparaginase (native E. coli)", final="3\u202f250 units", route="intramuscular"
    ),
    "by tube": days.mouth_label(route="by nasogastric tube", final="12.5 mg"),
    "long name": days.spinal_label(family="VAN DER WESTHUIZEN PAPADOPOULOU", given="Maria"),
    "long number": days.label(hospital_number="2026-0000-417-B"),
    "widest number": days.label(hospital_number="W" * 16),
    "widest number, intrathecal": days.spinal_label(hospital_number="M" * 16),
    "widest number, long name": days.vial_label(
        hospital_number="W" * 16, family="VAN DER WESTHUIZEN", given="Maria Johanna"
    ),
}

OF_A_DAY = ("02:30 summer", "at 08:30", "at 14:30")


def watched(label: Label) -> WatchedPaper:
    paper = WatchedPaper(LABEL)
    compose(paper, label)
    return paper


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_nothing_leaves_the_label_or_stands_on_another(label: Label) -> None:
    paper = watched(label)
    assert outside(paper, 0.8) == [] and covered(paper) == [] and struck(paper) == []
    smallest = min(placed.words.style.size for placed in paper.placed)
    assert smallest >= LEAST - 1.4  # the copy of a label printed again


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_both_codes_are_read_off_the_printed_label(label: Label) -> None:
    pdf = draw_label(label)
    for page in range(label.count):
        found = codes_in(picture(pdf, page, 300))
        squares = [read_label_code(text) for text in found if text.startswith("BEDSIDE")]
        assert squares == [LabelCode("15P1-D017", "NQ-2026-00412", 37, label.head.copy)]
        assert [text for text in found if text.isdecimal()] == [f"2600412{label.head.copy:03d}"]


@pytest.mark.parametrize("copy", [1, 9, 10, 37, 99])
@pytest.mark.parametrize(("dpi", "hours"), [(300, OF_A_DAY), (203, ()), (300, ())])
def test_the_codes_of_each_dose_of_a_day_are_read_off_each_copy(
    copy: int, dpi: int, hours: tuple[str, ...]
) -> None:
    """From the tenth copy on, too: ten figures, and none that another copy or dose of it bears."""
    label = days.mouth_label(
        hours=hours, parts=("H30", "H36", "H42"), head=days.day_head(copy=copy)
    )
    assert outside(watched(label), 0.8) == [] and covered(watched(label)) == []
    pdf, figures = draw_label(label), []
    for page, part in enumerate(label.parts):
        found = codes_in(picture(pdf, page, dpi))
        read = [each for each in map(read_label_code, found) if each is not None]
        assert read == [LabelCode("15P1-D017", "NQ-2026-00412", 37, copy, part)]
        figures += [text for text in found if text.isdecimal()]
    assert figures == [label_digits("NQ-2026-00412", copy, at, 3) for at in (1, 2, 3)]
    assert all(len(each) == 10 for each in figures)


def test_both_codes_are_read_as_a_label_printer_with_203_dots_to_the_inch_draws_them() -> None:
    for label in (days.label(), days.spinal_label(), days.vial_label()):
        found = codes_in(picture(draw_label(label), 0, 203))
        assert any(map(read_label_code, found)), label.kind
        assert "2600412001" in found, label.kind


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_the_words_are_the_facts(label: Label) -> None:
    pages = pages_of(draw_label(label))
    assert len(pages) == label.count
    for number, text in enumerate(pages, start=1):
        for said in (
            label.family.split(" ")[0],
            label.hospital_number,
            "14-May-2026",
            label.drug,
            label.final.replace("\u202f", " "),
            label.route,
            label.head.code,
            f"{number} of {label.count}",
        ):
            assert said in text, said
        assert ("DEMO" in text.replace("DEMO-00417", "")) == label.head.demonstration


def test_the_page_is_62_by_29_millimetres() -> None:
    box = reader(draw_label(days.label())).pages[0].mediabox
    assert (round(float(box.width) / MM, 1), round(float(box.height) / MM, 1)) == (62.0, 29.0)


def test_the_kinds_differ_by_shape() -> None:
    vinca, spinal, vial = (
        text_of(draw_label(each)) for each in (days.label(), days.spinal_label(), days.vial_label())
    )
    assert "FOR INTRAVENOUS USE ONLY FATAL IF GIVEN BY OTHER ROUTES" in vinca
    assert "25 mL bag" in vinca and "use by" in vinca
    assert "INTRATHECAL" in spinal and "FATAL" not in spinal
    assert "FINISH BY 10:47" in vial and "made 14-Oct 10:02, over 30 min" in vial
    assert "FINISH BY" not in spinal + vinca
    dark = picture(draw_label(days.spinal_label()), 0, 200)[:, 16:44].mean()
    assert dark < 120 < picture(draw_label(days.mouth_label()), 0, 200)[:, 16:44].mean()


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_the_same_value_gives_the_same_bytes(label: Label) -> None:
    assert draw_label(label) == draw_label(label)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (days.label(route="intrathecal", kind="other"), "not that kind of label"),
        (days.label(route="intramuscular"), "FATAL by any route but into a vein"),
        (days.spinal_label(route="intravenous"), "not that kind of label"),
        (days.label(head=days.day_head(commissioned=False)), "from confirmed values"),
        (days.label(head=days.day_head(read_only=True)), "on record"),
        (days.label(final="1.0 mg"), "no zero at its end"),
        (days.label(final="300 ug"), "written in full"),
        (days.label(family="x" * 200), "no room for the name"),
        (days.label(family="عائشة"), "cannot show"),
        (days.label(family="a\u202eb"), "cannot be seen"),
        (days.label(drug="y" * 80), "no room for the drug"),
        (days.label(hospital_number="9" * 60), "no room for the hospital number"),
    ],
)
def test_refused_rather_than_cut_or_wrong(label: Label, said: str) -> None:
    with pytest.raises(Refused, match=re.escape(said)):
        draw_label(label)


@pytest.mark.parametrize("name", ["<b>open", "&amp;<!-- x", "O’Neill", "Nguyễn Thị"])
def test_a_hostile_name_prints_as_it_is(name: str) -> None:
    for make in (days.spinal_label, _second_of_a_day):
        pdf = draw_label(make(family=name))
        assert name in text_of(pdf) and b"/URI" not in pdf


@pytest.mark.parametrize("name", ["x" * 200, "عائشة", "a\u202eb", "王小明", "Z\u0334algo", "a\nb"])
def test_a_name_that_cannot_be_printed_has_no_label_of_a_day_either(name: str) -> None:
    for changes in ({"family": name}, {"given": name}):
        with pytest.raises(Refused, match=r"no room for|cannot|form no letter"):
            draw_label(_second_of_a_day(**changes))


def _second_of_a_day(**changes: object) -> Label:
    """A day of three of which the first is on record: two labels."""
    given = SettledDose(1, "dose 1, hour 30", "GIVEN 6.5 mg")
    return days.mouth_label(
        hours=OF_A_DAY, parts=("H30", "H36", "H42"), settled=(given,), **changes
    )


@settings(max_examples=40, deadline=None)
@given(
    name=st.text("ABCÄÖŁ abc-’<>&", min_size=1, max_size=60),
    number=st.text("0123456789-AB", min_size=1, max_size=24),
)
def test_any_name_is_whole_or_refused(name: str, number: str) -> None:
    for make in (days.label, days.spinal_label, days.vial_label, _second_of_a_day):
        try:
            paper = watched(make(family=name, hospital_number=number))
        except Refused:
            continue
        assert outside(paper, 0.8) == [] and covered(paper) == [] and struck(paper) == []


@pytest.mark.parametrize("day", [1, 15, 99])
def test_nothing_on_a_vinca_label_is_smaller_than_on_the_layout(day: int) -> None:
    """The label goes to 6.4 points; a course day of two figures fits beside the bars."""
    paper = WatchedPaper(LABEL)
    made = days.label(day=day, head=days.day_head(demonstration=True))
    compose(paper, made)
    assert min(each.words.style.size for each in paper.placed) >= LEAST
