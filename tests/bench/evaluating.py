"""How long the DLT state of one infant takes, from two years of counts, grades, answers and decisions."""

from datetime import UTC, date, datetime, timedelta

from tests.bench.measure import Measure, by_turns

NAME = "DLT state of an infant from two years (at most 2 ms)"
DAYS = 730


def measure_evaluation(runs: int) -> Measure:
    """Work out period and evaluation afresh: a count a day, 60 toxicities with six grades each."""
    from bedside.places import place
    from bedside.protocol import dlt_toxicity
    from bedside.protocol.dlt import DltFacts, dlt_period
    from bedside.protocol.dlt_review import Decision, review
    from bedside.protocol.dlt_rule_reader import read_dlt_rule_file
    from bedside.protocol.dlt_toxicity import ToxicityHistory
    from bedside.units.quantities import Anc, Platelets
    from bedside.ward.references import protocols

    protocol = protocols()["aall15p1"]
    rule = read_dlt_rule_file(place("resources", "dlt") / "aall15p1.toml", protocol)
    first = date(2026, 9, 30)
    noon = datetime(2026, 9, 30, 12, tzinfo=UTC)
    keys = ("epi-1", "consolidation", "epi-2", "interim-maintenance", "epi-3", "di-part-1")
    facts = DltFacts(
        starts={key: first + timedelta(days=20 * at) for at, key in enumerate(keys)},
        counts=tuple(
            (noon + timedelta(days=day), Anc(300 + day % 190), Platelets(40_000))
            for day in range(DAYS)
        ),
        answers=(("epi-4", "toxicity-resolved", "yes", noon + timedelta(days=120)),),
    )
    toxicities = [
        ToxicityHistory(
            key=str(number),
            term="nausea",
            group="mouth, stomach and bowel",
            haematological=False,
            version="5.0",
            onset=first + timedelta(days=12 * number),
            grades=tuple(
                (first + timedelta(days=12 * number + step), (step + number) % 5)
                for step in range(6)
            ),
            attributions=(("azacitidine", "possible"), ("cytarabine", "unlikely")),
            course="consolidation",
        )
        for number in range(60)
    ]
    decisions = [
        Decision(str(number), "does not count", "Dr A", noon + timedelta(days=700), "r")
        for number in range(0, 60, 2)
    ]
    today = first + timedelta(days=DAYS)

    def work(_: int) -> None:
        dlt_toxicity._graded.cache_clear()
        dlt_toxicity._spanned.cache_clear()
        review(dlt_period(protocol, facts), rule, toxicities, decisions, None, today)

    ours, _ = by_turns(work, lambda _: None, runs)
    return Measure(NAME, "what it may take", "ms", ours, 2.0, 1.0)
