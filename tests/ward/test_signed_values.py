"""One signed file of a site's values: any changed byte is refused, and two people take it in."""

import random
from pathlib import Path

import pytest

from bedside.app import assemble
from bedside.commands.protocols import read_site_file, site_sources
from bedside.protocol.site_value_reader import read_site_values
from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.store.commission_records import CommissionValue
from bedside.store.opening import open_store
from bedside.store.queries import all_of
from bedside.units.refusal import Refused
from bedside.ward.commission_compare import accept, withdraw
from bedside.ward.commission_export import export_values, signed_file
from bedside.ward.commission_import import (
    begin_import,
    confirm_import,
    drop_import,
    plan_import,
    waiting_imports,
)
from bedside.ward.commission_state import not_commissioned
from bedside.ward.signed_values import (
    MOST_BYTES,
    letters_of,
    read_signed,
    same_letters,
    write_signed,
)
from tests.ward.commissioned import KELLER, OKONJO, commission, commission_course, type_all
from tests.ward.wards import Bench

P, EPI = "aall15p1", "epi-1"
FIRST, SECOND = "B. Novak, pharmacist", "C. Weiss, physician"


@pytest.fixture
def signed(bench: Bench) -> bytes:
    """EPI #1 with its formulary and the settings, commissioned and signed."""
    commission_course(bench.ward, P, EPI)
    commission(bench.ward, "site", "settings")
    return signed_file(bench.ward, P, who=KELLER, and_who=OKONJO)


@pytest.fixture
def other(tmp_path: Path) -> Bench:
    """Another ward, which takes the file in."""
    made = Bench(tmp_path / "other")
    yield made
    made.ward.store.close()


def letters(content: bytes) -> str:
    return letters_of(read_signed(content, "site.toml").digest)


def test_the_file_is_a_file_of_site_values(signed: bytes, tmp_path: Path) -> None:
    target = tmp_path / "site.toml"
    target.write_bytes(signed)
    values = read_site_values(target)
    assert values.protocol == P and values.confirmed_by == (KELLER, OKONJO)
    assert values.planned_minutes == {"azacitidine": 33} and values.place == "tertiary"
    found = read_signed(signed, "site.toml")
    assert found.signed_by == (KELLER, OKONJO)
    assert {row.number for row in found.rows} >= {"epi-1/length", "formulary/azacitidine/step"}
    assert all((row.first, row.second) == (KELLER, OKONJO) for row in found.rows)


def test_a_calculation_takes_no_signed_file_that_was_changed(signed: bytes, tmp_path: Path) -> None:
    target = tmp_path / "site.toml"
    target.write_bytes(signed)
    assert site_sources(read_site_file(str(target)))[0].endswith(
        f"(signed by {KELLER} and {OKONJO})"
    )
    where = places(signed)
    for changed in (
        signed.replace(b"33", b"34", 1),
        signed[: where["letters"][0]],  # cut short
        signed[: where["who signed"][0]],  # the seal taken off
    ):
        target.write_bytes(changed)
        with pytest.raises(
            Refused, match=r"--site-values: “site.toml” (was changed|is not signed)"
        ):
            read_site_file(str(target))
    target.write_bytes(signed[: signed.index(b"# Commissioned numbers")])  # a file of its own
    assert site_sources(read_site_file(str(target)))[0].endswith("(not signed, written by hand)")
    assert site_sources(NO_SITE_VALUES) == ()


def places(content: bytes) -> dict[str, range]:
    """Where each part of the file lies."""
    rows, signed_by = content.index(b"#: "), content.index(b"#! signed by")
    digest, said = content.index(b"#! sha256"), content.index(b"#! letters")
    return {
        "values": range(rows),
        "numbers": range(rows, signed_by),
        "who signed": range(signed_by, digest),
        "seal": range(digest, said),
        "letters": range(said, len(content)),
    }


@pytest.mark.parametrize("part", ["values", "numbers", "who signed", "seal", "letters"])
def test_a_changed_byte_is_refused(signed: bytes, part: str) -> None:
    """Every kind of byte: a figure, a name, a line end, a blank, the seal itself."""
    chance = random.Random(f"{part} 417")
    where = places(signed)[part]
    for at in chance.sample(where, min(60, len(where))):
        spoilt = bytearray(signed)
        spoilt[at] ^= 1 << chance.randrange(8)
        with pytest.raises(Refused, match=r"changed after it was signed|not signed"):
            read_signed(bytes(spoilt), "site.toml")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: c + b"\n",
        lambda c: c[:-1],
        lambda c: c.replace(b"\n", b"\r\n"),
        lambda c: b"\xef\xbb\xbf" + c,
        lambda c: c[: len(c) // 2],
        lambda c: c.replace(b"= 33", b"= 34", 1),
        lambda c: c.replace(b"Keller", b"Kellar", 1),
        lambda c: c.replace(b"\n\n", b"\n", 1),
        lambda c: c + c,
        lambda c: b"",
        lambda c: b"protocol = 'aall15p1'\n",
    ],
)
def test_a_file_that_is_longer_shorter_or_mended_is_refused(signed: bytes, spoil) -> None:
    spoilt = spoil(signed)
    assert spoilt != signed
    with pytest.raises(Refused, match=r"changed after it was signed|not signed"):
        read_signed(spoilt, "site.toml")


def test_a_file_that_is_far_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="too large"):
        read_signed(b"x" * (MOST_BYTES + 1), "site.toml")


def test_a_seal_alone_is_not_enough(signed: bytes) -> None:
    """Sealed anew with another list inside: the list itself is read as strictly."""
    from hashlib import sha256

    def sealed(body: bytes) -> bytes:
        digest = sha256(body).hexdigest()
        return body + f"#! sha256 {digest}\n#! letters {letters_of(digest)}\n".encode()

    body = signed[: signed.index(b"#! sha256")]
    assert read_signed(sealed(body), "x")
    for broken in (
        body.replace(b'"number"', b'"numbre"', 1),
        body.replace(b"#: {", b"# {", 1),
        body[: body.index(b"#: ")],
        body.replace(b"#! signed by", b"#! signed"),
    ):
        with pytest.raises(Refused, match=r"can be read|does not name|is not signed"):
            read_signed(sealed(broken), "x")


def test_two_different_people_sign(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="commissioned here yet"):
        signed_file(bench.ward, P, who=KELLER, and_who=OKONJO)
    commission(bench.ward, P, EPI)
    with pytest.raises(Refused, match="Two different people"):
        signed_file(bench.ward, P, who=KELLER, and_who="m. keller")
    with pytest.raises(Refused, match="belongs to a protocol"):
        signed_file(bench.ward, "site", who=KELLER, and_who=OKONJO)
    target = tmp_path / "site.toml"
    told = export_values(bench.ward, P, target, who=KELLER, and_who=OKONJO)
    assert told == letters(target.read_bytes()) and target.read_text().endswith(f"{told}\n")
    with pytest.raises(Refused, match="there already"):
        export_values(bench.ward, P, target, who=KELLER, and_who=OKONJO)
    with pytest.raises(Refused, match="could not be written"):
        export_values(bench.ward, P, tmp_path / "no" / "x", who=KELLER, and_who=OKONJO)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site.toml", "ward"]


def test_letters_are_read_as_people_write_them() -> None:
    digest = "0" * 15 + "f" * 49
    assert letters_of(digest) == "0000 0000 0000"
    assert same_letters("OOOO-oooo 0000", digest) and not same_letters("0000 0000 0001", digest)
    assert same_letters(letters_of("1" * 64).lower(), "1" * 64)


# ---- taking a file in ------------------------------------------------------------------------


def test_a_file_counts_only_after_the_second_person(signed: bytes, other: Bench) -> None:
    plan = begin_import(other.ward, signed, "site.toml", who=FIRST)
    assert len(plan.take) == 16 and plan.left_out == ("8 settings of the other site",)
    course = other.ward.protocols[P].course(EPI)
    assert not_commissioned(other.ward, course)
    (waiting,) = waiting_imports(other.ward)
    assert (waiting.person, waiting.file_name, waiting.scope) == (FIRST, "site.toml", P)
    with pytest.raises(Refused, match="second person confirms"):
        confirm_import(other.ward, P, letters(signed), who="b novak, physician")
    with pytest.raises(Refused, match="not the letters"):
        confirm_import(other.ward, P, "0000 0000 0000", who=SECOND)
    assert confirm_import(other.ward, P, letters(signed), who=SECOND) == 16
    assert not_commissioned(other.ward, course) == "" and waiting_imports(other.ward) == ()
    with other.ward.store.reading() as connection:
        row = all_of(connection, CommissionValue)[0]
    assert (row.first_person, row.second_person) == (FIRST, SECOND)
    assert KELLER in row.reason and OKONJO in row.reason and row.import_id == 1
    assert other.ward.site.kind == "unknown"  # H13: no file makes a tertiary centre
    other.ward.store.verify_audit()


def test_the_same_file_twice_brings_nothing_new(signed: bytes, other: Bench) -> None:
    """H24: read in again after both confirmed it, it adds no value and changes none."""
    begin_import(other.ward, signed, "site.toml", who=FIRST)
    confirm_import(other.ward, P, letters(signed), who=SECOND)
    before = every_value(other)
    plan = begin_import(other.ward, signed, "again.toml", who=FIRST)
    assert (len(plan.take), plan.same) == (0, 16)
    assert confirm_import(other.ward, P, letters(signed), who=SECOND) == 0
    assert every_value(other) == before


def every_value(bench: Bench) -> list[CommissionValue]:
    with bench.ward.store.reading() as connection:
        return list(all_of(connection, CommissionValue, include_void=True))


def test_one_file_waits_at_a_time(signed: bytes, other: Bench) -> None:
    with pytest.raises(Refused, match="No file"):
        confirm_import(other.ward, P, "0000 0000 0000", who=SECOND)
    begin_import(other.ward, signed, "site.toml", who=FIRST)
    with pytest.raises(Refused, match="waits for its second person already"):
        begin_import(other.ward, signed, "site.toml", who=FIRST)
    drop_import(other.ward, P, "the wrong file", who=SECOND)
    begin_import(other.ward, signed, "site.toml", who=SECOND)
    assert confirm_import(other.ward, P, letters(signed), who=FIRST) == 16


def test_what_is_here_already_is_taken_once(signed: bytes, bench: Bench, other: Bench) -> None:
    plan = plan_import(bench.ward, signed, "site.toml")
    assert (len(plan.take), plan.same) == (0, 16)
    for who in (FIRST, SECOND):
        type_all(
            other.ward, "site", "formulary/azacitidine", who, formulary__azacitidine__minutes="34"
        )
    with pytest.raises(Refused, match=r"minutes is commissioned here as 34 min.*33 min"):
        begin_import(other.ward, signed, "site.toml", who=FIRST)
    withdraw(other.ward, "site", "formulary/azacitidine/minutes", "typed twice", who=FIRST)
    assert len(plan_import(other.ward, signed, "site.toml").take) == 11


def test_what_was_withdrawn_here_is_said_before_it_is_taken_again(
    signed: bytes, other: Bench
) -> None:
    begin_import(other.ward, signed, "site.toml", who=FIRST)
    confirm_import(other.ward, P, letters(signed), who=SECOND)
    withdraw(other.ward, "site", "formulary/azacitidine/minutes", "wrong copy", who=FIRST)
    plan = begin_import(other.ward, signed, "site.toml", who=FIRST)
    said = (
        "formulary/azacitidine/minutes was withdrawn here 01-Sep-2026 09:00 by B. Novak, "
        "pharmacist: wrong copy. The file has 33 min."
    )
    assert (len(plan.take), plan.withdrawn) == (1, (said,))
    with pytest.raises(Refused) as refused:
        confirm_import(other.ward, P, letters(signed), who=SECOND, reason=" ")
    assert refused.value.reasons[0] == said
    why = "the copy was the right one"
    assert confirm_import(other.ward, P, letters(signed), who=SECOND, reason=why) == 1
    with other.ward.store.reading() as connection:
        (kept,) = (
            row
            for row in all_of(connection, CommissionValue)
            if row.number_id == "formulary/azacitidine/minutes"
        )
    assert kept.reason.startswith(why)


def test_another_edition_takes_nothing(signed: bytes, other: Bench) -> None:
    from msgspec.structs import replace

    protocols = dict(other.ward.protocols)
    protocols[P] = replace(protocols[P], edition="amendment 4", digest="e" * 64)
    other.ward.protocols = protocols
    with pytest.raises(Refused, match="inherits nothing"):
        begin_import(other.ward, signed, "site.toml", who=FIRST)


def test_invented_values_never_enter_a_real_ward(bench: Bench, tmp_path: Path) -> None:
    commission(bench.ward, P, EPI)
    bench.ward.demonstration = True
    invented = signed_file(bench.ward, P, who=KELLER, and_who=OKONJO)
    bench.ward.demonstration = False
    with pytest.raises(Refused, match="demonstration"):
        begin_import(bench.ward, invented, "site.toml", who=FIRST)
    store = open_store(tmp_path / "demo", now=bench.clock(), create=True, demonstration=True)
    ward = assemble(store, bench.clock)
    assert begin_import(ward, invented, "site.toml", who=FIRST).take
    store.close()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "epi-1/colour"}, "no number of this edition"),
        ({"scope": "interfant06"}, "belongs to interfant06"),
        ({"value": "5.0 days"}, "whole number"),
        ({"value": "05 days"}, "begins with a zero"),
        ({"value": "5"}, "not written as"),
        ({"value": "6 days"}, "without a reason"),
        ({"public": "6 days"}, "another public value"),
        ({"second": "m keller"}, "twice by one person"),
    ],
)
def test_each_number_of_a_file_is_judged(
    signed: bytes, other: Bench, change: dict[str, str], words: str
) -> None:
    """Even a file that somebody sealed anew brings nothing that could not have been typed."""
    from msgspec.structs import replace

    found = read_signed(signed, "site.toml")
    rows = tuple(
        replace(row, **change) if row.number == "epi-1/length" else row for row in found.rows
    )
    forged = write_signed(replace(found, rows=rows))
    with pytest.raises(Refused, match=words):
        begin_import(other.ward, forged, "site.toml", who=FIRST)
    assert waiting_imports(other.ward) == ()


def test_a_reason_travels_with_its_value(bench: Bench, other: Bench) -> None:
    for who in (KELLER, OKONJO):
        type_all(bench.ward, P, EPI, who, **{"epi-1__length": "6"})
    accept(bench.ward, P, "epi-1/length", "amendment 4 says so", who=KELLER, other=OKONJO)
    content = signed_file(bench.ward, P, who=KELLER, and_who=OKONJO)
    begin_import(other.ward, content, "site.toml", who=FIRST)
    confirm_import(other.ward, P, letters(content), who=SECOND)
    with other.ward.store.reading() as connection:
        rows = {row.number_id: row for row in all_of(connection, CommissionValue)}
    assert rows["epi-1/length"].reason.startswith("amendment 4 says so (reason given by")
    assert "From the file signed by" in rows["epi-1/length"].reason
