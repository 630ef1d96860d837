"""What a page says before the ward list: why the ward is not open, what was kept, what to do."""

from msgspec import Struct

from bedside.ward.views.marks import Mark


class OpeningPage(Struct, frozen=True):
    """One page before the ward list.

    Args:
        mark: the shape beside the title.
        title: in a few words.
        happened: what happened.
        kept: what became of everything recorded.
        todo: what to do, a line each.
        again: whether trying again may help.
        copy: whether the last good copy of the ward is offered.
        go_on: the words on the button that opens the ward all the same; "" where none may.
    """

    mark: Mark
    title: str
    happened: str
    kept: str
    todo: tuple[str, ...]
    again: bool = False
    copy: bool = False
    go_on: str = ""
