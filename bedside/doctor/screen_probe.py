"""Started by the doctor as a program of its own: does Qt start here, with which fonts and printers?

It prints a JSON object a line. It imports nothing of ours, so that a Qt which ends the process
takes nothing with it but this probe.
"""

import json
import sys


def main() -> None:
    """Start Qt as the desktop would, and say what it finds."""
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    application = QGuiApplication(sys.argv[:1])
    families = QFontDatabase.families()
    say(platform=application.platformName(), families=list(families))

    from PySide6.QtPrintSupport import QPrinterInfo

    say(printers=list(QPrinterInfo.availablePrinterNames()))


def say(**facts: object) -> None:
    """Print one line of facts at once: what comes after may end the process."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
