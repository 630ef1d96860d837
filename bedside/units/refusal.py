"""The one way Bedside says no: what happened, and what would be right."""


class Refused(ValueError):
    """Something a person asked for or typed cannot be done; nothing was changed.

    Args:
        reasons: one sentence each, in the ward's words, saying what would be right.
    """

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))
