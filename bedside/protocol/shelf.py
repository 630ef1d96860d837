"""All protocols that this program brings along, by key."""

from pathlib import Path

from bedside.protocol.drugs import DrugNames
from bedside.protocol.model import Protocol
from bedside.protocol.reader import ProtocolFileError, read_protocol


def read_shelf(folder: Path, drugs: DrugNames | None = None) -> dict[str, Protocol]:
    """Read every protocol file of a folder.

    Args:
        folder: where the ``*.toml`` files lie, each named after its protocol's key.
        drugs: the drug list to check against; None takes the program's own.

    Raises:
        ProtocolFileError: with every fault of every file.
    """
    shelf: dict[str, Protocol] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            protocol = read_protocol(path, drugs)
        except ProtocolFileError as refused:
            faults.extend(refused.reasons)
            continue
        if protocol.key != path.stem:
            faults.append(
                f"{path.name}: its key is {protocol.key}: name the file {protocol.key}.toml."
            )
        shelf[protocol.key] = protocol
    if not shelf and not faults:
        faults.append(
            f"{folder.name}: no protocol file lies here: this installation is incomplete."
        )
    if faults:
        raise ProtocolFileError(*faults)
    return shelf
