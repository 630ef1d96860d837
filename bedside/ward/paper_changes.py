"""What changed of a paper since it was printed, in words: old and new, from the facts printed and those of now."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bedside.units.dates import write_date, write_date_time
from bedside.units.writer import write_number
from bedside.ward.paper_content import GROWS
from bedside.ward.paper_parts import CONSEQUENCES, IDS, LABELS, NEWS, NUMBERS
from bedside.ward.paper_topics import DIARY, EDITION, ORDERED, WEIGHT, topic_of
from bedside.ward.paper_turning import without_the_day

BEGINS = "changed since: "
EARLIER = (
    "printed by an earlier Bedside that did not keep all that stands on it ({0}): whether it still "
    "holds cannot be told"
)
_MEASURED = ("weight", "length", "bsa")  # of the patient box
_MOST = 6  # changes that are told one by one
_OF_ONE = 3  # of one topic
_PART = re.compile(r"(?<=[;.,]) ")  # where a long text is parted
_DRAWN = ("volume_words", "drawn")  # "Draw 1.55 mL": the verb is the paper's own
_LONG = 60  # signs of a value that is told beside the one before
_SHORT = 240  # signs of one that is told alone
_RANKS = {label: rank for rank, label in enumerate(LABELS)}
Zone = Callable[[datetime], datetime]
Facts = dict[str, Any]


def changed_words(kind: str, printed: str, now: str, today: date, local: Zone) -> str:
    """What changed, as "changed since: weight 6.2 kg became 5.6 kg"; "" where nothing did that matters.

    Decision: a print of which an earlier program did not keep something that stands on it now is out
    of date. It may print a weight that was struck out since, and nobody can tell (hazard H30).

    Args:
        kind: of the paper.
        printed: its facts as they are kept, as JSON.
        now: the same as they would be printed now.
        today: the day of asking.
        local: turns a moment into the ward's own time.
    """
    found, not_kept = _changed(kind, printed, now, today), _not_kept(kind, printed, now)
    if not found:
        return EARLIER.format(", ".join(not_kept)) if not_kept else ""
    told: dict[str, None] = {}
    for topic in ORDERED:
        lines = list(
            dict.fromkeys(
                line
                for name, old, new in found.get(topic, ())
                for line in _told(name, old, new, local)
            )
        )
        plain = [name for name, _, _ in found.get(topic, ()) if name not in CONSEQUENCES]
        if plain and not lines:
            lines = [f"the {topic}"]
        if len(lines) > _OF_ONE:
            lines = [*lines[: _OF_ONE - 1], f"{len(lines) - _OF_ONE + 1} more ({topic})"]
        told |= dict.fromkeys(lines)
    lines = list(told) or [f"the {topic}" for topic in found]
    if len(lines) > _MOST:
        lines = [*lines[: _MOST - 1], f"and {len(lines) - _MOST + 1} more changes"]
    return BEGINS + "; ".join(lines)


def identity_words(printed: str, now: Mapping[str, str], local: Zone) -> str:
    """What of an identity differs from the printed one, as `changed_words`; "" where nothing does.

    For a paper that could not be made now, whose other facts cannot be compared (hazard H30).

    Args:
        printed: the facts of the print as they are kept, as JSON.
        now: the identity on record, by the names of the patient box; dates in ISO form.
        local: turns a moment into the ward's own time.
    """
    kept: Facts = json.loads(printed)
    box = kept.get("infant")
    before = box if isinstance(box, dict) else kept
    lines = [
        line
        for name in sorted(now, key=_rank)
        if name in before and before[name] != now[name]
        for line in _told(name, before[name], now[name], local)
    ]
    return BEGINS + "; ".join(lines) if lines else ""


def only_diary(kind: str, printed: str, now: str, today: date) -> bool:
    """Whether a paper differs only in what was given, counted, graded or decided on since."""
    changed = set(_changed(kind, printed, now, today))
    return changed <= set(DIARY) and not _not_kept(kind, printed, now)


def _not_kept(kind: str, printed: str, now: str) -> tuple[str, ...]:
    """The topics of what stands on the paper now and was not kept of the print."""
    before, after = json.loads(printed), json.loads(now)
    missing = {name for name, value in after.items() if name not in before and _says(value)}
    topics = {_topic(kind, name) for name in missing}
    return tuple(topic for topic in ORDERED if topic in topics)


def _says(value: Any) -> bool:
    """Whether anything stands on the paper for a value: nothing does for no text and an empty list."""
    return value not in ("", None, False) and value not in ([], {})


def _changed(
    kind: str, printed: str, now: str, today: date
) -> dict[str, list[tuple[str, Any, Any]]]:
    """The fields that differ, by topic; only what stood on the paper is compared."""
    before: Facts = json.loads(printed)
    before, after = without_the_day(kind, before, json.loads(now), today)
    if not before.get("order_signed"):  # a sheet with boxes holds also when it is signed on screen
        before.pop("order_signed", None)
    found: dict[str, list[tuple[str, Any, Any]]] = {}
    for name, printed_one in before.items():
        old, new = printed_one, after.get(name)
        if name == GROWS and not _fallen(old, new or []):
            continue
        if name == "infant" and isinstance(new, dict):
            old, new = _measured(old, new, found)
        if old != new:
            found.setdefault(_topic(kind, name), []).append((name, old, new))
    return found


def _measured(
    old: Facts, new: Facts, found: dict[str, list[tuple[str, Any, Any]]]
) -> tuple[Facts, Facts]:
    """Both patient boxes without weight and length, whose change goes to its own topic."""
    apart = [each for each in old if each.startswith(_MEASURED)]
    before, after = ({key: side.get(key) for key in apart} for side in (old, new))
    if before.get("weight_kg") != after.get(
        "weight_kg"
    ):  # then when it was taken goes without saying
        before["weight_at"] = after["weight_at"] = ""
    if before != after:
        found.setdefault(WEIGHT, []).append(("infant", before, after))
    left, now = ({key: side[key] for key in side if key not in apart} for side in (old, new))
    return left, now


def _rank(key: str) -> int:
    return _RANKS.get(key, len(_RANKS))


def _topic(kind: str, name: str) -> str:
    try:
        return topic_of(kind, name) or EDITION
    except KeyError:  # a field that papers had when it was printed
        return EDITION


def _fallen(old: list[Facts], new: list[Facts]) -> list[Facts]:
    """Days that were printed as given, or without a dose, and are not any more; a vial runs on."""
    return [each for each in old if each not in new and "vial clock runs" not in each["words"]]


def _told(name: str, old: Any, new: Any, local: Zone) -> Iterator[str]:
    """Each change of a field as words with old and new; nothing for a mere consequence of another."""
    if name in CONSEQUENCES:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old, key=_rank):
            if old[key] != new.get(key):
                yield from _told(key, old[key], new.get(key), local)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _listed(name, old, new, local)
    elif name in LABELS:
        yield f"{LABELS[name]} {_pair(name, old, new, local)}".strip()


def _listed(name: str, old: list[Any], new: list[Any], local: Zone) -> Iterator[str]:
    if not any(isinstance(each, list | dict) for each in (*old, *new)):
        if len(old) == len(new):
            label = LABELS.get(name, "")
            both = [each for each in zip(old, new, strict=True) if each[0] != each[1]]
            yield from (f"{label} {_pair(name, *each, local)}".strip() for each in both)
            return
        yield from (
            f"no more: {_short(_plain(name, each, local))}" for each in old if each not in new
        )
        yield from (f"new: {_short(_plain(name, each, local))}" for each in new if each not in old)
        return
    before, after = _named(name, old, local), _named(name, new, local)
    for who, item in before.items():
        if who not in after:
            yield f"{who} is not there any more"
        elif item != after[who]:
            yield from (f"{who}: {each}" for each in _item(item, after[who], local))
    for who, item in after.items():
        if who not in before:
            yield f"{who} is new{_news(name, item, local)}"


def _named(name: str, items: list[Any], local: Zone) -> dict[str, Any]:
    """The items of a list by what tells them apart: a drug, a day, a test."""
    found: dict[str, Any] = {}
    for item in items:
        if isinstance(item, dict):
            parts = [_plain(key, item[key], local) for key in IDS.get(name, ()) if key in item]
            label = LABELS.get(f"{name} item", "") if "test" not in item else ""
        elif (
            isinstance(item[0], int) and name == "given"
        ):  # a column of the roadmap, and what stands in it
            label, parts = "given", []
        else:
            label, parts = LABELS.get(f"{name} item", ""), [_plain(name, item[0], local)]
        who = " ".join((label, *parts)).strip() or name.replace("_", " ")
        found[who if who not in found else f"{who}, {len(found) + 1}"] = item
    return found


def _item(old: Any, new: Any, local: Zone) -> Iterator[str]:
    if isinstance(old, dict):
        for key in sorted(old, key=_rank):
            if old[key] != new.get(key):
                yield from _told(key, old[key], new.get(key), local)
    else:
        for before, after in zip(old[1:], new[1:], strict=False):
            if before != after:
                yield _pair("", before, after, local)


def _pair(name: str, old: Any, new: Any, local: Zone) -> str:
    before, after = _plain(name, old, local), _plain(name, new, local)
    if max(len(before), len(after)) > _LONG:
        before, after = _differing(before, after)
    if max(len(before), len(after)) > _LONG:
        return f"now: {_short(after)}"
    return f"{before} became {after}"


def _differing(before: str, after: str) -> tuple[str, str]:
    """The parts of two long texts that are not alike; both whole where one would be left empty."""
    old, new = _PART.split(before), _PART.split(after)
    while len(old) > 1 and len(new) > 1 and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while len(old) > 1 and len(new) > 1 and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return " ".join(old).rstrip(";,. "), " ".join(new).rstrip(";,. ")


def _news(name: str, item: Any, local: Zone) -> str:
    """What is worth saying of an item that came: its grade, its numbers."""
    if not isinstance(item, dict):
        said = [_plain(name, each, local) for each in item[1:]]
    else:
        news = {
            LABELS.get(key, ""): _plain(key, item[key], local)
            for key in NEWS.get(name, ())
            if item.get(key) not in (None, "")
        }
        said = [" ".join(filter(None, each)) for each in news.items()]
    return f" ({', '.join(said)})" if said else ""


def _plain(name: str, value: Any, local: Zone) -> str:
    """A kept value as people write it."""
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return write_number(value)
    if isinstance(value, list | dict):
        values = value.values() if isinstance(value, dict) else value
        return ", ".join(_plain(name, each, local) for each in values) or "none"
    text = str(value).replace("\u2011", "-")
    if name in _DRAWN:
        text = text.removeprefix("Draw ")
    try:
        if len(text) == 10 and text[4] == "-":
            return write_date(date.fromisoformat(text))
        if len(text) > 18 and text[10] == "T":
            return write_date_time(local(datetime.fromisoformat(text)))
    except ValueError:
        return text
    return f"{text}{NUMBERS.get(name, '')}"


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 2].rstrip(' ,;.')} …"
