"""Every text that people type is refused before it is kept, where no paper could show it."""

import pytest

import bedside.store.catalogue  # noqa: F401 (every table)
from bedside.store.columns import metadata
from bedside.store.kinds import Words
from bedside.store.typed_words import NOT_TYPED, TYPED, as_kept, check_typed, check_void_reason
from bedside.units.refusal import Refused

COMMON = {"recorded_by", "voided_by", "void_reason"}
TABLES = {
    table.name: {each.name for each in table.columns if isinstance(each.type, Words)} - COMMON
    for table in metadata.sorted_tables
}
FIELDS = [(table, column) for table, columns in TYPED.items() for column in columns]
HOSTILE = ("王医生", "تقيأ", "a\u202eb", "x\u0301\u0301", "one\ntwo", "😀", "A" * 5000)


def never(_table: str, _column: str, _text: str) -> bool:
    return False


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_column_of_words_is_forgotten(table: str) -> None:
    """H32: a new field says whether people type it and a paper prints it."""
    typed, others = set(TYPED.get(table, {})), set(NOT_TYPED.get(table, "").split())
    assert typed | others == TABLES[table]
    assert not typed & others


def test_no_table_is_named_that_is_not_there() -> None:
    assert {*TYPED, *NOT_TYPED} <= TABLES.keys()


@pytest.mark.parametrize(("table", "column"), FIELDS)
def test_each_typed_text_is_refused_by_name_or_kept(table: str, column: str) -> None:
    name, most = TYPED[table][column]
    if most >= 4000:  # typed in a box of several lines
        check_typed(table, {column: "one\ntwo"}, "E. Berg, RN", never)
    for text in (each for each in HOSTILE if most < 4000 or "\n" not in each):
        with pytest.raises(Refused) as refused:
            check_typed(table, {column: text}, "E. Berg, RN", never)
        assert all(reason.startswith(f"{name}: ") for reason in refused.value.reasons)
    for text in ("", None, "<b>&", "Łuc", "Å" * most):
        check_typed(table, {column: text}, "E. Berg, RN", never)


def test_who_records_has_letters_that_print() -> None:
    with pytest.raises(Refused, match="Who records: no paper can show U\\+674E"):
        check_typed("hold", {}, "李, RN", never)
    check_typed("hold", {}, "Ł. Sørensen, RN", never)


def test_what_is_on_record_may_be_written_again() -> None:
    """A bed is changed though the name beside it could not be typed any more."""
    asked = []

    def on_record(*what: str) -> bool:
        asked.append(what)
        return what[0] in ("infant", "ward_person")

    check_typed("identity", {"family": "李", "bed": "4"}, "李, RN", on_record)
    assert asked == [
        ("identity", "family", "李"),
        ("infant", "family", "李"),
        ("ward_person", "name", "李"),
    ]


ORDINARY = (
    "Ångström, Şükrü",
    "Łuc Nguyễn-Hữu",
    "Nguye\u0302\u0303n",  # accents typed by themselves
    "O’Brien “Bob” O'Hara",
    "38.6 °C – ≥ 5 µg/m² → stop",
    "a\u00a0b\u202fc\u2011d",
    "\ufeffpas\u00adted\u200b\tfrom\u2060 a mail\u200e",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_what_a_ward_writes_every_day_is_taken(text: str) -> None:
    """Refusing ordinary words in the night is a hazard, too."""
    for table, columns in TYPED.items():
        roomy = {name: text for name, (_, most) in columns.items() if len(text) <= most}
        check_typed(table, roomy, "Ş. Łuc, RN", never)
    check_void_reason(text, "Ş. Łuc, RN")


def test_signs_that_nobody_sees_are_not_kept() -> None:
    row: dict[str, object] = {"family": ORDINARY[-1], "born": None}
    assert as_kept("infant", row) == {"family": "pasted from a mail", "born": None}
    assert as_kept("infant", {"family": "van\u00a0Berg"}) == {"family": "van Berg"}
    number = "platelets 58\u202f000 per µL, 3\u00a0mg"
    assert as_kept("hold", {"reason": number}) == {"reason": number}, "never broken over two lines"
    assert as_kept("audit", {"content": "a\tb"}) == {"content": "a\tb"}


def test_a_reason_of_striking_out_has_letters_that_print() -> None:
    check_void_reason("wrong infant\nsaid the ward", "E. Berg, RN")
    check_void_reason("confirmed by 李, RN", "李, RN")
    with pytest.raises(Refused, match="The reason: no paper can show U\\+674E"):
        check_void_reason("told by 李", "E. Berg, RN")
