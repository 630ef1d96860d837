"""A whole session on an encrypted ward, then a search of the disk for what must not be there (H43).

    python -m tests.faults.canary HOME            an encrypted ward
    python -m tests.faults.canary HOME --plain    the control: the search must find the name

Through the real front door: the passphrase page (once wrong, once right), the window, an infant with
a name like no other, counts, a paper for the printer, a draft that is typed and not recorded, a fault
with the name in its text, a change of the passphrase. HOME holds everything: the ward, the temporary
folder, crash notes. The search is made while the ward is open, and again after it was closed; the
text of every PDF is read, too. Whatever was written to the temporary folder is told even if it is
gone again: a program that is ended just then would have left it.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

CANARY = "CANARYBIRD"
WORDS = "heron lantern gravel sixteen plum"
AFTERWARDS = "anvil pepper comet drawer violin"
WRONG = "quartz saddle mitten harbour fig"


def secrets_of(keys: object) -> dict[str, bytes]:
    """What may stand nowhere on the disk, each in every form it could take."""
    found = {"name": CANARY.encode(), "name in UTF-16": CANARY.encode("utf-16-le")}
    for name, words in (("passphrase", WORDS), ("new", AFTERWARDS), ("wrong", WRONG)):
        found[name] = words.encode()
        found[f"{name} in UTF-16"] = words.encode("utf-16-le")
    for name in ("database", "seal"):
        key = getattr(keys, name, None)
        if key is not None:
            found |= {name: key, f"{name} in letters": key.hex().encode()}
            found[f"{name} in capitals"] = key.hex().upper().encode()
    return found


def search(home: Path, secrets: dict[str, bytes]) -> list[str]:
    """Every file below HOME that holds one of them."""
    hits = []
    for file in home.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            if content.startswith(b"%PDF"):
                content += _text_of(content)
            hits += [
                f"{file.name}: {name}" for name, secret in secrets.items() if secret in content
            ]
    return hits


def _text_of(pdf: bytes) -> bytes:
    """What a PDF says: its pages are compressed, and a search of its bytes would be blind."""
    from pypdf import PdfReader

    read = PdfReader(BytesIO(pdf))
    words = [page.extract_text() for page in read.pages]
    return "\n".join([*words, *map(str, (read.metadata or {}).values())]).encode()


def watch_temporary(folder: str) -> list[str]:
    """From now on, every file that is opened to be written below a folder."""
    seen: list[str] = []

    def note(event: str, args: tuple[object, ...]) -> None:
        if event != "open" or not isinstance(args[0], str | bytes):
            return
        path, flags = os.fsdecode(args[0]), args[2]
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        if path.startswith(folder) and writes:
            seen.append(path)

    sys.addaudithook(note)
    return seen


class Session:
    """Does in turn what a nurse does, as soon as each window is there."""

    def __init__(self, home: Path, secrets: dict[str, bytes]) -> None:
        self.home, self.secrets = home, secrets
        self.done: list[str] = []
        self.hits_open: list[str] = []
        self.modes: dict[str, str] = {}
        self.titles: list[str] = []
        self.temporary = watch_temporary(tempfile.gettempdir())

    def unlock(self, look: object, lock: object, folder: str) -> bool:
        """Type a wrong passphrase and the right one into the real page."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        from bedside.desktop.unlock_page import UnlockDialog
        from bedside.store.tries import forget

        page = UnlockDialog(look, lock, folder)
        page.show()
        for words in (WRONG, WORDS):
            page.edit.setFocus()
            page.edit.clear()
            QTest.keyClicks(page.edit, words)
            QTest.keyClick(page.edit, Qt.Key.Key_Return)
            if words == WRONG:
                self.done.append(page.note.text())
                forget(Path(folder))  # the wait has tests of its own
                page._show_wait()
        return page.isHidden()

    def work(self) -> None:
        """Do all of it; whatever goes wrong ends the session, so that nobody waits for it."""
        from PySide6.QtWidgets import QApplication

        try:
            self._work()
        except Exception as error:  # noqa: BLE001 (the test says what it was)
            self.done.append(f"FAILED: {error!r}")
            QApplication.exit(1)

    def _work(self) -> None:
        """Record, print, fail, change the passphrase, look at the disk, close."""
        from PySide6.QtWidgets import QApplication

        from bedside.desktop.save import report_fault
        from bedside.desktop.window import BedsideWindow
        from bedside.store.key_doors import change_passphrase
        from bedside.store.keys import has_keys
        from bedside.store.passphrase import FLOOR
        from tests.ward.wards import Bench

        (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, BedsideWindow)]
        bench = Bench.__new__(Bench)
        bench.ward, bench.clock = window.ward, window.ward.clock
        true = bench.enrol
        bench.enrol = lambda: true(family=CANARY)
        bench.ready_for_epi_1()
        window.refresh_board(keep_order=False)
        window.open_infant(bench.infant)
        window.show_page(6)
        window.pages.page._paper = "roadmap:consolidation"
        paper, pdf = window.pages.page._make_spool()
        self.done.append(f"{paper.title}: {len(pdf) > 5000}")
        self.type_a_draft(window)
        self.titles = [each.title() for each in QApplication.topLevelWindows()]
        report_fault(window.session, None, RuntimeError(f"{CANARY} {WORDS}"))
        if has_keys(bench.ward.store.folder):
            change_passphrase(
                bench.ward.store.folder, WORDS, AFTERWARDS, bench.clock(), slowness=FLOOR
            )
        self.hits_open = search(self.home, self.secrets)
        for file in (*bench.ward.store.folder.iterdir(), *self.home.rglob("crashes/*.txt")):
            self.modes[file.name] = oct(file.stat().st_mode & 0o777)
        QApplication.exit(0)

    def type_a_draft(self, window: object) -> None:
        """A comment with the name in it, typed and never recorded."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication, QLineEdit

        from bedside.ward.kept_drafts import drafts_left

        window.show_page(2)  # Counts: the laboratory is a field of words
        QApplication.processEvents()
        typed = []
        for field in window.pages.page.findChildren(QLineEdit):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly():
                QTest.keyClicks(field, CANARY)
                typed.append(field.text())
        window.drafts.show(window.frame, (f"{CANARY}, a draft",))
        if window.session.kept is None:
            window.drafts.begin_keeping(window)
        window.drafts.keep()
        kept = [field.typed for each in drafts_left(window.ward) for field in each.fields]
        self.done.append(f"draft typed: {CANARY in typed}, kept: {CANARY in kept}")


def run(home: Path, *, plain: bool) -> dict[str, object]:
    """Run the session; return what was found."""
    from PySide6.QtCore import QTimer

    import bedside.app
    import bedside.cli
    from bedside.desktop import unlock_page
    from bedside.store.key_doors import make_keys
    from bedside.store.passphrase import FLOOR
    from tests.ward.wards import BERLIN, MovableClock

    folder = home / "ward"
    stated = "T. Okafor, IT" if plain else ""
    keys = make_keys(folder, WORDS, stated=stated, slowness=FLOOR).keys
    clock = MovableClock(datetime(2026, 9, 1, 9, 0, tzinfo=BERLIN))
    session = Session(home, secrets_of(keys))
    bedside.app.system_clock = lambda: clock
    bedside.cli.has_display = lambda: True
    unlock_page.ask_passphrase = session.unlock
    start: Callable[..., int] = bedside.app.run_desktop

    def start_and_work(ward: object, **options: object) -> int:
        QTimer.singleShot(300, session.work)
        return start(ward, **options)

    bedside.app.run_desktop = start_and_work
    code = bedside.cli.main(["--ward", str(folder), "--by", "Test Nurse, RN"])
    return {
        "code": code, "done": session.done, "hits_open": session.hits_open,
        "hits_closed": search(home, session.secrets), "modes": session.modes,
        "titles": session.titles, "temporary": session.temporary,
        "notes": len(list(home.rglob("crashes/*.txt"))),
    }  # fmt: skip


def main() -> int:
    """Run from the command line; HOME and TMPDIR are set by whoever starts it."""
    home = Path(sys.argv[1])
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print(json.dumps(run(home, plain="--plain" in sys.argv)), flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
