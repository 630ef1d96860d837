"""The sections of the page Where are we: the rule, what comes next, what is due, whom to ring, the DLT period."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from bedside.desktop.flowing import whole
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import RESULT_MARKS, DltLabel, MarkLabel
from bedside.desktop.where_parts import Chip, DayBox, TableRow, beside, section_head
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.ward.views.marks import DltLine, DueItem
from bedside.ward.views.where import Contact, NextItem, RuleRow, WhereView

_RULE_SHARES = (134, 186, 124, 130, 140, 98)
_YES_OVER = "yes, "  # how an answer begins that was given over something
_ROWS_OF_A_NOTE = 2  # of the plan: what a note below a line of the rule takes up
_NEXT_SHARES = (100, 266, 436)
_GAP, _SINCE_INDENT = 6, 24
GENE = "Gene rearrangement"
_SHORT_NOTE = 24  # letters: a longer note would push what is due out of sight
_TODO = ("due", "late", "hold", "stop", "clock")


def rule_section(view: WhereView, look: Look, gene_door: QWidget | None = None) -> QWidget:
    """The start rule as a table: measure, needed, seen, when, source, result.

    Args:
        view: what to show.
        look: colours and fonts.
        gene_door: a button that stands in the row of the gene rearrangement, None for none.
    """
    section, column = _section()
    column.addWidget(section_head(view.rule_title, view.rule_note, look))
    if not view.rules:
        return section
    titles = (
        _t("Measure"),
        _t("Needed"),
        _t("Seen"),
        _t("When"),
        _t("Source"),
        _t("Result"),
    )
    heads = [label(title, look, "caption", colour="quiet") for title in titles]
    column.addWidget(TableRow(heads, _RULE_SHARES, look, least=21))
    main = True
    for rule in view.rules:
        if main and not rule.main:
            also = label(_t("also needed"), look, "caption", colour="quiet")
            column.addWidget(TableRow([also], (1,), look, least=19))
        main = rule.main
        column.addWidget(_rule_row(rule, look, gene_door if rule.measure == GENE else None))
        if rule.since:
            column.addWidget(_since_row(rule, look))
        if _over(rule):
            column.addWidget(_over_row(rule, look))
    return section


def _since_row(rule: RuleRow, look: Look) -> TableRow:
    """What became of a value after a course was opened on it."""
    tone, weight = ("stop", "strong") if rule.struck else ("quiet", "text")
    mark = MarkLabel("stop" if rule.struck else "none", look, 16)
    words = label(whole(rule.since), look, "small", weight, tone, wrap=True)
    indent = QWidget()
    indent.setFixedWidth(look.px(_SINCE_INDENT))
    cells: list[QWidget] = [indent, mark, words] if rule.struck else [indent, words]
    row = TableRow(cells, [*[0] * (len(cells) - 1), 1], look, least=20)
    row.setAccessibleName(f"{rule.measure}: {rule.since}")
    return row


def _rule_row(rule: RuleRow, look: Look, door: QWidget | None) -> TableRow:
    weight = "strong" if rule.main else "text"
    tone = "hold" if rule.result == "not met" and rule.main else "ink"
    seen = label(
        "yes" if rule.seen.startswith(_YES_OVER) else rule.seen,
        look,
        "course_day" if _figure(rule) else "body",
        "bold" if rule.main else "text",
        tone,
        wrap=not _figure(rule),
    )
    seen_cell = beside(seen, label(rule.unit, look, "body")) if rule.unit else seen
    source = label(whole(rule.source), look, wrap=True)
    cells: list[QWidget] = [
        label(rule.measure, look, "body", weight, wrap=True),
        _with_chip(label(rule.needed, look, "body", wrap=True), look, chip=rule.site_value),
        seen_cell,
    ]
    shares = list(_RULE_SHARES)
    if rule.at is not None:
        cells.append(label(write_date_time(rule.at), look, wrap=True))
    elif len(rule.seen) > len(rule.source):  # without a time, the longer text takes its room
        shares[2:4] = [shares[2] + shares[3] + _GAP]
    else:
        shares[3:5] = [shares[3] + shares[4] + _GAP]
    cells += [source if door is None else beside(door), _result(rule, look)]
    ground = "hold_tint" if rule.result == "not met" or _over(rule) else ""
    row = TableRow(cells, shares, look, ground=ground)
    row.setAccessibleName(
        _t("{0}: needed {1}; seen {2} {3}; {4}").format(
            rule.measure, rule.needed, _seen(rule), rule.unit, rule.result
        )
    )
    return row


def _figure(rule: RuleRow) -> bool:
    """Whether the seen value is a figure (or a plain yes), to be read from afar."""
    return rule.main and len(rule.seen) <= 9 and not rule.over


def _seen(rule: RuleRow) -> str:
    """What was seen; with a yes also what else it was given over, and why."""
    return "; ".join(part for part in (rule.seen, rule.over) if part)


def _over_row(rule: RuleRow, look: Look) -> TableRow:
    """Below a value: what it was given over, or what else is to be known; as wide as it needs."""
    indent = QWidget()
    indent.setFixedWidth(look.px(_SINCE_INDENT))
    cells: list[QWidget] = [indent]
    if rule.seen.startswith(_YES_OVER):
        cells.append(label(whole(rule.seen.removeprefix(_YES_OVER)), look, "body", "strong"))
    cells.append(label(whole(rule.over), look, "body", wrap=True))
    row = TableRow(cells, [*[0] * (len(cells) - 1), 1], look, least=20, ground="hold_tint")
    row.setAccessibleName(f"{rule.measure}: {rule.seen}. {rule.over}".rstrip(". "))
    return row


def _over(rule: RuleRow) -> bool:
    """Whether a part is met by an answer above what stood against it."""
    return bool(rule.over) or rule.seen.startswith(f"{_YES_OVER}over")


def _result(rule: RuleRow, look: Look) -> QWidget:
    words = {"met": _t("met"), "not met": _t("not met"), "unknown": _t("unknown")}[rule.result]
    strong = rule.result != "met"
    tone = "hold" if rule.result == "not met" else "ink"
    text = label(words, look, "body", "strong" if strong else "text", tone)
    return beside(MarkLabel(RESULT_MARKS[rule.result], look), text)


def next_section(view: WhereView, look: Look) -> QWidget:
    """What comes next, each date on its own."""
    section, column = _section()
    items = _in_one_sight(view)
    short = len(items) < len(view.next_items)
    note = _t("planned dates move when a course moves")
    note = _t("the rest stands on the Timeline (Ctrl+2)") if short else note
    column.addWidget(section_head(_t("What comes next"), note, look))
    for item in items:
        column.addWidget(_next_row(item, look))
        if item.days and not (view.mend and _told(view)):
            column.addWidget(_days_row(item, look))
    if not view.next_items:
        column.addWidget(TableRow([label(_t("Nothing more is planned."), look)], (1,), look))
    return section


def _in_one_sight(view: WhereView) -> tuple[NextItem, ...]:
    """As much of the plan as stands on one screen: what is to be put right goes before it."""
    if view.mend and view.rules:
        return view.next_items[:1]
    return view.next_items[: max(1, len(view.next_items) - _ROWS_OF_A_NOTE * _told(view))]


def _told(view: WhereView) -> int:
    """How many notes stand below the lines of the rule."""
    return sum(_over(rule) + bool(rule.since) for rule in view.rules)


def _next_row(item: NextItem, look: Look) -> TableRow:
    on = write_date(item.on) if item.on is not None else _t("no date yet")
    cells: list[QWidget] = [
        label(on, look, "body", "strong"),
        label(whole(item.text), look, "body", "strong", wrap=True),
    ]
    if not item.site_value and not item.note:
        share = _NEXT_SHARES[0]
        return TableRow(cells, (share, sum(_NEXT_SHARES) - share), look)
    note = label(whole(item.note), look, colour="quiet", wrap=True)
    cells.append(beside(Chip(_t("site value"), look)) if item.site_value else note)
    return TableRow(cells, _NEXT_SHARES, look)


def _days_row(item: NextItem, look: Look) -> TableRow:
    boxes = beside(*(DayBox(day, write_date(on), look) for day, on in item.days))
    name = label("azaCITIDine", look, "body", "strong", "priming")
    share = _NEXT_SHARES[0]
    return TableRow([name, boxes], (share, sum(_NEXT_SHARES) - share), look)


def due_section(view: WhereView, look: Look) -> QWidget:
    """What is due this shift, and what was recorded."""
    section, column = _section()
    todo = sum(item.mark in _TODO and not item.done for item in view.due)
    done = sum(item.done for item in view.due)
    right = _t("{0} to do, {1} recorded").format(todo, done) if todo or done else ""
    column.addWidget(section_head(_t("Due this shift"), _t("today"), look, right=right))
    for item in view.due:
        column.addWidget(_due_row(item, look))
    if not view.due:
        column.addWidget(TableRow([label(_t("Nothing is due."), look, colour="quiet")], (1,), look))
    return section


def _due_row(item: DueItem, look: Look) -> TableRow:
    done = item.mark == "recorded"
    tone = "quiet" if done else "ink"
    words: list[QWidget] = []
    if item.intrathecal:
        words.append(_intrathecal(look))
    if item.drug:
        words.append(label(item.drug, look, "body", "bold", tone))
    plain = "text" if item.drug or done else "strong"
    text = label(item.text, look, "body", plain, tone, wrap=True)
    text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    words.append(text)
    below = item.note if len(item.note) > _SHORT_NOTE else ""
    late = {"late": "stop", "stop": "stop", "hold": "hold", "due": "hold"}.get(item.mark, "quiet")
    tail: list[QWidget] = []
    if item.note and not below:
        tail.append(label(item.note, look, "body", "text" if done else "strong", late))
    if item.site_value:
        tail.append(Chip(_t("site value"), look))
    at = "" if item.at is None else write_time(item.at)
    clock = label(at, look, "body", "bold", tone)
    clock.setFixedWidth(look.px(42))
    cells: list[QWidget] = [
        MarkLabel(item.mark, look),
        *([clock] if item.at is not None else []),
        _with_note(beside(*words, stretch=False), below, late, look),
        beside(*tail, stretch=False),
    ]
    shares = [0] * len(cells)
    shares[-2] = 1
    row = TableRow(cells, shares, look)
    row.setAccessibleName(
        " ".join(part for part in (item.mark, at, item.drug, item.text, item.note) if part)
    )
    return row


def _with_note(words: QWidget, note: str, tone: str, look: Look) -> QWidget:
    """A long note stands below what is due, in as many lines as it needs."""
    if not note:
        return words
    holder, column = _section()
    column.addWidget(words)
    column.addWidget(label(whole(note), look, "body", "strong", tone, wrap=True))
    return holder


def _intrathecal(look: Look) -> QLabel:
    made = label(_t("INTRATHECAL"), look, "caption", "title", "on_fill")
    made.setStyleSheet(f"QLabel {{ background: {look.colour('it').name()}; padding: 1px 5px; }}")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def contacts_section(view: WhereView, look: Look) -> QWidget:
    """Whom to ring."""
    section, column = _section()
    chip = _t("site values, demonstration") if view.contacts_are_demonstration else _t("site value")
    column.addWidget(section_head(_t("Whom to ring"), "", look, chip=chip if view.contacts else ""))
    for contact in view.contacts:
        column.addWidget(_contact_row(contact, look))
    if not view.contacts:
        words = _t("Nobody is entered: an administrator does, in the site's settings (F9).")
        column.addWidget(TableRow([label(words, look, wrap=True)], (1,), look))
    return section


def _contact_row(contact: Contact, look: Look) -> TableRow:
    number = label(contact.number, look, "body", "bold")
    cells: list[QWidget] = [
        label(contact.role, look, "body", "strong", wrap=True),
        label(contact.name, look, colour="quiet", wrap=True),
        number,
    ]
    return TableRow(cells, (186, 116, 0), look)


def dlt_section(dlt: DltLine, look: Look) -> QWidget | None:
    """The DLT period in words; None where the protocol has none."""
    if dlt.state == "not in this protocol":
        return None
    section, column = _section()
    column.addWidget(section_head(_t("DLT period"), "", look))
    words = _dlt_words(dlt) + (_t(" Rule in force: {0}.").format(dlt.rule) if dlt.rule else "")
    text = label(whole(words), look, wrap=True)
    mark = QWidget()
    above = QVBoxLayout(mark)
    above.setContentsMargins(0, 1, 0, 0)
    above.addWidget(DltLabel(dlt.state, look))
    above.addStretch(1)
    cells: list[QWidget] = [mark, text]
    column.addWidget(TableRow(cells, (0, 1), look))
    return section


def _dlt_words(dlt: DltLine) -> str:
    head = dlt.headline[:1].upper() + dlt.headline[1:]
    care = _t(
        "While it runs, care is at the tertiary centre; other sites ring its team for any toxicity."
    )
    closes = _t("closes on the day when the counts allow EPI #4.")
    if dlt.state == "not started":
        return _t("{0}. Opens on EPI #1 day 1, {1}").format(head, closes)
    if dlt.state == "open" and dlt.closed is None:
        since = ", ".join((head, *dlt.details[: 2 if dlt.contact else 1]))
        return f"{since}. {closes[:1].upper()}{closes[1:]} {care}"
    return ", ".join((head, *dlt.details)) + "."


def settle_section(view: WhereView, look: Look) -> QWidget | None:
    """Site values against the public source: blocked, in words; None when there is none."""
    if not view.settle:
        return None
    section, column = _section()
    note = _t("not used: two people settle it")
    column.addWidget(section_head(_t("Site value blocked"), note, look))
    for words in view.settle:
        text = label(whole(words), look, colour="hold", wrap=True)
        column.addWidget(TableRow([MarkLabel("hold", look, 16), text], (24, 344), look))
    return section


def notes_section(view: WhereView, look: Look) -> QWidget | None:
    """What the protocol leaves open or has closed; None when there is nothing to say."""
    if not view.protocol_notes:
        return None
    section, column = _section()
    column.addWidget(section_head(_t("Notes of the protocol"), "", look))
    for note in view.protocol_notes:
        column.addWidget(TableRow([label(whole(note), look, wrap=True)], (1,), look))
    return section


def _with_chip(text: QLabel, look: Look, *, chip: bool) -> QWidget:
    if not chip:
        return text
    # the chip belongs to its words, and stands right behind them where they need no second line
    text.setSizePolicy(QSizePolicy.Policy.Maximum, text.sizePolicy().verticalPolicy())
    return beside(text, Chip(_t("site value"), look))


def _section() -> tuple[QWidget, QVBoxLayout]:
    section = QWidget()
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return section, column


def _t(text: str) -> str:
    return QCoreApplication.translate("WhereAreWe", text)
