"""What tests do to a window with typed text: a kill, a start after it, and answers to what is offered then."""

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from bedside.desktop.leave_dialog import LeaveDialog
from bedside.desktop.weight_dialog import WeightDialog
from bedside.ward.infants import banner


def kept(window):
    """As the window does it once it is at work."""
    window.drafts.begin_keeping(window)
    return window.session.kept


def after_a_kill(window):
    """What a start after it finds: the file, and nothing of what was in memory."""
    window.session.kept._timer.stop()
    window.session.who_changed.disconnect(window.session.kept.tell)
    window.session.kept = None
    return kept(window)


def weight_of(window, infant):
    return WeightDialog(
        window.ward, window.look, window.session, banner(window.ward, infant), window
    )


def shown(qtbot, dialog):
    qtbot.addWidget(dialog, before_close_func=given_up)
    dialog.show()
    return dialog


class Answers:
    """Answers the offer that comes over a form."""

    def __init__(self, act):
        self.act, self.asked = act, 0
        self.timer = QTimer()
        self.timer.timeout.connect(self.look)
        self.timer.start(5)

    def look(self):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, LeaveDialog):
            self.timer.stop()
            self.asked += 1
            self.act(dialog)


def given_up(dialog):
    """At the end of a test nobody is asked about what was typed."""
    dialog.is_dirty = lambda: False


def type_weight(qtbot, window, infant, words="5.7"):
    dialog = shown(qtbot, weight_of(window, infant))
    QApplication.processEvents()
    QTest.keyClicks(dialog.weight.first.edit, words)
    dialog.time.edit.clear()
    QTest.keyClicks(dialog.time.edit, "09:15")
    window.session.kept.keep()
    dialog.hide()
    return dialog


def words_of(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))
