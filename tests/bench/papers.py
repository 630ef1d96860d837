"""How long the papers of a whole treatment take, the downtime set of a ward, and a preview's first page."""

from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.large_ward import _grow
from tests.bench.measure import LEAST_RUNS, Measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedside.ward.ward import Ward

INFANTS = 30
LIMIT = "what it may take"
WHOLE = "all {0} papers of one infant's whole treatment"
DOWNTIME = f"72-hour downtime sheets of {INFANTS} infants"
PREVIEW = "preview's first page: {0}, {1}"
_DOTS = 96.0  # of an inch: a page as high as the window
_SHEETS = (("dosing sheet", "dosing-sheet"), ("roadmap", "roadmap"))


def measure_papers(folder: Path, runs: int) -> list[Measure]:
    """Draw papers as the window does: the record is verified, facts are read, the page is drawn.

    Args:
        folder: an empty folder.
        runs: how often a preview is shown; the large sets are drawn twice.
    """
    from bedside.app import system_clock
    from bedside.demonstration import make_demonstration_ward

    ward = make_demonstration_ward(folder / "ward", system_clock())
    try:
        return [*_previews(ward, runs), _whole_treatment(ward), _downtime(ward)]
    finally:
        ward.store.close()


def _timed(work: "Callable[[], object]", runs: int) -> list[float]:
    times = []
    for _ in range(runs):
        began = perf_counter()
        work()
        times.append((perf_counter() - began) * 1000)
    return times


def _previews(ward: "Ward", runs: int) -> list[Measure]:
    """From a key to the picture of the first page: the first of a session, and later ones."""
    from bedside.ward.facts import facts_of_all
    from bedside.ward.printing import paper_choices

    found = []
    for name, kind in _SHEETS:
        infant, key = next(
            (facts.infant.id, choice.key)
            for facts in facts_of_all(ward)
            for choice in paper_choices(ward, facts)
            if choice.key.startswith(f"{kind}:") and not choice.refused
        )

        def show(infant: int = infant, key: str = key) -> None:
            from bedside.desktop.paper_pages import opened, page_image
            from bedside.ward.printing import draw_again

            with opened(draw_again(ward, infant, key, who="Bench, RN")) as document:
                if page_image(document, 0, _DOTS).isNull():
                    raise ValueError("no page was drawn")

        while not found and ward.drawing.load_next():
            pass  # the page Doses and papers has loaded it ahead, piece by piece
        first, *later = _timed(show, max(runs, LEAST_RUNS) + 1)
        if not found:
            found.append(_measure(PREVIEW.format(name, "the first of a session"), first, 300.0))
        found.append(_measure(PREVIEW.format(name, "later ones"), median(later), 300.0))
    return found


def _whole_treatment(ward: "Ward") -> Measure:
    """Every paper that can be made of the infant who has the most."""
    from bedside.ward.facts import facts_of_all
    from bedside.ward.printing import draw_again, paper_choices

    papers = [
        [(facts.infant.id, one.key) for one in paper_choices(ward, facts) if not one.refused]
        for facts in facts_of_all(ward)
    ]
    most = max(papers, key=len)
    times = _timed(lambda: [draw_again(ward, *paper, who="Bench, RN") for paper in most], 2)
    return _measure(WHOLE.format(len(most)), min(times), 3000.0)


def _downtime(ward: "Ward") -> Measure:
    from bedside.ward.downtime_sheets import draw_downtime

    _grow(ward, INFANTS)
    times = _timed(lambda: draw_downtime(ward, who="Bench, RN"), 2)
    return _measure(DOWNTIME, min(times), 10_000.0)


def _measure(name: str, ours: float, limit: float) -> Measure:
    return Measure(name, LIMIT, "ms", ours, limit, 1.0)
