"""The words of the commands that work on a ward: demo, sheet, roadmap, commission, ward, doctor."""

import argparse

from bedside.commands.asked_everywhere import add_json, add_ward_folder
from bedside.commands.backup_options import add_backup, add_move
from bedside.commands.commission_options import add_commission
from bedside.commands.ctcae_options import add_ctcae
from bedside.commands.key_options import add_ward_keys
from bedside.commands.parser import Once, StrictParser

INFANT_PAPERS = (  # of the whole infant: the names are the kinds of `bedside.ward.infant_papers`
    ("whole-treatment", "print the whole treatment of an infant on one page as PDF"),
    ("transfer-summary", "print the two pages that go with an infant to another hospital as PDF"),
    ("toxicity-report", "print every toxicity of an infant with its grades over time as PDF"),
    ("dlt-report", "print the DLT period of an infant with every decision as PDF"),
    ("maintenance-chart", "print counts and doses by mouth of Maintenance on one axis as PDF"),
    ("counts-form", "print a blank form for blood counts in paper hours as PDF"),
)


def add_ward_commands(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    """Add the ward's commands to the program's."""
    _add_demo(commands)
    _add_sheet(commands)
    _add_paper(commands, "roadmap", "print the roadmap of one course as PDF", "consolidation")
    _add_label(commands)
    for name, words in INFANT_PAPERS:
        _add_paper(commands, name, words, "")
    add_commission(commands)
    add_ctcae(commands)
    add_ward_keys(commands)
    add_backup(commands)
    add_move(commands)
    _add_verify(commands)
    doctor = commands.add_parser(
        "doctor",
        help="say in plain words whether this workstation is fit",
        description="Says in plain words whether this workstation is fit. Exit 1 when it is not.",
        example="bedside doctor",
    )
    add_ward_folder(doctor)
    add_json(doctor)
    doctor.add_argument(
        "--site-values",
        metavar="FILE",
        action=Once,
        help="hold the site's own values (TOML) against what the public sources state",
    )


def _add_demo(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    demo = commands.add_parser(
        "demo",
        help="open a demonstration ward of invented infants",
        description=(
            "Opens a demonstration ward of invented infants, made anew each time.\n"
            "With --ward it is made in that folder once, and kept.\n"
            "With --shots no window opens: every page is drawn as PNG and every paper as PDF."
        ),
        example="bedside demo --shots ./bedside-demo",
    )
    add_ward_folder(demo)
    demo.add_argument("--shots", metavar="DIR", action=Once, help="draw pages and papers into DIR")
    _add_how_drawn(demo)
    demo.add_argument(
        "--gallery",
        action="store_true",
        help="show every widget in every state instead; with --shots, draw that into DIR",
    )
    demo.add_argument(
        "--no-window",
        action="store_true",
        help="make the demonstration ward and stop (needs --ward)",
    )


def _add_how_drawn(demo: StrictParser) -> None:
    """As on which screen, how large and how bright the pictures are drawn."""
    demo.add_argument(
        "--size",
        metavar="SIZE",
        action=Once,
        help="draw as on a screen of this size in pixels, e.g. 1920x1080 (else 1366x768)",
    )
    demo.add_argument(
        "--text",
        metavar="PERCENT",
        action=Once,
        choices=("100", "110", "125", "150"),
        help="draw with text of this size: 100, 110, 125 or 150 per cent",
    )
    demo.add_argument(
        "--theme",
        metavar="THEME",
        action=Once,
        choices=("light", "dark"),
        help="draw everything light, or dark (else all light, and some dark, too)",
    )


def _add_verify(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    verify = commands.add_parser(
        "verify",
        help="say whether a printed paper still holds, by its code",
        description=(
            "Answers VALID, OUT OF DATE with what changed, or NOT OURS for the code at the foot of a\n"
            "paper, as typed or as a reader reads its square code, or for a label. Exit 1 unless VALID;\n"
            "a mistyped code is refused (exit 2) and nothing is said of the paper."
        ),
        example="bedside verify 412K 7Q2M 9TXR",
    )
    add_ward_folder(verify)
    add_json(verify)
    verify.add_argument("code", metavar="CODE", nargs="+", help="the code, with or without blanks")


def _add_sheet(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    words = "print a dosing sheet of an infant as PDF: an azacitidine block, or one day of any drug"
    sheet = _add_paper(commands, "sheet", words, "epi-1")
    _add_day(sheet, needed=False)


def _add_label(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    words = "print the labels of a preparation (62 by 29 mm) as PDF"
    options = "induction --day 8 --route IV --drug vincristine"
    _add_day(_add_paper(commands, "label", words, options), needed=True)


def _add_day(paper: StrictParser, *, needed: bool) -> None:
    """The day, route and drug of a paper for one administration."""
    paper.add_argument(
        "--day",
        metavar="N",
        action=Once,
        required=needed,
        help="the course day of the dose; with --route",
    )
    paper.add_argument(
        "--route",
        metavar="ROUTE",
        action=Once,
        required=needed,
        help="one route: IV, IT, IM, SC, PO or NG; a paper never has two",
    )
    paper.add_argument(
        "--drug",
        metavar="DRUG",
        action=Once,
        required=needed,
        help="the drug's key; left out for all intrathecal drugs of a day",
    )


def _add_paper(
    commands: "argparse._SubParsersAction[StrictParser]", name: str, words: str, course: str
) -> StrictParser:
    of = f"--course {course} " if course else ""
    example = (
        f"bedside {name} --ward ./demo-ward --infant 'DEM 004 118' {of}"
        f"--by 'E. Berg, RN' -o {name}.pdf"
    )
    paper = commands.add_parser(
        name, help=words, description=words[0].upper() + words[1:] + ".", example=example
    )
    add_ward_folder(paper)
    paper.add_argument(
        "--infant", metavar="NUMBER", required=True, action=Once, help="the hospital number"
    )
    if course:
        paper.add_argument(
            "--course", metavar="COURSE", action=Once, help="the course (default: the one in hand)"
        )
    paper.add_argument(
        "--by",
        metavar="NAME",
        action=Once,
        help="who prints, for instance 'E. Berg, RN'; in a ward with people the passphrase is asked",
    )
    paper.add_argument(
        "--reprint",
        metavar="WHY",
        action=Once,
        help="why a paper is printed again, for instance 'jammed in the printer': it stands on the "
        "further copy (default: no reason said at the command line)",
    )
    paper.add_argument("-o", "--output", metavar="FILE", required=True, action=Once, help="the PDF")
    return paper
