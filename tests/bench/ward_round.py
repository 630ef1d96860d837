"""How long the ward's toxicity round takes to be worked out and shown, for 30 infants."""

from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from tests.bench.large_ward import _grow
from tests.bench.measure import LEAST_RUNS, Measure

if TYPE_CHECKING:
    from bedside.ward.ward import Ward

INFANTS = 30
NAME = "toxicity round of {0} infants, {1}"
LIMIT = "what it may take"
_AHEAD = "as the window has counted ahead"
_RECORDED = "after a record"
_NOT_YET = "before it has"
_ANEW = "all worked out anew"


def measure_ward_round(folder: Path, runs: int) -> list[Measure]:
    """Open the list of the ward's round again and again, each time after an infant was weighed.

    Args:
        folder: an empty folder.
        runs: how many times it is opened.
    """
    from bedside.app import system_clock
    from bedside.demonstration import make_demonstration_ward
    from bedside.desktop.round_list_dialog import RoundListDialog
    from bedside.desktop.start import make_application
    from bedside.ward.toxicity_ward_round import ward_round, ward_round_at_once

    ward = make_demonstration_ward(folder / "ward", system_clock())
    application, look = make_application(["bedside"], "light")
    try:
        _grow(ward, INFANTS)
        for row in ward_round(ward):
            _round(ward, row.infant_id)
        times: dict[str, list[float]] = {_AHEAD: [], _RECORDED: [], _NOT_YET: [], _ANEW: []}
        for number in range(4 * max(runs, LEAST_RUNS)):
            how = (_AHEAD, _RECORDED, _NOT_YET, _ANEW)[number % 4]
            _record(ward, number % INFANTS + 1)
            _ready(ward, how)
            began = perf_counter()
            dialog = RoundListDialog(
                look, (ward_round if how == _ANEW else ward_round_at_once)(ward)
            )
            dialog.show()
            application.processEvents()
            times[how].append((perf_counter() - began) * 1000)
            shown = dialog.model.rowCount()
            dialog.hide()
            dialog.deleteLater()
        if shown != INFANTS:
            raise ValueError(f"{shown} infants in the round instead of {INFANTS}")
        return [
            Measure(NAME.format(INFANTS, _AHEAD), LIMIT, "ms", median(times[_AHEAD]), 150.0, 1.0),
            Measure(
                NAME.format(INFANTS, _RECORDED), LIMIT, "ms", median(times[_RECORDED]), 150.0, 1.0
            ),
            Measure(
                NAME.format(INFANTS, _NOT_YET), LIMIT, "ms", median(times[_NOT_YET]), 150.0, 1.0
            ),
            Measure(NAME.format(INFANTS, _ANEW), ours=median(times[_ANEW])),
        ]
    finally:
        ward.store.close()


def _ready(ward: "Ward", how: str) -> None:
    """What is known of the infants as the list is asked for."""
    from bedside.ward.facts import facts_of_all
    from bedside.ward.toxicity_ward_round import count_ahead

    if how == _NOT_YET:
        facts_of_all(ward)  # the ward list has read them
        ward.kept_waiting.clear()
    elif how != _RECORDED:
        ward.kept_facts.clear()
        ward.kept_waiting.clear()
    while how == _AHEAD and count_ahead(ward):
        pass


def _round(ward: "Ward", infant_id: int) -> None:
    """Yesterday's round: what the laboratory says is accepted."""
    from bedside.ward.proposals import proposals_of
    from bedside.ward.toxicity_round import finish_round
    from bedside.ward.views.round import ProposalAnswer, RoundAnswers

    graded = [one for one in proposals_of(ward, infant_id) if one.grade is not None]
    if graded:
        taken = tuple(ProposalAnswer(one.term_key, one.seen, accepted=True) for one in graded)
        finish_round(ward, infant_id, RoundAnswers(ward.now(), (), taken), who="Bench")


def _record(ward: "Ward", infant_id: int) -> None:
    """Weigh an infant, so that her line is worked out anew."""
    from bedside.store.records import Measurement

    with ward.store.change("Bench", "weighed an infant", ward.now()) as change:
        change.add(
            Measurement,
            infant_id=infant_id,
            measured_at=ward.now(),
            weight_g=6000,
            length_mm=None,
            unusual_reason="",
        )
