"""What a titration rule must keep so that its parts do not contradict each other."""

from bedside.protocol.maintenance import MaintenanceDrug, MaintenanceRule
from bedside.protocol.toml_table import FileTable


def check_rule(table: FileTable, rule: MaintenanceRule) -> None:
    """Report parts of a rule that cannot stand together.

    Args:
        table: the [maintenance] table, for naming the place.
        rule: the rule as read.
    """
    _thresholds(table, rule)
    keys = [drug.drug for drug in rule.drugs]
    for drug in rule.drugs:
        if keys.count(drug.drug) > 1:
            table.fault("drug", f"the drug {drug.drug} stands there twice: keep one.")
        _follows(table, rule, drug)
    if rule.raising is None and any(len(drug.steps) > 1 for drug in rule.drugs):
        table.fault("raise", "the drugs have steps, and nothing says when a dose rises.")


def _thresholds(table: FileTable, rule: MaintenanceRule) -> None:
    stop, reduce, resume, raising = rule.stop, rule.reduce, rule.resume, rule.raising
    if reduce is not None and (
        reduce.anc_at_most <= stop.anc_at_most or reduce.platelets_at_most <= stop.platelets_at_most
    ):
        table.fault("reduce", "its counts must lie above those of the stop.")
    if (
        resume.anc_at_least <= stop.anc_at_most
        or resume.platelets_at_least <= stop.platelets_at_most
    ):
        table.fault("resume", "its counts must lie above those of the stop.")
    lowest = stop.anc_at_most if reduce is None else reduce.anc_at_most
    if raising is not None and raising.anc_at_least <= lowest:
        table.fault("raise", f"its ANC must lie above {lowest}, where the dose is not full.")


def _follows(table: FileTable, rule: MaintenanceRule, drug: MaintenanceDrug) -> None:
    if drug.follows is None:
        return
    leader = rule.drug(drug.follows.drug)
    if leader is None or leader is drug or leader.follows is not None:
        table.fault(
            f"drug {drug.drug} > follows",
            f"{drug.follows.drug!r} must be another drug of this rule that rises by its own checks.",
        )
    elif not set(drug.steps) <= set(leader.steps):
        table.fault(f"drug {drug.drug} > steps", f"each must be a step of {leader.drug}, too.")
