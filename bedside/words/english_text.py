"""How the English texts of the program look: their words, days, figures, and where one is put together."""

import re

LETTER = r"[^\W\d_¹²³⁰-₉]"  # a raised or lowered figure is none
FIGURES = re.compile(r"[0-9]+(?:[.,\u202f][0-9]+)*")
LETTERS = re.compile(LETTER)
WORD = re.compile(f"{LETTER}+")
TAG = re.compile(r"(<[a-zA-Z/!][^<>]*>|&(?:[a-z]+|#\d+);)")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun"
DAY = re.compile(
    rf"\b(?:({'|'.join(WEEKDAYS.split())}) )?([0-9]{{2}})-({'|'.join(MONTHS.split())})(-[0-9]{{4}})?\b"
)
WRITTEN = re.compile(r"\b([0-9]{2})-([^\W\d_]{3})-([0-9]{4})\b")
FIGURE = re.compile(r"([0-9]) (?=(?:per|min|kg|cm|mg|mL|h|g)\b|°C|%)")
# Where a text may be taken apart, in this order: lines, sentences, and the marks of lists.
# At the first of them each part is shown by itself; at the others all parts are, or none.
SEAMS = (
    re.compile(r"(\s*\n\s*)"),
    re.compile(
        r"((?<=[\w)%”\"\ue200-\uf8ff][.!?])(?<!\b[A-Z]\.)(?<!\bDr\.) +(?=[A-Z0-9\"“]|[a-z]+[A-Z]))"
    ),
    re.compile(r"( +· +| +\| +|   +)"),
    re.compile(r"(; )"),
)
WEAK_SEAMS = (
    re.compile(r"(: )"),
    re.compile(r"(, (?:and |or )?| and | or )"),
    re.compile(r"( ?[()\[\]] ?)"),
    re.compile(r"(  +)"),
)
END = re.compile(r"[.:!?…]$")
AGE = re.compile(r"\b[0-9]+[wmdyh]\b")  # 17w 5d
LABEL = re.compile(r"^([A-Z][^0-9:;,]{2,}?) ((?:[0-9#<>(].*))$", re.DOTALL)
# Written the same in every language: units, figures with letters, and short forms in capitals.
SAME = re.compile(
    r"(?:[A-ZÄÖÜ]{2,6}s?|[A-Z]|[µmkn]?[gLlm]|mg|mL|µL|µg|kg|dL|cm|mm|mmHg|mmol|IU|min|h|s|d|per|pH|"
    r"Interfant|Hb|SpO|FiO|PaO|kPa|MB|GB|kB|µmol|nmol|mEq|µkat|Ctrl|Alt|Shift|Esc|Ins|Tab|Dr)"
)
COMMAND = re.compile(r"\bbedside --ward (?=[A-Z])")


def unbroken(text: str) -> str:
    """Return a text whose days, figures with units, and command to type no line break tears apart.

    Args:
        text: in any language.
    """
    text = COMMAND.sub("bedside\u00a0\u2011\u2011ward\u00a0", text)
    return FIGURE.sub("\\1\u00a0", WRITTEN.sub("\\1\u2011\\2\u2011\\3", text))
