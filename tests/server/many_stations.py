"""Many stations at work on one ward while everything is done to them that a hospital does; then it is counted.

    python -m tests.server.many_stations                         20 stations, two minutes
    python -m tests.server.many_stations --stations 6 --seconds 15 --infants 6

One station is killed every five seconds (and a new one begins in its place), the server is killed and
started again twice, and one station's network swallows everything for a while. In the end: nothing that was
acknowledged is lost, nothing is there twice, the trail is whole, and each station that was not killed has
gone on recording by itself.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bedside.store.server_address import read_address
from bedside.store.server_driver import connect_server
from bedside.store.server_opening import make_on_server
from bedside.ward.facts import facts_of
from tests.server.postgres import OWNER, STATION, Postgres
from tests.server.proxy import Proxy
from tests.server.stations import NOON, ServerBench

KILL_EVERY_S, CUT_S, DOWN_S, CALM_S = 5.0, 6.0, 1.5, 45.0
# The most that a station rests between two acts: busier than any nurse, and two cores have time for others
# beside it; in the long run they have none.
PAUSE_S, BUSY_S = 5.0, 0.05
Key = tuple[object, ...]


class Trial:
    """One run.

    Args:
        room: an empty folder.
        stations: how many.
        infants: how many.
        seconds: how long things are done to them.
        server: its own: it is killed.
        pause: the most that a station rests between two acts, in seconds.
    """

    def __init__(
        self, room: Path, *, stations: int, infants: int, seconds: float, server: Postgres,
        pause: float = PAUSE_S,
    ) -> None:  # fmt: skip
        self.room, self.stations, self.infants, self.seconds = room, stations, infants, seconds
        self.server, self.pause = server, pause
        self.proxy = Proxy(server.port)
        self.chance = random.Random(11)
        self.living: dict[int, tuple[Path, int]] = {}
        self.begun = 0

    def run(self) -> dict[str, int]:
        """Do everything, and count.

        Raises:
            AssertionError: something was lost or doubled, or a station does not go on.
        """
        self._make_ward()
        try:
            for number in range(1, self.stations + 1):
                self._begin(number)
            self._wait_for_work()
            self._disturb()
            self._see_that_all_go_on()
        finally:
            for _, process in self.living.values():
                if _lives(process):
                    os.kill(process, signal.SIGKILL)
            self.first.communicate()
            self.proxy.close()
        return self._count()

    def _make_ward(self) -> None:
        self.server.make_database("many")
        with closing(connect_server(read_address(self.server.url("many", OWNER)))) as driver:
            make_on_server(driver, now=NOON)
        self.first = subprocess.Popen(
            [sys.executable, "-m", "tests.server.working", str(self.room), self.server.url("many"),
             str(self.infants), str(self.pause)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip
        assert self._told() == "made"

    def _told(self) -> str:
        """What the first process answers."""
        return self.first.stdout.readline().strip()

    def _begin(self, number: int) -> None:
        """A station begins; the first one's network is the one that is cut."""
        self.begun += 1
        folder = self.room / f"s{number}-{self.begun}"
        address = self.server.url("many")
        if number == 1:
            passes = self.room / "pgpass"
            passes.write_text(f"*:*:*:*:{self.server.password}\n")
            passes.chmod(0o600)
            address = (
                f"postgresql+psycopg://{STATION}@127.0.0.1:{self.proxy.port}/many?passfile={passes}"
            )
        self.first.stdin.write(json.dumps([folder.name, address, number]) + "\n")
        self.living[number] = (folder, int(self._told()))

    def _wait_for_work(self) -> None:
        deadline = time.monotonic() + 30 + 4 * self.stations
        while not all(self._last_done(folder) for folder, _ in self.living.values()):
            assert time.monotonic() < deadline, self._what_they_said()
            time.sleep(0.2)

    def _disturb(self) -> None:
        began = time.monotonic()
        plan = [(self.seconds * share, what) for share, what in (
            (0.25, self._kill_server), (0.45, self.proxy.cut), (0.7, self._kill_server),
        )]  # fmt: skip
        plan.append((self.seconds * 0.45 + min(CUT_S, self.seconds * 0.2), self.proxy.mend))
        plan += [(at, self._kill_one) for at in _every(KILL_EVERY_S, self.seconds)]
        for at, act in sorted(plan, key=lambda step: step[0]):
            time.sleep(max(0.0, began + at - time.monotonic()))
            act()
        time.sleep(max(0.0, began + self.seconds - time.monotonic()))

    def _kill_server(self) -> None:
        self.server.kill()
        time.sleep(DOWN_S)
        self.server.start()

    def _kill_one(self) -> None:
        number = self.chance.choice([number for number in self.living if number != 1])
        process = self.living[number][1]
        assert _lives(process), self._what_they_said()
        os.kill(process, signal.SIGKILL)
        self._begin(number)

    def _see_that_all_go_on(self) -> None:
        """Each station that is alive records again, without anybody touching it."""
        since, deadline = time.monotonic(), time.monotonic() + CALM_S + 2 * self.stations
        for folder, process in self.living.values():
            while self._last_done(folder) < since:
                assert _lives(process), self._what_they_said()
                assert time.monotonic() < deadline, f"{folder.name} does not go on"
                time.sleep(0.1)

    def _last_done(self, folder: Path) -> float:
        """When a station's last save was acknowledged; 0 for never."""
        return max((at for at, outcome, *_ in _lines(folder) if outcome == "done"), default=0.0)

    def _what_they_said(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.room.glob("*.said")))

    def _count(self) -> dict[str, int]:
        done, tried, outcomes = Counter[Key](), Counter[Key](), Counter[str]()
        for path in self.room.glob("*.did"):
            for _, outcome, key, _ in _lines(path.with_suffix("")):
                outcomes[outcome] += 1
                known = tuple(key[:3]) if key[0] == "count" else tuple(key)
                (done if outcome == "done" else tried)[known] += 1
        bench = ServerBench(self.room / "last", self.server.url("many"))
        try:
            bench.ward.store.verify_audit()
            there = Counter(
                key for infant in range(1, self.infants + 1) for key in _keys(bench, infant)
            )
        finally:
            bench.ward.store.close()
        twice = [key for key, times in there.items() if times > 1]
        assert not twice, f"there twice: {twice}"
        told_twice = [key for key, times in done.items() if times > 1]
        assert not told_twice, f"acknowledged to two: {told_twice}"
        lost = [key for key in done if key not in there]
        assert not lost, f"acknowledged and lost: {lost}"
        unknown = [key for key in there if key not in tried]
        assert not unknown, f"nobody tried: {unknown}"
        return {**outcomes, "kept": len(there), "stations begun": self.begun}


def _lives(process: int) -> bool:
    """Whether a station is there; who was killed is gone as soon as the first process heard of it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _every(pause: float, until: float) -> list[float]:
    return [pause * number for number in range(1, int(until / pause) + 1) if pause * number < until]


def _lines(folder: Path) -> Iterator[tuple[float, str, list[object], str]]:
    """What a station wrote down; a line that its end tore is left out."""
    path = folder.parent / f"{folder.name}.did"
    if path.exists():
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            at, outcome, key, words = json.loads(line)
            yield at, outcome, key, words


def _keys(bench: ServerBench, infant: int) -> Iterator[Key]:
    """Everything of an infant that stands on the server, as the stations name it."""
    facts = facts_of(bench.ward, infant)
    for count in facts.counts:
        yield ("count", infant, bench.ward.local(count.taken_at).isoformat())
    for toxicity in facts.toxicities:
        yield ("toxicity", infant, toxicity.term, toxicity.onset.isoformat())
    for dose in facts.doses:
        yield ("dose", infant, dose.course_day, "")


def main() -> None:
    """Run it as large as the line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.server.many_stations")
    parser.add_argument("--stations", type=int, default=20)
    parser.add_argument("--infants", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pause", type=float, default=PAUSE_S)
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    server = Postgres()
    try:
        with tempfile.TemporaryDirectory(prefix="bedside-many-") as room:
            found = Trial(Path(room), server=server, **vars(asked)).run()
    finally:
        server.stop()
    print(", ".join(f"{name}: {number}" for name, number in sorted(found.items())))  # noqa: T201


if __name__ == "__main__":
    main()
