"""Rows of a blind pass of commissioning that are typed and not recorded: this person's own alone.

A row that can be read is recorded when it is left; what is kept here is the row in hand and what cannot
be read yet. It is offered to nobody else, and no notice says a word of it: the other pass stays blind.
"""

from bedside.desktop.commission_pass import PassPanel
from bedside.ward.kept_drafts import KeptField


class PassTyping:
    """The rows of one person, of every group that she has begun.

    Args:
        panel: where passes are typed.
    """

    shape = "pass 1"

    def __init__(self, panel: PassPanel) -> None:
        self._panel = panel

    def typed(self) -> tuple[KeptField, ...]:
        """Each row by its group."""
        return tuple(
            KeptField(f"row|{words}|{scope}|{group}|{number}", text)
            for scope, group, number, words, text in self._panel.unrecorded()
        )

    def put_back(self, kept: tuple[KeptField, ...]) -> list[str]:
        """Put each into its row; a group that is not in sight shows them when it is opened."""
        left = []
        for field in kept:
            _, words, scope, group, number = field.name.split("|")
            if not self._panel.put_back(scope, group, number, str(field.typed)):
                left.append(words)
        return left
