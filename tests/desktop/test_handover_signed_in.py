"""The handover in a ward with people: who may, each by the own secret, and nothing while it is locked."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from bedside.desktop.handover_dialog import HandoverDialog
from bedside.desktop.handover_page import HandoverPage
from bedside.ward.handover import handovers
from bedside.ward.people import people
from tests.desktop.locked_window import press, sign_in
from tests.ward.peopled import BERG, OKONJO, SECRETS

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(locked) -> HandoverPage:
    sign_in(locked, BERG)
    press(locked, Qt.Key.Key_H, CTRL)
    page = locked.stack.currentWidget()
    assert isinstance(page, HandoverPage)
    return page


def test_it_is_not_opened_while_the_screen_is_locked(locked):
    press(locked, Qt.Key.Key_H, CTRL)
    assert locked.stack.findChild(HandoverPage) is None


def test_both_sign_with_their_own_secrets(locked, answer):
    page = opened(locked)
    okonjo = next(person.id for person in people(locked.ward) if person.name == OKONJO)

    def sign(dialog):
        assert isinstance(dialog, HandoverDialog) and dialog.two is not None
        dialog.act_button.click()
        assert dialog.refusals.text(), "nobody is chosen"
        QTest.keyClicks(dialog.two.own, SECRETS[BERG])
        QTest.keyClicks(dialog.two.second.person.edit, "Ada")
        assert dialog.two.second.person.person_id() == okonjo
        QTest.keyClicks(dialog.two.second.secret, SECRETS[OKONJO])
        assert dialog.is_dirty()
        dialog.act_button.click()

    asked = answer(sign)
    QTest.keyClick(page.table, Qt.Key.Key_S)
    assert asked.asked == 1
    newest = handovers(locked.ward)[0]
    assert (newest.paper.left, newest.paper.came) == ("Erika Berg, nurse", "Ada Okonjo, physician")


def test_only_the_wrong_secret_is_emptied_and_has_the_keyboard(locked, qtbot):
    """The other person has typed hers right: she is not called back for it."""
    page = opened(locked)
    dialog = HandoverDialog(page.ward, page.look, page.session, page.view, page)
    qtbot.addWidget(dialog)
    dialog.show()
    two = dialog.two
    assert two is not None
    own, others = two.own, two.second.secret
    QTest.keyClicks(two.second.person.edit, "Ada")
    QTest.keyClicks(own, SECRETS[BERG])
    QTest.keyClicks(others, "not the words of Ada")
    dialog.act_button.click()
    assert "passphrase of Ada Okonjo" in dialog.refusals.text()
    assert (own.text(), others.text()) == (SECRETS[BERG], "")
    assert dialog.focusWidget() is others
    own.clear()
    QTest.keyClicks(own, "not the words of Erika")
    QTest.keyClicks(others, SECRETS[OKONJO])
    dialog.act_button.click()
    assert "passphrase of Erika Berg" in dialog.refusals.text()
    assert (own.text(), others.text()) == ("", SECRETS[OKONJO])
    assert dialog.focusWidget() is own
    dialog.done(0)


def test_each_key_of_the_form_is_its_own(locked, qtbot):
    page = opened(locked)
    dialog = HandoverDialog(page.ward, page.look, page.session, page.view, page)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = [one.text() for one in dialog.findChildren(QLabel) if "&" in one.text()]
    texts += [one.text() for one in dialog.findChildren(QPushButton) if one.isVisible()]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts]
    assert "" not in letters and len(letters) == len(set(letters)) == 5
    assert not dialog.is_dirty()


def test_a_taken_task_bears_the_name_of_who_is_signed_in(locked):
    page = opened(locked)
    row = next(at for at, task in enumerate(page.model.tasks) if not task.taken_by)
    page.table.setCurrentIndex(page.model.index(row, 0))
    QTest.keyClick(page.table, Qt.Key.Key_T)
    assert page.task().taken_by == "Erika Berg, nurse"
