"""Reads and writes Qt's translation file (.ts), one message for each English text of the program."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

CONTEXT = "Bedside"


class Message(NamedTuple):
    """One text and its translation.

    Args:
        source: in English.
        translation: "" while there is none.
        places: the files of the program that say it, from the top of the program.
        note: for whoever translates it.
    """

    source: str
    translation: str = ""
    places: tuple[str, ...] = ()
    note: str = ""


def read_ts(path: Path) -> tuple[Message, ...]:
    """Read every message of a translation file."""
    tree = ET.parse(path)  # noqa: S314 (our own file)
    return tuple(
        Message(
            source=each.findtext("source") or "",
            translation=_finished(each),
            places=tuple(_place(place) for place in each.findall("location")),
            note=each.findtext("extracomment") or "",
        )
        for each in tree.iter("message")
    )


def finished_words(path: Path) -> dict[str, str]:
    """Return the translations of a file by their English, without those that are not finished."""
    return {each.source: each.translation for each in read_ts(path) if each.translation}


def write_ts(path: Path, language: str, messages: Iterable[Message]) -> None:
    """Write a translation file, as Qt Linguist opens and writes it.

    Args:
        path: the file.
        language: its code, "de".
        messages: in the order they are written.
    """
    top = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(top, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for message in messages:
        _write_message(context, message)
    ET.indent(top, "    ")
    text = ET.tostring(top, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{text}\n", encoding="utf-8")


def _write_message(context: ET.Element, message: Message) -> None:
    one = ET.SubElement(context, "message")
    for place in message.places:
        ET.SubElement(one, "location", filename=f"../../{place}")
    ET.SubElement(one, "source").text = message.source
    if message.note:
        ET.SubElement(one, "extracomment").text = message.note
    if message.translation:
        ET.SubElement(one, "translation").text = message.translation
    else:
        ET.SubElement(one, "translation", type="unfinished")


def _finished(message: ET.Element) -> str:
    translation = message.find("translation")
    if translation is None or translation.get("type"):
        return ""
    return translation.text or ""


def _place(location: ET.Element) -> str:
    return (location.get("filename") or "").removeprefix("../../")
