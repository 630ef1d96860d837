"""Answers of a round, the time of a vial and rows of a blind pass outlive a kill; the blind check never (P18)."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from bedside.desktop.window import ROUND_PAGE
from bedside.store.sealed_drafts import NAME
from bedside.ward.board import board
from bedside.ward.kept_drafts import KeptField, drafts_left
from bedside.ward.toxicities import log_of
from bedside.ward.toxicity_round import round_of
from tests.desktop.locked_window import sign_in
from tests.desktop.test_kept_typing import Answers, after_a_kill, kept, words_of
from tests.ward.peopled import BERG, KELLER, OKONJO

DOSES, COUNTS = 6, 2
P, GROUP = "aall15p1", "epi-2"


def put_back(dialog):
    dialog.leave_button.click()


def press(window, *letters):
    for letter in letters:
        QTest.keyClick(window.focusWidget() or window, getattr(Qt.Key, f"Key_{letter}"))
        QApplication.processEvents()


@pytest.fixture
def signed_in(locked):
    sign_in(locked, BERG)
    kept(locked)
    yield locked
    if locked.frame.commissioning is not None:
        locked.frame.commissioning.drafts = list  # at the end of a test nobody is asked


@pytest.fixture
def infant(signed_in):
    """One with an open toxicity that can be worse, and a proposal of the laboratory."""
    ward = signed_in.ward
    every = [round_of(ward, row.infant_id) for row in board(ward).rows]
    fitting = (one for one in every if one.items and one.proposals and one.asked)
    return max(fitting, key=lambda one: len(one.items)).infant_id


def answered(window, infant):
    """A round with an answer of each kind, by keys."""
    window.open_infant(infant)
    window.show_page(ROUND_PAGE)
    press(window, "T")
    panel = window.pages.page.round
    line = next(one for one in panel.opens if one._possible("W"))
    panel.current.go_to(line)
    press(window, "W", str(line._possible("W")[0]))
    for row in panel.proposals:
        for question in row.proposal.questions:
            if question.kind == "yes or no" and not question.given:
                row.said.emit(question.key, "no")
                break
    panel.take_all()
    waiting = [row for row in panel.proposals if row.answer is None]
    for row in waiting[:1]:
        row.refuse("drawn from the line")
    panel.asked[0].setFocus()
    press(window, "0")
    assert window.pages.page.is_dirty()
    return panel.answers()


def killed(window):
    window.session.kept.keep()
    window.pages.page.round.begin_anew()
    window.pages.page.show_log()
    window.show_board()
    return after_a_kill(window)


def test_the_answers_of_a_round_are_put_back_into_their_lines(signed_in, infant):
    window, head = signed_in, signed_in.ward.store.audit_head()
    before = answered(window, infant)
    killed(window)
    assert "Toxicities" in window.not_saved.words.text()
    said = []
    asked = Answers(lambda dialog: (said.append(words_of(dialog)), put_back(dialog)))
    window.open_infant(infant)
    window.show_page(ROUND_PAGE)
    page = window.pages.page
    assert asked.asked == 1 and page.in_round and page.is_dirty()
    assert "worse, grade" in said[0] and "absent" in said[0]
    now = page.round.answers()
    assert replace(now, began_at=before.began_at) == before
    many = len(now.opens) + len(now.proposals) + len(now.asked)
    assert page.round.count.text().startswith(f"{many} of "), "what is put back is counted"
    assert window.ward.store.audit_head() == head, "nothing is recorded by itself"
    assert len(drafts_left(window.ward)) == 1
    press(window, "F")
    assert not page.in_round and window.ward.store.audit_head() != head
    window.session.kept.keep()
    assert drafts_left(window.ward) == ()


def test_an_answer_to_what_is_other_now_is_named_and_asked_anew(signed_in, infant):
    """H25: an answer holds for the grade and the results it was given to, and no others."""
    window = signed_in
    before = answered(window, infant)
    book = killed(window)
    (draft,) = book.waiting
    names = [field.name for field in draft.fields]
    other = {name: f"{name}9" for name in names if name.startswith(("open", "proposed"))}
    fields = tuple(KeptField(other.get(each.name, each.name), each.typed) for each in draft.fields)
    book.waiting = (
        replace(draft, fields=(*fields, KeptField("question|Gone, symptoms|x|1", "yes"))),
    )
    asked = Answers(put_back)
    window.open_infant(infant)
    window.show_page(ROUND_PAGE)
    now = window.pages.page.round.answers()
    assert asked.asked == 1 and now.opens == now.proposals == () and now.said == before.said
    assert now.asked == before.asked
    told = window.not_saved.words.text()
    term = next(
        one for one in log_of(window.ward, infant) if one.toxicity_id == before.opens[0].toxicity_id
    )
    assert term.term in told and "Gone" in told
    window.pages.page.round.begin_anew()


def test_nobody_else_is_offered_the_answers(signed_in, infant):
    window = signed_in
    answered(window, infant)
    book = killed(window)
    offered = []
    book._offer = lambda form, draft, fits: offered.append(form)
    window.not_saved.hide()
    window.ask_who()
    sign_in(window, OKONJO)
    window.open_infant(infant)
    window.show_page(ROUND_PAGE)
    assert offered == [] and not window.not_saved.isVisible()


def test_a_question_whose_grade_is_not_chosen_yet_keeps_nothing(signed_in, infant):
    window = signed_in
    window.open_infant(infant)
    window.show_page(ROUND_PAGE)
    press(window, "T")
    panel = window.pages.page.round
    panel.current.go_to(next(one for one in panel.opens if one._possible("W")))
    press(window, "W")
    window.session.kept.keep()
    assert window.pages.page.is_dirty() and drafts_left(window.ward) == ()
    panel.begin_anew()


def type_vial(window, infant):
    window.open_infant(infant)
    window.show_page(DOSES)
    vial = window.pages.page.vial
    QTest.keyClicks(vial.time.edit, "10:05")
    return vial


def test_the_time_of_a_vial_is_put_back(signed_in):
    """H16: its clock counts from the real time at which it was made up, not from when it is typed again."""
    window = signed_in
    infant = next(
        row.infant_id
        for row in board(window.ward).rows
        if window.open_infant(row.infant_id)
        and window.show_page(DOSES)
        and window.pages.page.vial.day is not None
        and window.pages.page.vial.clock is None
    )
    vial = type_vial(window, infant)
    date = vial.date.edit.text()
    window.session.kept.keep()
    vial.clear()
    window.show_board()
    book = after_a_kill(window)
    waiting = book.waiting
    asked = Answers(put_back)
    window.open_infant(infant)
    window.show_page(DOSES)
    vial = window.pages.page.vial
    assert asked.asked == 1 and vial.time.edit.text() == "10:05" and vial.date.edit.text() == date
    assert window.pages.page.is_dirty()
    vial.clear()
    book.waiting, vial._day = waiting, None  # no dose waits for a vial by now
    from bedside.desktop.vial_typing import VialTyping

    left = VialTyping(window.pages.page).put_back(waiting[0].fields)
    assert "Reconstituted, time" in left and vial.time.is_empty()


def commissioning(window, name):
    """The pass of one person, as she opens it."""
    window.ask_who()
    sign_in(window, name)
    page = window.frame.show_commissioning()
    page.choose(P, GROUP)
    page.overview.pass_button.click()
    return page


def test_rows_of_a_blind_pass_are_offered_to_their_own_person_alone(signed_in):
    """H40: the second person sees and hears nothing of what the first has typed, not even unread."""
    window = signed_in
    page = commissioning(window, OKONJO)
    row = next(one for one in page.typing.rows if not one.row.choices)
    row.field.setFocus()
    QTest.keyClicks(row.edit, "7.77 nonsense")
    window.session.kept.keep()
    (draft,) = drafts_left(window.ward)
    assert draft.form == "PassPanel" and draft.fields[0].typed.startswith("7.77")
    row.edit.clear()
    page.typing._drafts.clear()
    window.show_board()
    book = after_a_kill(window)
    shown = []
    usual, book._offer = book._offer, lambda form, draft, fits: shown.append(form)
    window.not_saved.hide()
    page = commissioning(window, KELLER)
    assert page.typing.rows and shown == [] and not window.not_saved.isVisible()
    texts = [label.text() for label in window.findChildren(QLabel)]
    assert not any("7.77" in text for text in texts)
    assert all("7.77" not in one.text() for one in page.typing.rows)
    window.show_board()
    book._offer = usual
    asked = Answers(put_back)
    window.ask_who()
    sign_in(window, OKONJO)
    told = window.not_saved.words.text()
    assert "Open your pass under Commissioning (F7)" in told and "infant" not in told
    assert ", EPI #2 (" in told, "which course, not Commissioning alone"
    assert not window.not_saved.isHidden()
    window.ask_who()
    sign_in(window, KELLER)
    assert window.not_saved.isHidden(), "nobody else is told"
    page = commissioning(window, OKONJO)
    assert window.not_saved.isHidden(), "what was put back is told no longer"
    again = next(one for one in page.typing.rows if one.row.number_id == row.row.number_id)
    assert asked.asked == 1 and again.text() == "7.77 nonsense" and not again.recorded
    page.typing.pause()
    assert page.typing.unrecorded()[0][4] == "7.77 nonsense", "paused, still hers, still kept"
    other = page.typing
    assert not other.put_back(P, GROUP, "1", "9"), "no pass is in sight"
    other._drafts.clear()


def test_a_row_of_a_group_not_in_sight_waits_for_its_group(signed_in):
    window = signed_in
    page = commissioning(window, OKONJO)
    number = page.typing.rows[0].row.number_id
    page.typing.pause()
    page.choose(P, "induction")
    page.overview.pass_button.click()
    panel = page.typing
    panel._titles.clear()
    assert panel.put_back(P, GROUP, number, "7.77 nonsense")
    assert not panel.put_back(P, GROUP, "no such row", "1")
    assert not panel.put_back(P, "induction", "no such row", "1")
    assert not panel.put_back(P, "epi-4", number, "1"), "she has no pass of it"
    assert any("EPI" in title for title in panel.drafts())
    panel._drafts.clear()


def test_a_blind_check_keeps_nothing_over_a_kill_and_says_so(qtbot, window, infant_of):
    """Its figures would be a second count that nobody made at the bedside: it is counted anew."""
    kept(window)
    assert window.open_infant(infant_of("3")) and window.show_page(DOSES)
    window.pages.page.check_next()
    check = window.frame.blind.page
    words = " ".join(label.text() for label in check.findChildren(QLabel))
    assert "If the program breaks off, nothing of it is kept either" in words
    QTest.keyClicks(check.count.weight.field.edit, "5.4")
    assert check.is_dirty()
    window.session.kept.keep()
    assert drafts_left(window.ward) == () and not (window.ward.store.folder / NAME).exists()
    window.frame.end_check()
