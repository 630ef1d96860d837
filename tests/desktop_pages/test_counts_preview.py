"""Would this count open the next course: only from what is typed, or saying whose value it is."""

from bedside.ward.facts import facts_of
from bedside.ward.gate_facts import newest
from tests.desktop_pages.page_driving import fill_count, type_into
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
    assert counts.form.anc_words.text().startswith("below: ")
    type_into(counts.form.lines["wbc"].field.edit, "0.1")
    assert "below" not in counts.form.anc_words.text()
