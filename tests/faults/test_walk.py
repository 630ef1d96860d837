"""The random walk over the ward's acts; `BEDSIDE_WALK=2000x50` is the long run (P10, P13, P17)."""

import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.faults.walk import Walk

WALKS, STEPS = map(int, os.environ.get("BEDSIDE_WALK", "30x25").split("x"))


@pytest.mark.skipif(sys.platform == "win32", reason="kills need POSIX signals")
@pytest.mark.timeout(0)
class TestWalk(Walk.TestCase):
    """Hypothesis runs it as a test of its own."""

    settings = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        database=None,
        phases=(Phase.generate, *([Phase.shrink] if os.environ.get("BEDSIDE_SHRINK") else [])),
    )
