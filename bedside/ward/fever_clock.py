"""The open fever of an infant, for the board, the banner and the page.

Kept small: the ward list needs it before anything else is loaded.
"""

from datetime import timedelta

from bedside.ward.facts import InfantFacts
from bedside.ward.views.fever import FeverClockView
from bedside.ward.ward import Ward


def fever_clock(ward: Ward, facts: InfantFacts) -> FeverClockView | None:
    """The open fever with its clock; None where every fever is closed."""
    closed = {act.episode_id for act in facts.fever_acts if act.kind == "closed"}
    for episode in facts.fevers:
        if episode.id in closed:
            continue
        given = [
            act.at
            for act in facts.fever_acts
            if act.episode_id == episode.id and act.kind == "antibiotics"
        ]
        return FeverClockView(
            episode_id=episode.id,
            first_fever_at=ward.local(episode.first_fever_at),
            due_at=ward.local(episode.first_fever_at + timedelta(minutes=episode.minutes)),
            minutes=episode.minutes,
            because=episode.because,
            given_at=ward.local(min(given)) if given else None,
        )
    return None
