"""When a comparison of two blind passes may be seen, and when it goes."""

import pytest

from bedside.desktop.commissioning_page import CommissioningPage
from bedside.desktop.session import Session
from bedside.ward.commission_compare import comparison
from tests.desktop_pages.page_driving import answering, in_frame
from tests.ward.commissioned import KELLER, OKONJO, commission, type_all

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


def test_against_the_public_value_a_reason_is_asked(page: CommissioningPage, bench, qtbot) -> None:
    for who in (KELLER, OKONJO):
        type_all(bench.ward, P, EPI, who, **{"epi-1__length": "6"})
    page.choose(P, EPI)
    page.overview.compare_button.click()

    def reason(dialog) -> None:
        dialog.reason.setPlainText("amendment 4")
        dialog.act.click()

    answering(qtbot, page.comparing.accept_button.click, reason)
    row = next(
        r
        for r in comparison(bench.ward, P, EPI, who="A. Looker, physician").rows
        if r.number_id == "epi-1/length"
    )
    assert row.state == "commissioned" and "amendment 4" in row.recorded
