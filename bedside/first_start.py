"""The first start of Bedside on a workstation: an encrypted ward with its first two people."""

import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bedside.app import PROGRAM, open_ward, show_page
from bedside.desktop.founding_dialog import FoundingDialog
from bedside.desktop.start import dress, make_application
from bedside.store.disk import check_local, check_room, check_writable
from bedside.store.folders import nearest_folder
from bedside.store.key_doors import make_keys
from bedside.store.key_marks import begin, end
from bedside.store.keys import Keys
from bedside.units.refusal import Refused
from bedside.ward.founding import NewWard, found_ward
from bedside.ward.opening_pages import page_of
from bedside.ward.ward import Ward


def first_start(folder: Path, clock: Callable[[], datetime]) -> Keys | None:
    """Make an encrypted ward where there is none, with its first two people.

    It is made beside the folder and moved there when it is complete: a half-made one is never left.

    Where the ward of this computer is lost, its newest copy is put there from a second medium instead.

    Returns:
        The new ward's keys; None where the person left, and where a copy was put there.

    Raises:
        Refused: the place is not fit for a ward.
    """
    keys: Keys | None = None
    part = folder.with_name(f".{folder.name}.part")

    def make(form: NewWard) -> tuple[str, bytes]:
        shutil.rmtree(part, ignore_errors=True)
        kept: list[Ward] = []

        def empty(passphrase: str) -> tuple[Ward, str]:
            nonlocal keys
            new = make_keys(part, passphrase)
            keys = new.keys
            kept.append(open_ward(part, clock, create=True, keys=new.keys))
            return kept[0], new.recovery_code

        try:
            _, code = found_ward(form, empty, encrypted=True)
        except BaseException:
            _close_all(kept)
            shutil.rmtree(part, ignore_errors=True)
            raise
        _close_all(kept)
        _put_in_place(part, folder)
        return code, _recovery_sheet(form, code, clock())

    application, look = make_application(sys.argv[:1])
    dress(application, look)

    def restore(chosen: Path) -> bool:
        from bedside.rescue import restore_from

        return restore_from(folder, chosen, clock)

    dialog = FoundingDialog(look, make, encrypted=True, restore=restore)
    done = dialog.exec()
    dialog.deleteLater()
    if done:
        end(folder, "recovery sheet")
    return keys if done else None


def place_is_fit(folder: Path, clock: Callable[[], datetime]) -> bool:
    """Whether a ward may be made in a folder, asked before anybody fills in the page of the first start.

    What stands in the way (a network drive, a full disk, no right) has its page, with "Try again".

    Returns:
        False where the person left that page.
    """
    while True:
        try:
            nearest = nearest_folder(folder)
            check_local(nearest)
            check_writable(nearest)
            check_room(nearest)
        except Refused as refusal:
            if show_page(page_of(refusal, folder, clock())) != "again":
                return False
        else:
            return True


def _put_in_place(part: Path, folder: Path) -> None:
    """The complete ward takes its place; its recovery sheet is told of until it was read back."""
    begin(part, "recovery sheet")
    if folder.exists():
        folder.rmdir()
    part.rename(folder)


def _close_all(wards: list[Ward]) -> None:
    for ward in wards:
        ward.store.close()


def _recovery_sheet(form: NewWard, code: str, at: datetime) -> bytes:
    from bedside.documents.recovery_sheet import draw_recovery_sheet
    from bedside.papers.recovery_sheet import RecoverySheet

    people = (form.first.name.strip(), form.second.name.strip())
    site = ", ".join(name for name in (form.site_name, form.ward_name) if name)
    return draw_recovery_sheet(RecoverySheet(site, code, people, at, PROGRAM))
