"""Would this count open the next course: only from what is typed, or saying whose value it is."""

from PySide6.QtWidgets import QScrollArea

from bedside.ward.facts import facts_of
from bedside.ward.gate_facts import newest
from tests.desktop_pages.page_driving import fill_count, retype, type_into
from tests.desktop_pages.test_counts_page import FULL, NNBSP


def test_a_value_that_is_not_typed_says_of_when_it_is(counts):
    """The preview never answers silently from a count before the one that is typed."""

    def line() -> str:
        return next(text for text in counts.preview.texts() if text.startswith("Platelets"))

    type_into(counts.form.lines["anc"].field.edit, "0.64")
    older = f"Platelets: not typed; 41{NNBSP}000 at 07-Oct 08:00: would not be met"
    assert line() == older
    type_into(counts.form.lines["platelets"].field.edit, "46")
    assert (
        line() == f"Platelets: 46{NNBSP}000, needs at least 50{NNBSP}000 per µL: would not be met"
    )


def test_from_where_is_asked_and_never_set(counts):
    """A specimen of which nobody said from where it is is not called the laboratory's."""
    fill_count(counts, **FULL)
    counts.form.when.specimen.choose(None)
    counts.form.when.edited.emit()
    assert counts.state_words.text() == "ready; from where? not said"
    counts.record_button.click()
    facts = facts_of(counts.ward, counts.infant_id)
    assert newest(counts.ward, facts, "anc", counts.ward.now()).source == "from where: not said"


def test_of_a_bound_only_a_bound_is_worked_out(counts):
    """White cells "<0.1" and 2 % neutrophils read "2 per µL": now below 2 (100 × 2 % = 2)."""
    for key, typed in (("wbc", "<0.1"), ("neutrophils", "2"), ("blasts", "0")):
        type_into(counts.form.lines[key].field.edit, typed)
    echoes = [counts.form.lines[key].read_as.text() for key in ("neutrophils", "blasts")]
    assert [echo.replace("\xa0", " ") for echo in echoes] == ["<2 per µL", "0 per µL"]
    assert counts.form.anc.words.text().startswith("below: ")
    type_into(counts.form.lines["wbc"].field.edit, "0.1")
    assert "below" not in counts.form.anc.words.text()


def test_a_count_typed_late_says_that_the_newer_one_decides(counts):
    """Newest 07-Oct 08:00: 41 000, not met. What is typed of before that would meet, and opens nothing."""

    def said() -> tuple[str, str]:
        texts = (counts.preview._title.text(), counts.preview.texts()[1])
        title, line = (text.replace("\u202f", " ").replace("\xa0", " ") for text in texts)
        return title, line

    when, met = counts.form.when, "Platelets: 61 000, needs at least 50 000 per µL: would be met"
    type_into(counts.form.lines["platelets"].field.edit, "61")
    assert said() == ("Would it open EPI #1, if taken now?", met)
    type_into(when.time.edit, "07:00")
    assert said() == ("Would this count open EPI #1?", met)
    retype(when.date.edit, "07-Oct-2026")
    newer = "41 000, not met. What is typed is of"
    assert said()[1] == f"Platelets: 08:00: {newer} 07:00 and does not change that."
    retype(when.date.edit, "06-Oct-2026")
    older = f"Platelets: 07-Oct 08:00: {newer} 06-Oct"
    assert said()[1] == f"{older} 07:00 and does not change that."
    when.time.clear()
    assert said()[0] == "Would it open EPI #1, if taken 06-Oct 23:59?"
    assert said()[1] == f"{older} 23:59 and does not change that."


def test_a_draft_goes_on_saying_how_many_times_and_beside_the_newest_count(counts, bench):
    """Left and come back to, "now n times" was gone beside every value."""
    platelets = counts.form.lines["platelets"]

    def said() -> str:
        return platelets.last.text().replace("\u202f", " ").replace("\xa0", " ")

    type_into(platelets.field.edit, "61")
    assert said() == "41 000 per µL, now 1.5 times"
    counts.leave()
    counts.refresh()
    assert said() == "41 000 per µL, now 1.5 times"
    bench.count(640, 30_500)
    counts.refresh()
    assert said() == "30 500 per µL, now 2 times"
    bench.at(2026, 10, 8, 9, 40)
    bench.count(640, 6_100)
    counts.refresh()
    assert platelets.standing() == "waiting"  # ten times the newest one, and it would open EPI #1


def test_a_second_typing_that_is_refused_cuts_nothing_off(qtbot, counts):
    """Its reason stood in one line: the form became wider than the page, and both were cut."""
    fill_count(counts, **{**FULL, "time": "07:10"})
    counts.record_button.click()
    fill_count(counts, **{**FULL, "bands": "50"})
    line = counts.form.lines["bands"]
    assert line.slip.isVisible()
    retype(line.second.edit, "710")
    qtbot.wait(20)
    said = line.slip.differs
    assert "710 is more than that" in said.text() and said.isVisible()
    assert said.height() >= said.heightForWidth(said.width())
    at = line.slip.parentWidget()
    while at is not None and not isinstance(at, QScrollArea):
        at = at.parentWidget()
    assert at is not None and at.horizontalScrollBar().maximum() == 0
