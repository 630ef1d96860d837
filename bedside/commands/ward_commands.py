"""The commands that work on a ward: demo, sheet, roadmap, commission."""

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import TextIO

from bedside.app import open_ward, run_desktop, system_clock, ward_folder
from bedside.commands.shot_screen import screen_of, size_asked
from bedside.demonstration import make_demonstration_ward
from bedside.store.queries import all_of
from bedside.store.records import Infant
from bedside.units.refusal import Refused
from bedside.ward.dosing import block_in_hand
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infant_papers import INFANT_PAPERS
from bedside.ward.paper_keys import DAY_SHEET, LABEL, ROADMAP, SHEET, Administration, PaperKey
from bedside.ward.printing import make_paper
from bedside.ward.reprints import NOT_SAID
from bedside.ward.standing import standing_of
from bedside.ward.ward import Ward

DEMONSTRATION_NURSE = "E. Sørensen, RN"


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Carry out one of the ward's commands."""
    if args.command == "demo":
        return run_demo(args, out)
    if args.command in ("commission", "export", "import"):
        from bedside.commands import commission

        return commission.run(args, out)
    if args.command == "ctcae":
        from bedside.commands import ctcae

        return ctcae.run(args, out)
    if args.command == "ward":
        from bedside.commands import ward_keys

        return ward_keys.run(args, out)
    if args.command in ("backup", "restore"):
        from bedside.commands import backup

        return (backup.run_backup if args.command == "backup" else backup.run_restore)(args, out)
    if args.command in ("downtime", "move", "verify"):
        from bedside.commands import downtime, move, verify

        named = {"downtime": downtime.run, "move": move.run, "verify": verify.run}
        return named[args.command](args, out)
    return print_paper(args, out)


def run_demo(args: argparse.Namespace, out: TextIO) -> int:
    """Open, draw or only make the demonstration ward, or show the gallery of its widgets."""
    if args.gallery:
        return show_gallery(args, out)
    if args.no_window and not args.ward:
        raise Refused("demo --no-window needs --ward DIR: the folder to keep the ward in.")
    if not args.shots and (args.size or args.text or args.theme):
        raise Refused("demo --size, --text and --theme say how --shots DIR draws: give it, too.")
    size = size_asked(args.size)
    kept = args.ward is not None
    folder = Path(args.ward) if kept else Path(tempfile.mkdtemp(prefix="bedside-demo-"))
    screen = tempfile.TemporaryDirectory(prefix="bedside-screen-")
    try:
        if args.shots:
            # before Qt is loaded: no window may open, and none is needed
            os.environ["QT_QPA_PLATFORM"] = screen_of(size, Path(screen.name))
        ward = make_demonstration_ward(folder, system_clock())
        if args.shots:
            return draw_shots(ward, args, size, out)
        if args.no_window:
            ward.store.close()
            print(f"The demonstration ward is in {folder}.", file=out)
            return 0
        return run_desktop(ward, who=DEMONSTRATION_NURSE)
    finally:
        screen.cleanup()
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def show_gallery(args: argparse.Namespace, out: TextIO) -> int:
    """Show every widget in every state, or draw that into a folder; no ward is made."""
    if args.ward or args.no_window:
        raise Refused(
            "demo --gallery shows widgets and makes no ward: leave --ward and --no-window out."
        )
    if args.size or args.text or args.theme:
        raise Refused(
            "demo --gallery shows every theme and size: leave --size, --text and --theme out."
        )
    if not args.shots:
        from bedside.desktop.gallery_window import run_gallery

        return run_gallery(["bedside"])
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded
    from bedside.desktop.gallery_window import draw_gallery

    folder = Path(args.shots)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = draw_gallery(folder)
    print(f"{drawn} pictures of every widget in every state are in {folder}.", file=out)
    return 0


def draw_shots(ward: Ward, args: argparse.Namespace, size: tuple[int, int], out: TextIO) -> int:
    """Draw every page as PNG, of the size asked for, and every paper as PDF."""
    from bedside.desktop.shots import THEMES, draw_pages

    folder = Path(args.shots)
    folder.mkdir(parents=True, exist_ok=True)
    themes = (args.theme,) if args.theme else THEMES
    percent = int(args.text or 100)
    try:
        drawn = draw_pages(
            ward, folder, who=DEMONSTRATION_NURSE, size=size, percent=percent, themes=themes
        )
        papers = every_paper(ward, folder)
    finally:
        ward.store.close()
    print(f"{drawn} pages and {papers} papers of the demonstration ward are in {folder}.", file=out)
    return 0


def every_paper(ward: Ward, folder: Path) -> int:
    """Print every paper that the demonstration's infants may have now; returns how many."""
    from bedside.ward.printing import paper_choices

    count = 0
    with ward.store.reading() as connection:
        infants = all_of(connection, Infant)
    for infant in infants:
        for choice in paper_choices(ward, facts_of(ward, infant.id)):
            if choice.refused:
                continue
            name = f"{choice.key.replace(':', '-')}-bed-{infant.bed}.pdf"
            make_paper(
                ward,
                infant.id,
                choice.key,
                folder,
                who=DEMONSTRATION_NURSE,
                name=name,
                why=NOT_SAID,
            )
            count += 1
        count += _tertiary_card(ward, infant, folder)
    from bedside.ward.downtime_sheets import draw_downtime

    (folder / "downtime.pdf").write_bytes(draw_downtime(ward, who=DEMONSTRATION_NURSE))
    return count + 1


def _tertiary_card(ward: Ward, infant: Infant, folder: Path) -> int:
    """Draw the card of an infant whose DLT period is open."""
    from bedside.ward.dlt import evaluation_of
    from bedside.ward.tertiary_card import draw_tertiary_card

    found = evaluation_of(ward, facts_of(ward, infant.id))
    if found is None or found.period.state != "open":
        return 0
    pdf = draw_tertiary_card(ward, infant.id, who=DEMONSTRATION_NURSE)
    (folder / f"tertiary-team-bed-{infant.bed}.pdf").write_bytes(pdf)
    return 1


def print_paper(args: argparse.Namespace, out: TextIO) -> int:
    """Print one paper of one infant into the file asked for."""
    from bedside.commands.terminal_sign_in import who_works
    from bedside.commands.ward_keys import ask_in_terminal

    clock = system_clock()
    ward = open_ward(ward_folder(args.ward), clock, create=False, ask=ask_in_terminal)
    try:
        who = who_works(ward, args.by, "print")
        infant = _infant(ward, args.infant)
        facts = facts_of(ward, infant.id)
        key = _paper_asked(ward, facts, args)
        target = Path(args.output)
        if not target.absolute().parent.is_dir():
            raise Refused(
                f"The folder {target.parent} is not there: make it first, or choose another."
            )
        paper = make_paper(
            ward,
            infant.id,
            key,
            target.parent,
            who=who,
            name=target.name,
            why=NOT_SAID if args.reprint is None else args.reprint,
        )
    finally:
        ward.store.close()
    again = f" (printed again: {paper.reprinted})" if paper.reprinted else ""
    print(
        f"{paper.title}: sheet {paper.sheet_number}, copy {paper.copy}{again}, code {paper.code}, "
        f"in {target}",
        file=out,
    )
    return 0


def _infant(ward: Ward, number: str) -> Infant:
    with ward.store.reading() as connection:
        infants = all_of(connection, Infant)
    for infant in infants:
        if infant.hospital_number.casefold() == number.strip().casefold():
            return infant
    raise Refused(f"No infant on this ward has the hospital number {number}.")


def _paper_asked(ward: Ward, facts: InfantFacts, args: argparse.Namespace) -> str:
    """The key of the paper that the words of a command mean.

    Raises:
        Refused: a day without its route, or the reverse, with what would be right.
    """
    if args.command in INFANT_PAPERS:
        return str(args.command)
    kind = {"sheet": SHEET, "label": LABEL}.get(args.command, ROADMAP)
    if kind == ROADMAP or (kind == SHEET and args.day is None):
        given = [] if kind == ROADMAP else [args.route, args.drug]
        if any(given):
            raise Refused("A sheet of one day needs --day N beside --route and --drug.")
        return f"{kind}:{args.course or _course_in_hand(ward, facts, kind)}"
    if not args.route:
        raise Refused("A sheet of one day needs --route: IV, IT, IM, SC, PO or NG, one of them.")
    if not args.day.isdecimal():
        raise Refused(f"--day takes a course day in figures, for instance 8, not {args.day}.")
    course = args.course or _course_in_hand(ward, facts, ROADMAP)
    of = Administration(int(args.day), _route_key(args.route), (args.drug or "").strip().lower())
    return PaperKey(DAY_SHEET if kind == SHEET else LABEL, course, of).text


def _route_key(typed: str) -> str:
    """A route as typed, "IV" or "intravenous".

    Raises:
        Refused: it is not one route.
    """
    from bedside.protocol.drugs import ROUTE_WORDS

    by_words = {words: key for key, words in ROUTE_WORDS.items()}
    key = by_words.get(typed.strip().casefold(), typed.strip().upper())
    if key not in ROUTE_WORDS:
        raise Refused(f"--route takes one route of {', '.join(ROUTE_WORDS)}, not {typed}.")
    return key


def _course_in_hand(ward: Ward, facts: InfantFacts, kind: str) -> str:
    standing = standing_of(ward, facts)
    if kind == SHEET:
        block = block_in_hand(standing)
        if block is None:
            raise Refused(
                "No azacitidine block runs or comes next for this infant. "
                "Name the course with --course."
            )
        return block.key
    if standing.running is None:
        raise Refused("No course has started for this infant. Name the course with --course.")
    return standing.running.key
