"""Names as plain letters: "tran" finds TRẦN, and two spellings are one person (never read at a start)."""

import unicodedata

# letters that Unicode does not take apart
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "þ": "th"}
)


def folded(text: str) -> str:
    """Return a text in small plain letters: no accents, ß as ss, đ as d."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.translate(_PLAIN)
