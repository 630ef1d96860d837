"""A station at work, as a process of its own: it records counts, toxicities and doses until it is ended.

The first process makes the ward, and each station is forked from it: so it need not load the program anew,
which is all that a start of forty stations would measure. What a station is about to do and what was acknowledged stands, line by line, in a file that outlives it, so
that whoever killed it can hold the server's ward against it.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from bedside.store.troubles import Hindered, NotSaved
from bedside.units.refusal import Refused
from bedside.ward.forms import NewToxicity
from bedside.ward.given_doses import record_given
from bedside.ward.toxicity_entry import record_toxicity
from tests.server.stations import ServerBench
from tests.ward.ordering import PAPER, by
from tests.ward.wards import BERLIN

TERMS = ("Nausea", "Vomiting", "Diarrhea", "Fever", "Oral mucositis")
FIRST = date(2026, 9, 4)
WHO = "E. Sorensen, nurse"
DOSE_DAYS = (8, 9)  # of daunorubicin in Induction


class Worker:
    """One station.

    Args:
        folder: its own, with the file of what it did.
        address: of the ward.
        number: which station.
        infants: how many there are, numbered from 1.
        pause: seconds between two acts, at the most.
    """

    def __init__(self, folder: Path, address: str, number: int, infants: int, pause: float) -> None:
        self.number, self.infants, self.pause = number, infants, pause
        self.chance = random.Random(f"{folder.name}-{time.monotonic_ns()}")
        self.did = (folder.parent / f"{folder.name}.did").open("a", encoding="utf-8")
        self.bench = _opened(folder, address)
        self.serial = time.time_ns() // 1000 % 10**9

    def work(self, first: int) -> None:
        """Do one thing after another, for as long as the first process lives."""
        while os.getppid() == first:
            act = self.chance.choices((self._count, self._toxicity, self._dose), (6, 2, 1))[0]
            self.bench.infant = self.chance.randint(1, self.infants)
            act()
            time.sleep(self.pause * self.chance.random())

    def _count(self) -> None:
        self.serial += 1
        # a specimen is recorded once, by its minute
        minutes = (self.serial * 41 + self.number) % 60_000
        at = datetime(2026, 10, 8, 6, tzinfo=BERLIN) - timedelta(minutes=minutes)
        key = ["count", self.bench.infant, at.isoformat(), self.serial]
        self._do(key, lambda: self.bench.count(640, 86_000, taken_at=at))

    def _toxicity(self) -> None:
        term = self.chance.choice(TERMS)
        day = FIRST + timedelta(days=2 * self.chance.randrange(15))
        new = NewToxicity(term, 2, day, "", "", gone_on=day + timedelta(days=1))
        key = ["toxicity", self.bench.infant, term, day.isoformat()]
        self._do(key, lambda: record_toxicity(self.bench.ward, self.bench.infant, new, who=WHO))

    def _dose(self) -> None:
        day = self.chance.choice(DOSE_DAYS)
        ward, infant = self.bench.ward, self.bench.infant
        planned = ("induction", day, "daunorubicin", "IV")
        key = ["dose", infant, day, ""]
        self._do(
            key,
            lambda: record_given(ward, infant, *planned, by(ward, infant, paper=PAPER), who=WHO),
        )

    def _do(self, key: list[object], act: Callable[[], object]) -> None:
        self._say("trying", key)
        try:
            act()
        except Hindered:
            self._say("away", key)
            time.sleep(0.3)
        except Refused as refused:
            self._say("refused", key, " ".join(refused.reasons))
        except NotSaved as lost:
            self._say("lost", key, lost.words)
            time.sleep(0.1)
        else:
            self._say("done", key)

    def _say(self, outcome: str, key: list[object], words: str = "") -> None:
        self.did.write(json.dumps([time.monotonic(), outcome, key, words]) + "\n")
        self.did.flush()


def _opened(folder: Path, address: str) -> ServerBench:
    """Open the ward, as soon as the server lets it."""
    while True:
        try:
            return ServerBench(folder, address)
        except Hindered:
            time.sleep(0.3)


def make_ward(folder: Path, address: str, infants: int) -> None:
    """A ward with so many infants on treatment."""
    bench = ServerBench(folder, address)
    bench.at(2026, 9, 1, 9, 0)
    bench.site()
    for number in range(1, infants + 1):
        bench.enrol(
            family=f"MUSTER{number}", hospital_number=f"T {number:03d}", bed=str(number),
            study_number=f"15P1-{number:03d}",
        )  # fmt: skip
        bench.weigh(6000)
    bench.ward.store.close()


def _station(folder: Path, address: str, number: int, infants: int, pause: float) -> NoReturn:
    """The forked process; whatever it says lies beside its folder."""
    first = os.getppid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    said = os.open(folder.parent / f"{folder.name}.said", os.O_WRONLY | os.O_CREAT)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, end in enumerate((nothing, said, said)):
        os.dup2(end, stream)
    try:
        Worker(folder, address, number, infants, pause).work(first)
    except BaseException:  # noqa: BLE001 (told to whoever looks into it)
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(1)


def main() -> None:
    """Make the ward; then begin a station for each line, and answer with its process's number."""
    room, address, infants, pause = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    make_ward(room / "first", address, infants)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who was killed is gone at once
    print("made", flush=True)  # noqa: T201 (to the trial)
    for line in sys.stdin:
        name, own, number = json.loads(line)
        process = os.fork()
        if not process:
            _station(room / name, own, number, infants, float(pause))
        print(process, flush=True)  # noqa: T201 (to the trial)


if __name__ == "__main__":
    main()
