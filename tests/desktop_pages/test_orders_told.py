"""What the orders say when an act is refused or void: nothing typed twice, whole sentences."""

from PySide6.QtTest import QTest

from bedside.desktop.order_dialogs import VerifyDialog
from bedside.desktop.session import Session
from bedside.ward.corrections import correctable
from bedside.ward.order_acts import prescribe, release, verify
from bedside.ward.people_guard import guard_store
from bedside.ward.printing import make_paper
from bedside.ward.views.orders import ReleasedAs
from bedside.ward.weighing import void_size
from tests.desktop_pages.page_driving import answering
from tests.desktop_pages.test_orders_page import (  # noqa: F401 (fixtures)
    infant,
    page,
    shown,
    stages,
)
from tests.ward.ordered import BAND, OKONJO, PHARMACIST, PHYSICIAN, ordered, rows
from tests.ward.ordered import KELLER as PHARMACIST_SIGNS
from tests.ward.peopled import KELLER, SECRETS, enter, peopled


def test_a_reason_is_typed_once_though_sending_back_was_refused(qtbot, bench, infant, look):  # noqa: F811
    """Without a secret, or with a wrong one, nothing is sent back: the reason stands there again."""
    ordered(bench.ward, infant, 1, upto="prescribed")
    guard_store(bench.ward)
    peopled(bench.ward)
    who = enter(bench.ward, KELLER)
    dialog = shown(qtbot, VerifyDialog(bench.ward, look, Session(who), infant))
    dialog.ticks.boxes[0][0].click()

    def type_it(asked):
        QTest.keyClicks(asked.reason, "volume looks wrong")
        asked.act.click()

    answering(qtbot, dialog.send_back_button.click, type_it)
    assert stages(bench)[0] == "prescribed" and dialog.refusals.text()
    seen = []

    def send(asked):
        seen.append(asked.text())
        asked.act.click()

    QTest.keyClicks(dialog.signer.secret, SECRETS[KELLER])
    answering(qtbot, dialog.send_back_button.click, send)
    assert seen == ["volume looks wrong"] and stages(bench)[0] == "sent back"


def test_a_printed_sheet_of_a_void_order_is_told_in_whole_sentences(page, bench, tmp_path):  # noqa: F811
    """It read "weigh the infant and record it.. Take it away."."""
    ordered(bench.ward, bench.infant, 1)
    make_paper(bench.ward, bench.infant, "dosing-sheet:epi-1", tmp_path, who="T. Nurse")
    wrong = next(one for one in correctable(bench.ward, bench.infant) if one.kind == "weight")
    void_size(bench.ward, wrong.record_id, "wrong scale", who="T. Nurse")
    page.refresh()
    told = page.orders.texts()[-1]
    assert "is out of date: No weight is recorded: weigh the infant" in told
    assert told.endswith("record it. Take it away.")


def test_after_signing_the_keyboard_stands_on_no_other_act(page, bench, infant):  # noqa: F811
    """It stood on "Reduce a dose…": the next Return, or a reader's, would have opened that."""
    for button, upto in (
        (page.orders.prescribe_button, "prescribed"),
        (page.orders.verify_button, "verified"),
        (page.orders.release_button, "released"),
    ):
        button.setFocus()
        assert button.hasFocus()
        found = rows(bench.ward, infant)
        if upto == "prescribed":
            prescribe(bench.ward, infant, found, BAND, OKONJO, who=PHYSICIAN)
        elif upto == "verified":
            verify(bench.ward, infant, found, PHARMACIST_SIGNS, who=PHARMACIST)
        else:
            said = ReleasedAs(keeps=True, alone=True)
            release(bench.ward, infant, found, PHARMACIST_SIGNS, who=PHARMACIST, said=said)
        page.recorded_now()
        assert not button.isEnabled() and page.orders.table.hasFocus(), upto
