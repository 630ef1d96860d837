"""Walks a demonstration ward in one language and tells what was seen, judged, kept and printed, as JSON.

`python -m tests.desktop.walked FOLDER LANGUAGE [PERCENT]`: a process of its own, for a language changes
Qt's classes. With a size of the text, it only looks whether all that is said fits.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

MADE = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 10, 50, tzinfo=UTC)
PAGES = 8
WALKED = ("2", "5")  # a vial that runs; a fever and a hold
TOXICITIES, DOSES = 3, 6  # pages of several parts
OTHER_FORMS = (  # of no infant
    "AskedDialog", "BackupSettingsDialog", "CtcaeDialog", "EnrolDialog", "FeverRuleDialog", "KeysDialog",
    "SiteDialog", "WardKeysDialog", "WhoDialog",
)  # fmt: skip
_LAID_OUT = 2.0  # seconds
PRINTED = 5  # papers of each of them


def look_at_all(folder: Path, language: str, percent: int) -> dict[str, object]:
    """Look at every page and form with text of this size, in per cent."""
    os.environ["BEDSIDE_LANGUAGE"] = language
    _, window = _open(folder, percent)
    return {"cut": _seen(window, language, texts=False).cut}


def _open(folder: Path, percent: int) -> tuple[object, object]:
    os.environ["XDG_CONFIG_HOME"] = str(folder.parent)
    from bedside.app import open_ward
    from bedside.desktop.page_door import every_door
    from bedside.desktop.session import Session
    from bedside.desktop.start import dress_window, make_application
    from bedside.desktop.window import BedsideWindow

    ward = open_ward(folder, lambda: NOW, create=False)
    _, look = make_application(["bedside"], "light", percent)
    window = BedsideWindow(ward, look, Session("E. Sørensen, RN"), every_door())
    dress_window(window, look)
    window.resize(1366, 768)
    window.show()
    return ward, window


def _seen(window, language: str, *, texts: bool = True) -> "Seen":
    from PySide6.QtWidgets import QApplication

    seen = Seen(language, texts=texts)
    for widget, name in everything_in_sight(window) if language != "en" else ():
        QApplication.processEvents()
        QApplication.processEvents()
        seen.look(widget, name)
    return seen


def walk(folder: Path, language: str) -> dict[str, object]:
    """Walk, record a weight and a hold, judge and print; the ward's clock stands still."""
    ward, window = _open(folder, 100)
    chosen = "" if language == "en" else _choose(window, language)
    seen = _seen(window, language)
    papers = folder.parent / f"papers-{language}"
    papers.mkdir()
    _print(ward, papers)
    typed = _record(window)
    by_hand = {} if language == "en" else _by_hand(window)
    told = {
        "chosen": chosen,
        "cut": seen.cut,
        "alike": seen.alike,
        "gaps": seen.gaps(),
        "shown": seen.shown,
        "typed": typed,
        "by hand": by_hand,
        "judged": list(_judged(ward)),
        "papers": {
            each.name: hashlib.sha256(each.read_bytes()).hexdigest()
            for each in sorted(papers.iterdir())
        },
    }
    ward.store.close()
    return {**told, "kept": _kept(folder)}


def _choose(window, language: str) -> str:
    """Choose a language by its entry in the menu of the door for the text; what is kept of it."""
    from bedside.desktop.start import station_language
    from bedside.desktop.word_menu import WordMenu
    from bedside.words.languages import LANGUAGES

    window.navigation.text.click()
    (menu,) = window.findChildren(WordMenu)
    (entry,) = [each for each in menu.actions() if each.text() == LANGUAGES[language]]
    entry.trigger()
    menu.close()
    return station_language()


class Seen:
    """What stands on the screen.

    Args:
        language: in which it is to be.
        texts: whether the texts are kept, too, not only whether they have room.
    """

    def __init__(self, language: str, *, texts: bool = True) -> None:
        self._language, self._keeps = language, texts
        self.cut: list[str] = []
        self.alike: list[str] = []
        self.shown: list[str] = []
        self._texts: dict[str, None] = {}

    def look(self, widget, name: str) -> None:
        """Look at a window or a form."""
        from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

        from tests.desktop.alt_letters import alike_in
        from tests.desktop.cut_text import cut_in, headings_in, sideways_in

        def cut_now() -> list[str]:
            return [*cut_in(widget), *sideways_in(widget), *headings_in(widget)]

        cut, until = cut_now(), monotonic() + _LAID_OUT
        while cut and monotonic() < until:  # on a busy machine a page is laid out a moment later
            QApplication.processEvents()
            sleep(0.02)
            cut = cut_now()
        self.cut += [f"{name}: {line}" for line in cut]
        self.alike += [f"{name}: {line}" for line in alike_in(widget)]
        if not self._keeps:
            return
        widget.grab()
        for each in [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]:
            if each.isVisibleTo(widget):
                self._texts[each.text()] = None
                self._texts[each.toolTip()] = None
            self._texts[each.accessibleName()] = None
            self._texts[each.accessibleDescription()] = None
        if self._language != "en":
            from bedside.desktop import border

            speaker = border.speaker()
            self.shown = [speaker.shown(text) for text in self._texts]

    def gaps(self) -> list[str]:
        """What of it nobody translated."""
        if self._language == "en":
            return []
        from bedside.desktop import border

        speaker = border.speaker()
        return sorted({gap for text in self._texts for gap in speaker.found(text).gaps})


def everything_in_sight(window) -> Iterator[tuple[object, str]]:
    """Every page of a few infants and of the ward, and every form: what is in sight, and its name."""
    from bedside.ward.board import board

    yield window, "ward list"
    for row in board(window.ward).rows:
        if row.bed in WALKED:
            window.open_infant(row.infant_id)
            for number in range(PAGES):
                window.show_page(number)
                yield window, f"bed {row.bed}, page {number + 1}"
                if number == DOSES:
                    yield from _parts(window, f"bed {row.bed}, doses")
                if number == TOXICITIES:
                    yield from _round(window, f"bed {row.bed}, round")
    yield from _pages_of_the_ward(window)
    window.show_board()
    yield from _forms(window)


def _parts(window, name: str) -> Iterator[tuple[object, str]]:
    page = window.pages.page
    for part in range(1, page.stack.count()):
        page.show_part(part)
        yield window, f"{name}, part {part}"
    page.show_part(0)


def _round(window, name: str) -> Iterator[tuple[object, str]]:
    page = window.pages.page
    page.begin_round()
    for line in page.round.opens[:1]:
        line.keys.press("W")
    yield window, name
    page.round.begin_anew()
    page.show_log()


def _pages_of_the_ward(window) -> Iterator[tuple[object, str]]:
    from bedside.desktop.handover_door import show_handover

    for name, show in (
        ("commissioning", window.show_commissioning),
        ("cohort", window.show_cohort),
        *_protocols(window),
        ("backup", window.frame.show_backup),
        ("record", window.frame.show_record),
        ("people and site", window.show_site),
        ("handover", lambda: show_handover(window)),
    ):
        show()
        yield window, name


def _protocols(window) -> Iterator[tuple[str, Callable[[], object]]]:
    """The facts of a protocol, two protocols side by side, and the facts again."""
    yield "protocols", window.show_protocols
    yield "protocols side by side", lambda: window.stack.currentWidget().show_view(1)
    yield "protocols again", lambda: window.stack.currentWidget().step_back()


def _forms(window) -> Iterator[tuple[object, str]]:
    from tests.desktop.infant_dialogs import OF_NO_INFANT, InfantDialogs, dialog_classes

    for name in (*sorted(set(dialog_classes()) - OF_NO_INFANT), *OTHER_FORMS):
        form, _ = InfantDialogs(window).make(name)
        form.show()
        yield form, name
        form.hide()
        form.deleteLater()


def _record(window) -> list[str]:
    """Type a far weight, which is refused, then one that is kept; hold a course by its form."""
    from PySide6.QtTest import QTest

    from bedside.desktop.weight_dialog import WeightDialog
    from bedside.ward.board import board
    from bedside.ward.infants import banner

    told = []
    for row in board(window.ward).rows[:2]:
        form = WeightDialog(
            window.ward, window.look, window.session, banner(window.ward, row.infant_id), window
        )
        form.show()
        for text in ("62", "0", "6.31"):
            form.weight.first.edit.clear()
            QTest.keyClicks(form.weight.first.edit, text)
            if form.weight.again.isVisible():
                QTest.keyClicks(form.weight.second.edit, text)
            form.act_button.click()
            told += [form.weight.first.note.text(), form.refusals.text(), str(form.isVisible())]
            if not form.isVisible():
                break
        form.hide()
        form.deleteLater()
    return told


def _by_hand(window) -> dict[str, str]:
    """What is found and taken that is typed in German: an act, an entry of a list, a key, a day."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLabel

    from bedside.desktop.acts import acts_here
    from bedside.desktop.choice import Choice
    from bedside.desktop.fields import DateField
    from bedside.desktop.palette_model import PaletteModel
    from bedside.desktop.segments import Segments
    from bedside.ward.board import board

    palette = PaletteModel(acts_here(window), board(window.ward).rows)
    palette.narrow("neu ordnen")
    choice = Choice("from where?", [("central", "central line"), ("vein", "not done")], window.look)
    choice.show()
    QTest.keyClicks(choice, "n")
    choice.hidePopup()
    day = DateField("Taken, date", window.look)
    day.show()
    QTest.keyClicks(day.edit, "04-Dez-2026")
    answers = Segments(("Yes", "No"), "Answer", window.look, one_stop=True)
    answers.show()
    QTest.keyClicks(answers.buttons[0], "n")
    name = QLabel("LINDGREN")
    return {
        "act": palette.lines[0].words if palette.lines else "",
        "entry": str(choice.view().currentIndex().row()),
        "day": f"{day.value()} {day.edit.text()}",
        "answer": str(answers.value()),
        "name": name.text(),
    }


def _print(ward, folder: Path) -> None:
    from bedside.ward.board import board
    from bedside.ward.facts import facts_of
    from bedside.ward.printing import make_paper, paper_choices

    for row in board(ward).rows:
        if row.bed in WALKED:
            choices = paper_choices(ward, facts_of(ward, row.infant_id))
            for choice in [each for each in choices if not each.refused][:PRINTED]:
                name = f"{choice.key.replace(':', '-')}-{row.bed}.pdf"
                make_paper(ward, row.infant_id, choice.key, folder, who="E. Sørensen", name=name)


def _judged(ward) -> Iterator[str]:
    """What the ward judges of each infant: what is due, the start rules, DLT, orders, fever, papers."""
    from bedside.units.refusal import Refused
    from bedside.ward.board import board
    from bedside.ward.board_dlt import judge_board
    from bedside.ward.dlt_page import dlt_page
    from bedside.ward.facts import facts_of
    from bedside.ward.fever_page import fever_page
    from bedside.ward.handover import handover_view
    from bedside.ward.orders import order_board
    from bedside.ward.printing import paper_choices
    from bedside.ward.second_check import check_state
    from bedside.ward.toxicities import toxicities_page
    from bedside.ward.where import where_are_we

    judge_board(ward)
    yield repr(board(ward))
    yield repr(handover_view(ward))
    for row in board(ward).rows:
        for judge in (where_are_we, dlt_page, toxicities_page, fever_page, order_board):
            try:
                yield repr(judge(ward, row.infant_id))
            except Refused as refusal:  # such as no DLT period in this protocol
                yield repr(refusal)
        for order in order_board(ward, row.infant_id).at("released"):
            yield repr(check_state(ward, row.infant_id, *order.key))
        yield repr(paper_choices(ward, facts_of(ward, row.infant_id)))


def _kept(folder: Path) -> str:
    """Every row of the ward's file, sealed into one figure."""
    import sqlite3

    file = folder / "ward.sqlite3"
    seal = hashlib.sha256()
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as read:
        tables = read.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        for (table,) in tables.fetchall():
            for row in read.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - its own tables
                seal.update(repr(row).encode())
    return seal.hexdigest()


if __name__ == "__main__":
    where, spoken = Path(sys.argv[1]), sys.argv[2]
    told = look_at_all(where, spoken, int(sys.argv[3])) if sys.argv[3:] else walk(where, spoken)
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)
