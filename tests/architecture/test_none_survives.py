"""Twenty thousand calls of Qt that return None: the fault of PySide6 6.12 on Python 3.11 would end it."""

import os
import subprocess
import sys

CALLS = """
import sys
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

application = QApplication([])
label = QLabel()
image = QImage(40, 40, QImage.Format.Format_ARGB32)
before = sys.getrefcount(None)
with QPainter(image) as painter:
    for number in range(5000):
        label.setText(str(number))
        label.setEnabled(True)
        painter.drawRect(1, 1, 5, 5)
        painter.save()
        painter.restore()
print("alive", label.text(), sys.getrefcount(None) - before)
"""


def test_a_process_survives_twenty_thousand_calls_that_return_none():
    ran = subprocess.run(
        [sys.executable, "-c", CALLS],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    word, last, drift = ran.stdout.split()
    assert (word, last) == ("alive", "4999")
    assert abs(int(drift)) < 200
