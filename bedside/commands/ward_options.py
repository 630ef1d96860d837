"""The words of the commands that work on a ward: demo, sheet, roadmap, commission, ward, doctor."""

import argparse

from bedside.commands.backup_options import add_backup
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
    _add_paper(commands, "sheet", "print the azacitidine dosing sheet of an infant as PDF", "epi-1")
    _add_paper(commands, "roadmap", "print the roadmap of one course as PDF", "consolidation")
    for name, words in INFANT_PAPERS:
        _add_paper(commands, name, words, "")
    add_commission(commands)
    add_ctcae(commands)
    add_ward_keys(commands)
    add_backup(commands)
    doctor = commands.add_parser(
        "doctor",
        help="say in plain words whether this workstation is fit",
        description="Says in plain words whether this workstation is fit. Exit 1 when it is not.",
        example="bedside doctor",
    )
    _ward(doctor)
    doctor.add_argument("--json", action="store_true", help="print one JSON object")
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
    _ward(demo)
    demo.add_argument("--shots", metavar="DIR", action=Once, help="draw pages and papers into DIR")
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


def _add_paper(
    commands: "argparse._SubParsersAction[StrictParser]", name: str, words: str, course: str
) -> None:
    of = f"--course {course} " if course else ""
    example = (
        f"bedside {name} --ward ./demo-ward --infant 'DEM 004 118' {of}"
        f"--by 'E. Berg, RN' -o {name}.pdf"
    )
    paper = commands.add_parser(
        name, help=words, description=words[0].upper() + words[1:] + ".", example=example
    )
    _ward(paper)
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
    paper.add_argument("-o", "--output", metavar="FILE", required=True, action=Once, help="the PDF")


def _ward(parser: StrictParser) -> None:
    parser.add_argument(
        "--ward", metavar="DIR", action=Once, help="the ward's folder (default: this workstation's)"
    )
