"""When a comparison of two blind passes may be seen, and when it goes."""

import pytest

from bedside.desktop.commissioning_page import CommissioningPage
from bedside.desktop.session import Session
from tests.desktop_pages.page_driving import in_frame
from tests.ward.commissioned import OKONJO, commission

P, EPI = "aall15p1", "epi-1"


@pytest.fixture
def page(qtbot, bench, look) -> CommissioningPage:
    bench.site()
    made = CommissioningPage(bench.ward, look, Session(OKONJO))
    in_frame(qtbot, made)
    return made


def test_leaving_the_page_takes_a_comparison_off_the_screen(page: CommissioningPage, bench) -> None:
    commission(bench.ward, P, EPI)
    page.choose(P, EPI)
    page.overview.compare_button.click()
    page.hide()
    assert page.comparing.found is None
    page.show()
    assert page.stack.currentWidget() is page.overview


def test_nobody_compares_a_part_while_her_own_blind_pass_of_another_is_begun(
    page: CommissioningPage, bench
) -> None:
    """The public values of one block are those of the next: a comparison would tell them."""
    commission(bench.ward, P, EPI)
    page.choose(P, "epi-2")
    page.overview.pass_button.click()
    page.choose(P, EPI)
    page.overview.compare_button.click()
    assert page.comparing.found is None
    assert "Your own blind pass of" in page.overview.refusals.text()
