"""The page Doses: a vial made before its order is asked about, and an infusion of paper hours has its form."""

from datetime import timedelta

from PySide6.QtTest import QTest

from bedside.desktop.doses_page import DosesPage
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from tests.desktop_pages.page_driving import answering, in_frame, read_the_band, retype, type_into
from tests.ward.ordering import ready


def shown(qtbot, bench, look, session) -> DosesPage:
    page = DosesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    return page


def view(page):
    return doses_page(page.ward, page.infant_id)


def start_clock(page, time: str) -> None:
    type_into(page.vial.time.edit, time)
    retype(page.vial.minutes.edit, "15")
    page.vial.start_button.click()


def test_a_vial_made_before_its_order_is_asked_about(qtbot, bench, look, session):
    """Eyes 19: prescribed and released at 08:00; a vial of 07:59 is asked about, and the reason stays."""
    bench.open_epi_1()
    ready(bench.ward, bench.infant)
    bench.clock.now += timedelta(minutes=10)
    page = shown(qtbot, bench, look, session)
    answering(qtbot, lambda: start_clock(page, time="07:59"), lambda dialog: dialog.back.click())
    assert view(page).clock is None and page.vial.time.text() == "07:59"

    def say_why(dialog) -> None:
        QTest.keyClicks(dialog.reason, "told by telephone")
        dialog.act.click()

    said = answering(qtbot, page.vial.start_button.click, say_why)
    assert "before the order was prescribed (08:00" in " ".join(said)
    assert view(page).clock is not None
    assert facts_of(page.ward, page.infant_id).doses[0].note.endswith("told by telephone")


def test_an_infusion_of_paper_hours_is_recorded_by_its_form(qtbot, bench, look, session):
    """Planned, given and recorded; two names; from paper: nothing of it is filled in beforehand."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 14, 0)
    page = shown(qtbot, bench, look, session)

    def fill(dialog) -> None:
        assert dialog.back_button.isDefault() and not dialog.is_dirty()
        dialog.act_button.click()
        assert "On which date" in dialog.refusals.text()
        type_into(dialog.on.edit, "07-Oct-2026")
        for field, time in zip(dialog.times, ("09:00", "09:10", "09:30"), strict=True):
            type_into(field.edit, time)
        type_into(dialog.amount.edit, "15.5")
        dialog.act_button.click()
        assert "band" in dialog.refusals.text() and dialog.is_dirty()
        read_the_band(dialog.giving)
        dialog.act_button.click()
        assert "From paper" in dialog.refusals.text()
        type_into(dialog.paper.first, "E. Sorensen, RN")
        type_into(dialog.paper.second, "T. Marchetti, RN")
        type_into(dialog.paper.reason, "no power")
        dialog.act_button.click()

    said = answering(qtbot, page.vial.paper_button.click, fill)
    assert any("15.5" in words for words in said)
    assert view(page).days[0].state == "given" and "from paper" in view(page).days[0].words
    assert not page.vial.paper_button.isVisible()
    page.record_paper()
    assert "all are recorded" in page.refusals.text()
