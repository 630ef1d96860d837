"""What can be done on the pages of an infant that are not in sight: found in the palette, which goes there.

A button of a page that was never opened does not exist yet, so these are listed, in the words of the
button. The palette goes to the page and does it, as with a button in sight; where it is closed there, it
says why (`bedside.desktop.acts_there`). A test walks all pages and finds every button in here.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QWidget

from bedside.desktop.act_words import place_words
from bedside.desktop.acts import Act, place_in_sight
from bedside.desktop.acts_there import button_there, stand_on
from bedside.desktop.page_door import DLT_PAGE, RECORD_PAGE

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

WHERE, TIMELINE, COUNTS, TOXICITIES, FEVER, DOSES = 0, 1, 2, 3, 5, 6
AZACITIDINE, ORDERS, OTHERS, PAPERS = range(4)


class Elsewhere(Struct, frozen=True):
    """A button of a page.

    Args:
        page: the place of its page among an infant's.
        words: as on the button.
        also: other plain words that find it.
        part: the part of the page that it stands on; None where the page has none.
        before: another part that may have it, too, and is asked first.
        button: its name on the page, where its words change.
        at_once: it records without a form.
        leads: it is no button: its part comes into sight.
    """

    page: int
    words: str
    also: str = ""
    part: int | None = None
    before: int | None = None
    button: str = ""
    at_once: bool = False
    leads: bool = False


ELSEWHERE = (
    Elsewhere(WHERE, str(QT_TRANSLATE_NOOP("acts", "Open the next course")), button="open_button"),
    Elsewhere(
        WHERE,
        str(QT_TRANSLATE_NOOP("acts", "Risk &and arm…")),
        str(
            QT_TRANSLATE_NOOP(
                "acts", "risk group, KMT2A partner, MRD, blasts on day 8, transplant, randomised"
            )
        ),
    ),
    Elsewhere(WHERE, str(QT_TRANSLATE_NOOP("acts", "Record w&eight")), "length, body surface"),
    Elsewhere(WHERE, str(QT_TRANSLATE_NOOP("acts", "Record c&ounts"))),
    Elsewhere(WHERE, str(QT_TRANSLATE_NOOP("acts", "Correct a reco&rd…")), "strike out, mistake"),
    Elsewhere(WHERE, str(QT_TRANSLATE_NOOP("acts", "Hold or &delay…")), "postpone, shift"),
    Elsewhere(WHERE, str(QT_TRANSLATE_NOOP("acts", "It started earlier: record &it late"))),
    Elsewhere(WHERE, str(QT_TRANSLATE_NOOP("acts", "Answer what the start as&ks…"))),
    Elsewhere(WHERE, str(QT_TRANSLATE_NOOP("acts", "Answer: any to&xicity resolved?"))),
    Elsewhere(TIMELINE, str(QT_TRANSLATE_NOOP("acts", "As table"))),
    Elsewhere(TIMELINE, str(QT_TRANSLATE_NOOP("acts", "Plan as it stood on…"))),
    Elsewhere(COUNTS, str(QT_TRANSLATE_NOOP("acts", "Units, limits…"))),
    Elsewhere(
        COUNTS, str(QT_TRANSLATE_NOOP("acts", "Chemistry and levels…")), "methotrexate level"
    ),
    Elsewhere(COUNTS, str(QT_TRANSLATE_NOOP("acts", "Add analyte"))),
    Elsewhere(TOXICITIES, str(QT_TRANSLATE_NOOP("acts", "Toxicity round"))),
    Elsewhere(TOXICITIES, str(QT_TRANSLATE_NOOP("acts", "New toxicity")), "CTCAE, side effect"),
    Elsewhere(TOXICITIES, str(QT_TRANSLATE_NOOP("acts", "Grade now…")), "CTCAE"),
    Elsewhere(TOXICITIES, str(QT_TRANSLATE_NOOP("acts", "Gone…"))),
    Elsewhere(TOXICITIES, str(QT_TRANSLATE_NOOP("acts", "Judge…"))),
    Elsewhere(TOXICITIES, str(QT_TRANSLATE_NOOP("acts", "Correct…"))),
    Elsewhere(TOXICITIES, str(QT_TRANSLATE_NOOP("acts", "Strike out…"))),
    Elsewhere(DLT_PAGE, str(QT_TRANSLATE_NOOP("acts", "Decide…")), "dose-limiting toxicity"),
    Elsewhere(DLT_PAGE, str(QT_TRANSLATE_NOOP("acts", "Take back…"))),
    Elsewhere(DLT_PAGE, str(QT_TRANSLATE_NOOP("acts", "Not evaluable…"))),
    Elsewhere(DLT_PAGE, str(QT_TRANSLATE_NOOP("acts", "Tertiary team")), "telephone, ring"),
    Elsewhere(
        FEVER, str(QT_TRANSLATE_NOOP("acts", "Start the clock…")), "fever, sepsis, antibiotic"
    ),
    Elsewhere(FEVER, str(QT_TRANSLATE_NOOP("acts", "Antibiotics started…"))),
    Elsewhere(FEVER, str(QT_TRANSLATE_NOOP("acts", "Blood culture taken…"))),
    Elsewhere(FEVER, str(QT_TRANSLATE_NOOP("acts", "Called…"))),
    Elsewhere(FEVER, str(QT_TRANSLATE_NOOP("acts", "Culture result…"))),
    Elsewhere(FEVER, str(QT_TRANSLATE_NOOP("acts", "Close the clock…"))),
    Elsewhere(FEVER, str(QT_TRANSLATE_NOOP("acts", "This site's own…"))),
    Elsewhere(FEVER, str(QT_TRANSLATE_NOOP("acts", "Record vital signs")), "temperature, pulse"),
    Elsewhere(
        DOSES,
        str(QT_TRANSLATE_NOOP("acts", "Start &vial clock")),
        "",
        AZACITIDINE,
        at_once=True,
    ),
    Elsewhere(
        DOSES,
        str(QT_TRANSLATE_NOOP("acts", "Day no&t given…")),
        str(QT_TRANSLATE_NOOP("acts", "azacitidine left out, missed, lost day of a block")),
        AZACITIDINE,
    ),
    Elsewhere(DOSES, str(QT_TRANSLATE_NOOP("acts", "Prescri&be…")), "order", ORDERS),
    Elsewhere(DOSES, str(QT_TRANSLATE_NOOP("acts", "Verif&y…")), "pharmacist", ORDERS),
    Elsewhere(DOSES, str(QT_TRANSLATE_NOOP("acts", "Re&lease…")), "pharmacist", ORDERS),
    Elsewhere(DOSES, str(QT_TRANSLATE_NOOP("acts", "&Withdraw…")), "order", ORDERS),
    Elsewhere(DOSES, str(QT_TRANSLATE_NOOP("acts", "Re&duce a dose…")), "modification", ORDERS),
    Elsewhere(DOSES, str(QT_TRANSLATE_NOOP("acts", "Doses by &mouth…")), "Maintenance", OTHERS),
    Elsewhere(
        DOSES,
        str(QT_TRANSLATE_NOOP("acts", "C&umulative doses…")),
        "exposure, anthracycline, doxorubicin equivalents",
        OTHERS,
    ),
    Elsewhere(
        DOSES, str(QT_TRANSLATE_NOOP("acts", "Second chec&k…")), "", OTHERS, before=AZACITIDINE
    ),
    Elsewhere(DOSES, str(QT_TRANSLATE_NOOP("acts", "Record as &given")), "", OTHERS),
    Elsewhere(
        DOSES,
        str(QT_TRANSLATE_NOOP("acts", "No&t given…")),
        str(QT_TRANSLATE_NOOP("acts", "dose left out, missed, omitted, vomited, refused")),
        OTHERS,
    ),
    Elsewhere(
        DOSES,
        str(QT_TRANSLATE_NOOP("acts", "Papers to print")),
        str(
            QT_TRANSLATE_NOOP(
                "acts",
                "dosing sheet, roadmap, transfer summary, whole treatment, toxicity report, DLT "
                "report, Maintenance chart, blank counts form",
            )
        ),
        PAPERS,
        leads=True,
    ),
    Elsewhere(DOSES, str(QT_TRANSLATE_NOOP("acts", "&Declare void…")), "paper", PAPERS),
    Elsewhere(RECORD_PAGE, str(QT_TRANSLATE_NOOP("acts", "Find")), "who, when, audit"),
)
ON_TWO_PARTS = {f"elsewhere:{at}" for at, each in enumerate(ELSEWHERE) if each.before is not None}


def acts_elsewhere(window: "BedsideWindow") -> Iterator[Act]:
    """What stands on the other pages of the infant in sight; without an infant, why it is closed."""
    on_patient = window.frame.on_patient
    here = place_in_sight(window) if on_patient else ""
    for number, each in enumerate(ELSEWHERE):
        place = QCoreApplication.translate("Pages", window.doors[each.page].title)
        if place == here and each.part is None:
            continue
        yield Act(
            name=f"elsewhere:{number}",
            words=plain_words(each.words),
            keys=(),
            place=place,
            why_not="" if on_patient else place_words("open an infant first"),
            run=partial(_go, window, each),
            also=f"{place} {QCoreApplication.translate('acts', each.also)}",
        )


def plain_words(words: str) -> str:
    """The words of a button in the reader's language, without the mark of its letter."""
    return QCoreApplication.translate("acts", words).replace("&", "")


def _go(window: "BedsideWindow", each: Elsewhere) -> QAbstractButton | None:
    """Go to the page and its part, and stand on the button, or say why not; returns it, to be pressed."""
    pages = window.pages
    pages.show_page(each.page)
    if pages.index != each.page or pages.page is None:
        return None  # she stays with what she typed
    button = None
    for part in dict.fromkeys((each.before, each.part)):
        if part is not None:
            pages.page.show_part(part)  # type: ignore[attr-defined]  # a page with parts
        button = _button(window, pages.page, each)
        if button is not None and button.isEnabled():
            break
    if each.leads:
        return None
    return stand_on(window, button, plain_words(each.words), at_once=each.at_once)


def _button(window: "BedsideWindow", page: QWidget, each: Elsewhere) -> QAbstractButton | None:
    if not each.button:
        return button_there(window, page, plain_words(each.words))
    named = getattr(page, each.button)
    return named if named.isVisibleTo(window) else None
