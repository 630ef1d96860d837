"""Strikes a blood count out on the page Counts, with a reason; it stays visible there."""

from typing import TYPE_CHECKING

from bedside.desktop.laboratory_words import look_again, made_since, taken_along
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.desktop.trend import row_words
from bedside.ward.counting import void_counts
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.views.pages import CountRow

if TYPE_CHECKING:
    from bedside.desktop.counts_page import CountsPage


def strike_out(page: "CountsPage", infant_id: int, row: CountRow) -> str | None:
    """Ask for the reason and strike a count out.

    Args:
        page: asks, and says why where it was not kept.
        infant_id: whose count it is.
        row: a count that stands.

    Returns:
        What is to be looked at again because it rests on the count, "" where nothing does; None
        where nothing was struck out.
    """
    made = resting_on(page.ward, f"blood_count:{row.count_id}")
    told = row_words(row)
    if row.entered:
        told += page.tr("; as entered: {0}").format(row.entered)
    words = page.tr("Strike out the count of {0}?").format(told)
    words += taken_along(page.ward, infant_id, row.count_id) + made_since(made)
    reason = ask_reason(page, page.look, words, page.tr("&Strike out"))

    def strike() -> None:
        void_counts(page.ward, row.count_id, reason, who=page.session.who)

    if not reason or not saving(page, strike).saved:
        return None
    return look_again(made) if made else ""
