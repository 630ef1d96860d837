"""Wrong PINs count while nothing can be recorded, too: a plug pulled out gives nobody endless tries."""

from bedside.store.people_records import SecretTry
from bedside.ward.signing_in import takes_pin, unlock
from tests.ward.test_people import BERG, PIN, SECRETS, berg, ids, later, reasons, rows  # noqa: F401


def test_five_wrong_ones_while_nothing_can_be_recorded(bench, berg):  # noqa: F811
    ward = bench.ward
    before = len(rows(bench, SecretTry))
    ward.store.read_only = True
    for left in (4, 3, 2, 1):
        assert f"{left} tr" in reasons(unlock, ward, "9999", ward.now())
        assert "Wait" in reasons(unlock, ward, PIN, ward.now()), "the delay grows as always"
        later(bench, seconds=8)
    assert "only the passphrase" in reasons(unlock, ward, "9999", ward.now())
    later(bench, seconds=60)
    assert not takes_pin(ward, berg)
    assert "only the passphrase" in reasons(unlock, ward, PIN, ward.now())
    assert len(rows(bench, SecretTry)) == before

    ward.store.read_only = False  # the server is back: they still count, and are recorded
    assert not takes_pin(ward, berg)
    assert unlock(ward, SECRETS[BERG], ward.now()).id == berg
    assert [row.outcome for row in rows(bench, SecretTry)[before:]] == ["wrong"] * 5 + ["right"]
    assert takes_pin(ward, berg) and unlock(ward, PIN, ward.now()).id == berg


def test_the_right_passphrase_clears_them_without_a_record(bench, berg):  # noqa: F811
    ward = bench.ward
    ward.store.read_only = True
    for _ in range(2):
        reasons(unlock, ward, "9999", ward.now())
        later(bench, seconds=8)
    assert unlock(ward, SECRETS[BERG], ward.now()).id == berg
    assert "4 tries" in reasons(unlock, ward, "9999", ward.now()), "counted anew"
    ward.store.read_only = False
