"""The form that starts an infusion says by itself that the vial's latest start comes near, and that it passed (H16)."""

from datetime import timedelta

from bedside.units.dates import write_time
from tests.desktop.infant_dialogs import InfantDialogs, shown


def ink(label) -> str:
    return label.palette().windowText().color().name()


def test_the_form_turns_when_the_latest_start_passes_while_it_is_open(window, clock):
    dialog, _ = InfantDialogs(window).make("StartInfusionDialog")
    latest = dialog.clock.latest_start
    clock.now = latest - timedelta(minutes=20)
    with shown(dialog):
        dialog.tick()
        calm = ink(dialog.latest)
        assert dialog.latest.text().startswith(f"Start by {write_time(window.ward.local(latest))}")
        assert dialog.act_button.isEnabled()
        clock.now += timedelta(minutes=17)
        dialog.tick()
        assert "Soon" in dialog.latest.text() and ink(dialog.latest) != calm
        assert dialog.act_button.isEnabled()
        soon = ink(dialog.latest)
        clock.now += timedelta(minutes=4)
        dialog.tick()
        assert ink(dialog.latest) not in (calm, soon)
        assert not dialog.act_button.isEnabled()
        assert dialog.act_button.text() == "Too late to start"
        assert dialog.act_button.accessibleDescription() == dialog.latest.text()
