"""The road when a ward cannot be opened, and when a restored one takes its place."""

from datetime import UTC
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from bedside.app import open_on_screen, open_ward, run_desktop
from bedside.desktop import emergency_dialog, opening_page, start
from bedside.desktop.restore_dialog import RestoreDialog
from bedside.rescue import last_good_copy, open_copy
from bedside.store.copy_folders import copies_in
from bedside.store.opening import BACKUPS, FILE
from bedside.store.queries import all_of
from bedside.store.records import Measurement, Print
from bedside.store.restoring import NOT_ORDERED
from bedside.store.troubles import AuditBroken, NotSaved
from bedside.ward.backup import back_up, copies
from bedside.ward.downtime_sheets import draw_downtime
from bedside.ward.printing import make_paper
from bedside.ward.restoring import confirm, preview
from bedside.ward.tertiary_card import draw_tertiary_card
from bedside.ward.ward import Ward
from tests.store.samples import add

WORDS = "EMERGENCY COPY of 20-Nov-2026 10:42, READ-ONLY"


def text_of(pdf: Path) -> list[str]:
    return [page.extract_text().replace("\u2011", "-") for page in PdfReader(pdf).pages]


@pytest.fixture
def damaged(ward: Ward) -> Path:
    """A ward with a good copy, closed and spoilt."""
    back_up(ward, "a")
    ward.store.close()
    content = bytearray((ward.folder / FILE).read_bytes())
    for place in range(4096, len(content), 4096):
        content[place + 100] ^= 255
    (ward.folder / FILE).write_bytes(content)
    return ward.folder


@pytest.fixture
def pages(monkeypatch) -> list[str]:
    """Answers to the pages before the ward list, in turn; the titles that were shown."""
    answers: list[str] = []

    def ask(_look: object, page: object) -> str:
        assert page.copy is (page.title == "The ward's file is damaged")
        return answers.pop(0)

    monkeypatch.setattr(opening_page, "ask", ask)
    return answers


def choose(monkeypatch, choice: str) -> None:
    monkeypatch.setattr(emergency_dialog, "offer_copy", lambda *_: choice)


def test_a_damaged_ward_is_opened_from_its_copy_to_read(
    damaged, qapp, pages, monkeypatch, clock
) -> None:
    """H44: the road leads to the last good copy, marked, and changes nothing."""
    before = (damaged / FILE).read_bytes()
    choose(monkeypatch, "read")
    pages.append("copy")
    ward = open_on_screen(damaged, clock)
    assert ward is not None and pages == []
    assert ward.emergency.startswith("EMERGENCY COPY of 20-Nov-2026")
    assert ward.emergency.endswith("READ-ONLY")
    assert ward.store.read_only
    ward.store.close()
    assert (damaged / FILE).read_bytes() == before


def test_the_copy_tells_its_time_by_the_wards_clock(damaged, qapp, pages, monkeypatch, clock):
    """A workstation set to another zone: its strip and papers must not name another hour than the ward's clock."""
    choose(monkeypatch, "read")
    pages.append("copy")
    ward = open_on_screen(damaged, lambda: clock().astimezone(UTC))
    assert ward is not None and ward.site.time_zone == "Europe/Berlin"
    assert ward.emergency == WORDS
    ward.store.close()


def test_nothing_chosen_leads_back_to_the_page(damaged, qapp, pages, monkeypatch, clock) -> None:
    choose(monkeypatch, "")
    pages += ["copy", "close"]
    assert open_on_screen(damaged, clock) is None
    assert pages == []


def test_a_copy_that_cannot_be_opened_has_its_page(
    damaged, qapp, pages, monkeypatch, clock
) -> None:
    def spoil(*_: object) -> str:
        (note,) = damaged.glob(f"{BACKUPS}/*/copy.json")
        note.unlink()
        return "read"

    monkeypatch.setattr(emergency_dialog, "offer_copy", spoil)
    pages += ["copy", "close"]
    assert open_on_screen(damaged, clock) is None
    assert pages == []


def test_two_people_restore_a_damaged_ward(damaged, monkeypatch, qtbot, answer, clock) -> None:
    """H44: from the refusal to the ward in a few clicks; the damaged one is kept."""

    def sign(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        assert "cannot be told" in dialog.lost.text()
        QTest.keyClicks(dialog.who, "E. Berg, RN")
        QTest.keyClicks(dialog.second, "M. Keller, physician")
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)

    choose(monkeypatch, "restore")
    asked = answer(sign)
    opened = last_good_copy(AuditBroken("x"), damaged, clock, None)
    assert asked.asked == 1
    assert opened is not None and opened.emergency == "" and not opened.read_only
    assert opened.site.ward_name == "Ward 4 North"
    opened.store.close()
    assert list(damaged.glob(f"replaced-*/{FILE}"))


def test_a_restore_that_nobody_confirms_changes_nothing(
    damaged, qtbot, answer, clock, monkeypatch
) -> None:
    before = (damaged / FILE).read_bytes()
    choose(monkeypatch, "restore")
    answer(lambda dialog: dialog.reject())
    assert last_good_copy(AuditBroken("x"), damaged, clock, None) is None
    assert (damaged / FILE).read_bytes() == before


def test_papers_of_a_copy_are_marked_and_not_recorded(
    ward: Ward, tmp_path: Path, infant_of
) -> None:
    """H30, H44: every page says which copy it is from; no number of the ward's own is used."""
    done = back_up(ward, "a")
    bed = infant_of("2")
    copy = open_copy(ward.folder / BACKUPS / done.name, ward.clock)
    with copy.store.reading() as connection:
        prints = len(all_of(connection, Print, include_void=True))
    for key in ("dosing-sheet:epi-2", "roadmap:epi-2"):
        paper = make_paper(copy, bed, key, tmp_path, who="E. Berg, RN")
        assert paper.sheet_number == "COPY-1120-1042"
        for text in text_of(Path(paper.path)):
            assert WORDS in text and "EMERGENCY" in text
    (tmp_path / "down.pdf").write_bytes(draw_downtime(copy, who="E. Berg, RN"))
    (tmp_path / "card.pdf").write_bytes(draw_tertiary_card(copy, bed, who="E. Berg, RN"))
    for name in ("down.pdf", "card.pdf"):
        assert all(WORDS in text for text in text_of(tmp_path / name))
    with copy.store.reading() as connection:
        assert len(all_of(connection, Print, include_void=True)) == prints
    copy.store.close()


def test_a_window_that_closes_leaves_a_copy_and_opens_a_restored_ward(
    ward: Ward, monkeypatch, capsys
) -> None:
    """A copy before a restore, the swap, and a window on the restored ward."""
    done = back_up(ward, "first")
    seen = preview(ward, ward.folder / BACKUPS / done.name)
    confirm(seen, ward, ward.now(), who="E. Berg, RN", second="M. Keller, physician")
    from msgspec.structs import replace

    from bedside.ward.site import save_site, site_form

    save_site(ward, replace(site_form(ward), ward_name="Ward 9"), who="E. Berg, RN")
    wards: list[str] = []

    def run(opened: Ward, *_: object, **__: object) -> int:
        wards.append(opened.site.ward_name)
        opened.restore_ready = seen.prepared if len(wards) == 1 else None
        return 0

    monkeypatch.setattr(start, "run", run)
    assert run_desktop(ward, who="E. Berg, RN") == 0
    assert wards == ["Ward 9", "Ward 4 North"]
    reopened = open_ward(ward.folder, ward.clock, create=False)
    assert {line.why for line in copies(reopened)} == {
        "first",
        "before a restore",
        "after a restore",
    }
    reopened.store.close()
    assert capsys.readouterr().err == ""


def test_a_restore_that_the_disk_does_not_take_is_said_and_tried_again(
    ward: Ward, monkeypatch, capsys
) -> None:
    """P3: a page says so; tried again; then the ward opens as it was, or nothing does."""
    from bedside import rescue

    done = back_up(ward, "first")
    seen = preview(ward, ward.folder / BACKUPS / done.name)
    confirm(seen, ward, ward.now(), who="E. Berg, RN", second="M. Keller, physician")
    add(ward.store, Measurement, infant_id=1, measured_at=ward.now(), weight_g=7123)
    ward.store.close()
    shown, answers, tries = [], ["again", "go on", "close"], []

    def refused(*_: object) -> None:
        tries.append(1)
        raise NotSaved(NOT_ORDERED)

    def ask(_look: object, page: object) -> str:
        shown.append((page.title, page.happened, page.again, page.go_on))
        return answers.pop(0)

    monkeypatch.setattr(opening_page, "ask", ask)
    with monkeypatch.context() as patched:
        patched.setattr(rescue, "put_in_place", refused)
        opened = rescue.take_restored(ward, seen.prepared)
        assert opened is not None and len(tries) == 2
        with opened.store.reading() as connection:
            assert 7123 in {row.weight_g for row in all_of(connection, Measurement)}
        opened.store.close()
        assert rescue.take_restored(ward, seen.prepared) is None
    page = ("The restore was not done", NOT_ORDERED, True, "&Open the ward as it was")
    assert shown == [page] * 3
    monkeypatch.setattr(rescue, "back_up_newer", refused)
    restored = rescue.take_restored(ward, seen.prepared)
    assert restored is not None and "no copy was made" in capsys.readouterr().err
    restored.store.close()


def test_a_copy_that_fails_at_the_end_is_said(ward: Ward, monkeypatch, capsys) -> None:
    from bedside.store.troubles import NotSaved
    from bedside.ward import backup as backing_up

    def full(*_: object, **__: object) -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(backing_up, "make_copy", full)
    monkeypatch.setattr(start, "run", lambda *_, **__: 0)
    assert run_desktop(ward) == 0
    assert "no copy was made" in capsys.readouterr().err


def test_a_large_ward_s_copy_of_what_changed_can_be_read(ward: Ward, monkeypatch) -> None:
    """P7, H44: it is put together beside the ward's folder, and shown and marked like any copy."""
    monkeypatch.setattr("bedside.store.copies.LARGE_BYTES", 0)
    monkeypatch.setattr("bedside.store.parts.PART_BYTES", 4096)
    back_up(ward, "whole")
    add(ward.store, Measurement)
    back_up(ward, "changed")
    ward.store.close()
    newest = copies_in(ward.folder / BACKUPS)[0]
    assert newest.note is not None
    assert newest.note.base is not None
    before = {path: path.read_bytes() for path in newest.folder.iterdir()}
    shown = open_copy(newest.folder, ward.clock)
    assert shown.emergency.startswith("EMERGENCY COPY of")
    assert shown.store.read_only
    assert shown.store.audit_head() == newest.note.head
    shown.store.verify_audit(newest.note.head)
    shown.store.close()
    assert {path: path.read_bytes() for path in newest.folder.iterdir()} == before
