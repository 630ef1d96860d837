"""Results, units and limits of normal in the words that people read."""

from decimal import Decimal

from bedside.units.writer import write_number
from bedside.ward.laboratory import Result
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.views.round import Question
from bedside.ward.ward import Ward


def measured_words(ward: Ward, result: Result) -> str:
    """A result as reported, with its unit: "< 10 U/L"."""
    if result.value is None:
        return result.state
    sign = f"{result.comparator} " if result.comparator else ""
    return f"{sign}{write_number(result.value, ward.decimal_mark)} {unit_words(result)}".strip()


def kept_words(ward: Ward, result: Result) -> str:
    """A result in the unit it is kept in, where it was entered in another: "23 µmol/L"; else ""."""
    if result.kept is None or result.unit == result.kept_unit:
        return ""
    analyte = catalogue().analyte(result.analyte)
    return analyte.write_kept(result.kept, ward.decimal_mark, result.comparator)


def kept_of_typed(question: Question, value: Decimal, mark: str) -> str:
    """What is typed for a question that is kept in another unit, in that one: "23.9 µmol/L"."""
    analyte = catalogue().analyte(question.analyte)
    return analyte.write_kept(analyte.find(question.unit).kept(value), mark)


def unit_words(result: Result) -> str:
    """The unit of a result as people read it: "× 10⁹/L"."""
    return written_unit(result.unit)


def written_unit(unit: str) -> str:
    """A unit as the ward writes it: µmol/L for umol/L, × 10⁹/L for 10*9/L."""
    for letters in ("10*9", "10^9"):
        unit = unit.replace(letters, "× 10⁹")
    return unit.replace("umol", "µmol").replace("ug/", "µg/")


def limit_words(ward: Ward, result: Result) -> str:
    """The limits of normal that came with a result, and from where."""
    mark = ward.decimal_mark
    parts = []
    if result.lln is not None:
        parts.append(f"low limit {write_number(result.lln, mark)}")
    if result.uln is not None:
        parts.append(f"upper limit {write_number(result.uln, mark)}")
    if not parts:
        return "no limit of normal came with it"
    source = "from the laboratory"
    if result.limits_from == "age band":
        source = result.limits_label.partition(":")[0] or "fall-back by age"
    return f"{', '.join(parts)} {unit_words(result)}, {source}"
