"""Text that would hide, break or turn a paper prints letter for letter as typed, or is refused by name."""

import pytest
from msgspec.structs import fields, replace

from bedside.documents import roadmap as roadmaps
from bedside.documents import sheet as sheets
from bedside.documents.page import LANDSCAPE, PORTRAIT
from bedside.documents.typed import NEVER_REPLACED, UNSEEN
from bedside.papers.values import PaperHead, PaperInfant
from bedside.units.paper_letters import unseen_left_out
from bedside.units.refusal import Refused
from tests.documents import examples
from tests.documents.reading import WatchedPaper, plain, reader, text_of

PRINTED = (
    "<b>open", '<font color="white">x</font>', "<!-- hid -->", '<img src="file:///etc/passwd"/>',
    "<a href='x'>", "&", "&amp;", "&#0;", "%s", "{0}", "\\051", "(((", ")))", "Łł ắ ự Ж Ω ß ı ñ",
    "Zoë", "=1+1", "'; DROP TABLE infant; --",
)  # fmt: skip
COMPOSED = ("Zoe\u0308", "Nguye\u0302\u0303n", "A\u030a")
REFUSED = (
    "\u202egnal", "a\u200bb", "a\u2066b", "a\ufeffb", "a\u00adb", "line\nbreak", "tab\tbed",
    "nul\0", "李小龍", "محمد", "משה", "ไทย", "हिन्दी", "😀", "x\u0301\u0301y", "q\u0307", "a\ufffdb",
    "\u2800", "a\u2028b", "\ue000", "\x1b[1m", "𝐀", "\ud800",
)  # fmt: skip

SHEET_TEXTS = tuple(
    name for name, value in (
        (field.name, getattr(examples.dosing_sheet(), field.name))
        for field in fields(examples.dosing_sheet())
    ) if isinstance(value, str) and name not in {"route", "second_figure", "age_factor"}
)  # fmt: skip
HEAD_TEXTS = ("site", "sheet_number", "replaces", "edition", "audit_head", "code", "printed_by",
              "program", "reprinted")  # fmt: skip
INFANT_TEXTS = ("family", "given", "age_words", "hospital_number", "study_number", "allergies",
                "diagnosis", "line", "weight_by", "bsa_formula", "risk")  # fmt: skip


def sheet_words(**changes) -> str:
    paper = WatchedPaper(PORTRAIT)
    sheets.compose(paper, examples.dosing_sheet(**changes))
    return plain(" ".join(each.words.text for each in paper.placed))


def roadmap_words(**changes) -> str:
    paper = WatchedPaper(LANDSCAPE)
    roadmaps.compose(paper, examples.roadmap(**changes))
    return plain(" ".join(each.words.text for each in paper.placed))


def with_text(name: str, text: str) -> dict[str, object]:
    if name == "reprinted":  # a first copy says nothing of it
        return {"head": examples.head(copy=2, reprinted=text)}
    if name in HEAD_TEXTS:
        return {"head": examples.head(**{name: text})}
    if name in INFANT_TEXTS:
        return {"infant": examples.infant(**{name: text})}
    return {name: text}


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", PRINTED)
@pytest.mark.parametrize("name", ["family", "given", "allergies", "site", "hospital_number"])
def test_markup_is_only_letters(name, text):
    """H32, P15: what looks like markup prints as typed, read back from the file itself."""
    pdf = sheets.draw_dosing_sheet(examples.dosing_sheet(**with_text(name, text)))
    assert squeezed(text) in squeezed(text_of(pdf))


def test_a_number_wider_than_its_box_is_refused():
    """Sixteen letters can be entered; a record of forty is never cut."""
    with pytest.raises(Refused, match="no room for the hospital number"):
        sheet_words(**with_text("hospital_number", "W" * 40))


@pytest.mark.parametrize("text", PRINTED[:6])
def test_markup_is_only_letters_on_the_roadmap_too(text):
    days = list(examples.roadmap().days)
    days[3] = replace(days[3], held=text)
    pdf = roadmaps.draw_roadmap(
        examples.roadmap(days=tuple(days), next_words=text, unscheduled=(text,))
    )
    assert squeezed(text_of(pdf)).count(squeezed(text)) == 3


@pytest.mark.parametrize("text", COMPOSED)
def test_letters_are_composed(text):
    import unicodedata

    composed = unicodedata.normalize("NFC", text)
    pdf = sheets.draw_dosing_sheet(examples.dosing_sheet(infant=examples.infant(given=text)))
    assert len(composed) < len(text)
    assert composed in text_of(pdf)


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_seen_is_refused(text):
    """H32: no sign is dropped without a word."""
    for name in ("family", "drug"):
        with pytest.raises(Refused) as refused:
            sheet_words(**with_text(name, text))
        (reason, *_) = refused.value.reasons
        wanted = {"family": "name", "drug": "drug"}[name]
        assert reason.startswith(f"Not printed: in the {wanted} there are ")
        assert "U+" in reason and reason.isprintable() and "\u202e" not in reason


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("name", ["allergies", "line", "site", "printed_by", "weight_by"])
def test_what_is_no_identity_never_takes_a_paper_away(name, text):
    """H32: what stands on record with such signs is named on paper, and the paper comes."""
    on_sheet, on_roadmap = (made(**with_text(name, text)) for made in (sheet_words, roadmap_words))
    assert text not in on_sheet and text not in on_roadmap
    left = unseen_left_out(text)
    if left.isascii() and left.isprintable():  # only what nobody sees came along: the rest prints
        assert squeezed(left) in squeezed(on_sheet)
    elif not text.isspace() and not set(text) & set("\n\t"):  # else a blank stands in its place
        assert "cannotbeprinted" in squeezed(on_sheet)


def assert_refused_or_replaced(name: str, words_of) -> None:
    for text in ("a\u202eb", "長"):
        if name in NEVER_REPLACED:
            with pytest.raises(Refused):
                words_of(**with_text(name, text))
        else:
            said = squeezed(words_of(**with_text(name, text)))
            assert squeezed(UNSEEN).lower() in said.lower()


@pytest.mark.parametrize("name", [*SHEET_TEXTS, *HEAD_TEXTS, *INFANT_TEXTS])
def test_every_text_of_the_sheet_is_checked(name):
    """P15: no field goes round the check of signs, and none is left out."""
    assert_refused_or_replaced(name, sheet_words)
    said = "<b>&" if name == "planned_time" else "Qz<b>&7"
    assert said in squeezed(sheet_words(**with_text(name, said)))


ROADMAP_TEXTS = ("protocol", "course", "course_also", "dose_words", "dlt_words", "ctcae",
                 "next_words")  # fmt: skip


@pytest.mark.parametrize("name", ROADMAP_TEXTS)
def test_every_text_of_the_roadmap_is_checked(name):
    assert_refused_or_replaced(name, roadmap_words)
    said = "QZ<B>&7" if name == "course" else "Qz<b>&7"
    assert said in squeezed(roadmap_words(**with_text(name, "Qz<b>&7")))


@pytest.mark.parametrize("name", ["drug", "route", "dose_words", "rule_words"])
def test_every_text_of_a_drug_is_checked(name):
    drugs = examples.roadmap().drugs
    with pytest.raises(Refused):
        roadmap_words(drugs=(replace(drugs[0], **{name: "a\u200bb"}), *drugs[1:]))
    changed = replace(drugs[0], **{name: "Qz<b>&7"})
    assert "Qz<b>&7" in roadmap_words(drugs=(changed, *drugs[1:]))


@pytest.mark.parametrize("text", ["李, RN", "a\u202eb", "x\u0301\u0301"])
def test_initials_and_the_reason_of_a_hold_never_take_the_roadmap_away(text):
    """H32: a signed record cannot be written anew: plain words say that it does not print."""
    day, *others = examples.roadmap().days
    said = roadmap_words(days=(replace(day, initials=text, held=f"HELD: {text}"), *others))
    assert "seescreen" in squeezed(said)
    assert "HELD: (on record, cannot be printed: see the screen)" in said
    endless = roadmap_words(days=(replace(day, held=f"HELD: {'A' * 400}"), *others))
    assert "A" * 400 in squeezed(endless)
    long = roadmap_words(days=(replace(day, held=f"HELD: {'a long reason ' * 90}"), *others))
    assert "HELD: too long for this paper: see the screen" in long


@pytest.mark.parametrize("name", ["worst_grade", "given"])
def test_every_text_of_a_day_is_checked(name):
    day, *others = examples.roadmap().days
    for text, is_refused in (("a\u202eb", True), ("<b>&", False)):
        value = ((0, text),) if name == "given" else text
        days = (replace(day, **{name: value}), *others)
        if is_refused:
            with pytest.raises(Refused):
                roadmap_words(days=days)
        else:
            assert text in roadmap_words(days=days)


def test_a_long_name_is_printed_whole_or_refused():
    """H25, H32: never half a name."""
    for letters in (10, 40, 80, 120, 200):
        for name in ("Ł" * letters, ("Anna " * 40)[:letters].strip()):
            assert_whole_or_refused(name)
    assert sheet_words(infant=examples.infant(given="Anna Maria Luisa Elisabeth Magdalena"))
    with pytest.raises(Refused, match=r"no room for the name \(208 letters\)"):
        sheet_words(infant=examples.infant(given="A" * 200))


def test_long_allergies_are_printed_to_the_last_word():
    """P15, H32: a value wider than its box goes on in further lines; none of them is left out."""
    named = [f"allergen{number:02}" for number in range(24)]
    infant = examples.infant(allergies=", ".join(named))
    for said in (sheet_words(infant=infant), roadmap_words(infant=infant)):
        assert [each for each in named if each not in squeezed(said)] == []


def assert_whole_or_refused(name: str) -> None:
    reason = ""
    try:
        said = sheet_words(infant=examples.infant(given=name))
    except Refused as refused:
        reason = refused.reasons[0]
    else:
        assert squeezed(said).count(squeezed(name)) == 2  # in the box and in the foot
    assert "letters" in reason or not reason or "too long" in reason


@pytest.mark.parametrize("text", ["A" * 200, "Ordinary words of a ward, " * 40])
@pytest.mark.parametrize("name", ["allergies", "line", "diagnosis", "site", "decided_by"])
def test_what_is_no_identity_and_too_long_says_so(name, text):
    """H32: a sheet of which a word is too long comes: whole in several lines, or it names the screen."""
    said = squeezed(sheet_words(**with_text(name, text)))
    assert ("toolongforthispaper:seethescreen" in said) != (squeezed(text) in said)
    if name in ("allergies", "line"):
        assert (squeezed(text) in said) == (text == "A" * 200)


@pytest.mark.parametrize(
    "name", ["weight_by", "allergies", "line", "site", "printed_by", "decided_by"]
)
def test_a_word_without_its_blanks_takes_no_paper_away(name):
    """H32: sixty wide letters in one, as a note pasted together has them."""
    on_roadmap = name in ("allergies", "site", "printed_by")
    for made in (sheet_words, roadmap_words) if on_roadmap else (sheet_words,):
        said = squeezed(made(**with_text(name, "W" * 60)))
        assert "W" * 60 in said or "toolongforthispaper" in said


def test_no_record_can_add_a_link_a_script_or_a_picture():
    """H32, P15."""
    text = '<a href="http://x">/URI (x) /JS /Launch</a>'
    pdfs = (
        sheets.draw_dosing_sheet(examples.dosing_sheet(infant=examples.infant(given=text))),
        roadmaps.draw_roadmap(examples.roadmap(infant=examples.infant(given=text))),
    )
    for pdf in pdfs:
        for word in (b"/JavaScript", b"/OpenAction", b"/EmbeddedFile", b"/S /URI", b"/Launch"):
            assert word not in pdf
        root = reader(pdf).trailer["/Root"]
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"}.intersection(root)
        for page in reader(pdf).pages:
            assert not {"/Annots", "/AA"}.intersection(page)
            assert len(page.images) == 0


def test_the_values_have_no_text_that_is_not_tried():
    """A new text field must be added to this file."""
    plain_heads = {field.name for field in fields(PaperHead) if field.type in {str, "str"}}
    plain_infants = {field.name for field in fields(PaperInfant) if field.type in {str, "str"}}
    # figures, and our own words with a date: nobody types them
    assert plain_heads - {"facts_digest", "emergency", "lapses"} == set(HEAD_TEXTS)
    assert plain_infants == set(INFANT_TEXTS)
