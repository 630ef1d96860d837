"""Refuses, where it is typed, a text that no paper could show or hold.

The letters are those that both typefaces of typed text hold; a test compares them with the fonts.
"""

import unicodedata
from functools import cache

_RANGES = """
    A0-AC AE-2E9 2EC-2EE 2F3 2F7 370-377 37A-37F 384-38A 38C 38E-3A1 3A3-482 48A-525 531-556
    559-55F 561-587 589-58A 606-607 609-60A 60C 66A 6F0-6F9 7F8-7F9 E3F E81-E82 E84 E87-E88 E8A
    E8D E94-E97 E99-E9F EA1-EA3 EA5 EA7 EAA-EAB EAD-EB0 EB2-EB3 EBD EC0-EC4 EC6 ED0-ED9 EDC-EDD
    10A0-10C5 10D0-10FC 1401-1407 1409-141B 141D-1435 1437-144A 144C-1452 1454-14BD 14C0-14EA
    14EC-1507 1510-153E 1540-1550 1552-156A 1574-1585 158A-1596 15A0-15AF 15DE 15E1 1646-1647
    166E-1676 1680-169C 1D00-1D14 1D16-1D23 1D26-1D2E 1D30-1D5B 1D5D-1D6A 1D77-1D78 1D7B 1D7D
    1D85 1D9B-1DBF 1E00-1EFB 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D
    1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE 2000-200A
    2010-2027 202F-205F 2070-2071 2074-208E 2090-209C 20A0-20B5 20B8-20BA 20BD 2100-2109
    210B-2149 214B 214E 2150-2185 2189 2190-2311 2318-2319 231C-2321 2324-2328 232B-232C
    2373-2375 237A 237D 2387 2394 239B-23AE 23CE-23CF 23E3 23E5 23E8 2422-2423 2460-2469
    2500-269C 269E-26B8 26C0-26C3 26E2 2701-2704 2706-2709 270C-2727 2729-274B 274D 274F-2752
    2756 2758-275E 2761-2794 2798-27AF 27B1-27BE 27C5-27C6 27E0 27E6-27EB 27F0-27FF 2801-28FF
    2906-2907 290A-290B 2940-2941 2983-2984 29CE-29D5 29EB 29FA-29FB 2A00-2A02 2A0C-2A1C 2A2F
    2A6A-2A6B 2A7D-2AA0 2AAE-2ABA 2AF9-2AFA 2B00-2B1A 2B1F-2B24 2B53-2B54 2C60-2C77 2C79-2C7F
    2D00-2D25 2D30-2D65 2D6F 2E18 2E1F 2E22-2E25 2E2E 4DC0-4DFF A4D0-A4FF A644-A647 A64C-A64D
    A650-A651 A654-A657 A662-A66E A68A-A68D A694-A695 A698-A699 A708-A716 A71B-A71F A722-A72B
    A730-A741 A746-A74B A74E-A753 A756-A757 A764-A767 A780-A783 A789-A78E A790-A791 A7A0-A7AA
    A7F8-A7FF FB00-FB06 FB13-FB17 FB29
"""


# that come along unseen where a text is copied: soft hyphen, breaks of no width, marks of a file's begin
_UNSEEN = {
    0x9: " ",
    0xAD: None,
    0x200B: None,
    0x200E: None,
    0x2060: None,
    0xFEFF: None,
}
_FIXED = {0xA0: " ", 0x202F: " "}


def unseen_left_out(text: str) -> str:
    """Return a text without the signs that nobody sees and nobody typed; tabulators are blanks.

    Fixed blanks stay: they hold a number and its unit, or the parts of a number, on one line.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_UNSEEN)


def bare(text: str) -> str:
    """Return a name or a number without such signs, its fixed blanks as blanks of the keyboard."""
    return unseen_left_out(text).translate(_FIXED)


@cache
def letters_beyond_ascii() -> frozenset[str]:
    """The letters and signs beyond ASCII that every paper can show."""
    found: set[str] = set()
    for part in _RANGES.split():
        first, _, last = part.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def paper_faults(name: str, text: str, most: int) -> list[str]:
    """Say why a text cannot stand on paper; empty where it can.

    Args:
        name: what it is, in the ward's words, with a capital.
        text: as typed.
        most: letters that the papers have room for.
    """
    faults, text = [], bare(text)
    if len(text) > most:
        faults.append(f"{name}: {len(text)} letters; the papers have room for {most}.")
    if text.isascii():
        odd = [letter for letter in text if not letter.isprintable()]
    else:
        composed = unicodedata.normalize("NFC", text)
        odd = [
            letter
            for letter in composed
            if not (letter.isprintable() if letter.isascii() else letter in letters_beyond_ascii())
        ]
    if odd:
        codes = ", ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(odd[:5]))
        faults.append(
            f"{name}: no paper can show {codes}. Write it in one line, in Latin letters; Greek and "
            "Cyrillic also print."
        )
    return faults
