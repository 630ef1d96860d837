"""Orders on the page Doses and papers and in their forms, by real keys on a real ward."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from bedside.desktop.corrections_dialog import CorrectionsDialog
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import ORDERS
from bedside.desktop.identity_dialog import IdentityDialog
from bedside.desktop.labels import unbroken
from bedside.desktop.order_dialogs import PrescribeDialog, ReleaseDialog, VerifyDialog
from bedside.desktop.order_table import Column, OrderTable
from bedside.desktop.reduction_dialog import ReductionDialog
from bedside.desktop.session import Session
from bedside.desktop.weight_dialog import WeightDialog
from bedside.desktop.withdraw_dialog import WithdrawDialog
from bedside.units.refusal import Refused
from bedside.ward.corrections import correctable
from bedside.ward.infants import banner
from bedside.ward.orders import order_board
from bedside.ward.people_guard import guard_store
from bedside.ward.weighing import void_size
from tests.desktop_pages.page_driving import answering, in_frame, retype, type_into
from tests.ward.ordered import PHARMACIST, PHYSICIAN, ordered
from tests.ward.peopled import KELLER, OKONJO, SECRETS, enter, peopled


@pytest.fixture
def infant(bench):
    """EPI #1 day 1, 08:00; nothing is ordered."""
    bench.open_epi_1()
    return bench.infant


@pytest.fixture
def page(qtbot, bench, infant, look, session):
    made = DosesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(infant)
    made.show_part(ORDERS)
    return made


def shown(qtbot, dialog):
    qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))  # no question at the end
    dialog.show()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    return dialog


def stages(bench):
    return [row.state.stage for row in order_board(bench.ward, bench.infant).rows]


def read_band(dialog, number="T 001", born="14-May-2026"):
    retype(dialog.identifiers.number, number)
    retype(dialog.identifiers.born.edit, born)


def cell(page, row, column):
    return str(page.orders.model.index(row, column).data())


# ---- the forms


def test_a_whole_course_is_prescribed_by_keys_alone(qtbot, bench, infant, look):
    dialog = shown(qtbot, PrescribeDialog(bench.ward, look, Session(PHYSICIAN), infant))
    assert dialog.back_button.isDefault() and not dialog.act_button.autoDefault()
    assert dialog.identifiers.number.hasFocus() and dialog.identifiers.number.text() == ""
    QTest.keyClicks(dialog.focusWidget(), "T 001")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.identifiers.born.edit.hasFocus()
    QTest.keyClicks(dialog.focusWidget(), "14-May-2026")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert stages(bench) == ["not ordered"] * 5  # Return signs nothing
    assert dialog.ticks.ticked() == () and dialog.hint.text() == "0 ticked"  # nothing by itself
    QTest.keyClick(dialog, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(dialog.ticks.ticked()) == 5)
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible())  # a button pressed by its key goes down first
    assert stages(bench) == ["prescribed"] * 5


def test_what_is_signed_stands_on_the_form(qtbot, bench, infant, look):
    dialog = shown(qtbot, PrescribeDialog(bench.ward, look, Session(PHYSICIAN), infant))
    from PySide6.QtWidgets import QLabel

    said = " ".join(one.text() for one in dialog.findChildren(QLabel)).replace("\u2011", "-")
    for words in (
        "MUSTER, Ida",
        "azaCITIDine intravenous",
        "15.5 mg",
        "2.5 mg per kg × 6.2 kg = 15.5 mg",
        "By signing you prescribe",
    ):
        assert words in said
    for hidden in ("14-May-2026", "T 001"):  # both are read off the band, not off the screen (H25)
        assert hidden not in said
    days = [box.text().replace("\u2011", "-") for box, _ in dialog.ticks.boxes]
    assert days[0] == "day 1, 07-Oct-2026" and len(days) == 5


def test_the_wrong_band_prescribes_nothing_and_keeps_what_was_typed(qtbot, bench, infant, look):
    """H25."""
    dialog = shown(qtbot, PrescribeDialog(bench.ward, look, Session(PHYSICIAN), infant))
    dialog.tick_all()
    read_band(dialog, "T 002")
    dialog.act_button.click()
    assert "T 002 is not the hospital number" in dialog.refusals.text()
    assert dialog.identifiers.number.text() == "T 002"
    read_band(dialog, born="14-Mai-2026")
    dialog.act_button.click()
    assert dialog.refusals.isVisible() and stages(bench) == ["not ordered"] * 5
    read_band(dialog)
    assert not dialog.refusals.isVisible()
    dialog.act_button.click()
    assert stages(bench) == ["prescribed"] * 5


def test_ticks_taken_away_by_the_space_bar_are_not_signed(qtbot, bench, infant, look):
    dialog = shown(qtbot, PrescribeDialog(bench.ward, look, Session(PHYSICIAN), infant))
    dialog.tick_all()
    for box, row in dialog.ticks.boxes:
        if row.day > 2:
            box.setFocus()
            QTest.keyClick(box, Qt.Key.Key_Space)
    assert dialog.hint.text() == "2 ticked" and dialog.is_dirty()
    read_band(dialog)
    dialog.act_button.click()
    assert stages(bench) == ["prescribed", "prescribed", *["not ordered"] * 3]


def test_a_nurses_typed_name_prescribes_nothing(qtbot, bench, infant, look, session):
    dialog = shown(qtbot, PrescribeDialog(bench.ward, look, Session("E. Berg, nurse"), infant))
    dialog.tick_all()
    read_band(dialog)
    dialog.act_button.click()
    assert "is for physician" in dialog.refusals.text()
    assert stages(bench) == ["not ordered"] * 5


def test_verifying_has_a_tick_for_each_order_and_a_way_back(qtbot, bench, infant, look):
    ordered(bench.ward, infant, upto="prescribed")
    dialog = shown(qtbot, VerifyDialog(bench.ward, look, Session(PHARMACIST), infant))
    told = dialog.facts.accessibleDescription()
    assert "Weight of the order: 6.2 kg, 07-Oct-2026 08:00, Test Nurse, RN" in told
    assert "Newest count: ANC 640 per µL, platelets 86\u202f000 per µL; 07-Oct-2026 08:00" in told
    assert "Start rule of EPI #1: met, opened, day 1 07-Oct-2026" in told
    assert dialog.ticks.ticked() == ()
    assert "prescribed 07‑Oct‑2026 08:00, A. Okonjo" in dialog.ticks.boxes[0][0].text()
    dialog.act_button.click()
    assert "Tick at least one" in dialog.refusals.text()
    box = dialog.ticks.boxes[4][0]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    answering(qtbot, dialog.send_back_button.click, lambda asked: asked.back.click())
    assert stages(bench)[4] == "prescribed"

    def answer(asked):
        assert asked.back.isDefault()
        QTest.keyClicks(asked.reason, "no dose on a Sunday")
        asked.act.click()

    answering(qtbot, dialog.send_back_button.click, answer)
    assert stages(bench) == [*["prescribed"] * 4, "sent back"]
    again = shown(qtbot, VerifyDialog(bench.ward, look, Session(PHARMACIST), infant))
    for box, _ in again.ticks.boxes[:2]:
        box.click()
    QTest.keyClick(again, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not again.isVisible())
    assert stages(bench) == ["verified", "verified", "prescribed", "prescribed", "sent back"]


def test_who_prescribed_does_not_verify(qtbot, bench, infant, look):
    ordered(bench.ward, infant, 1, upto="prescribed")
    dialog = shown(qtbot, VerifyDialog(bench.ward, look, Session("A. Okonjo, pharmacist"), infant))
    dialog.ticks.boxes[0][0].click()
    dialog.act_button.click()
    assert "another person" in dialog.refusals.text()
    assert stages(bench)[0] == "prescribed" and dialog.isVisible()


def test_releasing_by_keys(qtbot, bench, infant, look):
    ordered(bench.ward, infant, 1, 2, upto="verified")
    dialog = shown(qtbot, ReleaseDialog(bench.ward, look, Session(PHARMACIST), infant))
    box = dialog.ticks.boxes[0][0]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)  # nobody else can now
    qtbot.waitUntil(dialog.alone.isChecked)
    QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert stages(bench)[:2] == ["released", "verified"]


def test_a_prescriber_withdraws_by_keys_with_the_reason(qtbot, bench, infant, look):
    """Eyes 20: a wrong prescription was nobody's to take back but the verifier's."""
    ordered(bench.ward, infant, 1, upto="prescribed")
    ordered(bench.ward, infant, 2)
    dialog = shown(qtbot, WithdrawDialog(bench.ward, look, Session(PHYSICIAN), infant))
    assert dialog.ticks.ticked() == () and dialog.back_button.isDefault()
    for box, _ in dialog.ticks.boxes:
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
    dialog.act_button.click()
    assert "Why is it withdrawn?" in dialog.refusals.text()
    type_into(dialog.reason, "wrong protocol day")
    assert dialog.is_dirty()
    QTest.keyClick(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert stages(bench)[:2] == ["void", "void"]
    row = order_board(bench.ward, infant).rows[0]
    assert row.state.why == ("withdrawn by A. Okonjo, who prescribed it: wrong protocol day",)
    with pytest.raises(Refused, match="No order stands"):
        WithdrawDialog(bench.ward, look, Session(PHYSICIAN), infant)


def test_a_nurse_withdraws_nothing(qtbot, bench, infant, look):
    ordered(bench.ward, infant, 1, upto="prescribed")
    dialog = shown(qtbot, WithdrawDialog(bench.ward, look, Session("E. Berg, nurse"), infant))
    dialog.ticks.boxes[0][0].click()
    type_into(dialog.reason, "looks wrong")
    dialog.act_button.click()
    assert "is for physician" in dialog.refusals.text() and dialog.reason.text() == "looks wrong"
    assert stages(bench)[0] == "prescribed"


def test_in_a_ward_with_people_the_secret_is_asked_again(qtbot, bench, infant, look):
    ids = peopled(bench.ward)
    guard_store(bench.ward)
    who = enter(bench.ward, OKONJO)
    dialog = shown(qtbot, PrescribeDialog(bench.ward, look, Session(who), infant))
    dialog.tick_all()
    assert not dialog.signer.name.isVisible()
    read_band(dialog)
    type_into(dialog.signer.secret, "not the right words")
    dialog.act_button.click()
    assert "not the passphrase" in dialog.refusals.text()
    assert dialog.signer.secret.text() == "" and stages(bench) == ["not ordered"] * 5
    bench.clock.now += timedelta(minutes=2)
    dialog.signer.secret.setFocus()
    QTest.keyClicks(dialog.signer.secret, SECRETS[OKONJO])
    QTest.keyClick(dialog.signer.secret, Qt.Key.Key_Return)
    assert stages(bench) == ["prescribed"] * 5
    row = order_board(bench.ward, infant).rows[0]
    assert row.state.signed[0].person_id == ids[OKONJO]
    enter(bench.ward, KELLER)
    other = shown(qtbot, VerifyDialog(bench.ward, look, Session(bench.ward.signed_in.who), infant))
    other.ticks.boxes[0][0].click()
    type_into(other.signer.secret, SECRETS[KELLER])
    other.act_button.click()
    assert stages(bench)[0] == "verified"


# ---- the page


def test_the_table_says_each_link_with_mark_and_words(page, bench, qtbot):
    QAbstractItemModelTester(page.orders.model)
    assert (
        cell(page, 0, Column.STATE) == "not prescribed"
        and cell(page, 0, Column.AMOUNT) == "(15.5\u00a0mg)"
    )
    assert not page.orders.verify_button.isEnabled()
    ordered(bench.ward, bench.infant, 1, 2)
    ordered(bench.ward, bench.infant, 3, upto="verified")
    page.refresh()
    assert cell(page, 0, Column.DOSE) == unbroken("azaCITIDine intravenous\nday 1, 07-Oct-2026")
    assert cell(page, 0, Column.PRESCRIBED) == "A. Okonjo\n08:00"
    assert cell(page, 0, Column.RELEASED) == "M. Keller\n08:00"
    assert cell(page, 0, Column.CHECKED) == "waits"
    assert cell(page, 2, Column.STATE) == "not released yet"
    index = page.orders.model.index(0, Column.VERIFIED)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "may go on: M. Keller 08:00"
    assert page.orders.release_button.isEnabled()
    said = " ".join(page.strip.texts())
    assert "Order of day 1, dose hidden" in said and "prescribed: A. Okonjo 08:00" in said


def test_a_void_order_is_seen_struck_through_with_the_reason(page, bench):
    ordered(bench.ward, bench.infant, 1, 2)
    wrong = next(one for one in correctable(bench.ward, bench.infant) if one.kind == "weight")
    void_size(bench.ward, wrong.record_id, "digits swapped", who="T. Nurse")
    bench.weigh(6020)
    page.refresh()
    assert cell(page, 0, Column.STATE) == "VOID"
    index = page.orders.model.index(0, Column.PRESCRIBED)
    assert index.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "stopped: void: A. Okonjo 08:00"
    # the amount of an order that stands is read first; of one that does not, it is struck through
    amounts = [page.orders.model.index(row, Column.AMOUNT) for row in range(2)]
    fonts = [one.data(Qt.ItemDataRole.FontRole) for one in amounts]
    assert fonts[0].strikeOut() and not fonts[0].bold()
    (line,) = page.orders.texts()
    assert "day 1, azaCITIDine intravenous, day 2: VOID, weight of" in line
    assert "was corrected: 6.2 kg became 6.02 kg" in line
    assert "6.02" in " ".join(page.strip.texts())


def test_the_doors_of_the_page_sign_and_show_it(page, bench, qtbot):
    def prescribe(dialog):
        retype(dialog.signer.name, PHYSICIAN)
        read_band(dialog)
        dialog.tick_all()
        dialog.act_button.click()

    def sign(dialog):
        retype(dialog.signer.name, PHARMACIST)
        dialog.ticks.boxes[0][0].click()
        if isinstance(dialog, ReleaseDialog):
            dialog.alone.click()  # the same pharmacist verified
        dialog.act_button.click()

    answering(qtbot, page.orders.prescribe_button.click, prescribe)
    answering(qtbot, page.orders.verify_button.click, sign)
    answering(qtbot, page.orders.release_button.click, sign)
    assert cell(page, 0, Column.STATE) == "released"
    assert cell(page, 1, Column.STATE) == "not verified yet"


@pytest.mark.parametrize(
    ("key", "door"),
    [
        (Qt.Key.Key_B, "prescribe_asked"),
        (Qt.Key.Key_Y, "verify_asked"),
        (Qt.Key.Key_L, "release_asked"),
        (Qt.Key.Key_D, "reduce_asked"),
    ],
)
def test_each_door_has_its_key(page, bench, qtbot, key, door):
    ordered(bench.ward, bench.infant, 1, upto="verified")
    ordered(bench.ward, bench.infant, 2, upto="prescribed")
    page.refresh()
    page.window().activateWindow()
    assert QTest.qWaitForWindowActive(page.window())
    getattr(page.orders, door).disconnect()
    with qtbot.waitSignal(getattr(page.orders, door), timeout=2000):
        QTest.keyClick(page, key, Qt.KeyboardModifier.AltModifier)


def test_an_empty_table_has_no_rows_and_no_doors(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    made = DosesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    made.show_part(ORDERS)
    assert made.orders.model.rowCount() == 0
    assert not made.orders.prescribe_button.isEnabled()
    assert "no source here states" in made.orders.note.text()
    assert OrderTable(look).columnCount() == len(Column)


# ---- before saving: what would become void


def test_the_weight_form_says_which_orders_it_ends(qtbot, bench, infant, look, session):
    ordered(bench.ward, infant, 1)
    bench.clock.now += timedelta(minutes=5)
    dialog = shown(qtbot, WeightDialog(bench.ward, look, session, banner(bench.ward, infant)))
    type_into(dialog.weight.first.edit, "6.2")
    assert not dialog.ending.isVisible()
    retype(dialog.weight.first.edit, "6.3")
    assert dialog.ending.isVisible() and "day 1, 15.5\u00a0mg" in dialog.ending.text()
    dialog.act_button.click()
    assert stages(bench)[0] == "void"


def test_the_other_forms_say_it_too(qtbot, bench, infant, look, session):
    ordered(bench.ward, infant, 1, 2)
    ward = bench.ward
    strike = shown(qtbot, CorrectionsDialog(ward, look, session, infant, "MUSTER"))
    strike.list.setFocus()
    strike.list.setCurrentIndex(strike.model.index(0, 0))
    assert "day 1, 2, 15.5 mg: weight of" in strike.ending.text().replace("\u00a0", " ")
    who = shown(qtbot, IdentityDialog(ward, look, session, infant))
    assert not who.ending.isVisible()
    retype(who.form.hospital_number, "T 010")
    assert "T 001 became T 010" in who.ending.text()
    reduce = shown(qtbot, ReductionDialog(ward, look, session, infant))
    reduce.drug.choose("azacitidine")
    retype(reduce.from_day.edit, "2")
    retype(reduce.percent.edit, "75")
    assert "day 2, 15.5 mg" in reduce.ending.text().replace("\u00a0", " ")
    for dialog in (strike, who, reduce):
        dialog.done(0)
