"""Reads a limit of a laboratory result from a protocol file, or from a file of site values."""

from bedside.protocol.fact_reader import Book, read_origin
from bedside.protocol.origin import Origin
from bedside.protocol.result_rule import SIGNS, ResultRule, kept_figure
from bedside.protocol.toml_table import FileTable
from bedside.units.refusal import Refused


def read_result_rule(table: FileTable, origin: Origin | Book) -> ResultRule | None:
    """Read one limit of a start rule from a file; every fault is noted in the table.

    Args:
        table: analyte, at-most or at-least, and unit or times-uln.
        origin: where it comes from, or the book of sources to read that from.
    """
    key, times = table.text("analyte"), table.flag("times-uln")
    figures = {sign: table.number(sign.replace(" ", "-")) for sign in SIGNS}
    given = {sign: figure for sign, figure in figures.items() if figure is not None}
    unit = table.text("unit", "")
    found = origin if isinstance(origin, Origin) else read_origin(table, origin, evidence="stated")
    table.done()
    if len(given) != 1 or times is bool(unit):
        table.fault("", "a limit needs at-most or at-least, and its unit or times-uln = true.")
        return None
    ((sign, figure),) = given.items()
    try:
        figure = kept_figure(key, figure, "" if times else unit)
    except Refused as refused:
        table.fault("", refused.reasons[0])
        return None
    return ResultRule(key, sign, figure, times, found)
