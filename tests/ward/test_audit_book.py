"""The record speaks in the ward's words: each table, column, value and setting has some, from data."""

import re

import pytest
from sqlalchemy import CheckConstraint

from bedside.store.tables import TABLES
from bedside.ward.audit_book import audit_book
from bedside.ward.audit_words import AuditWords
from bedside.ward.forms import SiteForm
from bedside.ward.site_overview import site_lines
from tests.ward.wards import Bench

ONE_OF = re.compile(r"(\w+) IN \((.*)\)$")
NUMBER = re.compile(r"[0-9.]*|[<>]")
HIDDEN = frozenset(audit_book().hidden["everywhere"])
TABLE_NAMES = [table.name for table in TABLES.values()]


def shown_columns(table):
    return [
        column.name
        for column in table.columns
        if column.name not in HIDDEN and not column.name.endswith("unit")
    ]


def choices(table):
    """Every word that a rule of the database lets a shown column keep."""
    shown = shown_columns(table)
    for rule in table.constraints:
        found = ONE_OF.match(str(rule.sqltext)) if isinstance(rule, CheckConstraint) else None
        if found and found[1] in shown:
            for kept in found[2].split(", "):
                yield found[1], kept.strip("'")


@pytest.fixture
def ward(tmp_path):
    made = Bench(tmp_path / "ward").ward
    yield made
    made.store.close()


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLE_NAMES)
def test_no_table_column_or_value_is_left_without_words(table):
    book = audit_book()
    assert book.titles.get(table.name)
    silent = [name for name in shown_columns(table) if not book.label(table.name, name)]
    assert silent == [], "write what they are called into resources/record/words.toml"
    plain = set(book.as_they_stand["values"]) | set(TABLE_NAMES)
    silent = [
        (column, kept)
        for column, kept in choices(table)
        if not book.value(table.name, column, kept)
        and kept not in plain
        and not NUMBER.fullmatch(kept)
        and column not in ("sex", "of_table")  # said by their own words
    ]
    assert silent == []


def test_no_words_are_left_of_what_is_kept_no_more():
    book, columns = audit_book(), {one.name for table in TABLES.values() for one in table.c}
    by_table = {table.name: {one.name for one in table.c} for table in TABLES.values()}
    for table, labels in (book.own_labels | book.own_values).items():
        assert set(labels) <= by_table[table], table
    assert set(book.values) <= columns
    plain = [kept for table in TABLES.values() for _, kept in choices(table)]
    assert set(book.as_they_stand["values"]) <= set(plain)


def test_every_setting_of_the_form_is_named_as_on_the_page_of_the_site(ward):
    book = audit_book()
    assert set(SiteForm.__struct_fields__) <= set(book.settings)
    on_the_page = {line.key: line.name for line in site_lines(ward) if line.form != "terms"}
    for key, name in on_the_page.items():
        assert book.setting(key).removesuffix(" CTCAE") == name.partition(":")[0]


def test_a_setting_and_a_sign_in_read_as_a_person_says_them(ward):
    words = AuditWords(ward, {})

    def said(table, **content):
        return "; ".join(" ".join(pair) for pair in words.fields(table, content))

    setting = "site_setting"
    for key, value, told in (
        ("bsa_formula", "mosteller", "Setting Body surface formula; Value Mosteller"),
        ("weight_age_days", "3", "Setting Oldest weight for a dose; Value 3 days"),
        ("check_hours", "0", "Setting A matched second check holds; Value its own day"),
        ("contacts", "Pharmacy\tAda Berg\t44\nNights\t\t", "Setting Whom to ring; Value "
         "Pharmacy: Ada Berg, 44; Nights"),
        ("shift_times", "07:00 19:00", "Setting Change of shifts; Value 07:00, 19:00"),
        ("asked_terms", "10012727\n10010774", "Setting Terms asked in each round; Value 2 terms"),
        ("ctcae_workbook_5.0", "00ff CTCAE_v5.xlsx",
         "Setting Toxicity terms of the NCI, CTCAE 5.0; Value CTCAE_v5.xlsx"),
        ("new_key", "as typed", "Setting new key; Value as typed"),
    ):  # fmt: skip
        assert said(setting, key=key, value=value) == told
    tried = said("secret_try", kind="pin", purpose="unlock", outcome="right")
    assert tried == "Secret PIN; It was right; Typed to unlock the screen"
    added = said("ward_person", name="Ben Ito", initials="BI", person_key="benito")
    assert added == "Initials BI; Name Ben Ito"
    opened = said("opened_on", of_table="blood_count", of_row=41, main=1)
    assert opened == "Part of the start rule yes; From record 41; From a Blood count"


def test_a_restored_setting_of_fever_has_the_title_of_its_definition(ward):
    words = AuditWords(ward, {})
    (_, (_, title)) = words.fields("site_setting", {"key": "fever_definition", "value": "cclg"})
    assert title != "cclg" and title[0].isupper()
