"""Whether a clock runs that a nurse must come back for, without a word of whose it is."""

from datetime import datetime

from bedside.ward.board import board
from bedside.ward.restored_clocks import lost_clocks
from bedside.ward.views.marks import VialClockView
from bedside.ward.ward import Ward


def next_deadline(ward: Ward) -> datetime | None:
    """The earliest moment at which a running clock asks for somebody; None while none runs.

    A vial asks by its latest start, or, once it runs in, by the end of its time; a fever by the time
    at which the first antibiotic is due, until it is given. A vial that ran in acts that a restore
    lost asks, too, until these are settled.
    """
    moments = []
    for row in board(ward).rows:
        moments += [_asks_at(clock) for clock in row.clocks]
        if row.fever is not None and row.fever.given_at is None:
            moments.append(row.fever.due_at)
    moments += [_asks_at(clock) for clock in lost_clocks(ward)]
    return min(moments, default=None)


def _asks_at(clock: VialClockView) -> datetime:
    return clock.latest_start if clock.started_at is None else clock.finish_by
