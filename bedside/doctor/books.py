"""Are the program's own books here and readable: protocols, growth tables, fonts, drugs, terms?"""

from bedside.doctor.finding import Finding, fit, not_fit
from bedside.places import place

BOOKS = "protocols and tables"
FILES = "program files"

# One file of each kind that the program cannot do without.
NEEDED = (
    ("resources", "protocols", "aall15p1.toml"),
    ("resources", "growth", "weight-for-age.csv"),
    ("resources", "growth", "length-for-age.csv"),
    ("resources", "growth", "weight-for-length.csv"),
    ("resources", "ctcae", "terms.toml"),
    ("resources", "ctcae", "units.toml"),
    ("resources", "ctcae", "laboratory.toml"),
    ("resources", "ctcae", "bedside.toml"),
    ("resources", "formulary", "drugs.toml"),
    ("resources", "style", "tokens.json"),
    ("resources", "icons", "bedside.svg"),
    ("resources", "fonts", "DejaVuSans.ttf"),
    ("resources", "fonts", "DejaVuSans-Bold.ttf"),
    ("resources", "fonts", "DejaVuSansMono-Bold.ttf"),
    ("resources", "demo", "site_values.toml"),
    ("migrations", "env.py"),
    ("migrations", "versions"),
)


def program_files() -> Finding:
    """Is each of the program's own files where it belongs?"""
    missing = []
    for parts in NEEDED:
        try:
            place(*parts)
        except FileNotFoundError:
            missing.append("/".join(parts))
    if missing:
        return not_fit(FILES, f"Missing: {', '.join(missing)}. Install Bedside again.")
    return fit(FILES, f"All {len(NEEDED)} that were looked for are here.")


def books() -> Finding:
    """Can the protocols, the drug list and the growth tables be read without a fault?"""
    from bedside.protocol.drugs import drug_names
    from bedside.ward.references import growth_tables, protocols

    shelf = protocols()
    drug_names()
    growth_tables()
    titles = ", ".join(sorted(f"{protocol.title}" for protocol in shelf.values()))
    return fit(BOOKS, f"Read without a fault: {titles}; drug names; WHO growth tables.")
