"""The language of this workstation's screen: which one, what stays out of it, and how it is changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from bedside.desktop import border
from bedside.desktop.spoken import speak_by
from bedside.desktop.start import LANGUAGE_KEY, station
from bedside.ward.people import people
from bedside.ward.roles import role_book
from bedside.ward.typed_texts import TypedTexts
from bedside.ward.views.board import BoardRow
from bedside.ward.ward import Ward
from bedside.words.languages import LANGUAGES, SOURCE_LANGUAGE, speaker_of
from bedside.words.speaker import Speaker

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


class Spoken:
    """A language other than English on this screen.

    Args:
        speaker: who speaks it.
    """

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._typed = TypedTexts({})
        self._ward: Ward | None = None

    def say(self, text: str) -> str:
        """Return a text in it, which Qt is given as it is."""
        return border.done(text)

    def english_day(self, typed: str) -> str:
        """Return a typed day with its month in English letters."""
        return self._speaker.english_day(typed)

    def keep_names(self, ward: Ward, rows: Sequence[BoardRow]) -> None:
        """Leave names of infants, people and places letter by letter, and know what people typed."""
        if ward is not self._ward:
            self._ward, self._typed = ward, TypedTexts({})
        names = {ward.site.site_name, ward.site.ward_name}
        names |= {name for _, name, _ in ward.site.contacts}
        for row in rows:
            family, given = row.family, row.given
            names |= {family, given, family.upper(), f"{family}, {given}", row.hospital_number}
            names |= {f"{family.upper()}, {given}", f"{family.upper()},", row.bed}
            names |= {f"{family.upper()} {given}", f"{family} {given}"}
        everybody = people(ward, ended=True)
        for person in everybody:
            names |= {person.name, person.initials}
        who, typed = self._typed.new_in(ward)
        titles, accounts = role_book().roles.values(), {person.name for person in everybody}
        # of an account the name alone is kept: its role is a word of the program's, said in the language
        who -= {f"{name}, {title}" for name in accounts for title in titles}
        self._speaker.keep(names | who)
        self._speaker.know(typed)


def speak(application: QApplication, language: str) -> None:
    """Speak a language on the screen from now on; one that is not there is English.

    Args:
        application: Qt's application.
        language: a key of `LANGUAGES`.
    """
    if language == spoken_language():
        return
    known = language in LANGUAGES and language != SOURCE_LANGUAGE
    speaker = speaker_of(language) if known else None
    border.speak(application, speaker)
    speak_by(None if speaker is None else Spoken(speaker))


def spoken_language() -> str:
    """Return which language the screen speaks now, a key of `LANGUAGES`."""
    speaks = border.speaker()
    return SOURCE_LANGUAGE if speaks is None else speaks.language


def choose_language(window: "BedsideWindow", language: str) -> None:
    """Speak another language, and keep it for the next start; what is typed is carried over.

    Args:
        window: the window.
        language: a key of `LANGUAGES`.
    """
    if keep_language(language):
        window.set_theme(window.look)


def keep_language(language: str) -> bool:
    """Speak another language, and keep it for the next start; what stands on the screen stays.

    Args:
        language: a key of `LANGUAGES`.

    Returns:
        Whether it is another one.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication) or language == spoken_language():
        return False
    kept = station()
    kept.setValue(LANGUAGE_KEY, language)
    kept.sync()
    speak(application, language)
    return True
