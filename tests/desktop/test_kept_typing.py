"""What is typed and not recorded outlives a kill: for the same person, infant and form alone (P18, H25, H43)."""

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.kept_typing import KeptTyping, is_kept
from bedside.desktop.leave_dialog import may_close
from bedside.desktop.order_dialogs import VerifyDialog
from bedside.desktop.reason_dialog import ReasonDialog
from bedside.desktop.start_infusion_dialog import StartInfusionDialog
from bedside.desktop.typed_fields import put_back, shape_of, typed_in
from bedside.store.sealed_drafts import NAME
from bedside.ward.kept_drafts import drafts_left
from tests.desktop.killed_typing import (
    Answers,
    after_a_kill,
    kept,
    shown,
    type_weight,
    weight_of,
    words_of,
)
from tests.desktop.locked_window import sign_in, typed_field
from tests.ward.peopled import BERG, OKONJO


@pytest.fixture
def signed_in(locked):
    sign_in(locked, BERG)
    kept(locked)
    return locked


def test_a_form_is_offered_again_to_the_same_person_and_put_back(qtbot, signed_in, infant_of):
    window, head = signed_in, signed_in.ward.store.audit_head()
    infant = infant_of("4")
    type_weight(qtbot, window, infant)
    after_a_kill(window)
    assert "weight" in window.not_saved.words.text() and window.not_saved.isVisible()
    said = []
    asked = Answers(lambda dialog: (said.append(words_of(dialog)), dialog.leave_button.click()))
    again = shown(qtbot, weight_of(window, infant))
    qtbot.waitUntil(lambda: asked.asked == 1)
    assert "5.7" in said[0] and "10:42" in said[0]
    assert again.weight.first.edit.text() == "5.7"
    assert again.time.edit.text() == "09:15", "the time of then, never the time of now"
    assert again.weight.first.value() is not None and again.is_dirty()
    assert window.session.kept.waiting == ()
    assert len(drafts_left(window.ward)) == 1, "still typed, still not recorded"
    again.act_button.click()
    window.session.kept.keep()
    assert drafts_left(window.ward) == () and not (window.ward.store.folder / NAME).exists()
    assert window.ward.store.audit_head() != head


def test_it_records_nothing_by_itself_and_goes_when_it_is_thrown_away(qtbot, signed_in, infant_of):
    window, head = signed_in, signed_in.ward.store.audit_head()
    type_weight(qtbot, window, infant_of("4"))
    after_a_kill(window)
    asked = Answers(lambda dialog: dialog.throw_button.click())
    again = shown(qtbot, weight_of(window, infant_of("4")))
    qtbot.waitUntil(lambda: asked.asked == 1)
    assert not again.is_dirty() and drafts_left(window.ward) == ()
    assert window.ward.store.audit_head() == head


def test_neither_another_person_nor_another_infant_nor_another_form_gets_it(
    qtbot, signed_in, infant_of
):
    window = signed_in
    type_weight(qtbot, window, infant_of("4"))
    book = after_a_kill(window)
    asked = []
    book._offer = lambda form, draft, fits: asked.append(form)
    book.opened(weight_of(window, infant_of("5")))
    enrol = EnrolDialog(window.ward, window.look, window.session, window)
    book.opened(enrol)
    window.not_saved.hide()
    window.ask_who()
    sign_in(window, OKONJO)
    assert not window.not_saved.isVisible(), "nothing of it is told to another person"
    book.opened(weight_of(window, infant_of("4")))
    assert asked == []
    window.ask_who()
    sign_in(window, BERG)
    mine = weight_of(window, infant_of("4"))
    book.opened(mine)
    assert asked == [mine]


def test_counts_of_an_infant_are_put_back_on_her_page(signed_in, infant_of):
    window = signed_in
    window.open_infant(infant_of("4"))
    window.show_page(2)
    QTest.keyClicks(typed_field(window.pages.page), "640")
    window.session.kept.keep()
    typed_field(window.pages.page).clear()
    window.show_board()
    after_a_kill(window)
    said = []
    asked = Answers(lambda dialog: (said.append(words_of(dialog)), dialog.leave_button.click()))
    window.open_infant(infant_of("4"))
    window.show_page(2)
    assert "640" in said[0] and "state: done" not in said[0], "what an empty form says is not told"
    assert asked.asked == 1 and typed_field(window.pages.page).text() == "640"
    assert window.pages.page.is_dirty()
    typed_field(window.pages.page).clear()


def test_vital_signs_are_put_back_with_their_time(signed_in, infant_of):
    window = signed_in
    window.open_infant(infant_of("4"))
    window.show_page(5)
    form = window.pages.page.form
    QTest.keyClicks(form.numbers["heart-rate"].edit, "131")
    form.time.edit.clear()
    QTest.keyClicks(form.time.edit, "08:05")
    window.session.kept.keep()
    form.clear(window.ward.wall_clock())
    window.show_board()
    after_a_kill(window)
    asked = Answers(lambda dialog: dialog.leave_button.click())
    window.open_infant(infant_of("4"))
    window.show_page(5)
    form = window.pages.page.form
    assert asked.asked == 1 and form.numbers["heart-rate"].edit.text() == "131"
    assert form.time.edit.text() == "08:05" and window.pages.page.is_dirty()
    form.clear(window.ward.wall_clock())


def test_a_form_of_another_shape_is_told_and_not_guessed(qtbot, signed_in, infant_of):
    window = signed_in
    type_weight(qtbot, window, infant_of("4"))
    book = after_a_kill(window)
    (draft,) = book.waiting
    book.waiting = (type(draft)(**{
        name: "other" if name == "shape" else getattr(draft, name) for name in draft.__struct_fields__
    }),)  # fmt: skip
    said = []
    asked = Answers(
        lambda dialog: (
            said.append((words_of(dialog), dialog.leave_button.isHidden())),
            dialog.back_button.click(),
        )
    )
    again = shown(qtbot, weight_of(window, infant_of("4")))
    qtbot.waitUntil(lambda: asked.asked == 1)
    assert "cannot be put back" in said[0][0] and "5.7" in said[0][0] and said[0][1]
    assert not again.is_dirty() and len(book.waiting) == 1


def test_after_a_day_it_is_told_and_given_up(qtbot, signed_in, infant_of, clock):
    window = signed_in
    type_weight(qtbot, window, infant_of("4"))
    clock.now = clock() + timedelta(hours=25)
    book = after_a_kill(window)
    assert "more than a day ago" in window.not_saved.words.text()
    assert book.waiting == () and drafts_left(window.ward) == ()


def test_what_cannot_be_read_is_told(window):
    kept(window)
    (window.ward.store.folder / NAME).write_bytes(b"Bedside drafts 1, plain\nspoilt")
    after_a_kill(window)
    assert "cannot be read" in window.not_saved.words.text()
    assert not (window.ward.store.folder / NAME).exists()


def test_a_demonstration_keeps_by_the_typed_name_and_a_clean_end_keeps_nothing(
    qtbot, window, infant_of
):
    kept(window)
    dialog = type_weight(qtbot, window, infant_of("4"))
    (draft,) = drafts_left(window.ward)
    assert (draft.person, draft.who, draft.form) == (0, window.session.who, "WeightDialog")
    assert "months" not in draft.infant
    after_a_kill(window)
    window.drafts.end()
    assert len(drafts_left(window.ward)) == 1, "it waits on for who typed it"
    dialog.is_dirty = lambda: False
    kept(window)
    window.session.kept._give_up(*window.session.kept.waiting)
    assert drafts_left(window.ward) == ()


@pytest.mark.parametrize("first", ["", "C. Other, nurse"])
def test_what_was_recorded_under_another_name_is_not_told_as_lost(qtbot, window, infant_of, first):
    window.session.change_who(first)
    kept(window)
    dialog = type_weight(qtbot, window, infant_of("4"))
    assert len(drafts_left(window.ward)) == 1
    dialog.show()
    window.session.change_who("E. Berg, nurse")
    window.session.kept.keep()
    assert [draft.who for draft in drafts_left(window.ward)] == ["E. Berg, nurse"]
    dialog.act_button.click()
    qtbot.waitUntil(lambda: drafts_left(window.ward) == ())  # at once, not at the next look
    assert after_a_kill(window).waiting == ()


def test_secrets_and_identifiers_are_never_taken(qtbot, signed_in, ward, look):
    assert not is_kept(QLabel())
    assert (
        StartInfusionDialog.keeps_typing is None
    )  # it asks for both identifiers: not kept for that
    page = signed_in.locking
    assert isinstance(signed_in.session.kept, KeptTyping) and page is not None
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from bedside.desktop.plain_edit import PlainEdit
    from bedside.desktop.secret_edit import SecretEdit
    from bedside.desktop.signer_fields import SignerFields

    form = QWidget()
    qtbot.addWidget(form)
    column = QVBoxLayout(form)
    plain, secret = PlainEdit("Reason"), SecretEdit("Passphrase")
    signer = SignerFields(ward, look, signed_in.session)
    for part in (plain, secret, signer):
        column.addWidget(part)
    plain.setText("fell ill")
    secret.setText("heron lantern")
    signer.name.setText("Erika Berg")
    assert [(field.name, field.typed) for field in typed_in(form)] == [
        ("PlainEdit|Reason|1", "fell ill")
    ]
    shape = shape_of(form)
    taken = typed_in(form)
    plain.clear()
    assert put_back(form, taken) == [] and plain.text() == "fell ill" and shape_of(form) == shape
    plain.deleteLater()
    column.removeWidget(plain)
    plain.setParent(None)
    assert put_back(form, taken) == ["Reason"] and shape_of(form) != shape


def test_a_form_that_is_left_may_wait_as_a_draft(qtbot, signed_in, infant_of):
    """Weight as counts: leaving loses nothing, over the night either; only its own person is offered it."""
    window, infant = signed_in, infant_of("4")
    dialog = shown(qtbot, weight_of(window, infant))
    QTest.keyClicks(dialog.weight.first.edit, "5.7")
    asked = Answers(lambda one: one.back_button.click())
    dialog.reject()
    assert asked.asked == 1
    assert dialog.isVisible() and window.session.kept.laid_by() == []
    asked = Answers(lambda one: one.leave_button.click())
    dialog.reject()
    assert asked.asked == 1 and not dialog.isVisible()
    (named,) = window.session.kept.laid_by()
    assert named in window.frame.status.drafts.toolTip() and "weight" in named
    window.session.kept.end()
    after_a_kill(window)
    assert "Left by you as a draft" in window.not_saved.words.text()
    window.ask_who()
    sign_in(window, OKONJO)
    assert window.session.kept.laid_by() == [] and not window.frame.status.drafts.isVisible()
    window.ask_who()
    sign_in(window, BERG)
    said = []
    asked = Answers(lambda one: (said.append(words_of(one)), one.leave_button.click()))
    again = shown(qtbot, weight_of(window, infant))
    qtbot.waitUntil(lambda: asked.asked == 1)
    assert "left it as a draft" in said[0] and again.weight.first.edit.text() == "5.7"
    assert window.session.kept.waiting == () and not window.session.kept.laid_by()
    asked = Answers(lambda one: one.throw_button.click())
    again.reject()
    assert asked.asked == 1
    window.session.kept.keep()
    assert not again.isVisible() and drafts_left(window.ward) == ()


def test_a_form_with_nothing_but_a_secret_leaves_no_draft(qtbot, signed_in, infant_of):
    """An empty draft waited, and the next sign-in said "NOT SAVED" of it."""
    window, kept_typing = signed_in, signed_in.session.kept
    form = VerifyDialog(window.ward, window.look, window.session, infant_of("4"), window)
    dialog = shown(qtbot, form)
    QTest.keyClicks(dialog.signer.secret, "739251")
    assert dialog.is_dirty() and is_kept(dialog) and not kept_typing.may_lay_by(dialog)
    said = []
    asked = Answers(lambda one: (said.append(words_of(one)), one.leave_button.click()))
    dialog.reject()
    assert asked.asked == 1 and "draft" not in said[0]
    assert kept_typing.laid_by() == [] and not window.frame.status.drafts.isVisible()


def test_an_impossible_weight_closes_its_button_and_ends_no_order(qtbot, window, infant_of):
    dialog = shown(qtbot, weight_of(window, infant_of("2")))
    dialog.weight.first.set_text("61.8")
    assert dialog.weight.is_refused() and dialog.act_button.property("closed")
    assert not dialog.ending.isVisible()
    dialog.weight.first.set_text("6.3")
    assert not dialog.act_button.property("closed") and dialog.ending.isVisible()


def test_closing_the_window_keeps_a_pages_draft_and_says_so(signed_in, infant_of):
    """A kill kept the counts, and Alt+F4 lost them."""
    window = signed_in
    window.open_infant(infant_of("4"))
    window.show_page(2)
    QTest.keyClicks(typed_field(window.pages.page), "640")
    said = []
    asked = Answers(lambda one: (said.append(words_of(one)), one.back_button.click()))
    assert may_close(window) is False and asked.asked == 1
    assert window.session.kept.laid_by() == []
    asked = Answers(lambda one: one.leave_button.click())
    assert may_close(window) is True and asked.asked == 1
    assert "keeps it as a draft" in said[0] and "loses" not in said[0] and "Counts" in said[0]
    window.session.kept.end()
    typed_field(window.pages.page).clear()
    window.show_board()
    after_a_kill(window)
    assert "Left by you as a draft" in window.not_saved.words.text()
    said = []
    asked = Answers(lambda dialog: (said.append(words_of(dialog)), dialog.leave_button.click()))
    window.open_infant(infant_of("4"))
    window.show_page(2)
    assert "640" in said[0] and "state: done" not in said[0], "what an empty form says is not told"
    assert asked.asked == 1 and typed_field(window.pages.page).text() == "640"
    typed_field(window.pages.page).clear()


def test_a_typed_reason_is_not_dropped_by_esc(qtbot, window):
    dialog = ReasonDialog(window.look, "Plan 10 min?", "&Plan", window)
    qtbot.addWidget(dialog, before_close_func=lambda form: form.reason.clear())
    dialog.show()
    QTest.keyClicks(dialog.reason, "the pump stood")
    asked = Answers(lambda one: one.back_button.click())
    dialog.reject()
    assert asked.asked == 1 and dialog.isVisible() and dialog.text() == "the pump stood"
    asked = Answers(lambda one: one.leave_button.click())
    dialog.reject()
    assert asked.asked == 1 and not dialog.isVisible()
