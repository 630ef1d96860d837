"""What the store keeps of vital signs and fevers, one frozen record per row (see `records`)."""

from datetime import date, datetime

from bedside.store.records import Record


class VitalSign(Record, frozen=True, kw_only=True):
    """One vital sign at one moment. What was not measured is a row, too, with its state.

    ``value_hundredths`` of the sign's own unit (3860 is 38.6 °C); ``word`` is the site of a
    temperature, or the answer where a sign is a word; ``typed`` is what the person wrote: the value
    with its unit, or why there is none ("asleep", "movement").
    """

    infant_id: int
    taken_at: datetime
    kind: str
    state: str  # "done", "not done" or "unusable"
    value_hundredths: int | None
    word: str
    typed: str
    unusual_reason: str


class FeverEpisode(Record, frozen=True, kw_only=True):
    """A fever and its antibiotic clock, from the first fever on; closed by an act of its own."""

    infant_id: int
    first_fever_at: datetime
    because: str
    definition: str  # the site's definition then in force
    minutes: int  # within which the first antibiotic is due
    vital_sign_id: int | None  # the temperature that began it; None where a person began it


class FeverAct(Record, frozen=True, kw_only=True):
    """What was done in a fever: antibiotics, blood culture, its result, a call, the closing."""

    episode_id: int
    infant_id: int
    kind: str
    at: datetime
    words: str  # which antibiotic, who was called, what was done


class FallExpected(Record, frozen=True, kw_only=True):
    """A person's answer: will the neutrophils fall below a definition's limit soon?

    A newer answer voids the one before it. ``within_hours`` is absent where the definition names no
    time.
    """

    infant_id: int
    answer: str  # "yes", "no" or "not known"
    below_per_ul: int
    within_hours: int | None


class FeverRule(Record, frozen=True, kw_only=True):
    """A site's own definition of fever, whole, as two people typed it from the site's document.

    With ``second_person`` "" it waits for the second person and holds nothing.
    """

    title: str
    edition: str
    source: str
    dated: date
    content: str
    digest: str
    first_person: str
    second_person: str
