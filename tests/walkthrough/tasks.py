"""Twelve tasks of a ward, step by step, with the keys that do them; and what shows that each was done.

They are done in this order on the demonstration ward of 20-Nov-2026, 10:42. A system's own dialog
(a printer, a file) belongs to the workstation and is not among them; a restore opens the window anew
and is walked by `tests/desktop/test_backup_page.py`.
"""

from msgspec import Struct

from tests.walkthrough.hand import Step


class Task(Struct, frozen=True):
    """A task.

    Args:
        title: what is to be done.
        steps: how.
        act: how the record names what was done last; "" where nothing is recorded.
    """

    title: str
    steps: tuple[Step, ...]
    act: str = ""


def _find(letters: str) -> Step:
    return Step("Find the infant by name; the only one found opens", f"<Ctrl+F>{letters}<Return>")


TASKS = (
    Task("Find an infant and read where she is", (_find("lindg"),)),
    Task(
        "Record a weight",
        (
            _find("wisn"),
            Step("Open the form", "<Alt+E>"),
            Step("Type the weight; the length stays as it was", "5.7<Return><Return>"),
            Step("Day and time stand already", "<Return><Return>"),
            Step("Record", "<Return>"),
        ),
        "recorded a weight",
    ),
    Task(
        "Record counts from a slip",
        (
            _find("wisn"),
            Step("Open Counts", "<Ctrl+3>"),
            Step("When it was taken", "09:15<Return><Return>"),
            Step(
                "White cells and the differential",
                "2.1<Return>30<Return>2<Return>60<Return>6<Return>2<Return>0<Return>",
            ),
            Step("No ANC of the analyser; haemoglobin, platelets", "<Return>88<Return>72<Return>"),
            Step("Record", "<Alt+R>"),
        ),
        "recorded a blood count",
    ),
    Task(
        "Toxicity round",
        (
            _find("wisn"),
            Step("Open Toxicities, begin the round", "<Ctrl+4>T"),
            Step("Accept what the laboratory proposes", "A"),
            Step("Each term of the list: absent", "00000000"),
            Step("Finish", "F"),
        ),
        "finished a toxicity round",
    ),
    Task(
        "Record a temperature",
        (
            _find("oyel"),
            Step("Open Fever", "<Ctrl+6>"),
            Step("Temperature, under the arm", "37.4<Return>A"),
            Step("Record", "<Ctrl+Return>"),
        ),
        "recorded vital signs",
    ),
    Task(
        "Hold a course, and see what moves before it is recorded",
        (
            _find("oyel"),
            Step("Open the form", "<Alt+D>"),
            Step("Say why", "<Tab><Tab><Tab>fever 39, waits"),
            Step("Say when it goes on; the preview says what moves", "<Tab><Tab>27-Nov-2026<Tab>"),
            Step("Record", "<Alt+R>"),
        ),
        "held Induction",
    ),
    Task(
        "Prescribe a dose anew whose weight was corrected, and verify it",
        (
            _find("lindg"),
            Step("Open Orders", "<Ctrl+7><Alt+E>"),
            Step("Prescribe: read the band", "<Alt+B>DEM 004 118<Return>19-Jul-2026<Return>"),
            Step("Tick the void day", "<Alt+T>"),
            Step("Sign", "<Alt+N>Dr I. Halvorsen<Return><Return>"),
            Step("Verify: tick the day that was compared", "<Alt+Y><Space>"),
            Step("Sign, as the pharmacist", "<Return>M. Castellano, pharmacist<Alt+V>"),
        ),
        "verified",
    ),
    Task(
        "Second check, blind: the first person's count",
        (
            _find("ferr"),
            Step("Open Doses", "<Ctrl+7><Alt+A>"),
            Step("Begin the check", "<Ctrl+K>second check<Return>"),
            Step("Count weight, dose, volume", "5.4<Return>13.5<Return>1.35<Return>"),
            Step("Keep the count", "<Alt+M>"),
            Step("Leave it to the second person", "<Esc>"),
        ),
        "count",
    ),
    Task(
        "Start the infusion of a running vial",
        (
            _find("lindg"),
            Step("Open Doses", "<Ctrl+7><Alt+A>"),
            Step("Start", "<Alt+I>"),
            Step("Read the band", "DEM 004 118<Return>19-Jul-2026<Return>"),
            Step("Sign", "<Return><Alt+S>"),
        ),
        "started an infusion",
    ),
    Task(
        "Take a task and sign the handover",
        (
            Step("Open Handover", "<Ctrl+H>"),
            Step("Take the third task", "<Down><Down>T"),
            Step("Sign: who comes", "SAnna Berg, RN"),
            Step("Both sign", "<Alt+H>"),
        ),
        "handed over",
    ),
    Task(
        "Transfer: look at the transfer summary before it is printed",
        (
            _find("lindg"),
            Step("Show it", "<Ctrl+P>"),
        ),
    ),
    Task(
        "Ask whether a sheet still holds",
        (
            _find("lindg"),
            Step("Open the question", "<Ctrl+K>still hold<Return>"),
            Step("Type the code below the sheet's square", "412K7Q2M9T55<Return>"),
            Step("Go back", "<Esc>"),
        ),
    ),
)
