"""What a round asked for by name: present, looked for and absent, or not assessed."""

from sqlalchemy import Table

from bedside.store.columns import clinical, infant, of_same_infant, once, whole, words
from bedside.store.rules import one_of, written

ROUND_ASKED: Table = clinical(
    "round_asked",
    infant(),
    whole("round_id"),
    words("term_key"),
    words("term"),
    words("answer"),
    of_same_infant("round_id", "toxicity_round"),
    written("term_key", "What is asked for is a term of the list."),
    written("term", "What is asked for is a term of the list."),
    one_of("answer", "absent", "present", "not assessed"),
    once("round_asked", "infant_id", "round_id", "term_key"),
)
