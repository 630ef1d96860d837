"""Where the program's own files lie, whether it runs from a wheel, a checkout or a frozen build.

Decision: one function answers for every kind of installation. `importlib.resources` was
rejected: Alembic, Qt and ReportLab all want real paths, and both folders are always real
folders here (the wheel carries them inside the package).
"""

from pathlib import Path


def place(*parts: str) -> Path:
    """Return the path of one of the program's own files or folders.

    Args:
        parts: path below the top, beginning with ``resources`` or ``migrations``.

    Raises:
        FileNotFoundError: the installation is incomplete; the message names the missing file.
    """
    package = Path(__file__).resolve().parent
    for top in (package, package.parent):
        found = top.joinpath(*parts)
        if (top / parts[0]).is_dir() and found.exists():
            return found
    raise FileNotFoundError(
        f"Bedside's own file {'/'.join(parts)} is missing: this installation is incomplete. "
        "Install it again."
    )
