"""Says at the button of the toxicity round that a paused one waits behind it, and how far it is."""

from PySide6.QtCore import QCoreApplication

from bedside.desktop.key_button import KeyButton
from bedside.desktop.round_panel import RoundPanel


def show_paused(button: KeyButton, panel: RoundPanel) -> None:
    """Mark the button while answers wait that are not recorded."""

    def say(words: str) -> str:
        return QCoreApplication.translate("RoundPaused", words)

    paused = panel.is_dirty()
    words = say("PAUSED, {0}: go on").format(panel.count.text()) if paused else ""
    button.setText(words or say("Toxicity round"))
    button.setProperty("paused", paused)
    button.updateGeometry()
