"""H25: while both identifiers are read off the infant's band, no part of the screen shows them."""

from PySide6.QtWidgets import QLabel

from bedside.desktop.order_dialogs import PrescribeDialog
from bedside.units.dates import write_date
from bedside.ward.infants import banner
from tests.desktop.test_folded_figures import infant, page, window  # noqa: F401 (fixtures)


def said(*parts) -> str:
    texts = [one.text() for part in parts for one in part.findChildren(QLabel)]
    return " | ".join(texts).replace("\u2011", "-").replace("\u00a0", " ")


def test_neither_the_form_nor_the_band_behind_it_shows_what_is_retyped(
    qtbot,
    window,  # noqa: F811
    page,  # noqa: F811
    infant,  # noqa: F811
    ward,
    look,
    session,
):
    who = banner(ward, infant)
    both = (write_date(who.born), who.hospital_number)
    assert all(words in said(window.band) for words in both)
    dialog = PrescribeDialog(ward, look, session, infant, window)
    qtbot.addWidget(dialog, before_close_func=lambda one: setattr(one, "is_dirty", bool))
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.wait(1)  # what the band drew before is thrown away
    visible = said(window.band, dialog)
    assert who.family in visible and "off the band" in visible
    assert not any(words in visible for words in both)
    dialog.hide()
    qtbot.wait(1)
    assert all(words in said(window.band) for words in both)
