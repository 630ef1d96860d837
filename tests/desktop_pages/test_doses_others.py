"""Doses, Other drugs: a dose from paper by real keys, typed twice where nothing stands beside it."""

from PySide6.QtTest import QTest

from bedside.desktop.doses_page import OTHERS, DosesPage
from bedside.ward.facts import facts_of
from tests.desktop_pages.page_driving import answering, give_from_paper, in_frame, type_into


def test_other_drugs_say_that_their_dose_is_not_public(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    page = DosesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.views.buttons[OTHERS].click()
    assert page.stack.currentIndex() == OTHERS
    rows = page.others.model.rowCount()
    assert rows > 5
    doses = {page.others.model.index(row, 3).data() for row in range(rows)}
    unknown = "dose not in public sources: enter it from your protocol"
    # and of dexamethasone of Induction it is not public whether it tapers
    often = f"{unknown}; three times daily"
    assert doses == {
        unknown,
        often,
        f"{often}; taper: dose by day, not public (nor whether there is one)",
    }
    before = page.others.due_model.rowCount()
    assert before > 0
    page.others.given_button.click()
    # no dose is chosen for the nurse: nothing was recorded
    assert page.others.due_model.rowCount() == before
    assert "Choose" in page.refusals.text()
    page.others.due.setCurrentIndex(page.others.due_model.index(0, 0))

    def amount(dialog) -> None:
        assert dialog.back_button.isDefault()
        dialog.act_button.click()
        assert "Type how much" in dialog.refusals.text()
        QTest.keyClicks(dialog.amount.edit, "0.35")
        dialog.act_button.click()
        assert "Choose the unit" in dialog.refusals.text()
        dialog.unit.choose("mg")
        assert dialog.is_dirty()
        # nothing stands beside this amount: it is typed a second time
        type_into(dialog.again.edit, "0.35")
        dialog.act_button.click()
        give_from_paper(dialog)

    answering(qtbot, page.others.given_button.click, amount)
    assert [str(row.amount) for row in facts_of(bench.ward, bench.infant).bases.values()] == [
        "0.35"
    ]
    assert page.others.due_model.rowCount() == before - 1
