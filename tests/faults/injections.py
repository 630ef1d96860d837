"""Let one call after another fail in what the program does with the ward's files (P3, P4).

    python -m tests.faults.injections --most 60
    python -m tests.faults.injections --each 60            of each act and call the first to the last, evenly
    python -m tests.faults.injections                      every call of every act: a day

For each act (save and copy, bring an older ward up to date, restore, change keys) and each kind of
call (write, flush, cut, read, open, rename) a first run under strace counts the calls on files of the
ward. Then the act is run again for each of them: that call fails once, or it and all after it, with
"no space left", "input/output error", or the program is killed at that call. Afterwards the ward must
open, hold everything that was confirmed and nothing by half; and unless it was killed, the program
must have refused in words, never with a fault of its own.
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from tests.faults.power import images_above
from tests.faults.power_scenes import SCENES, say
from tests.faults.recorder import HERE, MISSING, quiet_environment, tracer
from tests.faults.scene import KEYS, said

FAULTS = (
    ("pwrite64", "error=ENOSPC"), ("pwrite64", "error=EIO"), ("pwrite64", "signal=KILL"),
    ("fdatasync", "error=EIO"), ("fsync", "error=EIO"), ("fsync", "signal=KILL"),
    ("ftruncate", "error=EIO"), ("pread64", "error=EIO"), ("write", "error=ENOSPC"),
    ("write", "signal=KILL"), ("openat", "error=EIO"), ("openat", "error=EMFILE"),
    ("rename", "error=EIO"), ("rename", "signal=KILL"), ("unlink", "error=EIO"),
)  # fmt: skip
ONCE_ONLY = ("write", "openat", "rename", "unlink", "fsync")  # Python and its output use them, too
ACTS = {"brief": ("encrypted", "plain"), "restored": ("plain", "encrypted"),
        "migrated": ("plain",), "rekeyed": ("encrypted",), "passphrase": ("encrypted",)}  # fmt: skip
NOT_IN_WORDS = re.compile(r"Traceback|Error\b")


class Injection(NamedTuple):
    """One call that fails: of which act and ward, which call, how, from which on."""

    act: str
    kind: str
    call: str
    fault: str
    nth: int
    after: bool


def started(base: Path, folder: Path, act: str, kind: str, *options: str) -> tuple[str, str, str]:
    """Run an act on a fresh ward under strace; return what it said, its errors, and the trace."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    trace = folder.with_name("trace")
    done = subprocess.run(
        [str(tracer()), "-f", "--seccomp-bpf", "-y", "-s", "0", "-o", str(trace), *options,
         sys.executable, "-m", "tests.faults.injections", "act", act, str(folder), kind],
        cwd=HERE, env={**quiet_environment(), "PYTHONHASHSEED": "0"}, capture_output=True,
        text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.stdout, done.stderr, trace.read_text(errors="replace")


def calls_on(folder: Path, trace: str, call: str) -> list[int]:
    """Which of the calls of a kind touch the ward's folder; the first call is number 1."""
    lines = [line for line in trace.splitlines() if f" {call}(" in line]
    return [number for number, line in enumerate(lines, 1) if str(folder) in line]


def planned(above: Path, act: str, kind: str) -> tuple[Path, list[Injection]]:
    """Make the ward of an act and list every injection into it."""
    base = above / f"{act}-{kind}"
    SCENES[act].base(base, KEYS if kind == "encrypted" else None)
    calls = sorted({call for call, _ in FAULTS})
    told, errors, trace = started(base, above / "ward", act, kind, "-e", f"trace={','.join(calls)}")
    if "ended" not in told:
        raise RuntimeError(f"the act fails by itself: {told}{errors}")
    found = {call: calls_on(above / "ward", trace, call) for call in calls}
    return base, [
        Injection(act, kind, call, fault, nth, after)
        for call, fault in FAULTS
        for nth in found[call]
        for after in (False, True)
        if not (after and (call in ONCE_ONLY or fault == "signal=KILL"))
    ]


def inject(base: Path, folder: Path, wanted: Injection) -> tuple[str, str]:
    """Run one injection; return what came of it, and the words for a wrong outcome."""
    act, kind, call, fault, nth, after = wanted
    told, errors, trace = started(
        base, folder, act, kind, "-e", f"trace={call}",
        "-e", f"inject={call}:{fault}:when={nth}{'+' if after else ''}",
    )  # fmt: skip
    lines = told.splitlines()
    found = SCENES[act].look(folder, KEYS if kind == "encrypted" else None, lines)
    if any(found[:3]):
        return "wrong", f"{wanted} {found} {lines[-3:]} {errors[-300:]}"
    if "INJECTED" not in trace and fault != "signal=KILL":
        return "not reached", ""
    if fault == "signal=KILL":
        return "killed", ""
    if NOT_IN_WORDS.search(errors):
        return "not in words", f"{wanted} {errors[-700:]}"
    return ("refused" if any(line.startswith("refused") for line in lines) else "unharmed"), ""


def evenly(every: list[Injection], each: int) -> list[Injection]:
    """At most so many of each call and fault, spread from the first to the last; 0 for all."""
    if not each:
        return every
    groups: dict[tuple[str, str, bool], list[Injection]] = {}
    for one in every:
        groups.setdefault((one.call, one.fault, one.after), []).append(one)
    return [
        group[(number * len(group)) // min(each, len(group))]
        for group in groups.values()
        for number in range(min(each, len(group)))
    ]


def run(most: int, each: int, seed: int, pairs: list[tuple[str, str]]) -> dict[str, object]:
    """Run injections: all of them, so many of each call, or a random share of each act's."""
    rng = random.Random(seed)
    totals: Counter[str] = Counter(wrong=0)
    words = []
    with tempfile.TemporaryDirectory(dir=images_above()) as made:
        above = Path(made)
        for number, (act, kind) in enumerate(pairs):
            base, every = planned(above, act, kind)
            totals["possible"] += len(every)
            every = evenly(every, each or (8 if most else 0))
            share = (most * (number + 1)) // len(pairs) - (most * number) // len(pairs)
            for wanted in rng.sample(every, min(share, len(every))) if most else every:
                came, why = inject(base, above / "ward", wanted)
                totals.update({came: 1, "injections": 1})
                if why:
                    words.append(why)
    return {**totals, "words": words[:20]}


def act(name: str, folder: Path, kind: str) -> None:
    """Do an act; say a refusal as the screen does."""
    try:
        SCENES[name].act(folder, KEYS if kind == "encrypted" else None)
    except (Refused, NotSaved) as refused:
        sys.stdout.write(f"refused {refused}\n")
    say("ended")


def main() -> int:
    """Run from the command line; exit 1 when something was lost, half, or not said in words."""
    if sys.argv[1:2] == ["act"]:
        _, _, name, folder, kind = sys.argv
        act(name, Path(folder), kind)
        return 0
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--most", type=int, default=0, help="how many; 0 for every one")
    reader.add_argument("--each", type=int, default=0, help="of each call; 0 for every one")
    reader.add_argument("--seed", type=int, default=20261121)
    reader.add_argument("--short", action="store_true", help="each act on one kind of ward only")
    reader.add_argument("--act", choices=("", *ACTS), default="")
    wanted = reader.parse_args()
    if tracer() is None:
        sys.stderr.write(f"{MISSING}\n")
        return 2
    pairs = [
        (act, kind)
        for act, kinds in ACTS.items()
        for kind in (kinds[:1] if wanted.short else kinds)
        if wanted.act in ("", act)
    ]
    found = run(wanted.most, wanted.each, wanted.seed, pairs)
    said(**found)
    return int(bool(found["wrong"] or found.get("not in words")))


if __name__ == "__main__":
    sys.exit(main())
