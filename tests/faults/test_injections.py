"""One call after another fails (P3, P4): copying, restoring, bringing up, changing keys, on both wards.

With `test_faults.test_the_nth_call_fails` sixty here; `BEDSIDE_MORE_INJECTIONS` sets how many, and
`python -m tests.faults.injections --each 60` is the long run.
"""

import json
import os
import sys

import pytest

from tests.faults.recorder import MISSING, tracer
from tests.faults.test_faults import run

MOST = int(os.environ.get("BEDSIDE_MORE_INJECTIONS", "28"))


@pytest.mark.skipif(tracer() is None, reason=MISSING)
@pytest.mark.timeout(600)
def test_whichever_call_fails_the_ward_holds():
    """P3, H35: what was confirmed is there, nothing by half; a refusal is in words, never a fault."""
    words = ("tests.faults.injections", "--short", "--most", MOST)
    done = run(sys.executable, "-m", *words, check=False)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["words"] == []
    assert found["wrong"] == 0
    assert found["injections"] == MOST
    assert found["refused"] > MOST // 3
    assert done.returncode == 0
