"""How long it takes to grade 100,000 laboratory results by CTCAE, counts and chemistry mixed."""

from decimal import Decimal
from statistics import median
from time import perf_counter

from tests.bench.measure import LEAST_RUNS, Measure

NAME = "grade 100,000 results"
RESULTS = 100_000
MOST_MICROSECONDS = 20


def measure_grading(runs: int = LEAST_RUNS) -> Measure:
    """Grade results of five analytes in three versions; the median of the runs, in ms.

    The limit of 20 µs a result is told as the floor: 2,000 ms for them all.
    """
    from bedside.clinical.ctcae.grading import propose
    from bedside.clinical.ctcae.values import VERSIONS, Known, Lab

    limit, upper = Lab(Decimal("1.5"), "10^9/L"), Lab(Decimal(40), "U/L")
    asked = [
        ("neutrophil-count-decreased", "10^9/L", Known(lln=limit)),
        ("platelet-count-decreased", "/uL", Known(lln=limit)),
        ("alanine-aminotransferase-increased", "U/L", Known(uln=upper, baseline=upper)),
        ("lipase-increased", "U/L", Known(uln=upper)),
        ("hyponatremia", "mmol/L", Known()),
    ]
    values = [Decimal(number) / 10 for number in range(0, 4000, 7)]
    jobs = [
        (term, VERSIONS[at % 3], Lab(values[at % len(values)], unit), known)
        for at in range(RESULTS)
        for term, unit, known in (asked[at % 5],)
    ]
    times = []
    for _ in range(runs):
        began = perf_counter()
        for job in jobs:
            propose(*job)
        times.append((perf_counter() - began) * 1000)
    floor = RESULTS * MOST_MICROSECONDS / 1000
    return Measure(
        NAME, f"{MOST_MICROSECONDS} µs a result", ours=median(times), floor=floor, limit=1.0
    )
