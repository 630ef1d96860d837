"""Is this a place where a ward may be kept: a disk of this computer, writable, with room left?

A network drive is refused because its locks cannot be trusted: two stations could write at once and
spoil the record.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from bedside.store.troubles import Hindered

LEAST_FREE_BYTES = 50 * 1024 * 1024
_NETWORK = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.afpfs",
        "fuse.ceph",
        "fuse.ceph-fuse",
        "fuse.curlftpfs",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.goofys",
        "fuse.gvfsd-fuse",
        "fuse.juicefs",
        "fuse.kio-fuse",
        "fuse.onedriver",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
    }
)
_MOUNTS = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE_DRIVE = 4  # what Windows calls a network drive


def check_local(folder: Path) -> None:
    """Refuse a folder on a network drive.

    Raises:
        Refused: it lies on one. (On macOS a mounted network drive is not told apart.)
    """
    kind = network_kind(folder)
    if kind:
        raise Hindered(
            "network drive",
            f"The folder {folder} lies on a network drive ({kind}).",
            "A ward is kept on a disk of this computer: choose a folder there.",
        )


def check_room(folder: Path, least: int = LEAST_FREE_BYTES) -> None:
    """Refuse a disk that is nearly full.

    Raises:
        Refused: fewer bytes are free than `least`.
    """
    free = shutil.disk_usage(folder).free
    if free < least:
        raise Hindered(
            "disk full",
            f"Only {free // 1_000_000} MB are free on the disk of {folder}; Bedside needs at "
            f"least {least // 1_000_000} MB, so that no save is lost.",
            "Free some space first.",
        )


def is_read_only_medium(folder: Path) -> bool:
    """Whether the whole file system is mounted for reading only, as a disc or a locked stick is."""
    if sys.platform == "win32":
        return False
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def check_writable(folder: Path) -> None:
    """Refuse a folder in which nothing may be written.

    Raises:
        Refused: this user has no right to write there.
    """
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Hindered(
            "no right",
            f"You have no right to write in the folder {folder}.",
            "Choose another folder, or ask for the right to this one.",
        )


def network_kind(folder: Path) -> str:
    """The kind of network file system that a folder lies on; "" for a local one."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    try:
        mounts = os.fsdecode(_MOUNTS.read_bytes())
    except OSError:
        return ""
    kind = kind_of_mount(mounts, folder.resolve())
    return kind if kind in _NETWORK else ""


def kind_of_mount(mounts: str, folder: Path) -> str:
    """The file system of the deepest mount above a folder.

    Args:
        mounts: the text of Linux's mountinfo.
        folder: an absolute path without links.
    """
    best, kind = -1, ""
    for line in mounts.split("\n"):
        before, _, after = line.partition(" - ")
        parts = before.split(" ")
        if len(parts) < 5 or not after:
            continue
        point = _mount_point(parts[4])
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split(" ")[0]
    return kind


def _mount_point(written: str) -> Path:
    r"""A folder as Linux writes it: a space is \040, and so is a tab, a new line and a backslash."""
    return Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), written))


def _windows_kind(folder: Path) -> str:
    drive = folder.absolute().drive
    if drive.startswith("\\\\"):
        return "UNC"
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE:
            return "remote"
    return ""
