"""The papers of a whole infant read back: every fact, every page, nothing cut, hostile names refused or right."""

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bedside.documents import (
    counts_form,
    dlt_report,
    maintenance_chart,
    toxicity_report,
    transfer,
    whole_treatment,
)
from bedside.documents.codes import code_content
from bedside.documents.fonts import Face
from bedside.documents.infant_papers import draw_infant_paper
from bedside.documents.page import LANDSCAPE, PORTRAIT
from bedside.documents.words import Style
from bedside.papers.reports import GradeSpan
from bedside.papers.transfer import Ring
from bedside.papers.whole_treatment import Cumulative, RoadEvent, StartLine
from bedside.units.refusal import Refused
from tests.documents import report_examples as made
from tests.documents.reading import (
    WatchedPaper,
    codes_in,
    covered,
    outside,
    pages_of,
    picture,
    plain,
    reader,
    struck,
    text_of,
)
from tests.documents.test_hostile_text import COMPOSED, PRINTED, REFUSED, squeezed

# the value of each paper, the module that draws it, its page
PAPERS = {
    "whole treatment": (made.whole_treatment, whole_treatment, LANDSCAPE),
    "transfer summary": (made.transfer, transfer, PORTRAIT),
    "toxicity report": (made.toxicity_report, toxicity_report, LANDSCAPE),
    "DLT report": (made.dlt_report, dlt_report, PORTRAIT),
    "maintenance chart": (made.maintenance_chart, maintenance_chart, LANDSCAPE),
    "counts form": (made.counts_form, counts_form, PORTRAIT),
}
FACTS = {
    "whole treatment": (
        "WHOLE TREATMENT", "AALL15P1, day 1 of Induction = Fri 04-Sep-2026", "A record and a plan, not an order",
        "Induction", "EPI #1", "14-Oct", "Interim Maintenance", "today", "6 months old, 14-Nov",
        "Consolidation held: infection (7 days), 04-Nov", "DLT period closes when the rule for EPI #4 is met, 01-Mar",
        "DLT period OPEN since 14-Oct-2026: seen at the tertiary centre", "Maintenance 1", "05-Apr-2027",
        "therapy ends 04-Sep-2028", "at the age of 46w 4d", "met for 14-Oct-2026: ANC 640, platelets 86 000",
        "needs ANC at least 500; today ANC 190", "azaCITIDine", "5 of 20", "12.5 mg per kg", "50 mg per kg",
        "1 644 units per m²", "5 of 12", "4 lines of the protocol have no days yet", "Consolidation, day 26 of 29",
    ),
    "transfer summary": (
        "azaCITIDine must not be given here", "tertiary centre only", "Where she is up to", "Consolidation, day 26 of 29",
        "Next: Sat 21-Nov-2026, day 27; EPI #2 expected 07-Dec-2026", "neutrophils (ANC) 190", "FEVER", "RING",
        "Count as fever:", "38 °C or more", "within 60 minutes", "01632 960 142", "Ward 4, nurse in charge",
        "azaCITIDine: never, at no dose.", "No chemotherapy from this paper.", "HELD: cytarabine",
        "DLT period: OPEN since 14-Oct-2026", "until counts allow EPI #4", "Counts since diagnosis", "limit 500",
        "limit 50 000", "now 0", "pending", "Febrile neutropenia", "at least 3", "not yet decided",
        "cytarabine, intravenous", "no record", "due", "Intrathecal: last given 18-Nov-2026; own sheets",
        "What happened with you, back to us",
    ),
    "toxicity report": (
        "TOXICITY REPORT", "CTCAE 5.0", "Febrile neutropenia", "worst grade 3", "Consolidation day 17",
        "gone on 12-Nov-2026", "cytarabine probable; azaCITIDine possible", "Serious: yes: admitted",
        "Done: cytarabine held", "CTCAE 6.0", "attribution not assessed", "platelets given twice", "open",
        "at least grade 2", "replaced that day", "06-Nov-2026", "holds now", "laboratory: 22 × 10⁹ per L", "6.0",
    ),
    "DLT report": (
        "DLT REPORT", "A physician decides, never the program", "DLT period open, day 38.", "14-Oct-2026",
        "Invented definition, demonstration 1", "2. Counts: grade 4 or more.", "grade 3, CTCAE 5.0", "since 04-Nov-2026, gone on 12-Nov-2026", "grade 2, CTCAE 6.0",
        "ask a physician (in the period)", "HOLDS: does not count, Ines Halvorsen, consultant, 06-Nov-2026 09:10.",
        "Reason: expected, resolved in 3 days", "TAKEN BACK: typed for another infant", "A DECISION IS DUE.",
        "ANC 230, platelets 61 000", "Rash",
    ),
    "maintenance chart": (
        "MAINTENANCE CHART", "Maintenance, day 1 = Sat 15-Aug-2026", "stop at most 400", "50 % at most 760",
        "raise from 900", "stop at most 40 000", "mercaptopurine 50 %", "methotrexate 125 %, NOT SIGNED",
        "50 %, 8.5 mg, from 11-Oct-2026", "100 %, 17 mg", "STRUCK OUT: typed twice", "counts high", "ANC pending",
    ),
    "counts form": (
        "BLOOD COUNTS", "For paper hours", "0.48", "Never a zero for it", "ANC 190, Platelets 46 000",
        "To compare, not to copy", "C1", "C10", "White cells", "Specimen", "typed into Bedside by",
    ),
}  # fmt: skip
LONG = {
    "family": "VAN DER WESTHUIZEN-PAPADOPOULOU ŁĄCZYŃSKA",
    "given": "Maria Magdalena Aleksandra",
}
ALLERGIES = (
    "penicillin (rash 2026), pegaspargase (anaphylaxis, 02-Sep-2026), teicoplanin (red man), "
    "cow’s milk protein, chlorhexidine"
)


def watched(name, **changes) -> WatchedPaper:
    value, module, form = PAPERS[name]
    paper = WatchedPaper(form)
    module.compose(paper, value(**changes))
    return paper


def assert_in_order(paper: WatchedPaper) -> None:
    assert not covered(paper)
    assert not outside(paper)
    # dotted blanks to write on, and the lines of a chart behind its words, are no rules through words
    assert [text for text, _ in struck(paper)] == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_fact_is_on_the_paper(name):
    """P15: what is read from the paper is what was handed in."""
    text = text_of(draw_infant_paper(PAPERS[name][0]()))
    assert [fact for fact in FACTS[name] if fact not in text] == []


def test_a_dlt_report_that_is_not_commissioned_offers_nothing_to_sign():
    """Finding: NOT COMMISSIONED stood across a page with two empty fields "Reviewed"."""
    whole = made.dlt_report()
    assert "trial coordinator: name, date" in text_of(draw_infant_paper(whole))
    bare = text_of(draw_infant_paper(replace(whole, head=replace(whole.head, commissioned=False))))
    assert "trial coordinator" not in bare and "physician: name" not in bare
    assert squeezed("Not to be signed: two people of this site") in squeezed(bare)


def test_each_signature_of_a_decision_by_mouth_has_a_line_of_its_own():
    """Finding: three signatures were broken over six lines, the time on one and its date on another."""
    three = (
        "prescribed 16-Aug-2026 10:00, Dr I. Halvorsen",
        "verified 12-Oct-2026 10:00, M. Castellano",
        "released 12-Oct-2026 10:00, M. Castellano",
    )
    signed = replace(made.maintenance_chart().decisions[0], signed="; ".join(three))
    lines = [
        plain(each.words.text) for each in watched("maintenance chart", decisions=(signed,)).placed
    ]
    assert [line for line in three if line not in lines] == []


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_facts_give_the_same_bytes(name):
    assert draw_infant_paper(PAPERS[name][0]()) == draw_infant_paper(PAPERS[name][0]())


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_says_whose_it_is_and_which_sheet(name):
    """H30, H31: two identifiers, page n of m, number, copy, edition, audit head, code, until when."""
    head = replace(made.HEAD, commissioned=False, copy=2, replaces="copy 1")
    pages = pages_of(draw_infant_paper(PAPERS[name][0](head=head)))
    for number, page in enumerate(pages, 1):
        for said in (
            "DEMO-00417", "14-May-2026", "WRÓBEL, Łucja", f"Page {number} of {len(pages)}",
            "NQ-2026-00573", "2, replaces copy 1", "site edition demo-3 of 01-Oct-2026",
            "7f3a 9c21 e0b4 55d8", "573F 4QH9 2TKJ", "Fri 27-Nov-2026 23:59", "NOT COMMISSIONED",
            "DEMONSTRATION",
        ):  # fmt: skip
            assert said in page, (said, number)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"head": replace(made.HEAD, commissioned=False)},
        {"whose": made.whose(allergies=ALLERGIES, **LONG)},
        {"as_of": made.as_of(length="", weight="unknown")},
    ],
    ids=["as it should be", "both marks", "long name and allergies", "nothing measured"],
)
def test_a_paper_is_in_order(name, changes):
    """H32: nothing outside the page, nothing over something else, no rule through a word."""
    assert_in_order(watched(name, **changes))


@pytest.mark.parametrize("name", PAPERS)
def test_the_code_is_read_from_the_page(name):
    pdf = draw_infant_paper(PAPERS[name][0]())
    for page in range(len(reader(pdf).pages)):
        assert codes_in(picture(pdf, page, 300)) == [code_content(made.HEAD)]


@pytest.mark.parametrize("name", PAPERS)
def test_only_embedded_fonts_and_nothing_that_acts(name):
    pdf = draw_infant_paper(PAPERS[name][0]())
    for page in reader(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()
        assert not {"/Annots", "/AA"}.intersection(page) and len(page.images) == 0
    meta = reader(pdf).metadata
    assert reader(pdf).trailer["/Root"]["/Lang"] == "en-GB"
    assert "RÓBEL" not in " ".join(str(value) for value in meta.values())  # H43: no name in a title


@pytest.mark.parametrize("name", PAPERS)
def test_no_dash_between_days(name):
    """H18: "days 4-11" has been read as 4 and 11."""
    for page in pages_of(draw_infant_paper(PAPERS[name][0]())):
        assert not re.search(r"[Dd]ays?\b[^.;]{0,20}?[0-9]\s*[-‐-―−]\s*[0-9]", page)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("transfer summary", text) for text in PRINTED),  # the box is one for all of them
        *((name, text) for name in PAPERS for text in PRINTED[:3]),
    ],
)
def test_markup_in_a_name_is_only_letters(name, text):
    """H32, P15: what looks like markup prints as typed, read back from the file itself."""
    pdf = draw_infant_paper(PAPERS[name][0](whose=made.whose(family=text)))
    assert squeezed(text) in squeezed(text_of(pdf))


@pytest.mark.parametrize("text", COMPOSED)
@pytest.mark.parametrize("name", PAPERS)
def test_letters_are_composed(name, text):
    import unicodedata

    pdf = draw_infant_paper(PAPERS[name][0](whose=made.whose(given=text)))
    assert unicodedata.normalize("NFC", text) in text_of(pdf)


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("name", PAPERS)
def test_what_cannot_be_seen_is_refused(name, text):
    """H32: right to left, CJK, combining marks and hidden signs: no sign is dropped without a word."""
    with pytest.raises(Refused) as refused:
        watched(name, whose=made.whose(family=text))
    assert refused.value.reasons[0].startswith("Not printed: in the name there are ")


@pytest.mark.parametrize("name", PAPERS)
def test_a_name_of_200_letters_is_whole_or_refused(name):
    """H32: never cut."""
    long = "Aleksandra Wilhelmina " * 9
    if PAPERS[name][2] is LANDSCAPE:  # the foot has less room there
        with pytest.raises(Refused, match=r"no room for the name \("):
            watched(name, whose=made.whose(given=long.strip()))
    else:
        paper = watched(name, whose=made.whose(given=long.strip()))
        assert_in_order(paper)
        said = squeezed(" ".join(each.words.text for each in paper.placed))
        assert said.count(squeezed(long)) >= 2  # in the box and in the foot
    with pytest.raises(Refused, match="no room for the name"):
        watched(name, whose=made.whose(given="W" * 200))


TEXTS = ("hospital_number", "study_number", "protocol", "gene", "allergies", "line")


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("name", PAPERS)
def test_every_text_of_the_box_is_checked(name, field):
    if field in ("gene", "allergies", "line"):
        paper = watched(name, whose=made.whose(**{field: "a\u202eb"}))  # it must come out
        assert any("cannot be printed" in each.words.text for each in paper.placed)
    else:
        with pytest.raises(Refused):
            watched(name, whose=made.whose(**{field: "a\u202eb"}))
    said = squeezed(
        " ".join(
            each.words.text for each in watched(name, whose=made.whose(**{field: "Qz<b>&7"})).placed
        )
    )
    assert "Qz<b>&7" in said


def test_no_paper_of_the_record_names_an_intrathecal_drug_beside_another_route():
    """H19: whole treatment and transfer summary say on which days, never which drugs."""
    for name in ("whole treatment", "transfer summary"):
        value = PAPERS[name][0]()
        assert not re.search(
            r"(methotrexate|cytarabine|hydrocortisone)[, ]+intrathecal",
            text_of(draw_infant_paper(value)),
        )


def test_a_transfer_summary_has_two_pages():
    assert len(pages_of(draw_infant_paper(made.transfer()))) == 2


def test_a_whole_treatment_has_one_page():
    assert len(pages_of(draw_infant_paper(made.whole_treatment()))) == 1


def test_a_protocol_without_azacitidine_says_what_the_paper_is():
    first = pages_of(draw_infant_paper(made.transfer(never="", dlt_words="", dlt_lines=())))[0]
    assert (
        "TRANSFER SUMMARY" in first
        and "azaCITIDine must" not in first
        and "DLT period" not in first
    )


def test_what_does_not_fit_flows_to_another_page():
    """H32: never cut: many toxicities, telephones, events and decisions."""
    many = tuple(made.reported(f"Toxicity number {number}") for number in range(40))
    report = draw_infant_paper(made.toxicity_report(rows=many))
    text = text_of(report)
    assert all(f"Toxicity number {number}" in text for number in range(40))
    bars = [page for page in pages_of(report) if "Grade over time" in page]
    assert len(bars) > 2 and all("04-Sep 18-Sep 02-Oct" in page for page in bars)  # their days, too
    events = tuple(
        RoadEvent(
            date(2026, 9, 5) + timedelta(days=5 * at),
            f"Fever number {at}: " + "long words " * 3,
            happened=True,
        )
        for at in range(14)
    )
    rows = tuple(
        Cumulative(f"drug {at}", "intravenous", "1 of 2", "none", "none") for at in range(40)
    )
    paper = watched("whole treatment", events=events, cumulative=rows[:17])
    assert_in_order(paper)
    said = " ".join(each.words.text for each in paper.placed)
    assert all(f"Fever number {at}:" in said for at in range(14))
    assert all(f"drug {at}" in said for at in range(17))
    assert max(each.page for each in paper.placed) == 1  # always one page, or none
    with pytest.raises(Refused, match="does not fit its one page"):
        draw_infant_paper(made.whole_treatment(events=events, cumulative=rows))
    rings = tuple(Ring(f"Person {at}", f"01632 960 {100 + at}") for at in range(12))
    paper = watched("transfer summary", rings=rings)
    assert_in_order(paper)
    assert all(any(ring.number == each.words.text for each in paper.placed) for ring in rings)


@pytest.mark.parametrize("toxicities", [0, 30])
def test_transfer_pages_are_in_order_whatever_the_record_holds(toxicities):
    value = made.transfer()
    paper = watched(
        "transfer summary",
        toxicities=value.toxicities[:1] * toxicities,
        given=value.given if toxicities else (),
        counts=value.counts if toxicities else (),
    )
    assert_in_order(paper)


def test_courses_without_a_date_and_very_short_ones_are_named():
    undated = tuple((f"Course {at} of a long name", "length not public") for at in range(4))
    short = tuple(replace(course, ends=course.begins) for course in made.ROAD[:1])
    for road in (made.ROAD, short):
        paper = watched("whole treatment", undated=undated, road=road, cycles=(), dlt=None)
        assert_in_order(paper)
        said = " ".join(each.words.text for each in paper.placed)
        assert all(f"Course {at}" in said for at in range(4))


def test_a_road_before_its_first_course_is_refused():
    with pytest.raises(Refused, match="no course has a date yet"):
        watched("whole treatment", road=())


def test_a_start_rule_says_its_standing_by_a_mark_and_by_words():
    for result in ("met", "not met", "unknown", "follows"):
        line = StartLine("EPI #9", result, f"standing {result}")
        paper = watched("whole treatment", starts=(line,))
        assert any(f"standing {result}" in plain(each.words.text) for each in paper.placed)


def test_every_sign_of_every_word_has_a_shape_on_the_page():
    """H32: no missing glyph: each word leaves ink."""
    from tests.documents.reading import extent

    for name in PAPERS:
        paper = watched(name)
        pdf = paper.finish()
        pages = [picture(pdf, page, 90).min(axis=2) for page in range(paper.page)]
        for placed in paper.placed:
            box, scale = extent(placed), 90 / 25.4
            if not placed.words.text.strip("_ "):  # a line to write on
                continue
            pixels = pages[placed.page - 1][
                int(box.top * scale) : int(box.bottom * scale) + 1,
                int(box.left * scale) : int(box.right * scale) + 1,
            ]
            assert int(pixels.max()) - int(pixels.min()) > 80, placed.words.text


def test_a_bar_of_grade_1_bears_its_figure_on_it():
    """It is lower than a figure: the figure stands on the bar, and is not left out."""
    spans = (
        GradeSpan(1, "grade 1", date(2026, 9, 10), date(2026, 10, 20), "by hand"),
        GradeSpan(4, "grade 4", date(2026, 10, 20), None, "by hand"),
    )
    paper = watched("toxicity report", rows=(made.reported(spans=spans),))
    bold = [each.words.text for each in paper.placed if each.words.style == Style(Face.BOLD, 8)]
    assert [text for text in bold if text in ("1", "4")] == ["1", "4"]
    assert covered(paper) == [] and struck(paper) == []
