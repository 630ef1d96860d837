"""What the store keeps of the DLT evaluation: decisions, infants not evaluable, the site's rule."""

from datetime import date

from bedside.store.records import Record


class DltDecision(Record, frozen=True, kw_only=True):
    """A physician's decision on one toxicity; a later one stands beside it, the newest holds.

    ``facts`` is the digest of what the decision rests on; ``proposal`` and ``rule`` are what the
    rule said and which rule it was, in words, as they were shown.
    """

    infant_id: int
    toxicity_id: int
    verdict: str  # "counts" or "does not count"
    physician: str
    reason: str
    facts: str
    proposal: str
    rule: str


class DltNotEvaluable(Record, frozen=True, kw_only=True):
    """A physician's record that an infant cannot be evaluated; taking it back voids it."""

    infant_id: int
    physician: str
    reason: str


class DltRuleFile(Record, frozen=True, kw_only=True):
    """A rule file that a site put in force, whole, with the two people who confirmed it."""

    protocol_key: str
    file_name: str
    content: str
    digest: str
    first_person: str
    second_person: str
    confirmed_on: date
