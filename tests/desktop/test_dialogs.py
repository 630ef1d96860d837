"""The forms that record: what is refused keeps what was typed, the safe button is the default."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel

from bedside.desktop.gene_dialog import GeneDialog
from bedside.desktop.look import Look
from bedside.desktop.open_course_dialog import OpenCourseDialog
from bedside.desktop.session import Session
from bedside.desktop.site_dialog import SiteDialog
from bedside.desktop.weight_dialog import WeightDialog
from bedside.desktop.who_dialog import WhoDialog
from bedside.store.queries import of_infant
from bedside.store.records import CourseStart, Measurement
from bedside.ward.infants import banner
from bedside.ward.site import site_form
from bedside.ward.ward import Ward
from bedside.ward.where import where_are_we
from tests.desktop.plain_text import plain


@pytest.fixture
def weigh(shown, ward: Ward, look: Look, session: Session, infant_of) -> WeightDialog:
    """The weight form of the infant in bed 4: 5.6 kg this morning."""
    return shown(WeightDialog(ward, look, session, banner(ward, infant_of("4"))))


def sizes(ward: Ward, infant_id: int) -> list[Measurement]:
    with ward.store.reading() as connection:
        return of_infant(connection, Measurement, infant_id)


# ---- weight ---------------------------------------------------------------------------------


def test_a_usual_weight_is_recorded_with_its_time_and_name(weigh: WeightDialog, ward, infant_of):
    QTest.keyClicks(weigh.weight.first.edit, "5.65")
    assert plain(weigh.weight.first.note.text()).startswith("last 5.6 kg")
    QTest.keyClicks(weigh.length.first.edit, "60.5")
    weigh.act_button.click()
    assert weigh.result() == QDialog.DialogCode.Accepted
    kept = sizes(ward, infant_of("4"))[-1]
    assert (kept.weight_g, kept.length_mm, kept.recorded_by) == (5650, 605, "E. Sørensen, RN")
    assert ward.local(kept.measured_at) == datetime(2026, 11, 20, 10, 42, tzinfo=ward.zone)


def test_nothing_is_filled_in_for_the_nurse(weigh: WeightDialog):
    """H5: no weight stands in the field before somebody weighs."""
    assert weigh.weight.first.is_empty() and weigh.length.first.is_empty()


def test_a_tenfold_weight_is_named_and_refused(weigh: WeightDialog, ward, infant_of):
    """H1: 56 for 5.6 is impossible here; it is named and never recorded, and stays as typed."""
    before = len(sizes(ward, infant_of("4")))
    QTest.keyClicks(weigh.weight.first.edit, "56")
    assert "ten times" in weigh.weight.first.note.text()
    assert weigh.weight.first.edit.property("trouble") is True
    weigh.act_button.click()
    assert weigh.isVisible() and weigh.refusals.isVisible()
    assert weigh.weight.first.text() == "56"
    assert len(sizes(ward, infant_of("4"))) == before


def test_an_unusual_weight_is_typed_a_second_time(weigh: WeightDialog, ward, infant_of):
    """H3: a doubtful weight needs two readings of the scale that agree."""
    QTest.keyClicks(weigh.weight.first.edit, "6.9")
    assert weigh.weight.judged.level == "unusual"
    assert weigh.weight.again.isVisible()
    weigh.act_button.click()
    assert "second time" in weigh.refusals.text()
    QTest.keyClicks(weigh.weight.second.edit, "6.8")
    weigh.act_button.click()
    assert "differ" in weigh.refusals.text()
    weigh.weight.second.clear()
    QTest.keyClicks(weigh.weight.second.edit, "6.9")
    weigh.act_button.click()
    kept = sizes(ward, infant_of("4"))[-1]
    assert kept.weight_g == 6900
    assert "second time" in kept.unusual_reason


def test_a_comma_in_a_weight_is_refused_beside_the_field(weigh: WeightDialog):
    """H1: refused where it is typed."""
    QTest.keyClicks(weigh.weight.first.edit, "5,6")
    weigh.act_button.click()
    assert "5.6" in weigh.refusals.text()
    assert weigh.weight.first.text() == "5,6"


def test_every_missing_part_is_named_at_once(weigh: WeightDialog):
    weigh.date.clear()
    weigh.time.set_text("25:00")
    weigh.act_button.click()
    said = weigh.refusals.text().splitlines()
    assert len(said) == 3
    assert said[0].startswith("Weight is missing")
    assert "25:00" in said[2]


def test_a_weight_of_tomorrow_is_refused_by_the_ward(weigh: WeightDialog, ward, infant_of):
    """H5: a weight is never after now."""
    QTest.keyClicks(weigh.weight.first.edit, "5.65")
    weigh.date.set_value(date(2026, 11, 21))
    weigh.act_button.click()
    assert "future" in weigh.refusals.text()
    assert weigh.weight.first.text() == "5.65"


def test_a_weight_is_judged_again_for_another_day(weigh: WeightDialog):
    QTest.keyClicks(weigh.weight.first.edit, "5.65")
    first = weigh.weight.first.note.text()
    weigh.date.set_value(date(2026, 11, 10))
    assert weigh.weight.first.note.text() != first


def test_going_back_with_typed_text_asks(weigh: WeightDialog, answer):
    QTest.keyClicks(weigh.weight.first.edit, "5.65")
    asked = answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    QTest.keyClick(weigh, Qt.Key.Key_Escape)
    assert asked.asked == 1 and weigh.isVisible()
    assert weigh.weight.first.text() == "5.65"
    asked = answer(lambda dialog: dialog.leave_button.click())
    weigh.close()
    assert asked.asked == 1 and not weigh.isVisible()


def test_a_dialog_with_nothing_typed_goes_back_at_once(weigh: WeightDialog):
    QTest.keyClick(weigh, Qt.Key.Key_Escape)
    assert not weigh.isVisible()


def test_a_failed_save_shows_not_saved_in_the_dialog(
    weigh: WeightDialog, monkeypatch: pytest.MonkeyPatch
):
    """H35: the dialog stays open and dirty, with everything typed."""
    from bedside.desktop import weight_dialog

    def broken(*args: object, **names: object) -> int:
        raise OSError("disk gone with LINDGREN on it")

    monkeypatch.setattr(weight_dialog, "record_size", broken)
    QTest.keyClicks(weigh.weight.first.edit, "5.65")
    weigh.act_button.click()
    bar = weigh.findChild(QLabel, "", Qt.FindChildOption.FindChildrenRecursively)
    assert bar is not None
    assert weigh.isVisible() and weigh.is_dirty()
    assert any(
        label.text() == "NOT SAVED" and label.isVisible() for label in weigh.findChildren(QLabel)
    )


# ---- opening a course ---------------------------------------------------------------------------


def course_dialog(shown, ward, look, session, infant: int) -> OpenCourseDialog:
    return shown(OpenCourseDialog(ward, look, session, where_are_we(ward, infant)))


def test_a_course_behind_a_closed_rule_is_refused(qtbot, shown, ward, look, session, infant_of):
    """H14: 480 does not open EPI #1; the reason stands there before and after."""
    dialog = course_dialog(shown, ward, look, session, infant_of("4"))
    assert dialog.day_1.is_empty()
    dialog.today_button.click()
    qtbot.wait(1)
    words = [plain(label.text()) for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert any("needs at least 500" in text for text in words)
    dialog.act_button.click()
    assert dialog.isVisible() and "480" in dialog.refusals.text()
    assert dialog.day_1.value() == ward.today()


def test_a_future_day_1_is_one_sentence_once(qtbot, shown, ward, look, session, infant_of):
    """The start rule is not judged on a day that cannot be; what was said above moves below."""
    dialog = course_dialog(shown, ward, look, session, infant_of("4"))
    dialog.day_1.edit.setFocus()
    QTest.keyClicks(dialog.day_1.edit, "25-Nov-2026")
    qtbot.wait(1)

    def said() -> list[str]:
        seen = [plain(label.text()) for label in dialog.findChildren(QLabel) if label.isVisible()]
        return [text for text in seen if "lies ahead" in text or "needs" in text]

    assert len(said()) == 1 and said()[0].startswith("Day 1 on 25-Nov-2026 lies ahead")
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Space)
    qtbot.wait(1)
    assert dialog.refusals.isVisible() and len(said()) == 1


def test_a_course_that_may_start_is_opened_with_each_of_its_days(
    qtbot, shown, ward, look, session, infant_of, clock
):
    """H18: five days, five dates; never a range."""
    from bedside.units.quantities import Anc, Platelets
    from bedside.ward.counting import record_counts
    from bedside.ward.forms import NewCounts

    infant = infant_of("4")
    none = {f"{name}_percent": None for name in ("lymphocytes", "monocytes", "other", "blasts")}
    record_counts(
        ward,
        infant,
        NewCounts(
            taken_at=clock.now - timedelta(minutes=30),
            specimen="central line",
            wbc=None,
            wbc_state="not done",
            neutrophils_percent=None,
            bands_percent=None,
            **none,
            anc=Anc(560),
            anc_state="done",
            platelets=Platelets(69_000),
            platelets_state="done",
            haemoglobin=None,
            haemoglobin_state="not done",
            unusual_reason="typed a second time",
        ),
        who="E. Sørensen, RN",
    )
    dialog = course_dialog(shown, ward, look, session, infant)
    dialog.day_1.set_value(ward.today())
    qtbot.wait(1)
    words = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    days = [text for text in words if text.startswith("day ")]
    assert days[0] == "day 1: Fri 20-Nov-2026" and days[4] == "day 5: Tue 24-Nov-2026"
    dialog.act_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    with ward.store.reading() as connection:
        assert of_infant(connection, CourseStart, infant)[-1].course_key == "epi-1"


def test_a_late_entry_asks_why(shown, ward, look, session, infant_of):
    dialog = course_dialog(shown, ward, look, session, infant_of("4"))
    assert not dialog.late.isVisible()
    dialog.day_1.set_value(date(2026, 11, 16))
    assert dialog.late.isVisible()
    dialog.act_button.click()
    assert "late" in dialog.refusals.text()
    dialog.note.setText("treated before this program was used")
    dialog.act_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_course_without_a_date_is_not_opened(shown, ward, look, session, infant_of):
    dialog = course_dialog(shown, ward, look, session, infant_of("4"))
    dialog.act_button.click()
    assert dialog.refusals.text() == "Type the date of day 1."
    dialog.day_1.set_text("21.11.2026")
    dialog.act_button.click()
    assert "month in letters" in dialog.refusals.text()


# ---- genetics, site, who --------------------------------------------------------------------------


def test_a_genetics_result_is_recorded(shown, ward, look, session, infant_of):
    infant = infant_of("1")
    dialog = shown(GeneDialog(ward, look, session, banner(ward, infant)))
    dialog.act_button.click()
    assert len(dialog.refusals.text().splitlines()) == 2
    dialog.gene.choose("rearranged")
    dialog.reported_on.set_value(date(2026, 11, 19))
    dialog.act_button.click()
    assert "KMT2A rearranged" in banner(ward, infant).risk_text


def test_site_settings_are_recorded(shown, ward, look, session):
    dialog = shown(SiteDialog(ward, look, session))
    assert not dialog.is_dirty()
    assert dialog.contacts[0][0].text() == site_form(ward).contacts[0][0]
    dialog.ward_name.setText("Ward 5")
    dialog.weight_age.set_text("3")
    dialog.add_button.click()
    dialog.contacts[-1][0].setText("Pharmacy, night")
    assert dialog.is_dirty()
    dialog.act_button.click()
    kept = site_form(ward)
    assert (kept.ward_name, kept.weight_age_days) == ("Ward 5", 3)
    assert kept.contacts[-1] == ("Pharmacy, night", "", "")


@pytest.mark.parametrize("typed", ["2.5", "3,5", "", "200"])
def test_a_limit_that_cannot_be_is_refused(shown, ward, look, session, typed: str):
    dialog = shown(SiteDialog(ward, look, session))
    before = site_form(ward)
    dialog.weight_age.set_text(typed)
    dialog.act_button.click()
    assert dialog.isVisible() and dialog.refusals.isVisible()
    assert dialog.weight_age.text() == typed
    assert site_form(ward) == before


def test_the_kind_of_centre_is_never_assumed(shown, empty_ward, look, session):
    """H13: a new site is no tertiary centre until somebody says so."""
    dialog = shown(SiteDialog(empty_ward, look, session))
    assert dialog.kind.value() is None
    dialog.ward_name.setText("Ward 5")
    dialog.act_button.click()
    assert site_form(empty_ward).kind == "unknown"


def test_who_needs_name_and_role(shown, look, session):
    session.change_who("")
    dialog = shown(WhoDialog(look, session))
    dialog.act_button.click()
    assert len(dialog.refusals.text().splitlines()) == 2
    dialog.name.setText("1400")  # a time, typed into the wrong form
    dialog.role.setText("c")
    dialog.act_button.click()
    assert "“1400” is no name" in dialog.refusals.text() and session.who == ""
    dialog.role.clear()
    dialog.name.setText("Dr I. Petrova")
    dialog.act_button.click()
    assert "role" in dialog.refusals.text() and session.who == ""
    dialog.role.setText("physician")
    dialog.name.setText("李")  # she would stand on papers that cannot show her
    dialog.act_button.click()
    assert "Who records: no paper can show U+674E" in dialog.refusals.text() and session.who == ""
    dialog.name.setText("Dr I. Petrova")
    dialog.act_button.click()
    assert session.who == "Dr I. Petrova, physician"


def test_a_role_typed_twice_stands_once_and_another_after_a_comma_is_asked_for(
    shown, look, session
):
    """A signature reads the role after the first comma: "E. Berg, RN, RN" would sign nothing."""
    session.change_who("")
    dialog = shown(WhoDialog(look, session))
    dialog.name.setText("E. Berg, RN")
    dialog.role.setText("physician")
    dialog.act_button.click()
    assert "“RN” after a comma" in dialog.refusals.text() and session.who == ""
    dialog.role.setText("rn")
    dialog.act_button.click()
    assert session.who == "E. Berg, rn"


def test_a_band_scanned_into_the_weight_is_named_as_a_band(weigh, ward, infant_of):
    """H25: another infant's, or her own; never a hint of what it would be read as."""
    other = banner(ward, infant_of("5"))
    weigh.weight.first.set_text(other.hospital_number)
    said = weigh.weight.first.note.text()
    assert said.startswith(f"That is the band of {other.family}") and "no value" in said
    weigh.act_button.click()
    assert "the band of" in weigh.refusals.text()
    weigh.weight.first.set_text("DEM 009 999")
    assert "band" not in weigh.weight.first.note.text()


def test_whoever_comes_types_her_name_over_the_one_before(qtbot, shown, look):
    """The second person's name never lands behind the first one's, in the field of the role."""
    session = Session("A. One, RN")
    dialog = shown(WhoDialog(look, session))
    qtbot.waitUntil(dialog.name.hasFocus)
    QTest.keyClicks(dialog.name, "B. Two")
    dialog.act_button.click()
    assert session.who == "B. Two, RN"
