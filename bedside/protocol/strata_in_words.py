"""Risk groups, arms, transplant, MRD, fusion partners, outcomes and rulings of a protocol in words."""

from collections.abc import Iterator

from bedside.papers.protocol_book import FactLine
from bedside.protocol.model import Protocol
from bedside.protocol.origin import Origin
from bedside.protocol.path import titles_of
from bedside.protocol.risk_model import Ruling, Threshold, TransplantRule
from bedside.units.writer import write_number

_UNITS = {"10^9/L": "×10⁹/L", "/uL": "per µL"}


def strata_lines(protocol: Protocol) -> Iterator[FactLine]:
    """Every fact about who takes which treatment, in the order of the file.

    Args:
        protocol: whose strata; empty where its file has none.
    """
    strata = protocol.strata
    if strata.risk is not None:
        for threshold in strata.risk.thresholds:
            yield _line("Limits", threshold.key, _limit(threshold), threshold.origin)
        for group in strata.risk.groups:
            yield _line("Risk groups", f"{group.key}, {group.title}", group.words, group.origin)
    for arm in strata.arms:
        taken = f"allocated: {', '.join(arm.allocated)}" if arm.allocated else ""
        also = f"without allocation: {', '.join(arm.without_allocation)}"
        parts = [arm.words, taken, also if arm.without_allocation else ""]
        yield _line("Arms", arm.title, "; ".join(part for part in parts if part), arm.origin)
    if strata.transplant is not None:
        yield from _transplant(protocol, strata.transplant)
    for point in strata.mrd_points:
        yield _line("MRD", "time point", point.title, point.origin)
    for partner in strata.partners:
        yield _line("KMT2A partners", partner.title, partner.outcome, partner.origin)
    for outcome in strata.outcomes:
        words = f"{outcome.measure}: {outcome.figure}"
        yield _line("Published outcome", outcome.about, words, outcome.origin)
    for ruling in strata.rulings:
        yield from _ruling(ruling)


def _line(about: str, aspect: str, words: str, origin: Origin) -> FactLine:
    return FactLine(
        about, aspect, words, origin.evidence, origin.sources, origin.named, origin.note
    )


def _limit(threshold: Threshold) -> str:
    sign = "at least" if threshold.operator == ">=" else "below"
    unit = _UNITS.get(threshold.unit, threshold.unit)
    return f"{threshold.words} ({sign} {write_number(threshold.value)} {unit})"


def _transplant(protocol: Protocol, rule: TransplantRule) -> Iterator[FactLine]:
    yield _line("Transplant", "for whom", rule.words, rule.origin)
    yield _line("Transplant", "limit of MRD", _limit(rule.mrd), rule.mrd.origin)
    replaced = f"not taken after it: {', '.join(titles_of(protocol, rule.replaces))}"
    yield _line("Transplant", "replaces", replaced, rule.replaces_origin)


def _ruling(ruling: Ruling) -> Iterator[FactLine]:
    about = f"Ruling: {ruling.question}"
    for number, reading in enumerate(ruling.readings, start=1):
        yield _line(about, f"reading {number}", reading, ruling.origin)
    yield FactLine(about, "ruling", ruling.ruling, "program", note=f"why: {ruling.why}")
