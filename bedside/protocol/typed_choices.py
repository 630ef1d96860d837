"""The answers to choose from, where a controlled copy states one of a few: key and words; and where it states none."""

NOT_STATED = "not stated"
PLACES = {"tertiary": "tertiary centre", "shared-care": "shared-care centre"}
FORMULAS = {
    "mosteller": "Mosteller",
    "haycock": "Haycock",
    "dubois": "DuBois and DuBois",
    "boyd": "Boyd",
}
TABLET_PARTS = {"1": "whole tablets only", "2": "halves", "4": "quarters"}
ANCHORS = {
    "course-day-1": "day 1 of the course",
    "dose-day": "the day of the dose",
    "diagnosis": "the day of diagnosis",
}
ANSWERS = {"yes": "yes", "no": "no"}
SHARES = {"start": "of the dose begun with", "before": "of the dose before"}
RHYTHMS = {"day": "each day", "week": "once a week"}
