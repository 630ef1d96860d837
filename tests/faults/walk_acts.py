"""The acts of a ward that the random walk chooses from; each goes through the door that a click goes through.

A refusal is always allowed, as long as it is in words and has kept nothing.
"""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of
from bedside.ward.forms import Judgement, NewSize, NewToxicity
from bedside.ward.giving import finish_infusion, start_infusion, start_vial
from bedside.ward.holding import end_hold, save_hold
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, correct_result, record_results
from bedside.ward.printing import make_paper
from bedside.ward.reductions import save_reduction
from bedside.ward.toxicities import (
    answer_resolved,
    log_of,
    record_toxicity,
    regrade,
    resolve,
    void_toxicity,
)
from bedside.ward.views.delay import NewHold
from bedside.ward.views.reductions import NewReduction
from bedside.ward.views.toxicity import Attributed
from bedside.ward.weighing import record_size
from tests.ward.ordering import by, ready
from tests.ward.wards import DOCTOR, NURSE, Bench

TERMS = ("Mucositis oral", "Vomiting", "Febrile neutropenia", "Sepsis", "Nausea")
grams = st.integers(3000, 12000)
minutes = st.integers(0, 600)


class Acts(RuleBasedStateMachine):
    """What people do in the ward, at random; the ward itself is made by `tests.faults.walk.Walk`."""

    bench: Bench
    above: Path
    printed: dict[int, tuple[str, int | None]]
    refused: int

    def _do(self, act, *words, **named):
        """Do something that may be refused; whatever is refused has changed nothing."""
        head = self.bench.ward.store.audit_head()
        try:
            return act(*words, **named)
        except Refused as refusal:
            reasons = refusal.reasons
        assert all(reason.strip() for reason in reasons)
        assert self.bench.ward.store.audit_head() == head, f"refused, but kept: {reasons}"
        self.refused += 1
        return None

    @rule(weight=grams, back=minutes)
    def weigh(self, weight, back):
        at = self.bench.ward.now() - timedelta(minutes=back)
        size = NewSize(BodyWeight(weight), BodyLength(620), at, "typed a second time")
        self._do(record_size, self.bench.ward, 1, size, who=NURSE)

    @rule(anc=st.integers(0, 4000), platelets=st.integers(0, 300_000))
    def count(self, anc, platelets):
        self._do(self.bench.count, anc, platelets)

    @rule(reason=st.sampled_from(["", "typed from the wrong slip"]), which=st.integers(0, 3))
    def strike_out_count(self, reason, which):
        counts = facts_of(self.bench.ward, 1).counts
        if counts:
            self._do(
                void_counts, self.bench.ward, counts[which % len(counts)].id, reason, who=NURSE
            )

    @rule(which=st.integers(0, 9), reason=st.sampled_from([" ", "wrong infant"]))
    def strike_out(self, which, reason):
        every = correctable(self.bench.ward, 1)
        if every:
            one = every[which % len(every)]
            self._do(strike_out, self.bench.ward, 1, one.kind, one.record_id, reason, who=NURSE)

    @rule(value=st.integers(1, 900), again=st.booleans(), back=minutes)
    def chemistry(self, value, again, back):
        typed = f"0.{value}"
        result = NewResult("creatinine", typed, "mg/dL", again=typed if again else "")
        at = self.bench.ward.now() - timedelta(minutes=back)
        specimen = NewSpecimen(at, "central line", "Main laboratory", (result,))
        made = self._do(record_results, self.bench.ward, 1, specimen, who=NURSE)
        if made and value % 3 == 0:
            new = NewResult("creatinine", "0.31", "mg/dL", again="0.31")
            self._do(correct_result, self.bench.ward, made[0], new, "misread", who=NURSE)

    @rule(term=st.sampled_from(TERMS), grade=st.integers(0, 6), back=st.integers(-1, 9),
          causal=st.booleans())  # fmt: skip
    def toxicity(self, term, grade, back, causal):
        causes = (Attributed("drug", "azacitidine", "possible"),) if causal else ()
        on = self.bench.ward.today() - timedelta(days=back)
        new = NewToxicity(term, grade, on, "", "", judged=Judgement(causes=causes))
        self._do(record_toxicity, self.bench.ward, 1, new, who=NURSE)

    @rule(grade=st.integers(0, 5), which=st.integers(0, 5), act=st.sampled_from("gvr"))
    def go_on_with_toxicity(self, grade, which, act):
        logged = log_of(self.bench.ward, 1)
        if not logged:
            return
        number, today = logged[which % len(logged)].toxicity_id, self.bench.ward.today()
        if act == "g":
            self._do(regrade, self.bench.ward, number, grade, today, who=NURSE)
        elif act == "r":
            self._do(resolve, self.bench.ward, number, today, who=NURSE)
        else:
            self._do(void_toxicity, self.bench.ward, number, "another infant's", who=NURSE)

    @rule(answer=st.sampled_from(["yes", "no"]))
    def answer(self, answer):
        self._do(answer_resolved, self.bench.ward, 1, answer, who=DOCTOR)

    @rule(days=st.integers(0, 9), long=st.integers(0, 6), end=st.booleans())
    def hold(self, days, long, end):
        first = self.bench.ward.today() + timedelta(days=days)
        form = NewHold("consolidation", "", first, first + timedelta(days=long), "fever")
        made = self._do(save_hold, self.bench.ward, 1, form, who=DOCTOR)
        if made and end:
            self._do(end_hold, self.bench.ward, 1, made, first, "over", who=DOCTOR)

    @rule(percent=st.integers(1, 120), day=st.integers(1, 5))
    def reduce(self, percent, day):
        form = NewReduction(
            "epi-1", "azacitidine", day, None, Decimal(percent), "standard", "m", "Dr Okonjo"
        )
        self._do(save_reduction, self.bench.ward, 1, form, who=DOCTOR)

    @rule(day=st.integers(1, 5), length=st.integers(5, 45))
    def give(self, day, length):
        """H5: no vial is begun on a weight that is not fresh; it is ordered and checked before."""
        ward = self.bench.ward
        with suppress(Refused, AssertionError, StopIteration):  # the start says it again
            ready(ward, 1, ("epi-1", day, "azacitidine", "IV"))
        made = self._do(start_vial, ward, 1, "epi-1", day, ward.now(), length, who=NURSE)
        if made is None:
            return
        self._weight_is_fresh("a vial was begun")
        self._do(start_infusion, ward, made, ward.now(), by(ward, 1), who=NURSE)
        self.bench.clock.now += timedelta(minutes=length)
        running = [row.id for row in facts_of(ward, 1).doses if row.state == "vial running"]
        if running:  # its row is another one since it was started
            self._do(finish_infusion, ward, running[0], ward.now(), who=NURSE)

    @rule(paper=st.sampled_from(["dosing-sheet:epi-1", "roadmap:epi-1"]))
    def print_paper(self, paper):
        out = self.above / "papers"
        ward = self.bench.ward
        made = self._do(make_paper, ward, 1, paper, out, who=NURSE, replace=True, why="lost")
        if made is not None:
            self.printed[made.print_id] = self._dose_now()
