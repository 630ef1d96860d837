"""The titration against a small second judgement, and against every order of entry.

The oracle is written anew from the rule's words, on plain integers: no code of the program's is
used in it but the facts themselves.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.protocol.titration import propose
from bedside.protocol.titration_facts import Count, DoseSoFar, TitrationFacts
from bedside.units.quantities import Anc, Platelets
from tests.protocol.titration_cases import example_rule

DAY_1 = date(2026, 9, 1)
RULE = example_rule()
MP, MTX = "mercaptopurine", "methotrexate"
ANCS = (0, 400, 499, 500, 501, 600, 749, 750, 751, 1000, 1499, 1500, 1501, 2600, None)
PLATELETS = (
    20_000,
    50_000,
    50_001,
    75_000,
    75_001,
    90_000,
    90_000,
    120_000,
    120_000,
    150_000,
    None,
)
STEPS = (100, 125, 150, 175)


def story(rng: random.Random) -> TitrationFacts:
    """A random history: checks at random days, doses that follow no rule at all."""
    on = DAY_1 + timedelta(days=rng.randrange(120))
    days = sorted(rng.sample(range(-10, 125), rng.randrange(16)))
    good = rng.random() < 0.7
    counts = tuple(
        Count(
            DAY_1 + timedelta(days=day),
            one(Anc, rng.choice(ANCS[10:] if good else ANCS)),
            one(Platelets, rng.choice(PLATELETS[5:] if good else PLATELETS)),
        )
        for day in days
    )
    doses = []
    for drug in (MP, MTX):
        for day in sorted(rng.sample(range(60 if good else 90), rng.randrange(4))):
            percent = rng.choice((0, 50, 100, 100, 125, 150, 175))
            doses.append(DoseSoFar(drug, DAY_1 + timedelta(days=day), Decimal(percent)))
    return TitrationFacts(date(2025, 6, 1), DAY_1, on, counts, tuple(doses))


def one(kind, value):
    return None if value is None else kind(value)


def oracle(facts: TitrationFacts) -> dict[str, int]:
    """The proposed per cent of each drug, from the rule's words alone."""
    seen = sorted((count for count in facts.counts if count.on <= facts.on), key=lambda c: c.on)
    ancs = [count.anc.per_ul for count in seen if count.anc]
    platelets = [count.platelets.per_ul for count in seen if count.platelets]
    stop = any(v[-1:] and v[-1] <= b for v, b in ((ancs, 500), (platelets, 50_000)))
    half = any(v[-1:] and v[-1] <= b for v, b in ((ancs, 750), (platelets, 75_000)))
    sure = bool(seen) and seen[-1].anc is not None and seen[-1].platelets is not None
    sure = sure and (facts.on - seen[-1].on).days <= 14
    again = sure and ancs[-1] >= 750 and platelets[-1] >= 75_000
    lines = {
        drug: [
            (dose.from_on, int(dose.percent))
            for dose in sorted(facts.doses, key=lambda dose: dose.from_on)
            if dose.drug == drug and dose.from_on <= facts.on
        ]
        for drug in (MP, MTX)
    }
    return {
        drug: known(
            wanted(drug, lines, seen, facts.on, stop, half, sure, again),
            sure or not (seen or lines[drug]),
        )
        for drug in (MP, MTX)
    }


def known(percent: int, sure: bool) -> int | None:
    """No dose above 0 while the newest count is unknown or too old."""
    return percent if sure or percent == 0 else None


def wanted(drug, lines, seen, on, stop, half, sure, again) -> int:
    if stop:
        return 0
    line = lines[drug]
    if not line:
        return 50 if half else 100
    now = line[-1][1]
    fulls = [percent for _, percent in line if percent >= 100]
    if now == 0:
        if not again:
            return 0
        return 50 if half else (fulls[-1] if fulls else 100)
    if half:
        return min(now, 50)
    if now == 50:
        newer = bool(seen) and seen[-1].on > same_since(line)
        return fulls[-1] if again and fulls and newer else 50
    if not sure or now == 175:
        return now
    rises = by_checks(line, seen, on) if drug == MP else by_leader(line, lines[MP], on)
    return STEPS[STEPS.index(now) + 1] if rises else now


def by_checks(line, seen, on) -> bool:
    since = same_since(line)
    visits = []  # counts less than 14 days after a visit's first one are of that visit
    for count in seen:
        if count.on > since and count.anc:
            if not visits or count.on >= visits[-1][0].on + timedelta(days=14):
                visits.append([])
            visits[-1].append(count)
    three = [min(visit, key=lambda c: (c.anc.per_ul, c.on)) for visit in visits][-3:]
    return (
        len(three) == 3
        and (on - since).days >= 42
        and (three[-1].on - three[0].on).days <= 42
        and sum(1 for count in three if count.anc.per_ul >= 1500) >= 2
    )


def same_since(line) -> date:
    at = len(line) - 1
    while at and line[at - 1][1] == line[at][1]:
        at -= 1
    return line[at][0]


def raise_of(line) -> date | None:
    fulls = [entry for entry in line if entry[1] >= 100]
    if not fulls:
        return None
    since = same_since(fulls)
    lower = [percent for day, percent in fulls if day < since]
    return since if lower and lower[-1] < fulls[-1][1] else None


def by_leader(line, leader, on) -> bool:
    raised, own = raise_of(leader), raise_of(line)
    if raised is None or (own is not None and own >= raised):
        return False
    return leader[-1][1] > line[-1][1] and (on - raised).days >= 14


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(20))
def test_a_second_judgement_agrees_on_random_histories(seed: int) -> None:
    rng = random.Random(seed)
    seen = set()
    for _ in range(500):
        facts = story(rng)
        proposal = propose(RULE, facts)
        found = {
            drug.drug: None if drug.percent is None else int(drug.percent)
            for drug in proposal.drugs
        }
        assert found == oracle(facts), facts
        assert proposal.hold == (found == {MP: 0, MTX: 0})
        seen |= {drug.action for drug in proposal.drugs}
    assert seen >= {"start", "keep", "stop", "stay stopped", "reduce", "resume", "raise", "unknown"}


def test_the_order_of_entry_changes_nothing() -> None:
    rng = random.Random(417)
    for _ in range(500):
        facts = story(rng)
        counts, doses = list(facts.counts), list(facts.doses)
        rng.shuffle(counts)
        rng.shuffle(doses)
        entered = replace(facts, counts=tuple(counts), doses=tuple(doses))
        assert propose(RULE, entered) == propose(RULE, facts)


def test_nothing_rises_on_an_unknown() -> None:
    """No raise and no resumption happens while the newest result is pending."""
    rng = random.Random(15)
    for _ in range(2000):
        facts = story(rng)
        shown = [count for count in facts.counts if count.on <= facts.on]
        if not shown or (shown[-1].anc is not None and shown[-1].platelets is not None):
            continue
        for drug in propose(RULE, facts).drugs:
            assert drug.action not in {"raise", "resume"}


def test_later_counts_and_doses_change_nothing_today() -> None:
    rng = random.Random(8)
    for _ in range(300):
        facts = story(rng)
        without = replace(facts, counts=tuple(c for c in facts.counts if c.on <= facts.on))
        assert propose(RULE, without) == propose(RULE, facts)
