"""The page Where are we: the answer, the closed door and its reasons, the doors to the next act."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.desktop.where_page import COUNTS, TOXICITIES, WherePage
from bedside.ward.views.where import Contact, NextItem, RuleRow, WhereView
from bedside.ward.ward import Ward
from tests.desktop import samples

ANC = RuleRow(
    "Neutrophils, ANC", "at least 500 per µL", "480", "per µL", samples.NOW, "laboratory", "not met"
)
TOXICITY = RuleRow("Any toxicity resolved", "yes", "not asked yet", "", None, "", "unknown")
GENE = RuleRow(
    "Gene rearrangement", "KMT2A rearranged", "KMT2A unknown", "", None, "", "unknown", main=False
)


@pytest.fixture
def page(qtbot, ward: Ward, look: Look, session: Session) -> WherePage:
    made = WherePage(ward, look, session)
    qtbot.addWidget(made)
    made.resize(1274, 594)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def show(page: WherePage, view: WhereView) -> None:
    """Show a view, and let Qt put its new parts into sight."""
    page.show_view(view)
    QApplication.processEvents()


def texts(page: WherePage) -> list[str]:
    return [
        label.text().replace("\u2011", "-").replace("\u00a0", " ")
        for label in page.findChildren(QLabel)
        if label.isVisible()
    ]


def test_the_answer_is_one_sentence_with_its_mark(page: WherePage):
    show(page, samples.where())
    assert page.answer.accessibleName() == "Waiting for EPI #1. Held: ANC 480, needs 500."
    assert page.mark.mark == "hold" and page.mark.width() == 40
    assert page.why.text() == "Induction day 38."


@pytest.mark.parametrize(
    ("tail", "lines"), [("Held: ANC 480, needs 500.", 1), ("Held: " + "long " * 40, 2)]
)
def test_a_long_answer_takes_more_lines_and_loses_no_word(page: WherePage, tail: str, lines: int):
    show(page, replace(samples.where(), answer_tail=tail))
    drawn = page.answer._lines
    assert (len(drawn) == 1) == (lines == 1)
    told = "".join(run.text for line in drawn for run in line.runs)
    assert told.replace(" ", "") == f"Waiting for EPI #1.{tail}".replace(" ", "")


def test_the_closed_door_stays_in_sight_and_says_why(page: WherePage):
    """H14: a closed start rule is not a missing button; pressing it lists the reasons."""
    show(page, samples.where())
    assert page.open_button.isVisible() and page.open_button.isEnabled()
    assert page.open_button.property("closed") is True
    assert page.open_note.isVisible()
    assert "needs at least 500" in page.open_button.accessibleDescription()
    QTest.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert page.refusals.isVisible()
    assert "Neutrophils, ANC" in page.refusals.text()
    assert page.late_button.isVisible()


def test_the_open_door_opens_the_form(page: WherePage, infant_of, answer):
    view = replace(samples.where(), open_allowed=True, open_because="")
    page.infant_id = infant_of("4")
    show(page, replace(view, banner=replace(view.banner, infant_id=infant_of("4"))))
    assert page.open_button.property("closed") is False and not page.open_note.isVisible()
    seen: list[str] = []

    def note(dialog) -> None:
        seen.append(dialog.accessibleName())
        dialog.reject()

    asked = answer(note)
    page.open_button.click()
    assert asked.asked == 1 and seen == ["Open EPI #1"]


def test_no_next_course_means_no_door(page: WherePage):
    show(page, replace(samples.where(), open_key="", open_title=""))
    assert not page.open_button.isVisible()


def test_the_doors_go_to_counts_and_toxicities(page: WherePage):
    asked: list[int] = []
    page.page_asked.connect(asked.append)
    show(
        page, replace(samples.where(), rules=(ANC, TOXICITY), toxicity_open=("Mucositis, grade 2",))
    )
    assert page.toxicity_button.isVisible()
    assert "Open now: Mucositis, grade 2" in texts(page)
    page.toxicity_button.click()
    page.counts_button.click()
    assert asked == [TOXICITIES, COUNTS]


def test_an_answered_question_asks_no_more(page: WherePage):
    """H15: only an explicit yes takes the question away."""
    yes = replace(TOXICITY, seen="yes", result="met")
    show(page, replace(samples.where(), rules=(ANC, yes)))
    assert not page.toxicity_button.isVisible()
    no = replace(TOXICITY, seen="no", result="not met")
    show(page, replace(samples.where(), rules=(ANC, no)))
    assert page.toxicity_button.isVisible()


def test_a_pending_genetics_result_has_its_door(page: WherePage):
    view = samples.where()
    show(
        page,
        replace(view, rules=(ANC, GENE), banner=replace(view.banner, risk_text="KMT2A unknown")),
    )
    (door,) = [b for b in page.findChildren(QPushButton) if "KMT2A" in b.text() and b.isVisible()]
    assert door is page.gene_button
    show(page, replace(view, rules=(ANC,)))
    assert page.gene_button is None


def test_the_rule_is_a_table_with_its_sources(page: WherePage):
    show(page, replace(samples.where(), rules=(ANC, TOXICITY, GENE)))
    shown = texts(page)
    for words in (
        "Measure",
        "Needed",
        "Seen",
        "When",
        "Source",
        "Result",
        "480",
        "per µL",
        "not met",
        "also needed",
    ):
        assert words in shown
    assert "20-Nov-2026 10:42" in shown
    rows = [w.accessibleName() for w in page.findChildren(object) if hasattr(w, "accessibleName")]
    assert "Neutrophils, ANC: needed at least 500 per µL; seen 480 per µL; not met" in rows


def test_every_azacitidine_day_is_a_dated_box_of_its_own(page: WherePage):
    """H18: five dates, never a range."""
    first = date(2026, 11, 21)
    days = tuple((n + 1, first + timedelta(days=n)) for n in range(5))
    show(page, replace(samples.where(), next_items=(NextItem(first, "EPI #1 day 1", days=days),)))
    boxes = [label.text() for label in page.findChildren(QLabel) if "<b>day" in label.text()]
    assert boxes == [f"<b>day {n + 1}</b> {21 + n}-Nov-2026" for n in range(5)]


def test_nobody_to_ring_says_what_to_do(page: WherePage):
    show(page, samples.where())
    assert any("Nobody is entered" in text for text in texts(page))
    contact = Contact("Leukaemia team", "Dr Ines Halvorsen", "extension 4417")
    show(page, replace(samples.where(), contacts=(contact,)))
    assert {"Leukaemia team", "Dr Ines Halvorsen", "extension 4417"} <= set(texts(page))


def test_a_page_longer_than_the_screen_scrolls_by_keys(qtbot, page: WherePage):
    """Keyboard alone suffices: what does not fit is reached with the arrows and Page Down."""
    show(page, samples.where())
    assert page.area.focusPolicy() == Qt.FocusPolicy.NoFocus
    notes = tuple(f"note {n}" for n in range(40))
    show(page, replace(samples.where(), protocol_notes=notes))
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert page.area.focusPolicy() == Qt.FocusPolicy.TabFocus
    page.area.setFocus()
    QTest.keyClick(page.area, Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_nothing_moves_when_nothing_changed(page: WherePage):
    """Nothing is rebuilt under the reader's eyes by the minute's refresh."""
    show(page, samples.where())
    before = [id(child) for child in page.findChildren(QLabel)]
    show(page, samples.where())
    assert [id(child) for child in page.findChildren(QLabel)] == before


def test_names_with_signs_are_text_never_markup(page: WherePage):
    """H32: an angle bracket in a name or a reason hides nothing."""
    show(
        page, replace(samples.where(), why="<b>ANC</b> <!-- 480 -->", protocol_notes=("a < b & c",))
    )
    assert "<b>ANC</b> <!-- 480 -->" in texts(page)
    for label in page.findChildren(QLabel):
        if "<b>ANC" in label.text() or "a < b" in label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_weight_recorded_from_the_page_is_seen_at_once(
    page: WherePage, infant_of: Callable[[str], int], answer
):
    said: list[int] = []
    page.recorded.connect(said.append)
    page.show_infant(infant_of("4"))

    def weigh(dialog) -> None:
        dialog.weight.first.set_text("5.65")
        dialog.act_button.click()

    asked = answer(weigh)
    page.weight_button.click()
    assert asked.asked == 1 and said == [infant_of("4")]
    assert page.view.banner.weight_text == "5.65 kg"
