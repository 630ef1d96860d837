"""The files that every station of a ward on a server needs, laid into the ward before it is moved there."""

from bedside.store.kept_files import keep_file
from bedside.store.key_sharing import share_keys
from bedside.units.refusal import Refused
from bedside.ward.ctcae import loaded_workbooks, workbook_bytes, workbook_name
from bedside.ward.one_act import one_act
from bedside.ward.ward import Ward

ACT = "laid the files that every station needs into the ward"


@one_act
def share_files(ward: Ward, who: str) -> None:
    """Lay the ward's wrapped keys and its workbooks of toxicity terms into the ward; doing it twice adds nothing.

    A workbook that cannot be read is left out: the site's page says so, and how to load it again.

    Raises:
        Refused: the key file is damaged, or the role of who is signed in may not.
    """
    with ward.store.change(who, ACT, ward.now()) as change:
        share_keys(change, ward.store.folder)
        for loaded in loaded_workbooks(ward):
            try:
                content = workbook_bytes(ward, loaded)
            except Refused:
                continue
            keep_file(change, workbook_name(loaded), content)
