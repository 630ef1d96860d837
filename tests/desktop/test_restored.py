"""After a restore: the bar over the list and her pages, and the form that settles, by real keys."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.key_sections import key_sections
from bedside.desktop.page_door import every_door
from bedside.desktop.restore_dialog import RestoreDialog
from bedside.desktop.restored_dialog import RestoredDialog
from bedside.desktop.restored_paper_dialog import RestoredPaperDialog
from bedside.desktop.window import BedsideWindow
from bedside.rescue import take_restored
from bedside.store.opening import BACKUPS
from bedside.store.queries import all_of
from bedside.store.records import DoseRecord
from bedside.store.restored_records import RestoredSettling
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.ward.backup import back_up
from bedside.ward.backup_settings import keep_settings
from bedside.ward.facts import facts_of_all
from bedside.ward.forms import NewSize
from bedside.ward.giving import start_infusion
from bedside.ward.restore_signing import Signing
from bedside.ward.restored_state import restored_view
from bedside.ward.restoring import confirm, preview
from bedside.ward.vial_clocks import running_clocks
from bedside.ward.ward import Ward
from bedside.ward.weighing import record_size
from tests.ward.ordering import by

WHO = "E. Berg, RN"


@pytest.fixture
def lost(ward: Ward, clock) -> int:
    """The infant whose infusion was started after the copy that the ward was put back to."""
    infant = next(facts for facts in facts_of_all(ward) if running_clocks(ward, facts))
    name = back_up(ward, "5 minutes").name
    clock.now += timedelta(minutes=3)
    vial = running_clocks(ward, infant)[0]
    number = infant.infant.id
    start_infusion(ward, vial.dose_id, ward.now(), by(ward, number), who=WHO)
    clock.now += timedelta(minutes=2)
    seen = preview(ward, ward.folder / BACKUPS / name)
    confirm(seen, ward, ward.now(), who="A. Ende, nurse", second="N. Berg, nurse")
    ward.store.close()
    restored = take_restored(ward, seen.prepared)
    ward.store, ward.kept_facts, ward.kept_until = restored.store, {}, 0
    return number


@pytest.fixture
def window_after(qtbot, lost: int, ward: Ward, look, session) -> BedsideWindow:
    made = BedsideWindow(ward, look, session, every_door())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def bar_words(window: BedsideWindow) -> str:
    bar = window.frame.restored
    if bar is None or not bar.isVisible():
        return ""
    return " ".join(label.text() for label in bar.findChildren(QLabel) if label.text())


def test_a_ward_that_was_never_restored_has_no_bar(window: BedsideWindow) -> None:
    assert window.frame.restored is None


def test_the_list_and_her_pages_carry_the_bar_and_no_other_page_does(
    window_after: BedsideWindow, lost: int, ward: Ward
) -> None:
    said = (
        "Restored 20-Nov-2026 10:47 from the copy of 10:42: RUNNING when it was put back: LINDGREN "
        "azaCITIDine 15.5 mg, vial made 10:33, infusion started 10:45; 1 act is not in it"
    )
    assert bar_words(window_after) == f"{said}; 1 infant."
    for page in range(len(every_door())):
        window_after.open_infant(lost)
        QTest.keyClick(
            window_after, Qt.Key(Qt.Key.Key_1 + page), Qt.KeyboardModifier.ControlModifier
        )
        assert bar_words(window_after) == f"{said}."
    other = next(row.infant_id for row in window_after._board.rows if row.infant_id != lost)
    window_after.open_infant(other)
    assert bar_words(window_after) == ""
    QTest.keyClick(window_after, Qt.Key.Key_Escape)
    assert bar_words(window_after) == f"{said}; 1 infant."


def test_the_bar_says_nothing_of_a_dose_during_a_blind_check(
    window_after: BedsideWindow, lost
) -> None:
    window_after.open_infant(lost)
    window_after.frame.blind = object()
    try:
        window_after.frame.show_restored()
        assert window_after.frame.restored is None
    finally:
        window_after.frame.blind = None


def test_by_keys_a_lost_dose_is_taken_over_and_the_bar_goes(
    window_after: BedsideWindow, lost: int, ward: Ward, answer
) -> None:
    window_after.open_infant(lost)

    def take(dialog: RestoredDialog) -> None:
        assert isinstance(dialog, RestoredDialog)
        assert dialog.focusWidget() is dialog.table and dialog.model.rowCount() == 1
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        assert dialog.acts  # Return settles nothing
        dialog.signer.name.setText("N. Berg, nurse")
        QTest.keyClick(dialog.take_button, Qt.Key.Key_Space)

    expected = answer(take)
    QTest.keyClick(window_after, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert expected.asked == 1
    assert bar_words(window_after) == "" and restored_view(ward) is None
    with ward.store.reading() as connection:
        dose = all_of(connection, DoseRecord)[-1]
        (settled,) = all_of(connection, RestoredSettling)
    assert (dose.state, dose.infant_id) == ("vial running", lost) and dose.started_at is not None
    assert (settled.name, settled.role, settled.outcome) == ("N. Berg", "nurse", "entered again")


def test_a_dose_that_was_not_given_needs_its_reason_by_keys(
    lost: int, ward: Ward, look, session, qtbot
) -> None:
    dialog = RestoredDialog(ward, look, session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.signer.name.setText("N. Berg, nurse")
    QTest.keyClick(dialog.not_button, Qt.Key.Key_Space)
    assert "say why" in dialog.refusals.text() and dialog.acts
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Space)
    assert "not recorded as far" in dialog.refusals.text() and dialog.acts
    QTest.keyClicks(dialog.reason, "the pump never ran")
    QTest.keyClick(dialog.not_button, Qt.Key.Key_Space)
    assert dialog.acts == () and restored_view(ward) is None
    with ward.store.reading() as connection:
        (settled,) = all_of(connection, RestoredSettling)
    assert (settled.outcome, settled.reason) == ("not so", "the pump never ran")


def test_the_list_can_be_looked_at_as_paper(
    lost: int, ward: Ward, look, session, qtbot, answer
) -> None:
    dialog = RestoredDialog(ward, look, session)
    qtbot.addWidget(dialog)
    dialog.show()

    def see(paper: RestoredPaperDialog) -> None:
        assert isinstance(paper, RestoredPaperDialog) and paper.preview.pages == 1
        paper.reject()

    expected = answer(see)
    QTest.keyClick(dialog.print_button, Qt.Key.Key_Space)
    assert expected.asked == 1
    assert dialog.isVisible() and dialog.acts


def test_its_key_stands_on_the_page_of_keys(window_after: BedsideWindow) -> None:
    rows = [row for _, rows in key_sections(window_after) for row in rows]
    assert ("What a restore left out", ("Ctrl+R",)) in rows


def test_nothing_entered_is_refused_by_keys_and_the_cursor_stays_in_its_place(
    ward: Ward, look, session, qtbot
) -> None:
    """Fresh eyes: a line went although nothing was entered; then the cursor jumped to the first."""
    name, infant = back_up(ward, "5 minutes").name, facts_of_all(ward)[0].infant.id
    for grams in (6100, 6110, 6120):
        ward.clock.now += timedelta(minutes=1)
        size = NewSize(BodyWeight(grams), BodyLength(620), ward.now(), "typed a second time")
        record_size(ward, infant, size, who=WHO)
    seen = preview(ward, ward.folder / BACKUPS / name)
    confirm(seen, ward, ward.now(), who="A. Ende, nurse", second="N. Berg, nurse")
    ward.store.close()
    ward.store, ward.kept_facts, ward.kept_until = take_restored(ward, seen.prepared).store, {}, 0
    dialog = RestoredDialog(ward, look, session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.signer.name.setText("N. Berg, nurse")
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Space)
    assert "nothing like it has been recorded" in dialog.refusals.text() and len(dialog.acts) == 3
    after = dialog.acts[2]
    QTest.keyClicks(dialog.reason, "kept on paper")
    QTest.keyClick(dialog.not_button, Qt.Key.Key_Space)
    assert len(dialog.acts) == 2 and dialog.chosen == (after,)
    with ward.store.reading() as connection:
        (settled,) = all_of(connection, RestoredSettling)
    assert (settled.outcome, settled.reason) == ("not so", "kept on paper")
    dialog.reason.clear()


def test_a_restore_says_why_the_ward_counts_more_than_a_copy_that_holds_everything(
    ward: Ward, look, session, qtbot
) -> None:
    """Fresh eyes: "every record … as it is now" stood beside the numbers 21 and 31."""
    name = back_up(ward, "5 minutes").name
    said = []
    for warn in ("", "45"):
        if warn:
            keep_settings(ward, {"copy_warn_minutes": warn}, who=WHO, act="set when a copy is late")
        seen = preview(ward, ward.folder / BACKUPS / name)
        assert seen.relation == "same"
        dialog = RestoreDialog(Signing(seen, ward, None, ward.now), look, session)
        qtbot.addWidget(dialog)
        said.append(dialog.lost.text())
    assert "every record of the ward as it is now: nothing is lost" in said[0]
    assert "every record" not in said[1]
    assert "nothing is lost. The ward counts more, because" in said[1]
