"""The demonstration's commissioning: one course typed by two invented people who disagree once.

EPI #1 has two complete passes: all that both typed alike is commissioned, the dose is not (one of
them typed ten times the other's), and stands side by side to be settled. EPI #3 has a first pass
that is half typed. The demonstration doses from its own file: nothing here is ever dosed from.
"""

from bedside.ward.commission_facts import inventory_of
from bedside.ward.commissioning import enter, finish_pass
from bedside.ward.ward import Ward

PHARMACIST = "R. Castellanos, pharmacist"
PHYSICIAN = "A. Nakamura, physician"
_PROTOCOL, _TYPED, _HALF = "aall15p1", "epi-1", "epi-3"
_NOT_PUBLIC = "not stated"
_SLIP = {f"{_TYPED}/dose/azacitidine/iv": "25 mg/kg"}  # a decimal point was lost


def commission_in_part(ward: Ward) -> None:
    """Type both passes of EPI #1, one slip among them, and half of the first of EPI #3."""
    for who, slips in ((PHARMACIST, {}), (PHYSICIAN, _SLIP)):
        for number_id, text in _answers(ward, _TYPED).items():
            enter(ward, _PROTOCOL, number_id, slips.get(number_id, text), who=who)
        finish_pass(ward, _PROTOCOL, _TYPED, who=who)
    answers = tuple(_answers(ward, _HALF).items())
    for number_id, text in answers[: len(answers) // 2]:
        enter(ward, _PROTOCOL, number_id, text, who=PHARMACIST)


def _answers(ward: Ward, group: str) -> dict[str, str]:
    """What a copy that says only what is public would say."""
    numbers = inventory_of(ward, _PROTOCOL).group(group).numbers
    return {number.id: number.public[0] if number.public else _NOT_PUBLIC for number in numbers}
