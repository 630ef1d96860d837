"""What judges first and then records: on a server it is judged anew where another station came in between.

A ward's own file has one program at it: what was judged holds when it is recorded. On a server another
station may have recorded in between; each use-case that records stands under this, so none can forget
(tests/architecture/test_one_act.py). See `bedside.store.server_judging`.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from bedside.ward.ward import Ward

Words = ParamSpec("Words")
Value = TypeVar("Value")


def one_act(
    act: "Callable[Concatenate[Ward, Words], Value]",
) -> "Callable[Concatenate[Ward, Words], Value]":
    """Let a use-case be done again, from its beginning, where another station has overtaken it.

    Args:
        act: judges and records; it may be done again as long as nothing of it was kept.
    """

    @wraps(act)
    def once(ward: "Ward", /, *words: Words.args, **named: Words.kwargs) -> Value:
        return ward.store.judge(partial(act, ward, *words, **named))

    return once
