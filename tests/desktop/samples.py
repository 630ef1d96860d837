"""Eight invented infants at eight telling moments, as finished values; no ward is needed for them."""

from datetime import UTC, date, datetime, timedelta

from bedside.ward.views.board import Board, BoardRow
from bedside.ward.views.marks import Banner, DltLine, DueItem, HeldItem, VialClockView
from bedside.ward.views.where import CourseBox, WhereView

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
NO_DLT = DltLine("not in this protocol", "not in this protocol", ())
NOT_STARTED = DltLine("not started", "not started", ("opens on EPI #1 day 1",))


def open_dlt(day: int) -> DltLine:
    """An open DLT period on a day."""
    opened = (NOW - timedelta(days=day - 1)).date()
    return DltLine(
        "open", f"open, day {day}", (f"since day {day}", "until counts allow EPI #4"), opened
    )


def clock(started: datetime | None = None) -> VialClockView:
    """A vial reconstituted 24 minutes ago for an infusion of 15 minutes."""
    start = NOW - timedelta(minutes=24)
    return VialClockView(
        dose_id=1,
        reconstituted_at=start,
        infusion_minutes=15,
        latest_start=start + timedelta(minutes=30),
        finish_by=start + timedelta(minutes=45),
        latest_start_shortest=start + timedelta(minutes=35),
        shortest_minutes=10,
        within_minutes=45,
        started_at=started,
        planned_end=None if started is None else started + timedelta(minutes=15),
    )


def due(hour: int, minute: int, text: str, drug: str = "", mark: str = "due", **more) -> DueItem:
    """Something due today at a time."""
    at = NOW.replace(hour=hour, minute=minute)
    return DueItem(mark, at, drug, text, **more)


def row(number: int, bed: str, family: str, given: str, **more) -> BoardRow:
    """A row of the board with plain facts where the test gives none."""
    facts: dict = {
        "age_text": "20w 2d",
        "sex": "female",
        "hospital_number": f"DEM 004 1{number:02d}",
        "same_family": "",
        "course_title": "Consolidation",
        "course_day": 10,
        "protocol_title": "AALL15P1",
        "priming": False,
        "due": (),
        "held": (),
        "clocks": (),
        "dlt": NOT_STARTED,
        "late": False,
    }
    return BoardRow(infant_id=number, bed=bed, family=family, given=given, **{**facts, **more})


def rows() -> tuple[BoardRow, ...]:
    """The eight."""
    late = due(10, 12, "by mouth", "leucovorin", "late", note="30 min late")
    held = HeldItem("hold", "EPI #1 held: ANC 480, needs 500", ("count of 20-Nov-2026 06:10",))
    unknown = HeldItem("unknown", "KMT2A unknown", ("needed before the course after Induction",))
    stopped = HeldItem("stop", "oral drugs stopped: ANC 410", ("stop at 500 or below",))
    spinal = due(11, 30, "own sheet: cytarabine and hydrocortisone", intrathecal=True)
    recorded = due(8, 0, "weight, count", mark="recorded", note="recorded 08:25")
    return (
        row(1, "7", "TRƯƠNG", "Minh Anh", due=(late,), late=True, dlt=open_dlt(57)),
        row(
            2,
            "2",
            "EKLUND",
            "Saga",
            course_title="EPI #2",
            course_day=4,
            priming=True,
            due=(due(10, 48, "intravenous", "azaCITIDine", "clock"),),
            clocks=(clock(),),
            dlt=open_dlt(52),
        ),
        row(3, "5", "SOLBERG", "Nils", same_family="same family name: bed 6"),
        row(4, "6", "SOLBERG", "Nora", same_family="same family name: bed 5", due=(spinal,)),
        row(5, "1", "ADEYEMI", "Chidi", held=(unknown,), protocol_title="Interfant-06", dlt=NO_DLT),
        row(6, "4", "ZIELIŃSKA", "Łucja", course_title="Induction", course_day=38, held=(held,)),
        row(7, "8", "DE BOER", "Joris", due=(recorded,), dlt=NO_DLT),
        row(8, "9", "FERRI", "Elio", course_title="Maintenance", held=(stopped,), dlt=NO_DLT),
    )


def board(*shown: BoardRow) -> Board:
    """A board of some rows."""
    everyone = shown or rows()
    marks = [item.mark for each in everyone for item in each.held]
    return Board(
        rows=everyone,
        ordered_at=NOW,
        shift_text="",
        late=sum(each.late for each in everyone),
        clocks_running=sum(len(each.clocks) for each in everyone),
        held=marks.count("hold"),
        stopped=marks.count("stop"),
        unknown=marks.count("unknown"),
    )


BANNER = Banner(
    infant_id=6,
    family="ZIELIŃSKA",
    given="Łucja",
    born=date(2026, 8, 12),
    age_text="14w 2d",
    sex="female",
    hospital_number="DEM 004 127",
    weight_text="5.6 kg",
    weight_at=NOW - timedelta(hours=2),
    bsa_text="0.306 m²",
    bsa_formula="Mosteller",
    protocol_text="AALL15P1, single arm",
    risk_text="KMT2A rearranged; no risk groups",
    allergies="No known allergies",
    dlt=NOT_STARTED,
)


def courses(here_now: str) -> tuple[CourseBox, ...]:
    """The ten courses, one of them now and one next."""
    names = (
        ("induction", "Induction", False),
        ("epi-1", "EPI #1", True),
        ("consolidation", "Consolidation", False),
        ("epi-2", "EPI #2", True),
        ("interim-maintenance", "Interim Maintenance", False),
        ("epi-3", "EPI #3", True),
        ("di-part-1", "Delayed Intensification part 1", False),
        ("epi-4", "EPI #4", True),
        ("di-part-2", "Delayed Intensification part 2", False),
        ("maintenance", "Maintenance", False),
    )
    keys = [key for key, _, _ in names]
    here = keys.index(here_now)
    boxes = []
    for at, (key, title, priming) in enumerate(names):
        state = (
            "past" if at < here else "now" if at == here else "next" if at == here + 1 else "later"
        )
        caption = {"now": "from 14-Oct-2026", "next": "not before 21-Nov-2026"}.get(state, "")
        inside = 1 <= at < keys.index("epi-4")
        boxes.append(
            CourseBox(key, title, state, priming, 38 if at == here else None, caption, inside)
        )
    return tuple(boxes)


def where(**more) -> WhereView:
    """A page Where are we: waiting for EPI #1, held by the ANC."""
    facts: dict = {
        "banner": BANNER,
        "mark": "hold",
        "answer": "Waiting for EPI #1.",
        "answer_tail": "Held: ANC 480, needs 500.",
        "why": "Induction day 38.",
        "strip": courses("induction"),
        "gate_before": "epi-1",
        "end_of_therapy": "therapy ends 14-Oct-2028",
        "rule_title": "May EPI #1 start?",
        "rule_note": "",
        "rules": (),
        "next_items": (),
        "due": (),
        "contacts": (),
        "contacts_are_demonstration": False,
        "open_key": "epi-1",
        "open_title": "EPI #1",
        "open_allowed": False,
        "open_because": "Neutrophils, ANC: needs at least 500 per µL; seen: 480 per µL.",
        "toxicity_open": (),
        "protocol_notes": (),
    }
    return WhereView(**{**facts, **more})
