"""The demonstration's DLT evaluations: an invented rule in force, and what a physician decided."""

from datetime import timedelta
from typing import Literal, cast

from bedside.places import place
from bedside.ward.demonstration_today import Maker
from bedside.ward.dlt_deciding import decide, record_not_evaluable
from bedside.ward.dlt_page import dlt_page
from bedside.ward.dlt_rules import load_rule
from bedside.ward.ward import Ward

PROTOCOL = "aall15p1"
_LOADS = "Petra Marek, pharmacist"
_PHYSICIAN = "Dr Ines Halvorsen, consultant"
_NOON = 12


def put_rule_in_force(ward: Ward) -> None:
    """Put the demonstration's invented rule in force, by one of its two invented people."""
    path = place("resources", "demo", "dlt_rule.toml")
    load_rule(ward, ward.protocols[PROTOCOL], path, who=_LOADS)


def tell_decisions(maker: Maker) -> None:
    """Record what a story says was decided: [term, verdict, days ago, reason]; and not evaluable."""
    for term, verdict, days_ago, reason in maker.story.get("dlt", []):
        maker.at(maker.moment(maker.day(int(days_ago)), _NOON))
        row = next(row for row in dlt_page(maker.ward, maker.infant_id).rows if row.term == term)
        decide(
            maker.ward,
            maker.infant_id,
            row.toxicity_id,
            cast(Literal["counts", "does not count"], verdict),
            physician=_PHYSICIAN,
            reason=reason,
            facts=row.facts,
            who=maker.physician,
        )
    if "not-evaluable" in maker.story:
        days_ago, reason = maker.story["not-evaluable"]
        maker.at(maker.moment(maker.day(int(days_ago)), _NOON) + timedelta(minutes=5))
        record_not_evaluable(
            maker.ward, maker.infant_id, physician=_PHYSICIAN, reason=reason, who=maker.physician
        )
