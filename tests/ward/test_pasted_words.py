"""Names that were pasted with signs that nobody sees are taken as if they had been typed (H32)."""

from datetime import UTC, date, datetime

import pytest

from bedside.ward.enrolling import identity_reasons
from bedside.ward.founding import check_names
from bedside.ward.giving_gate import check_paper
from bedside.ward.identity import IdentityForm
from bedside.ward.label_before_giving import why_no_reason
from bedside.ward.not_given import _why_faults
from bedside.ward.people import named
from bedside.ward.views.given import PaperCheck
from bedside.ward.views.not_given import DECIDED, LeftOut


@pytest.mark.parametrize("family", ["van\u00a0Berg", "\ufeffBerg", "Ber\u00adg", "Nguyễn-O’Hara"])
def test_a_pasted_name_is_taken(family: str) -> None:
    form = IdentityForm(family, "Eva", "f", date(2026, 3, 1), None, "H-0042", "4", "", "")
    assert identity_reasons(form) == []
    check_paper(PaperCheck(family, "A. Lind", "no power"))


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", " \ufeff"])
def test_a_pasted_blank_is_a_blank_in_every_name(blank: str) -> None:
    """Who records, the ward, the physician who decided, why a label cannot be read."""
    assert named(f"Eva{blank}Berg, RN") == "Eva Berg, RN"
    check_names(f"Children's{blank}Hospital", f"Ward{blank}4")
    assert why_no_reason(f"the printer{blank}is empty and its paper is used up") == ()
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    decided = LeftOut(DECIDED, "", f"Dr{blank}Halvorsen", at, None)
    assert _why_faults(decided) == []
