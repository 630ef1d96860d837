"""English texts in another language: whole or from their parts, and what is never touched (H1, H25)."""

import pytest

from bedside.words.checking import complaints
from bedside.words.languages import catalogue_file, drug_words, speaker_of
from bedside.words.speaker import Speaker
from bedside.words.template import Template, has_holes
from bedside.words.ts_file import Message, read_ts
from tests.words.said import sentences, texts_of_desktop

# ends of sentences that a decision is known by; the sentences themselves are shown, and are there
NEVER_SHOWN = frozenset({"never by default.", "reason: say why."})
WORDS = {
    "not done": "nicht gemacht",
    "held": "pausiert",
    "Nothing was recorded.": "Nichts wurde erfasst.",
    "{who} held {drug} since {day}.": "{drug} pausiert seit {day}, von {who}.",
    "by {who}": "von {who}",
    "{now} by {who}": "{now}, {who}",
    "{0}, recorded by {1}: {said}": "{0}, erfasst von {1}: {said}",
    "not yet: {said}": "noch nicht: {said}",
    "{typed} is not a time: write {time}.": "{typed} ist keine Uhrzeit: {time} schreiben.",
    "weight {weight}": "Gewicht {weight}",
    "unit of {said}": "Einheit von {said}",
    "heart rate": "Herzfrequenz",
    "&Heart rate": "&Herzfrequenz",
    "{a} before {b}": "vor {b}: {a}",
    "{n} of {m} days": "{n} von {m} Tagen",
    "Give {{it}} to {who}": "{who} {{es}} geben",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "Mon Tue Wed Thu Fri Sat Sun": "Mo Di Mi Do Fr Sa So",
    "wrong {n} mg": "falsch 10 mg {n}",
    "or": "oder",
    "by mouth": "oral",
    "{0} days ago": "vor {0} Tagen",
    "{0}, {1} days ago": "{0}, vor {1} Tagen",
}


@pytest.fixture
def speaker() -> Speaker:
    return Speaker("de", WORDS, {"cytarabine", "azaCITIDine"})


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("not done", "nicht gemacht"),
        ("Not done", "Nicht gemacht"),
        ("  not done ", "  nicht gemacht "),
        ("weight 6.2 kg", "Gewicht 6.2 kg"),
        ("not done; held", "nicht gemacht; pausiert"),
        ("not done, held", "nicht gemacht, pausiert"),
        ("Nothing was recorded. Nothing was recorded.", "Nichts wurde erfasst. Nichts wurde erfasst."),
        ("held\nnot done", "pausiert\nnicht gemacht"),
        ("<b>held</b> since <i>not done</i>", "<b>pausiert</b> since <i>nicht gemacht</i>"),
        ("&Heart rate", "&Herzfrequenz"),
        ("Heart rate", "Herzfrequenz"),
        ("unit of heart rate", "Einheit von Herzfrequenz"),
        ("Fri 04-Dec-2026 10:42", "Fr 04-Dez-2026 10:42"),
        ("04\u2011Dec\u20112026", "04\u2011Dez\u20112026"),
        ("held: 6.2\u00a0kg", "pausiert: 6.2\u00a0kg"),
        ("cytarabine held", "cytarabine pausiert"),
        ("cytarabine by mouth or held", "cytarabine oral oder pausiert"),
        ("Give {it} to 3", "3 {es} geben"),
        ("7 of 14 days", "7 von 14 Tagen"),
        ("10:33, recorded by RN: held; not done", "10:33, erfasst von RN: pausiert; nicht gemacht"),
        ("0940 is not a time: write 09:40", "0940 ist keine Uhrzeit: 09:40 schreiben"),
        (
            "not yet: 0940 is not a time: write 09:40; not done",
            "noch nicht: 0940 ist keine Uhrzeit: 09:40 schreiben; nicht gemacht",
        ),
        ("", ""),
        ("6.2", "6.2"),
    ],
)  # fmt: skip
def test_text(speaker: Speaker, english: str, german: str):
    assert speaker.shown(english) == german
    assert speaker.english(german) == english  # what Qt is asked for is English again


@pytest.mark.parametrize(
    "english",
    [
        "held by the pharmacy",  # nobody translated all of it: no word of it is
        "by mother",  # "by {who}" takes names and figures, not words
        "a before b before c",  # two ways to take it apart, and the order would change
        "wrong 5 mg",  # the translation has another figure
        "held, and something else",
    ],
)
def test_what_is_not_certain_stays_in_english_word_for_word(speaker: Speaker, english: str):
    assert speaker.shown(english) == english


def test_names_are_never_translated_nor_is_a_sentence_taken_apart_at_one(speaker: Speaker):
    """An infant may be called Held, and a nurse may be called by two names with a comma (H25)."""
    speaker.keep(["held", "Held", "Held, Or", "E. Sørensen, RN"])
    assert speaker.shown("Held") == "Held"
    assert speaker.shown("Held, Or") == "Held, Or"
    said = speaker.shown("E. Sørensen, RN held cytarabine since 04-Dec-2026.")
    assert said == "cytarabine pausiert seit 04-Dez-2026, von E. Sørensen, RN."


def test_what_was_typed_is_no_gap_and_stays_letter_by_letter(speaker: Speaker):
    assert speaker.shown("not done: gone in four days") == "not done: gone in four days"
    speaker.know(["gone in four days"])
    assert speaker.shown("not done: gone in four days") == "nicht gemacht: gone in four days"


def test_a_day_is_typed_with_the_months_of_both_languages(speaker: Speaker):
    assert speaker.english_day("04-dez-2026") == "04-Dec-2026"
    assert speaker.english_day("04-Dec-2026") == "04-Dec-2026"
    assert speaker.english_day("04-Dez") == "04-Dez"


def test_a_template_takes_a_text_apart_as_it_was_put_together():
    twice = Template("{a} and {a}", "{a}, {a}")
    assert [parts for parts, _ in twice.readings("x and x")] == [{"a": "x"}]
    assert list(twice.readings("x and y")) == []
    assert has_holes("{a}") and not has_holes("a")
    touching = Template("{a}{b} mg", "{a}{b} mg")
    assert [parts for parts, _ in touching.readings("6.2 mg")] == [{"a_and_b": "6.2"}]


# ---- the German catalogue ---------------------------------------------------------------------


def german() -> tuple[Message, ...]:
    return read_ts(catalogue_file("de"))


def test_no_translation_changes_a_figure_a_drug_or_a_place_to_fill_in():
    """Every text of the catalogue is finished, and says what the English says as far as a machine can tell."""
    drugs = {word.casefold() for word in drug_words()}
    wrong = [
        f"{message.source!r}: {what}" for message in german() for what in complaints(message, drugs)
    ]
    assert wrong == []


def test_no_text_of_the_program_waits_for_its_german():
    """A new text comes with its German; `python -m tests.words.said` lists what waits."""
    speaker = speaker_of("de")
    said = [each for each in (*texts_of_desktop(), *sentences()) if each.text not in NEVER_SHOWN]
    waiting = [f"{each.place}: {each.text}" for each in said if speaker.found(each.text).left]
    assert len(said) > 3000
    assert waiting == []


def test_each_text_is_there_once():
    sources = [message.source for message in german()]
    assert len(sources) == len(set(sources)) > 5000


def test_whatever_figures_stand_in_it_every_text_keeps_them():
    """Each text of the catalogue with figures in its holes: shown, it has the same figures (H1)."""
    speaker = speaker_of("de")
    changed = []
    for message in german():
        filled, number = message.source, 0
        while has_holes(filled):
            hole = filled[filled.index("{") : filled.index("}") + 1]
            number += 1
            filled = filled.replace(hole, f"{number}.5")
        if speaker.found(filled).text == filled or speaker.shown(filled) != filled:
            continue
        changed.append(filled)
    assert changed == []


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("same", "gleich"),  # of two counts, and of a toxicity
        ("Dose", "Dosis"),  # an amount, never an event
        ("Pain", "Pain"),  # a term of CTCAE, not how somebody answers
        ("not done", "nicht gemacht"),
        ("pending", "ausstehend"),
        ("unusable", "nicht verwertbar"),
        ("unknown", "unbekannt"),
        ("VOID", "UNGÜLTIG"),
        ("azaCITIDine intravenous", "azaCITIDine intravenös"),
        ("methotrexate intrathecal", "methotrexate intrathekal"),
    ],
)
def test_words_that_must_not_be_mistaken(english: str, german: str):
    assert speaker_of("de").shown(english) == german


def test_of_two_templates_with_the_same_words_the_one_with_more_signs_is_taken(speaker: Speaker):
    """It said "vor Mi 09-Sep-2026, 72 Tagen": the day and its comma stood in the hole of the figure."""
    assert speaker.shown("Wed 09-Sep-2026, 72 days ago") == "Mi 09-Sep-2026, vor 72 Tagen"
    assert speaker.shown("72 days ago") == "vor 72 Tagen"
