"""The page Doses and papers on a real ward: the vial clock from start to end, previews and prints."""

from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester, QTest

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import AZACITIDINE, PAPERS
from bedside.desktop.drugs_table import DrugsTable
from bedside.desktop.paper_pages import send_pages
from bedside.desktop.paper_preview import PaperPreview
from bedside.desktop.printed_table import Column as PrintedColumn
from bedside.desktop.printed_table import PrintedTable
from bedside.places import place
from bedside.protocol.site_value_reader import read_site_values
from bedside.ward.dosing import doses_page
from tests.desktop_pages.page_driving import (
    NURSE,
    answering,
    in_frame,
    retype,
    sign_the_start,
    type_into,
)
from tests.desktop_pages.page_samples import doses_view
from tests.paper_images import page_images
from tests.ward.ordering import ready
from tests.ward.wards import BERLIN


@pytest.fixture
def demonstration_values():
    return read_site_values(place("resources", "demo", "site_values.toml"))


@pytest.fixture
def page(qtbot, bench, look, session, demonstration_values):
    """EPI #1 day 1, nothing given yet, 08:00."""
    bench.ward.values = demonstration_values
    bench.open_epi_1()
    eight = bench.clock.now
    bench.clock.now = eight - timedelta(minutes=30)  # ordered before any vial is made
    bench.weigh()
    ready(bench.ward, bench.infant)
    bench.clock.now = eight
    made = DosesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def view(page):
    return doses_page(page.ward, page.infant_id)


def start_clock(page, time: str = "07:50", minutes: str = "15") -> None:
    type_into(page.vial.time.edit, time)
    retype(page.vial.minutes.edit, minutes)
    page.vial.start_button.click()


def test_what_a_rule_needs_ends_in_no_semicolon_where_nothing_is_recorded(page):
    """Without a weight there is no time of it and nobody who recorded it."""
    shown = view(page)
    weight = next(rule for rule in shown.rules if rule.needed.endswith("days old at most"))
    for at, source, end in (
        (None, "", weight.needed),
        (None, "site settings", f"{weight.needed}; site settings"),
        (weight.at, "", "08:00"),
    ):
        rule = structs.replace(weight, at=at, source=source)
        page.dose.show_view(structs.replace(shown, rules=(rule,)))
        (said,) = [text for text in page.dose.texts() if text.startswith("needs ")]
        assert said.replace("\u00a0", " ").replace("\u2011", "-").endswith(end), said


def test_dose_steps_rules_and_days_are_all_said(page):
    said = " ".join(page.dose.texts())
    assert "15.5 mg" in said and "2.5 mg per kg × 6.2 kg = 15.5 mg" in said
    assert "Neutrophils, ANC" in said and "640 per µL" in said
    dates = [box.accessibleName() for box in page.days.boxes]
    assert len(dates) == 5
    assert all(f"{7 + number:02d}-Oct-2026" in text for number, text in enumerate(dates))


def test_a_blocked_dose_shows_no_amount_but_every_reason(qtbot, bench, look, session):
    bench.ready_for_epi_1(499, 86_000)
    page = DosesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    said = " ".join(page.dose.texts())
    assert "blocked" in said
    for reason in view(page).blocked_by:
        assert reason.replace("-", "\u2011") in said.replace("-", "\u2011")
    assert not page.vial.start_button.isEnabled()
    assert "not now" in page.vial.why.text()


def test_the_vial_clock_starts_from_the_typed_time(page, bench):
    """H16: the clock counts from reconstitution as typed, not from the press of the button."""
    start_clock(page)
    clock = view(page).clock
    assert clock.reconstituted_at == datetime(2026, 10, 7, 7, 50, tzinfo=BERLIN)
    assert page.vial.currentIndex() == 1
    assert page.vial.dial.state() == "running"
    assert "20 min" in page.vial.dial.accessibleDescription()
    assert [value.text() for value in page.vial.times.values] == [
        "07:50",
        "15 min",
        "08:20",
        "08:35",
    ]


@pytest.mark.parametrize("typed", ["10,5", "8", "41", "abc"])
def test_minutes_outside_the_protocol_are_refused_and_kept(page, typed):
    start_clock(page, minutes=typed)
    assert view(page).clock is None
    assert page.vial.minutes.text() == typed
    if page.vial.typed_minutes() is not None:
        assert page.refusals.isVisible()
    else:
        assert not page.vial.start_button.isEnabled()


def test_the_clock_ticks_by_itself_and_is_right_after_a_pause(qtbot, page, bench):
    start_clock(page)
    bench.clock.now += timedelta(minutes=16)
    qtbot.waitUntil(lambda: page.vial.dial.state() == "soon", timeout=3000)
    page.frame_of_test.hide()
    assert not page.vial._timer.isActive()
    bench.clock.now += timedelta(minutes=6)
    page.frame_of_test.show()
    assert page.vial.dial.state() == "too late"
    assert page.vial._timer.isActive()


def test_infusion_starts_and_finishes_and_the_day_is_given(qtbot, page, bench):
    start_clock(page)
    answering(qtbot, page.vial.infuse_button.click, sign_the_start)
    assert view(page).clock.started_at == bench.clock()
    assert page.vial.finish_button.isVisible() and not page.vial.infuse_button.isVisible()
    bench.clock.now += timedelta(minutes=15)
    page.vial.finish_button.click()
    assert view(page).clock is None
    assert view(page).days[0].state == "given"
    assert page.vial.currentIndex() == 0


def test_after_the_latest_start_the_infusion_cannot_be_started_as_planned(qtbot, page, bench):
    """H16: too late for 15 minutes; the shortest infusion is offered, then only discarding."""
    start_clock(page)
    bench.clock.now = datetime(2026, 10, 7, 8, 21, tzinfo=BERLIN)
    page.vial.tick()
    assert not page.vial.infuse_button.isEnabled()
    assert page.vial.shorter_button.isVisible()
    assert "10 min" in page.vial.shorter_button.text()

    def agreed(dialog) -> None:
        QTest.keyClicks(dialog.reason, "Dr Test agreed")
        dialog.act.click()

    answering(qtbot, page.vial.shorter_button.click, lambda dialog: dialog.back.click())
    assert view(page).clock.infusion_minutes == 15
    answering(qtbot, page.vial.shorter_button.click, agreed)
    assert view(page).clock.infusion_minutes == 10
    assert page.vial.infuse_button.isEnabled()
    bench.clock.now = datetime(2026, 10, 7, 8, 26, tzinfo=BERLIN)
    page.vial.tick()
    assert page.vial.dial.state() == "discard"
    assert not page.vial.infuse_button.isEnabled() and not page.vial.shorter_button.isVisible()
    assert page.vial.discard_button.isEnabled()


def test_discarding_a_vial_needs_a_reason_and_the_day_stays_open(qtbot, page):
    start_clock(page)
    answering(qtbot, page.vial.discard_button.click, lambda dialog: dialog.back.click())
    assert view(page).clock is not None

    def answer(dialog) -> None:
        assert dialog.back.isDefault() and not dialog.act.isEnabled()
        QTest.keyClicks(dialog.reason, "line blocked")
        dialog.act.click()

    answering(qtbot, page.vial.discard_button.click, answer)
    assert view(page).clock is None
    assert view(page).days[0].state == "vial lost"
    assert view(page).days[0].may_start_vial


def test_a_typed_time_makes_the_page_dirty_and_refreshing_keeps_it(page):
    told = []
    page.dirty_changed.connect(told.append)
    type_into(page.vial.time.edit, "07:5")
    assert page.is_dirty() and told == [True]
    page.refresh()
    assert page.vial.time.text() == "07:5"
    retype(page.vial.time.edit, "07:50")
    assert page.vial.reconstituted().at == datetime(2026, 10, 7, 7, 50, tzinfo=BERLIN)


def test_papers_say_why_they_are_refused(qtbot, bench, look, session):
    """H13: where the place is not a tertiary centre there is no sheet, and the page says so."""
    bench.ready_for_epi_1()
    bench.site("shared-care")
    page = DosesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.show_part(PAPERS)
    sheet = next(line for line in page.papers.lines if "dosing-sheet:epi-1" in line.choice.key)
    assert not sheet.button.isEnabled()
    assert "tertiary" in sheet.button.accessibleDescription()


def test_a_paper_is_seen_before_it_is_printed_and_not_yet_on_record(page):
    sheet = next(line for line in page.papers.lines if "dosing-sheet:epi-1" in line.choice.key)
    assert sheet.button.isEnabled(), sheet.choice.refused
    sheet.button.click()
    assert page.stack.currentIndex() == PAPERS
    assert page.papers.preview.pages == 1
    assert "not on record" in page.papers.preview.note.text()
    assert view(page).printed == ()


def read_band(page):
    """Type the end of the hospital number, T 001, as read off the band."""
    field = page.papers.preview.band_digits
    field.clear()
    QTest.keyClicks(field, "t001")


@pytest.mark.parametrize("typed", ["", "0000", "12", "four"])
def test_no_paper_goes_out_before_the_band_was_read(page, typed, monkeypatch):
    """H25: the last four digits are typed before a print, and are never another infant's."""
    asked = []
    monkeypatch.setattr(
        "bedside.desktop.doses_paper.QFileDialog.getSaveFileName",
        lambda *words: asked.append(words) or ("", ""),
    )
    page.preview_paper("dosing-sheet:epi-1")
    QTest.keyClicks(page.papers.preview.band_digits, typed)
    page.papers.preview.save_button.click()
    page.papers.preview.print_button.click()
    assert asked == [] and view(page).printed == ()
    assert "Not printed" in page.refusals.text()
    assert "001" not in page.refusals.text()
    read_band(page)
    page.papers.preview.save_button.click()
    assert len(asked) == 1


def test_what_was_said_of_the_digits_goes_as_soon_as_others_are_typed(page):
    page.preview_paper("dosing-sheet:epi-1")
    page.papers.preview.print_button.click()
    assert "read the last" in page.refusals.text()
    QTest.keyClicks(page.papers.preview.band_digits, "t")
    assert page.refusals.text() == ""
    page.refusals.show_reasons(("The printer did not take it.",))  # something else stays
    QTest.keyClicks(page.papers.preview.band_digits, "0")
    assert page.refusals.text() == "The printer did not take it."


def test_each_paper_asks_for_the_band_anew(page):
    page.preview_paper("dosing-sheet:epi-1")
    read_band(page)
    page.preview_paper("roadmap:epi-1")
    assert page.papers.preview.band_digits.text() == ""


def test_saving_a_paper_keeps_the_file_and_puts_it_on_record(page, tmp_path, monkeypatch):
    page.preview_paper("dosing-sheet:epi-1")
    target, offered = tmp_path / "folder" / "sheet", []
    monkeypatch.setattr(
        "bedside.desktop.doses_paper.QFileDialog.getSaveFileName",
        lambda *asked: offered.append(asked[2]) or (str(target), ""),
    )
    read_band(page)
    page.papers.preview.save_button.click()
    kept = target.with_name("sheet.pdf")
    assert "15.5 mg" in pypdf.PdfReader(kept).pages[0].extract_text().replace("\u202f", " ")
    (printed,) = view(page).printed
    assert printed.printed_by == NURSE
    model = page.papers.model
    assert model.index(0, PrintedColumn.NUMBER).data() == f"{printed.sheet_number}\ncopy 1"
    assert model.index(0, PrintedColumn.HOLDS).data() == "valid"
    assert printed.code in page.papers.preview.note.text()
    assert Path(offered[0]).name == f"dosing-sheet-epi-1-{printed.sheet_number}-copy-1.pdf"


def test_going_back_from_the_file_dialog_records_nothing(page, monkeypatch):
    page.preview_paper("dosing-sheet:epi-1")
    monkeypatch.setattr(
        "bedside.desktop.doses_paper.QFileDialog.getSaveFileName", lambda *asked: ("", "")
    )
    read_band(page)
    page.papers.preview.save_button.click()
    assert view(page).printed == ()


def test_a_new_weight_makes_the_printed_sheet_out_of_date(page, bench, tmp_path, monkeypatch):
    """H30: the page says which printed sheets no longer hold, and why."""
    page.preview_paper("dosing-sheet:epi-1")
    monkeypatch.setattr(
        "bedside.desktop.doses_paper.QFileDialog.getSaveFileName",
        lambda *asked: (str(tmp_path / "a.pdf"), ""),
    )
    read_band(page)
    page.papers.preview.save_button.click()
    bench.clock.now += timedelta(minutes=20)
    bench.weigh(6350)
    page.refresh()
    assert "out of date" in page.papers.model.index(0, PrintedColumn.HOLDS).data()


def test_printing_sends_each_page_in_its_own_orientation(qapp, page, tmp_path):
    from bedside.ward.printing import draw_again

    for key, wide in (("dosing-sheet:epi-1", False), ("roadmap:epi-1", True)):
        pdf = draw_again(page.ward, page.infant_id, key, who=NURSE)
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        out = tmp_path / f"{wide}.pdf"
        printer.setOutputFileName(str(out))
        send_pages(pdf, printer)
        sheet = pypdf.PdfReader(out).pages[0].mediabox
        assert (sheet.width > sheet.height) is wide
        (image,) = page_images(pdf, 72)
        assert (image.width() > image.height()) is wide
        dark = sum(
            image.pixelColor(x, y).lightness() < 128
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
        )
        assert dark > 100, "something is drawn"


def test_pages_turn_with_the_keys_and_stop_at_the_ends(qtbot, look, page):
    from io import BytesIO

    from bedside.ward.printing import draw_again

    one = pypdf.PdfReader(
        BytesIO(draw_again(page.ward, page.infant_id, "roadmap:epi-1", who=NURSE))
    )
    writer, two = pypdf.PdfWriter(), BytesIO()
    writer.add_page(one.pages[0])
    writer.add_page(one.pages[0])
    writer.write(two)
    preview = PaperPreview(look)
    qtbot.addWidget(preview)
    preview.resize(700, 500)
    preview.show()
    preview.show_paper(two.getvalue(), "Roadmap", "")
    assert preview.count.text() == "page 1 of 2"
    assert not preview.back_button.isEnabled()
    QTest.keyClick(preview.view, Qt.Key.Key_PageDown)
    QTest.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert preview.count.text() == "page 2 of 2" and not preview.next_button.isEnabled()
    preview.back_button.click()
    assert preview.number == 0
    preview.grab()
    preview.clear()
    assert not preview.print_button.isEnabled()
    preview.grab()


def test_another_infant_never_sees_the_first_ones_paper(page, bench):
    """H25: the preview goes with its infant."""
    page.preview_paper("dosing-sheet:epi-1")
    other = bench.enrol(family="ANDERS", hospital_number="T 002", bed="2", study_number="15P1-T002")
    page.show_infant(other)
    assert page.papers.preview.pages == 0


def test_a_refused_paper_says_why_instead_of_a_preview(page):
    page.preview_paper("dosing-sheet:consolidation")
    assert "azacitidine blocks" in page.refusals.text()
    assert page.papers.preview.pages == 0
    assert page.stack.currentIndex() == AZACITIDINE


def test_models_are_sound(qapp, look):
    drugs, printed = DrugsTable(), PrintedTable(look)
    drugs.show_view(doses_view())
    printed.show_papers(doses_view().printed)
    for model in (drugs, printed):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert printed.index(1, PrintedColumn.HOLDS).data().startswith("out of date: the weight")
