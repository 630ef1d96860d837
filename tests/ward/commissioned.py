"""Short ways to commission: two invented people, and an invented answer for each kind of number."""

from bedside.protocol.number_shape import Number
from bedside.store.commission_records import (
    CommissionEnd,
    CommissionEntry,
    CommissionPass,
    CommissionValue,
)
from bedside.ward.commission_facts import digest_of, group_facts, inventory_of
from bedside.ward.commissioning import enter, finish_pass
from bedside.ward.people import person_key
from bedside.ward.ward import Ward

KELLER = "M. Keller, pharmacist"
OKONJO = "A. Okonjo, physician"

# Invented: no figure of any protocol.
ANSWERS = {
    "dose": "0.77 mg/m2",
    "taper": "days 15 to 21: 0.33 mg/m2, 2 times a day",
    "start dose": "from 0 months 33 mg/m2; from 13 months 44 mg/m2",
    "days": "1, 4",
    "cycle days": "1, 4",
    "times": "1",
    "amount": "3 mg",
    "strength": "11 mg/mL",
    "volume": "0.07 mL",
    "factors": "from 0 months 5/9; from 13 months 1",
    "length": "33 days",
    "course day": "333 day",
    "therapy": "77 weeks",
    "conditions": "not stated",
    "hours": "33 hours",
    "level": "0.77 µmol/L",
    "waits": "13, 27",
    "anc": "777 /µL",
    "platelets": "77000 /µL",
    "answer": "yes",
    "percent": "7 %",
    "rounding percent": "7 %",
    "percents": "100, 117",
    "minutes": "33",
    "weight age": "3 days",
    "count age": "33 hours",
    "weeks or days": "13 days",
    "grade": "3",
    "infants": "44",
    "place": "tertiary",
    "formula": "haycock",
    "tablet parts": "halves",
    "anchor": "dose-day",
    "share": "start",
    "rhythm": "week",
    "telephone": "040 7741",
    "route": "IV",
}

DRAWN = {  # invented; 10 mg/mL of what is drawn up, to one mark of a 1 mL syringe
    "formulary/azacitidine/concentration": "10 mg/mL",
    "formulary/azacitidine/syringe-step": "0.01 mL",
}

RULE = {  # invented thresholds that do not contradict each other
    "stop/anc": "333 /µL",
    "stop/platelets": "33000 /µL",
    "reduce/anc": "444 /µL",
    "reduce/platelets": "44000 /µL",
    "reduce/percent": "44 %",
    "resume/anc": "555 /µL",
    "resume/platelets": "55000 /µL",
    "resume/percent": "100 %",
    "resume/of": "before",
    "raise/anc": "1777 /µL",
    "raise/times": "2",
    "raise/checks": "3",
    "raise/within": "39 days",
    "raise/same-dose": "39 days",
    "follows/mercaptopurine": "own",
    "follows-after/mercaptopurine": "not stated",
    "follows/methotrexate": "mercaptopurine",
}


def _invented(number: Number) -> str:
    return next(iter(number.choices), "") or ANSWERS[number.kind]


def answers_of(ward: Ward, scope: str, group: str) -> dict[str, str]:
    """An answer for each number: the public one where there is one, else an invented one."""
    numbers = inventory_of(ward, scope).group(group).numbers
    answers = {
        number.id: number.public[0] if number.public else _invented(number) for number in numbers
    }
    answers |= {
        number_id: RULE[key]
        for number_id in answers
        if (key := number_id.removeprefix("maintenance-rule/")) in RULE
    }
    for number_id in answers:  # a cap is in the unit of its dose
        if (
            "units" in answers.get(number_id.replace("/most/", "/dose/"), "")
            and "/most/" in number_id
        ):
            answers[number_id] = "3000 units"
    return answers


def type_all(ward: Ward, scope: str, group: str, who: str, **changed: str) -> bool:
    """One person's whole pass; ``changed`` by number id with two underscores for each slash."""
    typed = answers_of(ward, scope, group)
    typed |= {key.replace("__", "/"): text for key, text in changed.items()}
    for number_id, text in typed.items():
        enter(ward, scope, number_id, text, who=who)
    return finish_pass(ward, scope, group, who=who)


def commission(ward: Ward, scope: str, group: str) -> None:
    """Both passes, agreeing."""
    type_all(ward, scope, group, KELLER)
    assert type_all(ward, scope, group, OKONJO)


def commission_course(ward: Ward, protocol: str, course: str) -> None:
    """A course with the formulary of its drugs."""
    commission(ward, protocol, course)
    for drug in dict.fromkeys(plan.drug for plan in ward.protocols[protocol].course(course).drugs):
        commission(ward, "site", f"formulary/{drug}")


def confirm(ward: Ward, protocol: str, *courses: str) -> None:
    """Courses and the formulary of their drugs as two people have them who typed the public numbers.

    What no public source states is "not stated", so that no dose changes; azacitidine has an invented
    concentration and syringe, without which nobody could check it. The rows are written as
    the last comparison writes them, without the typing that `commission` goes through.
    """
    found = ward.protocols[protocol]
    drugs = {plan.drug for course in courses for plan in found.course(course).drugs}
    groups = [(protocol, course) for course in courses]
    groups += [("site", f"formulary/{drug}") for drug in sorted(drugs)]
    with ward.store.change(KELLER, "confirmed the numbers of a course", ward.now()) as change:
        for scope, group in groups:
            facts = group_facts(ward, scope, group)
            about = {"edition": facts.inventory.edition, "protocol_digest": digest_of(ward, scope)}
            passes = [
                change.add(
                    CommissionPass,
                    scope=scope,
                    group_key=group,
                    turn=turn,
                    person_key=person_key(who),
                    **about,
                )
                for turn, who in ((1, KELLER), (2, OKONJO))
            ]
            for row in passes:
                change.add(CommissionEnd, pass_id=row)
            for number in facts.open_numbers:
                text = number.public[0] if number.public else DRAWN.get(number.id, "not stated")
                read = number.read(text).canonical
                first, second = (
                    change.add(
                        CommissionEntry,
                        pass_id=row,
                        number_id=number.id,
                        typed=text,
                        canonical=read,
                    )
                    for row in passes
                )
                change.add(
                    CommissionValue,
                    scope=scope,
                    group_key=group,
                    number_id=number.id,
                    canonical=read,
                    public="\n".join(number.public),
                    first_entry_id=first,
                    second_entry_id=second,
                    import_id=None,
                    **about,
                    first_person=KELLER,
                    first_key=person_key(KELLER),
                    first_at=ward.now(),
                    second_person=OKONJO,
                    second_key=person_key(OKONJO),
                    second_at=ward.now(),
                    reason="",
                )
