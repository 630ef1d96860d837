"""Two people type every number separately; only what both typed becomes a value of the site."""

import pytest

from bedside.store.commission_records import CommissionEntry, CommissionValue
from bedside.store.queries import all_of
from bedside.units.refusal import Refused
from bedside.ward.commission_blind import own_open_pass
from bedside.ward.commission_compare import accept, ask_again, comparison, withdraw
from bedside.ward.commission_facts import inventory_of
from bedside.ward.commission_state import not_commissioned, scope_state
from bedside.ward.commissioning import (
    begin_pass,
    enter,
    finish_pass,
    give_up_pass,
    own_turn,
    pass_view,
    read_entry,
)
from bedside.ward.people import person_key
from tests.ward.commissioned import (
    KELLER,
    OKONJO,
    answers_of,
    commission,
    commission_course,
    type_all,
)
from tests.ward.wards import Bench

P, EPI = "aall15p1", "epi-1"
WHY = "as amendment 4 says"
LENGTH, DOSE = "epi-1/length", "epi-1/dose/azacitidine/iv"


def values(bench: Bench) -> dict[str, CommissionValue]:
    with bench.ward.store.reading() as connection:
        return {row.number_id: row for row in all_of(connection, CommissionValue)}


def state(bench: Bench, group: str = EPI):
    return {one.key: one for one in scope_state(bench.ward, P).groups}[group]


# ---- two people ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [KELLER, "m. keller, Pharmacist", "  M.   Keller ,chief physician", "M Keller"],
)
def test_the_same_person_never_does_both_passes(bench: Bench, name: str) -> None:
    """However the name is typed: it leads back to the first pass, and there is no second."""
    assert begin_pass(bench.ward, P, EPI, who=KELLER) == 1
    assert begin_pass(bench.ward, P, EPI, who=name) == 1
    enter(bench.ward, P, LENGTH, "5 days", who=name)
    assert begin_pass(bench.ward, P, EPI, who=OKONJO) == 2
    assert [one.turn for one in state(bench).passes] == [1, 2]


def test_a_name_in_wide_letters_is_no_way_round(bench: Bench) -> None:
    """No paper can show them: nothing is begun or typed under such a name."""
    begin_pass(bench.ward, P, EPI, who=KELLER)
    wide = "Ｍ. KELLER"
    with pytest.raises(Refused, match="no paper can show"):
        enter(bench.ward, P, LENGTH, "5 days", who=wide)
    assert [one.turn for one in state(bench).passes] == [1]


def test_a_third_person_finds_no_pass(bench: Bench) -> None:
    for who in (KELLER, OKONJO):
        begin_pass(bench.ward, P, EPI, who=who)
    with pytest.raises(Refused, match=r"Keller.*Okonjo"):
        begin_pass(bench.ward, P, EPI, who="E. Berg, RN")
    with pytest.raises(Refused, match="Nobody is named"):
        begin_pass(bench.ward, P, EPI, who=" ")
    with pytest.raises(Refused, match="letters"):
        begin_pass(bench.ward, P, "epi-2", who="., RN")


def test_different_people_have_different_keys() -> None:
    assert person_key("M. Keller, RN") != person_key("N. Keller, RN")
    assert person_key("Łukasz Żak") == person_key("łukasz  żak, physician")


def test_both_names_and_times_stand_on_a_value(bench: Bench) -> None:
    bench.at(2026, 9, 1, 9, 0)
    type_all(bench.ward, P, EPI, KELLER)
    bench.at(2026, 9, 2, 15, 40)
    assert type_all(bench.ward, P, EPI, OKONJO)
    kept = values(bench)[LENGTH]
    assert (kept.first_person, kept.second_person) == (KELLER, OKONJO)
    assert bench.ward.local(kept.first_at).day == 1 and bench.ward.local(kept.second_at).day == 2
    assert kept.first_entry_id != kept.second_entry_id
    assert kept.edition == bench.ward.protocols[P].edition and kept.public == "5 days"
    bench.ward.store.verify_audit()


# ---- blind -----------------------------------------------------------------------------------


def test_nothing_is_compared_before_both_are_complete(bench: Bench) -> None:
    for who in (KELLER, OKONJO):
        with pytest.raises(Refused, match="nothing of either is shown"):
            comparison(bench.ward, P, EPI, who="A. Looker, physician")
        assert values(bench) == {}
        type_all(bench.ward, P, EPI, who)
    assert comparison(bench.ward, P, EPI, who="A. Looker, physician").rows


def test_one_complete_pass_beside_one_that_is_not_settles_nothing(bench: Bench) -> None:
    """H39: what the second has typed so far may still be changed; nobody is told that it agrees."""
    answer = answers_of(bench.ward, P, EPI)[LENGTH]
    enter(bench.ward, P, LENGTH, answer, who=OKONJO)
    assert type_all(bench.ward, P, EPI, KELLER) is False
    assert values(bench) == {}
    with pytest.raises(Refused, match="nothing of either is shown"):
        comparison(bench.ward, P, EPI, who=KELLER)


def test_the_second_pass_holds_nothing_of_the_first(bench: Bench) -> None:
    type_all(bench.ward, P, "induction", KELLER)
    begin_pass(bench.ward, P, "induction", who=OKONJO)
    shown = repr(pass_view(bench.ward, P, "induction", who=OKONJO))
    inventory = inventory_of(bench.ward, P)
    for number_id, typed in answers_of(bench.ward, P, "induction").items():
        number = inventory.number(number_id)
        if len(typed) > 2:
            assert typed not in shown and number.read(typed).shown not in shown, number_id
        for told in (*(one for one in number.public if len(one) > 2), *number.related):
            assert told not in shown
    with pytest.raises(Refused, match="no pass"):
        pass_view(bench.ward, P, "induction", who="E. Berg, RN")


def test_how_far_is_told_but_not_what(bench: Bench) -> None:
    enter(bench.ward, P, LENGTH, "33 days", who=KELLER)
    assert state(bench).words == "0 of 10 numbers commissioned; first pass begun"
    assert [(one.person, one.typed, one.of) for one in state(bench).passes] == [(KELLER, 1, 10)]
    assert "33" not in repr(scope_state(bench.ward, P))
    begin_pass(bench.ward, P, EPI, who=OKONJO)
    assert "M. Keller, pharmacist: 1 of 10 rows" in pass_view(bench.ward, P, EPI, who=OKONJO).other
    assert state(bench).words.endswith("both passes begun")


# ---- typing ----------------------------------------------------------------------------------


def test_a_row_can_be_typed_again_until_the_pass_is_complete(bench: Bench) -> None:
    assert enter(bench.ward, P, LENGTH, "4 days", who=KELLER) == "4 days"
    enter(bench.ward, P, LENGTH, "4 days", who=KELLER)
    enter(bench.ward, P, LENGTH, "5", who=KELLER)
    (row,) = [row for row in pass_view(bench.ward, P, EPI, who=KELLER).rows if row.typed]
    assert (row.typed, row.read_as) == ("5", "5 days")
    with bench.ward.store.reading() as connection:
        kept = all_of(connection, CommissionEntry, include_void=True)
    assert [(one.canonical, one.voided_at is None) for one in kept] == [
        ("4 days", False),
        ("5 days", True),
    ]
    type_all(bench.ward, P, EPI, KELLER)
    with pytest.raises(Refused, match="complete"):
        enter(bench.ward, P, LENGTH, "6", who=KELLER)
    with pytest.raises(Refused, match="complete already"):
        finish_pass(bench.ward, P, EPI, who=KELLER)


def test_what_cannot_be_read_is_refused_and_nothing_begins(bench: Bench) -> None:
    with pytest.raises(Refused, match=r"write 3\.5"):
        enter(bench.ward, P, DOSE, "3,5 mg/kg", who=KELLER)
    with pytest.raises(Refused, match="no number"):
        enter(bench.ward, P, "epi-1/colour", "blue", who=KELLER)
    with pytest.raises(Refused, match="no group"):
        begin_pass(bench.ward, P, "epi-9", who=KELLER)
    with pytest.raises(Refused, match="no protocol"):
        scope_state(bench.ward, "other")
    assert state(bench).passes == ()
    assert read_entry(bench.ward, P, DOSE, "2.50 mg/kg") == "2.5 mg per kg"
    assert own_turn(bench.ward, P, EPI, who="") == 0


def test_an_incomplete_pass_is_not_completed(bench: Bench) -> None:
    with pytest.raises(Refused, match="begin one first"):
        finish_pass(bench.ward, P, EPI, who=KELLER)
    enter(bench.ward, P, LENGTH, "5", who=KELLER)
    with pytest.raises(Refused, match=r"azaCITIDine.* and 8 more"):
        finish_pass(bench.ward, P, EPI, who=KELLER)


def test_entries_that_contradict_each_other_are_refused(bench: Bench) -> None:
    """A cap in another unit than its dose: seen in one person's own entries, nothing given away."""
    with pytest.raises(Refused, match=r"contradict each other.*units"):
        type_all(bench.ward, P, EPI, KELLER, **{"epi-1__most__azacitidine__iv": "3 units"})


# ---- comparing -------------------------------------------------------------------------------


def disagree(bench: Bench) -> None:
    type_all(bench.ward, P, EPI, KELLER)
    type_all(bench.ward, P, EPI, OKONJO, **{"epi-1__length": "50 days"})


def test_a_disagreement_is_named_and_nothing_of_it_is_recorded(bench: Bench) -> None:
    disagree(bench)
    found = comparison(bench.ward, P, EPI, who="A. Looker, physician")
    (row,) = found.to_type_again
    assert (row.number_id, row.first, row.second, row.state) == (
        LENGTH, "5 days", "50 days", "disagree",
    )  # fmt: skip
    assert "ten times" in row.difference and row.public == ("5 days",)
    assert LENGTH not in values(bench) and len(values(bench)) == 9
    assert state(bench).words == "9 of 10 numbers commissioned; 1 disagree"
    assert (found.first_person, found.second_person) == (KELLER, OKONJO)


def test_both_look_it_up_and_type_it_again(bench: Bench) -> None:
    disagree(bench)
    ask_again(bench.ward, P, EPI, [LENGTH], who=KELLER)
    with pytest.raises(Refused, match="nothing of either"):
        comparison(bench.ward, P, EPI, who="A. Looker, physician")
    for who in (OKONJO, KELLER):
        (row,) = pass_view(bench.ward, P, EPI, who=who).rows
        assert (row.number_id, row.typed) == (LENGTH, "")
        with pytest.raises(Refused, match="Not complete"):
            finish_pass(bench.ward, P, EPI, who=who)
        enter(bench.ward, P, LENGTH, "5 days", who=who)
        finish_pass(bench.ward, P, EPI, who=who)
    assert values(bench)[LENGTH].canonical == "5 days"
    assert state(bench).complete
    assert (
        "Commissioned"
        not in comparison(bench.ward, P, EPI, who="A. Looker, physician").rows[0].difference
    )


def test_only_what_is_open_is_asked_again(bench: Bench) -> None:
    disagree(bench)
    for ids, words in (([DOSE], "not open"), (["nowhere"], "not open"), ([], "Nothing is to be")):
        with pytest.raises(Refused, match=words):
            ask_again(bench.ward, P, EPI, ids, who=KELLER)


def test_a_disagreement_cannot_be_accepted(bench: Bench) -> None:
    disagree(bench)
    with pytest.raises(Refused, match="disagree"):
        accept(bench.ward, P, LENGTH, WHY, who=KELLER, other=OKONJO)


def test_one_of_the_public_readings_needs_no_reason(bench: Bench) -> None:
    commission(bench.ward, P, "maintenance")
    kept = values(bench)["maintenance/days/methotrexate/it"]
    assert kept.canonical == "1, 92" and kept.reason == ""
    rows = comparison(bench.ward, P, "maintenance", who="A. Looker, physician").rows
    row = next(row for row in rows if row.number_id == "maintenance/days/methotrexate/it")
    assert "one of the readings" in row.public_words and row.public == (
        "day 1, day 92",
        "day 1, day 99",
    )


def test_a_rounding_above_10_per_cent_needs_both_and_above_25_is_refused(bench: Bench) -> None:
    """Nothing public is there to compare with: what is unusual is asked about all the same."""
    group, number = "formulary/azacitidine", "formulary/azacitidine/most-percent"
    most = number.replace("/", "__")
    with pytest.raises(Refused, match="is no rounding"):
        enter(bench.ward, "site", number, "90 %", who=KELLER)
    for who in (KELLER, OKONJO):
        type_all(bench.ward, "site", group, who, **{most: "12 %"})
    rows = comparison(bench.ward, "site", group, who="A. Looker, physician").rows
    row = next(one for one in rows if one.number_id == number)
    assert (row.state, "is unusual" in row.public_words) == ("needs reason", True)
    assert number not in values(bench)
    reason = "the pharmacy's own liquid has marks of half a millilitre"
    accept(bench.ward, "site", number, reason, who=KELLER, other=OKONJO)
    kept = values(bench)[number]
    assert kept.canonical == "12 %" and f"confirmed by {OKONJO}" in kept.reason


def test_a_recorded_value_is_withdrawn_with_its_reason(bench: Bench) -> None:
    commission(bench.ward, P, EPI)
    with pytest.raises(Refused, match="withdraw it first"):
        enter(bench.ward, P, LENGTH, "6", who=KELLER)
    with pytest.raises(Refused, match="reason is needed"):
        withdraw(bench.ward, P, LENGTH, "", who=KELLER)
    withdraw(bench.ward, P, LENGTH, "read from the old edition", who="E. Berg, RN")
    assert LENGTH not in values(bench) and not state(bench).complete
    with pytest.raises(Refused, match="not commissioned"):
        withdraw(bench.ward, P, LENGTH, "again", who=KELLER)
    for who in (KELLER, OKONJO):
        enter(bench.ward, P, LENGTH, "5", who=who)
        finish_pass(bench.ward, P, EPI, who=who)
    assert state(bench).complete
    with bench.ward.store.reading() as connection:
        kept = [r for r in all_of(connection, CommissionValue, include_void=True) if r.void_reason]
    assert [row.void_reason for row in kept] == ["read from the old edition"]


def test_a_pass_is_given_up_and_begun_by_another(bench: Bench) -> None:
    type_all(bench.ward, P, EPI, KELLER)
    with pytest.raises(Refused, match="no pass 2"):
        give_up_pass(bench.ward, P, EPI, 2, "left", who=OKONJO)
    begin_pass(bench.ward, P, "induction", who=KELLER)
    assert own_open_pass(bench.ward, P, who=KELLER) == "Induction"  # Protocols stays closed to her
    give_up_pass(bench.ward, P, "induction", 1, "begun by mistake", who=KELLER)
    assert own_open_pass(bench.ward, P, who=KELLER) == ""
    give_up_pass(bench.ward, P, EPI, 1, "left the ward", who=OKONJO)
    assert state(bench).passes == ()
    assert begin_pass(bench.ward, P, EPI, who="E. Berg, RN") == 1
    assert begin_pass(bench.ward, P, EPI, who=KELLER) == 2
    assert all(not row.typed for row in pass_view(bench.ward, P, EPI, who=KELLER).rows)


def test_a_slip_strikes_out_nobody_elses_pass(bench: Bench) -> None:
    """A reason of one slip, "100", struck a colleague's whole pass out."""
    type_all(bench.ward, P, EPI, KELLER)
    with pytest.raises(Refused, match="say in words why"):
        give_up_pass(bench.ward, P, EPI, 1, "100", who=OKONJO)
    assert len(state(bench).passes) == 1
    give_up_pass(bench.ward, P, EPI, 1, "mine", who=KELLER)
    assert state(bench).passes == ()


# ---- editions --------------------------------------------------------------------------------


def other_edition(bench: Bench, **changes: object) -> None:
    from msgspec.structs import replace

    protocols = dict(bench.ward.protocols)
    protocols[P] = replace(protocols[P], digest="e" * 64, **changes)
    bench.ward.protocols = protocols


def test_a_new_edition_inherits_nothing(bench: Bench) -> None:
    commission(bench.ward, P, EPI)
    other_edition(bench, edition="amendment 4")
    assert state(bench).done == 0
    assert "not taken over" in scope_state(bench.ward, P).older
    commission(bench.ward, P, EPI)
    assert state(bench).complete


def test_a_public_value_that_changes_asks_again(bench: Bench) -> None:
    from msgspec.structs import replace

    commission(bench.ward, P, EPI)
    protocol = bench.ward.protocols[P]
    courses = tuple(
        replace(course, length_days=6) if course.key == EPI else course
        for course in protocol.courses
    )
    other_edition(bench, courses=courses)
    assert state(bench).done == 9
    (row,) = comparison(bench.ward, P, EPI, who="A. Looker, physician").unexplained
    assert row.number_id == LENGTH and row.public == ("6 days",)
    ask_again(bench.ward, P, EPI, [LENGTH], who=KELLER)
    for who in (KELLER, OKONJO):
        enter(bench.ward, P, LENGTH, "6", who=who)
        finish_pass(bench.ward, P, EPI, who=who)
    assert state(bench).complete


# ---- what a course needs ---------------------------------------------------------------------


def test_a_course_needs_its_numbers_and_its_drugs_formulary(bench: Bench) -> None:
    course = bench.ward.protocols[P].course(EPI)
    assert "0 of 10 numbers" in not_commissioned(bench.ward, course)
    commission(bench.ward, P, EPI)
    missing = not_commissioned(bench.ward, course)
    assert missing == "Formulary: azaCITIDine: 0 of 6 numbers commissioned"
    commission(bench.ward, "site", "formulary/azacitidine")
    assert not_commissioned(bench.ward, course) == ""
    assert not_commissioned(bench.ward, bench.ward.protocols[P].course("epi-2"))


@pytest.mark.parametrize("protocol", ["aall15p1", "interfant06"])
def test_every_group_of_a_protocol_can_be_commissioned(bench: Bench, protocol: str) -> None:
    for group in inventory_of(bench.ward, protocol).groups:
        commission(bench.ward, protocol, group.key)
    assert all(group.complete for group in scope_state(bench.ward, protocol).groups)
    commission_course(bench.ward, "aall15p1", "epi-2") if protocol == "interfant06" else None


def test_hours_that_miss_their_days_are_said_when_both_are_compared(bench: Bench) -> None:
    """Hour 72 after methotrexate of day 1 is on day 4; leucovorin is planned from day 3 on."""
    course, hour = "interim-maintenance", "interim-maintenance/hours-first/leucovorin/po-or-iv"
    looker = "A. Looker, physician"
    typed = {hour: "72 hours"}
    for who in (KELLER, OKONJO):
        type_all(bench.ward, P, course, who, **typed)
    found = comparison(bench.ward, P, course, who=looker)
    assert found.contradictions[0] == (
        "Interim Maintenance, leucovorin: planned on day 3, before hour 72 after methotrexate of day 1."
    )
    type_all(bench.ward, "site", "settings", KELLER)
    type_all(bench.ward, "site", "settings", OKONJO)
    assert comparison(bench.ward, "site", "settings", who=looker).contradictions == ()
