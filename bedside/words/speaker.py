"""Shows English texts in another language.

The program thinks, decides, records, compares and prints in English, always. A `Speaker` stands at the
screen's border alone: it is given the English text that is about to be shown, and returns it in the
screen's language (hazard H1). So no decision can depend on a language.

A text is found in the catalogue as it stands; else it was made from a text with holes, and its parts
are shown in the same way; else it is a list of sentences or parts, each shown by itself. Of several
ways that one is taken that leaves fewest letters in English. What is not found stays in English, word
for word: nothing is left out. Names that people gave stay letter by letter (`keep`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bedside.words.english_text import (
    AGE,
    DAY,
    END,
    FIGURES,
    LABEL,
    LETTERS,
    MONTHS,
    SAME,
    SEAMS,
    TAG,
    WEAK_SEAMS,
    WEEKDAYS,
    WORD,
    WRITTEN,
    unbroken,
)
from bedside.words.kept_names import KeptNames
from bedside.words.template import Template, has_holes

_MOST_RUN = 8  # pieces of one text that are looked up together
_MOST_KEPT = 30_000
_MOST_TRIED = 4  # templates that fit a text, the longest first
_SHORT, _EACH_LETTER = 40, 12  # a template of few letters says nothing of a long text
_FEW = 8  # a template of fewer letters takes figures, days and names alone: "by {who}" is not "by mouth"
_SAID = "said"  # a hole of this name takes words in such a template, too
_MANY = (
    12  # a template of so many letters is a sentence, and may hold a part that nobody translated
)


class Shown(NamedTuple):
    """A text in the screen's language.

    Args:
        text: as it is shown.
        left: how many of its letters nobody translated.
        gaps: the pieces they stand in.
    """

    text: str
    left: int
    gaps: tuple[str, ...] = ()


class Speaker:
    """Shows texts in one language.

    Args:
        language: its code, "de".
        catalogue: translations by their English.
        same: words that stay as they are: drugs.
    """

    def __init__(
        self, language: str, catalogue: Mapping[str, str], same: Iterable[str] = ()
    ) -> None:
        self.language = language
        self._whole = {source: words for source, words in catalogue.items() if words}
        for source, words in list(self._whole.items()):
            self._whole.setdefault(source.strip(), words.strip())
        for source, words in catalogue.items():
            if "&" in source and words:  # a name for a screen reader has no key
                self._whole.setdefault(source.replace("&", ""), words.replace("&", ""))
        self._same, self._names = frozenset(same), KeptNames()
        self._data, self._typed = set[str](), set[str]()  # as they are, and with their names hidden
        self._drugs = frozenset(word.casefold() for word in self._same)
        self._by_word: dict[str, list[Template]] = {}
        self._found: dict[str, Shown] = {}
        self._said: dict[str, str] = {}
        self._english: dict[str, str] = {}
        self._file(self._whole)
        self._months = self._whole.get(MONTHS, MONTHS).split()
        self._weekdays = self._whole.get(WEEKDAYS, WEEKDAYS).split()

    def _file(self, catalogue: Mapping[str, str]) -> None:
        made = [Template(one, words) for one, words in catalogue.items() if has_holes(one)]
        often: dict[str, int] = {}
        for template in made:
            for word in set(template.words):
                often[word] = often.get(word, 0) + 1
        for template in made:
            if template.words:
                rarest = min(template.words, key=lambda word: (often[word], -len(word)))
                self._by_word.setdefault(rarest, []).append(template)

    def keep(self, names: Iterable[str]) -> None:
        """Leave texts as they are, letter by letter: names of infants and of people, beds, products."""
        if self._names.keep(names):
            self._typed = {self._names.hidden(each) for each in self._data}
            self._forget()

    def know(self, data: Iterable[str]) -> None:
        """Know texts that people typed, and facts that stay in English: they are no gap in a sentence.

        Unlike a name, one of them that is also a text of the program is shown as that.
        """
        new = {each for each in data if each} - self._data
        if new:
            self._data |= new
            self._typed |= {self._names.hidden(each) for each in new}
            self._forget()

    def _forget(self) -> None:
        self._found.clear()
        self._said.clear()

    def shown(self, text: str) -> str:
        """Return a text in the screen's language.

        Args:
            text: in English, plain or with tags.
        """
        said = self._said.get(text)
        if said is None:
            if len(self._said) > _MOST_KEPT:
                self._said.clear()
            said = self.found(text).text
            if not self._same_figures(text, said):
                said = text
            self._said[text] = said
            if said != text:
                self._english[said] = text
        return said

    def _same_figures(self, text: str, said: str) -> bool:
        """Whether no figure and no drug was lost, added or changed: else a text stays in English."""
        return all(
            Counter(of(text)) == Counter(of(said)) for of in (FIGURES.findall, self._drugs_in)
        )

    def _drugs_in(self, text: str) -> list[str]:
        words = WORD.findall(text.replace("&", ""))
        return [word.casefold() for word in words if word.casefold() in self._drugs]

    def english(self, text: str) -> str:
        """Return the English of a text that was shown; any other text stays as it is."""
        return self._english.get(text, text)

    def english_day(self, typed: str) -> str:
        """Return a day that was typed with the language's own month with the English one.

        Args:
            typed: such as "20-Dez-2026"; anything else stays as it is.
        """
        day = WRITTEN.fullmatch(typed.strip())
        months = [month.casefold() for month in self._months]
        if day is None or day[2].casefold() not in months:
            return typed
        return f"{day[1]}-{MONTHS.split()[months.index(day[2].casefold())]}-{day[3]}"

    def found(self, text: str) -> Shown:
        """Return a text in the screen's language, and how much of it nobody translated."""
        known = self._found.get(text)
        if known is None:
            if len(self._found) > _MOST_KEPT:
                self._found.clear()
            self._said.clear()
            known = self._found[text] = self._look(text)
        return known

    def _look(self, text: str) -> Shown:
        if text in self._names.names:
            return Shown(text, 0)
        hidden = self._names.hidden(text)
        if hidden == text:
            return self._look_at(text)
        shown, back = self.found(hidden), self._names.back
        return Shown(back(shown.text), shown.left, tuple(map(back, shown.gaps)))

    def _look_at(self, text: str) -> Shown:
        if LETTERS.search(text) is None:
            return Shown(text, 0)
        bare = text.strip()
        if bare != text:
            inside = self.found(bare)
            at = text.index(bare)
            return inside._replace(text=text[:at] + inside.text + text[at + len(bare) :])
        if "\u2011" in text or "\u00a0" in text:
            plain = self.found(text.replace("\u2011", "-").replace("\u00a0", " "))
            return plain._replace(text=unbroken(plain.text))
        best = self._exact(text) or self._made(text) or self._ended(text)
        if best is None:
            best = self._plain(text)
        return min(best, self._in_parts(text), key=_left) if best.left else best

    def _plain(self, text: str) -> Shown:
        """A text that nobody translated, its days in the language's letters."""
        left = self._unknown(text)
        return Shown(DAY.sub(self._day, text), left, (text,) if left else ())

    def _ended(self, text: str) -> Shown | None:
        """A text without the mark at its end, where it is known so, or with the full stop that it lost."""
        if len(text) < 2:
            return None
        if not END.search(text):
            if any(seam.search(text) for seam in SEAMS):
                return None  # of several parts: a hole would take more than its own
            whole = self._exact(text + ".") or self._made(text + ".")
            return whole and whole._replace(text=whole.text.removesuffix("."))
        bare = self._exact(text[:-1]) or self._made(text[:-1])
        return None if bare is None else bare._replace(text=bare.text + text[-1])

    def _in_parts(self, text: str) -> Shown:
        best = self._plain(text)
        if "<" in text and TAG.search(text):
            return min(best, self._tagged(text), key=_left)
        for seam in SEAMS:
            if seam.search(text):
                return min(best, self._taken_apart(text, seam), key=_left)
        for seam in WEAK_SEAMS:
            if seam.search(text):
                parts = self._taken_apart(text, seam)
                if not parts.left:
                    return parts
        return self._after_a_drug(text) or self._labelled(text) or self._begun_large(text) or best

    def _labelled(self, text: str) -> Shown | None:
        """A label and its figure, as records have them: "Signature 8", "Taken 20-Nov-2026 06:10"."""
        label = LABEL.match(text)
        if label is None or label[1] not in self._whole or self._unknown(label[2]):
            return None
        return Shown(f"{self._whole[label[1]]} {DAY.sub(self._day, label[2])}", 0)

    def _begun_large(self, text: str) -> Shown | None:
        """The same words at the beginning of a line: "Not started" as "not started"."""
        if not (text[0].isupper() and text[1:2].islower()):
            return None
        small = self._exact(text[0].lower() + text[1:]) or self._made(text[0].lower() + text[1:])
        if small is None or small.left:
            return None
        return small._replace(text=small.text[:1].upper() + small.text[1:])

    def _after_a_drug(self, text: str) -> Shown | None:
        """What is said of a drug, or at a time: its name, and then the rest by itself."""
        for many in (2, 1):
            words = text.split(" ", many)
            if len(words) <= many:
                continue
            head, rest = " ".join(words[:many]), words[many]
            if self._unknown(head) or not (many == 1 or words[0] in self._same):
                continue
            said = self.found(rest)
            if not said.left:
                return said._replace(text=f"{head} {said.text}")
        return None

    def _exact(self, text: str) -> Shown | None:
        words = self._whole.get(text)
        if words is None:
            return None
        return Shown(words, 0)

    def _made(self, text: str) -> Shown | None:
        """The best translation of a text that was made from one with holes."""
        best: Shown | None = None
        tried = 0
        for template in self._candidates(text):
            taken = False
            for parts, sure in template.readings(text):
                if text in parts.values() or not self._may_hold(template, parts):
                    continue
                taken = True
                shown = {name: self.found(part) for name, part in parts.items()}
                left = sum(each.left for each in shown.values())
                if left and not (sure and template.letters >= _MANY):
                    continue
                if best is None or left < best.left:
                    best = _together(
                        template.fill({n: each.text for n, each in shown.items()}), shown.values()
                    )
            tried += taken
            if tried == _MOST_TRIED or (best is not None and not best.left):
                break
        return best

    def _may_hold(self, template: Template, parts: Mapping[str, str]) -> bool:
        """Whether a text with few letters of its own holds no words where it was not made for them."""
        return template.letters >= _FEW or all(
            name.startswith(_SAID) or not self._unknown(part) for name, part in parts.items()
        )

    def _candidates(self, text: str) -> list[Template]:
        words = dict.fromkeys(WORD.findall(text))
        found = [
            template
            for word in words
            for template in self._by_word.get(word, ())
            if words.keys() >= template.word_set
            and len(text) <= _SHORT + _EACH_LETTER * template.letters
        ]
        return sorted(found, key=lambda template: (-template.letters, -template.fixed))

    def _tagged(self, text: str) -> Shown:
        """A text with tags: what stands between them, each by itself."""
        return self._all([(piece, at % 2 == 1) for at, piece in enumerate(TAG.split(text))])

    def _taken_apart(self, text: str, seam: re.Pattern[str]) -> Shown:
        pieces = seam.split(text)
        out, found, at = "", list[Shown](), 0
        while at < len(pieces):
            end, shown = self._longest(pieces, at)
            found.append(shown)
            out += shown.text
            if end < len(pieces):
                out += self._seam(pieces[end])
            at = end + 1
        return _together(out, found)

    def _longest(self, pieces: list[str], at: int) -> tuple[int, Shown]:
        """The longest run of pieces that the catalogue has as one, from a place on; else the piece there."""
        last = min(len(pieces), at + 2 * _MOST_RUN - 1)
        if at == 0 and last == len(pieces):
            last -= 2  # the whole was looked up before
        for end in range(last, at + 1, -2):
            run = "".join(pieces[at:end])
            shown = self._exact(run) or self._made(run)
            if shown is not None and not shown.left:
                return end, shown
        return at + 1, self.found(pieces[at])

    def _seam(self, seam: str) -> str:
        bare = seam.strip()
        words = self._whole.get(bare, bare) if LETTERS.search(bare) else bare
        if bare.startswith(", "):
            words = ", " + self._whole.get(bare[2:], bare[2:])
        return seam.replace(bare, words) if bare else seam

    def _all(self, pieces: Iterable[tuple[str, bool]]) -> Shown:
        shown = [Shown(piece, 0) if tag else self.found(piece) for piece, tag in pieces]
        return _together("".join(each.text for each in shown), shown)

    def _unknown(self, text: str) -> int:
        """How many letters of a text are no unit, no drug and no date."""
        if {text, text[:-1]} & self._typed or text in self._names.names:
            return 0
        words = WORD.findall(AGE.sub("", DAY.sub("", text)))
        return sum(len(w) for w in words if not (w in self._same or SAME.fullmatch(w)))

    def _day(self, day: re.Match[str]) -> str:
        month = self._months[MONTHS.split().index(day[3])]
        weekday = f"{self._weekdays[WEEKDAYS.split().index(day[1])]} " if day[1] else ""
        return f"{weekday}{day[2]}-{month}{day[4] or ''}"


def _together(text: str, parts: Iterable[Shown]) -> Shown:
    """A text that was put together of parts."""
    held = list(parts)
    gaps = tuple(gap for each in held for gap in each.gaps)
    return Shown(text, sum(each.left for each in held), gaps)


def _left(shown: Shown) -> int:
    return shown.left
