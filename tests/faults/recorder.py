"""Record every call by which a program changes files, with what it confirmed in between (P2).

A child saves by the program's real road under strace; its calls are read back as steps: write so
many bytes there, cut a file, bring it down to the disk, make, rename or remove a name, and the words
that the child said ("saved 7"). Python's sqlite3 and SQLCipher cannot be given a file system of our
own, so the calls themselves are taken. Any call that this reader does not know, on a file of the
ward, stops the test: nothing is passed over in silence.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parents[2]
CALLS = (
    "openat,open,creat,close,dup,dup2,dup3,lseek,write,pwrite64,writev,pwritev,ftruncate,truncate,"
    "fallocate,fsync,fdatasync,sync_file_range,unlink,unlinkat,rename,renameat,renameat2,link,"
    "linkat,symlink,mkdir,mkdirat,rmdir,sendfile,copy_file_range"
)
MISSING = "strace is not installed: power cuts and failing calls were NOT simulated on this machine"
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += +(-?\d+)")
_BEGUN = re.compile(r"^(\d+) +(\w+)\((.*?),? *<unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>(.*)$")


class Step(NamedTuple):
    """One thing that happened, in the order in which it happened.

    Args:
        kind: open, write, truncate, sync, unlink, rename, mkdir, rmdir, close or said.
        path: the file or folder; for "said" the words.
        at: the offset of a write, or the new size of a file.
        content: what was written.
        other: where a renamed file goes.
        file: the number of the open file of a write, truncate, sync, open or close.
    """

    kind: str
    path: str = ""
    at: int = 0
    content: bytes = b""
    other: str = ""
    file: int = -1


def tracer() -> str | None:
    """Where strace is, if it may trace here; else None."""
    found = shutil.which("strace")
    if found is None or not sys.platform.startswith("linux"):
        return None
    tried = subprocess.run([found, "-e", "trace=none", "true"], capture_output=True, check=False)
    return found if tried.returncode == 0 else None


def quiet_environment() -> dict[str, str]:
    """Ours, without what counts lines: that would write, too, and be recorded."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COV")}


def record(module: str, *words: object, folder: Path, trace: Path) -> list[Step]:
    """Run a module of ours in a child of its own and read what it did to the files of a folder.

    Raises:
        RuntimeError: the child failed, or did something that this reader does not know.
    """
    found = tracer()
    if found is None:
        raise RuntimeError(MISSING)
    done = subprocess.run(
        [found, "-f", "--seccomp-bpf", "-o", str(trace), "-e", f"trace={CALLS}", "-xx",
         "-s", "10000000", sys.executable, "-m", module, *map(str, words)],
        cwd=HERE, env=quiet_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(
            f"the recorded child failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return list(_Reader(str(folder)).steps(trace))


def _calls(trace: Path) -> Iterator[tuple[str, list[str], int]]:
    """Each call that succeeded: its name, its arguments, what it returned."""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            text = line.rstrip("\n")
            if (found := _BEGUN.match(text)) is not None:
                begun[found[1]] = f"{found[1]} {found[2]}({found[3]}"
                continue
            if (found := _RESUMED.match(text)) is not None:
                text = begun.pop(found[1]) + found[3]
            found = _LINE.match(text)
            if found is not None and int(found[4]) >= 0:
                yield found[2], [part.strip() for part in found[3].split(", ")], int(found[4])


def _bytes(quoted: str) -> bytes:
    return bytes.fromhex(quoted.strip('"').replace("\\x", ""))


class _Reader:
    """Follows open files and their positions through a record."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._open: dict[int, str] = {}
        self._at: dict[int, int] = {}

    def steps(self, trace: Path) -> Iterator[Step]:
        """Each step on the ward's files, and each word said."""
        for name, words, returned in _calls(trace):
            reader = getattr(self, f"_{name}", None)
            if reader is None:
                self._must_be_elsewhere(name, words)
                continue
            step = reader(words, returned)
            if step is not None and (step.kind == "said" or self._ours(step)):
                yield step

    def _ours(self, step: Step) -> bool:
        return any(path.startswith(self._folder) for path in (step.path, step.other))

    def _must_be_elsewhere(self, name: str, words: list[str]) -> None:
        for word in words:
            path = self._open.get(int(word), "") if word.isdigit() else ""
            if word.startswith('"\\x'):
                path = os.fsdecode(_bytes(word))
            if path.startswith(self._folder):
                raise RuntimeError(f"a call that is not simulated was made on {path}: {name}")

    def _path(self, where: str, quoted: str) -> str:
        path = os.fsdecode(_bytes(quoted))
        if path.startswith("/"):
            return path
        above = str(HERE) if where == "AT_FDCWD" else self._open.get(int(where), "?")
        return f"{above}/{path}"

    def _openat(self, words: list[str], returned: int) -> Step:
        path, flags = self._path(words[0], words[1]), words[2]
        if "O_APPEND" in flags and path.startswith(self._folder):
            raise RuntimeError(f"a file is opened for appending, which is not simulated: {path}")
        self._open[returned], self._at[returned] = path, 0
        made = "create" if "O_CREAT" in flags else "cut" if "O_TRUNC" in flags else ""
        made += "+cut" if "O_CREAT" in flags and "O_TRUNC" in flags else ""
        return Step("open", path, other=made, file=returned)

    def _close(self, words: list[str], _returned: int) -> Step:
        file = int(words[0])
        return Step("close", self._open.pop(file, ""), file=file)

    def _lseek(self, words: list[str], returned: int) -> None:
        self._at[int(words[0])] = returned

    def _write(self, words: list[str], returned: int) -> Step | None:
        file, content = int(words[0]), _bytes(words[1])[:returned]
        if file not in self._open:
            return Step("said", content.decode()) if file == 1 else None
        at = self._at[file]
        self._at[file] = at + returned
        return Step("write", self._open[file], at, content, file=file)

    def _pwrite64(self, words: list[str], returned: int) -> Step | None:
        file = int(words[0])
        content = _bytes(words[1])[:returned]
        return Step("write", self._open.get(file, ""), int(words[3]), content, file=file)

    def _ftruncate(self, words: list[str], _returned: int) -> Step:
        file = int(words[0])
        return Step("truncate", self._open.get(file, ""), int(words[1]), file=file)

    def _fsync(self, words: list[str], _returned: int) -> Step:
        file = int(words[0])
        return Step("sync", self._open.get(file, ""), file=file)

    _fdatasync = _fsync

    def _unlink(self, words: list[str], _returned: int) -> Step:
        return Step("unlink", self._path("AT_FDCWD", words[0]))

    def _unlinkat(self, words: list[str], _returned: int) -> Step:
        return Step("rmdir" if "AT_REMOVEDIR" in words[2] else "unlink", self._path(*words[:2]))

    def _rename(self, words: list[str], _returned: int) -> Step:
        old, new = (self._path("AT_FDCWD", word) for word in words[:2])
        return Step("rename", old, other=new)

    def _mkdir(self, words: list[str], _returned: int) -> Step:
        return Step("mkdir", self._path("AT_FDCWD", words[0]))

    def _rmdir(self, words: list[str], _returned: int) -> Step:
        return Step("rmdir", self._path("AT_FDCWD", words[0]))
