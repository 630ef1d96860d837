"""What the dialog "Risk and arm" shows: the group with its reasons, arm, transplant, partner, MRD."""

from msgspec import Struct

from bedside.ward.views.marks import Banner


class MrdLine(Struct, frozen=True):
    """A time point of residual disease; ``words`` is "not recorded" where nothing is."""

    key: str
    title: str
    words: str


class RiskView(Struct, frozen=True):
    """Everything on risk and arm, in words. ``group`` is "" while it is not known.

    ``has_groups`` is False for a protocol without public risk groups; ``no_groups`` says so.
    ``arms`` and ``partners`` and ``points`` and ``methods`` are key and title to choose from.
    """

    banner: Banner
    has_groups: bool
    no_groups: str
    group: str
    group_title: str
    because: tuple[str, ...]
    ask: str
    partner: str
    outcome: str
    outcome_source: str
    group_outcomes: tuple[str, ...]
    arm: str
    transplant: str
    replaces: str
    mrd: tuple[MrdLine, ...]
    path: str
    white_cells: str
    day8_blasts: str
    arms: tuple[tuple[str, str], ...]
    partners: tuple[tuple[str, str], ...]
    points: tuple[tuple[str, str], ...]
    methods: tuple[tuple[str, str], ...]
