"""Cut the power at many moments of what the program does; nothing confirmed may be lost (P2).

    python -m tests.faults.power --cuts 100000
    python -m tests.faults.power --cuts 1500 --scene saves --kind plain --control NORMAL

An act of the program is recorded once, call by call, with the moments at which it confirmed something
to its user. Then the power is cut at so many moments of the record; each time one of the disks that
may be found afterwards is laid out in a folder (`tests.faults.disk`), opened, and compared with what had been confirmed by then. A disk that was looked at already counts
as a cut but is not opened twice: the outcome says how many were opened. Of the scene of saves each
kind of disk, and a share of the rest, is opened by the program's whole road (`--wholly`); of the others,
opened by the program's own connection, every row is held against the one that was written. All disks of
the other scenes are opened by the whole road.

The controls show that these cuts would find a fault: `NORMAL` and `OFF` open the ward with a weaker
`synchronous`; `files` and `folders` take the fsync of files, or of folders, out of the record.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.faults.disk import Disk
from tests.faults.power_found import Written, written_in
from tests.faults.power_scenes import SCENES, Found
from tests.faults.recorder import Step, record
from tests.faults.scene import KEYS, said

WRONG = ("lost", "half", "shut_out")  # disks on which this was found
CONTROLS = ("NORMAL", "OFF", "files", "folders")
SHARE = {
    "saves": 100, "founded": 2, "rekeyed": 3, "passphrase": 5, "restored": 5, "migrated": 3,
    "encrypting": 5,
}  # fmt: skip
_MEMORY = Path("/dev/shm")  # noqa: S108 (a disk in memory: the images are thrown away at once)


def images_above() -> str | None:
    """Where images are laid out: in memory where there is such a place."""
    return str(_MEMORY) if _MEMORY.is_dir() else None


def recorded(above: Path, scene: str, kind: str, control: str) -> tuple[list[Step], Disk, Disk]:
    """Record a scene; return its steps and two disks as they were before, one to follow them."""
    folder = above / "ward"
    keys = KEYS if kind == "encrypted" else None
    SCENES[scene].base(folder, keys)
    disk, proof = Disk(folder), Disk(folder)
    weaker = [control] if control in ("NORMAL", "OFF") else []
    steps = record(
        "tests.faults.power_scenes", scene, folder, kind, *weaker,
        folder=folder, trace=above / "trace",
    )  # fmt: skip
    for step in steps:
        proof.take(step)
    check_record(proof, folder)
    return [step for step in steps if not _left_out(step, control)], disk, proof


def check_record(proof: Disk, folder: Path) -> None:
    """With everything kept the followed disk must be the real one, byte for byte.

    Raises:
        RuntimeError: the record is not whole; what it says of power cuts would be worth nothing.
    """
    real = {
        str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }
    followed = proof.whole()
    if real != followed:
        wrong = sorted(
            name for name in real.keys() | followed.keys() if real.get(name) != followed.get(name)
        )
        raise RuntimeError(f"the record differs from what is on the disk in {wrong}")


def _left_out(step: Step, control: str) -> bool:
    if step.kind != "sync":
        return False
    is_file = Path(step.path).suffix or Path(step.path).name.startswith("ward.")
    return control == ("files" if is_file else "folders")


def lay_out(image: dict[str, bytes | None], folder: Path) -> None:
    """Write an image into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path, content in image.items():
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)


def moments(steps: list[Step], cuts: int, rng: random.Random) -> Counter[int]:
    """After which steps the power is cut, and how often; once everywhere where there are enough."""
    places = [number for number, step in enumerate(steps) if step.kind not in ("close", "said")]
    wanted = Counter(places * (cuts // len(places)))
    return wanted + Counter(rng.sample(places, cuts % len(places)))


def mark_of(image: dict[str, bytes | None], words: Iterable[str]) -> int:
    """What tells one image, with what had been confirmed before it, from another (64 bits)."""
    return hash((tuple(words), tuple(sorted(image.items()))))  # bytes keep theirs once it is known


def cut(
    scene: str, kind: str, cuts: int, seed: int, control: str = "", wholly: float = 0.1
) -> dict[str, object]:
    """Cut the power so often in one scene; return what was found."""
    rng = random.Random(seed)
    totals: Counter[str] = Counter(dict.fromkeys(("opened", "wholly", *WRONG), 0))
    ways: set[str] = set()  # what became of which file; met for the first time, it is opened wholly
    words: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(dir=images_above()) as made:
        above = Path(made)
        steps, disk, _ = recorded(above, scene, kind, control)
        whole_record = record_of(scene, above / "ward", kind)
        wanted = moments(steps, cuts, rng)
        confirmed: list[str] = []
        seen: set[int] = set()
        for number, step in enumerate(steps):
            if step.kind == "said":
                confirmed.append(step.path)
            disk.take(step)
            for _ in range(wanted[number]):
                image, way = disk.image(rng)
                mark = mark_of(image, confirmed)
                if mark in seen:
                    continue
                seen.add(mark)
                lay_out(image, above / "image")
                whole = whole_record is None or bool(way - ways) or rng.random() < wholly
                ways |= way
                found = look(
                    scene, kind, above / "image", confirmed, None if whole else whole_record
                )
                totals.update(dict(zip(WRONG, map(bool, found[:3]), strict=True)))
                totals.update(opened=1, wholly=whole)
                if any(found[:3]):
                    words[f"{sorted(way)}: {found}"] += 1
    return {
        "scene": scene, "kind": kind, "control": control, "steps": len(steps), "cuts": cuts,
        **totals, "ways": len(ways), "words": words.most_common(3),
    }  # fmt: skip


def record_of(scene: str, folder: Path, kind: str) -> Written | None:
    """Every row of the ward as the act left it, its trail verified; None for a scene without a glance."""
    if SCENES[scene].glance is None:
        return None
    return written_in(folder, KEYS if kind == "encrypted" else None)


def look(
    scene: str, kind: str, folder: Path, confirmed: list[str], written: Written | None
) -> Found:
    """Look at a disk that was laid out: wholly, or against what was written."""
    about, keys = SCENES[scene], KEYS if kind == "encrypted" else None
    if written is None or about.glance is None:
        return about.look(folder, keys, confirmed)
    return about.glance(folder, keys, confirmed, written)


def run(cuts: int, seed: int, scene: str, kind: str, wholly: float) -> Iterator[dict[str, object]]:
    """Share the cuts out among the scenes and kinds that are wanted."""
    wanted = [
        (name, each)
        for name, about in SCENES.items()
        for each in about.kinds
        if name in SHARE and scene in ("", name) and kind in ("", each)
    ]
    parts = sum(SHARE[name] for name, _ in wanted)
    for name, each in wanted:
        yield cut(name, each, cuts * SHARE[name] // parts, seed, "", wholly)


def main() -> int:
    """Run from the command line; exit 1 when anything was lost, half or shut out."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--cuts", type=int, default=3000)
    reader.add_argument("--seed", type=int, default=20261121)
    reader.add_argument("--scene", choices=("", *SCENES), default="")
    reader.add_argument("--kind", choices=("", "plain", "encrypted"), default="")
    reader.add_argument("--wholly", type=float, default=0.1, help="share opened by the whole road")
    reader.add_argument("--control", choices=CONTROLS)
    wanted = reader.parse_args()
    if wanted.control:
        kind = wanted.kind or "plain"
        found: Iterable[dict[str, object]] = [
            cut(wanted.scene or "saves", kind, wanted.cuts, wanted.seed, wanted.control)
        ]
    else:
        found = run(wanted.cuts, wanted.seed, wanted.scene, wanted.kind, wanted.wholly)
    wrong = 0
    for each in found:
        said(**each)
        wrong += any(each[name] for name in WRONG)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
