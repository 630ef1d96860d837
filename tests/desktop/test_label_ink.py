"""The colour of a word stays, whatever sheet a part around it takes, and in each theme."""

from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.start import dress as dress_application


def ink(one) -> str:
    return one.palette().windowText().color().name()


def test_a_label_keeps_its_colour_when_what_it_stands_in_is_painted_anew(qtbot, look: Look):
    """Qt gave back the colour it had first: the words of a warning turned as black as any other."""
    box = QFrame()
    qtbot.addWidget(box)
    box.setObjectName("box")
    words = label("The second check waits.", look)
    QVBoxLayout(box).addWidget(words)
    box.show()
    QApplication.processEvents()
    for colour in ("hold", "stop", "ink", "hold"):
        dress(words, look, "body", "medium", colour)
        box.setStyleSheet(f"#box {{ background: {look.colour('hold_tint').name()}; }}")
        QApplication.processEvents()
        assert ink(words) == look.colour(colour).name()
        picture = words.grab().toImage()
        wanted = look.colour(colour)
        found = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
        }
        assert wanted.name() in found, "not drawn so"
    assert words.styleSheet() == "", "a sheet of its own costs each label memory and time"


def test_a_rule_of_the_sheet_reaches_the_words_of_a_field(qtbot, look: Look):
    """What a field says against a value is of the colour of its weight, theme by theme."""
    application = QApplication.instance()
    before = application.styleSheet()
    try:
        for theme in ("dark", "light"):
            worn = Look(theme)
            dress_application(application, worn)
            words = label("", worn, "small")
            qtbot.addWidget(words)
            words.setProperty("voice", "stop")
            words.show()
            QApplication.processEvents()
            assert ink(words) == worn.colour("stop").name()
            plain = label("", worn)
            qtbot.addWidget(plain)
            plain.show()
            assert ink(plain) == worn.colour("ink").name()
    finally:
        application.setPalette(look.palette())
        application.setStyleSheet(before)
