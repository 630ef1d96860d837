"""What a ward's two people have commissioned of the DLT rule, as it counts now or counted then."""

from bedside.protocol.dlt_own import CommissionedDlt, TypedNumber, own_dlt
from bedside.store.commission_records import CommissionValue
from bedside.store.queries import all_of_then
from bedside.ward.ward import Ward


def commissioned_dlt(ward: Ward, protocol_key: str) -> CommissionedDlt:
    """What two people commissioned of a protocol's DLT rule.

    Args:
        ward: the ward; of one as it stood, what counted then.
        protocol_key: the protocol.
    """
    with ward.store.reading() as connection:
        if not all_of_then(connection, CommissionValue, ward.as_of):
            return (
                CommissionedDlt()
            )  # nothing is commissioned yet: what reads numbers is not loaded
    from bedside.ward.commission_values import read_values

    own, _ = read_values(ward, protocol_key)
    typed = (
        (
            key,
            TypedNumber(
                row.canonical, row.first_person, row.second_person, ward.local(row.second_at)
            ),
        )
        for key, row in own.items()
    )
    return own_dlt(ward.protocols[protocol_key], typed)
