"""Commissioning on the screen: blind passes by keys alone, then both side by side."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from bedside.desktop.commissioning_page import CommissioningPage
from bedside.desktop.session import Session
from bedside.desktop.signed_file_dialog import SignedFileDialog
from bedside.protocol.strengths import strength_of
from bedside.ward.commission_compare import withdraw
from bedside.ward.commission_facts import inventory_of
from bedside.ward.commission_state import scope_state
from bedside.ward.commissioning import enter, pass_view
from tests.desktop_pages.page_driving import answering, in_frame, type_into
from tests.ward.commissioned import KELLER, OKONJO, answers_of, commission, type_all
from tests.ward.wards import Bench

P, EPI = "aall15p1", "epi-1"


@pytest.fixture
def session(qapp) -> Session:
    return Session(OKONJO)


@pytest.fixture
def page(qtbot, bench, look, session) -> CommissioningPage:
    bench.site()
    made = CommissioningPage(bench.ward, look, session)
    in_frame(qtbot, made)
    return made


def everything(root: QWidget) -> list[str]:
    """All that any part of a page says, to the eye, the pointer or the screen reader."""
    QTest.qWait(1)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    said: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        said += [widget.statusTip(), widget.whatsThis(), widget.windowTitle()]
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            said += [
                interface.text(kind)
                for kind in QAccessible.Text
                if kind != QAccessible.Text.UserText
            ]
        if isinstance(widget, QLabel | QPushButton):
            said.append(widget.text())
        if isinstance(widget, QLineEdit):
            said += [widget.text(), widget.placeholderText()]
        if isinstance(widget, QPlainTextEdit):
            said.append(widget.toPlainText())
        if isinstance(widget, QComboBox):
            said += [widget.itemText(at) for at in range(widget.count())]
            said += [widget.currentText(), widget.placeholderText()]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            said += of_model(widget.model())
    for model in root.findChildren(QAbstractItemModel):
        said += of_model(model)
    return [text for text in said if text]


def of_model(model: QAbstractItemModel) -> list[str]:
    roles = [role for role in Qt.ItemDataRole if role != Qt.ItemDataRole.UserRole]
    said = [
        str(model.headerData(at, Qt.Orientation.Horizontal, role) or "")
        for at in range(model.columnCount(QModelIndex()))
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    ]
    return said + [
        str(model.index(row, column).data(role) or "")
        for row in range(model.rowCount(QModelIndex()))
        for column in range(model.columnCount(QModelIndex()))
        for role in roles
    ]


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2011", "-")


def test_the_second_pass_shows_nothing_of_the_first(page: CommissioningPage, bench) -> None:
    """Blind: no text, tooltip, accessible name or model holds an entry, a public or a related value.

    Not even after the comparison of another course was on the same page.
    """
    commission(bench.ward, P, EPI)
    type_all(bench.ward, P, "induction", KELLER)
    page.choose(P, EPI)
    page.overview.compare_button.click()
    assert "2.5 mg per kg" in plain(" ".join(everything(page)))
    page.choose(P, "induction")
    page.overview.pass_button.click()
    assert page.stack.currentWidget() is page.typing
    said = plain("\n".join(everything(page)))
    inventory, entries = inventory_of(bench.ward, P), answers_of(bench.ward, P, "induction")
    hidden: set[str] = set()
    for number_id, typed in entries.items():
        number = inventory.number(number_id)
        hidden |= {typed, plain(number.read(typed).shown), *map(plain, number.related)}
        hidden |= {plain(one.shown) for one in number.public_read()} | set(number.public)
    told = {text for text in hidden if len(text) > 2 and text in said}
    assert told == set()
    assert "2.5 mg" not in said and "ALL-BFM" not in said and "register" not in said


def test_a_pass_by_keys_alone(page: CommissioningPage, bench) -> None:
    """From the list to a complete pass with Tab, letters, Space, arrows and Return only."""
    type_all(bench.ward, P, EPI, KELLER)
    page.take_focus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.group().key == EPI
    press(page, page.overview.pass_button)
    typed = answers_of(bench.ward, P, EPI)
    for row in page.typing.rows:
        answer = typed[row.row.number_id]
        if row.row.choices:
            row.choice.choose(answer)
            continue
        number, _, unit = answer.rpartition(" ")
        if len(row.row.units) > 1:
            type_into(row.edit, number)
            assert row.echo.text() == "choose the unit"
            choose(row.unit, unit)
        else:
            type_into(row.edit, answer)
    assert page.typing.count.text() == "10 of 10 rows"
    assert page.typing.drafts() == []
    press(page, page.typing.complete_button)
    assert page.stack.currentWidget() is page.comparing
    assert scope_state(bench.ward, P).groups[1].complete
    assert page.comparing.agree.text() == "= 10 commissioned"
    press(page, page.comparing.back_button)
    assert page.stack.currentWidget() is page.overview


def press(page: CommissioningPage, button: QPushButton) -> None:
    """Press a button by its underlined letter."""
    letter = button.text()[button.text().index("&") + 1]
    page.window().activateWindow()  # off screen a closed list of choices leaves no active window
    QTest.qWaitForWindowActive(page.window())
    focus = page.window().focusWidget()
    assert focus is not None and page.isAncestorOf(focus) and button.isVisible()
    QTest.keyClick(focus, Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.AltModifier)
    QTest.qWait(150)  # Qt shows the button pressed for a tenth of a second


def choose(box: QComboBox, key: str) -> None:
    """Choose from a closed list by keys."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    for _ in range(box.findData(key) + 1):
        QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.currentData() == key


def test_a_row_is_recorded_when_it_is_left(page: CommissioningPage, bench) -> None:
    page.choose(P, EPI)
    page.overview.pass_button.click()
    row = next(row for row in page.typing.rows if row.row.number_id == "epi-1/length")
    type_into(row.edit, "5")
    assert plain(row.echo.text()) == "read as 5 days" and page.typing.count.text() == "1 of 10 rows"
    kept = {one.number_id: one.typed for one in pass_view(bench.ward, P, EPI, who=OKONJO).rows}
    assert kept["epi-1/length"] == "5"


def test_the_row_typed_last_counts_when_the_pass_is_completed_by_its_key(
    page: CommissioningPage, bench
) -> None:
    """Alt+C leaves no field: what stands in the field in hand is recorded all the same."""
    for number_id, text in answers_of(bench.ward, P, EPI).items():
        enter(bench.ward, P, number_id, text, who=OKONJO)
    page.choose(P, EPI)
    page.overview.pass_button.click()
    row = next(row for row in page.typing.rows if row.row.number_id == "epi-1/length")
    row.edit.setFocus()
    row.edit.selectAll()
    QTest.keyClicks(row.edit, "6")
    press(page, page.typing.complete_button)
    assert page.typing.view is None
    (own,) = scope_state(bench.ward, P).groups[1].passes
    assert own.completed_at is not None
    kept = {one.number_id: one.typed for one in pass_view(bench.ward, P, EPI, who=OKONJO).rows}
    assert kept["epi-1/length"] == "6"


def test_what_cannot_be_read_stays_as_a_draft(page: CommissioningPage, bench) -> None:
    page.choose(P, EPI)
    page.overview.pass_button.click()
    row = page.typing.rows[1]
    type_into(row.edit, "3,5")
    assert "write 3.5" in row.note.text() and row.note.isVisible()
    page.typing.complete_button.click()
    assert "Row 2" in page.typing.refusals.text()
    assert page.drafts() == ["commissioning of EPI #1"]
    page.typing.pause_button.click()
    assert page.drafts() == ["commissioning of EPI #1"] and page.typing.rows == []
    page.choose(P, "induction")
    page.choose(P, EPI)
    page.overview.pass_button.click()
    assert page.typing.rows[1].edit.text() == "3,5"


def test_another_person_never_meets_the_draft(page: CommissioningPage, bench, session) -> None:
    page.choose(P, EPI)
    page.overview.pass_button.click()
    type_into(page.typing.rows[1].edit, "3,5")
    session.change_who(KELLER)
    assert page.stack.currentWidget() is page.overview
    page.overview.pass_button.click()
    assert page.typing.rows[1].edit.text() == ""
    assert "3,5" not in "".join(everything(page))
    session.change_who("m. keller, physician")  # the same person under another role
    page.overview.pass_button.click()
    assert "First pass" not in page.typing.title.text()
    assert scope_state(bench.ward, P).groups[1].passes[0].person == OKONJO


def test_not_stated_by_its_key(page: CommissioningPage, bench) -> None:
    page.choose(P, EPI)
    page.overview.pass_button.click()
    cap = next(row for row in page.typing.rows if "/most/" in row.row.number_id)
    answer = next(row for row in page.typing.rows if row.row.choices)
    for row in (cap, answer):
        row.field.setFocus()
        page.typing._entered_row(row)
        page.typing.none_button.click()
        assert row.recorded == "not stated" and "not stated" in row.echo.text()


def test_no_unit_is_the_default(page: CommissioningPage) -> None:
    page.choose(P, EPI)
    page.overview.pass_button.click()
    several = [row for row in page.typing.rows if len(row.row.units) > 1]
    assert several and all(row.unit.value() is None for row in several)


def test_a_disagreement_is_typed_again_by_both(page: CommissioningPage, bench) -> None:
    type_all(bench.ward, P, EPI, KELLER)
    type_all(bench.ward, P, EPI, OKONJO, **{"epi-1__length": "50 days"})
    page.choose(P, "induction")
    page.choose(P, EPI)
    assert "1 disagree" in page.overview.state.text()
    page.overview.compare_button.click()
    assert page.comparing.differ.text() == "≠ 1 to settle"
    words = plain(page.comparing.words.text())
    assert "ten times" in words and "Neither is kept" in words and "Public: 5 days" in words
    assert [plain(part.text()) for part in page.comparing.texts] == ["5 days", "50 days"]
    page.comparing.again_button.click()
    assert page.stack.currentWidget() is page.overview
    page.overview.pass_button.click()
    (row,) = page.typing.rows
    assert row.edit.text() == "" and row.row.number_id == "epi-1/length"
    assert "50 days" not in plain(" ".join(everything(page)))


def test_a_number_is_withdrawn_and_a_pass_given_up(page: CommissioningPage, bench, qtbot) -> None:
    commission(bench.ward, P, EPI)
    page.choose(P, EPI)
    page.overview.compare_button.click()

    def reason(dialog) -> None:
        dialog.reason.setPlainText("the old edition")
        dialog.act.click()

    answering(qtbot, page.comparing.withdraw_button.click, reason)
    assert scope_state(bench.ward, P).groups[1].done == 9
    answering(qtbot, page.overview.give_up_button.click, reason)
    assert [one.turn for one in scope_state(bench.ward, P).groups[1].passes] == [1]


def test_the_site_itself_is_commissioned_on_the_same_page(page: CommissioningPage) -> None:
    page.choose("site", "settings")
    assert page.overview.title.text() == "Settings of the site"
    page.choose("site", "formulary/azacitidine")
    page.overview.pass_button.click()
    assert len(page.typing.rows) == 6


def test_a_tablet_is_typed_by_keys_and_commissioned_by_two(page: CommissioningPage, bench) -> None:
    drug = "formulary/mercaptopurine"
    type_all(bench.ward, "site", drug, KELLER)
    page.choose("site", drug)
    page.overview.pass_button.click()
    assert len(page.typing.rows) == 8
    said = "\n".join(everything(page))
    assert "Strength of one tablet" in said and "quarters" in said
    type_all(bench.ward, "site", drug, OKONJO)
    state = next(one for one in scope_state(bench.ward, "site").groups if one.key == drug)
    assert state.complete
    tablet = strength_of(bench.ward.values_for(P), "mercaptopurine", "PO").tablet
    assert tablet is not None and tablet.parts == 2


def test_a_course_says_what_its_papers_still_wait_for(page: CommissioningPage, bench) -> None:
    commission(bench.ward, P, EPI)
    page.choose(P, EPI)
    assert "wait for: Formulary: azaCITIDine: 0 of 6" in page.overview.trouble.text()
    commission(bench.ward, "site", "formulary/azacitidine")
    page.refresh()
    assert page.overview.trouble.text() == ""


def test_a_signed_file_goes_out_and_in(
    page: CommissioningPage, bench, qtbot, look, session, tmp_path
) -> None:
    commission(bench.ward, P, EPI)
    target = tmp_path / "site.toml"

    def write(dialog) -> None:
        dialog.act_button.click()
        assert "Choose what" in dialog.refusals.text()
        dialog.way.choose("write")
        assert not dialog.letters.isEnabled()
        dialog.file.setText(str(target))
        dialog.act_button.click()
        assert "Second person" in dialog.refusals.text()
        dialog.second.setText("a okonjo")
        dialog.act_button.click()
        assert "Two different people" in dialog.refusals.text()
        dialog.second.setText(KELLER)
        dialog.act_button.click()
        assert dialog.said.text().endswith(target.read_text().rstrip()[-14:])
        dialog.back_button.click()

    answering(qtbot, page.file_button.click, write)
    other = Bench(tmp_path / "other")
    try:
        into = SignedFileDialog(other.ward, look, session, P, "AALL15P1")
        qtbot.addWidget(into)
        into.way.choose("read")
        into.file.setText(str(target))
        into.record()
        assert into.said.text().startswith("10 numbers wait")
        into.way.choose("confirm")
        into.letters.setText(target.read_text().rstrip()[-14:])
        into.record()
        assert "second person confirms" in into.refusals.text()
        session.change_who("C. Weiss, physician")
        into.record()
        assert into.said.text() == "10 numbers are commissioned."
        withdraw(other.ward, P, f"{EPI}/length", "wrong copy", who="C. Weiss, physician")
        into.way.choose("read")
        into.record()
        assert "by C. Weiss, physician: wrong copy" in into.refusals.text()
        session.change_who("B. Novak, pharmacist")
        into.way.choose("confirm")
        into.reason.setText("the copy was the right one")
        into.record()
        assert into.said.text() == "1 number is commissioned."
    finally:
        other.ward.store.close()


def test_the_models_behave(page: CommissioningPage, bench) -> None:
    commission(bench.ward, P, EPI)
    tests = [QAbstractItemModelTester(model) for model in (page.model, page.comparing.model)]
    page.choose(P, EPI)
    page.overview.compare_button.click()
    page.refresh()
    page.comparing.left.emit()
    assert tests


def test_every_part_has_a_name_and_letters_are_their_own(page: CommissioningPage, bench) -> None:
    type_all(bench.ward, P, EPI, KELLER)
    type_all(bench.ward, P, EPI, OKONJO, **{"epi-1__length": "50 days"})
    page.choose(P, EPI)
    for door in (lambda: None, page.overview.compare_button.click, lambda: page.choose(P, "induction"),
                 page.overview.pass_button.click):  # fmt: skip
        door()
        visible = [one for one in page.findChildren(QWidget) if one.isVisible()]
        for one in visible:
            if isinstance(one, QHeaderView):
                continue
            if isinstance(one, QLineEdit | QComboBox | QPushButton | QAbstractItemView):
                interface = QAccessible.queryAccessibleInterface(one)
                assert interface.text(QAccessible.Text.Name), type(one).__name__
        keys = [
            text[text.index("&") + 1].lower()
            for one in visible
            if isinstance(one, QPushButton | QLabel) and "&" in (text := one.text())
        ]
        assert len(keys) == len(set(keys)), keys
