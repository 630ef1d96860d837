"""PySide's own Python helpers, compiled once and not at every start.

PySide carries them inside a library, as source, and compiles all of it whenever it is loaded: some
15 ms that a nurse waits for. As Python keeps its bytecode, what they were compiled to is kept in
`__pycache__` beside this module, and taken only where every letter of the source and Python itself
are the very same. The one helper that writes type stubs for developers is left empty: it loads a
quarter of Python's library, and nothing of a running program asks for it.

Where the folder cannot be written, or Python is told to keep no bytecode, nothing is kept.
"""

import builtins
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from types import CodeType

_OWN = "shibokensupport/"
_STUB_WRITER = "shibokensupport/signature/lib/pyi_generator.py"
_NOT_WHOLE = (OSError, EOFError, ValueError, TypeError)
_HEAD = len(MAGIC_NUMBER) + 8
_compile = builtins.compile


@contextmanager
def compiled_once() -> Iterator[None]:
    """Take PySide's helpers as they were compiled before, while PySide is loaded inside."""
    if "shiboken6" in sys.modules:
        yield
        return
    keeper = _Keeper(cache_from_source(__file__).removesuffix("pyc") + "qt")
    before, builtins.compile = builtins.compile, keeper.compile  # type: ignore[assignment]  # it takes the same
    try:
        yield
    finally:
        builtins.compile = before
    keeper.keep()


def _head(content: bytes) -> bytes:
    """What stands before the content: Python's own number, and a sum over every byte of it."""
    return MAGIC_NUMBER + source_hash(content)


class _Keeper:
    """What PySide's helpers were compiled to, by file: a hash of the source, and the code."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._kept: dict[str, tuple[bytes, CodeType]] = {}
        self._new = False
        with suppress(*_NOT_WHOLE), open(path, "rb") as file:  # noqa: PTH123 (pathlib costs more)
            whole = file.read()
            if whole[:_HEAD] == _head(whole[_HEAD:]):
                self._kept = marshal.loads(whole[_HEAD:])  # noqa: S302 (as safe as our own bytecode beside it)

    def compile(
        self, source: object, filename: str, mode: str, *rest: object, **more: object
    ) -> object:
        """Stand in for Python's own `compile`; whatever is not PySide's goes on to it."""
        if not (isinstance(source, bytes) and str(filename).startswith(_OWN)):
            return _compile(source, filename, mode, *rest, **more)  # type: ignore[call-overload]  # as it came
        if filename == _STUB_WRITER:
            return _compile("", filename, mode)
        seal = source_hash(source)
        kept = self._kept.get(filename)
        if kept is not None and kept[0] == seal:
            return kept[1]
        code: CodeType = _compile(source, filename, mode, *rest, **more)  # type: ignore[call-overload]  # as it came
        self._kept[filename], self._new = (seal, code), True
        return code

    def keep(self) -> None:
        """Keep what was compiled now for the next start."""
        if not self._new or sys.dont_write_bytecode:
            return
        making = f"{self._path}.{os.getpid()}"
        with suppress(*_NOT_WHOLE):
            os.makedirs(os.path.dirname(making), exist_ok=True)  # noqa: PTH103, PTH120 (as above)
            content = marshal.dumps(self._kept)
            with open(making, "wb") as file:  # noqa: PTH123 (as above)
                file.write(_head(content) + content)
            os.replace(making, self._path)  # noqa: PTH105 (as above)
