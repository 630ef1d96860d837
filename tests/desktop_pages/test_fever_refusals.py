"""What the form for vital signs refuses is read whole, at the size of a small screen."""

from PySide6.QtWidgets import QApplication

from tests.desktop_pages.test_fever_page import keys, page, record  # noqa: F401  (fixture)


def test_what_is_refused_is_read_whole_and_cuts_nothing(page) -> None:  # noqa: F811
    """At 1366 by 768, with every sign unfolded: the words flow, and no field is squeezed for them."""
    fields = [page.form.temperature.edit, *(one.edit for one in page.form.numbers.values())]
    for more in (False, True):
        if more:
            page.form.fold()
        QApplication.processEvents()
        shown = [one for one in fields if one.isVisible()]
        before = [one.height() for one in shown]
        keys(page, "102.2")
        for kind, figure in (("heart-rate", "999"), ("systolic", "9"), ("spo2", "3")):
            page.form.numbers[kind].edit.setText(figure)
        QApplication.processEvents()
        QApplication.processEvents()  # a layout settles in two
        note = page.form.note
        assert "102.2 °C is not a body temperature" in " ".join(note.text().split())
        assert note.isVisible() and note.height() >= note.heightForWidth(note.width())
        assert note.text().count("\n") >= 3
        assert len(shown) == (len(fields) if more else 8)
        assert [one.height() for one in shown] == before
        assert page.form.height() >= page.form.layout().totalMinimumSize().height()
        record(page)
        assert "102.2" in page.refusals.text()
        QApplication.processEvents()
        assert page.refusals.height() >= page.refusals.heightForWidth(page.refusals.width())
        page.form.clear(page.ward.wall_clock())
        page.take_focus()
