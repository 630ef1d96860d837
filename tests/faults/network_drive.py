"""A real mount that the system calls a network drive, with nobody's network behind it (P22).

    unshare -m python -m tests.faults.network_drive fuse.sshfs FOLDER -- bedside doctor --ward FOLDER/ward

Mounts FOLDER through the kernel's FUSE as the kind of file system that is named, runs the words after
it while it is there, and takes it away. The folder is empty, and refuses everything but being looked at. Needs
root, and mounts of one's own (`unshare -m`).
"""

import ctypes
import errno
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

_HEAD = struct.Struct("<IIQQIIII")  # length, what is asked, number, node, user, group, process, 0
_ANSWER = struct.Struct("<IiQ")  # length, minus the error, number
_GETATTR, _FORGET, _STATFS, _INIT, _OPENDIR, _READDIR, _RELEASEDIR = 3, 2, 17, 26, 27, 28, 29
_MANY_FORGET, _DESTROY, _ACCESS, _FLUSH = 42, 38, 34, 25
_WITH_PARENT = 1  # prctl: it ends when the one that started it does
_ROOT = struct.pack("<QII", 1, 0, 0) + struct.pack(
    "<QQQQQQIIIIIIIIII", 1, 0, 0, 0, 0, 0, 0, 0, 0, 0o40700, 2, 0, 0, 0, 4096, 0
)
_SPACE = struct.pack("<QQQQQIIII24x", 1 << 24, 1 << 24, 1 << 24, 1000, 1000, 4096, 255, 4096, 0)
_AGREED = struct.pack("<IIIIHHIIHH32x", 7, 31, 65536, 0, 12, 9, 65536, 1, 16, 0)
_LOOKUP, _MKNOD, _MKDIR, _CREATE = 1, 8, 9, 35
_REFUSED = {_LOOKUP: errno.ENOENT, **dict.fromkeys((_MKNOD, _MKDIR, _CREATE), errno.EACCES)}
_ANSWERS = {
    _INIT: _AGREED,
    _GETATTR: _ROOT,
    _STATFS: _SPACE,
    _OPENDIR: struct.pack("<QII", 1, 0, 0),
    **dict.fromkeys((_READDIR, _RELEASEDIR, _ACCESS, _FLUSH), b""),
}


def mount(kind: str, folder: Path) -> int:
    """Mount a folder as a kind of file system; what is asked of it comes through the descriptor."""
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    system = ctypes.CDLL(None, use_errno=True)
    words = (b"nurse@server:/wards", os.fsencode(folder), kind.encode())
    if system.mount(*words, ctypes.c_ulong(6), options.encode()):  # no set-uid, no devices
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    return device


def serve(device: int) -> None:
    """Answer what the kernel asks, until the mount is taken away."""
    while True:
        try:
            asked = os.read(device, 1 << 17)
        except OSError as error:
            if error.errno == errno.ENODEV:
                return
            raise
        _, what, number, node, *_ = _HEAD.unpack_from(asked)
        if what in (_FORGET, _MANY_FORGET):
            continue
        answer = _ANSWERS.get(what) if node == 1 or what == _INIT else None
        wrong = 0 if answer is not None else _REFUSED.get(what, errno.ENOSYS)
        content = answer or b""
        os.write(device, _ANSWER.pack(_ANSWER.size + len(content), -wrong, number) + content)
        if what == _DESTROY:
            return


def main(kind: str, folder: str, _: str, *words: str) -> int:
    """Mount, run the words, take the mount away."""
    place = Path(folder)
    device = mount(kind, place)
    server = os.fork()
    if server == 0:
        ctypes.CDLL(None).prctl(_WITH_PARENT, signal.SIGKILL)
        try:
            serve(device)
        finally:
            os._exit(0)
    os.close(device)
    try:
        return subprocess.run(words, check=False).returncode
    finally:
        ctypes.CDLL(None).umount2(os.fsencode(place), 2)  # also where something still looks at it
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
