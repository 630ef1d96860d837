"""A disk that was not told to keep what it was given: what may be on it after a power cut (P2).

It follows a record of calls (`tests.faults.recorder`). What was brought down by fsync is there; of
the rest any part may be: each write dropped, kept, kept up to some point, in another order, torn
between two sectors of 512 bytes, a sector spoilt, the size grown without the content. A name that was
made, changed or removed is sure only when its folder was brought down, too; until then each may be
lost, a rename always as a whole.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.faults.recorder import Step

SECTOR = 512
WAYS = ("none", "all", "prefix", "subset", "torn", "spoilt", "grown", "shuffled")
NAME_WAYS = ("none", "all", "prefix", "subset")


class File:
    """A file: what is surely on the disk, and what was written since."""

    def __init__(self, content: bytes = b"") -> None:
        self.sure = bytearray(content)
        self._still: bytes | None = None  # the same, while nothing was written since
        self.pending: list[tuple[int, bytes | None]] = []  # offset and bytes; size and None

    def sync(self) -> None:
        """Everything is on the disk."""
        for change in self.pending:
            _apply(self.sure, change)
        self.pending.clear()
        self._still = None

    def after_cut(self, way: str, rng: random.Random) -> bytes:
        """What is on the disk after a power cut; one and the same object as long as nothing is written."""
        if not self.pending:
            if self._still is None:
                self._still = bytes(self.sure)
            return self._still
        content = bytearray(self.sure)
        for change in _survivors(self.pending, way, rng):
            _apply(content, change)
        return bytes(content)


class Folder:
    """A folder: the names that are surely on the disk."""

    def __init__(self) -> None:
        self.sure: dict[str, File | Folder] = {}
        self.now: dict[str, File | Folder] = {}


class Naming:
    """A name made, moved or taken away: old place and new place, either of which may be absent."""

    def __init__(
        self, node: File | Folder, old: tuple[Folder, str] | None, new: tuple[Folder, str] | None
    ) -> None:
        self.node, self.old, self.new = node, old, new
        self.places = [place for place in (old, new) if place is not None]

    def apply(self, names: dict[int, dict[str, File | Folder]]) -> None:
        """Do it to a set of folders, by their identity."""
        if self.old is not None:
            folder, name = self.old
            if names[id(folder)].get(name) is self.node:
                del names[id(folder)][name]
        if self.new is not None:
            folder, name = self.new
            names[id(folder)][name] = self.node


class Disk:
    """The disk under one folder, as the record goes on.

    Args:
        folder: the folder whose files are followed, as it is before the first step.
    """

    def __init__(self, folder: Path) -> None:
        self.top = Folder()
        self._root = str(folder)
        self._open: dict[int, File | Folder] = {}
        self._folders: dict[int, Folder] = {id(self.top): self.top}
        self._nodes: list[File | Folder] = []  # keeps every identity alive
        self._pending: list[Naming] = []
        for path in sorted(folder.rglob("*")):
            above, name = self._place(str(path))
            node = self._keep(Folder() if path.is_dir() else File(path.read_bytes()))
            above.sure[name] = above.now[name] = node

    def take(self, step: Step) -> None:
        """Follow one step."""
        if step.kind != "said":
            getattr(self, f"_on_{step.kind}")(step)

    def image(self, rng: random.Random) -> tuple[dict[str, bytes | None], set[str]]:
        """One disk that may be there after a cut: path and content (None for a folder), and what was lost of it."""
        way = rng.choice(NAME_WAYS)
        names = self._names(_survivors(self._pending, way, rng))
        one_way = rng.choice(WAYS) if rng.random() < 0.5 else None
        kind = {f"names {way if self._pending else 'sure'}"}
        found: dict[str, bytes | None] = {}
        for path, node in _walk(self.top, names, ""):
            if isinstance(node, Folder):
                found[path] = None
                continue
            chosen = one_way or rng.choice(WAYS)
            found[path] = node.after_cut(chosen, rng)
            if node.pending:
                kind.add(f"{path.rsplit('/', 1)[-1]} {chosen}")
        return found, kind

    def whole(self) -> dict[str, bytes | None]:
        """Everything kept: what the folder must look like when the record has ended."""
        rng = random.Random(0)
        names = {key: folder.now for key, folder in self._folders.items()}
        return {
            path: None if isinstance(node, Folder) else node.after_cut("all", rng)
            for path, node in _walk(self.top, names, "")
        }

    def _names(self, kept: list[Naming]) -> dict[int, dict[str, File | Folder]]:
        names = {key: dict(folder.sure) for key, folder in self._folders.items()}
        for naming in _closed(self._pending, lambda each: each in kept):
            naming.apply(names)
        return names

    def _keep(self, node: File | Folder) -> File | Folder:
        self._nodes.append(node)
        if isinstance(node, Folder):
            self._folders[id(node)] = node
        return node

    def _place(self, path: str) -> tuple[Folder, str]:
        folder = self.top
        *above, name = path[len(self._root) + 1 :].split("/")
        for part in above:
            folder = folder.now[part]
        return folder, name

    def _at(self, path: str) -> File | Folder:
        if path == self._root:
            return self.top
        folder, name = self._place(path)
        return folder.now[name]

    def _name(self, naming: Naming) -> None:
        self._pending.append(naming)
        if naming.old is not None:
            naming.old[0].now.pop(naming.old[1], None)
        if naming.new is not None:
            naming.new[0].now[naming.new[1]] = naming.node

    def _open_new(self, path: str) -> File:
        folder, name = self._place(path)
        if name not in folder.now:
            self._name(Naming(self._keep(File()), None, (folder, name)))
        return folder.now[name]

    def _on_open(self, step: Step) -> None:
        node = self._open_new(step.path) if "create" in step.other else self._at(step.path)
        if "cut" in step.other and isinstance(node, File):
            node.pending.append((0, None))
        self._open[step.file] = node

    def _on_close(self, step: Step) -> None:
        self._open.pop(step.file, None)

    def _on_write(self, step: Step) -> None:
        self._open[step.file].pending.append((step.at, step.content))

    def _on_truncate(self, step: Step) -> None:
        self._open[step.file].pending.append((step.at, None))

    def _on_sync(self, step: Step) -> None:
        node = self._open[step.file]
        if isinstance(node, File):
            node.sync()
            return
        done = _closed(self._pending, lambda each: any(at[0] is node for at in each.places))
        names = {key: folder.sure for key, folder in self._folders.items()}
        for naming in done:
            naming.apply(names)
        self._pending = [naming for naming in self._pending if naming not in done]

    def _on_unlink(self, step: Step) -> None:
        folder, name = self._place(step.path)
        self._name(Naming(folder.now[name], (folder, name), None))

    _on_rmdir = _on_unlink

    def _on_rename(self, step: Step) -> None:
        old, new = self._place(step.path), self._place(step.other)
        self._name(Naming(old[0].now[old[1]], old, new))

    def _on_mkdir(self, step: Step) -> None:
        self._name(Naming(self._keep(Folder()), None, self._place(step.path)))


def _walk(
    folder: Folder, names: dict[int, dict[str, File | Folder]], above: str
) -> Iterator[tuple[str, File | Folder]]:
    for name, node in names[id(folder)].items():
        path = f"{above}{name}"
        yield path, node
        if isinstance(node, Folder):
            yield from _walk(node, names, f"{path}/")


def _apply(content: bytearray, change: tuple[int, bytes | None]) -> None:
    at, written = change
    if written is None:
        del content[at:]
        content.extend(bytes(at - len(content)))
        return
    if at > len(content):
        content.extend(bytes(at - len(content)))
    content[at : at + len(written)] = written


def _closed(pending: list[Naming], chosen: Callable[[Naming], bool]) -> list[Naming]:
    """The chosen changes of names, and the earlier ones of the same names that they need."""
    touched: set[tuple[int, str]] = set()
    kept = []
    for naming in reversed(pending):
        keys = {(id(folder), name) for folder, name in naming.places}
        if chosen(naming) or keys & touched:
            kept.append(naming)
            touched |= keys
    return kept[::-1]


def _survivors(pending: list[Any], way: str, rng: random.Random) -> list[Any]:
    if way == "none":
        return []
    if way == "prefix":
        return pending[: rng.randint(0, len(pending))]
    if way == "subset":
        return [change for change in pending if rng.random() < 0.5]
    if way == "shuffled":
        return rng.sample(pending, len(pending))
    if way in ("torn", "spoilt", "grown"):
        return [part for change in pending for part in _torn(change, way, rng)]
    return pending


def _torn(
    change: tuple[int, bytes | None], way: str, rng: random.Random
) -> Iterator[tuple[int, bytes | None]]:
    """The sectors of one write that reached the disk; or only its size; or a spoilt sector."""
    at, written = change
    if written is None or rng.random() < 0.5:
        yield change
        return
    end = at + len(written)
    if way == "grown":
        yield end - 1, b"\0"
        return
    begin = at
    while begin < end:
        after = min(end, (begin // SECTOR + 1) * SECTOR)
        if rng.random() < 0.5:
            yield begin, written[begin - at : after - at]
        elif way == "spoilt":
            yield begin, rng.randbytes(after - begin)
        begin = after
