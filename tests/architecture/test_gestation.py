"""How early an infant was born is kept and shown, and nothing is ever worked out from it (H10)."""

import re

from tests.architecture.tree import texts

# Who may name it at all: it is typed, kept, corrected, told in the audit, and handed to nobody.
NAMED_IN = {
    "bedside/desktop/enrol_dialog.py",
    "bedside/desktop/identity_dialog.py",
    "bedside/desktop/identity_fields.py",
    "bedside/protocol/eligibility.py",
    "bedside/store/identity_table.py",
    "bedside/store/records.py",
    "bedside/store/tables.py",
    "bedside/ward/audit_words.py",
    "bedside/ward/demonstration.py",
    "bedside/ward/enrolling.py",
    "bedside/ward/forms.py",
    "bedside/ward/identity.py",
}
WORDS = re.compile(r"gestation|corrected.age|premature|preterm|postmenstrual", re.IGNORECASE)
SAYS_SO = {  # that they do not; and that growth in the first weeks is not judged by it
    "bedside/clinical/age.py",
    "bedside/clinical/size_kinds.py",
    "bedside/clinical/size_plausibility.py",
}


def test_nobody_else_names_the_gestation() -> None:
    named = {
        str(file)
        for file, text in texts()
        if str(file).startswith("bedside/") and str(file).endswith(".py") and WORDS.search(text)
    }
    assert named - SAYS_SO == NAMED_IN


def test_where_courses_are_judged_it_is_a_field_that_nothing_reads() -> None:
    (text,) = [text for file, text in texts() if str(file) == "bedside/protocol/eligibility.py"]
    lines = [line.strip() for line in text.splitlines() if "gestation" in line]
    assert lines == [
        "``gestation_days`` is shown and never used.",
        "gestation_days: int | None = None",
    ]


def test_the_clinical_room_says_which_age_it_counts() -> None:
    (text,) = [text for file, text in texts() if str(file) == "bedside/clinical/age.py"]
    assert "Ages are chronological; prematurity never counts here." in text
