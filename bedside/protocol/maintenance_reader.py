"""Reads a titration rule: the worked example's own file, or the [maintenance] table of site values.

Strict, and every fault named with its place: thresholds that contradict each other, bands of age
that leave a gap, steps out of order, a drug that follows one that is not there, a number without
its source (hazard H39).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from bedside.protocol.drugs import DrugNames, drug_names, route_atoms
from bedside.protocol.fact_reader import read_rate, read_sources
from bedside.protocol.maintenance import (
    Every,
    FollowRule,
    MaintenanceDrug,
    MaintenanceRule,
    RaiseRule,
    ReduceRule,
    ResumeRule,
    ShareOf,
    StartBand,
    StopRule,
)
from bedside.protocol.maintenance_checks import check_rule
from bedside.protocol.model import Evidence, Origin
from bedside.protocol.toml_table import FileTable, read_toml
from bedside.units.refusal import Refused

EVERY = ("day", "week")
SHARE_OF = ("start", "before")
EVIDENCE = ("site", "related")
NO_ORIGIN = Origin("absent", ())


class MaintenanceFileError(Refused):
    """A rule file cannot be used; each reason names the file, the place and what is right."""


class RuleReader:
    """Reads one [maintenance] table.

    Args:
        table: the table.
        drugs: the drug list.
        short: the file's sources by key, short names; None in a site's file, whose sources are
            words such as "controlled copy, section 9.3" and whose evidence is always "site".
    """

    def __init__(
        self, table: FileTable, drugs: DrugNames, short: Mapping[str, str] | None = None
    ) -> None:
        self.table = table
        self.drugs = drugs
        self.short = short
        self.whole = NO_ORIGIN

    def read(
        self,
        *,
        protocol: str,
        edition: str,
        demonstration: bool = False,
        confirmed: tuple[tuple[str, str] | None, date | None] = (None, None),
        sources: tuple[str, ...] = (),
    ) -> MaintenanceRule | None:
        """Read the rule; None when a part without which it is no rule is missing."""
        table = self.table
        title = table.text("title")
        self.whole = self._origin(table, top=True)
        check_every = table.table("check-every")
        days = None if check_every is None else check_every.whole("days", needed=True)
        self._close(check_every)
        stop, resume = self._stop(), self._resume()
        reduce, raising = self._reduce(), self._raise()
        drugs = tuple(self._drug(drug) for drug in table.tables("drug", needed=True))
        table.done()
        if stop is None or resume is None:
            return None
        rule = MaintenanceRule(
            title=title,
            origin=self.whole,
            protocol=protocol,
            edition=edition,
            demonstration=demonstration,
            confirmed_by=confirmed[0],
            confirmed_on=confirmed[1],
            check_every_days=days,
            stop=stop,
            reduce=reduce,
            resume=resume,
            raising=raising,
            drugs=drugs,
            sources=sources or self.whole.sources,
        )
        check_rule(table, rule)
        return rule

    def _stop(self) -> StopRule | None:
        table = self.table.table("stop", needed=True)
        if table is None:
            return None
        anc = table.whole("anc-at-most-per-ul", needed=True)
        platelets = table.whole("platelets-at-most-per-ul", needed=True)
        origin = self._origin(table)
        table.done()
        return None if anc is None or platelets is None else StopRule(anc, platelets, origin)

    def _reduce(self) -> ReduceRule | None:
        table = self.table.table("reduce")
        if table is None:
            return None
        anc = table.whole("anc-at-most-per-ul", needed=True)
        platelets = table.whole("platelets-at-most-per-ul", needed=True)
        percent = self._share(table, table.whole("percent", needed=True), most=99)
        of = cast(ShareOf, table.choice("of", SHARE_OF))
        origin = self._origin(table)
        table.done()
        if anc is None or platelets is None or percent is None:
            return None
        return ReduceRule(anc, platelets, percent, of, origin)

    def _resume(self) -> ResumeRule | None:
        table = self.table.table("resume", needed=True)
        if table is None:
            return None
        anc = table.whole("anc-at-least-per-ul", needed=True)
        platelets = table.whole("platelets-at-least-per-ul", needed=True)
        percent = self._share(table, table.whole("percent", needed=True), most=100)
        of = cast(ShareOf, table.choice("of", SHARE_OF))
        origin = self._origin(table)
        table.done()
        if anc is None or platelets is None or percent is None:
            return None
        return ResumeRule(anc, platelets, percent, of, origin)

    def _raise(self) -> RaiseRule | None:
        table = self.table.table("raise")
        if table is None:
            return None
        anc = table.whole("anc-at-least-per-ul", needed=True)
        times = table.whole("times", needed=True)
        checks = table.whole("checks", needed=True)
        within = table.whole("within-days", needed=True)
        same, apart = table.whole("same-dose-days"), table.whole("least-days-apart")
        origin = self._origin(table)
        table.done()
        if anc is None or times is None or checks is None or within is None:
            return None
        if times > checks:
            table.fault("times", f"{times} of {checks} checks cannot be: write fewer times.")
        if apart is not None and (checks - 1) * apart > within:
            table.fault(
                "least-days-apart",
                f"{checks} checks {apart} days apart do not fit into {within} days: correct one.",
            )
        return RaiseRule(anc, times, checks, within, same, origin, apart)

    def _drug(self, table: FileTable) -> MaintenanceDrug:
        drug = table.text("drug")
        table.place = f"{self.table.place} > drug {drug}" if drug else table.place
        if drug and drug not in self.drugs.drugs:
            table.fault("drug", f"{drug!r} is not in the drug list: correct it.")
        route = table.text("route")
        for atom in route_atoms(route) if route else ():
            if atom not in {"PO", "NG"}:
                table.fault("route", f"{atom!r} is not by mouth: write PO, NG or PO or NG.")
        steps, steps_origin = self._steps(table)
        read = MaintenanceDrug(
            drug=drug,
            route=route,
            every=cast(Every, table.choice("every", EVERY)),
            start=self._bands(table),
            steps=steps,
            steps_origin=steps_origin,
            follows=self._follows(table),
        )
        table.done()
        return read

    def _steps(self, table: FileTable) -> tuple[tuple[Decimal, ...], Origin]:
        steps = table.table("steps", needed=True)
        if steps is None:
            return (), NO_ORIGIN
        percent = steps.wholes("percent", needed=True)
        if percent and percent[0] != 100:
            steps.fault("percent", "the first step is 100, the dose begun with.")
        origin = self._origin(steps)
        steps.done()
        return tuple(Decimal(step) for step in percent), origin

    def _bands(self, table: FileTable) -> tuple[StartBand, ...]:
        bands: list[StartBand] = []
        for band in table.tables("start", needed=True):
            month = _month(band)
            rate = read_rate(band)
            if rate is None and not band.has("value"):
                band.fault("value", "a starting dose needs its value and unit.")
            origin = self._origin(band)
            band.done()
            if bands and month <= bands[-1].from_month:
                band.fault("from-month", "bands stand in rising order, each month once.")
            elif rate is not None:
                bands.append(StartBand(month, rate, origin))
        return tuple(bands)

    def _follows(self, table: FileTable) -> FollowRule | None:
        follows = table.table("follows")
        if follows is None:
            return None
        drug = follows.text("drug")
        after = follows.wholes("after-days", needed=True)
        origin = self._origin(follows)
        follows.done()
        return FollowRule(drug, after, origin)

    def _close(self, table: FileTable | None) -> None:
        if table is not None:
            self._origin(table)
            table.done()

    def _share(self, table: FileTable, percent: int | None, *, most: int) -> int | None:
        if percent is not None and percent > most:
            table.fault("percent", f"{percent} per cent is too much here: at most {most}.")
        return percent

    def _origin(self, table: FileTable, *, top: bool = False) -> Origin:
        """A fact's own evidence and sources, or those of the whole table."""
        evidence = table.choice("evidence", EVIDENCE, None if top else self.whole.evidence)
        right = "site" if self.short is None else "related"
        if evidence != right and (top or table.has("evidence")):
            table.fault("evidence", f"only {right!r} fits in this file, not {evidence!r}.")
        sources = table.texts("source", needed=top or self.short is not None)
        note = table.text("note", "")
        if self.short is not None:
            for key in sources:
                if key not in self.short:
                    table.fault("source", f"{key!r} is not in [sources]: add it, or correct it.")
        elif top and not any(words.strip() for words in sources):
            table.fault("source", 'say where this is read: ["controlled copy, section 9.3"].')
        sources = sources or self.whole.sources
        short = self.short or {}
        named = "; ".join(short.get(key, key) for key in sources)
        return Origin(cast(Evidence, evidence), sources, note, named)


def read_rule_file(path: Path, drugs: DrugNames | None = None) -> MaintenanceRule:
    """Read a rule file of its own (with [sources]), as `resources/maintenance/` holds one.

    Raises:
        MaintenanceFileError: with every fault found.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise MaintenanceFileError(
            f"{path.name}: byte {fault.start} is not UTF-8: save the file as UTF-8."
        ) from fault
    return read_rule_text(text, path.name, drugs)


def read_rule_text(text: str, name: str, drugs: DrugNames | None = None) -> MaintenanceRule:
    """Read a rule file from its text; ``name`` is the file's name for messages."""
    top, faults = read_toml(text, name, MaintenanceFileError)
    known = drug_names() if drugs is None else drugs
    top.text("key")
    edition = top.text("edition")
    short, full = read_sources(top)
    table = top.table("maintenance", needed=True)
    rule = None
    if table is not None:
        reader = RuleReader(table, known, short)
        rule = reader.read(protocol="", edition=edition, sources=tuple(full.values()))
    top.done()
    if rule is None or faults.found:
        raise MaintenanceFileError(*faults.found)
    return rule


def _month(band: FileTable) -> int:
    """A completed month of age, 0 allowed."""
    if band.has("from-month") and band.values["from-month"] == 0:
        return 0
    return band.whole("from-month", needed=True) or 0
