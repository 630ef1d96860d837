"""P22: a real mount of a kind that the system calls a network drive is refused, by each road to a ward."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOOKS = """
import json, os, sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from bedside import cli
from bedside.desktop.opening_page import OpeningDialog
from bedside.desktop.start import make_application
from bedside.doctor.ward_store import ward_place
from bedside.store.disk import network_kind

place, pages = Path(sys.argv[1]), []
ward = place / "ward"
said = StringIO()
with redirect_stderr(said):
    os.environ.pop("DISPLAY", None)
    code = cli.main(["--ward", str(ward)])
os.environ["DISPLAY"] = "a window"
application, _ = make_application(["bedside"])
def press():
    page = QApplication.activeModalWidget()
    if not isinstance(page, OpeningDialog):
        return page.reject()  # it went on to make a ward there
    pages.append([page.accessibleName(), page.accessibleDescription()])
    QTest.keyClick(page.again_button if len(pages) == 1 else page.close_button, " ")
    if len(pages) < 2:
        QTimer.singleShot(0, press)
QTimer.singleShot(0, press)
left = cli.main(["--ward", str(ward)])
print(json.dumps({"kind": network_kind(place), "code": code, "said": said.getvalue(), "left": left,
    "pages": pages, "doctor": ward_place(ward).sentence, "in_it": os.listdir(place)}))
"""
KIND = "from pathlib import Path; import sys; from bedside.store.disk import network_kind; print(network_kind(Path(sys.argv[1])))"


def drive(kind: str, place: Path, script: str) -> str:
    """What a script says while a folder is a real mount of a kind; skip where nobody may mount."""
    unshare = shutil.which("unshare")
    if unshare is None or os.geteuid() != 0 or not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("a mount of one's own needs root, unshare and the system's FUSE")
    place.mkdir()
    words = [
        unshare,
        "-m",
        sys.executable,
        "-m",
        "tests.faults.network_drive",
        kind,
        str(place),
        "--",
    ]
    ran = subprocess.run(
        [*words, sys.executable, "-c", script, str(place)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if "PermissionError" in ran.stderr:
        pytest.skip("this machine does not let root mount")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="its mounts are Linux's")
def test_a_ward_on_a_network_drive_is_refused_by_the_command_and_in_the_window(tmp_path):
    """The name has a letter beyond ASCII, a space and a backslash, as the system writes them."""
    place = tmp_path / "Übergabe \\ 1"
    found = json.loads(drive("fuse.sshfs", place, LOOKS))
    assert (found["kind"], found["code"], found["left"]) == ("fuse.sshfs", 2, 2)
    refused = f"The folder {place} lies on a network drive (fuse.sshfs)."
    assert found["said"] == (
        f"bedside: {refused} A ward is kept on a disk of this computer: choose a folder there.\n"
    )
    first, again = found["pages"]
    assert first == again, "tried again, it is refused again"
    assert first[0] == "The ward's folder is on a network drive"
    assert refused in first[1]
    assert "Start Bedside with a folder on a disk of this computer" in first[1]
    assert "lies on a network drive (fuse.sshfs), whose locks cannot be trusted" in found["doctor"]
    assert found["in_it"] == [], "nothing was begun there"


@pytest.mark.skipif(sys.platform != "linux", reason="its mounts are Linux's")
def test_a_disk_of_this_computer_of_such_a_kind_is_not(tmp_path):
    """Control: the same mount under another kind's name, as a stick with a foreign format has."""
    assert drive("fuse.exfat", tmp_path / "stick", KIND) == "\n"
