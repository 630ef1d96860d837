"""The palette, by real keys: everything that has a door is found, what is closed says why, Return does it."""

import inspect
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

import bedside.desktop
from bedside.desktop import window_forms
from bedside.desktop.act_words import DOOR_WORDS, KEY_WORDS
from bedside.desktop.acts import acts_here, keys_of
from bedside.desktop.navigation import Door
from bedside.desktop.palette_dialog import PaletteDialog, palette_acts, show_palette
from bedside.desktop.palette_model import LINE_ROLE, PaletteModel
from bedside.desktop.palette_ranking import ranked
from bedside.desktop.permits import BUTTON_ACTS, DOOR_ACTS
from bedside.desktop.window import BedsideWindow
from bedside.desktop.window_keys import KEYS
from bedside.ward.roles import role_book
from tests.desktop.infant_dialogs import desktop_classes
from tests.desktop.locked_window import press, sign_in
from tests.desktop.test_accessible import name_of, unnamed
from tests.ward.peopled import BERG, OKONJO

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(answer, window: BedsideWindow, *steps) -> PaletteDialog:
    """Press Ctrl+K and do these steps in the palette; returns it."""
    seen = []

    def act(dialog):
        assert isinstance(dialog, PaletteDialog)
        seen.append(dialog)
        for step in steps:
            step(dialog)
        if dialog.isVisible():
            QTest.keyClick(dialog.edit, Qt.Key.Key_Escape)

    asked = answer(act)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert asked.asked == 1
    return seen[0]


def typing(text: str):
    return lambda dialog: QTest.keyClicks(dialog.edit, text)


def pressing(key: Qt.Key):
    return lambda dialog: QTest.keyClick(dialog.edit, key)


RETURN, DOWN = pressing(Qt.Key.Key_Return), pressing(Qt.Key.Key_Down)


def words(dialog: PaletteDialog) -> list[str]:
    return [line.words for line in dialog.model.lines]


# ---- what is in it


@pytest.mark.parametrize(
    "place", ["list", "cohort", "commissioning", "backup", "record", "site", "handover", *range(8)]
)
def test_every_button_in_sight_is_in_it(qtbot, window: BedsideWindow, infant_of, place):
    """A button that is new on a page is found without a second list; a value to choose is no act."""
    go_to(window, infant_of, place)
    qtbot.wait(5)
    acts = acts_here(window)
    pressed = {getattr(act.run, "__self__", None) for act in acts}
    keys = {key for act in acts for key in act.keys}
    roots = (window.stack.currentWidget(), window.bands.currentWidget(), window.navigation)
    missing = [
        button.text()
        for root in roots
        for button in root.findChildren(QAbstractButton)
        if button.isVisible()
        and button.text()
        and (not button.isCheckable() or button.shortcut().toString())
        and button not in pressed
        and not keys & set(keys_of(button))
    ]
    assert missing == []
    assert len({act.words for act in acts if act.name.startswith(("key:", "door:"))}) > 15


def go_to(window: BedsideWindow, infant_of, place) -> None:
    if isinstance(place, int):
        window.open_infant(infant_of("4"))
        window.show_page(place)
        return
    {
        "list": window.show_board,
        "cohort": window.show_cohort,
        "protocols": window.show_protocols,
        "commissioning": window.show_commissioning,
        "backup": window.frame.show_backup,
        "record": window.frame.show_record,
        "site": window.show_site,
        "handover": lambda: QTest.keyClick(window, Qt.Key.Key_H, CTRL),
    }[place]()


# what means something only where it stands: a page of a preview, an answer, a step of the page in sight
ONLY_IN_SIGHT = {
    "Leave, keep the draft", "No, not resolved", "Yes, resolved…", "Today", "Copy as text", "More signs",
    "← Page before", "Page after →", "Save as PDF…", "Print…", "closed", "Show", "−", "+",
    "Does a paper still hold?…",
}  # fmt: skip


@pytest.mark.parametrize("bed", ["4", "7"])
def test_what_stands_on_another_page_is_found_from_the_ward_list(
    qtbot, window: BedsideWindow, infant_of, bed: str
):
    """Every button of every page of an infant, by its plain words, wherever one is."""
    seen = []
    for place in range(8):
        window.open_infant(infant_of(bed))
        window.show_page(place)
        parts = range(4) if place == 6 else (None,)
        for part in parts:
            if part is not None:
                window.pages.page.show_part(part)
            qtbot.wait(5)
            seen += [
                button.text().replace("&", "")
                for button in window.pages.page.findChildren(QAbstractButton)
                if button.isVisible() and button.text() and not button.isCheckable()
            ]
    window.show_board()
    acts = palette_acts(window)
    model = PaletteModel(acts, ())
    missing = []
    for text in dict.fromkeys(one for one in seen if one not in ONLY_IN_SIGHT):
        model.narrow(text.replace("…", "").split(" EPI")[0])
        if not any(line.words.startswith(text.split(" EPI")[0]) for line in model.lines):
            missing.append(text)
    # two doors of the window, under words of their own
    assert set(missing) <= {"Open", "To Commission (F7)", "Ward's round…"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("risk", "Risk and arm…"),
        ("mrd", "Risk and arm…"),
        ("transplant", "Risk and arm…"),
        ("cumulative", "Cumulative doses…"),
        ("anthracycline", "Cumulative doses…"),
        ("roadmap", "Papers to print"),
        ("prescribe", "Prescribe…"),
        ("open the next", "Open the next course"),
        ("timeline", "Timeline"),
        ("fever", "Fever"),
        ("commission", "Commissioning of protocols"),
        ("restore", "Backup, restore, downtime sheets"),
    ],
)
def test_plain_words_find_it_from_the_ward_list_and_say_to_open_an_infant(
    window: BedsideWindow, typed: str, found: str
):
    model = PaletteModel(palette_acts(window), ())
    model.narrow(typed)
    line = next(one for one in model.lines if one.words == found)
    everywhere = found in {"Commissioning of protocols", "Backup, restore, downtime sheets"}
    assert (line.why_not == "open an infant first") is not everywhere


def test_each_key_and_each_door_has_words(window: BedsideWindow):
    doors = {name for name, door in vars(window.navigation).items() if isinstance(door, Door)}
    assert doors == DOOR_WORDS.keys()
    assert KEYS.keys() <= KEY_WORDS.keys()
    assert KEY_WORDS.keys() - KEYS.keys() == {"who", "put away", "lock"}


def test_a_permit_names_a_button_that_there_is():
    """A button that was renamed would lose its reason silently."""
    acts = role_book().acts
    classes = desktop_classes()
    for name, act in (
        BUTTON_ACTS | {f"Navigation.{key}": act for key, act in DOOR_ACTS.items()}
    ).items():
        part, _, attribute = name.partition(".")
        assert act in acts, name
        assert f"self.{attribute}" in inspect.getsource(classes[part]), name


# ---- finding


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rec", ["Record counts", "Record of the ward", "Who records"]),
        ("cou", ["Counts", "Record counts", "Discount"]),
        ("wa rou", ["The ward's round"]),
        ("trän", ["Trần, Ida", "Train"]),
        ("f9", ["Site"]),
        ("nothing at all", []),
    ],
)
def test_words_that_begin_so_come_first(typed: str, found: list[str]):
    every = {
        "rec": ["Who records", "Record counts", "Record of the ward"],
        "cou": ["Discount", "Record counts", "Counts"],
        "wa rou": ["Toxicity round", "The ward's round"],
        "trän": ["Train", "Trần, Ida"],
        "f9": ["Cohort", "Site"],
    }.get(typed, ["Counts"])
    lines = [(one, "F9" if one == "Site" else "F8", False, one) for one in every]
    if typed == "trän":
        lines = [(one, "", False, one) for one in every]
        assert ranked(typed, lines) == ["Trần, Ida"]
    else:
        assert ranked(typed, lines) == found


def test_of_one_rank_what_is_open_comes_first():
    lines = [("Record counts", "", True, "closed"), ("Record", "", False, "open")]
    assert ranked("record", lines) == ["open", "closed"]


def test_typing_and_return_go_there(window: BedsideWindow, infant_of, answer):
    window.open_infant(infant_of("4"))
    opened(answer, window, typing("toxi"), lambda dialog: words(dialog)[0] == "Toxicities", RETURN)
    assert window.pages.index == 3


def test_arrows_move_and_esc_does_nothing(window: BedsideWindow, infant_of, answer):
    window.open_infant(infant_of("4"))
    dialog = opened(answer, window, DOWN, DOWN, pressing(Qt.Key.Key_Up))
    assert dialog.list.currentIndex().row() == 1 and dialog.taken is None
    assert window.pages.index == 0
    assert dialog.edit.accessibleDescription().startswith(dialog.model.lines[1].words)


def test_a_form_opens_from_it(window: BedsideWindow, answer, monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(window_forms, "_ran", lambda dialog: bool(asked.append(dialog)))
    opened(answer, window, typing("enrol"), RETURN)
    assert [dialog.windowTitle() for dialog in asked] == ["Enrol an infant"]
    asked[0].deleteLater()


# ---- what is closed


def test_what_is_closed_says_why_and_return_does_nothing(window: BedsideWindow, answer):
    def stays(dialog):
        assert dialog.line().words == "Timeline" and dialog.line().why_not
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
        assert dialog.isVisible() and dialog.said.text() == "Not now: open an infant first"

    dialog = opened(answer, window, typing("timel"), stays)
    assert dialog.taken is None and window.frame.on_list


def test_the_pages_own_reason_is_given(qtbot, window: BedsideWindow, infant_of):
    window.open_infant(infant_of("2"))
    qtbot.wait(5)
    line = {act.name: act for act in acts_here(window)}["WherePage.open_button"]
    assert "cannot start before" in line.why_not
    window.show_page(2)
    line = {act.name: act for act in acts_here(window)}["CountsPage.record_button"]
    assert line.why_not == "nothing typed yet"


def test_a_role_that_may_not_is_told_who_may(window: BedsideWindow, infant_of):
    window.session.why_not = lambda act: role_book().why_not(("nurse",), act)
    window.open_infant(infant_of("4"))
    window.show_page(4)
    acts = {act.name: act for act in acts_here(window)}
    assert "physician" in acts["DltPage.decide_button"].why_not
    assert acts["door:site"].why_not == ""  # everybody reads it; its form is the administrator's
    window.show_site()
    acts = {act.name: act for act in acts_here(window)}
    assert "administrator" in acts["SitePanel.change"].why_not
    assert acts["key:enrol"].why_not == ""


def test_it_is_shut_while_somebody_counts_blind(window: BedsideWindow):
    window.frame.blind = object()
    show_palette(window)
    assert QApplication.activeModalWidget() is None
    window.frame.blind = None


def test_it_is_shut_on_a_locked_screen(locked, answer):
    press(locked, Qt.Key.Key_K, CTRL)
    show_palette(locked)
    assert QApplication.activeModalWidget() is None
    sign_in(locked, BERG)
    acts = {act.name: act for act in acts_here(locked)}
    assert acts["frame:lock"].why_not == "" and acts["frame:lock"].keys == ("Ctrl+L",)
    acts["frame:lock"].run()
    assert locked.locking.locked


def test_it_goes_with_the_lock_and_leaves_no_draft(locked, answer):
    """It was open while nobody was there: whoever comes is not told that something waits for her."""
    sign_in(locked, BERG)

    def lock(dialog):
        assert isinstance(dialog, PaletteDialog)
        QTest.keyClicks(dialog.edit, "holm")
        locked.locking.lock()
        assert not dialog.isVisible()

    asked = answer(lock)
    show_palette(locked)
    assert asked.asked == 1 and locked.locking.locked
    sign_in(locked, OKONJO)
    assert not locked.locking.locked and locked.locking.drafts_of() == ()
    assert QApplication.activeModalWidget() is None


def test_every_part_of_it_has_a_name(qtbot, window: BedsideWindow):
    dialog = PaletteDialog(window.look, acts_here(window), (), window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert unnamed(dialog) == [] and name_of(dialog)
    dialog.edit.setText("no such thing")
    assert dialog.line() is None and "Nothing here is called that" in dialog.said.text()
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    QTest.keyClick(dialog.edit, Qt.Key.Key_Down)
    assert dialog.taken is None and dialog.isVisible()


# ---- infants


@pytest.mark.parametrize("typed", ["holmberg no", "004 109", "DEM004109", "bed 6"])
def test_an_infant_is_found_by_name_number_and_bed(
    window: BedsideWindow, infant_of, answer, typed: str
):
    opened(answer, window, typing(typed), RETURN)
    assert window.frame.on_patient and window.frame.infant_id == infant_of("6")


def test_look_alike_names_are_marked(window: BedsideWindow, answer):
    dialog = opened(answer, window, typing("holmberg"))
    lines = dialog.model.lines
    assert [line.alike for line in lines] == [True, True]
    assert "same family name: bed 6" in lines[0].below + lines[1].below
    said = dialog.model.data(dialog.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "same family name" in said


def test_no_infant_is_listed_before_something_is_typed(window: BedsideWindow, answer):
    dialog = opened(answer, window)
    assert all(line.infant_id is None for line in dialog.model.lines)
    assert isinstance(dialog.model, PaletteModel)
    assert dialog.model.data(dialog.model.index(0, 0), LINE_ROLE).act is not None


def test_it_is_read_from_the_disk_only_when_it_is_opened():
    """Nothing of it stands on the way to the first window."""
    code = (
        "import sys; import bedside.desktop.start;"
        "print([m for m in sys.modules if 'palette' in m or 'act_words' in m or 'handover' in m])"
    )
    import subprocess

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
    assert bedside.desktop.__path__


@pytest.mark.parametrize("typed", ["deutsch", "language", "sprache", "german"])
def test_the_language_is_found_in_either_language(answer, window, typed):
    """Whoever cannot read the screen searches in the language that is wanted."""
    palette = opened(answer, window, typing(typed))
    assert any("language" in line for line in words(palette))
