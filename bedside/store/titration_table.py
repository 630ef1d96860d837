"""The table of decisions on the doses by mouth in Maintenance; each is voided, never changed."""

from sqlalchemy import Table

from bedside.store.columns import clinical, infant, on_day, once, whole, words
from bedside.store.records import Record, Titration
from bedside.store.rules import day, one_of, rule, within, written

MOST_PERCENT_TENTHS = 5000

_TITRATION = clinical(
    "titration",
    infant(),
    words("drug"),
    on_day("from_on"),
    whole("percent_tenths", optional=True),
    whole("amount_ug", optional=True),
    words("decision"),
    words("reason"),
    words("proposal"),
    words("rule"),
    written("drug", "A decision belongs to a drug."),
    day("from_on"),
    within(
        "percent_tenths",
        0,
        MOST_PERCENT_TENTHS,
        "A dose in Maintenance is from 0 to 500 % of the dose begun with.",
    ),
    within("amount_ug", 0, 1_000_000_000, "An amount is from 0 to 1 000 000 mg."),
    rule(
        "dose_said",
        "percent_tenths IS NOT NULL OR amount_ug IS NOT NULL",
        "A decision says the dose, in per cent or as an amount.",
    ),
    one_of("decision", "accepted", "overridden", "recorded"),
    rule(
        "override_reasoned",
        "decision <> 'overridden' OR trim(reason) <> ''",
        "Deciding against the proposal needs its reason.",
    ),
    once("titration", "infant_id", "drug", "from_on"),
)
TITRATION_TABLES: dict[type[Record], Table] = {Titration: _TITRATION}
