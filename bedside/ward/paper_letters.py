"""Which texts no paper could show or hold: refused where they are typed, see `bedside.units.paper_letters`.

What is kept of each field stands in `bedside.store.typed_words`; these are the same rules for the forms
that name every fault at once.
"""

from bedside.units.paper_letters import letters_beyond_ascii, paper_faults

__all__ = [
    "LONGEST_CONTACT",
    "LONGEST_NUMBER",
    "LONGEST_REASON",
    "LONGEST_WORDS",
    "letters_beyond_ascii",
    "paper_faults",
]

LONGEST_CONTACT, LONGEST_NUMBER, LONGEST_REASON = 90, 60, 400
LONGEST_WORDS = 4000  # longer than a paper holds: it then says that they stand on the screen
