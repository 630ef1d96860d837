"""What a line of the counts form asks for, and how the slip below it looks."""

from msgspec import Struct

from bedside.desktop.look import Look

COMPACT = (
    "QLineEdit, QComboBox { min-height: 24px; }"  # a line of the form is no higher than its text
)


class Measure(Struct, frozen=True):
    """What a line asks for.

    Args:
        key: "wbc", "anc", "platelets", "haemoglobin" or a part of the differential.
        kind: the reader's kind of quantity.
        title: the label, with its mnemonic.
        stated: whether the line has a state (done, not done, pending, unusable).
    """

    key: str
    kind: str
    title: str
    stated: bool

    @property
    def name(self) -> str:
        """The label without its mnemonic."""
        return self.title.replace("&", "")


def slip_style(look: Look, colour: str) -> str:
    """The ground of what stands against a value: tinted, with an edge of the same colour."""
    return (
        f"background: {look.colour(colour + '_tint').name()};"
        f" border: none; border-left: 3px solid {look.colour(colour).name()};"
    )
