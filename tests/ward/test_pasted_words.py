"""Names that were pasted with signs that nobody sees are taken as if they had been typed (H32)."""

from datetime import date

import pytest

from bedside.ward.enrolling import identity_reasons
from bedside.ward.giving_gate import check_paper
from bedside.ward.identity import IdentityForm
from bedside.ward.views.given import PaperCheck


@pytest.mark.parametrize("family", ["van\u00a0Berg", "\ufeffBerg", "Ber\u00adg", "Nguyễn-O’Hara"])
def test_a_pasted_name_is_taken(family: str) -> None:
    form = IdentityForm(family, "Eva", "f", date(2026, 3, 1), None, "H-0042", "4", "", "")
    assert identity_reasons(form) == []
    check_paper(PaperCheck(family, "A. Lind", "no power"))
