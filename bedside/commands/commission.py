"""`bedside commission`: everything of commissioning without a screen, by the same rules."""

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from msgspec.structs import asdict

from bedside.app import open_ward, system_clock, ward_folder
from bedside.units.refusal import Refused
from bedside.ward.commission_blind import own_open_pass
from bedside.ward.commission_compare import accept, ask_again, comparison, withdraw
from bedside.ward.commission_export import export_values, read_file
from bedside.ward.commission_facts import group_facts, inventory_of, scopes_of
from bedside.ward.commission_import import (
    begin_import,
    confirm_import,
    drop_import,
    numbers_words,
    waiting_imports,
)
from bedside.ward.commission_state import scope_state
from bedside.ward.commissioning import enter, finish_pass, give_up_pass, own_turn
from bedside.ward.views.commissioning import ComparedRow
from bedside.ward.ward import Ward


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Carry out one action on a ward."""
    from bedside.commands.terminal_sign_in import who_works
    from bedside.commands.ward_keys import ask_in_terminal

    clock = system_clock()
    ward = open_ward(ward_folder(args.ward), clock, create=False, ask=ask_in_terminal)
    try:
        if args.action not in _READ_ONLY:
            args.by = who_works(ward, args.by, "commission")
        for line in _ACTIONS[args.action](ward, args):
            print(line, file=out)
    finally:
        ward.store.close()
    return 0


def _status(ward: Ward, args: argparse.Namespace) -> list[str]:
    scopes = (args.protocol,) if args.protocol else scopes_of(ward)
    states = [scope_state(ward, scope) for scope in scopes]
    if args.json:
        told = {
            state.scope: {
                group.key: {
                    "commissioned": group.done,
                    "of": group.total,
                    "stage": group.stage,
                    "blocked": group.blocked,
                }
                for group in state.groups
            }
            for state in states
        }
        return [json.dumps(told, ensure_ascii=False)]
    lines = []
    for state in states:
        lines.append(", ".join(part for part in (state.title, state.edition) if part))
        lines += [f"  {group.key}: {group.words}" for group in state.groups]
        lines += [state.older] if state.older else []
    lines += [
        f"{waiting.file_name}, read in by {waiting.person}, waits for a second person."
        for waiting in waiting_imports(ward)
    ]
    return lines


def _numbers(ward: Ward, args: argparse.Namespace) -> list[str]:
    facts = group_facts(ward, args.protocol, args.group)
    return [f"{number.id}  {number.section}: {number.words}" for number in facts.open_numbers]


def _enter(ward: Ward, args: argparse.Namespace) -> list[str]:
    read = enter(ward, args.protocol, args.number, args.value, who=args.by)
    return [f"{args.number}: read as {read}. Recorded for {args.by}; nobody else is shown it yet."]


def _finish(ward: Ward, args: argparse.Namespace) -> list[str]:
    if finish_pass(ward, args.protocol, args.group, who=args.by):
        waits = _comparison_waits(ward, args)
        return ["Both passes are complete.", *(waits or _compared(ward, args))]
    return ["Your pass is complete. The comparison opens when the other one is, too."]


def _comparison_waits(ward: Ward, args: argparse.Namespace) -> list[str]:
    """Why what is done is not shown side by side now: refusing it afterwards would deny what was done."""
    own = own_open_pass(ward, args.protocol, who=args.by)
    if not own:
        return []
    return [
        f"The comparison waits: your own blind pass of “{own}” is begun and not complete. Complete it "
        "or give it up, then compare; another person may compare at any time."
    ]


def _compared(ward: Ward, args: argparse.Namespace) -> list[str]:
    found = comparison(ward, args.protocol, args.group, who=args.by)
    if getattr(args, "json", False):
        rows = [asdict(row) for row in found.rows]
        told = {
            "first": found.first_person,
            "second": found.second_person,
            "rows": rows,
            "contradictions": found.contradictions,
        }
        return [json.dumps(told, ensure_ascii=False)]
    done = sum(1 for row in found.rows if row.state == "commissioned")
    lines = [f"{found.title}: {done} of {len(found.rows)} numbers commissioned"]
    lines += [f"look at both again: {words}" for words in found.contradictions]
    return lines + [
        line
        for row in found.rows
        if row.state != "commissioned"
        for line in _row_lines(row, found.first_person, found.second_person)
    ]


def _row_lines(row: ComparedRow, first: str, second: str) -> list[str]:
    lines = [
        f"{row.number_id} ({row.section}: {row.words}): {row.state}",
        f"  {first}: {row.first or 'not typed'}",
        f"  {second}: {row.second or 'not typed'}",
    ]
    if row.difference:
        lines.append(f"  {row.difference}")
    if row.public:
        lines.append(
            f"  public: {' / '.join(row.public)} ({row.source}) {row.public_words}".rstrip()
        )
    if row.related:
        lines.append(f"  related, never dosed from: {'; '.join(row.related)}")
    return lines


def _again(ward: Ward, args: argparse.Namespace) -> list[str]:
    rows = comparison(ward, args.protocol, args.group, who=args.by).to_type_again
    ids = (args.number,) if args.number else tuple(row.number_id for row in rows)
    ask_again(ward, args.protocol, args.group, ids, who=args.by)
    return ["Both type again, alone, then finish:", *(f"  {number_id}" for number_id in ids)]


def _accept(ward: Ward, args: argparse.Namespace) -> list[str]:
    from bedside.commands.terminal_sign_in import second_signer

    other = second_signer(ward, args.and_who)
    accept(ward, args.protocol, args.number, args.reason, who=args.by, other=other)
    told = f"{args.number} is recorded with the reason of both; the public value stays beside it."
    if waits := _comparison_waits(ward, args):
        return [told, *waits]
    group = inventory_of(ward, args.protocol).group_of(args.number).key
    rows = comparison(ward, args.protocol, group, who=args.by).rows
    if any(row.number_id == args.number and row.state == "blocked" for row in rows):
        told += " It is blocked: neither value is used until two people settle which holds."
    return [told]


def _withdraw(ward: Ward, args: argparse.Namespace) -> list[str]:
    withdraw(ward, args.protocol, args.number, args.reason, who=args.by)
    return [f"{args.number} is withdrawn: both type it again."]


def _give_up(ward: Ward, args: argparse.Namespace) -> list[str]:
    turn = own_turn(ward, args.protocol, args.group, who=args.by)
    if not turn:
        raise Refused(f"{args.by} has no pass of {args.group}: nothing was given up.")
    give_up_pass(ward, args.protocol, args.group, turn, args.reason, who=args.by)
    return ["The pass is struck out with its reason and stays readable; it can be begun anew."]


def _export(ward: Ward, args: argparse.Namespace) -> list[str]:
    from bedside.commands.terminal_sign_in import second_signer

    target = Path(args.output)
    second = second_signer(ward, args.and_who)
    letters = export_values(ward, args.protocol, target, who=args.by, and_who=second)
    return [
        f"Written: {target}",
        f"Its letters, to be told to the second person there by other means: {letters}",
    ]


def _import(ward: Ward, args: argparse.Namespace) -> list[str]:
    if args.letters is not None:
        if args.protocol is None or args.file is not None:
            raise Refused("The second person gives --protocol and --letters, and no --file.")
        taken = confirm_import(
            ward, args.protocol, args.letters, who=args.by, reason=args.reason or ""
        )
        are = "is" if taken == 1 else "are"
        return [f"Confirmed: {numbers_words(taken)} {are} commissioned."]
    if args.file is None or args.protocol is not None:
        raise Refused(
            "The first person gives --file; the second gives --protocol and --letters instead."
        )
    plan = begin_import(ward, read_file(Path(args.file)), Path(args.file).name, who=args.by)
    return [
        f"Read in: {numbers_words(len(plan.take))} to take; here already: {plan.same}.",
        *plan.withdrawn,
        *(f"Left out: {words}." for words in plan.left_out),
        "Nothing of it counts yet: a second person confirms it with the twelve letters.",
    ]


def _drop(ward: Ward, args: argparse.Namespace) -> list[str]:
    drop_import(ward, args.protocol, args.reason, who=args.by)
    return ["The waiting file is dropped: nothing of it was taken, and another can be read in."]


_READ_ONLY = frozenset({"status", "numbers"})
_ACTIONS: Mapping[str, Callable[[Ward, argparse.Namespace], list[str]]] = {
    "status": _status,
    "numbers": _numbers,
    "enter": _enter,
    "finish": _finish,
    "compare": _compared,
    "again": _again,
    "accept": _accept,
    "withdraw": _withdraw,
    "give-up": _give_up,
    "export": _export,
    "import": _import,
    "drop": _drop,
}
