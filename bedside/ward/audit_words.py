"""What a row of the audit trail holds, in the ward's words: titles, labels, and values with their units.

The words stand in `resources/record/words.toml`; a table of an older ward that is not named there still reads
well: its own name and its columns' names without underscores, each value by the unit of its column.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec

from bedside.protocol.drugs import route_words
from bedside.store.canonical import Stored
from bedside.units.counted import so_many
from bedside.units.dates import write_date, write_date_time
from bedside.units.quantities import BodyLength, BodyWeight, DrugAmount, Haemoglobin
from bedside.units.refusal import Refused
from bedside.units.writer import (
    write_amount,
    write_count,
    write_haemoglobin,
    write_length,
    write_number,
    write_weight,
)
from bedside.ward.audit_book import audit_book
from bedside.ward.infants import SEX_WORDS
from bedside.ward.unit_words import written_unit
from bedside.ward.ward import Ward

Content = Mapping[str, Stored]
_PERSON_COLUMN, _PERSON = "person_id", "Person"
_PUBLIC = "public"
_COMMISSIONED, _TOLD = "commission_value", ("canonical", "reason")  # what a value is, and why
WHILE_IT_IS_TYPED = "not shown while a blind pass of it is open"
_SETTING, _DEFINITION = "site_setting", "fever_definition"
_BILLION = 1_000_000_000
_UNIT_ENDS = (
    "_tenths_g_per_l", "_per_ul", "_per_billion", "_hundredths", "_tenths", "_percent", "_g", "_mm",
    "_ug", "_ul", "_at", "_on", "_key", "_id", "_minutes", "_hours", "_days",
)  # fmt: skip


class AuditWords:
    """Names and writes what the trail keeps; made once for a reading of the record.

    Args:
        ward: for the time zone, the decimal mark, and the names of drugs, courses and analytes.
        order: the columns of each table as they stand in it: values are shown in this order.
        people: the name of everybody who has or had an account, by number.
    """

    def __init__(
        self,
        ward: Ward,
        order: Mapping[str, Sequence[str]],
        people: Mapping[int, str] | None = None,
    ) -> None:
        self._ward, self._order, self._people = ward, order, people or {}
        self._book = audit_book()
        self._hidden = frozenset(self._book.hidden["everywhere"])
        self._courses = {
            course.key: course.title
            for protocol in ward.protocols.values()
            for course in protocol.courses
        }
        self._analytes: dict[str, str] | None = None

    def title(self, table: str) -> str:
        """What a kind of record is called."""
        return self._book.titles.get(table, table.replace("_", " ").capitalize())

    def fields(
        self,
        table: str,
        content: Content,
        *,
        over: bool = True,
        public: bool = False,
        in_pass: bool = False,
    ) -> tuple[tuple[str, str], ...]:
        """Every value that was recorded, under its words and with its unit.

        Args:
            table: the kind of record.
            content: the row as the trail holds it.
            over: a check that this row belongs to is over: its figures may be seen.
            public: who reads it may see what is public of a commissioned number: she types no blind
                pass of it or of a related protocol.
            in_pass: she types one: neither is told what a commissioned value is, or was.
        """
        columns = self._book.blind["columns"]
        blind = () if over or isinstance(columns, str) else columns.get(table, ())
        place = {name: at for at, name in enumerate(self._order.get(table, ()))}
        last = len(place)
        person = self.person(content)
        found = [(_PERSON, person)] if person and "name" not in content else []
        for name in sorted(content, key=lambda name: (place.get(name, last), name)):
            value = content[name]
            if name in self._hidden or name.endswith("unit") or value is None or value == "":
                continue
            if name == _PUBLIC and not public:
                continue
            words = (
                str(self._book.blind["words"])
                if name in blind
                else self._value(table, name, content)
            )
            if in_pass and table == _COMMISSIONED and name in _TOLD:
                words = WHILE_IT_IS_TYPED
            found.append((self._label(table, name), words))
        return tuple(found)

    def course(self, key: str) -> str:
        """The title of a course."""
        return self._courses.get(key, key)

    def person(self, content: Content) -> str:
        """Whose account a row is about; "" where it is about none."""
        number = content.get(_PERSON_COLUMN)
        return self._people.get(number, "") if isinstance(number, int) else ""

    def is_blind(self, table: str) -> bool:
        """Whether rows of this kind hold figures that two people count apart."""
        columns = self._book.blind["columns"]
        return not isinstance(columns, str) and table in columns

    def _label(self, table: str, name: str) -> str:
        if given := self._book.label(table, name):
            return given
        short = next((name.removesuffix(end) for end in _UNIT_ENDS if name.endswith(end)), name)
        words = short.replace("_", " ")
        return words[:1].upper() + words[1:]

    def _value(self, table: str, name: str, content: Content) -> str:
        value = content[name]
        if isinstance(value, int):
            return self._whole(name, value, content)
        text = str(value)
        if table == _SETTING:
            key = str(content.get("key", ""))
            return self._setting(key, text) if name == "value" else self._book.setting(key)
        if said := self._book.value(table, name, text):
            return said
        unit = content.get(_unit_of(name))
        if unit and _is_number(text):
            number = write_number(Decimal(text), self._ward.decimal_mark)
            return f"{number} {written_unit(str(unit))}"
        return self._text(name, text)

    def _setting(self, key: str, value: str) -> str:
        if key == _DEFINITION:
            return self._definition(value)
        return self._book.setting_value(key, value)

    def _definition(self, key: str) -> str:
        """The title of a definition of fever; a key that is none any more stays."""
        from bedside.ward.fever_state import settings_of

        with self._ward.store.reading() as reader:
            written = settings_of(reader).book.definition
        return next((one.title for one in written if one.key == key), key)

    def _text(self, name: str, text: str) -> str:
        ward = self._ward
        if name.endswith("_at") or name in ("at", "as_of", "valid_until"):
            return write_date_time(ward.local(datetime.fromisoformat(text)))
        if name.endswith("_on") or name in _DAYS:
            return write_date(date.fromisoformat(text))
        if name.endswith("_percent") or name in ("percent", "share"):
            return f"{text} %"
        if name == "audit_head":
            return " ".join(text[at : at + 4] for at in range(0, 16, 4))
        if name == "canonical" and text.endswith(" grade"):
            return f"grade {text.removesuffix(' grade')}"
        if name in _KEYS:
            return text.replace("_", " ").replace("-", " ").replace(".", ", ")
        named = self._named(name)
        return named(text) if named is not None else _said(text)

    def _named(self, name: str) -> Callable[[str], str] | None:
        ward = self._ward
        ways: dict[str, Callable[[str], str]] = {
            "sex": lambda text: SEX_WORDS.get(text, text),
            "drug": ward.drugs.display_name,
            "cause": self._cause,
            "route": _route,
            "definition": self._definition,
            "of_table": self.title,
            "course_key": lambda key: self._courses.get(key, key),
            "protocol_key": lambda key: ward.protocols[key].title if key in ward.protocols else key,
            "analyte": self._analyte,
        }
        return ways.get(name)

    def _cause(self, key: str) -> str:
        """What a toxicity is put down to: a drug, a course, or words of a person's own."""
        drug = self._ward.drugs.drugs.get(key)
        return self._courses.get(key) or (key if drug is None else drug.name)

    def _analyte(self, key: str) -> str:
        if self._analytes is None:
            from bedside.ward.laboratory_catalogue import catalogue

            self._analytes = {each.key: each.title for each in catalogue().analytes.values()}
        return self._analytes.get(key, key)

    def _whole(self, name: str, value: int, content: Content) -> str:
        mark = self._ward.decimal_mark
        for end, write in _WHOLES.items():
            if name.endswith(end):
                return write(value, mark)
        if name == "value_hundredths":
            return _sign(value, content, mark)
        if name in _YES_NO:
            return "yes" if value else "no"
        if name.endswith("_id") or name == "of_row":
            return f"record {value}"
        return str(value)


def _route(route: str) -> str:
    """A route in words; one that is not known stands as it was kept."""
    try:
        return route_words(route)
    except Refused:
        return route


def _unit_of(name: str) -> str:
    """The column that holds the unit of another column's number."""
    if name in ("value", "low", "high", "amount", "dose", "worked", "typed"):
        return "unit"
    if name == "kept":
        return "kept_unit"
    head, _, end = name.rpartition("_")
    return f"{head}_unit" if end in ("low", "high", "typed") else ""


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit()


def _said(text: str) -> str:
    """A text as it stands; one that holds several values as a sentence."""
    if text[:1] not in ("{", "["):
        return text
    try:
        return _listed(msgspec.json.decode(text))
    except msgspec.DecodeError:
        return text


def _listed(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{str(key).replace('_', ' ')}: {_listed(one)}" for key, one in value.items())
        return "; ".join(pairs)
    if isinstance(value, list):
        return ", ".join(_listed(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


_KEYS = frozenset({"key", "question", "kind", "point", "method", "step"})
_YES_NO = frozenset({"site_value", "main"})
_DAYS = frozenset({"born", "onset", "day_1", "on_day", "dated"})


def _percent_of_begun(tenths: int, mark: str) -> str:
    return f"{write_number(Decimal(tenths) / 10, mark)} %"


def _fraction(per_billion: int, mark: str) -> str:
    return f"{write_number(Decimal(per_billion) * 100 / _BILLION, mark)} %"


def _gestation(days: int, _mark: str) -> str:
    return f"{so_many(days // 7, 'week')} {so_many(days % 7, 'day')}"


_WHOLES: dict[str, Callable[[int, str], str]] = {
    "weight_g": lambda value, mark: write_weight(BodyWeight(value), mark),
    "length_mm": lambda value, mark: write_length(BodyLength(value), mark),
    "_tenths_g_per_l": lambda value, mark: write_haemoglobin(Haemoglobin(value), mark),
    "per_ul": lambda value, _mark: write_count(value),
    "per_billion": _fraction,
    "percent_tenths": _percent_of_begun,
    "gestation_days": _gestation,
    "_ug": lambda value, mark: write_amount(DrugAmount(Decimal(value) / 1000), mark),
    "_ul": lambda value, mark: f"{write_number(Decimal(value) / 1000, mark)} mL",
    "minutes": lambda value, _mark: so_many(value, "minute"),
    "_hours": lambda value, _mark: so_many(value, "hour"),
    "by_days": lambda value, _mark: so_many(value, "day"),
}


def _sign(hundredths: int, content: Content, mark: str) -> str:
    from bedside.clinical.vital_signs import SIGNS

    number = write_number(Decimal(hundredths) / 100, mark)
    kind = str(content.get("kind", ""))
    if kind == "temperature":
        return f"{number} °C"
    found = SIGNS.get(kind)  # type: ignore[call-overload]  # any word a trail holds
    return number if found is None else f"{number} {found.unit}"
