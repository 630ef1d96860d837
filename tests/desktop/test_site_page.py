"""The page People and site: what holds, by whom and when, what waits, and the way to each form by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from bedside.desktop.palette_dialog import palette_acts
from bedside.desktop.palette_model import PaletteModel
from bedside.desktop.plain_table import PlainTable, table_as_text
from bedside.desktop.site_dialog import SiteDialog
from bedside.desktop.site_page import SitePage
from bedside.ward.commission_facts import group_facts
from bedside.ward.commissioning import begin_pass
from bedside.ward.fever_rule import enter_rule
from bedside.ward.site_overview import role_lines, site_lines, two_lines
from tests.ward.peopled import BERG, KELLER, OKONJO, enter, peopled
from tests.ward.test_fever_rule import TYPED

CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(window) -> SitePage:
    assert window.show_site()
    QApplication.processEvents()
    return window.stack.currentWidget()


def rows_of(page: SitePage) -> dict[str, tuple[str, str, str]]:
    return {line.name: (line.value, line.by, line.on) for line in page.site.lines}


def opened(act: Callable[[], object]) -> list[QDialog]:
    """The form that an act opens; it is left again."""
    seen: list[QDialog] = []

    def at_work() -> None:
        dialog = QApplication.activeModalWidget()
        seen.append((type(dialog).__name__, dialog.focusWidget()))
        dialog.reject()

    QTimer.singleShot(100, at_work)
    act()
    return seen


def said_in(widget: QWidget) -> str:
    """Every word on a page: labels and tables."""
    labels = [one.text() for one in widget.findChildren(QLabel)]
    return "\n".join(
        [*labels, *(table_as_text(one.model()) for one in widget.findChildren(PlainTable))]
    )


def chosen(page: SitePage) -> str:
    return page.people.table.currentIndex().siblingAtColumn(0).data()


# ---- what it says


def test_each_setting_says_its_value_who_entered_it_and_when(page: SitePage):
    rows = rows_of(page)
    by, on = "E. Sørensen, RN", "07-Jan-2026"
    assert rows["Kind of centre"] == ("tertiary centre", by, on)
    assert rows["Oldest count for a start rule"] == ("48 hours", by, on)
    assert rows["Whom to ring: Cytotoxic pharmacy"] == ("Petra Marek, extension 4420", by, on)
    assert rows["Change of shifts"] == ("at 07:00, 19:00", "nobody: as shipped", "")
    assert "People and site: Ward 4 North, tertiary centre" in said_in(page.band)


def test_what_nobody_entered_says_so(empty_ward):
    rows = {line.name: (line.value, line.by, line.on) for line in site_lines(empty_ward)}
    for name in ("Hospital", "Ward", "Kind of centre"):
        assert rows[name] == ("not entered", "", "")
    assert rows["Whom to ring"] == ("nobody entered", "", "")
    assert rows["Oldest weight for a dose"] == ("7 days", "nobody: as shipped", "")


def test_what_waits_for_its_second_person_is_named_without_a_value(page: SitePage):
    """H39: the first person's numbers of EPI #3 are on record; nothing on this page says one of them."""
    waits = {line.name: line.waits for line in two_lines(page.ward)}
    assert waits["AALL15P1, EPI #1"] == "both people settle it"
    assert waits["AALL15P1, EPI #3"] == (
        "R. Castellanos, pharmacist: 5 of 10 typed; a second person types them, blind"
    )
    facts = group_facts(page.ward, "aall15p1", "epi-3")
    typed = [one.canonical for one in facts.passes[0].entries.values()]
    assert typed
    words = said_in(page)
    assert "EPI #3" in words and not [one for one in typed if f"\t{one}" in words]


def test_a_definition_of_fever_that_waits_says_whose_and_not_what(empty_ward):
    enter_rule(empty_ward, TYPED, who=BERG)
    (line,) = (one for one in two_lines(empty_ward) if one.form == "fever")
    assert line.state == "none in force"
    assert line.waits.startswith("Erika Berg typed a definition on ")
    assert "waits for a second person" in line.waits and TYPED.title not in str(line)


def test_who_types_the_settings_blind_does_not_read_them_here(empty_ward):
    """H39: what two people type of the site itself is copied from the document, not from this page."""
    begin_pass(empty_ward, "site", "settings", who=BERG)
    hidden = {one.name: one.value for one in site_lines(empty_ward, who=BERG)}
    assert hidden["Oldest weight for a dose"] == "not shown during your own blind pass"
    assert hidden["Kind of centre"] == hidden["Whom to ring"] == hidden["Oldest weight for a dose"]
    assert hidden["Lock the screen after"] == "3 minutes"
    seen = {one.name: one.value for one in site_lines(empty_ward, who=OKONJO)}
    assert seen["Oldest weight for a dose"] == "7 days"


def test_who_types_the_settings_blind_finds_their_form_closed_and_the_way_on(
    window, page: SitePage
):
    """H39: Return on the hidden row had opened the form with every value of her own blind pass."""
    begin_pass(window.ward, "site", "settings", who=window.session.who)
    QTest.keyClick(window, Qt.Key.Key_F5)
    table = page.site.table
    table.setCurrentIndex(
        page.site.model.index([one.key for one in page.site.lines].index("kind"), 0)
    )
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    said = page.site.refusals.text()
    assert page.site.refusals.isVisible() and "Settings of the site” is typed without" in said
    assert "Commission (F7)" in said and page.site.commission.isEnabled()
    assert window.show_board()
    window.edit_site()  # the other door says the same, on the same page
    assert window.stack.currentWidget() is page and page.site.refusals.text() == said
    assert QApplication.activeModalWidget() is None
    window.session.change_who("")
    page.refresh()
    kind = next(one.value for one in page.site.lines if one.key == "kind")
    assert kind == "not shown during a blind pass while nobody is named"
    window.session.change_who("Another Person, pharmacist")
    page.refresh()
    assert next(one.value for one in page.site.lines if one.key == "kind") == "tertiary centre"
    assert opened(page.site.open_settings)[0][0] == "SiteDialog"


def test_what_each_role_may_do_stands_there_and_narrows_to_the_person(
    qtbot, empty_ward, look, session
):
    peopled(empty_ward)
    enter(empty_ward, KELLER)
    page = SitePage(empty_ward, look, session)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    assert chosen(page) == KELLER  # who is here comes to herself
    page.people.table.setFocus()
    for _ in range(3):
        QTest.keyClick(page.people.table, Qt.Key.Key_Up)
    assert chosen(page) == OKONJO
    assert page.acts_title.text() == "What Ada Okonjo may do"
    words = table_as_text(page.acts.model())
    assert "decide on a DLT\tphysician" in words and "verify a prescribed dose" not in words
    assert len(role_lines()) > page.acts.model().rowCount() > 5


# ---- the way there and back


@pytest.mark.parametrize(("key", "people"), [(Qt.Key.Key_F9, False), (Qt.Key.Key_F3, True)])
def test_its_two_keys_lead_there_from_an_infant_and_esc_back(qtbot, window, infant_of, key, people):
    window.open_infant(infant_of("4"))
    QTest.keyClick(window, key)
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), SitePage))
    doors = window.navigation
    assert (doors.people if people else doors.site).isChecked() and not doors.ward.isChecked()
    assert not (doors.site if people else doors.people).isChecked()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.frame.on_list)
    assert doors.ward.isChecked() and not doors.site.isChecked()


def test_the_palette_finds_it_by_plain_words(window):
    model = PaletteModel(palette_acts(window), ())
    for typed in ("people", "site", "role may"):
        model.narrow(typed)
        assert any("people" in line.words.casefold() for line in model.lines), typed


@pytest.mark.parametrize(
    ("name", "form", "field"),
    [
        ("Oldest weight for a dose", "SiteDialog", "Oldest weight for a dose"),
        ("Whom to ring: Cytotoxic pharmacy", "SiteDialog", "Role of contact 1"),
        ("Terms asked in each round", "AskedDialog", ""),
        ("Toxicity terms of the NCI", "CtcaeDialog", ""),
        ("Definition of fever", "FeverRuleDialog", ""),
        ("Change of shifts", "BackupSettingsDialog", ""),
    ],
)
def test_enter_on_a_setting_opens_its_form_and_comes_back_to_the_row(
    window, page: SitePage, name: str, form: str, field: str
):
    names = [line.name for line in page.site.lines]
    table = page.site.table
    assert window.focusWidget() is table
    for _ in range(names.index(name)):
        QTest.keyClick(table, Qt.Key.Key_Down)
    ((found, at),) = opened(lambda: QTest.keyClick(table, Qt.Key.Key_Return))
    assert found == form
    if field:
        assert field in (at.accessibleName(), at.parentWidget().accessibleName())
    assert table.currentIndex().row() == names.index(name) and window.focusWidget() is table


def test_enter_on_what_two_people_enter_goes_on_with_it(window, page: SitePage):
    table = page.site.two_table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.frame.commissioning
    assert window.navigation.commission.isChecked() and not window.navigation.site.isChecked()


def test_a_recorded_setting_stands_there_and_in_the_bar_above(window, page: SitePage):
    def rename() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SiteDialog)
        dialog.ward_name.selectAll()
        QTest.keyClicks(dialog.ward_name, "Ward 7 East")
        dialog.act_button.click()

    QTimer.singleShot(100, rename)
    QTest.mouseClick(page.site.change, Qt.MouseButton.LeftButton)
    assert rows_of(page)["Ward"] == ("Ward 7 East", "E. Sørensen, RN", "20-Nov-2026")
    assert "Ward 7 East" in said_in(page.band) and "Ward 7 East" in said_in(window.topbar)


def test_f5_reads_it_again(window, page: SitePage):
    from msgspec.structs import replace

    from bedside.ward.site import save_site, site_form

    form = replace(site_form(page.ward), idle_minutes=5)
    save_site(page.ward, form, who="E. Sørensen, RN")
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert rows_of(page)["Lock the screen after"][0] == "5 minutes"


def test_every_table_has_a_name_and_the_focus_is_seen(page: SitePage):
    tables = page.findChildren(PlainTable)
    assert len(tables) == 4 and all(one.accessibleName() for one in tables)
    assert "Enter opens" in page.site.table.accessibleName()


def test_f3_comes_to_the_people_also_where_there_are_none(window):
    """The demonstration has no accounts: the empty list has the keyboard and says why."""
    window.show_people()
    QApplication.processEvents()
    page = window.stack.currentWidget()
    assert page.people.table.hasFocus()


def test_the_form_records_what_was_changed_or_ticked_and_nothing_else(
    qtbot, empty_ward, look, session
):
    dialog = SiteDialog(empty_ward, look, session)
    qtbot.addWidget(dialog)
    dialog.count_age.set_text("36")
    assert not dialog.confirm["bsa_formula"].isChecked()
    QTest.keyClick(dialog.confirm["bsa_formula"], Qt.Key.Key_Space)
    dialog.record()
    entered = {line.key for line in site_lines(empty_ward) if line.by == session.who}
    assert entered == {"count_age_hours", "bsa_formula"}
    again = SiteDialog(empty_ward, look, session)
    qtbot.addWidget(again)
    assert {"count_age_hours", "bsa_formula"}.isdisjoint(again.confirm)
    assert "weight_age_days" in again.confirm and not again.is_dirty()
