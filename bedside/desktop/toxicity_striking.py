"""Strikes a toxicity out on the page Toxicities, with a reason; it stays visible there."""

from typing import TYPE_CHECKING

from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.ward.dlt_standing import why_not_struck_out
from bedside.ward.toxicities import void_toxicity
from bedside.ward.views.pages import ToxicityRow

if TYPE_CHECKING:
    from bedside.desktop.toxicities_page import ToxicitiesPage


def struck_out(page: "ToxicitiesPage", row: ToxicityRow) -> bool:
    """Ask for the reason and strike a toxicity out; the page says why where it may not be.

    Args:
        page: asks, and shows the refusal.
        row: a toxicity that stands.

    Returns:
        Whether it was struck out.
    """
    why_not = why_not_struck_out(page.ward, row.toxicity_id)
    page.refusals.show_reasons((why_not,) if why_not else ())
    if why_not:
        return False
    words = page.tr("Strike out {0}, grade {1}?").format(row.term, row.worst)
    reason = ask_reason(page, page.look, words, page.tr("&Strike out"))

    def strike() -> None:
        void_toxicity(page.ward, row.toxicity_id, reason, who=page.session.who)

    return bool(reason) and saving(page, strike).saved
