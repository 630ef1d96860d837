"""Who has an account is named letter by letter, and her role is said in the language of the screen."""

import pytest
from PySide6.QtWidgets import QApplication

from bedside.desktop.language import speak
from bedside.desktop.spoken import spoken
from bedside.units.quantities import BodyWeight
from bedside.ward.forms import NewSize
from bedside.ward.weighing import record_size
from tests.desktop.locked_window import sign_in
from tests.ward.peopled import BERG


@pytest.fixture
def german():
    speak(QApplication.instance(), "de")
    yield
    speak(QApplication.instance(), "en")


def test_the_role_of_whoever_has_recorded_is_said_in_german(locked, infant_of, german):
    """On the list to sign in from, roles stood in English once their people had recorded something."""
    sign_in(locked, BERG)
    who = locked.session.who
    name, _, role = who.partition(", ")
    weight = NewSize(BodyWeight(5650), None, locked.ward.now(), "", "")
    record_size(locked.ward, infant_of("4"), weight, who=who)
    locked.refresh_board()
    assert role == "nurse" and spoken(who) == f"{name}, Pflegekraft"
    assert spoken(name) == name
