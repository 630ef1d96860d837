"""The one door to judging a typed value against the infant's own last values.

Sizes are judged in `size_plausibility`, blood counts in `count_plausibility`, haemoglobins in
`haemoglobin_plausibility`; what a judgement is stands in `judgement`. Callers import from here.
"""

from bedside.clinical.count_plausibility import (
    Entered,
    judge_anc,
    judge_platelets,
    judge_white_cells,
)
from bedside.clinical.haemoglobin_plausibility import judge_haemoglobin
from bedside.clinical.judgement import Level, Plausibility
from bedside.clinical.size_plausibility import judge_length, judge_weight

__all__ = [
    "Entered",
    "Level",
    "Plausibility",
    "judge_anc",
    "judge_haemoglobin",
    "judge_length",
    "judge_platelets",
    "judge_weight",
    "judge_white_cells",
]
