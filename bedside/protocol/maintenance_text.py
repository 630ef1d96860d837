"""Writes the [maintenance] table of a file of site values from the commissioned titration rule."""

from collections.abc import Iterator, Mapping, Sequence

from bedside.protocol.drugs import display_name
from bedside.protocol.rule_numbers import MAINTENANCE_RULE, OWN_CHECKS
from bedside.protocol.toml_words import dose_parts, number_of, quoted
from bedside.protocol.typed_choices import NOT_STATED

_LEAST, _MOST = "at-least-per-ul", "at-most-per-ul"
_SHARED = ("anc", "platelets", "percent", "of")
_WHOLE = (
    ("Stop", "stop", ("anc", "platelets")),
    ("Reduce", "reduce", _SHARED),
    ("Resume", "resume", _SHARED),
    ("Raise", "raise", ("anc", "times", "checks", "within")),
)


def maintenance_lines(
    recorded: Mapping[str, str], edition: str, asked: Sequence[str]
) -> Iterator[str]:
    """The rule, once all of it is recorded and its stop, its resumption and one drug are whole.

    Half a rule is none: without the part that two people have not settled yet (a reduction, say)
    it would propose another dose than the copy.

    Args:
        recorded: canonical texts by number id.
        edition: of the site's values, named as the source.
        asked: ids of every number of the rule.
    """
    if any(number_id not in recorded for number_id in asked):
        return
    rule = _Rule(recorded)
    if rule_faults(recorded):
        return
    stop, resume = rule.counts("stop", _MOST), rule.share("resume", _LEAST)
    drugs = [lines for drug in rule.drugs() for lines in (rule.drug(drug),) if lines]
    if not (stop and resume and drugs):
        return
    source = quoted(f"controlled copy, commissioned here: {edition}")
    yield from ("", "[maintenance]", 'title = "titration rule of this site"')
    yield from ('evidence = "site"', f"source = [{source}]")
    days = rule.first("check-every")
    if days:
        yield f"check-every = {{ days = {days} }}"
    yield f"stop = {{ {stop} }}"
    reduce = rule.share("reduce", _MOST)
    if reduce:
        yield f"reduce = {{ {reduce} }}"
    yield f"resume = {{ {resume} }}"
    raising = rule.raising()
    if raising:
        yield f"raise = {{ {raising} }}"
    for lines in drugs:
        yield from lines


def rule_faults(recorded: Mapping[str, str]) -> tuple[str, ...]:
    """Parts of which the copy states some figures and not others: such a rule is not used.

    Args:
        recorded: canonical texts by number id.
    """
    rule = _Rule(recorded)
    return (*_halves(rule), *_half_followed(rule))


def _half_followed(rule: "_Rule") -> Iterator[str]:
    """A drug that follows another one after no days, or days after nothing."""
    for drug in rule.drugs():
        after, days = rule.leader(drug), rule.text(f"follows-after/{drug}")
        if after and not days:
            yield (
                f"{display_name(drug)} is raised after a raise of {display_name(after)}: after how "
                "many days is not typed."
            )
        if days and not after:
            yield (
                f"{display_name(drug)}: days after a raise are typed, but it follows no other drug."
            )


def _halves(rule: "_Rule") -> Iterator[str]:
    """Parts of the rule with some of their figures only."""
    return (
        f"{words}: of {', '.join(names)} some are typed and some not: a rule needs all of them or "
        "none."
        for words, part, names in _WHOLE
        if len({bool(rule.text(f"{part}/{name}")) for name in names}) > 1
    )


class _Rule:
    """The recorded texts of the rule."""

    def __init__(self, recorded: Mapping[str, str]) -> None:
        self._recorded = recorded

    def text(self, key: str) -> str:
        """One recorded text, "" where there is none or the copy states none."""
        text = self._recorded.get(f"{MAINTENANCE_RULE}/{key}", "")
        return "" if text == NOT_STATED else text

    def first(self, key: str) -> str:
        """The number at the beginning of a text."""
        return self.text(key).split(" ", 1)[0]

    def counts(self, part: str, bound: str) -> str:
        """Both counts of a part; "" unless both are there."""
        anc, platelets = self.first(f"{part}/anc"), self.first(f"{part}/platelets")
        if not (anc and platelets):
            return ""
        return f"anc-{bound} = {anc}, platelets-{bound} = {platelets}"

    def share(self, part: str, bound: str) -> str:
        """Counts with the share of a dose; "" unless all are there."""
        counts, percent = self.counts(part, bound), self.first(f"{part}/percent")
        of = self.text(f"{part}/of")
        if not (counts and percent and of):
            return ""
        return f"{counts}, percent = {percent}, of = {quoted(of)}"

    def raising(self) -> str:
        """When the dose is raised; "" unless its four figures are there."""
        found = [self.first(f"raise/{key}") for key in ("anc", "times", "checks", "within")]
        if not all(found):
            return ""
        anc, times, checks, within = found
        same = self.first("raise/same-dose")
        more = f", same-dose-days = {same}" if same else ""
        return f"anc-{_LEAST} = {anc}, times = {times}, checks = {checks}, within-days = {within}{more}"

    def drugs(self) -> list[str]:
        """The drugs with a recorded starting dose, in alphabetical order."""
        start = f"{MAINTENANCE_RULE}/start/"
        return sorted(key.removeprefix(start) for key in self._recorded if key.startswith(start))

    def drug(self, drug: str) -> tuple[str, ...]:
        """One drug's table; empty unless dose, steps and rhythm are there."""
        start, steps = self.text(f"start/{drug}"), self.text(f"steps/{drug}")
        every, leader = self.text(f"every/{drug}"), self.leader(drug)
        if not (start and steps and every):
            return ()
        listed = ", ".join(str(step) for step in number_of("percents", steps))
        return (
            "",
            "[[maintenance.drug]]",
            f"drug = {quoted(drug)}",
            'route = "PO"',
            f"every = {quoted(every)}",
            f"start = [{', '.join(_bands(start))}]",
            f"steps = {{ percent = [{listed}] }}",
            *((self._follows(drug, leader),) if leader else ()),
        )

    def _follows(self, drug: str, leader: str) -> str:
        days = number_of("waits", self.text(f"follows-after/{drug}"))
        return f"follows = {{ drug = {quoted(leader)}, after-days = {list(days)} }}"

    def leader(self, drug: str) -> str:
        """The drug whose raise this one follows, "" where it rises by its own checks."""
        found = self.text(f"follows/{drug}")
        return "" if found == OWN_CHECKS else found


def _bands(text: str) -> Iterator[str]:
    bands = text.split("; ") if text.startswith("from ") else [f"from 0 months {text}"]
    for band in bands:
        _, month, _, dose = band.split(" ", 3)
        value, unit = dose_parts(dose)
        yield f"{{ from-month = {month}, value = {value}, unit = {quoted(unit)} }}"
