"""All protocols that this program brings along, by key.

What reads the files is loaded when one is read: most starts take them as they were read before.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bedside.places import place
from bedside.protocol.drugs import DRUG_LIST, DrugNames
from bedside.protocol.model import Protocol
from bedside.protocol.read_once import read_once


class Shelf(Mapping[str, Protocol]):
    """The protocols of a folder, each file read and checked when its protocol is first asked for.

    A file is named after its protocol's key, so the keys are known without reading; a ward with
    infants on one protocol never waits for the others.

    Args:
        folder: where the ``*.toml`` files lie.
        drugs: the drug list to check against; None takes the program's own.

    Raises:
        ProtocolFileError: no file lies there; or, when a protocol is asked for, every fault of
            its file.
    """

    def __init__(self, folder: Path, drugs: DrugNames | None = None) -> None:
        self._drugs = drugs
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        self._read: dict[str, Protocol] = {}
        if not self._paths:
            from bedside.protocol.reader import ProtocolFileError

            raise ProtocolFileError(
                f"{folder.name}: no protocol file lies here: this installation is incomplete."
            )

    def __getitem__(self, key: str) -> Protocol:
        protocol = self._read.get(key)
        if protocol is None:
            protocol = self._read[key] = self._of_file(self._paths[key])
        return protocol

    def _of_file(self, path: Path) -> Protocol:
        if self._drugs is not None:
            return _read(path, self._drugs)
        beside = (
            other for other in self._paths.values() if other != path
        )  # one may be its backbone
        files = (path, *beside, place(*DRUG_LIST))
        return read_once(Protocol, files, lambda: _read(path, None))

    def written(self, key: str) -> tuple[str, str | None]:
        """The file of a protocol letter by letter, and the one whose courses it takes over.

        Raises:
            KeyError: there is no such protocol.
        """
        from bedside.protocol.reader import written_file

        return written_file(self._paths[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def read_shelf(folder: Path, drugs: DrugNames | None = None) -> dict[str, Protocol]:
    """Read every protocol file of a folder now.

    Args:
        folder: where the ``*.toml`` files lie, each named after its protocol's key.
        drugs: the drug list to check against; None takes the program's own.

    Raises:
        ProtocolFileError: with every fault of every file.
    """
    from bedside.protocol.reader import ProtocolFileError

    shelf = Shelf(folder, drugs)
    read: dict[str, Protocol] = {}
    faults: list[str] = []
    for key in shelf:
        try:
            read[key] = shelf[key]
        except ProtocolFileError as refused:
            faults.extend(refused.reasons)
    if faults:
        raise ProtocolFileError(*faults)
    return read


def _read(path: Path, drugs: DrugNames | None) -> Protocol:
    from bedside.protocol.reader import ProtocolFileError, read_protocol

    protocol = read_protocol(path, drugs)
    if protocol.key != path.stem:
        raise ProtocolFileError(
            f"{path.name}: its key is {protocol.key}: name the file {protocol.key}.toml."
        )
    return protocol
