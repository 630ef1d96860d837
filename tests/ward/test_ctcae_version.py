"""The version of CTCAE is the site's, or chosen at enrolment; it is pinned, and every grade is by it."""

import pytest

from bedside.units.refusal import Refused
from bedside.ward.proposals import proposals_of
from bedside.ward.site import save_site, site_form
from bedside.ward.toxicity_round import round_of
from tests.ward.wards import DOCTOR, Bench, replace

# Neutrophils 0.3 x 10^9/L: standards.md 1.2, CTCAE 4.03 and 5.0 below 0.5 is grade 4; 6.0 has
# grade 4 below 0.1 and grade 3 from 0.1 to below 0.5.
BY_VERSION = [("4.03", 4), ("5.0", 4), ("6.0", 3)]


def graded(bench: Bench) -> tuple[str, int | None]:
    (found,) = [one for one in proposals_of(bench.ward, bench.infant) if "eutrophil" in one.term]
    return found.ctcae, found.grade


@pytest.mark.parametrize(("version", "grade"), BY_VERSION)
def test_an_infant_is_graded_by_the_version_of_her_enrolment(
    bench: Bench, version: str, grade: int
) -> None:
    bench.site()
    bench.infant = bench.enrol(ctcae=version)
    bench.count(300, 80_000)
    assert graded(bench) == (version, grade)
    assert round_of(bench.ward, bench.infant).ctcae == version


def test_without_a_choice_it_is_the_sites_and_a_later_setting_changes_nobody(bench: Bench) -> None:
    bench.site(ctcae="6.0")
    bench.infant = bench.enrol()
    bench.site(ctcae="5.0")
    bench.count(300, 80_000)
    assert graded(bench) == ("6.0", 3)


def test_a_ward_that_set_none_has_5_0(bench: Bench) -> None:
    assert bench.ward.site.ctcae == "5.0"


@pytest.mark.parametrize("version", ["5", "4.0", "6.0 ", "6.0<b>"])
def test_another_version_is_refused_with_those_there_are(bench: Bench, version: str) -> None:
    with pytest.raises(Refused, match=r"4\.03, 5\.0, 6\.0"):
        save_site(bench.ward, replace(site_form(bench.ward), ctcae=version), who=DOCTOR)
    with pytest.raises(Refused, match=r"4\.03, 5\.0, 6\.0"):
        bench.enrol(ctcae=version)
