"""Stations as processes of their own: each opens the ward as a workstation does, and does what it is told.

The test tells a station one thing a line, and reads one answer a line: "done", "refused" or "lost", with words.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from bedside.app import assemble
from bedside.protocol.site_values import NO_SITE_VALUES, SiteDose
from bedside.store.opening import open_store
from bedside.store.troubles import NotSaved
from bedside.units.quantities import DoseRate
from bedside.units.refusal import Refused
from bedside.ward.demonstration_today import MovableClock
from tests.ward.wards import BERLIN, Bench

NOON = datetime(2026, 10, 8, 12, 0, tzinfo=BERLIN)
VALUES = replace(
    NO_SITE_VALUES,
    protocol="aall15p1",
    edition="1",
    confirmed_by=("M. Keller, pharmacist", "A. Okonjo, physician"),
    concentration_mg_per_ml={"azacitidine": Decimal(10)},
    syringe_step_ml={"azacitidine": Decimal("0.05")},
    doses={("induction", "daunorubicin", "IV"): SiteDose(DoseRate(Decimal(2), "mg", "kg"))},
)  # invented: no figure of any protocol


class ServerBench(Bench):
    """The bench of the ward's tests, its ward on a server.

    Args:
        folder: of the station.
        address: of the ward.
    """

    def __init__(self, folder: Path, address: str, infant: int = 1) -> None:
        self.folder = folder
        self.clock = MovableClock(NOON)
        store = open_store(folder, now=NOON, create=False, server=address)
        self.ward = assemble(store, self.clock)
        self.ward.values = VALUES
        self.infant = infant


class Station:
    """A station's process, as the test sees it.

    Args:
        folder: of the station.
        address: of the ward.
    """

    def __init__(self, folder: Path, address: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.server.stations", str(folder), address],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip

    def tell(self, what: str, **words: object) -> None:
        """Tell it to do something."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([what, words]) + "\n")
        self.process.stdin.flush()

    def answer(self) -> tuple[str, str]:
        """What became of it."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the station has died"
        outcome, words = json.loads(line)
        return outcome, words

    def close(self) -> None:
        """End it."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait(20)
        if self.process.stdout is not None:
            self.process.stdout.close()


def _count(bench: Bench, minute: int) -> object:
    bench.clock.now = NOON
    return bench.count(640, 86_000, taken_at=datetime(2026, 10, 8, 8, minute, tzinfo=BERLIN))


def _given(bench: Bench, day: int) -> object:
    from bedside.ward.given_doses import record_given
    from tests.ward.ordering import PAPER, by

    planned = ("induction", day, "daunorubicin", "IV")
    on_paper = by(bench.ward, bench.infant, paper=PAPER)
    return record_given(bench.ward, bench.infant, *planned, on_paper, who="E. Sorensen, nurse")


def _verify(bench: Bench, day: int, who: str) -> object:
    from bedside.ward.order_acts import verify
    from tests.ward.ordering import row_of, signer

    rows = [row_of(bench.ward, bench.infant, ("epi-1", day, "azacitidine", "IV"))]
    return verify(bench.ward, bench.infant, rows, signer(bench.ward, who), who=who)


def _toxicity(bench: Bench, term: str, day: str) -> object:
    from bedside.ward.forms import NewToxicity
    from bedside.ward.toxicity_entry import record_toxicity

    new = NewToxicity(term=term, grade=2, onset=date.fromisoformat(day), attribution="", comment="")
    return record_toxicity(bench.ward, bench.infant, new, who="E. Sorensen, nurse")


def _left_out(bench: Bench, day: int) -> int:
    """A dose of Induction that nobody recorded, as not given."""
    from bedside.ward.not_given import record_not_given
    from bedside.ward.views.not_given import LeftOut
    from tests.ward.ordering import signer

    planned = ("induction", day, "pegaspargase", "IV or IM")
    nurse = signer(bench.ward, "E. Sorensen, nurse")
    left_out = LeftOut("no line", "", "", bench.ward.now(), nurse)
    return record_not_given(bench.ward, bench.infant, planned, left_out, who="E. Sorensen, nurse")


ACTS: dict[str, Callable[..., object]] = {
    "count": _count, "given": _given, "left out": _left_out, "verify": _verify, "toxicity": _toxicity,
}  # fmt: skip


def main(folder: str, address: str) -> None:
    """Do what the lines of standard input say."""
    bench = ServerBench(Path(folder), address)
    print(json.dumps(["ready", ""]), flush=True)  # noqa: T201 (its answer)
    for line in sys.stdin:
        what, words = json.loads(line)
        try:
            answer = ("done", str(ACTS[what](bench, **words)))
        except Refused as refused:
            answer = ("refused", " ".join(refused.reasons))
        except NotSaved as lost:
            answer = ("lost", lost.words)
        print(json.dumps(answer), flush=True)  # noqa: T201 (its answer)
    bench.ward.store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
