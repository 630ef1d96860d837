"""The door to the people of a ward: their list, or, where there are none yet, the first two."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from bedside.ward.people import has_people

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow
    from bedside.ward.founding import NewWard


def show_people(window: "BedsideWindow") -> None:
    """Show the people of the window's ward."""
    if window.ward.demonstration:
        from bedside.desktop.why_not_dialog import WhyNotDialog

        words = window.tr(
            "The demonstration has no people: names are typed freely in it, nobody signs in, and "
            "the screen is never locked. A ward of one's own begins with two people."
        )
        dialog: QDialog = WhyNotDialog(words, window, plain=True)
        dialog.exec()
        dialog.deleteLater()
    elif has_people(window.ward):
        from bedside.desktop.people_dialog import PeopleDialog

        dialog = PeopleDialog(window.ward, window.look, window.session, window)
        dialog.exec()
        dialog.deleteLater()
        close_for_work(window)
    else:
        begin(window)


def close_for_work(window: "BedsideWindow") -> None:
    """Close the window where something was ordered that needs the ward closed; it opens again."""
    if window.ward.closed_work is not None and not window.close():
        window.ward.closed_work = None  # somebody's typed text is kept: it is ordered again


def begin(window: "BedsideWindow") -> None:
    """Give a ward that has none its first two people; from then on everybody signs in."""
    from bedside.desktop.founding_dialog import FoundingDialog
    from bedside.ward.people_acts import begin_people

    def make(form: "NewWard") -> tuple[str, bytes]:
        begin_people(window.ward, form.first, form.second)
        return "", b""

    dialog = FoundingDialog(window.look, make, named=True, parent=window)
    done = dialog.exec()
    dialog.deleteLater()
    if done:
        from bedside.desktop.locking import Locking

        Locking(window, window.ward, window.session).begin()
