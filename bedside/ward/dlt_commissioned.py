"""What a ward's two people have commissioned of the DLT rule, as it counts now or counted then."""

from bedside.protocol.dlt_own import CommissionedDlt, TypedNumber, own_dlt
from bedside.protocol.rule_numbers import dlt_group
from bedside.store.commission_records import CommissionValue
from bedside.store.queries import all_of_then
from bedside.ward.commission_counting import that_count
from bedside.ward.ward import Ward


def commissioned_dlt(ward: Ward, protocol_key: str) -> CommissionedDlt:
    """What two people commissioned of a protocol's DLT rule.

    Args:
        ward: the ward; of one as it stood, what counted then.
        protocol_key: the protocol.
    """
    protocol = ward.protocols[protocol_key]
    with ward.store.reading() as connection:
        rows = all_of_then(connection, CommissionValue, ward.as_of)
    if not rows:
        return CommissionedDlt()
    group = dlt_group(protocol)
    asked = () if group is None else group.numbers
    return own_dlt(
        protocol,
        (
            (
                key,
                TypedNumber(
                    row.canonical, row.first_person, row.second_person, ward.local(row.second_at)
                ),
            )
            for key, row in that_count(rows, protocol_key, protocol.edition, asked).items()
        ),
    )
