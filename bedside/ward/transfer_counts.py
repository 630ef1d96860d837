"""The counts of a transfer summary: each as it is written, and the courses behind them."""

from datetime import timedelta

from bedside.papers.transfer import CountBand, CountPoint
from bedside.store.records import BloodCount
from bedside.units.quantities import Haemoglobin
from bedside.units.writer import in_words, write_haemoglobin, write_number
from bedside.ward.facts import InfantFacts
from bedside.ward.views.timeline import TimelineView
from bedside.ward.ward import Ward


def counts_of(ward: Ward, facts: InfantFacts) -> tuple[CountPoint, ...]:
    """Every blood count until now, oldest first; what is not a number says why."""
    return tuple(
        CountPoint(
            at=ward.local(row.taken_at),
            anc_per_ul=row.anc_per_ul,
            platelets_per_ul=row.platelets_per_ul,
            anc=_cells(row.anc_per_ul, row.anc_state),
            platelets=_cells(row.platelets_per_ul, row.platelets_state),
            haemoglobin=_haemoglobin(row),
        )
        for row in facts.counts
        if row.taken_at <= ward.now()
    )


def _cells(per_ul: int | None, state: str) -> str:
    return state.replace(" per µL", "") if per_ul is None else write_number(per_ul)


def _haemoglobin(row: BloodCount) -> str:
    tenths = row.haemoglobin_tenths_g_per_l
    if tenths is None:
        return in_words(row.haemoglobin_state)
    return in_words(write_haemoglobin(Haemoglobin(tenths)))


def bands_of(ward: Ward, view: TimelineView) -> tuple[CountBand, ...]:
    """The courses that have begun, each to the day before the next one."""
    begun = [band for band in view.courses if band.state != "later"]
    tomorrow = ward.today() + timedelta(days=1)
    ends = [*(band.start for band in begun[1:]), tomorrow]
    return tuple(
        CountBand(band.title, band.start, min(until, tomorrow), band.priming)
        for band, until in zip(begun, ends, strict=True)
        if band.start < min(until, tomorrow)
    )
