"""A titration rule in words, and what is said where there is none: one text for screen, paper and JSON."""

from bedside.protocol.drugs import display_name
from bedside.protocol.maintenance import MaintenanceDrug, MaintenanceRule
from bedside.units.writer import write_count, write_number, write_rate


def no_rule_words(protocol: str, course: str) -> tuple[str, ...]:
    """Which fact is missing, who can supply it, and where.

    Args:
        protocol: the protocol's title.
        course: the course's title.
    """
    return (
        f"The rule for the doses by mouth in {course} of {protocol} is not public: starting doses "
        "by age, counts to stop, reduce, resume and raise at.",
        "Two people of this site enter it from the controlled copy of the protocol, in the "
        "[maintenance] table of the site's values.",
    )


def rule_in_words(rule: MaintenanceRule) -> tuple[str, ...]:
    """Every part of the rule, a line each."""
    stop, reduce, resume, raising = rule.stop, rule.reduce, rule.resume, rule.raising
    lines = [
        f"Stop: ANC at most {write_count(stop.anc_at_most)}, or platelets at most "
        f"{write_count(stop.platelets_at_most)}."
    ]
    if reduce is not None:
        lines.append(
            f"{reduce.percent} % of the dose {_of(reduce.of)}: ANC at most "
            f"{write_count(reduce.anc_at_most)}, or platelets at most "
            f"{write_count(reduce.platelets_at_most)}."
        )
    lines.append(
        f"Resume at {resume.percent} % of the dose {_of(resume.of)}: ANC at least "
        f"{write_count(resume.anc_at_least)} and platelets at least "
        f"{write_count(resume.platelets_at_least)}."
    )
    if raising is not None:
        same = raising.same_dose_days
        waited = "" if same is None else f", after {same} days on the same dose"
        lines.append(
            f"Raise by one step: ANC at least {write_count(raising.anc_at_least)} in "
            f"{raising.times} of {raising.checks} checks within {raising.within_days} days{waited}."
        )
        if rule.apart_days is not None:
            lines.append(
                f"For a raise, counts less than {rule.apart_days} days apart are one check, with the "
                "lowest of them."
            )
    if rule.check_every_days is not None:
        lines.append(
            f"For a step upwards the newest count is at most {rule.check_every_days} days old."
        )
    lines.extend(_drug(drug) for drug in rule.drugs)
    lines.append(f"Source: {rule.origin.named}.")
    return tuple(lines)


def _drug(drug: MaintenanceDrug) -> str:
    bands = ", ".join(
        f"{write_rate(band.rate)} from {band.from_month} months" for band in drug.start
    )
    steps = ", ".join(write_number(step) for step in drug.steps)
    follows = ""
    if drug.follows is not None:
        days = " or ".join(str(day) for day in drug.follows.after_days)
        follows = f"; rises {days} days after {display_name(drug.follows.drug)}"
    return f"{display_name(drug.drug)}, each {drug.every}: {bands}; steps {steps} %{follows}."


def _of(of: str) -> str:
    return "begun with" if of == "start" else "before"
