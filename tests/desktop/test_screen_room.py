"""A form that is shown makes the screen no part of itself (see bedside.desktop.screen_room)."""

import shiboken6
from PySide6.QtGui import QGuiApplication

from bedside.desktop.screen_room import room_of
from bedside.desktop.session import Session
from bedside.desktop.weight_dialog import WeightDialog
from bedside.ward.infants import banner


def test_a_form_takes_no_screen_with_it(qtbot, ward, look, session: Session, infant_of):
    dialog = WeightDialog(ward, look, session, banner(ward, infant_of("4")))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    screen = QGuiApplication.primaryScreen()
    assert room_of(dialog) == screen.availableGeometry()
    assert "parent." not in shiboken6.dump(screen), "it would go with the form"
    dialog.done(0)
