"""Vials and infusions that ran when a restore put the ward back: their clocks run on (hazards H36, H45)."""

import msgspec

from bedside.store.records import DoseRecord
from bedside.ward.facts import facts_of_all
from bedside.ward.restored_blocks import planned_of, runs, was_restored
from bedside.ward.vial_clocks import clock_view
from bedside.ward.views.marks import VialClockView
from bedside.ward.ward import Ward


def lost_clocks(ward: Ward) -> tuple[VialClockView, ...]:
    """The clocks of doses that ran in acts that a restore lost and nobody has settled.

    Args:
        ward: the ward; nothing is read of one that never lost anything.
    """
    if not was_restored(ward):
        return ()
    found = []
    for facts in facts_of_all(ward):
        lost = {planned_of(row): row for row in facts.missing if runs(row)}
        for row in lost.values():
            kept = msgspec.json.decode(row.content, type=dict[str, object])["dose_record"]
            dose = msgspec.convert(kept, DoseRecord, strict=False)
            clock = clock_view(ward, facts, dose)
            if clock is not None:
                found.append(clock)
    return tuple(found)
