"""Two stations, each a process of its own, do the same at the same moment: one of them records it."""

from decimal import Decimal

import pytest

from bedside.store.meanwhile import Conflict, Overtaken
from bedside.store.records import Measurement
from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewSize
from bedside.ward.weighing import record_size
from tests.server.stations import ServerBench, Station
from tests.ward.ordering import row_of, signer
from tests.ward.wards import NURSE

PHARMACISTS = ("M. Keller, pharmacist", "P. Ruiz, pharmacist")


@pytest.fixture
def bench(postgres, ward, tmp_path):
    """A ward on a server with an infant whose EPI #1 is open and prescribed."""
    from bedside.ward.order_acts import prescribe
    from tests.ward.ordering import PRESCRIBER, band

    made = ServerBench(tmp_path / "first", postgres.url(ward))
    made.at(2026, 9, 1, 9, 0)
    made.open_epi_1(confirmed=False)
    made.at(2026, 10, 8, 12, 0)
    rows = [row_of(made.ward, 1, ("epi-1", day, "azacitidine", "IV")) for day in (2, 3)]
    doctor = signer(made.ward, PRESCRIBER)
    prescribe(made.ward, 1, rows, band(made.ward, 1), doctor, who=PRESCRIBER)
    yield made
    made.ward.store.close()


@pytest.fixture
def other(postgres, ward, bench, tmp_path):
    """Another station on the same ward."""
    made = ServerBench(tmp_path / "other", postgres.url(ward))
    made.at(2026, 10, 8, 11, 55)
    yield made
    made.ward.store.close()


@pytest.fixture
def stations(postgres, ward, bench, tmp_path):
    both = [Station(tmp_path / name, postgres.url(ward)) for name in ("one", "other")]
    for station in both:
        assert station.answer() == ("ready", "")
    yield both
    for station in both:
        station.close()


def test_two_stations_do_not_record_the_same_dose_specimen_signature_or_toxicity(bench, stations):
    told = [
        *(("given", {"day": day}, "recorded") for day in induction_days(bench)[:2]),
        ("left out", {"day": 12}, "recorded already as not given"),
        *(("count", {"minute": minute}, "already") for minute in range(3)),
        *(("verify", {"day": day}, "") for day in (2, 3)),
        *(
            ("toxicity", {"term": term, "day": "2026-10-06"}, "already")
            for term in ("Nausea", "Fever")
        ),
    ]
    for what, words, why in told:
        outcomes = sorted(contest(stations, what, words))
        assert [outcome for outcome, _ in outcomes] == ["done", "refused"], (what, outcomes)
        assert why in outcomes[1][1]
    bench.ward.store.verify_audit()
    facts = facts_of(bench.ward, 1)
    assert len([dose for dose in facts.doses if dose.drug == "daunorubicin"]) == 2
    assert len(facts.counts) == 1 + 3
    assert len(facts.toxicities) == 2


def test_a_form_opened_before_another_station_saved_shows_both(bench, other):
    """Nothing is recorded over what she has not seen; seen, she decides, and it is judged anew."""
    store, opened = bench.ward.store, bench.ward.store.known_head.seq
    other.weigh(6400)
    with pytest.raises(Conflict, match=f"{NURSE}: recorded") as found:
        store.judge(lambda: bench.weigh(6300), opened)
    theirs, mine = found.value.theirs, found.value.mine
    assert [row.values["weight_g"] for row in theirs if row.table == "measurement"] == [6400]
    assert [row.values["weight_g"] for row in mine if row.table == "measurement"] == [6300]
    assert [row.weight_g for row in facts_of(bench.ward, 1).measurements] == [6200, 6400]
    store.judge(lambda: bench.weigh(6300), theirs[-1].seq)
    assert [row.weight_g for row in facts_of(bench.ward, 1).measurements][-1] == 6300
    other.count(640, 90_000)  # another kind of record: nobody is asked
    bench.at(2026, 10, 8, 12, 1)
    store.judge(lambda: bench.weigh(6310), store.known_head.seq)


def test_two_weights_of_the_same_minute_are_shown_beside_each_other_too(bench, other):
    """The likeliest of all: "already weighed at this very time" did not say with which weight."""
    store, opened = bench.ward.store, bench.ward.store.known_head.seq
    other.clock.now = bench.clock.now
    other.weigh(6600)
    with pytest.raises(Conflict) as found:
        store.judge(lambda: bench.weigh(6500), opened)
    for rows, grams in ((found.value.theirs, 6600), (found.value.mine, 6500)):
        assert [row.values["weight_g"] for row in rows if row.table == "measurement"] == [grams]
    with pytest.raises(Refused, match="already weighed at this very time"):
        store.judge(lambda: bench.weigh(6500), found.value.seen)
    assert [row.weight_g for row in facts_of(bench.ward, 1).measurements] == [6200, 6600]


def test_a_dose_is_not_signed_on_what_another_station_has_changed_unseen(bench, other):
    """The weight that a dose rests on was recorded anew while its form was open."""
    from tests.server.stations import ACTS

    opened = bench.ward.store.known_head.seq
    other.weigh(5200)
    day = induction_days(bench)[0]
    with pytest.raises(Conflict):
        bench.ward.store.judge(lambda: ACTS["given"](bench, day), opened)


def test_what_is_judged_while_another_station_saves_is_judged_anew(bench, other):
    """Between the judgement and the turn: the second judgement sees the first station's weight."""
    seen = []

    def overtaken():
        seen.append(facts_of(bench.ward, 1).measurements[-1].weight_g)
        if len(seen) == 1:
            other.weigh(6400)
        size = NewSize(BodyWeight(6300), None, bench.clock(), "typed a second time")
        return record_size(bench.ward, 1, size, who=NURSE)

    bench.ward.store.judge(overtaken)
    assert seen == [6200, 6400]
    assert issubclass(Overtaken, Exception)
    bench.ward.store.verify_audit()


def test_who_counts_first_a_moment_after_another_is_told_that_she_is_the_second(
    bench, other, monkeypatch
):
    """Nothing of hers was kept; "recorded already" alone would let her believe that it was."""
    from bedside.ward import second_check
    from bedside.ward.order_acts import release, verify
    from tests.ward.ordering import row_of, signer

    planned = ("epi-1", 2, "azacitidine", "IV")
    for act, who in zip((verify, release), PHARMACISTS, strict=True):
        act(bench.ward, 1, [row_of(bench.ward, 1, planned)], signer(bench.ward, who), who=who)
    counted = second_check.Counted(
        BodyWeight(6200), DrugAmount(Decimal("15.5"), "mg"), Decimal("1.55")
    )
    names, columns = iter((NURSE, "E. Sorensen, nurse")), second_check._columns

    def count(at):
        who = next(names)
        by = signer(at.ward, who)
        return second_check.record_first(at.ward, 1, planned, counted, by, who=who)

    def judged(*words):
        monkeypatch.setattr(second_check, "_columns", columns)
        count(other)
        return columns(*words)

    monkeypatch.setattr(second_check, "_columns", judged)
    with pytest.raises(Refused, match=r"Sorensen has counted first .* your count is the second"):
        count(bench)
    bench.ward.store.verify_audit()


def test_a_dose_struck_out_by_another_a_moment_before_is_not_called_struck_out_by_hers(
    bench, other, monkeypatch
):
    """The start of an infusion at two stations: the second read "This is struck out already"."""
    from bedside.store.change import Change

    row, void = bench.weigh(6400), Change.void
    done = []

    def struck(change, kind, number, reason):
        if not done:
            done.append(number)
            other.ward.store.judge(lambda: strike(other))
        void(change, kind, number, reason)

    def strike(at):
        sizes = [one for one in facts_of(at.ward, 1).measurements if one.id == row]
        if not sizes:
            raise Refused("Another weight stands now.")
        with at.ward.store.change(NURSE, "corrected", at.clock()) as change:
            if at is bench:
                struck(change, Measurement, row, "misread")
            else:
                change.void(Measurement, row, "misread")

    with pytest.raises(Refused, match="Another weight stands now"):
        bench.ward.store.judge(lambda: strike(bench))
    assert done == [row]


def contest(stations, what, words):
    """Both are told at once; a signature by two people, so that each is new."""
    for number, station in enumerate(stations):
        signed = {"who": PHARMACISTS[number]} if what == "verify" else {}
        station.tell(what, **words, **signed)
    return [station.answer() for station in stations]


def induction_days(bench):
    facts = facts_of(bench.ward, 1)
    return list(facts.protocol.course("induction").plan("daunorubicin", "IV").days.scheduled)
