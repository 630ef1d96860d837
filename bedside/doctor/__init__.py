"""Looks at this machine and says in plain words whether Bedside can be trusted to run on it.

Everything is only looked at: no ward is upgraded, no setting is changed, nothing is left behind.
"""

from bedside.doctor.examination import examine, run
from bedside.doctor.finding import Finding, Verdict

__all__ = ["Finding", "Verdict", "examine", "run"]
